"""How far a long run is, on standard error, where somebody watches it."""

import os
import sys
import time
from collections.abc import Callable
from threading import Lock
from typing import Final, Literal

EVERY: Final = 0.5
_WIDTH: Final = 80
"""Columns of a terminal that does not say how wide it is."""


class Progress:
    """A line that is written over while the block runs; nothing where standard error is no terminal.

    The `total` is asked for only where somebody watches, since to count may take a while; `done` units were there
    before.
    """

    def __init__(self, total: Callable[[], int | None], done: int = 0, unit: Literal["rows", "files"] = "rows") -> None:
        self._unit = unit
        self._shown = _is_watched()
        self._total = total() if self._shown else None
        self._start = time.monotonic()
        self._before = self._done = done
        self._next = self._start + EVERY
        self._width = 0
        self._lock = Lock()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        """Takes the line away."""
        if self._width:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    @property
    def done(self) -> int:
        """Units so far, those that were there before too."""
        return self._done

    def step(self, units: int) -> None:
        """From any thread."""
        with self._lock:
            self._done += units
            now = time.monotonic()
            if self._shown and now >= self._next:
                self._next = now + EVERY
                fresh = self._done - self._before
                self._write(line(self._done, fresh, self._total, now - self._start, _columns() - 1, self._unit))

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)


def _is_watched() -> bool:
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def line(done: int, fresh: int, total: int | None, seconds: float, width: int = _WIDTH, unit: str = "rows") -> str:
    """`1,048,576 of 3,000,000 rows, 524,288 a second, 0:04 left`, or as much of it as fits into so many columns.

    It must not wrap: what stands on an upper line could not be written over.
    """
    rate = fresh / seconds if seconds > 0 else 0
    short = f"{done:,} {unit}"
    long = f"{done:,} of {total:,} {unit}" if total else short
    speed = f", {rate:,.0f} a second"
    left = f", {_clock((total - done) / rate)} left" if total and rate else ""
    shapes = (long + speed + left, long + left, short + left, short, "")
    return next(shape for shape in shapes if len(shape) <= max(0, width))


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _WIDTH
    except (OSError, ValueError):  # no terminal, or closed
        return _WIDTH


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
