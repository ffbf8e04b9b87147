"""The rows of a table whose columns are known, and how they are read: as they stand, or faster."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from cvp.matching import number_in
from cvp.tables.boxes import Boxes, ticked
from cvp.tables.columns import Column
from cvp.tables.layout import Rule
from cvp.tables.leaving import reason_left_out
from cvp.tables.table import CELLS, Table

_WHOLE: Final = r"^-?[0-9]{1,4}$"


@dataclass(frozen=True)
class Scan:
    """The rows of a table. Its first column is `c0`, its second `c1`, and so on; it is numbered (`part`, `row`).

    Each question whose choices have a column each has a column behind those of the table. `left_out` is an expression:
    a Reason's text for rows that do not count, null for those that do.
    """

    frame: pl.LazyFrame
    left_out: pl.Expr

    @property
    def counting(self) -> pl.LazyFrame:
        """The rows that count and are whole."""
        return self.frame.filter(self._counts)

    def sample(self, positions: Sequence[int], rows: int) -> pl.DataFrame:
        """Those that count among the first rows; where none does, the first that count."""
        columns = [f"c{position}" for position in positions]
        found = self.frame.head(rows).filter(self._counts).select(columns).collect(engine="streaming")
        return found if found.height else self.counting.head(rows).select(columns).collect(engine="streaming")

    @property
    def _counts(self) -> pl.Expr:
        return self.left_out.is_null() & pl.col(CELLS).is_null()


@dataclass(frozen=True)
class Scanning:
    """What a table's rows are made of: ticked boxes put together, and rows that do not count told by rules.

    `asked` are the positions of the columns that answer questions.
    """

    table: Table
    boxes: tuple[Boxes, ...]
    rules: tuple[Rule, ...]
    asked: tuple[int, ...]

    def scan(self, numbers: Collection[int] = ()) -> Scan:
        """The rows, with whole numbers in some columns: then reading fails where a cell of them is anything else."""
        frame = self.table.numbered(numbers)
        names = frame.collect_schema().names()
        width = len(self.table.headers)
        added = [ticked(one).alias(f"c{width + index}") for index, one in enumerate(self.boxes)]
        frame = frame.select(*names[:width], *added, *names[width:])
        return Scan(frame, reason_left_out(self.rules, frame.collect_schema(), self.asked))


@dataclass(frozen=True)
class Way:
    """A way of reading a table: its rows, and what the cells of its columns mean."""

    scan: Scan
    columns: tuple[Column, ...]


def by_numbers(way: Way, scanning: Scanning, whole: Collection[int], spared: Collection[int]) -> Way | None:
    """The same with numbers in the columns `whole`, but for those `spared`: it takes a third of the time.

    Reading fails where a cell of them is anything else. None for a table that cannot be read so.
    """
    if not scanning.table.can_hold_numbers:
        return None
    ruled = {position for rule in scanning.rules for position in rule.positions}
    free = set(whole) - ruled - {column.dates for column in way.columns} - set(spared)
    read = {column.position: in_numbers(column) for column in way.columns if column.position in free}
    found = {position: column for position, column in read.items() if column}
    columns = tuple(found.get(column.position, column) for column in way.columns)
    return Way(scanning.scan(found), columns) if found else None


def whole_numbers(sample: pl.DataFrame) -> frozenset[int]:
    """The columns of text that hold whole numbers, empty cells beside, and nothing else."""
    texts = [name for name, dtype in sample.schema.items() if dtype == pl.String]
    are_whole = sample.select(pl.col(texts).str.contains(_WHOLE).all() & pl.col(texts).is_not_null().any())
    return frozenset(int(name[1:]) for name in texts if are_whole[name].item())


def in_numbers(column: Column) -> Column | None:
    """The column as one of numbers; None where texts that read as one number mean different things."""
    meanings: dict[str | float, str] = {}
    for cell, value in column.meanings.items():
        number = number_in(cell)
        if number is not None and meanings.setdefault(number, value) != value:
            return None
    return replace(column, meanings=meanings, numbers=True) if meanings else None
