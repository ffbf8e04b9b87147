"""Columns of text read as numbers, or as codes of the texts that were seen: a fraction of the time that texts take.

Reading fails where a cell is anything else; then the columns must be read as texts.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

import polars as pl

from cvp.answers import DONT_KNOW
from cvp.matching import NOT_APPLICABLE, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.scanning import Scanning, Way
from cvp.tables.columns import Column
from cvp.tables.compiling import OPEN, OUT, compile_plan
from cvp.tables.expression.lookup import ranks_of

Seen: TypeAlias = Mapping[int, Sequence[str]]
"""By the position of a column of text, the distinct cells that were seen in it."""

_MOST_SEEN: Final = 1_000
_MOST_CODED: Final = 120
_WHOLE: Final = re.compile("-?[0-9]{1,4}")


def seen_in(sample: pl.DataFrame) -> Seen:
    """Of the columns `c0`, `c1`, … those of text in which something stands, and not a great many different things."""
    texts = [name for name, dtype in sample.schema.items() if dtype == pl.String]
    found = {int(name[1:]): sample[name].drop_nulls().unique(maintain_order=True) for name in texts}
    return {position: cells.to_list() for position, cells in found.items() if 0 < cells.len() <= _MOST_SEEN}


def coded(way: Way, scanning: Scanning, seen: Seen, spared: Collection[int], asked: Questionnaire) -> Way | None:
    """The way with numbers and codes where it has texts, but for the columns `spared`; None where none can be so."""
    taken = {position for rule in scanning.rules for position in rule.positions}
    taken |= {column.dates for column in way.columns if column.dates is not None}
    free = set(range(len(scanning.table.headers))) - taken - set(spared)
    cells = {position: [cell for cell in texts if cell] for position, texts in seen.items() if position in free}
    found = {column.position: _coded(column, cells.get(column.position, ()), asked) for column in way.columns}
    ways = {position: one for position, one in found.items() if one}
    if not ways:
        return None
    scan = scanning.scan({position: one.dtype for position, one in ways.items()}, [one.cell for one in ways.values()])
    return Way(scan, tuple(ways[one.position].column if one.position in ways else one for one in way.columns))


@dataclass(frozen=True)
class Coded:
    """A column that is read as a type, the expression for its cells, and what these numbers mean."""

    dtype: pl.DataType
    cell: pl.Expr
    column: Column


def _coded(column: Column, cells: Sequence[str], asked: Questionnaire) -> Coded | None:
    if not cells:
        return None
    numbers = in_numbers(column) if all(map(_WHOLE.fullmatch, cells)) else None
    if numbers:
        known = (*cells, *numbers.meanings)
        dtype = pl.Int8() if all(abs(float(number)) < 1 << 7 for number in known) else pl.Int16()
        return Coded(dtype, pl.col(f"c{column.position}"), numbers)
    return _in_codes(column, cells, asked) if len(cells) <= _MOST_CODED else None


def in_numbers(column: Column) -> Column | None:
    """The column as one of numbers; None where texts that read as one number mean different things."""
    meanings: dict[str | float, str] = {}
    for cell, value in column.meanings.items():
        number = number_in(cell)
        if number is not None and meanings.setdefault(number, value) != value:
            return None
    return replace(column, meanings=meanings, numbers=True) if meanings else None


def _in_codes(column: Column, cells: Sequence[str], asked: Questionnaire) -> Coded:
    """Codes in the order of the ranks, so that few comparisons tell these; that of an empty text is null."""
    ranked = _ranked(replace(column, dates=None), frozenset(cells), asked)
    code = pl.col(f"c{column.position}").to_physical()
    known, end = pl.lit(None, pl.Int8), 1 + len(ranked)
    for rank, group in groupby(reversed(ranked), key=itemgetter(0)):
        start = end - len(list(group))
        known = pl.when(code.is_between(start, end - 1)).then(pl.lit(rank, pl.Int8)).otherwise(known)
        end = start
    values = [choice.value for choice in asked.choices_of(asked.questions[column.question])]
    meanings = {OPEN: DONT_KNOW, OUT: NOT_APPLICABLE, **dict(enumerate(values))}
    return Coded(
        pl.Enum(["", *(text for _, text in ranked)]),
        known.alias(f"c{column.position}"),
        replace(column, meanings={float(rank): value for rank, value in meanings.items()}, numbers=True),
    )


def _ranked(column: Column, cells: Collection[str], asked: Questionnaire) -> list[tuple[int, str]]:
    """What each text means, of the cells and of what the column may hold besides: rank and text, in order."""
    (plan,) = compile_plan(asked, [column]).cells
    texts = sorted({*cells, *(text for text in column.meanings if isinstance(text, str) and text)})
    return sorted(zip(ranks_of(texts, plan), texts, strict=True))
