"""A look at a table: its columns matched to questions and their first cells understood, as far as that goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

import polars as pl

from cvp.matching import Cell, Headers, match_headers
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.boxes import Boxes, find_boxes
from cvp.tables.answering.calling import called, given_columns
from cvp.tables.answering.doubts import header_problems, nothing_matched
from cvp.tables.answering.mapping import Map
from cvp.tables.answering.scanning import Scan, Scanning
from cvp.tables.answering.settling import Settled, settle
from cvp.tables.layout import Reason, Rule
from cvp.tables.reading import polars_told
from cvp.tables.table import Table

FIRST_ROWS: Final = 10_000
"""Rows by which it is settled what cells are, with those of rows that these would reject."""

Later: TypeAlias = Mapping[str, Sequence[Cell]]
"""By question, distinct cells of its column that the first rows do not show."""
NONE_LATER: Final[Later] = MappingProxyType({})

MOST_CELLS: Final = 1_000


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


def look(table: Table, questionnaire: Questionnaire, map_: Map, later: Later = NONE_LATER) -> Look:
    """Everything that can be made out of the first rows and of cells from later ones.

    Raises UnknownName, Unreadable, and Unmatched where the map gives one column to several questions.
    """
    given = given_columns(table, map_)
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
    with polars_told(table.name, table.parts):
        scan = scanning.scan()
        sample = scan.sample(positions, FIRST_ROWS)
        ending = table.layout.ending
        first = distinct_cells(sample.lazy(), columns, ending)
        seen = {key: list(dict.fromkeys([*cells, *later.get(key, ())])) for key, cells in first.items()}
        readable = {key: cells for key, cells in seen.items() if _holds_cells(sample.schema[f"c{columns[key]}"])}
        settled = settle(
            questionnaire,
            map_,
            readable,
            lambda few: distinct_cells(scan.counting, {key: columns[key] for key in few}, ending),
        )
    unclear = list(header_problems(table, headers))
    problems = [
        *(unclear if unclear or columns else [nothing_matched(table, questionnaire)]),
        *(f"{_place(table, headers, key)} {problem}" for key, problem in settled.problems.items()),
        *(f"{_place(table, headers, key)} holds neither texts nor numbers" for key in seen if key not in readable),
    ]
    return Look(table, questionnaire, map_, headers, boxes, scanning, scan, settled, sample, tuple(problems))


def distinct_cells(frame: pl.LazyFrame, columns: Mapping[str, int], ending: str) -> dict[str, list[Cell]]:
    """By question, the distinct cells of its column less the ending that the tool may write, at most a thousand."""
    lists = [
        pl.col(f"c{position}").drop_nulls().unique(maintain_order=True).head(MOST_CELLS).implode().alias(key)
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
        position = called(table, map_, header, "leave_out", header)
        yield Rule(Reason.MAPPED, (position,), frozenset(cells))


def _place(table: Table, headers: Headers, key: str) -> str:
    """The column of a question, as messages begin with it."""
    where = f"column {table.called(headers.found[key])}" if key in headers.found else "its ticked columns"
    return f"{table.name}: {where} answers `{key}`, but"
