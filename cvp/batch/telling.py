"""What goes wrong while files are written, in a sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import polars as pl

from cvp.errors import Unwritable
from cvp.text import one_line

_FULL: Final = ("no space left", "os error 28", "disk quota", "os error 122")
"""What polars says of a full disk, in words alone."""


@contextmanager
def disk(name: str) -> Iterator[None]:
    """Turns what the disk refuses, to us or to polars, into Unwritable."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        number, reason = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
        said = one_line(reason or str(error).partition("\n")[0])[:200].lower()
        is_full = number in (errno.ENOSPC, errno.EDQUOT) or any(words in said for words in _FULL)
        raise Unwritable(_said(name, said, is_full)) from None


def _said(name: str, reason: str, is_full: bool) -> str:
    if is_full:
        return f"{name}: the disk is full; free some space and go on with --resume"
    return f"{name}: could not be written: {reason}; name another file or folder"
