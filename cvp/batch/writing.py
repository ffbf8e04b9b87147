"""Kept blocks → the rows out, as CSV, XLSX, Parquet or JSON Lines."""

import contextlib
import datetime
import io
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Final

import polars as pl

from cvp.batch.scored import SOUND, STATUS, TOLD, kept_column
from cvp.batch.streaming import blocks_of
from cvp.errors import Unwritable, WrongUsage, missing
from cvp.level import LEVELS
from cvp.reports.spreadsheet import guarded
from cvp.tables.cells import in_texts, is_plain, is_told
from cvp.tables.table import ROW
from cvp.text import printable

MOST_IN_A_SHEET: Final = 1_048_575
LONGEST_IN_A_SHEET: Final = 32_767
_LONG_IN_A_SHEET: Final = 10**15
"""Of a longer number a sheet keeps 15 digits."""
_GROUP: Final = 1 << 18
_COLUMNS: Final = tuple(
    column for name in TOLD for column in ([f"score_{level}" for level in LEVELS] if name == "scores" else [name])
)

Frame = pl.LazyFrame
Write = Callable[[Frame, Path], Sequence[str]]
"""Writes rows to a file that is there already; gives sentences to print."""


def writer_of(output: str) -> Write:
    """What writes a file of such an ending; `-` is CSV. Raises WrongUsage."""
    ending = Path(output).suffix.lower()
    if output != "-" and ending not in WRITERS:
        raise WrongUsage(f"--output {output}: its ending means no table; end it with {', '.join(WRITERS)}")
    if ending == ".xlsx":
        try:
            import xlsxwriter  # noqa: F401 - told before anything is scored
        except ModuleNotFoundError:
            raise missing(f"--output {output}:", "xlsxwriter", "tables") from None
    return _csv if output == "-" else WRITERS[ending]


def rows_out(rows: Frame, keys: Sequence[str]) -> Frame:
    """The rows out of all blocks: `row` (from 1) of its file, what is kept of the input, and the outputs."""
    schema = rows.collect_schema()
    kept = [pl.col(kept_column(index)).alias(name) for index, name in enumerate(keys)]
    outputs = [pl.col(name) for name in _COLUMNS if name in schema]
    return rows.filter(pl.col(STATUS) == SOUND).select((pl.col(ROW) + 1).alias("row"), *kept, *outputs)


def refuse_what_is_no_file(target: Path) -> None:
    """A folder cannot be written, and a pipe or a device not replaced. Raises WrongUsage."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(target.stat().st_mode):
            raise WrongUsage(f"{target}: is no regular file; name another, or - for standard output")


def _csv(rows: Frame, target: Path) -> Sequence[str]:
    _with_safe_texts(in_texts(rows, is_told)).sink_csv(target, engine="streaming")
    return ()


def _parquet(rows: Frame, target: Path) -> Sequence[str]:
    rows.sink_parquet(target, row_group_size=_GROUP, engine="streaming")
    return ()


def _json_lines(rows: Frame, target: Path) -> Sequence[str]:
    in_texts(rows, _is_json).sink_ndjson(target, engine="streaming")
    return ()


def _is_json(dtype: pl.DataType) -> bool:
    """Lists and objects are, but for bytes in them, whose type has `Binary` in its name."""
    return "Binary" not in str(dtype)


def _with_safe_texts(rows: Frame) -> Frame:
    """No text is a formula, and none steers a terminal; days and other things are written as texts."""
    texts = [name for name, dtype in rows.collect_schema().items() if dtype == pl.String and name not in _COLUMNS]
    schema = rows.collect_schema()
    heads = {name: _safe(name) for name in schema.names() if _safe(name) != name}
    return rows.with_columns(
        pl.col(texts).map_batches(_safe_texts, return_dtype=pl.String, is_elementwise=True)
    ).rename(heads)


def _safe_texts(texts: pl.Series) -> pl.Series:
    """Plain texts, which nearly all are, are left as they are."""
    strange = texts.str.contains(r"[^\x20-\x7e\u00a1-\u05ff]|^[ \u00a0=+\-@]")
    if not strange.any():
        return texts
    safe = [None if text is None else _safe(text) for text in texts.to_list()]
    return pl.Series(texts.name, safe, pl.String)


def _safe(text: str) -> str:
    return printable(guarded(text))


def _xlsx(rows: Frame, target: Path) -> Sequence[str]:
    """A row at a time; texts as texts."""
    names = rows.collect_schema().names()
    cut = number = 0
    with _book(target) as book:
        sheet = book.add_worksheet("Scores")
        for column, name in enumerate(names):
            sheet.write_string(0, column, _safe(name)[:LONGEST_IN_A_SHEET])
        for frame in blocks_of(in_texts(rows, is_plain), _GROUP):
            for row in frame.iter_rows():
                number += 1
                if number > MOST_IN_A_SHEET:
                    raise Unwritable(f"a sheet holds {MOST_IN_A_SHEET:,} rows and no more; write .csv or .parquet")
                cut += sum(_put(sheet, number, column, cell) for column, cell in enumerate(row))
    return [f"{cut:,} texts were cut to {LONGEST_IN_A_SHEET:,} characters, the most that a cell of XLSX holds."] * bool(
        cut
    )


@contextlib.contextmanager
def _book(target: Path) -> Iterator[Any]:
    """A workbook, written when the block is left; its temporary files lie beside it, on its disk. Raises OSError."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    beside = tempfile.TemporaryDirectory(prefix=".cvp-", dir=target.parent, ignore_cleanup_errors=True)
    with beside as folder, io.BufferedWriter(sink := _Sink(target, "w")) as file:
        book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": datetime.datetime(1980, 1, 1)})
        yield book
        try:
            book.close()
        except BaseException as error:
            reason = error.args[0] if isinstance(error, FileCreateError) else error
            sink.is_given_up = True
            traceback.clear_frames(reason.__traceback__)  # they hold the ZipFile, which ends before its file is closed
            raise reason from None


class _Sink(io.FileIO):
    """Once given up, drops what it is given: a ZipFile that is thrown away still writes its end."""

    is_given_up = False

    def write(self, data: Any, /) -> int:
        if self.is_given_up:
            return len(data)
        try:
            return super().write(data)
        except OSError:
            self.is_given_up = True
            raise


def _put(sheet: Any, row: int, column: int, cell: object) -> bool:
    """Whether the text had to be cut."""
    if cell is None:
        return False
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif (isinstance(cell, float) and isfinite(cell)) or (isinstance(cell, int) and abs(cell) < _LONG_IN_A_SHEET):
        sheet.write_number(row, column, cell)
    else:
        text = _safe(str(cell))
        sheet.write_string(row, column, text[:LONGEST_IN_A_SHEET])
        return len(text) > LONGEST_IN_A_SHEET
    return False


WRITERS: Final[Mapping[str, Write]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
