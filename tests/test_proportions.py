"""Wilson's and Newcombe's intervals against published values, and the buyers that it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.proportions import Perceived, Proportion, difference


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_the_published_one(count: int, total: int, low: float, high: float) -> None:
    found = Proportion(count, total).interval
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_newcombe_is_the_published_one() -> None:
    # Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10, contrast (a)
    found = difference(Proportion(56, 70), Proportion(48, 80))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(("share", "buyers"), [((4, 4), 4), ((9, 10), 10), ((4, 5), 15), ((7, 10), 30), ((3, 5), 100)])
def test_how_many_buyers_it_takes(share: tuple[int, int], buyers: int) -> None:
    assert Proportion(*share).needed == buyers


@given(st.integers(1, 2000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_so_many_as_are_needed_confirm_the_share_in_whole_buyers(proportion: tuple[int, int]) -> None:
    """At the share itself where that comes out in whole buyers, else at the next lower one; fewer do not at either."""
    count, total = proportion
    needed = Proportion(count, total).needed
    if needed is None:
        assert 2 * count <= total
        return
    assert Proportion(count * needed // total, needed).verdict == "confirmed"
    exact = [n for n in range(1, min(needed, 500)) if (count * n) % total == 0]
    assert {Proportion(count * n // total, n).verdict for n in exact} <= {"leaning"}


def test_a_share_of_many_buyers_needs_no_more_than_one_beside_it() -> None:
    """1,636 of 2,000 come out whole only by the 500; 4 in 5 take 15."""
    assert Proportion(1636, 2000).needed == 16


@given(st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_interval_holds_its_share_and_reads_both_ways(proportion: tuple[int, int]) -> None:
    count, total = proportion
    found, other = Proportion(count, total), Proportion(total - count, total)
    assert 0 <= found.interval.low <= found.share <= found.interval.high <= 1
    assert found.interval.low == pytest.approx(1 - other.interval.high, abs=1e-12)


@pytest.mark.parametrize(
    ("buyers", "level"),
    [
        ({4: 4}, 4),
        ({1: 1, 4: 3}, 1),  # three of four only lean
        ({2: 50, 3: 50}, 2),
        ({1: 10, 3: 90}, 3),
        ({2: 30, 4: 70}, 4),
        ({1: 4}, 1),
    ],
)
def test_the_perceived_level_is_the_highest_that_is_confirmed_from_two_up(buyers: dict[int, int], level: int) -> None:
    assert Perceived(buyers).level == level  # type: ignore[arg-type] # levels are literals


@pytest.mark.parametrize(("count", "total"), [(1, 0), (3, 2), (-1, 4), (0, 0)])
def test_what_is_no_proportion_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        Proportion(count, total)


def test_without_buyers_there_is_no_perceived_level() -> None:
    with pytest.raises(ValueError, match="without buyers"):
        Perceived({1: 0})
