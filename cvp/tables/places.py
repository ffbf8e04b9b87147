"""Where rows of a table stand in its files: found out in a second pass, for few rows such as rejected ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from cvp.tables.files.json_lines import places_of_rows
from cvp.tables.files.sources import Kind
from cvp.tables.files.structure import lines_of_rows
from cvp.tables.table import LINE, ROW, Part, Table


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The file that a row is in, and the line at which it begins; of a sheet and of Parquet the row. From 1.

    `fault` is what is wrong with a line that cannot be read.
    """

    file: str
    line: int
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def places_of(table: Table, rows: Iterable[tuple[int, int]]) -> list[RowPlace]:
    """The places of rows, given by `part` and `row` as `Table.numbered` has them."""
    rows = list(rows)
    lines = {
        number: _lines(part, sorted({row for of, row in rows if of == number}))
        for number, part in enumerate(table.parts)
    }
    return [RowPlace(table.parts[part].source.name, *lines[part][row]) for part, row in rows]


def _lines(part: Part, rows: Collection[int]) -> Mapping[int, tuple[int] | tuple[int, str]]:
    """By row, its line, and what is wrong with it if anything."""
    if not rows:
        return {}
    if part.kind == Kind.JSON_LINES:
        return places_of_rows(part.source.path, rows)
    return {row: (line,) for row, line in _lines_alone(part, rows).items()}


def _lines_alone(part: Part, rows: Collection[int]) -> Mapping[int, int]:
    if part.has_lines:
        wanted = pl.LazyFrame({ROW: pl.Series(list(rows), dtype=pl.get_index_type())})
        found = part.frame.select(LINE).with_row_index(ROW).join(wanted, on=ROW, how="semi").collect()
        return dict(zip(found[ROW].to_list(), found[LINE].to_list(), strict=True))
    if part.kind == Kind.PARQUET:
        return {row: row + 1 for row in rows}
    if not part.quoted:
        return {row: part.rows_before + row + 1 for row in rows}
    lines = lines_of_rows(part.path, [part.rows_before + row for row in rows])
    return {row: lines[part.rows_before + row] for row in rows}
