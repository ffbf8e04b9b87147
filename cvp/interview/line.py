"""The line front end: prints a screen, reads a line, keeps what was answered, and again. Works over any pipe."""

import contextlib
import errno
import getpass
import select
from collections.abc import Callable
from typing import Final, TextIO

from cvp.errors import Unwritable
from cvp.interview.keeping import Keep, Keeping
from cvp.interview.keys import reduce
from cvp.interview.screen import Screen
from cvp.interview.showing import screen
from cvp.interview.state import Interview
from cvp.interview.view import spelled, view
from cvp.speaking import _

PATIENCE: Final = 10
"""How many lines in a row may be no text: some decoders fail at the end of the input for ever."""
_NO_TEXT: Final = "\N{REPLACEMENT CHARACTER}"
_LEAVE: Final = "q!"


def ask(
    interview: Interview, *, keep: Keep, input_stream: TextIO, output_stream: TextIO, width: Callable[[], int]
) -> Interview:
    """Interviews until the user leaves; the end of the input and a closed terminal leave too.

    `keep` gets the interview after every line that changed it, before the next prompt; where it raises Unwritable, the
    interview goes on and says so. Ctrl-C passes through as KeyboardInterrupt when everything is kept, else it raises
    Unwritable; all other errors pass through. `width` is asked for at every screen.
    """
    keeping = Keeping(keep, interview)
    talk = _Talk(input_stream, output_stream)
    line: str | None = None
    try:
        while not interview.ending:
            line = talk.prompted(screen(interview), width())
            interview = reduce(interview, _LEAVE if line is None else line)
            interview = keeping.kept(interview)
        if line is not None:
            talk.tell(interview.message, width())
    except KeyboardInterrupt:
        if reason := keeping.kept(interview).unsaved:
            raise Unwritable(reason) from None
        raise
    return interview


class _Talk:
    """Prints screens and reads lines."""

    def __init__(self, input_stream: TextIO, output_stream: TextIO) -> None:
        self._input = input_stream
        self._output = output_stream
        self._encoding = output_stream.encoding or "utf-8"
        self._failed = 0

    def tell(self, message: tuple[str, ...], width: int) -> None:
        """A last word."""
        for line in view(Screen("", message=message), width, self._encoding):
            self._output.write(f"{line}\n")

    def prompted(self, shown: Screen, width: int) -> str | None:
        """The line that is typed at the screen; None at the end of the input, or where the terminal has gone."""
        try:
            self._output.write("\n".join(["", *view(shown, width, self._encoding), ""]))
            line = self._read(spelled(shown.prompt, self._encoding), shown.secret)
            if not line:
                self._output.write("\n")
        except EOFError:
            return None
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return None
        return line or None

    def _read(self, prompt: str, secret: bool) -> str:
        """One whose bytes are no text is a typing error like any other. Empty at the end of the input."""
        try:
            line = self._hidden(prompt) if secret and self._input.isatty() else self._plain(prompt)
            self._failed = 0
        except UnicodeDecodeError:
            self._failed += 1
            return _NO_TEXT if self._failed < PATIENCE else ""
        return line

    def _plain(self, prompt: str) -> str:
        self._output.write(prompt)
        self._output.flush()
        return self._input.readline()

    def _hidden(self, prompt: str) -> str:
        """Not shown while it is typed. What was typed before is dropped, so that it is nobody's vote."""
        if self._has_line():
            self._output.write(_("Something typed before the prompt was not taken.") + "\n")
        self._output.flush()
        return getpass.getpass(prompt, self._output) + "\n"

    def _has_line(self) -> bool:
        """Whether a line waits to be read, where the system can tell."""
        with contextlib.suppress(OSError, ValueError):
            return bool(select.select([self._input], [], [], 0)[0])
        return False
