"""Microsoft Forms: one header row, `ID`, `Start time`, `Completion time`, `Email`, `Name`, then the questions' texts.

The first five are in the language of whoever exports, of which English, German, French and Spanish are known.
Several answers stand in one cell, `A;B;`, with a `;` after the last: so a single answer may have one too. Texts may
hold no-break spaces. Of a Likert question each statement is taken to have a column of its own under its own text: no
such export was seen, so this is unverified. There is nothing that tells tests from answers.
"""

from typing import Final

from cvp.matching import folded
from cvp.tables.layout import Head, Layout, plain_headings, positions
from cvp.text import and_list

NAME: Final = "a Microsoft Forms export"
LOCALISED: Final = frozenset(("startzeit", "heure de début", "hora de inicio"))  # behind `ID`, which says nothing

_MARKS: Final = (
    ("ID", "Start time", "Completion time"),
    ("ID", "Startzeit", "Fertigstellungszeit"),
    ("ID", "Heure de début", "Heure de fin"),
    ("ID", "Hora de inicio", "Hora de finalización"),
)
_OWN: Final = (
    "id", "start time", "completion time", "email", "name", "last modified time", "language", "total points",
    "quiz feedback", "grade posted time",
    "e-mail", "adresse de messagerie", "nom", "heure de la dernière modification",
    "correo electrónico", "nombre", "hora de la última modificación",
)  # fmt: skip
_QUIZ: Final = ("points - ", "points – ", "feedback - ", "feedback – ")


def recognise(head: Head) -> str | None:
    found = next((marks for marks in _MARKS if head.names[:3] == tuple(map(folded, marks))), None)
    return f"its first headers are {and_list([f'`{header}`' for header in found])}" if found else None


def layout(head: Head) -> Layout:
    graded = {index for index, name in enumerate(head.names) if name.startswith(_QUIZ)}
    own = {0, 1, 2, *positions(head, *_OWN), *graded} & set(range(len(head.names)))
    return Layout(
        1, plain_headings(head), frozenset(own), keys=(0,), date=2 if len(head.names) > 2 else None, ending=";"
    )
