"""How a survey tool lays a table out: header rows, names of columns, columns of its own, rows that do not count."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Final, TypeAlias

from cvp.matching import folded
from cvp.speaking import N_

TRUE: Final = frozenset(("true", "1", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar"))
FALSE: Final = frozenset(("false", "0", "falsch", "faux", "falso", "onwaar"))
"""What becomes of yes and no in a file that Excel saved: its words for them are those of its user's language."""


class Reason(StrEnum):
    """Why a row is left out."""

    TEST = N_("a test")
    PREVIEW = N_("a preview")
    SPAM = N_("marked as spam")
    UNFINISHED = N_("unfinished")
    REJECTED = N_("rejected by a reviewer")
    MAPPED = N_("left out by the map")
    EMPTY = N_("nothing answered")


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows to leave out: those where every cell at `positions` is one of `cells`; with `others`, is none of them.

    Cells are compared folded, numbers as numbers (1 and 1,0 are one); "" is an empty one. Where `counts` has the cells
    of rows that count, people are told of all cells that no rule of the column knows.
    """

    reason: Reason
    positions: tuple[int, ...]
    cells: frozenset[str]
    others: bool = False
    counts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Head:
    """The first rows of a table as they stand, header rows first."""

    rows: tuple[tuple[str, ...], ...]

    def row(self, index: int) -> tuple[str, ...]:
        """A row, counted from 0, with a cell for each header, whatever it has; empty where there is none."""
        width = len(self.rows[0]) if self.rows else 0
        cells = self.rows[index][:width] if index < len(self.rows) else ()
        return cells + ("",) * (width - len(cells))

    @property
    def headers(self) -> tuple[str, ...]:
        return self.row(0)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The first row, folded."""
        return tuple(folded(cell) for cell in self.headers)


Fit: TypeAlias = Callable[[Head], int]
"""How many questions the columns of a table that begins so answer."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column may be known by: `names`, any of which may be a question's id or label.

    `box` is the question and the choice of a column that says whether that one choice was ticked.
    """

    names: tuple[str, ...]
    box: tuple[str, str] | None = None


class Apart(Enum):
    """How far keys tell respondents apart: in all files, in one, or only beside their answers."""

    EVERYWHERE = auto()
    IN_FILE = auto()
    WITH_ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Layout:
    """What a dialect says of one table. Positions count from 0.

    `own` are the tool's columns, which answer no question; `keys` those that tell respondents apart, as far as `apart`
    says, and stay in the output; `date` has the day of the response; `ending` is what the tool writes after an answer.
    """

    header_rows: int
    headings: tuple[Heading, ...]
    own: frozenset[int] = frozenset()
    keys: tuple[int, ...] = ()
    apart: Apart = Apart.IN_FILE
    date: int | None = None
    rules: tuple[Rule, ...] = ()
    ending: str = ""


def number_of(header: str) -> int | None:
    """3 for `#3`: the number by which someone calls a column; None for a header."""
    digits = header.removeprefix("#")
    return int(digits) if digits != header and digits.isascii() and digits.isdigit() else None


def plain_headings(head: Head) -> tuple[Heading, ...]:
    """One name a column: its header."""
    return tuple(Heading((header,)) for header in head.headers)


def positions(head: Head, *names: str) -> tuple[int, ...]:
    """Where the columns of these (folded) names are, in the order of the names, as far as they are there."""
    found = head.names
    return tuple(found.index(name) for name in names if name in found)


def first(positions_: tuple[int, ...]) -> int | None:
    return positions_[0] if positions_ else None
