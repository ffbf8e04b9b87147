"""A batch on Spark: columns are matched here, by the table's first rows; all rows are scored there."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from cvp.batch.wishes import Wishes
from cvp.errors import Unmatched
from cvp.questionnaire import Questionnaire
from cvp.segments import Flow
from cvp.tables.answering.looking import LOOKED_AT
from cvp.tables.answering.mapping import NO_MAP, read_map
from cvp.tables.answering.matched import match
from cvp.tables.columns import Column
from cvp.tables.reading import read_table
from cvp.tables.spark import read, session, write_scores

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

OUTPUTS: Final = ("level", "low", "high", "settled", "scores", "coverage", "safeguards", "recommendation")


def run_on_spark(wishes: Wishes, questionnaire: Questionnaire, master: str | None) -> tuple[Flow, tuple[str, ...]]:
    """Writes the rows out to the folder `wishes.output`; gives where the rows went, and sentences to print.

    Raises Unreadable, Unwritable, Unmatched and MissingExtra. An empty row is scored like any other.
    """
    assert wishes.output
    with session(master) as spark:
        frame = read(spark, wishes.inputs[0])
        columns, notes = _columns(frame, wishes, questionnaire)
        counts = write_scores(
            frame,
            questionnaire,
            wishes.output,
            columns=columns,
            date=wishes.date,
            # Without recommendations it would be a column of no type, which others cannot read.
            outputs=[name for name in OUTPUTS if name != "recommendation" or questionnaire.recommendations],
            rejects=wishes.rejects,
        )
    return Flow(counts.scored + counts.rejected, counts.scored, counts.rejected), notes


def _columns(
    frame: "DataFrame", wishes: Wishes, questionnaire: Questionnaire
) -> tuple[Sequence[Column], tuple[str, ...]]:
    """Which column answers what, from as many rows as are looked at elsewhere."""
    names = frame.columns
    rows = [tuple(row) for row in frame.limit(LOOKED_AT).collect()]
    cells = {str(index): [row[index] for row in rows] for index in range(len(names))}
    sample = pl.DataFrame(cells, strict=False).rename(dict(zip(cells, names, strict=True)))
    map_ = read_map(wishes.map, questionnaire) if wishes.map else NO_MAP
    with tempfile.TemporaryDirectory(prefix="cvp-") as folder:
        path = Path(folder, "sample.parquet")
        sample.write_parquet(path)
        table = read_table(str(path), wishes.dialect or map_.said.dialect)
        matched = match(table, questionnaire, map_)
    if table.header_rows != 1 or table.layout.rules or map_.said.leave_out:
        raise Unmatched("Spark scores every row under one header row; leave rows out before, or use --engine polars")
    if beyond := [column.question for column in matched.way.columns if column.position >= len(names)]:
        raise Unmatched(f"`{beyond[0]}` has a column for each choice, which Spark does not read; use --engine polars")
    return matched.way.columns, matched.notes
