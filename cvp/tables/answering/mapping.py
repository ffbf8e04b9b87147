"""The map: a YAML file in which somebody says of a table what cannot be told from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BeforeValidator, StringConstraints

from cvp.answers import DONT_KNOW
from cvp.document import Document, Fault
from cvp.errors import Unmatched
from cvp.matching import NOT_APPLICABLE, Meanings, Reading
from cvp.model import Format, Frozen, Id, Line
from cvp.questionnaire import Question, Questionnaire
from cvp.reading import read_document
from cvp.rules.shape import did_you_mean
from cvp.rules.sound import sound
from cvp.text import one_line

ALL: Final = "*"
"""Stands for every question in a map."""
WHICH: Final = "#N"
"""Stands for what somebody must look up, as the place of a choice; a map that still says it is refused."""

_COMMENT: Final = re.compile(r"\s*(#[^\s#]\S*)")
_PARTS: Final = ("dialect", "columns", "cells", "reads", "dates", "keys", "segments", "leave_out")

Of = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*)$", max_length=64)]
Cell = Annotated[str, StringConstraints(max_length=10_000)]


def _for_all(value: Any) -> Any:
    return {ALL: value} if isinstance(value, str) else _none_said(value)


def _none_said(value: Any) -> Any:
    """A part of which only comments are there says nothing, as an empty one does."""
    return {} if value is None else value


Key = TypeVar("Key")
Value = TypeVar("Value")
Part = Annotated[dict[Key, Value], BeforeValidator(_none_said)]


class Said(Frozen):
    """What a map says. Headers may be numbers of columns: `#3` is the third.

    `columns`: question → its column, null for none. `cells`: question or `*` → what cells mean: a choice's value or
    place (`#1` is the first), `?` or `-`. `reads`: question or `*` → what its cells are. `dates`: question or `*` → the
    column with the day of its newest evidence, as 2013-02-12. `keys`: columns to keep beside the results; `segments`:
    columns to count by; `leave_out`: column → cells of rows that do not count.
    """

    cvp: Format = 1
    dialect: Line | None = None
    columns: Part[Id, Line | None] = {}
    cells: Part[Of, Part[Cell, Line]] = {}
    reads: Part[Of, Literal["values", "labels", "numbers", "scores", "numbers_from_0"]] = {}
    dates: Annotated[dict[Of, Line], BeforeValidator(_for_all)] = {}
    keys: tuple[Line, ...] | None = None
    segments: tuple[Line, ...] = ()
    leave_out: Part[Line, tuple[Cell, ...]] = {}


@dataclass(frozen=True)
class Map:
    """A map, and where in its file each thing is said."""

    said: Said = field(default_factory=Said)
    document: Document = field(default_factory=lambda: Document("the map", ""))

    def cells_of(self, questionnaire: Questionnaire, question: str) -> Meanings:
        """What the map says that cells of the question's column mean; what is said of the one comes before all."""
        said = {**self.said.cells.get(ALL, {}), **self.said.cells.get(question, {})}
        places = _places(questionnaire, [questionnaire.questions[question]])
        return {cell: places.get(meaning, meaning) for cell, meaning in said.items()}

    def reading_of(self, question: str) -> Reading | None:
        """What the map says that the cells of the question's column are."""
        found = self.said.reads.get(question) or self.said.reads.get(ALL)
        return Reading(found) if found else None

    def date_of(self, question: str) -> str | None:
        """The header of the column with the day of the question's evidence."""
        return self.said.dates.get(question) or self.said.dates.get(ALL)

    def at(self, *route: str | int) -> str:
        """Where something is said, as messages write it."""
        place = self.document.place(route, on_key=True)
        return f"{one_line(self.document.name)}:{place.line}:{place.column}"


NO_MAP: Final = Map()


def read_map(name: str, questionnaire: Questionnaire) -> Map:
    """The map in a file, or on standard input (`-`).

    Raises Unreadable, Invalid with what is wrong with its form, and Unmatched where it names what the questionnaire has
    not.
    """
    document = read_document(name)
    found = Map(sound(Said, document, lambda said: _commented_out(said, document)), document)
    if unknown := list(_unknown(found, questionnaire)):
        raise Unmatched("\n".join(unknown[:20]))
    return found


def _unknown(found: Map, questionnaire: Questionnaire) -> Iterator[str]:
    """A sentence for each question and choice that the map names and the questionnaire has not."""
    said = found.said
    parts: Mapping[str, Mapping[str, object]] = {
        "columns": said.columns,
        "cells": said.cells,
        "reads": said.reads,
        "dates": said.dates,
    }
    for part, of in parts.items():
        for key in of:
            if key != ALL and key not in questionnaire.questions:
                hint = did_you_mean(key, questionnaire.questions) or f"see: cvp show {questionnaire.id}"
                yield f"{found.at(part, key)}: `{questionnaire.id}` asks no question `{key}`; {hint}"
    for header, left_out in said.leave_out.items():
        if WHICH in left_out:
            yield (
                f"{found.at('leave_out', header)}: `{WHICH}` stands for cells that you choose; write those of the rows "
                "that do not count"
            )
    for key, meanings in said.cells.items():
        asked = [questionnaire.questions[key]] if key in questionnaire.questions else []
        asked = list(questionnaire.questions.values()) if key == ALL else asked
        known, places = _common_values(questionnaire, asked), _places(questionnaire, asked)
        for cell, value in meanings.items():
            if asked and value not in {*known, *places, DONT_KNOW, NOT_APPLICABLE}:
                hint = _not_by_place(places) if value.startswith("#") else _not_by_value(value, known, places)
                whose = "all questions share" if key == ALL else f"`{key}` has"
                yield f"{found.at('cells', key, cell)}: `{one_line(value)}` is no choice that {whose}; {hint}"


def _not_by_value(value: str, known: Sequence[str], places: Mapping[str, str]) -> str:
    if f"#{value}" in places:
        return f'where you mean its place, write "#{value}"'
    return did_you_mean(value, known) or f"its choices are {', '.join(known) or 'not those of all others'}"


def _not_by_place(places: Mapping[str, str]) -> str:
    if places:
        return f'write its place, from "#1", the first, to "#{len(places)}", the last'
    return "they have choices of different number, so say it of each question"


def _places(questionnaire: Questionnaire, asked: Sequence[Question]) -> dict[str, str]:
    """`#1`, `#2`, … → the first question's choices; empty where the questions have not all as many."""
    choices = [questionnaire.choices_of(question) for question in asked]
    if len({len(several) for several in choices}) != 1:
        return {}
    return {f"#{place}": choice.value for place, choice in enumerate(choices[0], 1)}


def _commented_out(said: Said, document: Document) -> Iterator[Fault]:
    """Entries that YAML reads as empty, since what they should say begins with `#`, unquoted."""
    empty = [("columns", key) for key, header in said.columns.items() if header is None]
    for route in [*empty, *((part,) for part in _PARTS if document.at((part,)) is None)]:
        place = document.place(route)
        comment = _COMMENT.match(document.line(place.line)[place.column - 1 :]) if route in document.values else None
        if comment:
            message = f"`{route[-1]}` is empty, since `{comment[1]}` without quotation marks is a comment"
            help_ = f'put it in quotation marks: "{comment[1]}"' + (", or write null for none" if route[1:] else "")
            yield Fault(message, route, on_key=True, kind="wrong_value", help=help_)


def _common_values(questionnaire: Questionnaire, asked: Sequence[Question]) -> list[str]:
    """The values that the choices of all these questions have, in order."""
    values = [[choice.value for choice in questionnaire.choices_of(question)] for question in asked]
    return [value for value in (values[0] if values else []) if all(value in others for others in values)]
