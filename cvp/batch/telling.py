"""What goes wrong while files are written, in a sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl

from cvp.errors import Unwritable
from cvp.text import one_line


@contextmanager
def disk(name: str) -> Iterator[None]:
    """Turns what the disk refuses, to us or to polars, into Unwritable."""
    try:
        yield
    except OSError as error:
        raise Unwritable(_said(name, error.strerror or str(error), error.errno == errno.ENOSPC)) from None
    except pl.exceptions.PolarsError as error:
        reason = one_line(str(error).partition("\n")[0])[:200]
        raise Unwritable(_said(name, reason, "No space left" in str(error))) from None


def _said(name: str, reason: str, is_full: bool) -> str:
    if is_full:
        return f"{name}: the disk is full; free some space and go on with --resume"
    return f"{name}: could not be written: {reason.lower()}; name another file or folder"
