"""A section's blocks as pieces of slides: how they are set, and what stands side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from cvp.reports.slides.grids import cards_of, grid_of, heat_of, matrix_of
from cvp.reports.slides.paging import ROOM_X, ROOM_Y
from cvp.reports.slides.pieces import GUTTER, Beside, Grid, Line, Piece, Words
from cvp.reports.slides.plots import plots_of
from cvp.reports.slides.typesetting import COLOURS, MOST, MOST_CAPTION, Sizes, shortened
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Table, runs
from cvp.reports.story.chart_tables import table_of
from cvp.reports.story.charts import Bars, Dumbbells, HeatMap, Matrix, Trend

MOST_BESIDE: Final = 3
LOW: Final = 0.5
"""Lists that are higher than this share of a slide stand under one another, so that they can go on over it; tables
that are may be split.
"""


def pieces_of(section: Section, sizes: Sizes) -> list[Piece]:
    """Everything that the section says, in order."""
    return [piece for _, run in runs(section.blocks) for piece in _set(run, sizes)]


def _set(run: Sequence[Block], sizes: Sizes) -> Iterator[Piece]:
    """A run of blocks of one kind."""
    if paragraphs := [block for block in run if isinstance(block, Paragraph)]:
        yield Words(tuple(_paragraph(p, sizes, gap=6.0 * bool(n)) for n, p in enumerate(paragraphs)))
    if lists := [block for block in run if isinstance(block, Bullets)]:
        yield from _lists(lists, sizes)
    if cards := [block for block in run if isinstance(block, Card)]:
        yield cards_of(cards, ROOM_X, sizes)
    yield from (_together(grid_of(block, ROOM_X, sizes)) for block in run if isinstance(block, Table))
    if figures := [block for block in run if isinstance(block, Figure)]:
        yield from _figures(figures, sizes)


def _paragraph(paragraph: Paragraph, sizes: Sizes, gap: float) -> Line:
    size = sizes.lead if paragraph.lead else sizes.small if paragraph.tone == "quiet" else sizes.body
    return Line((shortened(paragraph.text, MOST, colour=COLOURS[paragraph.tone]),), size, gap=gap)


def _lists(lists: Sequence[Bullets], sizes: Sizes) -> Iterator[Piece]:
    columns = min(MOST_BESIDE, len(lists))
    wide = (ROOM_X - GUTTER * (columns - 1)) / columns
    for start in range(0, len(lists), columns):
        part = tuple(_bullets(block, sizes) for block in lists[start : start + columns])
        if len(part) > 1 and all(words.height(wide) <= LOW * ROOM_Y for words in part):
            yield Beside(part, columns)
        else:
            yield from part


def _bullets(block: Bullets, sizes: Sizes) -> Words:
    title = (Line((shortened(block.title, MOST_CAPTION, True, "accent"),), sizes.body),) if block.title else ()
    alone = len(block.entries) == 1 and not block.ordered
    marks = [f"{n}." if block.ordered else "" if alone else "•" for n in range(1, len(block.entries) + 1)]
    return Words(
        (
            *title,
            *(
                Line((shortened(text, MOST),), sizes.table, mark, gap=3)
                for text, mark in zip(block.entries, marks, strict=True)
            ),
        )
    )


def _together(grid: Grid) -> Grid:
    """A low one is never split, a high one never begun near the foot of a slide."""
    return replace(grid, least=min(grid.height(ROOM_X), LOW * ROOM_Y))


def _figures(figures: Sequence[Figure], sizes: Sizes) -> Iterator[Piece]:
    """Small charts of a kind two by two, others one by one."""
    if len(figures) > 1 and all(_is_small(figure) for figure in figures):
        plots = [plot for f in figures for plot in plots_of(f.chart, f.caption or _name(f), sizes)]
        yield from (Beside(tuple(plots[start : start + 2]), 2) for start in range(0, len(plots), 2))
        return
    for figure in figures:
        yield from _figure(figure, sizes)


def _is_small(figure: Figure) -> bool:
    return isinstance(figure.chart, Bars | Trend)


def _name(figure: Figure) -> str:
    return figure.chart.label if isinstance(figure.chart, Trend) else ""


def _figure(figure: Figure, sizes: Sizes) -> Iterator[Piece]:
    chart = figure.chart
    if isinstance(chart, HeatMap):
        yield heat_of(chart, figure.caption, ROOM_X, sizes)
        return
    if isinstance(chart, Matrix):
        grid = matrix_of(chart, figure.caption, ROOM_X, sizes)
        yield replace(grid, least=min(grid.height(ROOM_X), ROOM_Y))
        return
    yield from plots_of(chart, figure.caption or _name(figure), sizes)
    if isinstance(chart, Dumbbells) and any(pair.words for pair in chart.pairs):
        # The alternative text repeats what stands in the table.
        table = table_of(chart)
        yield _together(grid_of(Table(table.headers, table.rows, right=table.right), ROOM_X, sizes))
