"""Tables, cards, heat maps and matrices as grids."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from cvp.reports import sentences
from cvp.reports.labels import label
from cvp.reports.palette import step_of
from cvp.reports.slides.measuring import width_of
from cvp.reports.slides.pieces import PAD_X, Grid, GridCell, Line, Run
from cvp.reports.slides.typesetting import COLOURS, MOST_CAPTION, Sizes, shortened
from cvp.reports.story.blocks import Card, Cell, Table
from cvp.reports.story.charts import Crossing, HeatMap, Matrix, Tile
from cvp.speaking import _

Item = TypeVar("Item")

LIMITS: Final = (260, 140, 80, 40)
"""Columns of a cell: the most with which no row is higher than a third of a slide."""

HIGHEST_ROW: Final = 150.0
MOST_FIELD: Final = 300
FIELDS_A_ROW: Final = 5
TITLE_SHARE: Final = 0.26
TILES_A_ROW: Final = 5
MOST_MARGINAL: Final = 54
"""Columns of what stands above and left of a matrix."""
SNUG: Final = 0.55
"""A table that needs less of the width than this is not stretched over it."""


def grid_of(table: Table, width: float, sizes: Sizes) -> Grid:
    """The table, over the whole width or less of it."""
    made = (_table(table, width, sizes, most) for most in LIMITS)
    return next((grid for grid in made if max(grid.heights()) <= HIGHEST_ROW), _table(table, width, sizes, LIMITS[-1]))


def _table(table: Table, width: float, sizes: Sizes, most: int) -> Grid:
    head = tuple(
        GridCell((Line((shortened(text, most, True, "quiet"),), sizes.small, right=column in table.right),))
        for column, text in enumerate(table.headers)
    )
    rows = tuple(
        tuple(_cell(cell, sizes, most, column in table.right, column == 0) for column, cell in enumerate(row))
        for row in table.rows
    )
    widths = _widths([head, *rows], width, table.right)
    caption = Line((shortened(table.caption, MOST_CAPTION, True),), sizes.body) if table.caption else None
    return Grid(
        widths, (head, *rows), table.caption or ", ".join(filter(None, table.headers)) or _("Table"), True, caption
    )


def _cell(cell: Cell, sizes: Sizes, most: int, right: bool, first: bool) -> GridCell:
    run = shortened(cell.text, most, cell.tone == "bad" or (first and not right), COLOURS[cell.tone])
    return GridCell((Line((run,), sizes.table, right=right),))


def _widths(rows: Sequence[Sequence[GridCell]], width: float, numbers: frozenset[int]) -> tuple[float, ...]:
    """Each column as wide as its longest text; where that is too much, the widest ones as wide as is left.

    What is left over goes to the columns that hold texts.
    """
    wishes = [max(_wish(row[column]) for row in rows) for column in range(len(rows[0]))]
    if sum(wishes) > width:
        limit = _limit(wishes, width)
        wishes = [min(wish, limit) for wish in wishes]
    texts = sum(wish for column, wish in enumerate(wishes) if column not in numbers)
    if not texts or sum(wishes) <= SNUG * width:
        return tuple(wishes)
    more = 1 + (width - sum(wishes)) / texts
    return tuple(wish if column in numbers else wish * more for column, wish in enumerate(wishes))


def _limit(wishes: Sequence[float], width: float) -> float:
    """The greatest width of a column with which all fit."""
    left = width
    for position, wish in enumerate(sorted(wishes)):
        fair = left / (len(wishes) - position)
        if wish > fair:
            return fair
        left -= wish
    return max(wishes)


def _wish(cell: GridCell) -> float:
    return max(sum(width_of(r.text, line.size, r.bold) for r in line.runs) for line in cell.lines) + 2 * PAD_X + 2


def cards_of(cards: Sequence[Card], width: float, sizes: Sizes) -> Grid:
    """A row a card, its title on the left; of a card without one, a row a field. Many fields make several rows."""
    rows = tuple(row for card in cards for row in (_card(card, sizes) if card.title else _fields(card, sizes)))
    left = width * TITLE_SHARE
    return Grid((left, width - left), rows, ", ".join(card.title for card in cards if card.title) or _("In short"))


def _card(card: Card, sizes: Sizes) -> Iterator[tuple[GridCell, GridCell]]:
    title = [Line((shortened(card.title, 110, True),), sizes.table)]
    if card.aside:
        title.append(Line((shortened(card.aside, 110, colour="quiet"),), sizes.small, gap=2))
    for part in _parts(card.fields, FIELDS_A_ROW) or [()]:
        yield GridCell(tuple(title)), GridCell(tuple(_field(name, text, sizes) for name, text in part))
        title = [Line((shortened(_("{title}, continued").format(title=card.title), 110, colour="quiet"),), sizes.small)]


def _field(name: str, text: str, sizes: Sizes) -> Line:
    return Line((Run(f"{label(name)} ", colour="quiet"), shortened(text, MOST_FIELD)), sizes.table, gap=1)


def _fields(card: Card, sizes: Sizes) -> Iterator[tuple[GridCell, GridCell]]:
    for name, text in card.fields:
        title = Line((shortened(name, 60, True, "accent"),), sizes.table)
        yield GridCell((title,)), GridCell((Line((shortened(text, MOST_FIELD + 120),), sizes.table),))


def heat_of(chart: HeatMap, caption: str, width: float, sizes: Sizes) -> Grid:
    """A column for the level, then tiles, as many rows a level as it needs."""
    column = width / (TILES_A_ROW + 0.8)
    rows = []
    for title, tiles in chart.groups:
        for number, part in enumerate(_parts(tiles, TILES_A_ROW)):
            name = shortened(title, 60, not number, "quiet" if number else "ink")
            empty = (GridCell((Line((Run(""),), sizes.small),)),) * (TILES_A_ROW - len(part))
            cells = (_tile(tile, sizes) for tile in part)
            rows.append((GridCell((Line((name,), sizes.small),)), *cells, *empty))
    words = f"{caption}. {chart.alt}" if caption else chart.alt
    return Grid(
        (0.8 * column, *(column,) * TILES_A_ROW),
        tuple(rows),
        words,
        caption=Line((shortened(words, MOST_CAPTION + 60, colour="quiet"),), sizes.table),
    )


def _tile(tile: Tile, sizes: Sizes) -> GridCell:
    said = Run(f"{sentences.score(tile.share)}  ", bold=True), shortened(tile.words, sizes.tile)
    name = Line((shortened(tile.label + tile.mark, 40, True),), sizes.small - 0.5)
    return GridCell((name, Line(said, sizes.small - 1)), None if tile.share is None else step_of(tile.share))


def matrix_of(chart: Matrix, caption: str, width: float, sizes: Sizes) -> Grid:
    """The rows under their columns, shaded by score."""
    column = width * (1 - TITLE_SHARE) / len(chart.columns)
    head = tuple(
        GridCell((Line((shortened(text, MOST_MARGINAL, True, "quiet"),), sizes.small, right=bool(number)),))
        for number, text in enumerate((chart.corner, *chart.columns))
    )
    rows = (
        (
            GridCell((Line((shortened(label, MOST_MARGINAL, True),), sizes.table),)),
            *(_crossing(c, sizes) for c in cells),
        )
        for label, cells in chart.rows
    )
    words = caption or chart.corner
    return Grid(
        (width * TITLE_SHARE, *(column,) * len(chart.columns)),
        (head, *rows),
        chart.alt,
        True,
        Line((shortened(words, MOST_CAPTION, True),), sizes.body),
    )


def _crossing(cell: Crossing, sizes: Sizes) -> GridCell:
    line = Line((Run(cell.words),), sizes.table, right=True)
    return GridCell((line,), None if cell.share is None else step_of(cell.share))


def _parts(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
