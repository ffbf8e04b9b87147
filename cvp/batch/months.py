"""The month of a response, out of a day as survey tools write it."""

from collections.abc import Callable
from typing import Final

import polars as pl

_ISO: Final = r"^\s*(\d{4})[-/.](\d{1,2})"
_GERMAN: Final = r"^\s*\d{1,2}\.(\d{1,2})\.(\d{4})"
_SLASHED: Final = r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})"


def months_in(column: str, first_rows: Callable[[pl.Expr], pl.Series]) -> pl.Expr:
    """The month as 2026-03; empty where there is no date whose month is plain.

    Whether 5/6/2026 is in May or in June is told by other days of the column, in its `first_rows`: where a first number
    is above 12, days come first; where a second one is, months do. Where both are, or none, it stays open.
    """
    text = pl.col(column).cast(pl.String)
    numbers = [text.str.extract(_SLASHED, place).cast(pl.Int64) for place in (1, 2)]
    above = [bool((first_rows(number.max()) > 12).any()) for number in numbers]
    slashed = text.str.extract(_SLASHED, 2 if above[0] else 1) if above[0] != above[1] else pl.lit(None, pl.String)
    year_of_slashed = pl.when(slashed != "").then(text.str.extract(_SLASHED, 3))
    year = pl.coalesce(text.str.extract(_ISO, 1), text.str.extract(_GERMAN, 2), year_of_slashed)
    month = pl.coalesce(text.str.extract(_ISO, 2), text.str.extract(_GERMAN, 1), slashed).str.zfill(2)
    is_month = month.is_between(pl.lit("01"), pl.lit("12"))
    return pl.when(is_month).then(year + "-" + month).otherwise(pl.lit(""))
