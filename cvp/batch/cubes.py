"""Scored rows → counts, by every combination of what is counted by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import polars as pl

from cvp.batch.scored import SOUND, STATUS, UNCAPPED
from cvp.errors import WrongUsage
from cvp.level import LEVELS
from cvp.matching import folded
from cvp.questionnaire import Question, Questionnaire
from cvp.segments import SCALE, Answered, Counts, Sums
from cvp.tables.expression.chains import line

MOST_GROUPS: Final = 10_000
NO_VALUE: Final = "(no value)"
GROUP: Final = "group"


@dataclass(frozen=True, eq=False)
class Cube:
    """What is counted in one pass: `keys` are columns of scored rows by the names that people call them."""

    questionnaire: Questionnaire
    keys: Mapping[str, pl.Expr]

    def of(self, scored: pl.LazyFrame) -> pl.LazyFrame:
        """A row for each combination of keys in the sound rows; without any key, one row."""
        sound = scored.filter(pl.col(STATUS) == SOUND)
        if not self.keys:
            return sound.select(self._counts)
        keys = [key.alias(self._column(name)) for name, key in self.keys.items()]
        return sound.with_columns(keys).group_by(map(self._column, self.keys)).agg(self._counts)

    def together(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """Parts that `of` gave, as of all their rows."""
        rows = pl.concat(parts)
        keys = [column for column in rows.columns if column.startswith(GROUP)]
        return rows.group_by(keys).agg(pl.all().sum()) if keys else rows.sum()

    def groups(self, counted: pl.DataFrame, name: str) -> dict[str, Counts]:
        """The counts by one of the keys, as people read it; or of all rows under no name. WrongUsage for too many."""
        found: dict[str, Counts] = {}
        key = self._column(name) if name else None
        names = self.spellings(counted, name) if name else {}
        for row in (counted if key is None else counted.with_columns(_named(key))).iter_rows(named=True):
            if row["n"]:
                known = "" if key is None else names[folded(row[key])][0]
                found[known] = found.get(known, Counts()) + self._counts_in(row)
        refuse_too_many(name, len(found))
        return found

    def spellings(self, counted: pl.DataFrame, name: str) -> dict[str, list[str]]:
        """How each of a key's groups is written, in capitals or not; the most frequent spelling, first, names it."""
        key = self._column(name)
        rows = counted.filter(pl.col("n") > 0).with_columns(_named(key)).group_by(key).agg(pl.col("n").sum())
        found: dict[str, list[str]] = {}
        for spelling, _ in sorted(rows.iter_rows(), key=lambda row: (-row[1], row[0])):
            found.setdefault(folded(spelling), []).append(spelling)
        return found

    def _column(self, name: str) -> str:
        return f"{GROUP}{list(self.keys).index(name)}"

    @cached_property
    def _counts(self) -> Sequence[pl.Expr]:
        levels = [(pl.col("level") == level).sum().alias(f"l{level}") for level in LEVELS]
        flags = [(~pl.col("secured")).sum().alias("not_secured"), pl.col("settled").sum()]
        caps = _CAPS if self.questionnaire.safeguards else ()
        return [
            pl.len().alias("n"),
            *levels,
            *flags,
            *caps,
            *_SCORES,
            *(made for one in self._ranks for made in one.columns),
        ]

    @cached_property
    def _ranks(self) -> Sequence["_Ranks"]:
        return [_Ranks.of(self.questionnaire, question) for question in self.questionnaire.questions.values()]

    def _counts_in(self, row: Mapping[str, Any]) -> Counts:
        return Counts(
            levels={level: n for level in LEVELS if (n := row[f"l{level}"])},
            not_secured=row["not_secured"],
            capped=row.get("capped", 0),
            uncapped={level: n for level in LEVELS if (n := row.get(f"u{level}"))},
            settled=row["settled"],
            scores=tuple(Sums(row[f"n{level}"], row[f"t{level}"], row[f"s{level}"]) for level in LEVELS),
            answers={one.question: one.answered(row) for one in self._ranks},
        )


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
        """What is added up: of single bytes, which cost a fourth of what others do."""
        rank = pl.col(f"rank_{self.question}")
        yield (rank >= 0).sum().alias(f"n {self.question}")
        yield pl.when(rank >= 0).then(rank).otherwise(pl.lit(0, pl.Int8)).sum().alias(f"r {self.question}")
        for one in self.off:
            yield (rank == one).sum().alias(f"{one} {self.question}")

    def answered(self, row: Mapping[str, Any]) -> Answered:
        n = row[f"n {self.question}"]
        off = sum(by * row[f"{rank} {self.question}"] for rank, by in self.off.items())
        return Answered(n, self.start * n + self.slope * row[f"r {self.question}"] + off)


def refuse_too_many(name: str, groups: int) -> None:
    if groups > MOST_GROUPS:
        raise WrongUsage(f"--by {name}: has more than {MOST_GROUPS:,} values; name a column with fewer")


def _named(key: str) -> pl.Expr:
    """Groups by the names that people read, which several may share: cells are many, groups are few."""
    text = pl.col(key).cast(pl.String).str.strip_chars().str.replace(r"^(-?\d+)\.0+$", "${1}")
    return pl.when(text != "").then(text).otherwise(pl.lit(NO_VALUE)).alias(key)


def _scores() -> Iterator[pl.Expr]:
    """In whole billionths; cutting off after a half was added takes less than rounding."""
    for level in LEVELS:
        score = pl.col(f"score_{level}")
        yield score.count().alias(f"n{level}")
        yield (score * SCALE + 0.5).cast(pl.Int64).sum().alias(f"t{level}")
        yield (score * score * SCALE + 0.5).cast(pl.Int64).sum().alias(f"s{level}")


def _caps() -> Iterator[pl.Expr]:
    """How many rows safeguards put on a lower level, and how many would be on each without."""
    uncapped = pl.col(UNCAPPED)
    yield (uncapped > pl.col("level")).sum().alias("capped")
    for level in LEVELS:
        yield (uncapped == level).sum().alias(f"u{level}")


_SCORES: Final = tuple(_scores())
_CAPS: Final = tuple(_caps())
