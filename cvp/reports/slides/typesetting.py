"""Sizes of type, and texts shortened to what a slide has room for."""

from dataclasses import dataclass, replace
from typing import Final

from cvp.reports.fitting import fitted
from cvp.reports.slides.pieces import Colour, Run
from cvp.reports.story.blocks import Tone
from cvp.text import squeezed

MOST: Final = 420
"""Columns of a paragraph, or of an entry of a list."""

MOST_CAPTION: Final = 150


@dataclass(frozen=True, slots=True)
class Sizes:
    """In points; `tile` is columns of what a tile of a heat map says."""

    lead: float
    body: float
    table: float
    small: float
    tile: int = 120


_WHOLE: Final = (Sizes(20, 15, 13, 11), Sizes(17, 13, 11.5, 10.5), Sizes(15, 12, 11, 10))
SIZES: Final = (*_WHOLE, *(replace(sizes, tile=54) for sizes in _WHOLE))
"""The first with which a section needs fewest slides is taken: texts are cut shorter where that saves a slide."""

COLOURS: Final[dict[Tone, Colour]] = {"": "ink", "good": "good", "bad": "bad", "quiet": "quiet"}


def shortened(text: str, most: int, bold: bool = False, colour: Colour = "ink") -> Run:
    """The text on one line of at most so many columns."""
    shown = fitted(text, most)
    return Run(shown, bold, colour, whole=text if shown != squeezed(text) else "")
