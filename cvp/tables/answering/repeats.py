"""Respondents who are there twice: counted and named, never dropped, since people know which row is the right one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

import polars as pl

from cvp.matching import folded
from cvp.tables.answering.matched import Matched
from cvp.tables.answering.quoting import SHORT, in_ticks
from cvp.tables.cells import trimmed_text
from cvp.tables.columns import SPACES
from cvp.tables.layout import Apart
from cvp.tables.places import places_of
from cvp.tables.reading import polars_told
from cvp.tables.table import PART, ROW
from cvp.text import and_list, counted, one_line

MOST_COMPARED: Final = 250_000
"""Rows among which repeats are looked for: more than surveys have, and soon read."""

_FEW: Final = 3
_TABLE: Final = "table"
_ALIKE: Final[Mapping[Apart, Sequence[Sequence[str]]]] = {
    Apart.EVERYWHERE: [["key"]],
    Apart.IN_FILE: [["key", _TABLE, PART], ["key", "answers"]],
    Apart.WITH_ANSWERS: [["key", "answers"]],
}
"""What rows of one respondent share: all of any of these."""


def repeats_in(several: Sequence[Matched]) -> Iterator[str]:
    """A sentence about rows that count and are of one respondent, in tables with the same keys; none where none are.

    Where tables have more rows than are looked at, one that says so. A row without a key is nobody. Raises Unreadable.
    """
    alike: dict[tuple[str, ...], list[Matched]] = {}
    for one in several:
        alike.setdefault(tuple(map(folded, _headers(one))), []).append(one)
    for keys, tables in alike.items():
        if keys:
            with polars_told(tables[0].table.name, [part for one in tables for part in one.table.parts]):
                yield from _repeats(tables)


def _repeats(tables: Sequence[Matched]) -> Iterator[str]:
    apart = next((one.apart for one in tables if one.apart != Apart.EVERYWHERE), Apart.EVERYWHERE)
    headers = and_list([f"`{one_line(header)[:SHORT]}`" for header in _headers(tables[0])])
    headers += " and equal answers" if apart == Apart.WITH_ANSWERS else ""
    goes_on, may_be = _glance(pl.concat([one.way.scan.frame.select(_key(one)) for one in tables]))
    found = _repeated(tables, apart) if may_be else pl.DataFrame()
    if not found.height:
        if goes_on:
            yield f"No respondent is there more than once, by {headers}, among the first {MOST_COMPARED:,} rows."
        return
    again = found.group_by("key", maintain_order=True).agg(_TABLE, PART, ROW)
    few = [_named(tables, *row) for row in again.head(_FEW).iter_rows()]
    more = again.height - len(few)
    named_few = and_list([*few, *([f"{more:,} more"] if more else [])])
    who = "1 respondent is" if again.height == 1 else f"{again.height:,} respondents are"
    among = f"Among the first {MOST_COMPARED:,} rows, " if goes_on else ""
    what = f"{who} there more than once, by {headers}: {named_few}"
    yield f"{among}{what}. Each row that is scored counts; delete what should not."


def _headers(one: Matched) -> list[str]:
    """Those of the columns that tell respondents apart."""
    return [one.table.headers[position] for position in one.keys]


def _key(one: Matched) -> pl.Expr:
    schema = one.way.scan.frame.collect_schema()
    cells = [trimmed_text(f"c{position}", schema[f"c{position}"]) for position in one.keys]
    key = pl.concat_str(cells, separator="\t")
    return pl.when(key.str.strip_chars(SPACES) != "").then(key).otherwise(pl.lit("")).alias("key")


def _glance(keys: pl.LazyFrame) -> tuple[bool, bool]:
    """Whether there are more rows than are looked at, and whether any of these have the same key, counting or not."""
    named = pl.col("key").head(MOST_COMPARED).replace("", None).drop_nulls()
    seen = keys.head(MOST_COMPARED + 1).select(pl.len(), named.len().alias("named"), named.n_unique().alias("distinct"))
    rows, count, distinct = seen.collect(engine="streaming").row(0)
    return rows > MOST_COMPARED, count > distinct


def _repeated(tables: Sequence[Matched], apart: Apart) -> pl.DataFrame:
    """The rows that count and are of one respondent, with the number of their table."""
    are_files = len(tables) > 1 or len(tables[0].table.parts) > 1
    asked: dict[str, None] = {}
    if apart == Apart.WITH_ANSWERS or (apart == Apart.IN_FILE and are_files):
        asked = dict.fromkeys(column.question for one in tables for column in one.way.columns)
    rows = [_rows(one, number, list(asked)) for number, one in enumerate(tables)]
    counting = pl.concat(rows).head(MOST_COMPARED).filter(pl.col("counts") & (pl.col("key") != ""))
    found = counting.filter(pl.col("key").is_duplicated()).collect(engine="streaming")
    ways = _ALIKE[apart] if asked else _ALIKE[apart][:1]
    return found.filter(pl.any_horizontal(pl.struct(names).is_duplicated() for names in ways)).sort(_TABLE, PART, ROW)


def _rows(one: Matched, number: int, asked: Sequence[str]) -> pl.LazyFrame:
    schema = one.way.scan.frame.collect_schema()
    at = {column.question: f"c{column.position}" for column in one.way.columns}
    cells = [trimmed_text(at[key], schema[at[key]]).str.to_lowercase() if key in at else pl.lit("") for key in asked]
    return one.way.scan.frame.select(
        _key(one),
        pl.concat_str(cells or [pl.lit("")], separator="\t").alias("answers"),
        one.way.scan.left_out.is_null().alias("counts"),
        pl.lit(number, pl.UInt32).alias(_TABLE),
        PART,
        ROW,
    )


def _named(tables: Sequence[Matched], key: str, numbers: list[int], parts: list[int], rows: list[int]) -> str:
    """`r7` (answers.csv:8 and answers.csv:31)."""
    few = groupby(list(zip(numbers, parts, rows, strict=True))[:_FEW], key=itemgetter(0))
    places = [
        str(place)
        for number, of in few
        for place in places_of(tables[number].table, [(part, row) for _, part, row in of])
    ]
    more = len(rows) - len(places)
    where = and_list([*places, *([counted(more, "row") + " more"] if more else [])])
    return f"{in_ticks(key)} ({where})"
