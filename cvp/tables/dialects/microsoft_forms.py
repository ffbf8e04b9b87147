"""Microsoft Forms: one header row, `ID`, `Start time`, `Completion time`, `Email`, `Name`, then the questions' texts.

Several answers stand in one cell, `A;B;`, with a `;` after the last: so a single answer may have one too. Texts may
hold no-break spaces. Of a Likert question each statement is taken to have a column of its own under its own text: no
such export was seen, so this is unverified. There is nothing that tells tests from answers.
"""

from typing import Final

from cvp.tables.layout import Head, Layout, plain_headings, positions

NAME: Final = "a Microsoft Forms export"
LOCALISED: Final = frozenset(("startzeit", "heure de début", "hora de inicio"))  # behind `ID`, which says nothing

_OWN: Final = (
    "id", "start time", "completion time", "email", "name", "last modified time", "language", "total points",
    "quiz feedback", "grade posted time",
)  # fmt: skip
_QUIZ: Final = ("points - ", "points – ", "feedback - ", "feedback – ")


def recognise(head: Head) -> str | None:
    if head.names[:3] == ("id", "start time", "completion time"):
        return "its first headers are `ID`, `Start time` and `Completion time`"
    return None


def layout(head: Head) -> Layout:
    graded = {index for index, name in enumerate(head.names) if name.startswith(_QUIZ)}
    own = {0, 1, 2, *positions(head, *_OWN), *graded} & set(range(len(head.names)))
    return Layout(
        1, plain_headings(head), frozenset(own), keys=(0,), date=2 if len(head.names) > 2 else None, ending=";"
    )
