"""Rows, scored, in blocks of a fixed number: what all that follows is made of."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import polars as pl

from cvp.level import LEVELS
from cvp.tables.answering.looking import Later

if TYPE_CHECKING:
    from cvp.assessment import Assessment

BLOCK: Final = 1 << 18
"""Rows of a block: what a killed run may lose, and what is in memory at once."""
SOON: Final = 1 << 24
"""Rows of a table that are scored within seconds: of so few no blocks are kept, and a killed run may lose them."""

STATUS: Final = "status"
SOUND, REJECTED, LEFT_OUT = 0, 1, 2
REASON: Final = "left_out"
SOURCE: Final = "source"
"""Which of the inputs a row is from."""

COUNTED: Final = ("level", "secured", "settled", "scores", "ranks")
"""The outputs that a summary counts."""
UNCAPPED: Final = "uncapped_level"
"""It counts this one too where there are safeguards; without them no level is capped."""
TOLD: Final = ("level", "low", "high", "settled", "scores", "coverage", "safeguards", "recommendation")
"""The outputs that a row out has."""

OWN: Final = frozenset({"row", "file", *TOLD, *(f"score_{level}" for level in LEVELS)})
"""The columns of a row out that are not kept ones."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A cell, or a whole row, that means nothing: where it is, what it holds, and what is wrong with it."""

    file: str
    line: int | None
    column: str
    cell: str
    code: str
    message: str
    keys: tuple[object, ...] = ()


class Rows(Protocol):
    """Where scored rows come from.

    A block has the columns STATUS, REASON, SOURCE, `part` and `row` (from 0), those of `kept_column`, and the outputs.
    All blocks but the last of all have BLOCK rows.
    """

    keys: tuple[str, ...]

    @property
    def notes(self) -> Sequence[str]:
        """What people should know about how the inputs were read, as far as it has been learned."""

    @property
    def are_soon_scored(self) -> bool:
        """Whether it is cheaper to score them again than to keep them: `ask` then gives one answer."""

    def blocks(self, outputs: Sequence[str], size: int, skip: int = 0) -> Iterator[pl.DataFrame]:
        """The blocks behind the first `skip` rows. Raises Unreadable."""

    def ask(
        self, outputs: Sequence[str], query: Callable[[pl.LazyFrame], pl.DataFrame], seen: Callable[[int], None]
    ) -> Iterator[pl.DataFrame]:
        """What a query finds in the rows of each input, as in blocks; `seen` is told of rows. Raises Unreadable."""

    def rejects(self, rows: pl.DataFrame) -> Iterator[Reject]:
        """What is wrong with rejected rows, given by SOURCE, `part` and `row`."""

    def assessments(self) -> Iterator[tuple[str, "Assessment"]]:
        """The whole assessment of every sound row, with the name of whom it is about."""

    @property
    def later(self) -> Sequence[Later]:
        """By input, cells that were learned of after its first rows had been looked at."""

    def know(self, later: Sequence[Later]) -> None:
        """Takes up what was learned in an earlier run."""

    def learn(self, rejected: pl.DataFrame) -> bool:
        """Looks at the cells of rejected rows; whether some mean another thing now, so that rows must be scored again.

        Raises Unmatched where the columns' cells are no longer clear.
        """

    def total(self) -> int | None:
        """How many rows there are, as far as that is known."""


def kept_column(index: int) -> str:
    """The column of a block that holds what is kept of the input under the name `keys[index]`."""
    return f"k{index}"


def block_size() -> int:
    """Rows of a block; tests have small ones."""
    return int(os.environ.get("CVP_BLOCK", "0")) or BLOCK


def soon() -> int:
    """Rows of which no blocks are kept; tests that have small blocks keep them all."""
    return 0 if "CVP_BLOCK" in os.environ else SOON


def in_blocks(frames: Iterator[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """The same rows in frames of `size` rows; the last may be shorter."""
    held: list[pl.DataFrame] = []
    count = 0
    for frame in frames:
        held.append(frame)
        count += frame.height
        while count >= size:
            whole = pl.concat(held) if len(held) > 1 else held[0]
            yield whole.head(size)
            held = [rest] if (rest := whole.slice(size)).height else []
            count -= size
    if count:
        yield pl.concat(held)
