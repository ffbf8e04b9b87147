"""The files of one run: each is written beside its target, and all take their places together, when all are whole.

Whoever finds one of them, finds those of the same run: a run that ends before leaves every target as it was.
"""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from cvp.batch.locking import locked
from cvp.batch.telling import AGAIN, disk
from cvp.errors import Unwritable
from cvp.saving import aside, make_ready, sync_folder
from cvp.text import and_list
from cvp.workers.interruptions import uninterrupted


@dataclass(frozen=True, slots=True)
class _Made:
    """A file or folder that is whole, and what puts it into its place; no `name` where that is standard output.

    It is `poured` where its place is no file that another can replace.
    """

    name: str
    temporary: Path
    put: Callable[[], None]
    comes_last: bool = False
    is_poured: bool = False


class Placing:
    """A block of which all files are temporary until `place` is called; left before that, it leaves none of them.

    While it lasts no other run may write the `targets`; those that are no files, as `/dev/null`, are for anybody.
    """

    def __init__(self, targets: Sequence[str] = ()) -> None:
        self._targets = [Path(name) for name in targets]
        self._made: list[_Made] = []
        self._locks = contextlib.ExitStack()
        self.placed: tuple[str, ...] = ()
        """The names of what is in its place: the file that `comes_last`, which the rest tells about, is named first."""
        self.is_done = False
        self.parts: Path | None = None
        """A folder for what is not done yet; the next run takes away what a killed one left in it."""

    def __enter__(self) -> "Placing":
        """Raises Unwritable where a target cannot be written, before anything is done for it."""
        with contextlib.ExitStack() as locks:
            for target in self._targets:
                if target.is_dir():
                    raise Unwritable(f"{target}: could not be written: it is a folder; name another file or folder")
                if not _is_special(target):
                    locks.enter_context(locked(target))
            self._locks = locks.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for made in self._made:
            _remove(made.temporary)
        self._made.clear()
        self._locks.close()

    @contextlib.contextmanager
    def file(self, target: Path, then: str = AGAIN, comes_last: bool = False) -> Iterator[Path]:
        """A new, empty file, which takes the target's place. Raises Unwritable; `then` is what to do on a full disk."""
        with disk(str(target), then):
            special = _is_special(target)
            temporary = aside(target, Path(tempfile.gettempdir()) if special else self._parts_beside(target))
            try:
                yield temporary
                if not special:
                    make_ready(temporary, target)
            except BaseException:
                _remove(temporary)
                raise
        put = partial(_pour if special else _replace, temporary, target)
        self._made.append(_Made(str(target), temporary, put, comes_last, is_poured=special))

    @contextlib.contextmanager
    def standard_output(self, folder: Path) -> Iterator[Path]:
        """A new file in the folder, which goes to standard output when all others are in their places."""
        target = folder / "rows.csv"
        with disk(str(target)):
            temporary = aside(target)
            yield temporary
        self._made.append(_Made("", temporary, partial(_print, temporary), comes_last=True, is_poured=True))

    def save(self, target: str, data: bytes) -> None:
        """Raises Unwritable."""
        with self.file(Path(target)) as temporary:
            temporary.write_bytes(data)

    @contextlib.contextmanager
    def folder(self, target: Path, temporary: Path, put: Callable[[], None]) -> Iterator[None]:
        """The block makes the `temporary` folder whole, and `put` puts it into its place. Raises Unwritable."""
        try:
            with disk(str(target)):
                yield
        except BaseException:
            _remove(temporary)
            raise
        self._made.append(_Made(str(target), temporary, put))

    def place(self) -> None:
        """Puts all into their places, whatever would interrupt it. Raises Unwritable, which says what is there then."""
        order = sorted(self._made, key=lambda made: made.comes_last)
        renamed = [made for made in order if not made.is_poured]
        with uninterrupted() if renamed else contextlib.nullcontext():
            self._put(renamed)
            for folder in {Path(made.name).parent for made in renamed}:
                with contextlib.suppress(OSError):
                    sync_folder(folder)
            self.is_done = True
        self._put([made for made in order if made.is_poured])  # whoever reads may be slow

    def _put(self, several: Sequence[_Made]) -> None:
        for made in several:
            with _told(made.name, self.placed) if made.name else contextlib.nullcontext():
                made.put()
            self._made.remove(made)
            if made.is_poured:
                _remove(made.temporary)
            if made.name:
                self.placed = (made.name, *self.placed) if made.comes_last else (*self.placed, made.name)

    def _parts_beside(self, target: Path) -> Path | None:
        """A rename works within one folder's disk alone, and a mounted folder may be on another."""
        return self.parts if self.parts and self.parts.parent.samefile(target.parent) else None


@contextlib.contextmanager
def _told(name: str, placed: Sequence[str]) -> Iterator[None]:
    try:
        with disk(name):
            yield
    except Unwritable as error:
        there = f"; of this run, {and_list([*placed])} took their places already" if placed else ""
        raise Unwritable(f"{error}{there}") from None


def _is_special(target: Path) -> bool:
    """A device or a pipe, which has no whole to replace."""
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except OSError:
        return False


def _replace(temporary: Path, target: Path) -> None:
    temporary.replace(target)


def _pour(temporary: Path, target: Path) -> None:
    with temporary.open("rb") as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)


def _print(temporary: Path) -> None:
    sys.stdout.flush()
    with temporary.open("rb") as opened:
        shutil.copyfileobj(opened, sys.stdout.buffer, 1 << 20)
    sys.stdout.buffer.flush()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            os.unlink(path)
