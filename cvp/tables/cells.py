"""Cells of any type as texts, for whatever cannot hold them as they are."""

import json
from collections.abc import Callable
from typing import Final, TypeVar

import polars as pl

from cvp.tables.columns import SPACES

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_DAY_AND_TIME: Final = "%Y-%m-%d %H:%M:%S%.f"
_WHOLE: Final = 2.0**53


def is_plain(dtype: pl.DataType) -> bool:
    """Whether cells are texts, numbers, or yes and no."""
    return dtype in (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Null) or dtype.is_numeric()


def is_told(dtype: pl.DataType) -> bool:
    """Whether the cells are days or times, or plain."""
    return is_plain(dtype) or dtype in (pl.Date, pl.Datetime, pl.Time)


def in_texts(frame: Frame, holds: Callable[[pl.DataType], bool]) -> Frame:
    """The frame, with texts in all columns of other types than it `holds`."""
    schema = frame.collect_schema()
    return frame.with_columns(text_of(name, dtype) for name, dtype in schema.items() if not holds(dtype))


def text_of(name: str, dtype: pl.DataType) -> pl.Expr:
    """The column as texts: lists and objects as JSON, bytes as the text that they are, else in hexadecimal."""
    column = pl.col(name)
    if dtype == pl.Datetime:
        zone = "%:z" if isinstance(dtype, pl.Datetime) and dtype.time_zone else ""
        return column.dt.to_string(f"{_DAY_AND_TIME}{zone}")
    if dtype == pl.Duration:
        return column.dt.to_string("iso")
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        return column.map_batches(_spelled_out, return_dtype=pl.String, is_elementwise=True)
    return column.cast(pl.String)


def trimmed_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """The column as texts to compare: trimmed, 1 for 1.0, and empty for null."""
    text = text_of(name, dtype)
    if dtype.is_float():
        column = pl.col(name)
        whole = column.cast(pl.Int64, strict=False)
        text = pl.when((whole == column) & (column.abs() < _WHOLE)).then(whole.cast(pl.String)).otherwise(text)
    return text.str.strip_chars(SPACES).fill_null("")


def _spelled_out(cells: pl.Series) -> pl.Series:
    texts = [None if cell is None else _text(cell) for cell in cells.to_list()]
    return pl.Series(cells.name, texts, pl.String)


def _text(cell: object) -> str:
    if isinstance(cell, list | dict):
        return json.dumps(cell, default=_bytes_or_text, ensure_ascii=False)
    return _bytes_or_text(cell)


def _bytes_or_text(cell: object) -> str:
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return cell.hex()
