"""Which rows of a table do not count, as an expression; and cells of which nobody knows whether their rows do."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from cvp.matching import folded
from cvp.tables.columns import SPACES
from cvp.tables.layout import Reason, Rule
from cvp.tables.table import Table
from cvp.text import and_list, one_line

LOOKED_AT: Final = 250_000
"""Rows whose cells are looked at."""

_WHOLE: Final = 2.0**53
_FEW: Final = 5
_LONGEST: Final = 60


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


def unknown_states(table: Table, frame: pl.LazyFrame, rules: Sequence[Rule]) -> Iterator[str]:
    """A sentence for each column by which rows are left out that holds cells which no rule knows.

    `frame` are the table's rows, in columns `c0`, `c1`, ….
    """
    told = dict.fromkeys(position for rule in rules if rule.counts for position in rule.positions)
    schema = frame.collect_schema()
    for position in told:
        known = {folded(cell) for rule in rules if position in rule.positions for cell in (*rule.cells, *rule.counts)}
        names = [cell for cell in _distinct(frame, schema, position) if folded(cell) not in known]
        if names:
            example = json.dumps(one_line(names[0]), ensure_ascii=False)
            yield (
                f"Column {table.called(position)} holds {_few(names)}, which may mark rows that do not "
                f"count: these are counted. Leave them out where they should not be, in a map (--map FILE), as in\n"
                f'  leave_out: {{"#{position + 1}": [{example}]}}'
            )


def idle_cells(table: Table, frame: pl.LazyFrame, rules: Sequence[Rule]) -> Iterator[str]:
    """A sentence for each column by which the map would leave rows out, and some of whose cells no row holds."""
    schema = frame.collect_schema()
    for position, rule in ((rule.positions[0], rule) for rule in rules if rule.reason == Reason.MAPPED):
        seen = _distinct(frame, schema, position)
        held = {folded(cell) for cell in seen}
        if idle := [cell for cell in sorted(rule.cells) if folded(cell) not in held]:
            among = f", among the first {LOOKED_AT:,} rows" if table.count() > LOOKED_AT else ""
            yield (
                f"The map's `leave_out` leaves no row out by {_few(idle)}: column {table.called(position)} holds "
                f"{_few([cell for cell in seen if cell])}{among}."
            )


def _distinct(frame: pl.LazyFrame, schema: Mapping[str, pl.DataType], position: int) -> list[str]:
    """The distinct cells of a column among the rows that are looked at, trimmed."""
    cells = text_of(f"c{position}", schema[f"c{position}"]).unique(maintain_order=True)
    return frame.head(LOOKED_AT).select(cells).collect(engine="streaming").to_series().to_list()


def _few(cells: Sequence[str]) -> str:
    shown = [f"`{one_line(cell)[:_LONGEST]}`" for cell in cells[:_FEW]]
    more = [f"{len(cells) - _FEW:,} more"] if cells[_FEW:] else []
    return and_list([*shown, *more])


def _is_empty(name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    empty = pl.col(name).is_null()
    return empty | (pl.col(name) == "") if schema[name] == pl.String else empty


def _fits(rule: Rule, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    if not rule.positions:
        return pl.lit(False)
    cells = [text_of(f"c{position}", schema[f"c{position}"]).str.to_lowercase() for position in rule.positions]
    hits = [cell.is_in([folded(known) for known in sorted(rule.cells)]) for cell in cells]
    return ~pl.any_horizontal(hits) if rule.others else pl.all_horizontal(hits)


def text_of(name: str, dtype: pl.DataType) -> pl.Expr:
    """The cells of a column as trimmed texts, whatever their type: 1 for 1.0, and empty for null."""
    column = pl.col(name)
    if dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        column = (
            pl.when((whole == column) & (column.abs() < _WHOLE))
            .then(whole.cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String).str.strip_chars(SPACES).fill_null("")
