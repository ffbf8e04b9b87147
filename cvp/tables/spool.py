"""A folder for what must be written anew before it is read: it goes when nobody needs it any more."""

import errno
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvp.errors import Unwritable


class Spool:
    """A new folder where temporary files are, which lasts as long as this object or until Python ends."""

    def __init__(self) -> None:
        self.name = tempfile.mkdtemp(prefix="cvp-")
        self.cleanup = weakref.finalize(self, shutil.rmtree, self.name, ignore_errors=True)

    @property
    def path(self) -> Path:
        return Path(self.name)


@contextmanager
def room_for(table: str) -> Iterator[None]:
    """While a table is copied. Raises Unwritable, which names the folder, where its disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Unwritable(
            f"{tempfile.gettempdir()}: the disk is full, and {table} is copied there before it is read; free some "
            "space, or name a folder that has more by TMPDIR"
        ) from None
