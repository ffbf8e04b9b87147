"""The stage front end: the same interview for a room, on a projector. Needs a terminal on input and on standard error.

`app` turns keys into lines and screens into widgets; each other module draws one part of the screen. What is drawn
comes from `cvp.interview.showing`, what a line does from `cvp.interview.keys`: to change either, go there.
"""

import asyncio
import contextlib
import shutil
import signal
import sys
from collections.abc import Iterator
from typing import Final

from cvp.interview.keeping import Keep
from cvp.interview.screen import Screen
from cvp.interview.stage.app import Stage
from cvp.interview.stage.garbage import collected_at_intervals
from cvp.interview.state import Interview
from cvp.interview.view import view

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_TOUCHED: Final = (*_ENDS, "SIGTSTP", "SIGCONT", "SIGWINCH", "SIGTTIN", "SIGTTOU")


def run(interview: Interview, *, keep: Keep) -> Interview:
    """Interviews until the user leaves, and puts the terminal back as it was.

    `keep` gets the interview after every change, before the screen shows it as given; where it raises Unwritable, the
    interview goes on and says so, and all other errors pass. Ctrl-C passes as KeyboardInterrupt, when `keep` has been
    given everything; so does any signal that ends a program, once the terminal is back.
    """
    stage = Stage(interview, keep)
    with _handlers_as_before():
        asyncio.run(_run(stage))
    if stage.failure:
        raise stage.failure
    if stage.stopped == signal.SIGINT:
        raise KeyboardInterrupt
    if stage.stopped:
        signal.raise_signal(stage.stopped)
        raise SystemExit(128 + stage.stopped)  # it was ignored before us, but the interview is over
    for line in view(Screen("", message=stage.interview.message), shutil.get_terminal_size().columns):
        print(line, file=sys.stderr)  # noqa: T201 - the last word, once the screen is back
    return stage.interview


async def _run(stage: Stage) -> None:
    for number in _numbers(_ENDS):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stage.stop, number)
    async with collected_at_intervals():
        await stage.run_async()


@contextlib.contextmanager
def _handlers_as_before() -> Iterator[None]:
    """The library and the event loop leave handlers of their own behind."""
    before = {number: signal.getsignal(number) for number in _numbers(_TOUCHED)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers(names: tuple[str, ...]) -> Iterator[signal.Signals]:
    """Those that this system knows."""
    return (signal.Signals[name] for name in names if name in signal.Signals.__members__)
