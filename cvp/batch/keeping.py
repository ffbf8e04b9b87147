"""Blocks kept beside the target until all are there: what a killed run goes on from.

A folder `.NAME.cvp-parts` holds `run.json`, which says of what input, questionnaire and options the blocks are, and a
file a block. A block's file has its name only once it is whole and on the disk, and a digest beside it tells whether
it still is what was written.
"""

import contextlib
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import polars as pl

from cvp.batch.locking import locked, parts_of
from cvp.batch.telling import RESUME, disk
from cvp.errors import Unreadable
from cvp.text import one_line

Identity = Mapping[str, object]

_ENDS: Final = 1 << 20
_RUN: Final = "run.json"
_LATER: Final = "later.json"


class Kept:
    """The blocks of one run, in a folder that no other process uses meanwhile."""

    def __init__(self, target: Path, identity: Identity, resume: bool) -> None:
        """Raises Unreadable where the blocks are of another run, Unwritable where another process makes them."""
        self.folder = parts_of(target)
        self.target = target
        self.found = 0
        self.said: tuple[str, ...] = ()
        """Sentences about an earlier run, to print."""
        self._identity = identity
        self._resume = resume
        self._lock = contextlib.ExitStack()

    def __enter__(self) -> "Kept":
        with contextlib.ExitStack() as lock:
            lock.enter_context(locked(self.target))
            with disk(str(self.target)):
                self._begin()
            self._lock = lock.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    def _begin(self) -> None:
        before = self._before()
        if self._resume and before is not None:
            self._refuse_another(before)
            self.found = len(self._files())
            return
        if before is not None and self._files():
            self.said = ("An unfinished run was thrown away and begun anew; --resume would have gone on with it.",)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        _write(self.folder / _RUN, json.dumps(self._identity, indent=1).encode())

    def _before(self) -> Identity | None:
        try:
            before = json.loads((self.folder / _RUN).read_bytes())
        except (OSError, ValueError):
            return None
        return before if isinstance(before, dict) else None

    def _refuse_another(self, before: Identity) -> None:
        for name, now in json.loads(json.dumps(self._identity)).items():
            if before.get(name) != now:
                what = {"inputs": "the input", "questionnaire": "the questionnaire"}.get(
                    name, f"what was asked ({name})"
                )
                raise Unreadable(
                    f"--resume: {what} is not as it was when {self.target} was begun; leave --resume out to begin anew"
                )

    def _files(self) -> list[Path]:
        """The blocks that are there, from the first on without a gap."""
        files: list[Path] = []
        while (file := self.folder / f"{len(files):06}.arrow").is_file():
            files.append(file)
        return files

    def blocks(self) -> Iterator[pl.DataFrame]:
        """Those of an earlier run, in order, up to one that is damaged: from there on they are thrown away."""
        files = self._files()[: self.found]
        for number, file in enumerate(files):
            if (data := _sound(file)) is None:
                self.found = number
                self._forget(files[number:])
                return
            yield pl.read_ipc(data)

    def _forget(self, files: Sequence[Path]) -> None:
        with disk(str(self.target)):
            for file in reversed(files):
                file.unlink()
        behind = " and all behind them" if files[1:] else ""
        self.said = (f"{files[0]}: is damaged; its rows{behind} were scored again.",)

    @contextlib.contextmanager
    def checked(self) -> Iterator[None]:
        """Where polars fails on kept blocks since one is damaged, that is what went wrong. Raises Unreadable."""
        try:
            yield
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
            if file := next((file for file in self._files() if _sound(file) is None), None):
                raise Unreadable(f"{file}: was damaged while it was kept; run it again") from None
            raise

    def keep(self, number: int, block: pl.DataFrame) -> None:
        """Raises Unwritable where the disk is full."""
        file = self.folder / f"{number:06}.arrow"
        temporary = file.with_suffix(".new")
        with disk(str(self.target), RESUME), temporary.open("w+b") as opened:
            block.write_ipc(opened, compression="lz4")
            opened.flush()
            os.fsync(opened.fileno())
            opened.seek(0)
            _digest_of(file).write_text(hashlib.file_digest(opened, "sha256").hexdigest())
        temporary.replace(file)

    @property
    def has_rows(self) -> bool:
        return bool(self._files())

    def rows(self) -> pl.LazyFrame:
        """All kept blocks, in order."""
        return pl.scan_ipc(self._files(), glob=False)

    @staticmethod
    def of(target: Path) -> bool:
        """Whether blocks were kept for it that are not done with."""
        return any(parts_of(target).glob("*.arrow"))

    @property
    def later(self) -> list[dict[str, list[str | float]]]:
        """What was learned of the input before these blocks were scored."""
        try:
            later: list[dict[str, list[str | float]]] = json.loads((self.folder / _LATER).read_bytes())
        except FileNotFoundError:
            return []
        return later

    def begin_anew(self, later: Sequence[Mapping[str, Sequence[str | float]]]) -> None:
        """Throws the blocks away, since more was learned of the input."""
        for file in self._files():
            file.unlink()
        self.found = 0
        _write(self.folder / _LATER, json.dumps(later).encode())

    def remove(self) -> None:
        """When all is done."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _digest_of(block: Path) -> Path:
    """The file that tells what the block's file holds."""
    return block.with_suffix(".sha256")


def _sound(block: Path) -> bytes | None:
    """What the block's file holds, if that is what was written. Polars takes some damaged blocks for sound ones."""
    try:
        data = block.read_bytes()
        return data if hashlib.sha256(data).hexdigest() == _digest_of(block).read_text() else None
    except (OSError, ValueError):
        return None


def identity_of(path: Path) -> dict[str, object]:
    """What tells one content of a file from another without reading all of it: size, time, and both ends.

    Of a pipe, of a link to nothing and of what may not be read there are no ends.
    """
    status = path.stat() if os.path.exists(path) else path.lstat()
    ends = b""
    if stat.S_ISREG(status.st_mode):
        with contextlib.suppress(PermissionError), path.open("rb") as file:
            ends = file.read(_ENDS)
            file.seek(max(0, status.st_size - _ENDS))
            ends += file.read(_ENDS)
    digest = hashlib.sha256(ends).hexdigest()
    return {"path": os.path.realpath(path), "size": status.st_size, "time": status.st_mtime_ns, "ends": digest}


def refuse_changed(identity: Identity) -> None:
    """Rows of two versions of an input would be scored as one. Raises Unreadable.

    One that has been deleted is passed over: had it not been read to its end, reading would have raised Unreadable.
    """
    for known in identity["inputs"]:  # type: ignore[attr-defined]
        with contextlib.suppress(OSError):
            status = os.stat(known["path"])
            if (status.st_size, status.st_mtime_ns) != (known["size"], known["time"]):
                raise Unreadable(f"{one_line(known['path'])}: was changed while it was read; run it again")


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
