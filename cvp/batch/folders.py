"""Folders of answers files as scored rows: a company a file, on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from typing import Final

import polars as pl

from cvp.assessment import Assessment
from cvp.batch.companies import UNREADABLE, Asked, Company, Passed, assessed, company_of, faults_of
from cvp.batch.copies import copies_in
from cvp.batch.scored import LEFT_OUT, REASON, REJECTED, SOUND, SOURCE, STATUS, Reject, in_blocks, kept_column
from cvp.errors import CvpError, Unreadable, WrongUsage
from cvp.level import LEVELS
from cvp.tables.answering.looking import Later
from cvp.tables.answering.quoting import few
from cvp.tables.files.sources import ENDINGS as TABLES
from cvp.tables.files.sources import parts_in, visible_in
from cvp.tables.table import PART, ROW
from cvp.text import one_line
from cvp.workers import spread

ENDINGS: Final = (".yaml", ".yml", ".json")
KEYS: Final = ("file", "company", "date", "by")

KILLED: Final = 1
"""The `part` of a file whose process was killed: it is not tried again."""

_FEW: Final = 3
"""As many files are named in a sentence."""

_STATUS: Final = {"sound": SOUND, "rejected": REJECTED, "left out": LEFT_OUT, "killed": REJECTED}
_SCORES: Final = tuple(f"score_{level}" for level in LEVELS)
_TYPES: Final = {
    **dict.fromkeys(("level", "low", "high"), pl.Int64),
    **dict.fromkeys(("settled", "secured"), pl.Boolean),
    **dict.fromkeys(("coverage", *_SCORES), pl.Float64),
    **dict.fromkeys(("safeguards", "recommendation"), pl.String),
}


class Folders:
    """Every file of answers below some folders, in the order of their names."""

    keys: tuple[str, ...] = KEYS
    are_soon_scored = False
    later: Sequence[Later] = ()

    def __init__(self, files: Sequence[str], asked: Asked) -> None:
        self.files = files
        self.asked = asked
        self._uncounted: set[int] | None = None

    @property
    def notes(self) -> Sequence[str]:
        """Which answers are there twice: once files are scored, since those that do not count are no matter."""
        return () if self._uncounted is None else [*_told_copies(self.files, self._uncounted)]

    def total(self) -> int:
        return len(self.files)

    def know(self, later: Sequence[Later]) -> None:
        """There is nothing to know: answers files say what they mean."""

    def learn(self, rejected: pl.DataFrame) -> bool:  # noqa: ARG002 - as for tables
        return False

    def blocks(self, outputs: Sequence[str], size: int, skip: int = 0) -> Iterator[pl.DataFrame]:
        yield from in_blocks(self._frames(outputs, skip), size)

    def ask(
        self, outputs: Sequence[str], query: Callable[[pl.LazyFrame], pl.DataFrame], seen: Callable[[int], None]
    ) -> Iterator[pl.DataFrame]:
        frames = []
        for frame in self._frames(outputs, 0):
            seen(frame.height)
            frames.append(frame)
        yield query(pl.concat(frames).lazy())

    def _frames(self, outputs: Sequence[str], skip: int) -> Iterator[pl.DataFrame]:
        ranks = tuple(f"rank_{question}" for question in self.asked.questionnaire.questions)
        groups = {"scores": _SCORES, "ranks": ranks}
        names = [column for name in outputs for column in groups.get(name, (name,))]
        schema = {
            STATUS: pl.Int8,
            REASON: pl.String,
            SOURCE: pl.UInt32,
            PART: pl.UInt32,
            ROW: pl.UInt32,
            **{kept_column(index): pl.String for index in range(len(KEYS))},
            **{name: _TYPES.get(name, pl.Int16) for name in dict.fromkeys(names)},
        }
        numbered = list(enumerate(self.files))[skip:]
        uncounted = self._uncounted = set()
        # Polars has threads, which a fork would not take along.
        for rows in spread(partial(company_of, asked=self.asked), numbered, _killed, method="spawn"):
            uncounted.update(row.number for row in rows if row.status != "sound")
            yield pl.DataFrame([_flat(row, list(schema)) for row in rows], schema=schema)

    def rejects(self, rows: pl.DataFrame) -> Iterator[Reject]:
        for part, number in rows.select(PART, ROW).iter_rows():
            name = one_line(self.files[number])
            keys = (name, *[None] * (len(KEYS) - 1))
            if part == KILLED:
                yield Reject(name, None, "", "", UNREADABLE, "kills the process that scores it; please report it", keys)
                continue
            for fault in faults_of(self.files[number], self.asked):
                yield Reject(name, fault.line, fault.column, "", fault.code, fault.message, keys)

    def assessments(self) -> Iterator[tuple[str, Assessment]]:
        for file in self.files:
            try:
                assessment = assessed(file, self.asked)
            except (Passed, CvpError):
                continue
            yield assessment.company or file, assessment


def files_in(folders: Sequence[str]) -> list[str]:
    """What has an ending of YAML or JSON, be it readable or not, but for names that begin with `.` or `_`.

    Raises Unreadable where there is none, WrongUsage where some would count twice.
    """
    _refuse_same_folders(folders)
    found = [file for folder in folders for file in _files_in(folder)]
    if not found:
        raise Unreadable(f"{one_line(folders[0])}: holds no YAML or JSON; {_instead(folders[0])}")
    return found


def is_a_table(folder: str) -> bool:
    """Whether it holds the parts of one, in Parquet, and no answers files. Raises Unreadable as `parts_in` does."""
    return next(_files_in(folder), None) is None and bool(parts_in(folder))


def _files_in(folder: str) -> Iterator[str]:
    for path, names in visible_in(folder):
        yield from (os.path.join(path, name) for name in names if name.lower().endswith(ENDINGS))


def _refuse_same_folders(folders: Sequence[str]) -> None:
    """A folder that is given twice, or lies in another. Raises WrongUsage."""
    seen: set[str] = set()
    for folder in folders:
        for path, _ in visible_in(folder):
            if (real := os.path.realpath(path)) in seen:
                raise WrongUsage(f"{one_line(path)}: is given twice, and its files would count twice; give it once")
            seen.add(real)


def told_unseen(folders: Sequence[str]) -> Iterator[str]:
    """A sentence about files that would be answers, but for their names; none where none are."""
    if unseen := [one_line(file) for folder in folders for file in _unseen_in(folder)]:
        are, their = ("file is", "its name begins") if len(unseen) == 1 else ("files are", "their names begin")
        yield f"{len(unseen):,} {are} left alone, since {their} with `.` or `_`: {few(unseen, _FEW)}."


def _told_copies(files: Sequence[str], uncounted: Set[int]) -> Iterator[str]:
    """A sentence about answers that count more than once; none where none do."""
    counted = filter(uncounted.isdisjoint, copies_in(files))
    pairs = [(one_line(files[copy]), one_line(files[first])) for copy, first in counted]
    if len(pairs) == 1:
        yield f"{pairs[0][0]} holds the same answers as {pairs[0][1]}: both are counted; take one away."
    elif pairs:
        named = few([f"{copy} (as {first})" for copy, first in pairs], _FEW)
        yield f"{len(pairs):,} files hold the same answers as others: {named}. All are counted; take the copies away."


def _unseen_in(folder: str) -> Iterator[str]:
    """Files of answers by their endings, but for their names."""
    for path, names in visible_in(folder):
        unseen = sorted(name for name in {*os.listdir(path)}.difference(names) if name.lower().endswith(ENDINGS))
        yield from (file for name in unseen if not os.path.isdir(file := os.path.join(path, name)))


def _instead(folder: str) -> str:
    """How to name the tables in it, where there are any."""
    endings = {os.path.splitext(name)[1] for name in os.listdir(folder)}
    tables = [ending for ending in TABLES if ending in endings]
    return f"give its tables, as '{one_line(folder)}/*{tables[0]}'" if tables else "name another folder"


def _killed(numbered: tuple[int, str]) -> Company:
    number, file = numbered
    return Company(number, "killed", {"file": one_line(file)})


def _flat(company: Company, names: Sequence[str]) -> dict[str, object]:
    """A row of a block."""
    part = KILLED if company.status == "killed" else 0
    where = {STATUS: _STATUS[company.status], SOURCE: 0, PART: part, ROW: company.number}
    kept = {kept_column(index): company.row.get(name) for index, name in enumerate(KEYS)}
    found = {**company.row, **kept, **where, REASON: company.reason or None}
    return {name: found.get(name) for name in names}
