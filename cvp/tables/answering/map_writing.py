"""A map to start from: what was recognised in a table, and what to write where nothing was."""

import json
from collections.abc import Iterator
from typing import Final

from cvp.answers import DONT_KNOW
from cvp.errors import UnknownName
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.looking import Look, look
from cvp.tables.answering.mapping import NO_MAP
from cvp.tables.table import Table
from cvp.text import one_line, printable

_LONGEST: Final = 120
_FEW: Final = 10


def write_map(table: Table, questionnaire: Questionnaire) -> str:
    """A map as YAML, with comments, that says what `match` makes of the table. Raises Unreadable."""
    found = look(table, questionnaire, NO_MAP)
    return "\n".join([*_opening(found), *_columns(found), *_cells(found), *_rest(found)]) + "\n"


def _opening(found: Look) -> Iterator[str]:
    yield f"# What cvp makes of {found.table.name}, for `{found.questionnaire.id}`."
    yield "# Change what is wrong, and give this file with --map."
    for sentence in (found.table.reason, *found.table.remarks):
        yield f"# {sentence}"
    for problem in found.problems:
        first, *others = problem.split("\n")
        yield f"# Not clear: {first}"
        yield from (f"#   {line}" for line in others)
    yield "cvp: 1"
    yield f"dialect: {found.table.dialect}"


def _columns(found: Look) -> Iterator[str]:
    yield ""
    yield '# Question: its column, by header or by number ("#3" is the third); null where it has none.'
    yield "columns:"
    ticked = {one.question for one in found.boxes}
    for key, question in found.questionnaire.questions.items():
        label = _short(found.questionnaire.say(question.label))
        if key in found.headers.found:
            yield f"  {key}: {_name(found.table, found.headers.found[key])} # {label}"
        elif key in ticked:
            yield f"  # {key}: each of its choices has a column, which are read together # {label}"
        else:
            yield f"  # {key}: no column found; write its header here # {label}"
    if not found.headers.found:
        yield "  {}"


def _cells(found: Look) -> Iterator[str]:
    yield ""
    yield '# Question, or "*" for all: what its cells are: values, labels, numbers (1 is the first choice), scores'
    yield "# or numbers_from_0."
    settled = {key: readings[0] for key, readings in found.settled.readings.items() if len(readings) == 1}
    yield "reads:" if settled else "reads: {}"
    for key, reading in settled.items():
        yield f"  {key}: {reading.value}"
    yield ""
    yield '# Question, or "*": what further cells mean: a choice\'s value, "?" (don\'t know) or "-" (not applicable).'
    yield "cells: {}"
    for key, cells in found.settled.cells.items():
        for cell in cells.unknown[:_FEW]:
            yield f'  # {key}: {{{_quoted(str(cell))}: "{DONT_KNOW}"}} # not understood; write what it means'


def _rest(found: Look) -> Iterator[str]:
    table = found.table
    yield ""
    yield "# Columns to keep beside the results, since they tell respondents apart."
    yield f"keys: [{', '.join(_name(table, position) for position in table.layout.keys)}]"
    yield "# Columns to count by, such as a country."
    yield "segments: []"
    yield '# Question, or "*" for all: the column with the day of its newest evidence, where answers grow stale.'
    yield "dates: {}"
    yield "# Column: the cells of rows that do not count."
    yield "leave_out: {}"


def _name(table: Table, position: int) -> str:
    """The header, where it is short and names this column alone; else its number."""
    header = table.headers[position].strip()
    plain = header and len(header) <= _LONGEST and printable(header) == header and "\n" not in header
    try:
        if plain and table.position(header) == position:
            return _quoted(header)
    except UnknownName:
        pass
    return f'"#{position + 1}"'


def _quoted(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)


def _short(label: str) -> str:
    shown = one_line(label)
    return f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
