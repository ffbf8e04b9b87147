"""The rows of a table whose columns are known, and how they are read: as they stand, or faster."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from cvp.tables.answering.boxes import Boxes, ticked
from cvp.tables.answering.leaving import reason_left_out
from cvp.tables.columns import Column
from cvp.tables.layout import Rule
from cvp.tables.table import CELLS, NO_TYPES, Table, Types


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

    def scan(self, types: Types = NO_TYPES, read: Iterable[pl.Expr] = ()) -> Scan:
        """The rows, with some columns of other types, or what is `read` out of these: then any other cell fails."""
        frame = self.table.numbered(types).with_columns(*read)
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
