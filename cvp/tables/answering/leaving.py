"""Which rows of a table do not count, as an expression."""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from cvp.matching import folded
from cvp.tables.columns import SPACES
from cvp.tables.layout import Reason, Rule

_WHOLE: Final = 2.0**53


def reason_left_out(rules: Iterable[Rule], schema: Mapping[str, pl.DataType], asked: Iterable[int]) -> pl.Expr:
    """Why a row is left out, a Reason's text, by the first rule that fits; null where it counts.

    A row in which none of the columns `asked` has a cell is left out too: nobody answered.
    """
    found = pl.lit(None, pl.String)
    blank = pl.all_horizontal([pl.lit(True), *(_is_empty(f"c{position}", schema) for position in asked)])
    cases = [(blank, Reason.EMPTY), *((_fits(rule, schema), rule.reason) for rule in reversed(list(rules)))]
    for condition, reason in cases:
        found = pl.when(condition).then(pl.lit(reason.value)).otherwise(found)
    return found


def _is_empty(name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    empty = pl.col(name).is_null()
    return empty | (pl.col(name) == "") if schema[name] == pl.String else empty


def _fits(rule: Rule, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    if not rule.positions:
        return pl.lit(False)
    cells = [_text(f"c{position}", schema[f"c{position}"]) for position in rule.positions]
    hits = [cell.is_in([folded(known) for known in sorted(rule.cells)]) for cell in cells]
    return ~pl.any_horizontal(hits) if rule.others else pl.all_horizontal(hits)


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    """The cells as they are compared, whatever their type: 1 for 1.0, and empty for null."""
    column = pl.col(name)
    if dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        column = (
            pl.when((whole == column) & (column.abs() < _WHOLE))
            .then(whole.cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String).str.strip_chars(SPACES).str.to_lowercase().fill_null("")
