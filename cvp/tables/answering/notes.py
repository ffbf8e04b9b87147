"""What people should know about how a table was read, in sentences."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from cvp.answers import DONT_KNOW
from cvp.matching import NOT_APPLICABLE, Cell, Headers, Reading, choice_near
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.boxes import Boxes, find_boxes
from cvp.tables.answering.settling import Settled
from cvp.tables.table import Table
from cvp.text import and_list, counted, one_line

_FEW: Final = 5
_EXAMPLES: Final = 3
_LONGEST: Final = 60
_LONGEST_MAPPED: Final = 500
_NUMBERS: Final = {
    Reading.NUMBERS: "Numbers are read as those of choices: 1 is the first.",
    Reading.SCORES: "Numbers are read as scores, from 0 to 1.",
}


def notes_on(
    table: Table, questionnaire: Questionnaire, headers: Headers, boxes: Sequence[Boxes], settled: Settled
) -> Iterator[str]:
    """Dialect and why, how columns were known, what was not found, and which cells mean nothing."""
    yield table.reason
    yield from table.remarks
    ways = [f"{count} by {kind}" for kind in ("id", "label", "map") if (count := list(headers.by.values()).count(kind))]
    ways += [f"{len(boxes)} by the columns of their choices"] if boxes else []
    yield f"Found the columns of {counted(sum(map(int, (w.split()[0] for w in ways))), 'question')}: {and_list(ways)}."
    known = {*headers.found, *(one.question for one in boxes)}
    used = {*headers.found.values(), *(position for one in boxes for position in one.choices), *table.layout.own}
    used |= {position for one in find_boxes(table.layout.headings, questionnaire, used) for position in one.choices}
    others = [position for position, header in enumerate(table.headers) if position not in used and header.strip()]
    if missing := [key for key in questionnaire.questions if key not in known]:
        named = _few([f"`{key}`" for key in missing])
        yield f"Not asked, and counted as unanswered: {named}.{_say(missing[0], others)}"
    if others:
        yield f"Columns that answer nothing: {table.called(*others)}."
    if settled.numbers:
        yield _NUMBERS[settled.numbers]
    yield from _unknown(table, questionnaire, headers, settled)


def _say(key: str, others: Sequence[int]) -> str:
    """How to say of a question that a column answers it, where one might."""
    if not others:
        return ""
    return f' Where a column answers one, say so in a map (--map FILE), as in\n  columns: {{{key}: "#{others[0] + 1}"}}'


def _unknown(table: Table, questionnaire: Questionnaire, headers: Headers, settled: Settled) -> Iterator[str]:
    """Which cells mean nothing, where they stand, and the lines of a map that say what they mean."""
    where: dict[Cell, list[str]] = {}
    for key, cells in settled.cells.items():
        for cell in cells.unknown:
            where.setdefault(cell, []).append(key)
    if not where:
        return
    most = sorted(where, key=lambda cell: -len(where[cell]))
    shown = _few([f"`{_cell(cell)}` ({_columns(table, headers, where[cell])})" for cell in most])
    said: dict[str, list[str]] = {}
    for cell in most[:_EXAMPLES]:
        key = where[cell][0] if len(where[cell]) == 1 else ""
        near = choice_near(questionnaire, questionnaire.questions[key], str(cell)) if key else None
        meant = near or json.dumps(cell if cell == NOT_APPLICABLE else DONT_KNOW)
        means = f"{json.dumps(_cell(cell, _LONGEST_MAPPED), ensure_ascii=False)}: {meant}"
        said.setdefault(key or '"*"', []).append(means)
    example = ", ".join(f"{key}: {{{', '.join(meanings)}}}" for key, meanings in said.items())
    yield (
        f"Rows are rejected for cells that mean nothing: {shown}. Mend them, or say in a map (--map FILE) what they "
        f'mean ("?" is don\'t know, "-" not applicable), as in\n  cells: {{{example}}}'
    )


def _columns(table: Table, headers: Headers, keys: Sequence[str]) -> str:
    if len(keys) > 1:
        return f"in {len(keys)} columns"
    return f"column {table.called(headers.found[keys[0]])}" if keys[0] in headers.found else f"`{keys[0]}`"


def _cell(cell: Cell, longest: int = _LONGEST) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return one_line(text)[:longest]


def _few(names: Collection[str]) -> str:
    shown = list(names)[:_FEW]
    more = len(names) - len(shown)
    return and_list([*shown, f"{more} more"] if more else shown)
