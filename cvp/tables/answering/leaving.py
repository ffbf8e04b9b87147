"""Which rows of a table do not count, as an expression; and cells of which nobody knows whether their rows do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from cvp.matching import folded, number_in
from cvp.tables.answering.mapping import WHICH
from cvp.tables.answering.quoting import few_cells, quoted
from cvp.tables.cells import trimmed_text
from cvp.tables.layout import Reason, Rule
from cvp.tables.table import Table
from cvp.text import and_list

LOOKED_AT: Final = 250_000
"""Rows whose cells are looked at."""

_FEW: Final = 5


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


def unknown_states(table: Table, counting: pl.LazyFrame, rules: Sequence[Rule]) -> Iterator[str]:
    """A sentence for each column by which rows are left out that holds cells which no rule knows.

    `counting` are those of the table's first rows that no rule leaves out, in columns `c0`, `c1`, ….
    """
    told = dict.fromkeys(position for rule in rules if rule.counts for position in rule.positions)
    schema = counting.collect_schema()
    for position in told:
        known = {_key(cell) for rule in rules if position in rule.positions for cell in (*rule.cells, *rule.counts)}
        seen = _distinct(counting, schema, position)
        names = [cell for cell in seen if _key(cell) not in known]
        if names:
            yield (
                f"Column {table.called(position)} holds {few_cells(names)}, which may mark rows that do not "
                f"count: these are counted. Where some should not be, say in a map (--map FILE) which, as in\n"
                f'  leave_out: {{"#{position + 1}": {_offer(names, {*seen} - {*names, ""})}'
            )


def _offer(names: Sequence[str], counting: Collection[str]) -> str:
    """The cell that may mark rows, where others are known to count; else somebody must choose: it may be the usual."""
    if counting and not names[1:]:
        return f"[{quoted(names[0])}]}}"
    return f'["{WHICH}"]}}  # in its place: {and_list(list(map(quoted, names[:_FEW])), "or")}'


def idle_cells(table: Table, frame: pl.LazyFrame, rules: Sequence[Rule]) -> Iterator[str]:
    """A sentence for each column by which the map would leave rows out, and some of whose cells none of them holds.

    `frame` are the table's first rows.
    """
    schema = frame.collect_schema()
    for position, rule in ((rule.positions[0], rule) for rule in rules if rule.reason == Reason.MAPPED):
        seen = _distinct(frame, schema, position)
        held = {_key(cell) for cell in seen}
        if idle := [cell for cell in sorted(rule.cells) if _key(cell) not in held]:
            among = f", among the first {LOOKED_AT:,} rows" if table.count() > LOOKED_AT else ""
            yield (
                f"The map's `leave_out` leaves no row out by {few_cells(idle)}: column {table.called(position)} holds "
                f"{few_cells([cell for cell in seen if cell] or seen)}{among}."
            )


def _distinct(frame: pl.LazyFrame, schema: Mapping[str, pl.DataType], position: int) -> list[str]:
    """The distinct cells of a column, trimmed."""
    cells = trimmed_text(f"c{position}", schema[f"c{position}"]).unique(maintain_order=True)
    return frame.select(cells).collect(engine="streaming").to_series().to_list()


def _is_empty(name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    empty = pl.col(name).is_null()
    return empty | (pl.col(name) == "") if schema[name] == pl.String else empty


def _fits(rule: Rule, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    if not rule.positions:
        return pl.lit(False)
    known = {_key(cell) for cell in rule.cells}
    texts = sorted(key for key in known if isinstance(key, str))
    numbers = sorted(key for key in known if isinstance(key, float))
    cells = [trimmed_text(f"c{position}", schema[f"c{position}"]) for position in rule.positions]
    hits = [cell.str.to_lowercase().is_in(texts) | _is_one_of(numbers, cell) for cell in cells]
    return ~pl.any_horizontal(hits) if rule.others else pl.all_horizontal(hits)


def _is_one_of(numbers: Sequence[float], cell: pl.Expr) -> pl.Expr:
    """Whether the cell is one of the numbers, however it is spelt: 1, 1.0, or 1,0."""
    if not numbers:
        return pl.lit(False)
    number = cell.str.strip_prefix("'").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return number.is_in(numbers).fill_null(False)


def _key(cell: str) -> str | float:
    """The cell as it is compared: as a number where it is one, so that 1, 1.0 and 1,0 are one, else folded."""
    number = number_in(cell)
    return folded(cell) if number is None else number
