"""Many buyers: shares of them with their intervals, what is confirmed, and how many more it would take.

All from the method's page: Wilson's interval (1927) of a share, Newcombe's method 10 (1998) of a difference of two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt
from typing import Final, Literal

from cvp.level import LEVELS, Level

Z: Final = 1.959964
"""Of 95 %, two-sided."""

Verdict = Literal["confirmed", "leaning", "not shown"]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both ends included."""

    low: float
    high: float


def wilson(share: float, n: int) -> Interval:
    """Wilson's 95 % interval of a share of n, or of a mean of n scores from 0 to 1.

    Scores scatter at most as much as yes and no with the same mean do (Bhatia and Davis, American Mathematical Monthly
    107, 2000, 353-357), so that for them it is never the narrower one. ValueError unless 0 ≤ share ≤ 1 and n > 0.
    """
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError(f"{share} of {n} is no share")
    z2 = Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At the ends the formula is exact, the arithmetic is not.
    low = 0.0 if share == 0 else max(0.0, middle - half)
    return Interval(low, 1.0 if share == 1 else min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `total`; ValueError unless 0 ≤ count ≤ total and total > 0."""

    count: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total or not self.total:
            raise ValueError(f"{self.count} of {self.total} is no proportion")

    @property
    def share(self) -> float:
        return self.count / self.total

    @property
    def interval(self) -> Interval:
        """Wilson's 95 % interval."""
        return wilson(self.share, self.total)

    @property
    def verdict(self) -> Verdict:
        """Confirmed when the whole interval is above one half, leaning when only the share is."""
        if self.interval.low > 0.5:
            return "confirmed"
        return "leaning" if 2 * self.count > self.total else "not shown"

    @property
    def needed(self) -> int | None:
        """The fewest buyers with whom this share would be confirmed; None for a share of one half or less.

        Wilson's lower end is above ½ just when n > z² / 4 / (share - ½)². Buyers are whole: either the very share comes
        out in whole buyers, or there are so many that a buyer more or less who sees it does not matter, which is where
        n·(share - ½) - √n·z/2 - 1 > 0.
        """
        if 2 * self.count <= self.total:
            return None
        share = Fraction(self.count, self.total)
        above = share - Fraction(1, 2)
        least = Fraction(str(Z)) ** 2 / 4 / above**2
        exactly = (least // share.denominator + 1) * share.denominator
        root = (Z / 2 + sqrt(Z**2 / 4 + 4 * above)) / (2 * above)
        return min(exactly, floor(root**2) + 1)


def difference(first: Proportion, second: Proportion) -> Interval:
    """Newcombe's method 10: the 95 % interval of first - second."""
    p1, p2 = first.share, second.share
    one, two = first.interval, second.interval
    return Interval(
        p1 - p2 - sqrt((p1 - one.low) ** 2 + (two.high - p2) ** 2),
        p1 - p2 + sqrt((one.high - p1) ** 2 + (p2 - two.low) ** 2),
    )


@dataclass(frozen=True)
class Perceived:
    """How many buyers see the company at each level; ValueError where there is none."""

    buyers: Mapping[Level, int]

    def __post_init__(self) -> None:
        if self.total <= 0:
            raise ValueError("without buyers there is no perceived level")

    @property
    def total(self) -> int:
        return sum(self.buyers.values())

    def at_least(self, level: Level) -> Proportion:
        """Who sees the company at this level or above."""
        return Proportion(sum(count for other, count in self.buyers.items() if other >= level), self.total)

    @property
    def level(self) -> Level:
        """The highest ℓ with 2…ℓ all confirmed, else 1."""
        perceived: Level = 1
        for level in LEVELS[1:]:
            if self.at_least(level).verdict != "confirmed":
                break
            perceived = level
        return perceived
