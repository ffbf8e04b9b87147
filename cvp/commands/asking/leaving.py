"""However an interview is left, it is left in order: the terminal as it was, and a word about where the answers are."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

from cvp.commands.failing import say

ENDINGS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
SIGNALLED: Final = 128
"""What the shell adds to the number of a signal that ended a program."""


@contextlib.contextmanager
def in_order(farewell: Callable[[], str]) -> Iterator[None]:
    """Says the farewell where the block is left by an error, by Ctrl-C or by a signal that ends the process.

    Such a signal unwinds the block as Ctrl-C does, so that a hidden prompt or the stage put the terminal right.
    """
    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:  # else somebody wants it ignored, as nohup does
            signal.signal(number, _leave)
    try:
        yield
    except BaseException:
        if words := farewell():
            say(words)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(SIGNALLED + number)
