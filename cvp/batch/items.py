"""Tables of answers → the quality of the questions: a pass of its own, of which only counts are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

import narwhals as nw
import polars as pl

from cvp.batch.streaming import blocks_of
from cvp.batch.tables import Tables
from cvp.items import Answers, ItemAnalysis, Tallies, analysis_of
from cvp.items.tallies import Crossed, pairs_of
from cvp.progress import Progress
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.matched import Matched
from cvp.tables.columns import SPACES
from cvp.tables.compiling import BAD, OPEN, OUT, compile_plan
from cvp.tables.expression.chains import any_of
from cvp.tables.expression.ranks import rank
from cvp.tables.expression.steps import Steps
from cvp.tables.reading import polars_told

AT_ONCE: Final = 1 << 17
"""Rows in memory at once."""

_RANK: Final = "rank_"
_BLANK: Final = "blank_"

Marks: TypeAlias = Sequence[pl.Series]
"""For each choice of a question, whether a row made it: a boolean for each row of the block."""


def analyse(tables: Tables, questionnaire: Questionnaire, *, source: str, min_group: int) -> ItemAnalysis:
    """The rows that are scored: neither left out nor rejected. Raises Unreadable.

    How old an answer's evidence is does not matter here: a stale answer tells how its question works too.
    """
    tallies = Tallies()
    with Progress(tables.total) as progress:
        for one in tables.inputs:
            for block in _blocks(one.matched, questionnaire, tables.date):
                tallies += _counted(block, [column.question for column in one.matched.way.columns], questionnaire)
                progress.step(block.height)
    return analysis_of(questionnaire, tallies, source=source, date=tables.date, min_group=min_group)


def _blocks(matched: Matched, questionnaire: Questionnaire, date: str) -> Iterator[pl.DataFrame]:
    with polars_told(matched.table.name, matched.table.parts):
        ranked = _ranked(matched, questionnaire, date)
        yield from blocks_of(ranked, AT_ONCE, maintain_order=False)


def _ranked(matched: Matched, questionnaire: Questionnaire, date: str) -> pl.LazyFrame:
    """For each question the rank of its answer, and whether its cell is empty; rejected rows are not there."""
    frame = matched.way.scan.counting
    known = nw.from_native(frame)
    schema, steps = known.collect_schema(), Steps("cvp_")
    dated = compile_plan(questionnaire, matched.way.columns, date)
    plain = compile_plan(questionnaire, [replace(column, dates=None) for column in matched.way.columns])
    is_bad = any_of([rank(cells, schema, steps) == BAD for cells in dated.cells])
    ranks = [rank(cells, schema, steps).alias(_RANK + cells.question) for cells in plain.cells]
    ranked: pl.LazyFrame = steps.add_to(known, schema).filter(~is_bad).with_columns(*ranks).to_native()
    blank = [_is_blank(f"c{column.position}").alias(_BLANK + column.question) for column in matched.way.columns]
    return ranked.select(*(_RANK + column.question for column in matched.way.columns), *blank)


def _is_blank(column: str) -> pl.Expr:
    cell = pl.col(column)
    return cell.is_null() | (cell.cast(pl.String).str.strip_chars(SPACES) == "")


def _counted(block: pl.DataFrame, asked: Sequence[str], questionnaire: Questionnaire) -> Tallies:
    """What is counted of a block. Each pair of choices that is crossed costs a pass over the block's rows."""
    sizes = {key: len(questionnaire.choices_of(questionnaire.questions[key])) for key in asked}
    marks = {key: [block[_RANK + key] == place for place in range(size)] for key, size in sizes.items()}
    pairs = {(one, two): _crossed(marks[one], marks[two]) for one, two in pairs_of(questionnaire, asked)}
    return Tallies(block.height, {key: _answers(block, key, marks[key]) for key in asked}, pairs)


def _answers(block: pl.DataFrame, key: str, marks: Marks) -> Answers:
    ranks, blank = block[_RANK + key], block[_BLANK + key]
    unanswered = _bits(blank & (ranks == OPEN))
    return Answers(tuple(map(_bits, marks)), _bits(ranks == OPEN) - unanswered, _bits(ranks == OUT), unanswered)


def _crossed(first: Marks, second: Marks) -> Crossed:
    return tuple(tuple(_bits(one & two) for two in second) for one in first)


def _bits(marks: pl.Series) -> int:
    return int(marks.sum())
