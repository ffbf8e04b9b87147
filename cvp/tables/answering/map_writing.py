"""A map to start from: what a map said of a table before, what was recognised in it, and what is still to be said."""

import json
from collections.abc import Iterator
from typing import Final

from cvp.errors import UnknownName
from cvp.matching import Cell
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.calling import called
from cvp.tables.answering.looking import Look, look
from cvp.tables.answering.mapping import ALL, NO_MAP, WHICH, Map
from cvp.tables.answering.offering import offers, written
from cvp.tables.answering.quoting import quoted
from cvp.tables.table import Table
from cvp.text import one_line, printable

_LONGEST: Final = 120
_FEW: Final = 10


def write_map(table: Table, questionnaire: Questionnaire, map_: Map = NO_MAP) -> str:
    """A map as YAML, with comments, that says what `match` makes of the table, and all that the map given says.

    What is still to be said stands in comments, each of which is a line of the map without its `#`. Raises Unreadable,
    UnknownName where the map given names a column that is not there, and Unmatched where it gives two questions one.
    """
    found = look(table, questionnaire, map_)
    for part, headers in {"keys": map_.said.keys or (), "segments": map_.said.segments}.items():
        for number, header in enumerate(headers):
            called(table, map_, header, part, number)
    for key, header in map_.said.dates.items():
        called(table, map_, header, "dates", key)
    parts = (_opening, _columns, _reads, _cells, _rest)
    return "\n".join(line for part in parts for line in part(found)) + "\n"


def _opening(found: Look) -> Iterator[str]:
    yield f"# What cvp makes of {found.table.name}, for `{found.questionnaire.id}`."
    yield "# Change what is wrong, take the # off what is missing, and give this file with --map."
    for sentence in (found.table.reason, *found.table.remarks):
        yield from _commented(sentence)
    for problem in found.problems:
        yield from _commented(f"Not clear: {problem}")
    yield "cvp: 1"
    yield f"dialect: {found.table.dialect}"


def _commented(sentence: str) -> Iterator[str]:
    first, *others = sentence.split("\n")
    yield f"# {first}"
    yield from (f"#   {line}" for line in others)


def _columns(found: Look) -> Iterator[str]:
    yield ""
    yield '# Question: its column, by header or by number ("#3" is the third); null where it has none.'
    yield "columns:"
    ticked = {one.question for one in found.boxes}
    given = found.map.said.columns
    for key, question in found.questionnaire.questions.items():
        label = _short(found.questionnaire.say(question.label))
        if key in given:
            yield f"  {key}: {_exact(header) if (header := given[key]) else 'null'} # {label}"
        elif key in found.headers.found:
            yield f"  {key}: {_name(found.table, found.headers.found[key])} # {label}"
        elif key in ticked:
            yield f"  # `{key}`: each of its choices has a column, which are read together # {label}"
        else:
            yield f"  # {key}: {_open_column(found, key)} # {label}"


def _open_column(found: Look, key: str) -> str:
    """What to write of a question whose column is not known: the one that it may be, or that none was found."""
    headers = found.headers
    if key in headers.rivals:
        return f'"#{headers.rivals[key][0] + 1}" # or another of {found.table.called(*headers.rivals[key])}'
    for position, keys in headers.torn.items():
        if key in keys:
            return f'"#{position + 1}" # or none, as this column answers several questions'
    if key in headers.close:
        close = found.table.called(*headers.close[key])
        return f'"#{headers.close[key][0] + 1}" # {close}: close, but not equal'
    return f'"{WHICH}" # no column found; write its number or header'


def _reads(found: Look) -> Iterator[str]:
    yield ""
    yield '# Question, or "*" for all: what its cells are: values, labels, numbers (1 is the first choice), scores'
    yield '# or numbers_from_0, as in "*": labels'
    yield "reads:"
    reads: dict[str, str] = {**found.map.said.reads}
    if ALL not in reads:
        reads |= {key: readings[0].value for key, readings in found.settled.readings.items() if len(readings) == 1}
    yield from (f"  {_key(key)}: {reading}" for key, reading in reads.items())


def _cells(found: Look) -> Iterator[str]:
    yield ""
    yield '# Question, or "*": what further cells mean: a choice\'s value or place ("#1" is the first),'
    yield '# "?" (don\'t know) or "-" (not applicable), as in "*": {"99": "?"}'
    yield "cells:"
    given = found.map.said.cells
    few: set[Cell] = {cell for cells in found.settled.cells.values() for cell in cells.unknown[:_FEW]}
    offered = offers(found.questionnaire, found.settled.cells, few)
    for key in (ALL, *found.questionnaire.questions):
        if key not in given and key not in offered:
            continue
        yield f"  {_key(key)}:"
        yield from (f"    {_exact(cell)}: {written(means)}" for cell, means in given.get(key, {}).items())
        for cell, means in offered.get(key, {}).items():
            what = "write which choice it means" if means == WHICH else "not understood; is this what it means?"
            yield f"    # {quoted(cell)}: {written(means)} # {what}"


def _rest(found: Look) -> Iterator[str]:
    table, said = found.table, found.map.said
    keys = [_name(table, position) for position in table.layout.keys] if said.keys is None else map(_exact, said.keys)
    yield ""
    yield "# Columns to keep beside the results, since they tell respondents apart."
    yield f"keys: [{', '.join(keys)}]"
    yield "# Columns to count by, such as a country."
    yield f"segments: [{', '.join(map(_exact, said.segments))}]"
    yield '# Question, or "*" for all: the column with the day of its newest evidence, where answers grow stale,'
    yield '# as in "*": "#3"'
    yield "dates:"
    yield from (f"  {_key(key)}: {_exact(header)}" for key, header in said.dates.items())
    yield '# Column: the cells of rows that do not count, as in "#4": ["test"]'
    yield "leave_out:"
    for header, cells in said.leave_out.items():
        yield f"  {_exact(header)}: [{', '.join(map(_exact, cells))}]"


def _key(key: str) -> str:
    return f'"{key}"' if key == ALL else key


def _name(table: Table, position: int) -> str:
    """The header, where it is short and names this column alone; else its number."""
    header = table.headers[position].strip()
    plain = header and len(header) <= _LONGEST and printable(header) == header and "\n" not in header
    try:
        if plain and table.position(header) == position:
            return quoted(header)
    except UnknownName:
        pass
    return f'"#{position + 1}"'


def _exact(text: str) -> str:
    """A text of a map as it stands there."""
    return json.dumps(text, ensure_ascii=False)


def _short(label: str) -> str:
    shown = one_line(label)
    return f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
