"""One run at a time writes a file."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from cvp.batch.telling import disk
from cvp.errors import Unwritable


def parts_of(target: Path) -> Path:
    """The folder, beside the target, for what is not done yet; the target's lock bears its name too."""
    return target.with_name(f".{target.name[:100]}.cvp-parts")


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keeps others from writing the target. Raises Unwritable where another run does, or the folder is not there."""
    if not target.parent.is_dir():  # which the lock would make
        raise Unwritable(f"{target}: could not be written: there is no such folder; make it, or name another")
    parts = parts_of(target)
    lock = FileLock(f"{parts}.lock")
    with disk(str(target)):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not Path(lock.lock_file).exists():
                raise Unwritable(f"{target}: could not be written: its folder takes no files; name another") from None
            raise Unwritable(f"{target}: another cvp batch is writing it; wait for it, or name another") from None
    try:
        yield
    finally:
        lock.release()
        if not parts.exists():
            with contextlib.suppress(OSError):
                Path(lock.lock_file).unlink()
