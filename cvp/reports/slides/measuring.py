"""How much room a text takes, so that none runs out of its box. A guess on the safe side: no font is at hand.

Widths are those of Arial, in shares of the size of the type; lengths are points.
"""

import unicodedata
from functools import cache
from typing import Final

LEADING: Final = 1.2
"""The height of a line, in sizes."""

_SAFETY: Final = 1.04
_BOLD: Final = 1.08
_WIDTHS: Final = {
    0.23: "ijl'",
    0.28: " !,./:;It f[]\\|",
    0.34: "()-r`·“”‘’",
    0.39: '*"',
    0.51: "cksvxyzJ^",
    0.61: "FTZ+<=>~",
    0.67: "ABEKPSVXY&–",
    0.73: "CDHNRUw",
    0.78: "GOQ",
    0.84: "mM",
    0.9: "%",
    1.0: "W—…",
    1.02: "@",
}
_WIDTH_OF: Final = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_LATIN, _OTHER, _WIDE = 0.56, 0.7, 1.3


@cache
def _sign(sign: str) -> float:
    if sign in _WIDTH_OF:
        return _WIDTH_OF[sign]
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return _LATIN if sign.isascii() else _OTHER


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Of the text on one line."""
    return sum(map(_sign, text)) * size * _SAFETY * (_BOLD if bold else 1)


def lines_of(text: str, width: float, size: float, bold: bool = False) -> int:
    """How many lines the text takes where it wraps between words; a word that is wider than a line is broken."""
    lines, used, blank = 1, 0.0, width_of(" ", size, bold)
    for word in text.split(" "):
        wide = width_of(word, size, bold)
        if used and used + blank + wide <= width:
            used += blank + wide
            continue
        lines += 1 if used else 0
        # A broken word leaves some of each line empty.
        broken = int(wide // max(width - size, size)) if wide > width else 0
        lines += broken
        used = wide if not broken else width
    return lines


def is_from_the_right(text: str) -> bool:
    """Whether the first letter is of a script that is written from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)
