"""What goes wrong while files are written, in a sentence."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import polars as pl

from cvp.errors import Unwritable
from cvp.text import one_line

RESUME: Final = "go on with --resume"
AGAIN: Final = "run it again"
_FULL: Final = ("no space left", "os error 28", "disk quota", "os error 122")
"""What polars says of a full disk, in words alone."""
_OS_ERROR: Final = re.compile(r"\(os error ([0-9]+)\)")


@contextmanager
def disk(name: str, then: str = AGAIN) -> Iterator[None]:
    """Turns what the disk refuses, to us or to polars, into Unwritable; `then` is what to do once a full one is not."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        number, reason = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
        said = one_line(reason or str(error).partition("\n")[0])[:200].lower()
        is_full = number in (errno.ENOSPC, errno.EDQUOT) or any(words in said for words in _FULL)
        raise Unwritable(_said(name, said, then if is_full else None)) from None


@contextmanager
def written_by_polars() -> Iterator[None]:
    """Makes what the disk refuses to polars an OSError, unlike what it finds wrong with the rows that it writes."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        if number := _OS_ERROR.search(str(error)):
            raise OSError(int(number[1]), os.strerror(int(number[1]))) from None
        raise


def _said(name: str, reason: str, then: str | None) -> str:
    if then:
        return f"{name}: the disk is full; free some space and {then}"
    return f"{name}: could not be written: {reason}; name another file or folder"
