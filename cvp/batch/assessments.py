"""Full assessments, a file a row, and an index of them."""

import csv
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from cvp.assessment import Assessment
from cvp.batch.locking import locked, parts_of
from cvp.batch.placing import Placing
from cvp.batch.telling import disk
from cvp.errors import Unwritable, WrongUsage
from cvp.reports.spreadsheet import guarded
from cvp.saving import save, sync_folder
from cvp.text import one_line

INDEX: Final = "index.csv"
_PARTS: Final = ".cvp-parts"
_LONGEST: Final = 40


@contextmanager
def locked_folder(name: str, resume: bool) -> Iterator[None]:
    """Keeps others from writing into it. Raises Unwritable, and WrongUsage where it holds files of another run.

    A run that goes on may find its own there, if it was killed when they had just taken their places.
    """
    folder = Path(os.path.abspath(name))
    with disk(name):
        folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and not folder.is_dir():
        raise Unwritable(f"{name}: could not be written: it is no folder; name another")
    with locked(folder):
        if not resume:
            _refuse_others(Path(name), set())
        yield


def write_assessments(found: Iterable[tuple[str, Assessment]], folder: Path, files: Placing) -> int:
    """Writes `slug-8hex.json` for each, and the index; gives how many. Raises Unwritable and WrongUsage."""
    is_there = folder.is_dir()
    aside = folder / _PARTS if is_there else parts_of(Path(os.path.abspath(folder)))
    with files.folder(folder, aside, partial(_spread if is_there else _rename, aside, folder)):
        shutil.rmtree(aside, ignore_errors=True)  # of a run that was killed
        aside.mkdir()
        made = _write(found, aside)
        _refuse_others(folder, {*made, INDEX})
    return len(made)


def _write(found: Iterable[tuple[str, Assessment]], folder: Path) -> set[str]:
    taken: set[str] = set()
    with (folder / INDEX).open("w", encoding="utf-8", newline="") as index:
        writer = csv.writer(index, lineterminator="\n")
        writer.writerow(["file", "name", "level", "low", "high"])
        for name, assessment in found:
            file = file_name(name, taken)
            taken.add(file)
            save(str(folder / file), assessment.to_json().encode())
            writer.writerow([file, guarded(one_line(name)), assessment.level, assessment.low, assessment.high])
        index.flush()
        os.fsync(index.fileno())
    return taken


def _refuse_others(folder: Path, made: set[str]) -> None:
    """Assessments of another run would stay among the new ones, and be taken for them. Hidden files are nobody's."""
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")} if folder.is_dir() else set()
    if others := sorted(there - made):
        more = f" and {len(others) - 1:,} more" if others[1:] else ""
        raise WrongUsage(
            f"--assessments {folder}: holds {one_line(others[0])}{more}, not of this run; empty it, or name another"
        )


def _rename(aside: Path, folder: Path) -> None:
    aside.rename(folder)


def _spread(aside: Path, folder: Path) -> None:
    """The index comes last."""
    for path in sorted(aside.iterdir(), key=lambda path: path.name == INDEX):
        path.replace(folder / path.name)
    aside.rmdir()
    sync_folder(folder)


def file_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name of letters, digits and hyphens that is none of those `taken`: it never leaves its folder."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "row"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    file, number = f"{slug}-{digest}.json", 1
    while file in taken:
        number += 1
        file = f"{slug}-{digest}-{number}.json"
    return file
