"""Foreign texts in the cells of a spreadsheet, where some of them would be obeyed."""

from typing import Final

_FORMULAS: Final = frozenset("=+-@＝＋－＠")
_CUTS: Final = ("\t", "\r", "\n", "\0")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with an apostrophe where it would be one.

    For texts; numbers stay numbers. A formula may also begin behind blanks, and a tab, a line feed or a NUL at the
    start may make a cell of its own of what follows.
    """
    bare = text.lstrip(" \u00a0\u3000\ufeff\u200b")
    return f"'{text}" if bare[:1] in _FORMULAS or bare.startswith(_CUTS) else text
