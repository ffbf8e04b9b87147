"""Pieces on pages: under one another, going on over as many pages as they need."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cvp.reports.slides.pieces import GUTTER, Beside, Piece, Plot

WIDTH: Final = 960.0
HEIGHT: Final = 540.0
"""Of a slide of 16 to 9, in points."""

MARGIN: Final = 44.0
TOP: Final = 92.0
BOTTOM: Final = 492.0
"""Between them is the room of a section's pieces; above is the title, below the footer."""

ROOM_X: Final = WIDTH - 2 * MARGIN
ROOM_Y: Final = BOTTOM - TOP
GAP: Final = 14.0
GROWTH: Final = 1.4


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece (never some side by side) where it stands."""

    piece: Piece
    box: Box


def pages(pieces: Iterable[Piece]) -> list[tuple[Placed, ...]]:
    """Every page with what stands on it. A piece that is higher than a page has one of its own."""
    done: list[list[Placed]] = [[]]
    top, queue = 0.0, deque(pieces)
    while queue:
        piece = queue.popleft()
        fitting, rest = piece.split(ROOM_X, ROOM_Y - top)
        if fitting is None and done[-1]:
            queue.appendleft(piece)
            done.append([])
            top = 0
            continue
        fitting, rest = (piece, None) if fitting is None else (fitting, rest)
        height = fitting.height(ROOM_X)
        done[-1] += _placed(fitting, Box(MARGIN, TOP + top, ROOM_X, height))
        top += height + GAP
        if rest:
            queue.appendleft(rest)
            done.append([])
            top = 0
    return [_grown(page) for page in done]


def _grown(page: list[Placed]) -> tuple[Placed, ...]:
    """With a chart that comes last, over the whole width, filling more of what would be empty below it."""
    if page and isinstance(page[-1].piece, Plot) and page[-1].box.width == ROOM_X:
        box = page[-1].box
        page[-1] = replace(page[-1], box=replace(box, height=min(GROWTH * box.height, BOTTOM - box.top)))
    return tuple(page)


def _placed(piece: Piece, box: Box) -> Iterator[Placed]:
    if isinstance(piece, Beside):
        wide = piece.column(box.width)
        for number, part in enumerate(piece.pieces):
            left = box.left + number * (wide + GUTTER)
            yield from _placed(part, Box(left, box.top, wide, part.height(wide)))
    else:
        yield Placed(piece, box)
