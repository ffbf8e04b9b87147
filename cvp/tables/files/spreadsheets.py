"""XLSX, XLSB, XLS and ODS: a sheet that is not empty, each column as numbers, days or texts."""

import datetime
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import IO, Final, TypeAlias

import polars as pl

from cvp.errors import Unreadable, missing
from cvp.tables.files import sheet
from cvp.tables.files.sources import Source
from cvp.tables.layout import Fit, Head
from cvp.tables.table import CELLS, LINE
from cvp.text import and_list, one_line

SheetCell: TypeAlias = str | float | bool | datetime.date | datetime.time | datetime.timedelta
Row: TypeAlias = list[SheetCell]
Rows: TypeAlias = tuple[tuple[str, ...], ...]

_MEMORY: Final = 160 << 20
_MEMORY_PER_BYTE: Final = 64
_SECONDS: Final = 10
_DENSEST: Final = 60
"""How many times as long as its file a sheet's XML may be; that of answers is 10 to 30 times as long."""
_SMALL: Final = 16 << 20
_FIRST: Final = 25
_WHOLE: Final = 2.0**53


@dataclass(frozen=True)
class Sheet:
    """A sheet without its blank rows: the first ones as they stand, the others in frames; where each begins, from 1.

    `fits` is how many questions each of the other sheets answers, where any does.
    """

    name: str
    others: tuple[str, ...]
    first: tuple[Row, ...]
    starts: tuple[int, ...]
    rest: tuple[pl.DataFrame, ...]
    fits: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> Rows:
        """The first rows as text."""
        return _shown(self.first)


def read_sheet(source: Source, fit: Fit) -> Sheet:
    """Reads the sheet whose first rows fit, else the first; where several do, people are asked. Raises Unreadable."""
    _refuse_bombs(source)
    found, others = _read(source)
    if not found.first:
        raise Unreadable(f"{source.name}: no sheet that is shown holds anything; give a table with a header row")
    fits = {name: fit(Head(rows)) for name, rows in {found.name: found.rows, **others}.items()} if others else {}
    fitting = [name for name, count in fits.items() if count and 2 * count >= max(fits.values())]
    if len(fitting) > 1:
        names = and_list([f"`{one_line(name)}`" for name in fitting])
        raise Unreadable(
            f"{source.name}: several sheets answer questions, {names}; hide those that are not meant (in their "
            "tabs' menus), or save each as a file of its own, and give all of these"
        )
    read = _read(source, fitting[0])[0] if fitting and fitting[0] != found.name else found
    return replace(read, fits={name: count for name, count in fits.items() if count and name != read.name})


def _read(source: Source, name: str = "") -> tuple[Sheet, Mapping[str, Rows]]:
    """A sheet, in a process of its own, so that nothing in the file can end ours; without a name the first.

    With that, the first rows of the others, as far as they can be read. Raises Unreadable.
    """
    size = source.path.stat().st_size
    limits = [str(_MEMORY + _MEMORY_PER_BYTE * size), str(_SECONDS + (size >> 20))]
    command = [sys.executable, "-P", sheet.__file__, str(source.path.absolute()), *limits, name]
    found: Sheet | None = None
    others: dict[str, Rows] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - ours
        assert process.stdout
        assert process.stderr
        try:
            found = _received(process.stdout)
            while other := pickle.load(process.stdout):  # noqa: S301
                others[other[0]] = _shown(row for row in other[1] if any(cell != "" for cell in row))
        except (EOFError, pickle.UnpicklingError):
            pass
        finally:
            process.stdout.close()
        complaint = process.stderr.read().decode("utf-8", "replace")
    if process.returncode == sheet.MISSING:
        raise missing(f"{source.name}:", "python-calamine", "tables")
    if found is None:
        raise Unreadable(f"{source.name}: {_why(process.returncode, complaint)}")
    return found, others


def frame_of(read: Sheet, header_rows: int) -> pl.LazyFrame:
    """The data in columns `c0`, `c1`, … of one type each, LINE (the sheet's row) and CELLS (null)."""
    rows, starts = read.first[header_rows:], read.starts[header_rows:]
    frames = [_frame(rows, starts), *read.rest] if rows else list(read.rest)
    if not frames:
        names = [f"c{index}" for index in range(len(read.first[0]))]
        frames = [pl.DataFrame(schema={**dict.fromkeys(names, pl.String), LINE: pl.UInt32})]
    whole = pl.DataFrame({name: _joined([frame[name] for frame in frames]) for name in frames[0].columns})
    return whole.lazy().with_columns(pl.lit(None, pl.UInt32).alias(CELLS))


def _refuse_bombs(source: Source) -> None:
    """XLSX and ODS are ZIP archives; no sheet of answers is hundreds of times as long as its archive."""
    if not zipfile.is_zipfile(source.path):
        return  # XLS, which is not compressed
    with zipfile.ZipFile(source.path) as archive:
        parts = archive.infolist()
    if not any(part.filename in {"[Content_Types].xml", "content.xml"} for part in parts):
        inside = one_line(parts[0].filename) if parts else "nothing"
        raise Unreadable(f"{source.name}: is a ZIP archive (it holds {inside}); unpack it and give the file inside")
    length = sum(part.file_size for part in parts)
    if length > max(_SMALL, _DENSEST * source.path.stat().st_size):
        raise Unreadable(
            f"{source.name}: would unpack to {length:,} bytes, which no table of answers does; save it as CSV"
        )


def _received(stream: IO[bytes]) -> Sheet:
    """What `sheet.write_rows` sends. Raises EOFError where it broke off."""
    name, others = pickle.load(stream)  # noqa: S301 - our own program sends it
    numbered = ((number, row) for number, row in _numbered(stream) if any(cell != "" for cell in row))
    head = list(islice(numbered, _FIRST))
    rest = []
    while batch := list(islice(numbered, sheet.BATCH)):
        rest.append(_frame([row for _, row in batch], [number for number, _ in batch]))
    return Sheet(name, tuple(others), tuple(row for _, row in head), tuple(number for number, _ in head), tuple(rest))


def _numbered(stream: IO[bytes]) -> Iterator[tuple[int, Row]]:
    number = 0
    while (batch := pickle.load(stream)) is not None:  # noqa: S301
        for row in batch:
            number += 1
            yield number, row


def _why(returncode: int, complaint: str) -> str:
    if "PasswordError" in complaint:
        return "is protected by a password; save it without one"
    if returncode == sheet.UNREADABLE:
        reason = one_line(complaint.partition(": ")[2]) or "unknown reason"
        return f"is no spreadsheet that can be read ({reason[:200]}); save it as XLSX or CSV"
    return (
        "its cells need more memory than such a file should; delete what stands far to the right or far below "
        "(Ctrl+End goes there), or save it as CSV"
    )


def _frame(rows: Sequence[Row], starts: Sequence[int]) -> pl.DataFrame:
    columns = zip(*rows, strict=True)
    series = {f"c{index}": _series(cells) for index, cells in enumerate(columns)}
    return pl.DataFrame({**series, LINE: pl.Series(starts, dtype=pl.UInt32)})


def _series(cells: Sequence[SheetCell]) -> pl.Series:
    """Numbers, days or times as such where there is nothing else, else texts; an empty cell is null."""
    kinds = {type(cell) for cell in cells if cell != ""}
    if not kinds:
        return pl.Series([None] * len(cells), dtype=pl.Null)
    for known, dtype in (({int, float}, pl.Float64), ({datetime.date}, pl.Date), ({datetime.datetime}, pl.Datetime)):
        if kinds <= known:
            return pl.Series([None if cell == "" else cell for cell in cells], dtype=dtype)
    return pl.Series([None if cell == "" else _text(cell) for cell in cells], dtype=pl.String)


def _joined(parts: Sequence[pl.Series]) -> pl.Series:
    """The parts one after the other; where their types differ, as texts. Whole numbers are such: ids, not 3.0."""
    dtypes = {part.dtype for part in parts} - {pl.Null()}
    dtype = dtypes.pop() if len(dtypes) == 1 else pl.String()
    joined = pl.concat([_cast(part, dtype) for part in parts])
    is_whole = dtype.is_float() and bool(((joined == joined.round()) & (joined.abs() < _WHOLE)).all())
    return joined.cast(pl.Int64) if is_whole else joined


def _cast(part: pl.Series, dtype: pl.DataType) -> pl.Series:
    if part.dtype.is_float() and dtype == pl.String:
        return pl.Series([None if cell is None else _text(cell) for cell in part], dtype=pl.String)
    return part.cast(dtype)


def _shown(rows: Iterable[Row]) -> Rows:
    return tuple(tuple(_text(cell) for cell in row) for row in rows)


def _text(cell: SheetCell) -> str:
    """As people see the cell: 3 for 3.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
