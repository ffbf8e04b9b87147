"""However an interview is left, it is left in order: the terminal as it was, and a word about where the answers are."""

import contextlib
import signal
from collections.abc import Callable, Iterator

from cvp.commands.failing import say
from cvp.workers.interruptions import ENDINGS, leave


@contextlib.contextmanager
def with_farewell(farewell: Callable[[], str]) -> Iterator[None]:
    """Says the farewell where the block is left by an error, by Ctrl-C or by a signal that ends the process.

    Such a signal unwinds the block as Ctrl-C does, so that a hidden prompt or the stage put the terminal right.
    """
    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:  # else somebody wants it ignored, as nohup does
            signal.signal(number, leave)
    try:
        yield
    except BaseException:
        if words := farewell():
            say(words)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
