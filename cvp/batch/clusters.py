"""A batch on Spark: columns are matched here, by the table's first rows; all rows are scored there."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from cvp.batch.scored import TOLD
from cvp.batch.tables.opening import Opened, open_read
from cvp.batch.wishes import Wishes
from cvp.errors import Unmatched, Unreadable
from cvp.questionnaire import Questionnaire
from cvp.segments import Flow
from cvp.tables.answering.looking import FIRST_ROWS, MOST_CELLS
from cvp.tables.answering.mapping import NO_MAP, Map, read_map
from cvp.tables.answering.repeats import repeats_in
from cvp.tables.columns import Column
from cvp.tables.layout import Reason
from cvp.tables.reading import read_table
from cvp.tables.spark import distinct_cells, kind_to_write, read, reading, session, spark_told, write_scores
from cvp.tables.table import Table
from cvp.text import one_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def run_on_spark(wishes: Wishes, questionnaire: Questionnaire, master: str | None) -> tuple[Flow, tuple[str, ...]]:
    """Writes the rows out to the folder `wishes.output`; gives where the rows went, and sentences to print.

    Raises Unreadable, Unwritable, Unmatched, UnknownName and MissingExtra.
    """
    assert wishes.output
    for target in filter(None, (wishes.output, wishes.rejects)):
        kind_to_write(target)
    with session(master) as spark, tempfile.TemporaryDirectory(prefix="cvp-") as folder:
        frame = read(spark, wishes.inputs[0])
        opened = _opened(frame, wishes, questionnaire, Path(folder, "sample.parquet"))
        known = _Known(opened, questionnaire)
        counts = write_scores(
            frame.toDF(*replace(opened, kept=tuple(range(len(frame.columns)))).names),
            questionnaire,
            wishes.output,
            columns=known.columns,
            date=wishes.date,
            # Without recommendations it would be a column of no type, which others cannot read.
            outputs=[name for name in TOLD if name != "recommendation" or questionnaire.recommendations],
            rejects=wishes.rejects,
            keep=opened.kept,
            learn=known.learn,
        )
    rows = counts.scored + counts.rejected + counts.left_out
    left_out = {Reason.EMPTY.value: counts.left_out} if counts.left_out else {}
    return Flow(rows, counts.scored, counts.rejected, left_out), known.notes


class _Known:
    """What the columns mean, as far as it has been learned."""

    def __init__(self, opened: Opened, questionnaire: Questionnaire) -> None:
        self._opened = opened
        self._questionnaire = questionnaire
        self._repeats = tuple(repeats_in([opened.matched]))
        self.notes = (*opened.matched.notes, *self._repeats)

    @property
    def columns(self) -> Sequence[Column]:
        return [replace(column, nans=True) for column in self._opened.matched.way.columns]  # Spark reads them as such

    def learn(self, rejected: "DataFrame") -> Sequence[Column] | None:
        """The columns, where cells of rejected rows tell more of what they mean, else None. Raises Unmatched."""
        before = self._opened
        if before.matched.table.count() < FIRST_ROWS:  # all have been looked at
            return None
        cells = distinct_cells(rejected, [column.position for column in before.matched.way.columns], MOST_CELLS)
        again = before.knowing(before.matched.cells_in(_as_rows(cells)), self._questionnaire)
        self.notes = (*again.matched.notes, *self._repeats)
        if again.matched.means_as(before.matched):
            return None
        self._opened = again
        return self.columns


def _as_rows(cells: Mapping[int, Sequence[str | float]]) -> pl.LazyFrame:
    """Distinct cells as rows of a table that have them."""
    columns = [pl.Series(f"c{position}", found).to_frame() for position, found in cells.items()]
    return pl.concat(columns, how="diagonal").lazy()


def _opened(frame: "DataFrame", wishes: Wishes, questionnaire: Questionnaire, path: Path) -> Opened:
    """The table's first rows, as many as are looked at elsewhere, which lie at `path` while they are needed."""
    map_ = read_map(wishes.map, questionnaire) if wishes.map else NO_MAP
    opened = open_read(_first_rows(frame, wishes, map_, path), map_, wishes, questionnaire)
    table = opened.matched.table
    if table.header_rows != 1 or table.layout.rules or map_.said.leave_out:
        raise Unmatched("Spark scores every row under one header row; leave rows out before, or use --engine polars")
    columns = opened.matched.way.columns
    if beyond := [column.question for column in columns if column.position >= len(frame.columns)]:
        raise Unmatched(f"`{beyond[0]}` has a column for each choice, which Spark does not read; use --engine polars")
    return opened


def _first_rows(frame: "DataFrame", wishes: Wishes, map_: Map, path: Path) -> Table:
    names = frame.columns
    with spark_told(Unreadable, f"{wishes.inputs[0]}: Spark cannot read it"), reading(frame.sparkSession):
        rows = [tuple(row) for row in frame.limit(FIRST_ROWS).collect()]
    cells = {str(index): [row[index] for row in rows] for index in range(len(names))}
    pl.DataFrame(cells, strict=False).rename(dict(zip(cells, names, strict=True))).write_parquet(path)
    table = read_table(str(path), wishes.dialect or map_.said.dialect)
    name = one_line(wishes.inputs[0])
    parts = [replace(part, source=replace(part.source, name=f"{name} row")) for part in table.parts]
    return replace(table, name=name, parts=tuple(parts))
