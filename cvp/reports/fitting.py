"""Texts where nothing wraps: in pictures, and at the foot of a page."""

import unicodedata

from cvp.text import squeezed

_WIDE = frozenset("WF")


def fitted(text: str, columns: int) -> str:
    """The text on one line of at most so many columns, with … where it is cut; East Asian signs take two."""
    line = squeezed(text)
    used = 0
    for position, sign in enumerate(line):
        used += _width(sign)
        if used > columns or (used == columns and position < len(line) - 1):
            return line[:position].rstrip() + "…"
    return line


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
