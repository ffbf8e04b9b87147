"""CSV files: how they are written, told by their first rows; and a scan of them that loses and shifts no row."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl

from cvp.errors import Unreadable
from cvp.tables.files.encodings import FIRST, as_utf8, encoding_of, first_text
from cvp.tables.files.quoting import allow_long_cells, rows_with_lines
from cvp.tables.files.sources import Source
from cvp.tables.files.structure import Structure
from cvp.tables.files.surveying import survey
from cvp.tables.table import CELLS, LINE, MOST_COLUMNS, NO_TYPES, Types

DELIMITERS: Final = (",", ";", "\t")

_SEP: Final = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n)", re.IGNORECASE)
"""What Excel takes for the delimiter."""
_SEEN_ROWS: Final = 25
_SMALL: Final = 8 << 20


@dataclass(frozen=True)
class Delimited:
    """A CSV file, and what was found out about it.

    `path` is its text in UTF-8, the file itself where it is that already. `rows` are its first rows, `starts` the lines
    (from 1) at which they begin, and the line after the last of them. `skip` lines stand before the table.
    """

    source: Source
    path: Path
    encoding: str
    delimiter: str
    rows: tuple[tuple[str, ...], ...]
    starts: tuple[int, ...]
    structure: Structure
    skip: int = 0

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def needed(self) -> int:
        """How many cells a row must have: as many as there are headers up to the last that is not empty."""
        return max((index + 1 for index, header in enumerate(self.rows[0]) if header.strip()), default=self.width)

    @cached_property
    def is_regular(self) -> bool:
        """Whether all rows have as many cells as the header, so that polars can read the file as it is.

        Raises Unreadable where a quotation mark is not closed. A mark inside a cell may have deceived the survey: small
        files are looked at again, row by row; in large ones polars is made to fail.
        """
        if self.structure.regular and self.structure.quoted and self.path.stat().st_size <= _SMALL:
            widths = [len(row) for _, row in self.all_rows()]
            return len(widths) == self.structure.rows and set(widths) == {self.width}
        return self.structure.regular

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        """All rows that are no blank lines, with the lines at which they begin."""
        return rows_with_lines(self.path, self.source.name, self.delimiter, self.skip)


def examine(source: Source, spool: Path) -> Delimited:
    """Finds out encoding, delimiter, first rows and structure. Raises Unreadable with the place of what is wrong."""
    encoding = encoding_of(source)
    path = source.path if encoding in {"utf-8", "utf-8-sig"} else as_utf8(source, encoding, spool)
    head = first_text(path)
    said = _SEP.match(head.text)
    start = head.first_byte + len(said[0] if said else "")
    table = head.text[said.end() :] if said else head.text
    delimiter = said[1] if said else _delimiter_of(table)
    width = len(next(filter(None, _rows(table, delimiter)), ()))
    if not width:
        raise Unreadable(f"{source.name}: holds no header row")
    skip = 1 if said else 0
    structure = survey(path, delimiter, width, start)
    if structure.bad_byte is not None:
        encoding = encoding_of(source, structure)
        path = as_utf8(source, encoding, spool)
        structure = survey(path, delimiter, width, start)
    seen = list(islice(rows_with_lines(path, source.name, delimiter, skip), _SEEN_ROWS))
    if len(seen[0][1]) > MOST_COLUMNS:
        raise Unreadable(f"{source.name}: has {len(seen[0][1]):,} columns; no survey has more than {MOST_COLUMNS:,}")
    rows, starts = tuple(tuple(row) for _, row in seen), tuple(line for line, _ in seen)
    return Delimited(source, path, encoding, delimiter, rows, starts, structure, skip)


def written(source: Source) -> tuple[str, str]:
    """Python's name of the encoding, and the delimiter, by the first bytes alone. Raises Unreadable."""
    encoding = encoding_of(source)
    with source.path.open("rb") as file:
        start = file.read(FIRST)
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        encoding, text = "cp1252", start.decode("cp1252", "replace")
    return encoding, _delimiter_of(text)


def scan(delimited: Delimited, header_rows: int, spool: Path) -> pl.LazyFrame:
    """The data as text in columns `c0`, `c1`, …, and CELLS: how many cells a row has, where not as many as the header.

    Where the file is not regular, it is written anew and LINE says where each row begins. An empty cell is null, and
    one with nothing between quotation marks an empty text.
    """
    names = [f"c{index}" for index in range(delimited.width)]
    if delimited.is_regular:
        return scan_regular(delimited, header_rows)
    path = spool / f"{delimited.source.path.name[:80]}.regular.csv"
    if not _write_regular(delimited, header_rows, path):
        return pl.LazyFrame(schema={**dict.fromkeys(names, pl.String), LINE: pl.UInt32, CELLS: pl.UInt32})
    schema = {**dict.fromkeys(names, pl.String), LINE: pl.UInt32, CELLS: pl.UInt32}
    return pl.scan_csv(path, has_header=False, schema=schema, glob=False)


def scan_regular(delimited: Delimited, header_rows: int, types: Types = NO_TYPES) -> pl.LazyFrame:
    """The data of a regular file; a cell that is not of its column's type (else text) makes polars fail."""
    schema = {f"c{index}": types.get(index, pl.String()) for index in range(delimited.width)}
    if len(delimited.starts) <= header_rows:  # nothing follows the header
        return pl.LazyFrame(schema={**schema, CELLS: pl.UInt32})
    structure = delimited.structure
    frame = pl.scan_csv(
        delimited.path,
        has_header=False,
        schema=schema,
        separator=delimited.delimiter,
        skip_lines=delimited.starts[header_rows] - 1,
        n_rows=structure.rows - header_rows if structure.blank_tail else None,
        glob=False,
    )
    return frame.with_columns((_always_null([*schema]) if structure.quoted else pl.lit(None, pl.UInt32)).alias(CELLS))


def _always_null(names: list[str]) -> pl.Expr:
    """Null, for which all columns must be read: then polars fails where a row has more cells than there are columns."""
    return pl.when(pl.all_horizontal(pl.col(name).is_null() for name in names)).then(pl.lit(None, pl.UInt32))


def _write_regular(delimited: Delimited, header_rows: int, path: Path) -> int:
    """Writes each row with as many cells as the header has, its line, and how many it had if that is not as many.

    Blank lines are no rows, and empty cells at the end of a long row are none of its cells. Returns the number of rows.
    """
    written = 0
    width, needed = delimited.width, delimited.needed
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for line, row in islice(delimited.all_rows(), header_rows, None):
            count = len(row)
            while count > width and not row[count - 1]:
                count -= 1
            cells = row[:width] if count >= width else [*row, *[""] * (width - count)]
            writer.writerow([*cells, line, "" if needed <= count <= width else count])
            written += 1
    return written


def _delimiter_of(text: str) -> str:
    """The delimiter by which the first rows come apart into the most cells, and into as many as the first row."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    rows = [row for row in islice(_rows(text, delimiter), _SEEN_ROWS) if row]
    width = len(rows[0]) if rows else 1
    alike = sum(len(row) == width for row in rows) / max(1, len(rows))
    first_line = text.partition("\n")[0]
    # In a sentence a space follows the comma.
    return (width - 1) * alike, first_line.count(delimiter) - first_line.count(delimiter + " ")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    allow_long_cells()
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return
