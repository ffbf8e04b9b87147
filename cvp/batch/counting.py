"""What scored rows are counted by, and what was counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import polars as pl

from cvp.batch.cubes import MOST_GROUPS, NO_VALUE, Cube, refuse_too_many
from cvp.batch.months import months_in
from cvp.batch.passing import Ask
from cvp.batch.scored import COUNTED, UNCAPPED, kept_column
from cvp.questionnaire import Questionnaire
from cvp.segments import Counts, added
from cvp.tables.answering.quoting import few, in_ticks
from cvp.text import one_line

MOST_GLANCED_AT: Final = 1_000_000
_FEW: Final = 3
_VALUE: Final = "value"
_DATE: Final = "\0date"


@dataclass(frozen=True)
class Counted:
    """What scored rows add up to: by column, the counts of each of its values.

    `groups` has the columns that are counted by, and without any, all rows under no name. `months` are those of the
    date's column; empty for rows without one. `said` are sentences about groups whose name is written in several ways.
    """

    groups: Mapping[str, Mapping[str, Counts]]
    months: Mapping[str, Counts] | None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counting:
    """What is to be counted, and by which columns of scored rows.

    `by`: column → the name that people know it by; `date` is such a pair, for the day of the response.
    """

    questionnaire: Questionnaire
    by: Mapping[str, str]
    date: tuple[str, str] | None

    @property
    def outputs(self) -> tuple[str, ...]:
        """The outputs that are counted."""
        return (*COUNTED, UNCAPPED) if self.questionnaire.safeguards else COUNTED

    def cubes(self, rows: Ask) -> list[Cube]:
        """One for all columns whose values together make few groups, else one more for the next.

        The first rows tell; raises WrongUsage where a column has too many values.
        """
        columns = {name: pl.col(column) for column, name in self.by.items()}
        if self.date:
            columns[_DATE] = months_in(self.date[0], partial(first_rows, rows))
        return [Cube(self.questionnaire, keys) for keys in _together(columns, rows)]

    def counted(self, cubes: Mapping[Cube, pl.DataFrame]) -> Counted:
        """Raises WrongUsage where a column has too many values."""
        groups = {name: cube.groups(found, name) for cube, found in cubes.items() for name in cube.keys or ("",)}
        months = groups.pop(_DATE, None)
        if months is not None:
            months = {"" if month == NO_VALUE else month: counts for month, counts in months.items()}
            groups = groups or {"": {"": added(months.values())}}
        said = [
            _said(name, cube.spellings(found, name).values()) for cube, found in cubes.items() for name in cube.keys
        ]
        return Counted(groups, months, tuple(filter(None, said)))


def _together(columns: Mapping[str, pl.Expr], rows: Ask) -> Iterator[dict[str, pl.Expr]]:
    """The columns, put together as long as all combinations of their values are few."""
    together: dict[str, pl.Expr] = {}
    product = 1
    for name, key in columns.items():
        values = max(frame.item() for frame in rows(partial(_values, key)))
        refuse_too_many(name, values)
        if together and product * values > MOST_GROUPS:
            yield together
            together, product = {}, 1
        together[name] = key
        product *= max(1, values)
    yield together


def _said(name: str, spellings: Iterable[Sequence[str]]) -> str:
    """A sentence about groups that are written in several ways; empty where none is."""
    several = [[in_ticks(one) for one in known] for known in spellings if len(known) > 1]
    shown = [f"{one} (also {few(others, _FEW)})" for one, *others in several]
    return f"By {one_line(name)}, what is written in several ways is one group: {few(shown, _FEW)}." if shown else ""


def first_rows(rows: Ask, what: pl.Expr) -> pl.Series:
    """What an expression gives for the first rows of each input."""
    found = rows(lambda frame: frame.head(MOST_GLANCED_AT).select(what.alias(_VALUE)).collect(engine="streaming"))
    return pl.concat(list(found))[_VALUE]


def _values(key: pl.Expr, frame: pl.LazyFrame) -> pl.DataFrame:
    """How many values there are in the first rows: a column of names or times is told before it is counted."""
    return (
        frame.select(key.alias(_VALUE))
        .head(MOST_GLANCED_AT)
        .select(pl.col(_VALUE).n_unique())
        .collect(engine="streaming")
    )


def columns_of(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Column of the blocks → name, for kept columns."""
    return {kept_column(keys.index(name)): name for name in names}
