"""Google Forms: one header row, `Timestamp` and then the questions' texts.

Several answers stand in one cell with `;` (from Forms) or `, ` (from Sheets) between them, which is no answer to a
question that has one. Of a grid, `Question [Row]`, the row is tried as a label too: no such export was seen, so this
is unverified. There is nothing that tells tests from answers.
"""

import re
from typing import Final

from cvp.tables.layout import Apart, Head, Heading, Layout, positions

NAME: Final = "a Google Forms export"
LOCALISED: Final = frozenset(
    ("zeitstempel", "horodateur", "marca temporal", "informazioni cronologiche", "carimbo de data/hora", "tijdstempel")
)

_OWN: Final = ("timestamp", "username", "email address", "score")
_GRID: Final = re.compile(r".*\[([^\[\]]+)\]\s*", re.DOTALL)
_QUIZ: Final = ("score", "feedback")


def recognise(head: Head) -> str | None:
    return "its first header is `Timestamp`" if head.names[:1] == ("timestamp",) else None


def layout(head: Head) -> Layout:
    headings = tuple(_heading(header) for header in head.headers)
    graded = {index for index, heading in enumerate(headings) if not heading.names}
    return Layout(
        1,
        headings,
        own=frozenset({0, *positions(head, *_OWN), *graded}),
        keys=(0,),
        apart=Apart.WITH_ANSWERS,  # strangers send a form in the same second
        date=0,
    )


def _heading(header: str) -> Heading:
    grid = _GRID.fullmatch(header)
    if grid and grid[1].strip().casefold() in _QUIZ:
        return Heading(())
    return Heading((header, grid[1]) if grid else (header,))
