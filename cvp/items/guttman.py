"""Guttman's errors: answers that a perfect scale would not have. Counted, and against what chance would make.

In a perfect scale (Guttman 1944) whoever passes a hard item passes every easier one. Loevinger's H (1948; for scales
and items Mokken 1971, for items of several choices Molenaar 1991) is 1 - errors / errors expected of items that have
nothing to do with each other: 1 without errors, 0 where they are as many as by chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from typing import Final

from cvp.items.moments import Scores, in_step, independent, margins, products, size
from cvp.items.tallies import Crossed
from cvp.proportions import Z

_NONE: Final = 1e-12


@dataclass(frozen=True)
class Errors:
    """Errors made, and expected by chance, in so many pairs of answers to so many pairs of items.

    `turned` are pairs of answers the other way round: were they fewer than the errors, the order would be wrong.
    """

    made: float = 0.0
    expected: float = 0.0
    pairs: int = 0
    turned: float = 0.0
    items: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.made + other.made,
            self.expected + other.expected,
            self.pairs + other.pairs,
            self.turned + other.turned,
            self.items + other.items,
        )

    @property
    def h(self) -> float | None:
        """None where no error is possible: all answer alike, or nobody both."""
        return 1 - self.made / self.expected if self.expected > _NONE else None

    @property
    def share(self) -> float | None:
        """Of the pairs of answers."""
        return self.made / self.pairs if self.pairs else None

    @property
    def is_turned(self) -> bool:
        """Whether the order is the other way round, by more than chance (McNemar 1947, 95 %).

        The same rows answer all items: so what is tested is the mean of the pairs of items.
        """
        off = self.made + self.turned
        return self.made > self.turned and (self.made - self.turned) ** 2 > Z**2 * off * self.items


def added(errors: Iterable[Errors]) -> Errors:
    total = Errors()
    for one in errors:
        total += one
    return total


def errors_of(crossed: Crossed, first: Scores, second: Scores) -> Errors:
    """Molenaar's weighted errors of two items, in the order that the answers themselves give.

    They are the covariance that is missing to the largest one that the margins allow, over that of independent items;
    so choices weigh by their scores. For choices at equal steps this is the count of steps taken out of order.
    """
    most = in_step(crossed, first, second)
    made = max(0.0, most - products(crossed, first, second))
    return Errors(made, max(0.0, most - independent(crossed, first, second)), size(crossed), items=1)


def ladder_errors(crossed: Crossed, lower: Iterable[bool], higher: Iterable[bool]) -> Errors:
    """Errors in the order of the ladder: rows that pass the item of the higher level and fail that of the lower one.

    `lower` and `higher` say which choices pass.
    """
    fails = [not passes for passes in lower]
    tops = list(higher)
    one, two = margins(crossed)
    failing, passing = sum(compress(one, fails)), sum(compress(two, tops))
    made = sum(sum(compress(row, tops)) for row in compress(crossed, fails))
    n = size(crossed)
    # Of those who pass the lower one, the ones that do not pass the higher one too.
    turned = (n - failing) - (passing - made)
    return Errors(made, failing * passing / n if n else 0.0, n, turned, items=1)
