"""What a slide is made of, before it is drawn: words, grids and plots. Each knows its height at a width, and where it
may be split. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from cvp.reports.slides.measuring import LEADING, lines_of
from cvp.reports.story.charts import Chart

Colour: TypeAlias = Literal["ink", "quiet", "accent", "good", "bad"]

PAD_X: Final = 6.0
PAD_Y: Final = 4.0
"""Of a cell of a grid, on each side."""

GUTTER: Final = 24.0
"""Between pieces side by side."""

BULLET, NUMBER = 1.2, 2.0
"""The indent of an entry behind its mark, in sizes of its type."""

FEW_ROWS: Final = 3
"""A slide that a table goes on over gets so many rows, if the one before keeps as many."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one type; `whole` is what was shortened to it, which the notes then say."""

    text: str
    bold: bool = False
    colour: Colour = "ink"
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: runs of one size behind a mark (a bullet, a number), with a gap above it."""

    runs: tuple[Run, ...]
    size: float
    mark: str = ""
    right: bool = False
    gap: float = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def indent(self) -> float:
        return self.size * (NUMBER if self.mark[:1].isdigit() else BULLET) if self.mark else 0

    def height(self, width: float) -> float:
        room = width - self.indent
        bold = any(run.bold for run in self.runs)
        return self.gap + lines_of(self.text, room, self.size, bold) * self.size * LEADING


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs under one another."""

    lines: tuple[Line, ...]

    def height(self, width: float) -> float:
        return sum(line.height(width) for line in self.lines)

    def split(self, width: float, height: float) -> tuple[Words | None, Words | None]:
        """What fits, and the rest; between paragraphs, and not right below the first where that is a title."""
        ends = list(accumulate(line.height(width) for line in self.lines))
        fitting = sum(end <= height for end in ends)
        if fitting == len(ends):
            return self, None
        if fitting < 2:
            return None, self
        return Words(self.lines[:fitting]), Words(self.lines[fitting:])

    @property
    def runs(self) -> Iterator[Run]:
        return (run for line in self.lines for run in line.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    """`shade` is a step of the heat behind it, None for none."""

    lines: tuple[Line, ...]
    shade: int | None = None

    def height(self, width: float) -> float:
        return sum(line.height(width - 2 * PAD_X) for line in self.lines) + 2 * PAD_Y


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: columns of these widths, rows of cells of which the first is said again on each slide if `headed`.

    It is not split where there is less room than `least`.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    alt: str
    headed: bool = False
    caption: Line | None = None
    least: float = 0

    def heights(self) -> list[float]:
        """Of each row."""
        return [max(cell.height(wide) for cell, wide in zip(row, self.widths, strict=True)) for row in self.rows]

    def caption_height(self) -> float:
        return self.caption.height(sum(self.widths)) + PAD_Y if self.caption else 0

    def height(self, width: float) -> float:  # noqa: ARG002 - as wide as its columns
        return self.caption_height() + sum(self.heights())

    def split(self, width: float, height: float) -> tuple[Grid | None, Grid | None]:  # noqa: ARG002
        """What fits, and the rest; between rows, and no last row of a table alone where the room is there."""
        ends = list(accumulate(self.heights(), initial=self.caption_height()))[1:]
        fitting, head = sum(end <= height for end in ends), int(self.headed)
        if fitting == len(ends):
            return self, None
        if fitting < head + 1 or height < self.least:
            return None, self
        left = len(ends) - fitting
        fitting -= head * max(0, min(FEW_ROWS - left, (fitting - head - left) // 2))
        return replace(self, rows=self.rows[:fitting]), replace(
            self, rows=self.rows[:head] + self.rows[fitting:], caption=None
        )

    @property
    def runs(self) -> Iterator[Run]:
        if self.caption:
            yield from self.caption.runs
        for row in self.rows:
            yield from (run for cell in row for line in cell.lines for run in line.runs)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart under its caption, as high as it wishes, or lower where that is all the room, but not under `least`.

    `whole` is what the chart is a part of, with which it shares its scale and its colours.
    """

    chart: Chart
    whole: Chart
    wish: float
    least: float
    caption: Line | None = None
    cut: tuple[Run, ...] = ()

    def caption_height(self, width: float) -> float:
        return self.caption.height(width) + PAD_Y if self.caption else 0

    def height(self, width: float) -> float:
        return self.caption_height(width) + self.wish

    def split(self, width: float, height: float) -> tuple[Plot | None, Plot | None]:
        room = height - self.caption_height(width)
        return (replace(self, wish=min(self.wish, room)), None) if room >= self.least else (None, self)

    @property
    def runs(self) -> Iterator[Run]:
        yield from self.caption.runs if self.caption else ()
        yield from self.cut


@dataclass(frozen=True, slots=True)
class Beside:
    """Pieces next to one another, of equal width."""

    pieces: tuple[Piece, ...]
    columns: int

    def column(self, width: float) -> float:
        """How wide each is."""
        return (width - GUTTER * (self.columns - 1)) / self.columns

    def height(self, width: float) -> float:
        return max(piece.height(self.column(width)) for piece in self.pieces)

    def split(self, width: float, height: float) -> tuple[Beside | None, Beside | None]:
        return (self, None) if self.height(width) <= height else (None, self)

    @property
    def runs(self) -> Iterator[Run]:
        return (run for piece in self.pieces for run in piece.runs)


Piece: TypeAlias = Words | Grid | Plot | Beside
