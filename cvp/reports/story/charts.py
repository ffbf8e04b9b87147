"""Pictures as data. Scores are shares from 0 to 1, None where nothing is known; a format draws them as it can.

Each has `alt`, the sentence that says what is to be seen, and can be said as a table, so that no reader depends on
seeing it.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder: its score with bounds, the threshold of its gate, and a word for the gate."""

    level: int
    name: str
    score: float | None
    low: float
    high: float
    passing: float
    state: str
    here: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The four levels, lowest first; `unit` is what their scores are."""

    alt: str
    rungs: tuple[Rung, ...]
    unit: str = "score"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `aside` is said beside it, `low` and `high` are an interval where there is one."""

    label: str
    share: float | None
    aside: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares side by side."""

    alt: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One criterion of a heat map: its score, and what was answered in words; `mark` is a sign such as `*`."""

    label: str
    share: float | None
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Criteria by level: a title and its tiles."""

    alt: str
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cell of a matrix: its score, and what stands in it: the score, or why there is none."""

    share: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows under columns: a cell for each column in every row; `corner` says what the rows are."""

    alt: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Crossing, ...]], ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """Votes on one question, lowest choice first; `earlier` are those of the round before."""

    label: str
    choices: tuple[str, ...]
    votes: tuple[int, ...]
    dont_know: int
    words: str
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dots:
    """How a room voted."""

    alt: str
    polls: tuple[Poll, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Something done from day `start` to day `end`, in working days from 0; `group` is the level it is for."""

    label: str
    start: int
    end: int
    group: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moves one after the other; `marks` are days with a name, such as 21 for day 30 of the calendar."""

    alt: str
    spans: tuple[Span, ...]
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values of one thing; `words` say what their difference means."""

    label: str
    first: float | None
    second: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """Two measurements side by side, as before and after, or claim and buyers."""

    alt: str
    first: str
    second: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """One value over time, each with the day or name of its point; `low`…`top` is the scale."""

    alt: str
    label: str
    points: tuple[tuple[str, float], ...]
    bottom: float = 0
    top: float = 1


Chart: TypeAlias = Ladder | Bars | HeatMap | Matrix | Dots | Timeline | Dumbbells | Trend
