"""Cells and names of a table as messages and maps quote them."""

import json
from collections.abc import Iterable
from typing import Final

from cvp.matching import Cell
from cvp.text import and_list, one_line

SHORT: Final = 60
"""Characters of a cell in a message."""

_LONGEST: Final = 500
_FEW: Final = 5


def shown(cell: Cell) -> str:
    """The cell as a map would name it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def quoted(text: str, longest: int = _LONGEST) -> str:
    """A text as YAML and JSON both write it, on one line."""
    return json.dumps(one_line(text)[:longest], ensure_ascii=False)


def in_ticks(cell: Cell) -> str:
    """The cell as a sentence names it, on one line."""
    text = one_line(shown(cell))[:SHORT]
    return f"`{text}`" if text else "empty cells"


def few_cells(cells: Iterable[Cell]) -> str:
    """`A1`, `A2` and 7 more."""
    return few(map(in_ticks, cells))


def few(names: Iterable[str], most: int = _FEW) -> str:
    """Names in a sentence, of which at most so many are said."""
    named = list(names)
    more = len(named) - most
    return and_list([*named[:most], *([f"{more:,} more"] if more > 0 else [])])
