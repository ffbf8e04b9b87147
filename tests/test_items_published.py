"""Statistics of items against figures that others published, each named with its source."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import pytest

from cvp.items.guttman import Errors, added, errors_of
from cvp.items.moments import covariance
from cvp.items.reliability import alpha, alpha_interval, item_rest, omega
from cvp.items.tallies import Crossed

Rows = Sequence[Sequence[int]]

# Bock and Lieberman 1970, section 6 of the Law School Admission Test: five items, 1,000 people, by pattern.
LSAT6: Final = """
    00000 3, 00001 6, 00010 2, 00011 11, 00100 1, 00101 1, 00110 3, 00111 4, 01000 1, 01001 8, 01011 16, 01101 3,
    01110 2, 01111 15, 10000 10, 10001 29, 10010 14, 10011 81, 10100 3, 10101 28, 10110 15, 10111 80, 11000 16,
    11001 56, 11010 21, 11011 173, 11100 11, 11101 61, 11110 28, 11111 298
"""

# Revelle's `bfi` (R package psych), scale Openness: covariances of 2,800 people, pairs complete, rounded to 0.01.
OPENNESS: Final = (
    (1.28, 0.38, 0.54, 0.25, 0.36),
    (0.38, 2.45, 0.50, 0.13, 0.67),
    (0.54, 0.50, 1.49, 0.29, 0.50),
    (0.25, 0.13, 0.29, 1.49, 0.29),
    (0.36, 0.67, 0.50, 0.29, 1.76),
)
# The same as correlations.
OPENNESS_R: Final = (
    (1.00, 0.21, 0.40, 0.18, 0.24),
    (0.21, 1.00, 0.26, 0.07, 0.32),
    (0.40, 0.26, 1.00, 0.19, 0.31),
    (0.18, 0.07, 0.19, 1.00, 0.18),
    (0.24, 0.32, 0.31, 0.18, 1.00),
)

# Denis 2016, Applied Univariate, Bivariate, and Multivariate Statistics: ten people, five items.
DENIS: Final = (
    (10, 12, 15, 11, 12),
    (12, 18, 12, 12, 1),
    (8, 16, 14, 14, 4),
    (6, 8, 16, 8, 6),
    (4, 7, 8, 7, 5),
    (6, 6, 3, 7, 3),
    (3, 4, 6, 5, 8),
    (7, 3, 7, 9, 9),
    (8, 9, 4, 10, 10),
    (9, 5, 6, 11, 12),
)

# The small example of the Python port of R's mokken 3.1.2: six people, three items of three choices.
MOKKEN: Final = ((0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1), (2, 1, 1), (2, 2, 2))


def crossed(rows: Rows, one: int, two: int) -> Crossed:
    most = max(map(max, rows)) + 1
    counts = [[0] * most for _ in range(most)]
    for row in rows:
        counts[row[one]][row[two]] += 1
    return tuple(map(tuple, counts))


def covariances(rows: Rows) -> list[list[float]]:
    scores = range(max(map(max, rows)) + 1)
    items = range(len(rows[0]))
    return [[covariance(crossed(rows, one, two), scores, scores) for two in items] for one in items]


def errors(rows: Rows, *pairs: tuple[int, int]) -> Errors:
    scores = range(max(map(max, rows)) + 1)
    return added(errors_of(crossed(rows, *pair), scores, scores) for pair in pairs)


def lsat() -> list[list[int]]:
    patterns = [part.split() for part in LSAT6.split(",")]
    return [[int(answer) for answer in pattern] for pattern, count in patterns for _ in range(int(count))]


def test_alpha_and_item_rest_of_the_law_school_test() -> None:
    """As R's ltm prints them (Rizopoulos 2006): `descript(LSAT)`."""
    found = covariances(lsat())
    assert alpha(found) == pytest.approx(0.2950, abs=5e-5)
    rest = [item_rest(found, item) for item in range(5)]
    assert rest == pytest.approx([0.1128, 0.1532, 0.1728, 0.1444, 0.1216], abs=5e-5)
    without = [alpha(_without(found, item)) for item in range(5)]
    assert without == pytest.approx([0.2754, 0.2376, 0.2168, 0.2459, 0.2663], abs=5e-5)


def test_alpha_and_item_rest_of_openness() -> None:
    """As psych's `alpha` prints them: raw_alpha 0.6001725, r.drop; the covariances are rounded."""
    assert alpha(OPENNESS) == pytest.approx(0.6002, abs=0.001)
    rest = [item_rest(OPENNESS, item) for item in range(5)]
    assert rest == pytest.approx([0.39, 0.33, 0.45, 0.22, 0.42], abs=0.006)


def test_omega_of_openness() -> None:
    """As lavaan finds it by maximum likelihood of one factor, on standardised items: 0.6180645."""
    assert omega(OPENNESS_R) == pytest.approx(0.618, abs=0.003)


def test_alpha_and_item_rest_in_spss() -> None:
    """Denis 2016 prints what SPSS finds: alpha .633, corrected item-total correlation of the first item .712."""
    found = covariances(DENIS)
    assert alpha(found) == pytest.approx(0.633, abs=5e-4)
    assert item_rest(found, 0) == pytest.approx(0.712, abs=5e-4)


def test_h_of_items_of_several_choices() -> None:
    """R's mokken 3.1.2, `coefH`: H 0.7735849, and of the items 0.8333, 0.6571 and 0.8286."""
    assert errors(MOKKEN, *combinations(range(3), 2)).h == pytest.approx(0.7735849056603773)
    items = [errors(MOKKEN, *((item, other) for other in range(3) if other != item)).h for item in range(3)]
    assert items == pytest.approx([0.83333333, 0.65714286, 0.82857143])


@pytest.mark.parametrize(("made", "h"), [(8, 0.0), (2, 0.75), (0, 1.0)])
def test_h_of_two_items(made: int, h: float) -> None:
    """A textbook's example of 100 people, of whom 20 pass one item and 60 the other: 8 errors are what chance makes."""
    table = ((40 - made, 40 + made), (made, 20 - made))
    found = errors_of(table, (0, 1), (0, 1))
    assert (found.made, found.expected) == pytest.approx((made, 8))
    assert found.h == pytest.approx(h)


def test_bonetts_interval_is_close_to_feldts() -> None:
    """psych prints Feldt's interval 0.69 to 0.72 for an alpha of 0.70, five items and 2,800 people."""
    found = alpha_interval(0.7030, 5, 2800)
    assert found
    assert (found.low, found.high) == pytest.approx((0.69, 0.72), abs=0.006)


def _without(matrix: Sequence[Sequence[float]], item: int) -> list[list[float]]:
    return [[value for j, value in enumerate(row) if j != item] for i, row in enumerate(matrix) if i != item]
