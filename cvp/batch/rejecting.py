"""Rejected rows as a table: where, which cell, what is wrong with it, and whose row it is."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import polars as pl

from cvp.batch.placing import Placing
from cvp.batch.scored import Reject, Rows
from cvp.reports.spreadsheet import guarded
from cvp.text import one_line

HEADERS: Final = ("file", "line", "column", "cell", "code", "message")
NAMED: Final = 5
"""As many are named where no file is wanted for them."""


def shown_rejects(rows: Rows, rejected: pl.DataFrame, target: str | None, files: Placing) -> list[str]:
    """Writes rejected rows to the target, or tells the first few: the sentences to print. Raises Unwritable."""
    if target:
        with files.file(Path(target)) as temporary:
            write_rejects(rows.rejects(rejected), rows.keys, temporary)
        return [f"What is wrong with rejected rows is in {target}."] if rejected.height else []
    said = list(told_rejects(rows.rejects(rejected.head(NAMED)))) if rejected.height else []
    more = rejected.height - NAMED
    return [*said, *([f"and {more:,} more rows; --rejects FILE keeps them all"] if more > 0 else [])]


def write_rejects(rejects: Iterable[Reject], keys: Sequence[str], target: Path) -> None:
    """As CSV; the kept columns of the row behind what is wrong with it. Raises OSError."""
    own = [name for name in keys if name != "file"]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*HEADERS, *map(_cell, own)])
        for one in rejects:
            of = dict(zip(keys, one.keys, strict=True)) if one.keys else {}
            told = (one.file, one.line, one.column, one.cell, one.code, one.message)
            writer.writerow([_cell(value) for value in (*told, *(of.get(name) for name in own))])


def told_rejects(rejects: Iterable[Reject]) -> Iterator[str]:
    """A line each for the first few rows, which names the first cell and counts the others."""
    rows = groupby(rejects, key=lambda one: (one.file, one.line))
    for (file, line), (one, *others) in islice(rows, NAMED):
        where = f"{file}:{line}" if line else file
        cell = f"column {one.column}: `{one.cell[:60]}` " if one.column else ""
        more = f"; so {_are(len(others))} of this row" if others else ""
        yield f"{where}: {one.code} {cell}{one.message}{more}"


def _are(others: int) -> str:
    return "is 1 more cell" if others == 1 else f"are {others} more cells"


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    return guarded(one_line(str(value)))
