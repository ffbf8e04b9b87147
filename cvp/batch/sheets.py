"""Rows of a table as sheets of answers, for those who want the whole assessment of each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import narwhals as nw
import polars as pl

from cvp.answers import DONT_KNOW, Answer, AnswerSheet, Evidence, last_day
from cvp.batch.streaming import blocks_of
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.matched import Matched
from cvp.tables.cells import in_texts, is_plain
from cvp.tables.columns import Column
from cvp.tables.compiling import OPEN, OUT, compile_plan
from cvp.tables.expression import add_scores
from cvp.tables.reading import polars_told

_RANK: Final = "rank_"
_AT_ONCE: Final = 1 << 12


def sheets_of(matched: Matched, questionnaire: Questionnaire) -> Iterator[tuple[Mapping[str, Any], AnswerSheet]]:
    """Each row that counts and has no bad cell, with its answers. Raises Unreadable."""
    frame, columns = matched.way.scan.counting, matched.way.columns
    plan = compile_plan(questionnaire, [replace(column, dates=None) for column in columns])
    ranked = add_scores(nw.from_native(frame), plan, ["is_bad", "ranks"]).to_native().filter(~pl.col("is_bad"))
    with polars_told(matched.table.name, matched.table.parts):
        for block in blocks_of(in_texts(ranked, is_plain), _AT_ONCE):
            for row in block.iter_rows(named=True):
                found = {c.question: _answer(row, c, questionnaire) for c in columns}
                yield row, {question: answer for question, answer in found.items() if answer}


def _answer(row: Mapping[str, Any], column: Column, questionnaire: Questionnaire) -> Answer | None:
    """None for an empty cell."""
    place = row[_RANK + column.question]
    evidence = _evidence(None if column.dates is None else row[f"c{column.dates}"])
    if place == OUT:
        return Answer(not_applicable="not applicable, as the table says", evidence=evidence)
    if place == OPEN:
        cell = row[f"c{column.position}"]
        return Answer(choice=DONT_KNOW, evidence=evidence) if cell is not None and str(cell).strip() else None
    return Answer(
        choice=questionnaire.choices_of(questionnaire.questions[column.question])[place].value, evidence=evidence
    )


def _evidence(day: object) -> tuple[Evidence, ...]:
    text = str(day or "").strip()[:10]
    try:
        last_day(text)
    except ValueError:
        return ()
    return (Evidence(text="dated in the table", date=text),)
