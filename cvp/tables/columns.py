"""What stands in a table: which column answers which question, and what each cell means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SPACES: Final = " \t\n\r\v\f\u00a0\u2007\u202f\ufeff"
"""What is trimmed off a text: spaces, no-break ones too, line ends, and a byte-order mark."""


@dataclass(frozen=True, slots=True)
class Column:
    """One question's answers in a table: the column at `position` (from 0), and what each cell means.

    An empty or null cell is unanswered. A cell that has no meaning is a bad cell: its row is rejected. Texts are
    compared after trimming spaces (no-break spaces too) and folding case, numbers as numbers (3 and 3.0 are one).
    Cells that are spelled as in `meanings` are found fastest.
    """

    question: str  # a question's id
    position: int
    meanings: Mapping[str | float, str]  # cell → a choice's value, "?" (don't know) or "-" (not applicable)
    numbers: bool = False  # cells are numbers, else texts
    dates: int | None = None  # position of the column with the day of the newest evidence (ISO text or date), if any
    nans: bool = True  # numbers may be NaN, which is an empty cell; it costs time to look for it
