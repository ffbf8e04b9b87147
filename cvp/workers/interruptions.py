"""Ctrl-C, SIGTERM and SIGHUP around processes: neither lost, nor in the way of what must be done as a whole."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDINGS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if os.name != "nt")
"""What ends the program from outside; on Windows nothing does so that it could hear of."""

_INTERRUPTIONS: Final = (signal.SIGINT, *ENDINGS)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What would interrupt the block does so after it: what a handler raises while Python forks is printed and lost."""
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in _INTERRUPTIONS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for interruption in came:
            signal.raise_signal(interruption)


@contextmanager
def held_back() -> Iterator[None]:
    """A process that starts in the block meets no interruption before it calls `let_through`."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        let_through()


def let_through() -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)


def leave(number: int, _frame: object) -> None:
    """Handles a signal as the end of the program, so that blocks that are open are left in order."""
    sys.exit(128 + number)
