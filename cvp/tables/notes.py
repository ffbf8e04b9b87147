"""What people should know about how a table was read, in sentences."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from cvp.matching import Headers, Reading
from cvp.questionnaire import Questionnaire
from cvp.tables.boxes import Boxes, find_boxes
from cvp.tables.settling import Settled
from cvp.tables.table import Table
from cvp.text import and_list, counted, one_line

_FEW: Final = 5
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
    if missing := [f"`{key}`" for key in questionnaire.questions if key not in known]:
        yield f"Not asked, and counted as unanswered: {_few(missing)}."
    used = {*headers.found.values(), *(position for one in boxes for position in one.choices), *table.layout.own}
    used |= {position for one in find_boxes(table.layout.headings, questionnaire, used) for position in one.choices}
    if others := [position for position, header in enumerate(table.headers) if position not in used and header.strip()]:
        yield f"Columns that answer nothing: {table.called(*others)}."
    if settled.numbers:
        yield _NUMBERS[settled.numbers]
    for key, cells in settled.cells.items():
        if cells.unknown:
            shown = _few([f"`{one_line(str(cell))[:60]}`" for cell in cells.unknown])
            where = f" (column {table.called(headers.found[key])})" if key in headers.found else ""
            yield f"Rows are rejected for cells of `{key}`{where} that mean nothing: {shown}."


def _few(names: Collection[str]) -> str:
    shown = list(names)[:_FEW]
    more = len(names) - len(shown)
    return and_list([*shown, f"{more} more"] if more else shown)
