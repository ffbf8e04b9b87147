"""What people should know about how a table was read, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cvp.matching import Cell, Headers, Reading, headline, near, number_in
from cvp.matching.cells import texts_of
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.boxes import Boxes, find_boxes
from cvp.tables.answering.mapping import WHICH, Map
from cvp.tables.answering.offering import in_a_map, offers, say_scale
from cvp.tables.answering.quoting import few, in_ticks, shown
from cvp.tables.answering.settling import Settled
from cvp.tables.table import Table
from cvp.text import and_list, counted

_EXAMPLES: Final = 3
_LITTLE_LIKE: Final = 0.45
_NUMBERS: Final = {
    Reading.NUMBERS: "Numbers are read as those of choices: 1 is the first.",
    Reading.SCORES: "Numbers are read as scores, from 0 to 1.",
}


def notes_on(
    table: Table, questionnaire: Questionnaire, map_: Map, headers: Headers, boxes: Sequence[Boxes], settled: Settled
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
        named = few(f"`{key}`" for key in missing)
        open_ = [key for key in missing if key not in map_.said.columns]
        say = _say(table, questionnaire, open_, others) if open_ and others else ""
        yield f"Not asked, and counted as unanswered: {named}.{say}"
    if others:
        yield f"Columns that answer nothing: {table.called(*others)}."
    if settled.numbers:
        yield _NUMBERS[settled.numbers]
    if settled.example:
        yield f"Numbers alone mean what numbers before labels say, as in {in_ticks(settled.example)}."
    elif numbered := [cell for cells in settled.cells.values() for cell in cells.numbered]:
        yield f"Numbers before answers are passed over, as in {in_ticks(numbered[0])}."
    yield from _unknown(table, questionnaire, headers, settled)


def _say(table: Table, questionnaire: Questionnaire, keys: Sequence[str], others: Sequence[int]) -> str:
    """How to say of a question that a column answers it: of those left, one whose header is a little like the label."""
    headers = {headline(table.headers[position]): position for position in reversed(others)}
    labels = [(key, headline(text)) for key in keys for text in texts_of(questionnaire.questions[key].label)]
    like = ((key, headers[name]) for key, label in labels for name in near(label, headers, _LITTLE_LIKE))
    key, position = next(like, (keys[0], others[0] if len(others) == 1 else None))
    column = WHICH if position is None else f"#{position + 1}"
    return f' Where a column answers one, say so in a map (--map FILE), as in\n  columns: {{{key}: "{column}"}}'


def _unknown(table: Table, questionnaire: Questionnaire, headers: Headers, settled: Settled) -> Iterator[str]:
    """Which cells mean nothing, where they stand, and the lines of a map that say what they mean."""
    where: dict[Cell, list[str]] = {}
    beyond: dict[Cell, list[str]] = {}
    for key, cells in settled.cells.items():
        for cell in cells.unknown:
            (beyond if number_in(cell) in cells.scale else where).setdefault(cell, []).append(key)
    if beyond:
        named = _named(table, headers, beyond)
        key = next(iter(beyond.values()))[0]
        what = say_scale(questionnaire, key, settled.cells)
        yield f"Rows are rejected for numbers beyond the choices: {named}. {what}"
    if where:
        examples = _most(where)[:_EXAMPLES]
        meant = offers(questionnaire, settled.cells, examples)
        named_cells = {*map(shown, examples)}
        meant = {
            key: {cell: value for cell, value in of.items() if value != WHICH or cell in named_cells}
            for key, of in meant.items()
        }
        place = ', "#1" the first choice' if any(WHICH in of.values() for of in meant.values()) else ""
        named = _named(table, headers, where)
        yield (
            f"Rows are rejected for cells that mean nothing: {named}. Mend them, or say in a map (--map FILE) what "
            f'they mean ("?" is don\'t know, "-" not applicable{place}), as in\n'
            f"  cells: {in_a_map({key: of for key, of in meant.items() if of})}"
        )


def _most(where: Mapping[Cell, Sequence[str]]) -> list[Cell]:
    """The cells, those first that are in the most columns."""
    return sorted(where, key=lambda cell: -len(where[cell]))


def _named(table: Table, headers: Headers, where: Mapping[Cell, Sequence[str]]) -> str:
    return few(f"{in_ticks(cell)} ({_columns(table, headers, where[cell])})" for cell in _most(where))


def _columns(table: Table, headers: Headers, keys: Sequence[str]) -> str:
    if len(keys) > 1:
        return f"in {len(keys)} columns"
    return f"column {table.called(headers.found[keys[0]])}" if keys[0] in headers.found else f"`{keys[0]}`"
