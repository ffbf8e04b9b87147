"""The name under which every format shows a file."""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from cvp.text import escaped, printable

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def name_here(file: str) -> str:
    """From the working directory where the file lies below it, else as it was given; with slashes on every system.

    Bytes of a name that are no text are written out, as in `\\udcff`: no format could carry them.
    """
    try:
        folder = os.getcwd()
    except OSError:  # it was deleted under us
        folder = ""
    return _name_from(folder, file)


def name_in_line(file: str) -> str:
    """The name for a line that people read: nothing in it steers the terminal or breaks the line."""
    return printable(name_here(file)).replace("\n", "\\n").replace("\t", "\\t")


@lru_cache(maxsize=4096)
def _name_from(folder: str, file: str) -> str:
    below = _below(Path(folder), file) if folder else ""
    name = below or file.replace(os.sep, "/")
    return _LONE_SURROGATE.sub(lambda match: escaped(match.group()), name)


def _below(folder: Path, file: str) -> str:
    """The way from the folder down to the file; empty where there is none."""
    path = folder / file
    if ".." in path.parts:
        try:
            path = path.parent.resolve() / path.name
        except (OSError, ValueError, RuntimeError):
            return ""
    return path.relative_to(folder).as_posix() if folder in path.parents else ""
