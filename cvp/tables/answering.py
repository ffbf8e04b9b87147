"""Which column of a table answers which question, and what its cells mean; or what is not clear about that."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from cvp.errors import UnknownName, Unmatched
from cvp.matching import Cell, Headers, match_headers, meanings_of, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.boxes import Boxes, find_boxes
from cvp.tables.coding import Seen, coded, seen_in
from cvp.tables.columns import Column
from cvp.tables.doubts import header_problems, nothing_matched
from cvp.tables.layout import Reason, Rule
from cvp.tables.mapping import NO_MAP, Map
from cvp.tables.notes import notes_on
from cvp.tables.reading import told
from cvp.tables.repeats import repeats_in
from cvp.tables.scanning import Scan, Scanning, Way
from cvp.tables.settling import Settled, settle
from cvp.tables.table import Table
from cvp.text import counted

LOOKED_AT: Final = 10_000
"""Rows by which it is settled what cells are; what comes later and does not fit is rejected."""

_MOST_PROBLEMS: Final = 10
_MOST_CELLS: Final = 1_000

Named = tuple[int, str]
"""A column: its position and its header."""


@dataclass(frozen=True)
class Matched:
    """A table whose columns are known. Positions count from 0 and mean the columns `c0`, `c1`, … of `frame`.

    `keys` are columns that tell respondents apart, `segments` those to count by, `date` the day of the response.
    `unasked` are questions that no column answers; `notes` are sentences to print.
    """

    table: Table
    way: Way
    keys: tuple[Named, ...]
    segments: tuple[Named, ...]
    date: Named | None
    unasked: tuple[str, ...]
    notes: tuple[str, ...]
    scanning: Scanning
    seen: Seen

    def ways(self, questionnaire: Questionnaire, kept: Collection[int]) -> tuple[Way, ...]:
        """Ways of reading it, the surest last; in all of them the columns `kept` are the same."""
        faster = coded(self.way, self.scanning, self.seen, kept, questionnaire)
        return (faster, self.way) if faster else (self.way,)


@dataclass(frozen=True)
class Look:
    """What was made out about a table, as far as it goes, and what is not clear: `problems` are sentences."""

    table: Table
    questionnaire: Questionnaire
    map: Map
    headers: Headers
    boxes: tuple[Boxes, ...]
    scanning: Scanning
    scan: Scan
    settled: Settled
    sample: pl.DataFrame
    problems: tuple[str, ...]

    @property
    def positions(self) -> dict[str, int]:
        """Question → the position of its column, in the questionnaire's order."""
        width = len(self.table.headers)
        found = {**self.headers.found, **{one.question: width + index for index, one in enumerate(self.boxes)}}
        return {key: found[key] for key in self.questionnaire.questions if key in found}


def match(table: Table, questionnaire: Questionnaire, map_: Map = NO_MAP) -> Matched:
    """Matches columns to questions and cells to choices.

    Raises Unmatched with everything that is not clear and the lines of a map that make it so, UnknownName where the map
    names a column that is not there, Unreadable where rows cannot be read.
    """
    found = look(table, questionnaire, map_)
    if found.problems:
        more = len(found.problems) - _MOST_PROBLEMS
        lines = [*found.problems[:_MOST_PROBLEMS], *([f"and {counted(more, 'problem')} more"] if more > 0 else [])]
        raise Unmatched("\n".join(lines))
    keys = [_position(table, map_, "keys", number) for number in range(len(map_.said.keys or ()))]
    segments = [_position(table, map_, "segments", number) for number in range(len(map_.said.segments))]
    date = table.layout.date
    told_apart = _named(table, table.layout.keys if map_.said.keys is None else keys)
    with told(table.name, table.parts):
        repeats = list(repeats_in(table, found.scan, told_apart))
    return Matched(
        table=table,
        way=Way(found.scan, tuple(_columns(found))),
        keys=told_apart,
        segments=_named(table, segments),
        date=None if date is None else (date, table.headers[date]),
        unasked=tuple(key for key in questionnaire.questions if key not in found.positions),
        notes=(*notes_on(table, questionnaire, found.headers, found.boxes, found.settled), *repeats),
        scanning=found.scanning,
        seen=seen_in(found.sample),
    )


def look(table: Table, questionnaire: Questionnaire, map_: Map) -> Look:
    """Everything that can be made out. Raises UnknownName and Unreadable."""
    given = {key: _given(table, map_, key) for key in map_.said.columns}
    mapped = {position for position in given.values() if position is not None}
    own = table.layout.own - mapped
    boxes = find_boxes(table.layout.headings, questionnaire, {*own, *mapped})
    ticks = {position for one in boxes for position in one.choices}
    headers = match_headers([heading.names for heading in table.layout.headings], questionnaire, own | ticks, given)
    boxes = tuple(one for one in boxes if one.question not in {*headers.found, *headers.rivals, *given})
    width = len(table.headers)
    positions = [*headers.found.values(), *range(width, width + len(boxes))]
    columns = dict(zip((*headers.found, *(one.question for one in boxes)), positions, strict=True))
    rules = (*table.layout.rules, *_leave_out(table, map_))
    scanning = Scanning(table, boxes, rules, tuple(positions))
    with told(table.name, table.parts):
        scan = scanning.scan()
        sample = scan.sample(positions, LOOKED_AT)
        ending = table.layout.ending
        seen = _distinct(sample.lazy(), columns, ending)
        readable = {key: cells for key, cells in seen.items() if _holds_cells(sample.schema[f"c{columns[key]}"])}
        settled = settle(
            questionnaire,
            map_,
            readable,
            lambda few: _distinct(scan.counting, {key: columns[key] for key in few}, ending),
        )
    unclear = list(header_problems(table, headers))
    problems = [
        *(unclear if unclear or columns else [nothing_matched(table, questionnaire)]),
        *(f"{_place(table, headers, key)} {problem}" for key, problem in settled.problems.items()),
        *(f"{_place(table, headers, key)} holds neither texts nor numbers" for key in seen if key not in readable),
    ]
    return Look(table, questionnaire, map_, headers, boxes, scanning, scan, settled, sample, tuple(problems))


def _columns(found: Look) -> Iterator[Column]:
    schema = found.scan.frame.collect_schema()
    for key, position in found.positions.items():
        numbers = schema[f"c{position}"].is_numeric()
        meanings = meanings_of(
            found.questionnaire,
            found.questionnaire.questions[key],
            found.settled.readings[key],
            given=found.map.cells_of(key),
            languages=found.settled.languages,
            seen=found.settled.seen[key],
            ending=found.table.layout.ending,
        )
        if numbers:
            read = {number_in(cell): value for cell, value in meanings.items()}
            meanings = {number: value for number, value in read.items() if number is not None}
        header = found.map.date_of(key)
        dates = None if header is None else _called(found.table, found.map, header, "dates", key)
        yield Column(key, position, meanings, numbers, dates)


def _distinct(frame: pl.LazyFrame, columns: Mapping[str, int], ending: str) -> dict[str, list[Cell]]:
    """By question, the distinct cells of its column less the ending that the tool may write, at most a thousand."""
    lists = [
        pl.col(f"c{position}").drop_nulls().unique(maintain_order=True).head(_MOST_CELLS).implode().alias(key)
        for key, position in columns.items()
    ]
    found = frame.select(lists).collect(engine="streaming")
    return {key: list(dict.fromkeys(_cell(cell, ending) for cell in found[key][0])) for key in columns}


def _cell(cell: object, ending: str) -> Cell:
    if isinstance(cell, str):
        return cell.strip().removesuffix(ending)
    return float(cell) if isinstance(cell, int | float) else str(cell)


def _holds_cells(dtype: pl.DataType) -> bool:
    return dtype in (pl.String, pl.Null) or dtype.is_numeric()


def _leave_out(table: Table, map_: Map) -> Iterator[Rule]:
    for header, cells in map_.said.leave_out.items():
        position = _called(table, map_, header, "leave_out", header)
        yield Rule(Reason.MAPPED, (position,), frozenset(cells))


def _given(table: Table, map_: Map, key: str) -> int | None:
    header = map_.said.columns[key]
    return None if header is None else _called(table, map_, header, "columns", key)


def _position(table: Table, map_: Map, part: str, number: int) -> int:
    headers: Sequence[str] = getattr(map_.said, part)
    return _called(table, map_, headers[number], part, number)


def _called(table: Table, map_: Map, header: str, *route: str | int) -> int:
    try:
        return table.position(header)
    except UnknownName as error:
        raise UnknownName(f"{map_.at(*route)}: {error}") from None


def _named(table: Table, positions: Sequence[int]) -> tuple[Named, ...]:
    return tuple((position, table.headers[position]) for position in positions)


def _place(table: Table, headers: Headers, key: str) -> str:
    """The column of a question, as messages begin with it."""
    where = f"column {table.called(headers.found[key])}" if key in headers.found else "its ticked columns"
    return f"{table.name}: {where} answers `{key}`, but"
