"""The one place where an error becomes a message and an exit code."""

import codecs
import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import Final, ParamSpec

import typer

from cvp.errors import CvpError
from cvp.text import printable, typed

P = ParamSpec("P")

INTERRUPTED: Final = 130
READER_GONE: Final = 141
COULD_NOT: Final = 3
TYPED: Final = "cvp.typed"
"""What becomes of characters that an encoding lacks, by the name that `str.encode` knows it under."""

debug = False
"""Set by `cvp --debug`: tracebacks are shown."""


def as_command(command: Callable[P, None]) -> Callable[P, None]:
    """The command, with every error told to standard error and turned into its exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        _type_what_cannot_be_encoded()
        try:
            command(*args, **kwargs)
            _flush()
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            give_up_output()
            raise typer.Exit(READER_GONE) from None
        except Exception as error:
            if debug:
                raise
            raise typer.Exit(_tell(error)) from None

    return run


def _typed(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(typed, error.object[error.start : error.end])), error.end


codecs.register_error(TYPED, _typed)


def _type_what_cannot_be_encoded() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=TYPED)


def _flush() -> None:
    """A full disk or a closed pipe shows only when the buffer is written: before we say that all went well."""
    if sys.stdout is None or sys.stdout.closed:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.flush()


def give_up_output() -> None:
    """What is still buffered would be written, and fail, when Python exits."""
    if sys.stdout is not None and not sys.stdout.closed:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: Exception) -> int:
    from cvp.finding import Invalid

    if isinstance(error, Invalid):
        from cvp.diagnostics.text import blocks

        say("\n\n".join(blocks(error.findings)))
        return error.exit_code
    if isinstance(error, CvpError):
        say(f"cvp: {error}")
        return error.exit_code
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EBADF, errno.EIO):
            give_up_output()
        say(
            f"cvp: could not write the output: {(error.strerror or str(error)).lower()}; free some space or name a file"
        )
        return COULD_NOT
    say(f"cvp: unexpected fault, {type(error).__name__}; please report it with what `cvp --debug …` shows")
    return COULD_NOT


def say(message: str) -> None:
    """A line for a person, on standard error; nothing in it steers the terminal."""
    try:
        sys.stderr.write(printable(message) + "\n")
    except (OSError, ValueError, AttributeError):
        return  # nobody is there to be told
