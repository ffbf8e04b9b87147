"""How far a long run is, on standard error, where somebody watches it."""

import sys
import time
from typing import Final

EVERY: Final = 0.5


class Progress:
    """A line that is written over; nothing where standard error is no terminal. `done` rows were there before."""

    def __init__(self, total: int | None, done: int = 0, shown: bool | None = None) -> None:
        self._shown = is_watched() if shown is None else shown
        self._total = total
        self._start = time.monotonic()
        self._before = self._done = done
        self._next = self._start + EVERY
        self._width = 0

    def step(self, rows: int) -> None:
        self._done += rows
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + EVERY
            self._write(line(self._done, self._done - self._before, self._total, now - self._start))

    def end(self) -> None:
        """Takes the line away."""
        if self._width:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)


def is_watched() -> bool:
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def line(done: int, fresh: int, total: int | None, seconds: float) -> str:
    """`1,048,576 of 3,000,000 rows, 524,288 a second, 0:04 left`."""
    rate = fresh / seconds if seconds > 0 else 0
    of = f" of {total:,}" if total else ""
    left = f", {_clock((total - done) / rate)} left" if total and rate else ""
    return f"{done:,}{of} rows, {rate:,.0f} a second{left}"


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
