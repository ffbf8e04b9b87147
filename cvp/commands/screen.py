"""What standard output can show, and writing to it or to a file."""

import errno
import os
import sys
from typing import Final

from cvp.commands.failing import TYPED
from cvp.errors import WrongUsage
from cvp.formats import format_of
from cvp.reports import FORMATS, TERMINAL, Look, report

STDOUT: Final = "-"
DEFAULT_WIDTH: Final = 80
MAX_WIDTH: Final = 120


def look_of_stdout() -> Look:
    """Columns from COLUMNS or the terminal, at most 120; colour as NO_COLOR, FORCE_COLOR, TERM and the terminal say."""
    return Look(_width(), _colour(), not _encodes("█▒┃▶•─"))


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return min(int(columns), MAX_WIDTH)
    if is_terminal(sys.stdout):
        try:
            return min(os.get_terminal_size(sys.stdout.fileno()).columns or DEFAULT_WIDTH, MAX_WIDTH)
        except (OSError, ValueError):
            return DEFAULT_WIDTH
    return DEFAULT_WIDTH


def _colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def _encodes(signs: str) -> bool:
    try:
        signs.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_terminal(stream: object) -> bool:
    try:
        return bool(getattr(stream, "isatty", bool)())
    except ValueError:  # closed
        return False


def chosen_format(name: str | None, output: str) -> str:
    """The format asked for, else the one that the output's ending means, else the terminal's. Raises WrongUsage."""
    known = ", ".join(FORMATS)
    if name is not None:
        if name not in FORMATS:
            raise WrongUsage(f"--format {name}: there is no such format; there are {known}")
        return name
    if output == STDOUT:
        return TERMINAL
    if guessed := format_of(output, FORMATS):
        return guessed
    if output.lower().endswith(".pdf"):
        raise WrongUsage(f"--output {output}: is not written by cvp; take {output[:-4]}.html and print that as PDF")
    raise WrongUsage(f"--output {output}: its ending means no format; add --format with one of {known}")


def put(subject: object, name: str, look: Look, output: str) -> None:
    """The subject in the format of that name, to standard output (`-`) or whole to a file.

    What is not for the screen comes out as the same bytes wherever it goes. Raises WrongUsage.
    """
    made = report(name).render(subject, look)
    if isinstance(made, bytes) and output == STDOUT and is_terminal(sys.stdout):
        raise WrongUsage(f"--format {name}: is no text for a terminal; add --output FILE")
    write(made.encode() if isinstance(made, str) and name != TERMINAL else made, output)


def _write_whole(made: str | bytes) -> None:
    """With PYTHONUNBUFFERED, a text stream drops what one system call does not take, and says nothing."""
    if sys.stdout is None or sys.stdout.closed:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(made if isinstance(made, str) else made.decode())
        return
    if isinstance(made, str):
        made = made.replace("\n", os.linesep).encode(sys.stdout.encoding or "utf-8", TYPED)
    rest = memoryview(made)
    while rest:
        rest = rest[binary.write(rest) :]
    binary.flush()


def write(made: str | bytes, output: str) -> None:
    """To standard output (`-`), where a text is written as the screen can show it; or whole to a file, in UTF-8."""
    if output == STDOUT:
        _write_whole(made)
    else:
        from cvp.saving import save

        save(output, made.encode() if isinstance(made, str) else made)
