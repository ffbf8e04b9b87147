"""Blocks of scored rows → counts by group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from cvp.batch.scored import REJECTED, SOUND, SOURCE, STATUS, flow_of
from cvp.errors import WrongUsage
from cvp.level import LEVELS
from cvp.questionnaire import Question, Questionnaire
from cvp.segments import SCALE, Answered, Counts, Flow, Sums
from cvp.tables.expression.chains import line
from cvp.tables.table import PART, ROW

MOST_GROUPS: Final = 10_000
NO_VALUE: Final = "(no value)"
_GROUP: Final = "group"

_ISO: Final = r"^\s*(\d{4})[-/.](\d{1,2})"
_GERMAN: Final = r"^\s*\d{1,2}\.(\d{1,2})\.(\d{4})"


class Tally:
    """What the blocks add up to. `by` and `date` are columns of the blocks, with the names that people call them."""

    def __init__(
        self, questionnaire: Questionnaire, by: Mapping[str, str], date: tuple[str, str] | None, counts: bool = True
    ) -> None:
        self._answers = [_Ranks.of(questionnaire, question) for question in questionnaire.questions.values()]
        self._wanted: dict[str, pl.Expr | None] = {}
        if counts:
            self._wanted = {name: pl.col(column) for column, name in by.items()}
            if date:
                self._wanted[f"\0{date[1]}"] = _month(date[0])
            self._wanted = self._wanted or {"": None}
        self.flow = Flow()
        self.groups: dict[str, dict[str, Counts]] = {name: {} for name in self._wanted}
        self._rejected: list[pl.DataFrame] = []

    def add(self, block: pl.DataFrame) -> None:
        """Raises WrongUsage where a column has too many values to count by."""
        flow = flow_of(block)
        self.flow += flow
        if flow.rejected:
            self._rejected.append(block.filter(pl.col(STATUS) == REJECTED).select(SOURCE, PART, ROW))
        for name, value in self._wanted.items():
            for key, counts in self._counted(block, name, value).items():
                found = self.groups[name]
                found[key] = found[key] + counts if key in found else counts
            _refuse_too_many(name, len(self.groups[name]))

    @property
    def rejected(self) -> pl.DataFrame:
        """The rejected rows, by SOURCE, `part` and `row`."""
        empty = pl.DataFrame(schema={SOURCE: pl.UInt32, PART: pl.UInt32, ROW: pl.UInt32})
        return pl.concat(self._rejected) if self._rejected else empty

    @property
    def months(self) -> Mapping[str, Counts] | None:
        """Counts by month; empty for rows without one."""
        for name, found in self.groups.items():
            if name.startswith("\0"):
                return {"" if month == NO_VALUE else month: counts for month, counts in found.items()}
        return None

    def _counted(self, block: pl.DataFrame, name: str, value: pl.Expr | None) -> dict[str, Counts]:
        """The counts of the sound rows, by the value; of all under no name where there is none."""
        columns = [column for one in self._answers for column in one.columns]
        sound = block.filter(pl.col(STATUS) == SOUND).with_columns(*columns)
        sums = [*_SCORE_SUMS, *(pl.col(column.meta.output_name()).sum() for column in columns)]
        if value is None:
            levels, added = sound.group_by("level", "secured"), sound.select(*sums)
        else:
            sound = sound.with_columns(value.alias(_GROUP))
            levels, added = sound.group_by(_GROUP, "level", "secured"), sound.group_by(_GROUP).agg(*sums)
        found: dict[str, Counts] = {}
        by_level = _named(levels.agg(pl.len(), pl.col("settled").sum()))
        _refuse_too_many(name, by_level.height // (2 * len(LEVELS)))
        for *group, level, secured, n, settled in by_level.iter_rows():
            counts = Counts(levels={level: n}, not_secured=0 if secured else n, settled=settled)
            known = group[0] if group else ""
            found[known] = found.get(known, Counts()) + counts
        for row in _named(added).iter_rows(named=True):
            scores = tuple(Sums(row[f"n{level}"], row[f"t{level}"], row[f"s{level}"]) for level in LEVELS)
            found[row.get(_GROUP, "")] += Counts(
                scores=scores, answers={one.question: one.answered(row) for one in self._answers}
            )
        return found


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


def _named(groups: pl.DataFrame) -> pl.DataFrame:
    """Groups by the names that people read, which several may share: cells are many, groups are few."""
    if _GROUP not in groups.columns:
        return groups
    text = pl.col(_GROUP).cast(pl.String).str.strip_chars().str.replace(r"^(-?\d+)\.0+$", "${1}")
    return groups.with_columns(pl.when(text != "").then(text).otherwise(pl.lit(NO_VALUE)).alias(_GROUP))


def _score_sums() -> Iterator[pl.Expr]:
    for level in LEVELS:
        score = pl.col(f"score_{level}")
        yield score.count().alias(f"n{level}")
        yield (score * SCALE).round().cast(pl.Int64).sum().alias(f"t{level}")
        yield (score * score * SCALE).round().cast(pl.Int64).sum().alias(f"s{level}")


_SCORE_SUMS: Final = tuple(_score_sums())


def _month(column: str) -> pl.Expr:
    """The month as 2026-03; empty where there is no date whose month is plain."""
    text = pl.col(column).cast(pl.String)
    year = pl.coalesce(text.str.extract(_ISO, 1), text.str.extract(_GERMAN, 2))
    month = pl.coalesce(text.str.extract(_ISO, 2), text.str.extract(_GERMAN, 1)).str.zfill(2)
    is_month = month.is_between(pl.lit("01"), pl.lit("12"))
    return pl.when(is_month).then(year + "-" + month).otherwise(pl.lit(""))


def columns_of(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Column of the blocks → name, for kept columns."""
    return {f"k{keys.index(name)}": name for name in names}
