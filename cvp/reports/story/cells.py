"""Cells of tables."""

from cvp.reports import sentences
from cvp.reports.story.blocks import Cell, Tone


def words(text: str, tone: Tone = "") -> Cell:
    return Cell(text, tone=tone)


def number(value: float, shown: str = "") -> Cell:
    return Cell(shown or f"{value:g}", value)


def score(share: float | None, passing: float | None = None) -> Cell:
    """A score from 0 to 1, shown with two decimals and never as a threshold that it misses; a dash for None."""
    return Cell(sentences.score(share, passing), share)
