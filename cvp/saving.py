"""Files written whole or not at all: a temporary file beside the target, synced, renamed, the folder synced."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cvp.errors import Unwritable


def save(name: str, data: bytes) -> None:
    """Writes the file, or leaves what was there. Raises Unwritable with the reason."""
    target = Path(name)
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            target.write_bytes(data)  # a device or a pipe has no whole to replace
        else:
            _replace(target, data)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise Unwritable(f"{name}: could not be written: {reason}; name another file or folder") from None


def _replace(target: Path, data: bytes) -> None:
    with beside(target) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def beside(target: Path, folder: Path | None = None) -> Iterator[Path]:
    """A new, empty file beside the target, which takes its place where all goes well, else goes. Raises OSError.

    It may be made in a `folder` on the same disk instead.
    """
    temporary = aside(target, folder)
    try:
        yield temporary
        make_ready(temporary, target)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def aside(target: Path, folder: Path | None = None) -> Path:
    """A new, empty file beside the target, or in a `folder`. Raises OSError."""
    prefix, suffix = f".{target.name[:100]}.", target.suffix[:20]
    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=folder or target.parent)
    os.close(descriptor)
    return Path(name)


def make_ready(temporary: Path, target: Path) -> None:
    """What was written is on the disk, and has the mode of the target that it will replace. Raises OSError."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.chmod(_mode(target))


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what a new file gets."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unused_name(name: str) -> str:
    """`name`, or `name` with a number before its endings, whichever is not there yet."""
    path = Path(name)
    stem, _, endings = path.name.partition(".")
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}-{number}.{endings}")
    return str(path)
