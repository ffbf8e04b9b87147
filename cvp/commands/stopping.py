"""A long command that is stopped, by Ctrl-C or from outside, leaves things in order and says how they are."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Final

from cvp.commands.failing import say
from cvp.workers.interruptions import ENDINGS

PATIENCE: Final = 0.2
"""Seconds in which Python hears of a signal, where no engine keeps it busy."""


@contextlib.contextmanager
def in_order(farewell: Callable[[], str]) -> Iterator[None]:
    """Says the farewell where the block is stopped.

    Signals that end the process stop the block as Ctrl-C does, and end the process then.
    """
    with _as_ctrl_c() as came:
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            say(farewell())
            if not came:
                raise
    if came:
        signal.signal(came[0], signal.SIG_DFL)
        signal.raise_signal(came[0])


@contextlib.contextmanager
def _as_ctrl_c() -> Iterator[list[int]]:
    """The signals that came and stopped the block. Those that are ignored, as nohup's is, stay so."""
    ours = [number for number in ENDINGS if signal.getsignal(number) == signal.SIG_DFL]
    came: list[int] = []
    heard = threading.Event()

    def stop(number: int, _: object) -> None:
        came.append(number)
        if not heard.is_set():
            heard.set()
            raise KeyboardInterrupt

    if not ours:
        yield came
        return
    for number in ours:
        signal.signal(number, stop)
    try:
        with _engine_told(ours, heard):
            yield came
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def _engine_told(numbers: Collection[int], heard: threading.Event) -> Iterator[None]:
    """A dataframe engine stops for Ctrl-C alone, and Python hears of other signals when the engine is done.

    So a thread waits for these, and sends Ctrl-C where nobody has heard of them soon.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def tell() -> None:
        while (number := os.read(reading, 1)) and number[0] not in numbers:
            continue
        if number and not heard.wait(PATIENCE):
            heard.set()
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writing)
        thread.join()
        os.close(reading)
