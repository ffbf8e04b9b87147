"""Tables of answers as scored rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from cvp.batch.scored import SOURCE, Reject, in_blocks, soon
from cvp.batch.sheets import sheets_of
from cvp.batch.tables.forgetting import better_questionnaire
from cvp.batch.tables.joining import copies_among, opened_alike, read_tables, refuse_same_files
from cvp.batch.tables.opening import Opened
from cvp.batch.tables.scoring import Scoring
from cvp.batch.wishes import Wishes
from cvp.errors import Unmatched
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.fitting import questions_fitting
from cvp.tables.answering.looking import FIRST_ROWS, Later
from cvp.tables.answering.mapping import NO_MAP, read_map
from cvp.tables.answering.repeats import repeats_in
from cvp.tables.cells import in_texts, is_plain
from cvp.tables.columns import Column
from cvp.tables.compiling import compile_plan
from cvp.tables.expression import add_scores
from cvp.tables.files.sources import Kind
from cvp.tables.places import places_of
from cvp.tables.reading import polars_told
from cvp.tables.table import CELLS, PART, ROW
from cvp.text import counted, one_line

if TYPE_CHECKING:
    from cvp.assessment import Assessment

UNKNOWN, UNREADABLE = "CVP504", "CVP117"
_LONGEST: Final = 200
_BAD_ANSWERS: Final = "bad_answers"
_AT_ONCE: Final = 100_000
"""Rejected rows that are looked up in one pass over the table: what is in memory."""


def open_tables(wishes: Wishes, questionnaire: Questionnaire) -> "Tables":
    """Reads and matches every input. Raises Unreadable, Unmatched, UnknownName, WrongUsage, MissingExtra."""
    map_ = read_map(wishes.map, questionnaire) if wishes.map else NO_MAP
    dialect = wishes.dialect or map_.said.dialect
    fit = partial(questions_fitting, questionnaire=questionnaire, map_=map_)
    tables = [table for name in wishes.inputs for table in read_tables(name, dialect, fit)]
    refuse_same_files(tables)
    better = better_questionnaire(tables, questionnaire, map_)
    hint = [better] if better else []
    try:
        opened = opened_alike(tables, map_, wishes, questionnaire)
    except Unmatched as error:
        raise Unmatched("\n".join([*hint, str(error)])) from None
    matched = [one.matched for one in opened]
    on_all = (*hint, *copies_among([one.table for one in matched]), *repeats_in(matched))
    return Tables(questionnaire, wishes.date, opened, questionnaire.language_for(wishes.language), on_all)


class Tables:
    """Tables, one after the other; their kept columns are put together by name.

    `on_all` are sentences about all of them.
    """

    def __init__(
        self, questionnaire: Questionnaire, date: str, inputs: Sequence[Opened], language: str, on_all: Sequence[str]
    ) -> None:
        self.questionnaire = questionnaire
        self.date = date
        self.language = language
        self.inputs = list(inputs)
        self._notes = [one.matched.notes for one in inputs]
        self._on_all = on_all
        self._kept = [dict(one.names) for one in inputs]
        first = inputs[0]
        for kept, one in zip(self._kept[1:], inputs[1:], strict=True):  # what is counted by is one column in all
            for here, there in zip((*one.by, one.date), (*first.by, first.date), strict=True):
                if here is not None and there is not None:
                    own, shared = _name_of(kept, here), _name_of(self._kept[0], there)
                    kept[shared] = kept.pop(own)
        names = dict.fromkeys(name for kept in self._kept for name in kept)
        several = sum(len(one.matched.table.parts) for one in inputs) > 1
        self.keys = (*(["file"] if several else []), *names)
        self._scorings = list(map(self._scoring, range(len(inputs))))

    def _scoring(self, number: int) -> Scoring:
        return Scoring(
            number,
            self.inputs[number],
            self.questionnaire,
            self.date,
            self.keys,
            self._kept[number],
            alone=len(self.inputs) == 1,
        )

    @property
    def later(self) -> Sequence[Later]:
        return [one.later for one in self.inputs]

    def know(self, later: Sequence[Later]) -> None:
        for number, cells in enumerate(later):
            if cells:
                self.inputs[number] = self.inputs[number].knowing(cells, self.questionnaire)
                self._scorings[number] = self._scoring(number)

    def learn(self, rejected: pl.DataFrame) -> bool:
        behind = rejected.filter((pl.col(PART) > 0) | (pl.col(ROW) >= FIRST_ROWS))
        has_learned = False
        for number, rows in behind.partition_by(SOURCE, as_dict=True).items():
            at = int(number[0])
            before = self.inputs[at]
            wanted = rows.lazy().select(PART, pl.col(ROW).cast(pl.get_index_type()))
            whole = before.matched.way.scan.frame.filter(pl.col(CELLS).is_null())
            found = before.matched.cells_in(whole.join(wanted, on=[PART, ROW], how="semi"))
            again = before.knowing(found, self.questionnaire)
            self._notes[at] = again.matched.notes
            if not again.matched.means_as(before.matched):
                self.inputs[at], has_learned = again, True
                self._scorings[at] = self._scoring(at)
        return has_learned

    @property
    def notes(self) -> list[str]:
        """What people should know about how the inputs were read."""
        several = len(self.inputs) > 1
        return [
            f"{one.matched.table.name}: {note}" if several else note
            for one, notes in zip(self.inputs, self._notes, strict=True)
            for note in notes
        ] + [*self._on_all]

    @property
    def by(self) -> tuple[str, ...]:
        """The names of the kept columns to count by."""
        return tuple(_name_of(self._kept[0], position) for position in self.inputs[0].by)

    @property
    def date_column(self) -> str | None:
        """The name of the kept column with the day of the response."""
        dated = [(kept, one.date) for kept, one in zip(self._kept, self.inputs, strict=True) if one.date is not None]
        return next((_name_of(kept, date) for kept, date in dated), None)

    def total(self) -> int | None:
        if any(part.kind == Kind.JSON_LINES for one in self.inputs for part in one.matched.table.parts):
            return None
        return sum(one.rows() for one in self._scorings)

    @property
    def are_soon_scored(self) -> bool:
        few = soon() if len(self.inputs) == 1 else 0  # a query is put to one input at a time
        return bool(few) and (self.total() or few + 1) <= few

    def blocks(self, outputs: Sequence[str], size: int, skip: int = 0) -> Iterator[pl.DataFrame]:
        yield from in_blocks(self._frames(outputs, size, skip), size)

    def _frames(self, outputs: Sequence[str], size: int, skip: int) -> Iterator[pl.DataFrame]:
        for one in self._scorings:
            rows = one.rows() if skip and self.inputs[1:] else skip
            yield from one.blocks(outputs, size, min(skip, rows))
            skip -= min(skip, rows)

    def ask(
        self, outputs: Sequence[str], query: Callable[[pl.LazyFrame], pl.DataFrame], seen: Callable[[int], None]
    ) -> Iterator[pl.DataFrame]:
        for one in self._scorings:
            yield one.ask(outputs, query, seen)

    def assessments(self) -> Iterator[tuple[str, "Assessment"]]:
        from cvp.scoring import score  # few batches write assessments

        for number, one in enumerate(self.inputs):
            kept = self._kept[number]
            named = [kept[name] for name in kept if kept[name] in one.matched.keys]
            for row, sheet in sheets_of(one.matched, self.questionnaire):
                name = next((text for at in named if (text := one_line(str(row[f"c{at}"] or "")))), "")
                name = name or f"row {row[ROW] + 1}"
                yield name, score(self.questionnaire, [sheet], company=name, date=self.date, language=self.language)

    def rejects(self, rows: pl.DataFrame) -> Iterator[Reject]:
        for number in range(len(self.inputs)):
            for few in rows.filter(pl.col(SOURCE) == number).iter_slices(_AT_ONCE):
                yield from self._rejects(number, few)

    def _rejects(self, number: int, rows: pl.DataFrame) -> Iterator[Reject]:
        one = self.inputs[number]
        table = one.matched.table
        bad = self._bad(one, rows)
        places = places_of(table, zip(bad[PART].to_list(), bad[ROW].to_list(), strict=True))
        columns = {column.question: column for column in one.matched.way.columns}
        for place, row in zip(places, bad.iter_rows(named=True), strict=True):
            kept = {"file": place.file, **{name: row[f"c{at}"] for name, at in self._kept[number].items()}}
            keys = tuple(kept.get(name) for name in self.keys)
            if row[CELLS] is not None:
                lengths = f"has {counted(row[CELLS], 'cell')} where the header has {len(table.headers)}"
                said = place.fault or lengths
                yield Reject(place.file, place.line, "", "", UNREADABLE, said, keys)
                continue
            answers = row[_BAD_ANSWERS].split()
            # One day may be that of many answers, and is told once.
            blamed = {_blamed(columns[asked], asked in answers): asked for asked in row["bad_cells"].split()}
            for (position, said), question in blamed.items():
                cell = one_line(str(row[f"c{position}"]))
                name = table.called(position) if position < len(table.headers) else question
                yield Reject(place.file, place.line, name, cell[:_LONGEST], UNKNOWN, said, keys)

    def _bad(self, one: Opened, rows: pl.DataFrame) -> pl.DataFrame:
        """These rows, with the questions whose cells are bad, and those of them whose answers are, whatever the day."""
        table, way = one.matched.table, one.matched.way
        wanted = rows.lazy().select(PART, pl.col(ROW).cast(pl.get_index_type()))
        plan = compile_plan(self.questionnaire, way.columns, self.date)
        undated = compile_plan(self.questionnaire, [replace(column, dates=None) for column in way.columns])
        with polars_told(table.name, table.parts):
            frame = nw.from_native(way.scan.frame.join(wanted, on=[PART, ROW], how="semi"))
            answers = add_scores(frame, undated, ["bad_cells"]).rename({"bad_cells": _BAD_ANSWERS})
            bad: pl.DataFrame = add_scores(answers, plan, ["bad_cells"]).to_native().collect(engine="streaming")
        return in_texts(bad.sort(PART, ROW), is_plain)


def _blamed(column: Column, is_answer: bool) -> tuple[int, str]:
    """The position of the cell that is wrong, which is the answer or the day of its evidence; and what is wrong."""
    if is_answer or column.dates is None:
        return column.position, f"is no answer to `{column.question}`"
    return column.dates, "is no day of evidence; write a day of the calendar as 2025-01-31"


def _name_of(kept: Mapping[str, int], position: int) -> str:
    return next(name for name, known in kept.items() if known == position)
