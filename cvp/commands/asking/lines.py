"""A question before the interview, answered in one line."""

import sys

from cvp.commands.failing import say
from cvp.speaking import _


def ask_line(prompt: str) -> str:
    """The line that is typed at the prompt, with its end; empty at the end of the input."""
    while True:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        try:
            return sys.stdin.readline()
        except UnicodeDecodeError:
            say(_("That is no text in this terminal's encoding; please type it otherwise."))
