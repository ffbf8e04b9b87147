"""Respondents who are there twice: counted and named, never dropped, since people know which row is the right one."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from cvp.tables.answering.scanning import Scan
from cvp.tables.columns import SPACES
from cvp.tables.places import places_of
from cvp.tables.table import PART, ROW, Table
from cvp.text import and_list, counted, one_line

LOOKED_AT: Final = 250_000
"""Rows among which repeats are looked for: more than surveys have, and soon read."""

_FEW: Final = 3
_LONGEST: Final = 60


def repeats_in(table: Table, scan: Scan, keys: Sequence[tuple[int, str]]) -> Iterator[str]:
    """A sentence about rows that count and share what tells respondents apart; none where there are no such rows.

    Where the table has more rows than are looked at, one that says so. `keys` are positions and headers. A row without
    a key is nobody.
    """
    if not keys:
        return
    cells = [pl.col(f"c{position}").cast(pl.String).str.strip_chars(SPACES).fill_null("") for position, _ in keys]
    key = pl.concat_str(cells, separator="\t").str.strip_chars(SPACES).alias("key")
    headers = and_list([f"`{one_line(header)[:_LONGEST]}`" for _, header in keys])
    goes_on, may_be = _glance(scan.frame.select(key))
    counting = scan.frame.head(LOOKED_AT).filter(scan.left_out.is_null())
    found = _repeated(counting.select(key, PART, ROW).collect(engine="streaming")) if may_be else pl.DataFrame()
    if not found.height:
        if goes_on:
            yield f"No respondent is there more than once, by {headers}, among the first {LOOKED_AT:,} rows."
        return
    again = found.group_by("key", maintain_order=True).agg(PART, ROW)
    few = [_named(table, *row) for row in again.head(_FEW).iter_rows()]
    more = again.height - len(few)
    named_few = and_list([*few, *([f"{more:,} more"] if more else [])])
    who = "1 respondent is" if again.height == 1 else f"{again.height:,} respondents are"
    among = f"Among the first {LOOKED_AT:,} rows, " if goes_on else ""
    yield f"{among}{who} there more than once, by {headers}: {named_few}. Each row counts; delete what should not."


def _glance(keys: pl.LazyFrame) -> tuple[bool, bool]:
    """Whether there are more rows than are looked at, and whether any of these have the same key, counting or not."""
    named = pl.col("key").head(LOOKED_AT).replace("", None).drop_nulls()
    told = keys.head(LOOKED_AT + 1).select(pl.len(), named.len().alias("named"), named.n_unique().alias("distinct"))
    rows, count, distinct = told.collect(engine="streaming").row(0)
    return rows > LOOKED_AT, count > distinct


def _repeated(keys: pl.DataFrame) -> pl.DataFrame:
    return keys.filter(pl.col("key").is_duplicated() & (pl.col("key") != ""))


def _named(table: Table, key: str, parts: list[int], rows: list[int]) -> str:
    """`r7` (answers.csv:8 and 31)."""
    places = places_of(table, zip(parts[:_FEW], rows[:_FEW], strict=True))
    more = len(rows) - len(places)
    where = and_list([*map(str, places), *([counted(more, "row") + " more"] if more else [])])
    return f"`{one_line(key)[:_LONGEST]}` ({where})"
