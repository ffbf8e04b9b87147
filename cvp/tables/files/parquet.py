"""Parquet files: numbers and days as they are, everything else that can be a cell as text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import polars as pl
from polars.io.plugins import register_io_source

from cvp.tables.files.sources import Source
from cvp.tables.table import CELLS

MOST_DIGITS: Final = 38
_DIGITS_OF_WHOLE: Final = 18
_DIGITS_OF_FLOAT: Final = 15
_FOLDER: Final = re.compile(r"(\w+)=(.*)")
_NO_CELL: Final = "__HIVE_DEFAULT_PARTITION__"
_CELLS: Final = 12_000_000
"""As many cells are read at once, as far as the sections of rows are neither longer nor shorter than these."""
_LONGEST: Final = 1 << 18
_SHORTEST: Final = 1 << 16
"""The pages of a row group are gone through again for every section: of short ones there would be too many."""
_HANDED_ON: Final = 1 << 17
"""Rows of a section that one thread goes on with."""
_LONG: Final = 1 << 24
"""Of a table with more rows half as many are handed on: twice the memory would wait for slow writing."""


def schema_of(source: Source) -> Mapping[str, pl.DataType]:
    """The names of the columns and their types; those of folders (`country=DE`) come last, as texts."""
    schema = _file(source).collect_schema()
    return {**schema, **{name: pl.String() for name in _folders(source) if name not in schema}}


def rows_of(source: Source) -> int:
    """How many rows the file says it has."""
    return int(_file(source).select(pl.len()).collect().item())


def scan(source: Source, schema: Mapping[str, pl.DataType], rows: int) -> pl.LazyFrame:
    """The data in columns `c0`, `c1`, …, and CELLS (null)."""
    inside = _file(source).collect_schema()
    readable = {name: dtype for name, dtype in inside.items() if not _is_too_wide(dtype)}
    folders = {name: pl.lit(cell, pl.String) for name, cell in _folders(source).items() if name not in inside}
    cells = [folders[name] if name in folders else _plain(pl.col(name), dtype) for name, dtype in schema.items()]
    columns = [cell.alias(f"c{index}") for index, cell in enumerate(cells)]
    return _by_sections(source, readable, rows).select(*columns, pl.lit(None, pl.UInt32).alias(CELLS))


def _by_sections(source: Source, schema: Mapping[str, pl.DataType], rows: int) -> pl.LazyFrame:
    """The file, of which a section of rows is in memory at once.

    Polars alone reads whole row groups, and three of them at a time: those of pandas have a million rows.
    """
    file = _file(source)

    def read(
        names: Sequence[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        asked = list(schema) if names is None else list(names)
        data = file.select(asked or list(schema)[:1])
        end = rows if most is None else min(rows, most)
        size = min(_LONGEST, max(_SHORTEST, _CELLS // max(1, len(asked))))
        handed_on = _HANDED_ON if rows <= _LONG else _HANDED_ON >> 1
        for start in range(0, end, size):
            section = data.slice(start, min(size, end - start))
            found = (section if predicate is None else section.filter(predicate)).collect()
            whole = found if asked else found.drop(found.columns)  # which keeps their number
            yield from whole.iter_slices(handed_on)

    return register_io_source(read, schema=dict(schema))


def _folders(source: Source) -> dict[str, str | None]:
    """What the names of its folders say, as in `country=DE`: so engines write a column of a table in parts."""
    found = (_FOLDER.fullmatch(name) for name in source.folders)
    said = {one[1]: unquote(one[2]) for one in found if one}
    return {name: None if cell == _NO_CELL else cell for name, cell in said.items()}


def _file(source: Source) -> pl.LazyFrame:
    return pl.scan_parquet(source.path, glob=False)


def too_wide(schema: Mapping[str, pl.DataType]) -> list[str]:
    """Columns of decimals of more digits than polars reads."""
    return [name for name, dtype in schema.items() if _is_too_wide(dtype)]


def _is_too_wide(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.Decimal) and dtype.precision > MOST_DIGITS


def _plain(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """NaN is how dataframes write an empty cell of a column of numbers."""
    if _is_too_wide(dtype):
        return pl.lit(None, pl.Binary)  # which answers no question, unlike an empty text
    if dtype.is_float():
        return column.fill_nan(None)
    if isinstance(dtype, pl.Decimal):
        return column.cast(_undecimal(dtype))
    return column.cast(pl.String) if dtype in (pl.Boolean, pl.Categorical, pl.Enum) else column


def _undecimal(dtype: pl.Decimal) -> pl.DataType:
    """What keeps every digit: databases write whole numbers, and what respondents are called, as decimals too."""
    if dtype.scale == 0:
        return pl.Int64() if dtype.precision <= _DIGITS_OF_WHOLE else pl.String()
    return pl.Float64() if dtype.precision <= _DIGITS_OF_FLOAT else pl.String()
