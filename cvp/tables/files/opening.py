"""A file of any kind → its first rows, and a scan of what follows them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from cvp.tables.files import delimited, json_lines, parquet, spreadsheets
from cvp.tables.files.encodings import name_of
from cvp.tables.files.sources import Kind, Source, kind_of
from cvp.tables.layout import Fit, Head
from cvp.tables.table import LINE, Part
from cvp.text import counted, one_line


@dataclass(frozen=True)
class Opened:
    """A file before it is known how many of its rows are headers."""

    source: Source
    kind: Kind
    head: Head
    starts: tuple[int, ...]
    scan: Callable[[int], pl.LazyFrame]
    csv: delimited.Delimited | None = None
    remarks: tuple[str, ...] = ()
    rows: int | None = None

    def part(self, header_rows: int) -> Part:
        frame = self.scan(header_rows)
        has_lines = LINE in frame.collect_schema().names()
        if not self.csv:
            return Part(
                self.source,
                self.kind,
                self.head,
                self.starts,
                frame,
                self.source.path,
                has_lines=has_lines,
                rows=self.rows,
            )
        return Part(
            self.source,
            self.kind,
            self.head,
            self.starts,
            frame,
            self.csv.path,
            encoding=name_of(self.csv.encoding),
            delimiter=self.csv.delimiter,
            skip=self.csv.skip,
            rows_before=self.csv.skip + header_rows,
            quoted=self.csv.structure.quoted,
            has_lines=has_lines,
            rows=max(0, self.csv.structure.rows - header_rows) if self.csv.is_regular else None,
            rescan=partial(delimited.scan_regular, self.csv, header_rows) if self.csv.is_regular else None,
        )


def opened(source: Source, spool: Path, fit: Fit) -> Opened:
    """Looks at the file; what must be written anew goes into the folder `spool`. Raises Unreadable.

    Of several sheets the one that fits is opened.
    """
    match kind_of(source):
        case Kind.PARQUET:
            schema, rows = parquet.schema_of(source), parquet.rows_of(source)
            head = Head((tuple(schema),))
            remarks = tuple(
                f"Column `{one_line(name)}` has decimals of more than {parquet.MOST_DIGITS} digits, which are not "
                "read: it stays empty."
                for name in parquet.too_wide(schema)
            )
            scan = partial(parquet.scan, source, schema, rows)
            return Opened(source, Kind.PARQUET, head, (1,), lambda _: scan(), remarks=remarks, rows=rows)
        case Kind.JSON_LINES:
            lines = json_lines.examine(source, spool)
            return Opened(source, Kind.JSON_LINES, Head((lines.keys,)), (1,), lambda _: json_lines.scan(lines))
        case Kind.SPREADSHEET:
            read = spreadsheets.read_sheet(source, fit)
            others = sorted(read.others, key=lambda name: -read.fits.get(name, 0))
            names = ", ".join(f"`{one_line(name)}`{_holds(read.fits.get(name, 0))}" for name in others[:5])
            alone = f"Read the sheet `{one_line(read.name)}` alone, not {names}; what is hidden is never read."
            remarks = (alone,) if names else ()
            return Opened(
                source,
                Kind.SPREADSHEET,
                Head(read.rows),
                read.starts,
                lambda header_rows: spreadsheets.frame_of(read, header_rows),
                remarks=remarks,
            )
        case Kind.DELIMITED:
            csv = delimited.examine(source, spool)
            called = name_of(csv.encoding)
            remarks = (f"Read as {called}, since it is no UTF-8.",) if called != "UTF-8" else ()
            return Opened(
                source,
                Kind.DELIMITED,
                Head(csv.rows),
                csv.starts,
                lambda header_rows: delimited.scan(csv, header_rows, spool),
                csv=csv,
                remarks=remarks,
            )


def _holds(questions: int) -> str:
    return f" (which answers {counted(questions, 'question')} too)" if questions else ""
