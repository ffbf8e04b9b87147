"""A matrix out of characters: scores under the names of the columns, or under letters where the names do not fit."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from cvp.reports.story.charts import Crossing, Matrix
from cvp.reports.terminal.layout import NARROWEST_TABLE, Page, Part, plain
from cvp.reports.terminal.pictures import BARS, WIDE
from cvp.text import one_line

LABELS: Final = 18
"""Columns that the names of the rows have at least, if there are names over the cells too."""

SHORT: Final = 5
"""A name of so many columns is no wider than a score."""

PADDING: Final = 2


def matrix(chart: Matrix, page: Page) -> Iterator[Part]:
    """A row of it a line; a letter stands for a long name where the names would crowd the page, and is said below."""
    names = [one_line(column) for column in chart.columns]
    shown = names if _fit(names, page) else _lettered(names)
    rows = [[plain(label), *(_cell(cell, page) for cell in cells)] for label, cells in chart.rows]
    yield from page.rows([one_line(chart.corner), *shown], rows, right=range(1, len(names) + 1))
    if key := ", ".join(f"{sign} {name}" for sign, name in zip(shown, names, strict=True) if sign != name):
        yield page.line(key, "dim")


def _fit(names: Sequence[str], page: Page) -> bool:
    """Whether there is room for the names, or no table but a list."""
    if page.look.width < NARROWEST_TABLE or len(names) > len(ascii_uppercase):
        return True
    least = len("▆ 0.75?")
    taken = sum(max(cell_len(name), least) + PADDING for name in names)
    return page.indent + LABELS + PADDING + taken <= page.look.width


def _lettered(names: Sequence[str]) -> list[str]:
    letters = iter(ascii_uppercase)
    return [name if cell_len(name) <= SHORT else next(letters) for name in names]


def _cell(cell: Crossing, page: Page) -> Text:
    """The score with a bar before it where there is room; in the accent's stead, since colour says nothing alone."""
    if cell.share is None:
        return Text(one_line(cell.words), style="dim")
    if page.look.ascii_only or page.look.width < WIDE:
        return plain(cell.words)
    return Text(f"{BARS[round(cell.share * (len(BARS) - 1))]} {one_line(cell.words)}")
