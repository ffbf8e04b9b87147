"""Respondents who are there twice: counted and named, never dropped, since people know which row is the right one."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from cvp.tables.answering.scanning import Scan
from cvp.tables.columns import SPACES
from cvp.tables.places import places_of
from cvp.tables.table import PART, ROW, Table
from cvp.text import and_list, counted, one_line

LOOKED_AT: Final = 10_000
"""Rows among which repeats are looked for: as many as most surveys have, and soon read."""

_FEW: Final = 3
_LONGEST: Final = 60


def repeats_in(table: Table, scan: Scan, keys: Sequence[tuple[int, str]]) -> Iterator[str]:
    """A sentence about rows that count and share what tells respondents apart; none where there are no such rows.

    `keys` are positions and headers. A row without a key is nobody.
    """
    if not keys:
        return
    cells = [pl.col(f"c{position}").cast(pl.String).str.strip_chars(SPACES).fill_null("") for position, _ in keys]
    seen = scan.frame.head(LOOKED_AT).filter(scan.left_out.is_null())
    named = seen.with_columns(pl.concat_str(cells, separator="\t").str.strip_chars(SPACES).alias("key"))
    if not _repeated(named.select("key").collect(engine="streaming")).height:  # rows without numbers are read sooner
        return
    found = _repeated(named.select("key", PART, ROW).collect(engine="streaming"))
    again = found.group_by("key", maintain_order=True).agg(PART, ROW)
    few = [_named(table, *row) for row in again.head(_FEW).iter_rows()]
    more = again.height - len(few)
    named_few = and_list([*few, *([f"{more:,} more"] if more else [])])
    headers = and_list([f"`{one_line(header)[:_LONGEST]}`" for _, header in keys])
    who = "1 respondent is" if again.height == 1 else f"{again.height:,} respondents are"
    goes_on = scan.frame.slice(LOOKED_AT, 1).select(ROW).collect(engine="streaming").height > 0
    among = f"Among the first {LOOKED_AT:,} rows, " if goes_on else ""
    yield f"{among}{who} there more than once, by {headers}: {named_few}. Each row counts; delete what should not."


def _repeated(keys: pl.DataFrame) -> pl.DataFrame:
    return keys.filter(pl.col("key").is_duplicated() & (pl.col("key") != ""))


def _named(table: Table, key: str, parts: list[int], rows: list[int]) -> str:
    """`r7` (answers.csv:8 and 31)."""
    places = places_of(table, zip(parts[:_FEW], rows[:_FEW], strict=True))
    more = len(rows) - len(places)
    where = and_list([*map(str, places), *([counted(more, "row") + " more"] if more else [])])
    return f"`{one_line(key)[:_LONGEST]}` ({where})"
