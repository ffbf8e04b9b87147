"""Columns on the way to the outputs: each stage is added to the frame at once, and sees the columns of those before."""

from collections.abc import Callable, Iterable
from enum import IntEnum

import narwhals as nw
from narwhals.typing import FrameT


class Stage(IntEnum):
    """When a column is made, from cells to names: it is reckoned from the frame's and those of earlier stages alone."""

    LOOK = 0
    FOLD = 1
    READ = 2
    RANK = 3
    DATE = 4
    WORD = 5
    GATE = 6
    LEVEL = 7
    NAME = 8
    PICK = 9


class Steps:
    """Expressions by stage. Their names begin with `prefix`, which no column of the frame does.

    `by_row` says of the engine that it reckons a row at a time, as Spark does: there each part of the expression costs
    and a cast does not; others compare whole columns faster than they cast them.
    """

    def __init__(self, prefix: str, by_row: bool = False) -> None:
        self._prefix = prefix
        self.by_row = by_row
        self._stages: dict[Stage, dict[str, nw.Expr]] = {stage: {} for stage in Stage}

    def keep(self, stage: Stage, name: str, make: Callable[[], nw.Expr]) -> nw.Expr:
        """The column of this name; its expression is made once."""
        kept = self._stages[stage]
        if name not in kept:
            kept[name] = make().alias(self._prefix + name)
        return self.column(name)

    def column(self, name: str) -> nw.Expr:
        """The column of this name, which is kept by the time that it is asked for."""
        return nw.col(self._prefix + name)

    def add_to(self, frame: FrameT, beside: Iterable[str]) -> FrameT:
        """The columns `beside` of the frame, with those that are kept.

        Cells are left out once there are ranks: whatever goes on with a column holds it in memory.
        """
        names = list(beside)
        for stage, kept in self._stages.items():
            if kept:
                frame = frame.with_columns(*kept.values())
                names += (self._prefix + name for name in kept)
            if stage is Stage.DATE:
                frame = frame.select(*names)
        return frame
