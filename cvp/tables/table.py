"""A table of answers: its data as a lazy frame, its headers, and how the survey tool that it is from laid it out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from cvp.errors import UnknownName
from cvp.matching import folded, near
from cvp.tables.files.sources import Kind, Source
from cvp.tables.layout import Head, Layout, number_of
from cvp.tables.spool import Spool
from cvp.text import one_line

if TYPE_CHECKING:
    import polars as pl

Types: TypeAlias = "Mapping[int, pl.DataType]"
"""What columns are read as, by their positions."""
NO_TYPES: Final[Types] = MappingProxyType({})

PART: Final = "part"
ROW: Final = "row"
LINE: Final = "line"
CELLS: Final = "cells"
MOST_COLUMNS: Final = 16_384
"""As many as a sheet of Excel has."""

_MOST_NAMED: Final = 8
_LONGEST_HEADER: Final = 60


@dataclass(frozen=True)
class Part:
    """One file of a table: its first rows, and the lines (of a sheet the rows), from 1, at which they begin.

    `frame` has the data in columns `c0`, `c1`, … and `cells`; `has_lines` where it has `line` too, which cannot be
    found out later. `rows` is how many rows it has, where that is known without reading them. Of a CSV, `path` is its
    text in UTF-8, `skip` lines stand before its header, `rows_before` rows before its data, `quoted` says whether it
    has quotation marks, and `rescan` reads it with other types in some of its columns.
    """

    source: Source
    kind: Kind
    head: Head
    starts: tuple[int, ...]
    frame: "pl.LazyFrame"
    path: Path
    encoding: str = ""
    delimiter: str = ""
    skip: int = 0
    rows_before: int = 0
    quoted: bool = False
    has_lines: bool = False
    rows: int | None = None
    rescan: "Callable[[Types], pl.LazyFrame] | None" = None

    def typed(self, types: "Types") -> "pl.LazyFrame":
        """`frame` with other types in some of its columns; any cell that is not of them makes polars fail."""
        if not types:
            return self.frame
        return self.rescan(types) if self.rescan else self.frame.cast({f"c{at}": type_ for at, type_ in types.items()})


@dataclass(frozen=True)
class Table:
    """A table of one file, or of several that are laid out alike. Positions count from 0.

    `reason` says as what it was read and why; `remarks` are further sentences to print. What had to be written for it
    (of standard input, UTF-16, rows of other lengths) lies in the folder `spool`, which goes when the table goes.
    """

    name: str
    parts: tuple[Part, ...]
    dialect: str
    layout: Layout
    reason: str
    remarks: tuple[str, ...] = ()
    spool: Spool | None = field(default=None, repr=False, compare=False)

    @property
    def headers(self) -> tuple[str, ...]:
        """The first header row, as it stands in the file."""
        return self.parts[0].head.headers

    @property
    def header_rows(self) -> int:
        return self.layout.header_rows

    @property
    def frame(self) -> "pl.LazyFrame":
        """All rows: text in the columns of CSV and JSON Lines, numbers, days or text in those of other files.

        An empty cell is null or an empty text. `cells` is how many cells a row has, null where as many as the header.
        """
        return self._joined([part.frame for part in self.parts])

    def count(self) -> int:
        """How many rows it has: for CSV and Parquet at once, for others by reading it."""
        import polars as pl

        known = [part.rows for part in self.parts if part.rows is not None]
        unknown = [part.frame for part in self.parts if part.rows is None]
        counts = [frame.select(pl.len()).collect(engine="streaming").item() for frame in unknown]
        return sum(known) + sum(int(count) for count in counts)

    def numbered(self, types: "Types" = NO_TYPES) -> "pl.LazyFrame":
        """`frame`, with `part` and `row`, both from 0, from which `places_of` tells file and line.

        `types` are those that columns of texts are to be read as: then any other cell makes polars fail.
        """
        import polars as pl

        frames = [part.typed(types) for part in self.parts]
        joined = self._joined(
            [
                frame.with_row_index(ROW).with_columns(pl.lit(number, pl.UInt32).alias(PART))
                for number, frame in enumerate(frames)
            ]
        )
        return joined.select(pl.exclude(ROW), ROW)

    def position(self, header: str) -> int:
        """The column that someone calls by a header, or by its number (`#3` is the third). Raises UnknownName."""
        number = number_of(header)
        if number is not None:
            if 1 <= number <= len(self.headers):
                return number - 1
            raise UnknownName(f"{self.name}: has no column {header}, but {len(self.headers)}")
        names = self._names()
        found = [position for position, known in enumerate(names) if folded(header) in known]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownName(f"{self.name}: has {self.called(*found)}; {_by_number(found)}")
        raise UnknownName(f"{self.name}: has no column `{one_line(header)}`; {self._instead(folded(header), names)}")

    def called(self, *positions: int) -> str:
        """Columns as messages call them, by number and header: `#3 Timestamp, #4 Name`."""
        named = [f"#{position + 1} {_short(self.headers[position])}".strip() for position in positions[:_MOST_NAMED]]
        more = len(positions) - len(named)
        return ", ".join([*named, f"and {more} more"] if more > 0 else named)

    def _instead(self, header: str, names: Sequence[Mapping[str, str]]) -> str:
        """What to call a column by: a name as it is written; where that would not do, its number."""
        like = near(header, {name: None for known in names for name in known}, 0.6)
        if not like:
            return f"its columns are {self.called(*range(len(names)))}"
        found = [position for position, known in enumerate(names) if like[0] in known]
        written = names[found[0]][like[0]]
        if len(found) == 1 and folded(written) == like[0]:
            return f"did you mean `{written}`?"
        return f"did you mean {self.called(*found)}? {_by_number(found).capitalize()}"

    def _names(self) -> list[dict[str, str]]:
        """Of each column its names, as they are compared, and as they are written."""
        rows = [self.parts[0].head.row(index) for index in range(max(1, self.header_rows))]
        columns = zip(*rows, strict=True)
        return [{name: one_line(cell) for cell in column if (name := folded(cell))} for column in columns]

    def _joined(self, frames: Sequence["pl.LazyFrame"]) -> "pl.LazyFrame":
        import polars as pl

        return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal_relaxed")


def _by_number(positions: Sequence[int]) -> str:
    return f"say which by its number, as in '#{positions[0] + 1}'"


def _short(header: str) -> str:
    shown = one_line(header)
    return f"{shown[:_LONGEST_HEADER]}…" if len(shown) > _LONGEST_HEADER else shown
