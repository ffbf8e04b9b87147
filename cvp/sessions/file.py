"""An open file that one process alone writes: created exclusively, locked, synced after every write."""

import contextlib
import errno
import os
import stat
from io import FileIO
from pathlib import Path
from typing import Final

from filelock import lock_descriptor

from cvp.errors import SessionBusy, Unreadable, Unwritable
from cvp.reading import MAX_BYTES
from cvp.saving import sync_folder

_FLAGS: Final = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PRIVATE: Final = 0o600


class SessionFile:
    """The file `name`, open and locked."""

    def __init__(self, name: str, handle: FileIO) -> None:
        self.name = name
        self._handle = handle

    def read(self) -> bytes:
        """All that is in it. Raises Unreadable."""
        try:
            self._handle.seek(0)
            data = self._handle.read(MAX_BYTES + 1) or b""
        except OSError as error:
            raise Unreadable(f"{self.name}: cannot be read: {_reason(error)}") from None
        if len(data) > MAX_BYTES:
            raise Unreadable(f"{self.name}: is larger than 4 MiB, which no session is")
        return data

    def extend(self, data: bytes, kept: int) -> None:
        """Brings the file, of which the first `kept` bytes are on the disk, to hold `data`. Raises Unwritable.

        What an earlier write left behind is cut off first; after a failure, so is what this one wrote.
        """
        try:
            status = os.fstat(self._handle.fileno())
            if not status.st_nlink:
                raise Unwritable(f"{self.name}: was deleted or replaced while it was open")
            if status.st_size < kept:
                kept = 0
            if status.st_size > kept:
                self._handle.truncate(kept)
            self._handle.seek(kept)
            rest = memoryview(data)[kept:]
            while rest:
                rest = rest[self._handle.write(rest) :]
            os.fsync(self._handle.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self._handle.truncate(kept)
            raise Unwritable(f"{self.name}: could not be written: {_reason(error)}") from None

    def close(self, delete: bool = False) -> None:
        """Gives the lock back; with `delete`, takes the file away."""
        if delete:
            with contextlib.suppress(OSError):
                if os.name == "nt":  # where an open file cannot be deleted
                    self._handle.close()
                Path(self.name).unlink()
        self._handle.close()


def create_file(name: str) -> SessionFile:
    """A new private file, which no other process writes. Raises Unwritable where it cannot be, or is there already."""
    try:
        handle = FileIO(os.open(name, _FLAGS | os.O_CREAT | os.O_EXCL, _PRIVATE), "r+")
    except (OSError, ValueError) as error:
        raise Unwritable(f"{name}: could not be written: {_reason(error)}") from None
    file = SessionFile(name, handle)
    try:
        _lock(name, handle)
        with contextlib.suppress(OSError):  # some file systems cannot; the file itself tells whether it is well
            sync_folder(Path(name).parent)
    except BaseException:
        file.close(delete=True)
        raise
    return file


def open_file(name: str) -> SessionFile:
    """A file that is there, to be read and written. Raises Unwritable, Unreadable and SessionBusy."""
    if os.path.islink(name):  # where there is no O_NOFOLLOW
        raise Unwritable(f"{name}: is a link, and answers are written to no link; name the file itself")
    try:
        handle = FileIO(os.open(name, _FLAGS), "r+")
    except (OSError, ValueError) as error:
        raise Unwritable(f"{name}: could not be opened for writing: {_reason(error)}") from None
    try:
        status = os.fstat(handle.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(f"{name}: is no regular file; give a session's file")
        _lock(name, handle)
        if not os.fstat(handle.fileno()).st_nlink:
            raise Unwritable(f"{name}: was deleted just now; begin another session")
    except BaseException:
        handle.close()
        raise
    return SessionFile(name, handle)


def _lock(name: str, handle: FileIO) -> None:
    """The system gives the lock back when the process ends, however it ends; no file of its own is left behind."""
    try:
        locked = lock_descriptor(handle.fileno(), blocking=False)
    except OSError as error:
        raise Unwritable(f"{name}: could not be locked: {_reason(error)}; name a file on another disk") from None
    if not locked:
        raise SessionBusy(f"{name}: is open in another cvp; go on there, or leave it there with q and try again")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EEXIST:
        return "there is such a file already"
    return str(getattr(error, "strerror", None) or "not a usable file name").lower()
