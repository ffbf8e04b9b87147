"""The map: a YAML file in which somebody says of a table what cannot be told from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, StringConstraints

from cvp.answers import DONT_KNOW
from cvp.document import Document
from cvp.errors import Unmatched
from cvp.finding import Invalid
from cvp.matching import NOT_APPLICABLE, Meanings, Reading
from cvp.model import Format, Frozen, Id, Line
from cvp.questionnaire import Question, Questionnaire
from cvp.reading import read_document
from cvp.rules import RULES, check
from cvp.rules.shape import did_you_mean, validated
from cvp.rules.subject import Subject
from cvp.text import one_line

ALL: Final = "*"
"""Stands for every question in a map."""

Of = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*)$", max_length=64)]
Cell = Annotated[str, StringConstraints(max_length=10_000)]

_SHAPE: Final = tuple(rule for rule in RULES if rule.family == "1" and rule.name != "unrecognised")


def _for_all(value: Any) -> Any:
    return {ALL: value} if isinstance(value, str) else value


class Said(Frozen):
    """What a map says. Headers may be numbers of columns: `#3` is the third.

    `columns`: question → its column, null for none. `cells`: question or `*` → what cells mean: a choice's value, `?`
    or `-`. `reads`: question or `*` → what its cells are. `dates`: question or `*` → the column with the day of its
    newest evidence, as 2013-02-12. `keys`: columns to keep beside the results; `segments`: columns to count by;
    `leave_out`: column → cells of rows that do not count.
    """

    cvp: Format = 1
    dialect: Line | None = None
    columns: dict[Id, Line | None] = {}
    cells: dict[Of, dict[Cell, Line]] = {}
    reads: dict[Of, Literal["values", "labels", "numbers", "scores", "numbers_from_0"]] = {}
    dates: Annotated[dict[Of, Line], BeforeValidator(_for_all)] = {}
    keys: tuple[Line, ...] | None = None
    segments: tuple[Line, ...] = ()
    leave_out: dict[Line, tuple[Cell, ...]] = {}


@dataclass(frozen=True)
class Map:
    """A map, and where in its file each thing is said."""

    said: Said = field(default_factory=Said)
    document: Document = field(default_factory=lambda: Document("the map", ""))

    def cells_of(self, question: str) -> Meanings:
        """What the map says that cells of the question's column mean; what is said of the one comes before all."""
        said = {**self.said.cells.get(ALL, {}), **self.said.cells.get(question, {})}
        return {cell: meaning for cell, meaning in said.items()}  # noqa: C416

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
    said, faults = validated(Said, document)
    if findings := check(Subject(document, "unknown", tuple(faults)), _SHAPE):
        raise Invalid(findings)
    assert said
    found = Map(said, document)
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
    for key, meanings in said.cells.items():
        asked = [questionnaire.questions[key]] if key in questionnaire.questions else []
        asked = list(questionnaire.questions.values()) if key == ALL else asked
        known = _common_values(questionnaire, asked)
        for cell, value in meanings.items():
            if asked and value not in {*known, DONT_KNOW, NOT_APPLICABLE}:
                hint = did_you_mean(value, known) or f"its choices are {', '.join(known) or 'not those of all others'}"
                whose = "all questions share" if key == ALL else f"`{key}` has"
                yield f"{found.at('cells', key, cell)}: `{one_line(value)}` is no choice that {whose}; {hint}"


def _common_values(questionnaire: Questionnaire, asked: Sequence[Question]) -> list[str]:
    """The values that the choices of all these questions have, in order."""
    values = [[choice.value for choice in questionnaire.choices_of(question)] for question in asked]
    return [value for value in (values[0] if values else []) if all(value in others for others in values)]
