"""Tables of answers as scored rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import polars as pl

from cvp.assessment import Assessment
from cvp.batch.scored import LEFT_OUT, OWN, REASON, REJECTED, SOUND, SOURCE, STATUS, Reject, in_blocks
from cvp.batch.sheets import sheets_of
from cvp.batch.streaming import blocks_of
from cvp.batch.wishes import Wishes
from cvp.errors import UnknownName
from cvp.matching.cells import texts_of
from cvp.questionnaire import Questionnaire
from cvp.scoring import score
from cvp.tables.answering import Matched, match
from cvp.tables.columns import Column
from cvp.tables.compiling import compile_plan
from cvp.tables.expression import add_scores
from cvp.tables.mapping import NO_MAP, Map, read_map
from cvp.tables.places import places_of
from cvp.tables.reading import read_table, told
from cvp.tables.sources import Kind
from cvp.tables.table import CELLS, PART, ROW, Table
from cvp.text import counted, one_line

UNKNOWN, UNREADABLE = "CVP504", "CVP117"
_LONGEST: Final = 200
_AT_ONCE: Final = 100_000
"""Rejected rows that are looked up in one pass over the table: what is in memory."""

_SMALL: Final = {
    **dict.fromkeys(("level", "low", "high"), pl.Int8),
    **dict.fromkeys(("safeguards", "recommendation"), pl.Categorical),
}
"""Types that are written in half the time; what has no value in any row gets one at all."""


@dataclass(frozen=True)
class Opened:
    """One input: its matched columns, those to count by, and the one with the day of the response."""

    matched: Matched
    by: tuple[int, ...]
    date: int | None
    kept: tuple[int, ...]


def open_tables(wishes: Wishes, questionnaire: Questionnaire) -> "Tables":
    """Reads and matches every input. Raises Unreadable, Unmatched, UnknownName, WrongUsage, MissingExtra."""
    map_ = read_map(wishes.map, questionnaire) if wishes.map else NO_MAP
    dialect = wishes.dialect or map_.said.dialect
    return Tables(
        questionnaire, wishes.date, [_open(name, dialect, map_, wishes, questionnaire) for name in wishes.inputs]
    )


def _open(name: str, dialect: str | None, map_: Map, wishes: Wishes, questionnaire: Questionnaire) -> Opened:
    matched = match(read_table(name, dialect), questionnaire, map_)
    table = matched.table
    by = [_position(table, questionnaire, column) for column in wishes.by] or [
        position for position, _ in matched.segments
    ]
    date = table.position(wishes.date_column) if wishes.date_column else matched.date and matched.date[0]
    keys = [position for position, _ in matched.keys]
    if not keys:  # nothing tells respondents apart: keep all that answers nothing
        used = {column.position for column in matched.columns}
        keys = [position for position in range(len(table.headers)) if position not in used]
    kept = sorted({*keys, *by, *([] if date is None else [date])})
    return Opened(matched, tuple(by), date, tuple(kept))


def _position(table: Table, questionnaire: Questionnaire, column: str) -> int:
    """The column that someone calls by its header, its number, or the id of a question about the respondent."""
    try:
        return table.position(column)
    except UnknownName:
        about = next((asked for asked in questionnaire.about if asked.id == column.strip()), None)
        for label in texts_of(about.label) if about else ():
            with suppress(UnknownName):
                return table.position(label)
        raise


class Tables:
    """Tables, one after the other; their kept columns are put together by name."""

    def __init__(self, questionnaire: Questionnaire, date: str, inputs: Sequence[Opened]) -> None:
        self.questionnaire = questionnaire
        self.date = date
        self.inputs = inputs
        self._kept = [_names(one) for one in inputs]
        first = inputs[0]
        for kept, one in zip(self._kept[1:], inputs[1:], strict=True):  # what is counted by is one column in all
            for here, there in zip((*one.by, one.date), (*first.by, first.date), strict=True):
                if here is not None and there is not None:
                    own, shared = _name_of(kept, here), _name_of(self._kept[0], there)
                    kept[shared] = kept.pop(own)
        names = dict.fromkeys(name for kept in self._kept for name in kept)
        self._several = sum(len(one.matched.table.parts) for one in inputs) > 1
        self.keys = (*(["file"] if self._several else []), *names)

    @property
    def notes(self) -> list[str]:
        """What people should know about how the inputs were read."""
        several = len(self.inputs) > 1
        return [
            f"{one.matched.table.name}: {note}" if several else note
            for one in self.inputs
            for note in one.matched.notes
        ]

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
        found = 0
        for one in self.inputs:
            if any(part.kind == Kind.JSON_LINES for part in one.matched.table.parts):
                return None
            with told(one.matched.table.name, one.matched.table.parts):
                found += int(one.matched.table.frame.select(pl.len()).collect(engine="streaming").item())
        return found

    def blocks(self, outputs: Sequence[str], size: int, skip: int = 0) -> Iterator[pl.DataFrame]:
        yield from in_blocks(self._frames(outputs, size, skip), size)

    def ask(
        self, outputs: Sequence[str], query: Callable[[pl.LazyFrame], pl.DataFrame], seen: Callable[[int], None]
    ) -> Iterator[pl.DataFrame]:
        for number, one in enumerate(self.inputs):
            table = one.matched.table
            with told(table.name, table.parts):
                scored = self._scored(number, one.matched.frame, ["is_bad", *outputs])
                yield query(
                    scored.with_columns(
                        pl.col(STATUS).map_batches(_telling(seen), return_dtype=pl.Int8, is_elementwise=True)
                    )
                )

    def _frames(self, outputs: Sequence[str], size: int, skip: int) -> Iterator[pl.DataFrame]:
        for number, one in enumerate(self.inputs):
            table = one.matched.table
            with told(table.name, table.parts):
                frame = one.matched.frame
                if skip:
                    rows = (
                        int(table.frame.select(pl.len()).collect(engine="streaming").item()) if self.inputs[1:] else 0
                    )
                    frame = frame.slice(skip)
                    skip = max(0, skip - rows)
                scored = self._scored(number, frame, ["is_bad", *outputs])
                yield from blocks_of(scored, size)

    def _scored(self, number: int, frame: pl.LazyFrame, outputs: Sequence[str]) -> pl.LazyFrame:
        one = self.inputs[number]
        schema = frame.collect_schema()
        plan = compile_plan(self.questionnaire, one.matched.columns, self.date)
        scored: pl.LazyFrame = add_scores(nw.from_native(frame), plan, outputs).to_native()
        made = [name for name in scored.collect_schema().names() if name not in schema and name != "is_bad"]
        reason = one.matched.left_out
        is_bad = pl.col(CELLS).is_not_null() | (reason.is_null() & pl.col("is_bad"))
        status = pl.when(is_bad).then(REJECTED).when(reason.is_not_null()).then(LEFT_OUT).otherwise(SOUND)
        return scored.select(
            status.cast(pl.Int8).alias(STATUS),
            pl.when(~is_bad).then(reason).alias(REASON),
            pl.lit(number, pl.UInt32).alias(SOURCE),
            PART,
            pl.col(ROW).cast(pl.UInt32),
            *self._keys(number),
            *(pl.col(name).cast(_SMALL[name]) if name in _SMALL else name for name in made),
        )

    def _keys(self, number: int) -> Iterator[pl.Expr]:
        kept = self._kept[number]
        parts = pl.Series([part.source.name for part in self.inputs[number].matched.table.parts])
        for index, name in enumerate(self.keys):
            if name == "file":  # no kept column is called so
                yield pl.col(PART).map_batches(parts.gather, return_dtype=pl.String, is_elementwise=True).alias("k0")
                continue
            column = pl.col(f"c{kept[name]}") if name in kept else pl.lit(None, pl.String)
            yield (column if len(self.inputs) == 1 else column.cast(pl.String)).alias(f"k{index}")

    def assessments(self) -> Iterator[tuple[str, Assessment]]:
        for number, one in enumerate(self.inputs):
            kept = self._kept[number]
            named = [kept[name] for name in kept if kept[name] in {position for position, _ in one.matched.keys}]
            for row, sheet in sheets_of(one.matched, self.questionnaire):
                name = next((text for at in named if (text := one_line(str(row[f"c{at}"] or "")))), "")
                name = name or f"row {row[ROW] + 1}"
                yield name, score(self.questionnaire, [sheet], company=name, date=self.date)

    def rejects(self, rows: pl.DataFrame) -> Iterator[Reject]:
        for number in range(len(self.inputs)):
            for few in rows.filter(pl.col(SOURCE) == number).iter_slices(_AT_ONCE):
                yield from self._rejects(number, few)

    def _rejects(self, number: int, rows: pl.DataFrame) -> Iterator[Reject]:
        one = self.inputs[number]
        table = one.matched.table
        wanted = rows.lazy().select(PART, pl.col(ROW).cast(pl.get_index_type()))
        with told(table.name, table.parts):
            frame = one.matched.frame.join(wanted, on=[PART, ROW], how="semi")
            plan = compile_plan(self.questionnaire, one.matched.columns, self.date)
            bad = add_scores(nw.from_native(frame), plan, ["bad_cells"]).to_native().collect(engine="streaming")
        bad = bad.sort(PART, ROW)
        places = places_of(table, zip(bad[PART].to_list(), bad[ROW].to_list(), strict=True))
        columns = {column.question: column for column in one.matched.columns}
        for place, row in zip(places, bad.iter_rows(named=True), strict=True):
            kept = {"file": place.file, **{name: row[f"c{at}"] for name, at in self._kept[number].items()}}
            keys = tuple(kept.get(name) for name in self.keys)
            if row[CELLS] is not None:
                said = f"has {counted(row[CELLS], 'cell')} where the header has {len(table.headers)}"
                yield Reject(place.file, place.line, "", "", UNREADABLE, said, keys)
                continue
            for question in row["bad_cells"].split():
                column = columns[question]
                cell = one_line(str(row[f"c{column.position}"]))
                said = f"is no answer to `{question}`{_dated(column, row)}"
                name = table.called(column.position) if column.position < len(table.headers) else question
                yield Reject(place.file, place.line, name, cell[:_LONGEST], UNKNOWN, said, keys)


def _telling(seen: Callable[[int], None]) -> Callable[[pl.Series], pl.Series]:
    def look(rows: pl.Series) -> pl.Series:
        seen(len(rows))
        return rows

    return look


def _dated(column: Column, row: Mapping[str, Any]) -> str:
    """The day of the evidence, which may be what is wrong."""
    day = None if column.dates is None else row[f"c{column.dates}"]
    return f", or `{one_line(str(day))[:40]}` is no day of evidence" if day not in (None, "") else ""


def _names(one: Opened) -> dict[str, int]:
    """The kept columns by name: their headers, each made unlike all others and unlike the outputs."""
    taken = {*OWN}
    names: dict[str, int] = {}
    for position in one.kept:
        name = one_line(one.matched.table.headers[position]) or f"#{position + 1}"
        while name.casefold() in taken:
            name = f"{name} (#{position + 1})"
        taken.add(name.casefold())
        names[name] = position
    return names


def _name_of(kept: Mapping[str, int], position: int) -> str:
    return next(name for name, known in kept.items() if known == position)
