"""The four levels of Bill Lee's ladder."""

from typing import Final, Literal

Level = Literal[1, 2, 3, 4]
LEVELS: Final[tuple[Level, ...]] = (1, 2, 3, 4)
