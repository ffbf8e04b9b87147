"""A table whose columns answer questions, or a message about everything in it that is not clear."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from cvp.errors import Unmatched
from cvp.matching import NOT_APPLICABLE, TEXTUAL, Reading, meanings_of, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.calling import called
from cvp.tables.answering.coding import Seen, coded, seen_in
from cvp.tables.answering.leaving import LOOKED_AT, idle_cells, unknown_states
from cvp.tables.answering.looking import NONE_LATER, Later, Look, distinct_cells, look
from cvp.tables.answering.mapping import NO_MAP, Map
from cvp.tables.answering.notes import notes_on
from cvp.tables.answering.scanning import Scanning, Way
from cvp.tables.columns import Column
from cvp.tables.dialects import suggestion
from cvp.tables.layout import Apart
from cvp.tables.reading import polars_told
from cvp.tables.table import Table
from cvp.text import counted

_MOST_PROBLEMS: Final = 10


@dataclass(frozen=True)
class Matched:
    """A table whose columns are known. Positions count from 0 and mean the columns `c0`, `c1`, … of its rows.

    `keys` are columns that tell respondents apart, as far as `apart` says, `segments` those to count by. `unasked` are
    questions that no column answers; `notes` are sentences to print. `numbers` are the distinct numbers that were seen
    in the columns of questions, `numbered` the texts with numbers before them.
    """

    table: Table
    way: Way
    keys: tuple[int, ...]
    apart: Apart
    segments: tuple[int, ...]
    unasked: tuple[str, ...]
    notes: tuple[str, ...]
    scanning: Scanning
    seen: Seen
    numbers: Later
    numbered: Later

    def cells_in(self, rows: pl.LazyFrame) -> Later:
        """The distinct cells of some of its rows, by question, at most a thousand of each."""
        columns = {column.question: column.position for column in self.way.columns}
        with polars_told(self.table.name, self.table.parts):
            return distinct_cells(rows, columns, self.table.layout.ending)

    def means_as(self, other: "Matched") -> bool:
        """Whether the same cells mean the same in both."""
        return [column.meanings for column in self.way.columns] == [column.meanings for column in other.way.columns]

    def ways(self, questionnaire: Questionnaire, kept: Collection[int]) -> tuple[Way, ...]:
        """Ways of reading it, the surest last; in all of them the columns `kept` are the same."""
        faster = coded(self.way, self.scanning, self.seen, kept, questionnaire)
        return (faster, self.way) if faster else (self.way,)


def match(table: Table, questionnaire: Questionnaire, map_: Map = NO_MAP, later: Later = NONE_LATER) -> Matched:
    """Matches columns to questions and cells to choices, by the first rows and cells of later ones.

    Raises Unmatched with everything that is not clear and the lines of a map that make it so, UnknownName where the map
    names a column that is not there, Unreadable where rows cannot be read.
    """
    found = look(table, questionnaire, map_, later)
    if found.problems:
        more = len(found.problems) - _MOST_PROBLEMS
        lines = [*found.problems[:_MOST_PROBLEMS], *([f"and {counted(more, 'problem')} more"] if more > 0 else [])]
        hint = suggestion(table.parts[0].head)
        is_told = hint not in table.remarks or hint in lines[0]
        raise Unmatched("\n".join(lines if is_told else [*lines, hint]))
    keys = [_position(table, map_, "keys", number) for number in range(len(map_.said.keys or ()))]
    segments = [_position(table, map_, "segments", number) for number in range(len(map_.said.segments))]
    with polars_told(table.name, table.parts):
        rows, rules = found.scan.frame.head(LOOKED_AT), found.scanning.rules
        counting = rows.filter(found.scan.left_out.is_null())
        unknown = [*unknown_states(table, counting, rules), *idle_cells(table, rows, rules), *_dashes(found, counting)]
    return Matched(
        table=table,
        way=Way(found.scan, tuple(_columns(found))),
        keys=table.layout.keys if map_.said.keys is None else tuple(keys),
        apart=table.layout.apart if map_.said.keys is None else Apart.IN_FILE,
        segments=tuple(segments),
        unasked=tuple(key for key in questionnaire.questions if key not in found.positions),
        notes=(*notes_on(table, questionnaire, map_, found.headers, found.boxes, found.settled), *unknown),
        scanning=found.scanning,
        seen=seen_in(found.sample),
        numbers={key: cells.numbers for key, cells in found.settled.cells.items() if cells.numbers},
        numbered={key: cells.numbered for key, cells in found.settled.cells.items() if cells.numbered},
    )


def _dashes(found: Look, counting: pl.LazyFrame) -> Iterator[str]:
    """How often a dash beside the values of choices is read as not applicable; nothing where there is none."""
    settled = found.settled
    read = [
        f"c{found.positions[key]}"
        for key, cells in settled.cells.items()
        if NOT_APPLICABLE in settled.seen[key]
        and NOT_APPLICABLE not in {*settled.given[key], *cells.unknown}
        and set(TEXTUAL) & {*settled.readings[key]} == {Reading.VALUES}
    ]
    if read:
        held = counting.select(
            pl.sum_horizontal((pl.col(name).str.strip_chars() == NOT_APPLICABLE).sum() for name in read)
        )
        cells_ = counted(int(held.collect(engine="streaming").item()), "cell")
        yield f"`{NOT_APPLICABLE}` is read as not applicable: {cells_} in {counted(len(read), 'column')}."


def _columns(found: Look) -> Iterator[Column]:
    schema = found.scan.frame.collect_schema()
    for key, position in found.positions.items():
        numbers = schema[f"c{position}"].is_numeric()
        meanings = meanings_of(
            found.questionnaire,
            found.questionnaire.questions[key],
            found.settled.readings[key],
            given=found.settled.given[key],
            languages=found.settled.languages,
            seen=found.settled.seen[key],
            ending=found.table.layout.ending,
        )
        if numbers:
            read = {number_in(cell): value for cell, value in meanings.items()}
            meanings = {number: value for number, value in read.items() if number is not None}
        header = found.map.date_of(key)
        dates = None if header is None else called(found.table, found.map, header, "dates", key)
        yield Column(key, position, meanings, numbers, dates, nans=False)  # whatever reads files makes them null


def _position(table: Table, map_: Map, part: str, number: int) -> int:
    headers: Sequence[str] = getattr(map_.said, part)
    return called(table, map_, headers[number], part, number)
