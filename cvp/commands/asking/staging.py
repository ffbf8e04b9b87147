"""Whether the interview is shown on the stage or in plain lines."""

import codecs
import os
import sys
from importlib.util import find_spec
from typing import Final

from cvp.commands.screen import is_terminal

COLUMNS: Final = 80
LINES: Final = 20


def has_stage(plain: bool) -> bool:
    """The stage takes a UTF-8 terminal of 80×20 or more and the extra `stage`.

    `--plain`, CVP_PLAIN=1 and TERM=dumb say no.
    """
    if plain or os.environ.get("CVP_PLAIN", "0") not in ("", "0") or os.environ.get("TERM") == "dumb":
        return False
    # Standard error too: the stage draws there, so that the report alone is on standard output.
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        return False
    if codecs.lookup(sys.stderr.encoding or "ascii").name != "utf-8":  # its lines and blocks would come as escapes
        return False
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return size.columns >= COLUMNS and size.lines >= LINES and find_spec("textual") is not None
