"""Parquet files: numbers and days as they are, everything else that can be a cell as text."""

from collections.abc import Mapping

import polars as pl

from cvp.tables.files.sources import Source
from cvp.tables.table import CELLS


def schema_of(source: Source) -> Mapping[str, pl.DataType]:
    """The names of the columns and their types."""
    return pl.scan_parquet(source.path, glob=False).collect_schema()


def scan(source: Source, schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """The data in columns `c0`, `c1`, …, and CELLS (null)."""
    columns = [_plain(pl.col(name), dtype).alias(f"c{index}") for index, (name, dtype) in enumerate(schema.items())]
    return pl.scan_parquet(source.path, glob=False).select(*columns, pl.lit(None, pl.UInt32).alias(CELLS))


def _plain(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """NaN is how dataframes write an empty cell of a column of numbers."""
    if dtype.is_float():
        return column.fill_nan(None)
    if dtype.is_decimal():
        return column.cast(pl.Float64)
    return column.cast(pl.String) if dtype in (pl.Boolean, pl.Categorical, pl.Enum) else column
