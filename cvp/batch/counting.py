"""Scored rows → where they went, and counts by group."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final, TypeAlias

import polars as pl

from cvp.batch.months import months_in
from cvp.batch.scored import LEFT_OUT, REASON, REJECTED, SOUND, SOURCE, STATUS
from cvp.errors import WrongUsage
from cvp.level import LEVELS
from cvp.questionnaire import Question, Questionnaire
from cvp.segments import SCALE, Answered, Counts, Flow, Sums, added
from cvp.tables.expression.chains import line
from cvp.tables.table import PART, ROW

MOST_GROUPS: Final = 10_000
NO_VALUE: Final = "(no value)"
NONE_REJECTED: Final = pl.DataFrame(schema={SOURCE: pl.UInt32, PART: pl.UInt32, ROW: pl.UInt32})
LOOKED_AT: Final = 1_000_000
_GROUP: Final = "group"
_DATE: Final = "\0date"

Ask: TypeAlias = Callable[[Callable[[pl.LazyFrame], pl.DataFrame]], Iterator[pl.DataFrame]]
"""Puts a query to scored rows: what it finds in each of the frames that they lie in."""


@dataclass(frozen=True)
class Counted:
    """What scored rows add up to: where they went and, by column, the counts of each of its values.

    `groups` has the columns that are counted by, and without any, all rows under no name. `months` are those of the
    date's column; empty for rows without one.
    """

    flow: Flow
    groups: Mapping[str, Mapping[str, Counts]]
    months: Mapping[str, Counts] | None


@dataclass(frozen=True)
class Counting:
    """What is to be counted: `by` and `date` are columns of scored rows → the names that people call them."""

    questionnaire: Questionnaire
    by: Mapping[str, str]
    date: tuple[str, str] | None

    def of(self, rows: Ask) -> Counted:
        """One pass over the rows for all columns whose values together make few groups, else one more for the next.

        Raises WrongUsage where a column has too many values.
        """
        flow: Flow | None = None
        groups: dict[str, dict[str, Counts]] = {}
        columns = {name: pl.col(column) for column, name in self.by.items()}
        if self.date:
            columns[_DATE] = months_in(self.date[0], partial(_first_rows, rows))
        for names in self._passes(columns, rows):
            keys = [columns[name].alias(f"{_GROUP}{number}") for number, name in enumerate(names)]
            cube = pl.concat(list(rows(partial(self._cube, keys))))
            flow = flow or flow_in(cube)
            for number, name in enumerate(names):
                groups[name] = self._groups(name, cube, f"{_GROUP}{number}")
            if not names:
                groups[""] = self._groups("", cube, None)
        assert flow
        months = groups.pop(_DATE, None)
        if months is not None:
            months = {"" if month == NO_VALUE else month: counts for month, counts in months.items()}
            groups = groups or {"": {"": added(months.values())}}
        return Counted(flow, groups, months)

    def _passes(self, columns: Mapping[str, pl.Expr], rows: Ask) -> Iterator[list[str]]:
        """The columns, put together as long as all combinations of their values are few."""
        together: list[str] = []
        product = 1
        for name, key in columns.items():
            values = max(frame.item() for frame in rows(partial(_values, key)))
            _refuse_too_many(name, values)
            if together and product * values > MOST_GROUPS:
                yield together
                together, product = [], 1
            together.append(name)
            product *= max(1, values)
        yield together

    @cached_property
    def _ranks(self) -> Sequence["_Ranks"]:
        return [_Ranks.of(self.questionnaire, question) for question in self.questionnaire.questions.values()]

    def _cube(self, keys: Sequence[pl.Expr], frame: pl.LazyFrame) -> pl.DataFrame:
        """A row for each status, reason, combination of keys, and level."""
        columns = [column for one in self._ranks for column in one.columns]
        sums = [pl.col(column.meta.output_name()).sum() for column in columns]
        counts = [pl.len().alias("n"), pl.col("settled").sum()]
        grouped = frame.with_columns(*keys, *columns).group_by(
            STATUS, REASON, *(key.meta.output_name() for key in keys), "level", "secured"
        )
        return grouped.agg(*counts, *_SCORE_SUMS, *sums).collect(engine="streaming")

    def _groups(self, name: str, cube: pl.DataFrame, key: str | None) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        sound = cube.filter(pl.col(STATUS) == SOUND)
        for row in (sound if key is None else sound.with_columns(_named(key))).iter_rows(named=True):
            known = "" if key is None else row[key]
            found[known] = found.get(known, Counts()) + self._counts(row)
        _refuse_too_many(name, len(found))
        return found

    def _counts(self, row: Mapping[str, Any]) -> Counts:
        return Counts(
            levels={row["level"]: row["n"]},
            not_secured=0 if row["secured"] else row["n"],
            settled=row["settled"],
            scores=tuple(Sums(row[f"n{level}"], row[f"t{level}"], row[f"s{level}"]) for level in LEVELS),
            answers={one.question: one.answered(row) for one in self._ranks},
        )


def flow_of(rows: Ask) -> Flow:
    """Where the rows went, and nothing else."""
    return flow_in(pl.concat(list(rows(_statuses))))


def rejected_in(rows: Ask) -> pl.DataFrame:
    """The rejected rows, by SOURCE, `part` and `row`."""
    return pl.concat([NONE_REJECTED, *rows(lambda frame: _rejected(frame).collect(engine="streaming"))]).sort(pl.all())


def rejected_of(block: pl.DataFrame) -> pl.DataFrame:
    """Those of one block."""
    return _rejected(block.lazy()).collect()


def _statuses(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.group_by(STATUS, REASON).agg(pl.len().alias("n")).collect(engine="streaming")


def _rejected(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.filter(pl.col(STATUS) == REJECTED).select(NONE_REJECTED.columns)


def flow_in(cube: pl.DataFrame) -> Flow:
    """Where the rows went, given how many (`n`) by STATUS and REASON."""
    counts = dict(cube.group_by(STATUS).agg(pl.col("n").sum()).iter_rows())
    left = cube.filter(pl.col(STATUS) == LEFT_OUT).group_by(REASON).agg(pl.col("n").sum()).iter_rows()
    return Flow(sum(counts.values()), counts.get(SOUND, 0), counts.get(REJECTED, 0), dict(left))


def _first_rows(rows: Ask, what: pl.Expr) -> pl.Series:
    """What an expression gives for the first rows of each input."""
    found = rows(lambda frame: frame.head(LOOKED_AT).select(what.alias(_GROUP)).collect(engine="streaming"))
    return pl.concat(list(found))[_GROUP]


def _values(key: pl.Expr, frame: pl.LazyFrame) -> pl.DataFrame:
    """How many values there are in the first rows: a column of names or times is told before it is counted."""
    return frame.select(key.alias(_GROUP)).head(LOOKED_AT).select(pl.col(_GROUP).n_unique()).collect(engine="streaming")


@dataclass(frozen=True)
class _Ranks:
    """How the scores of a question's choices come from their ranks: along a line, and what some are off it."""

    question: str
    start: int
    slope: int
    off: Mapping[int, int]

    @classmethod
    def of(cls, questionnaire: Questionnaire, question: Question) -> "_Ranks":
        scores = [round(choice.score * SCALE) for choice in questionnaire.choices_of(question)]
        start, slope = line(list(enumerate(scores)))
        off = {rank: score - start - slope * rank for rank, score in enumerate(scores)}
        return cls(question.id, start, slope, {rank: by for rank, by in off.items() if by})

    @property
    def columns(self) -> Iterator[pl.Expr]:
        """What is added up, in single bytes: a group's sums of these cost a fourth of what others do."""
        rank = pl.col(f"rank_{self.question}")
        yield _one_where(rank >= 0).alias(f"n {self.question}")
        yield pl.when(rank >= 0).then(rank).otherwise(pl.lit(0, pl.Int8)).alias(f"r {self.question}")
        for one in self.off:
            yield _one_where(rank == one).alias(f"{one} {self.question}")

    def answered(self, row: Mapping[str, Any]) -> Answered:
        n = row[f"n {self.question}"]
        off = sum(by * row[f"{rank} {self.question}"] for rank, by in self.off.items())
        return Answered(n, self.start * n + self.slope * row[f"r {self.question}"] + off)


def _one_where(condition: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(pl.lit(1, pl.Int8)).otherwise(pl.lit(0, pl.Int8))


def _refuse_too_many(name: str, groups: int) -> None:
    if groups > MOST_GROUPS:
        raise WrongUsage(f"--by {name}: has more than {MOST_GROUPS:,} values; name a column with fewer")


def _named(key: str) -> pl.Expr:
    """Groups by the names that people read, which several may share: cells are many, groups are few."""
    text = pl.col(key).cast(pl.String).str.strip_chars().str.replace(r"^(-?\d+)\.0+$", "${1}")
    return pl.when(text != "").then(text).otherwise(pl.lit(NO_VALUE)).alias(key)


def _score_sums() -> Iterator[pl.Expr]:
    for level in LEVELS:
        score = pl.col(f"score_{level}")
        yield score.count().alias(f"n{level}")
        yield (score * SCALE).round().cast(pl.Int64).sum().alias(f"t{level}")
        yield (score * score * SCALE).round().cast(pl.Int64).sum().alias(f"s{level}")


_SCORE_SUMS: Final = tuple(_score_sums())


def columns_of(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Column of the blocks → name, for kept columns."""
    return {f"k{keys.index(name)}": name for name in names}
