"""Many rows of scores, counted: by group, with intervals; small groups merged, so that nobody is recognised in them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from cvp.level import LEVELS, Level
from cvp.proportions import Interval, Perceived, Z
from cvp.rendition import Rendition

SCALE: Final = 1_000_000_000
"""Sums are of whole billionths: the same in any order, and in parts as at once."""

_MOST_MONTHS: Final = 18
_T: Final = {1: 12.706205, 2: 4.302653, 3: 3.182446}


@dataclass(frozen=True)
class Sums:
    """One level's scores, of the rows that have one: how many, their sum and that of their squares, in billionths."""

    n: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float | None:
        return self.total / SCALE / self.n if self.n else None

    @property
    def half(self) -> float | None:
        """Half of Student's 95 % interval of the mean; None for fewer than two rows."""
        if self.n < 2:
            return None
        scatter = self.n * self.squares * SCALE - self.total**2
        return t_of(self.n - 1) * sqrt(max(0, scatter) / self.n**2 / (self.n - 1)) / SCALE

    @property
    def interval(self) -> Interval | None:
        """That interval, within 0…1."""
        if self.mean is None or self.half is None:
            return None
        return Interval(max(0.0, self.mean - self.half), min(1.0, self.mean + self.half))


def t_of(freedom: int) -> float:
    """Student's t for 95 %, two-sided: to 0.01 for four degrees of freedom, closer for more.

    Abramowitz and Stegun, 26.7.5.
    """
    if freedom in _T:
        return _T[freedom]
    z, n = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


@dataclass(frozen=True)
class Answered:
    """A question's answers: how many, and the sum of their scores, in billionths."""

    n: int = 0
    total: int = 0

    def __add__(self, other: "Answered") -> "Answered":
        return Answered(self.n + other.n, self.total + other.total)

    @property
    def mean(self) -> float | None:
        return self.total / SCALE / self.n if self.n else None


@dataclass(frozen=True)
class Counts:
    """What a number of rows add up to; `answers` by question.

    Safeguards put `capped` rows on a lower level; `uncapped` are the rows by level without them, empty where there are
    no safeguards.
    """

    levels: Mapping[Level, int] = field(default_factory=dict)
    not_secured: int = 0
    capped: int = 0
    uncapped: Mapping[Level, int] = field(default_factory=dict)
    settled: int = 0
    scores: tuple[Sums, ...] = (Sums(),) * len(LEVELS)
    answers: Mapping[str, Answered] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return sum(self.levels.values())

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            levels={level: self.levels.get(level, 0) + other.levels.get(level, 0) for level in LEVELS},
            not_secured=self.not_secured + other.not_secured,
            capped=self.capped + other.capped,
            uncapped={level: self.uncapped.get(level, 0) + other.uncapped.get(level, 0) for level in LEVELS},
            settled=self.settled + other.settled,
            scores=tuple(one + two for one, two in zip(self.scores, other.scores, strict=True)),
            answers={
                criterion: self.answers.get(criterion, Answered()) + other.answers.get(criterion, Answered())
                for criterion in self.answers.keys() | other.answers.keys()
            },
        )


@dataclass(frozen=True)
class Group:
    """Rows with one value of a segment; `merged` are the values that were put together for being too small."""

    name: str
    counts: Counts
    merged: tuple[str, ...] = ()

    @property
    def perceived(self) -> Perceived:
        return Perceived(self.counts.levels)

    @property
    def uncapped(self) -> Perceived:
        """What would be perceived without safeguards."""
        return Perceived(self.counts.uncapped if self.counts.capped else self.counts.levels)


@dataclass(frozen=True)
class Segment:
    """All groups of one column, the largest first and merged ones last. `withheld` rows are too few to show."""

    column: str
    groups: tuple[Group, ...]
    withheld: int = 0


@dataclass(frozen=True)
class Trend:
    """Groups by month (`2026-03`) or, of long times, by quarter (`2026-Q1`), in order.

    `withheld` periods have too few rows to show; `undated` rows have no date that can be read.
    """

    column: str
    groups: tuple[Group, ...]
    withheld: int = 0
    undated: int = 0


@dataclass(frozen=True)
class Flow:
    """Where the rows went: rows in are those scored, those rejected, and those left out, by reason."""

    rows_in: int = 0
    scored: int = 0
    rejected: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Flow") -> "Flow":
        left = dict(Counter(self.left_out) + Counter(other.left_out))
        return Flow(self.rows_in + other.rows_in, self.scored + other.scored, self.rejected + other.rejected, left)

    @property
    def balances(self) -> bool:
        return self.rows_in == self.scored + self.rejected + sum(self.left_out.values())


@dataclass(frozen=True)
class Summary(Rendition):
    """Many rows by one questionnaire: all of them, by segment, and over time."""

    source: str
    date: str
    flow: Flow
    total: Group
    segments: tuple[Segment, ...] = ()
    trend: Trend | None = None
    min_group: int = 5
    self_selected: bool = False


def segment_of(column: str, counts: Mapping[str, Counts], min_group: int) -> Segment:
    """The groups of a column. Those under `min_group` rows are one; while that is too small, the next joins it.

    Otherwise what all others leave of the total would tell what is in it.
    """
    ordered = sorted(counts.items(), key=lambda item: (item[1].n, item[0]))
    small = [item for item in ordered if item[1].n < min_group]
    large = ordered[len(small) :]
    while small and large and sum(counts.n for _, counts in small) < min_group:
        small.append(large.pop(0))
    groups = [Group(name, found) for name, found in sorted(large, key=lambda item: (-item[1].n, item[0]))]
    rest = added([found for _, found in small])
    if rest.n >= min_group:
        names = tuple(sorted(name for name, _ in small))
        groups.append(Group(f"other ({len(names)} groups)", rest, names))
        return Segment(column, tuple(groups))
    return Segment(column, tuple(groups), rest.n)


def trend_of(column: str, counts: Mapping[str, Counts], min_group: int) -> Trend:
    """The trend of a date's column, given the counts by month (`2026-03`; empty where there is no date)."""
    undated = counts[""].n if "" in counts else 0
    months = {month: found for month, found in counts.items() if month}
    if len(months) > _MOST_MONTHS:
        quarters: dict[str, Counts] = {}
        for month, found in months.items():
            quarter = f"{month[:5]}Q{(int(month[5:]) + 2) // 3}"
            quarters[quarter] = quarters.get(quarter, Counts()) + found
        months = quarters
    shown = _unrevealing(months, undated, min_group)
    return Trend(column, shown, len(months) - len(shown), undated)


def _unrevealing(months: Mapping[str, Counts], undated: int, min_group: int) -> tuple[Group, ...]:
    """The months of enough rows, and of these so few that what is missing from the total is enough rows too."""
    by_size = sorted(months, key=lambda month: (months[month].n, month))
    missing = undated
    withheld: set[str] = set()
    for month in by_size:
        if months[month].n >= min_group and not 0 < missing < min_group:
            break
        withheld.add(month)
        missing += months[month].n
    return tuple(Group(month, months[month]) for month in sorted(months) if month not in withheld)


def added(counts: Iterable[Counts]) -> Counts:
    total = Counts()
    for one in counts:
        total += one
    return total
