"""Folders of answers files as scored rows: a company a file, on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import polars as pl

from cvp.assessment import Assessment
from cvp.batch.companies import UNREADABLE, Asked, Company, Passed, assessed, company_of, faults_of
from cvp.batch.scored import LEFT_OUT, REASON, REJECTED, SOUND, SOURCE, STATUS, Reject, in_blocks, kept_column
from cvp.errors import CvpError, Unreadable
from cvp.level import LEVELS
from cvp.tables.answering.looking import Later
from cvp.tables.files.sources import ENDINGS as TABLES
from cvp.tables.files.sources import parts_in, visible_in
from cvp.tables.table import PART, ROW
from cvp.text import one_line
from cvp.workers import spread

ENDINGS: Final = (".yaml", ".yml", ".json")
KEYS: Final = ("file", "company", "date", "by")

KILLED: Final = 1
"""The `part` of a file whose process was killed: it is not tried again."""

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
    notes: Sequence[str] = ()

    def __init__(self, files: Sequence[str], asked: Asked) -> None:
        self.files = files
        self.asked = asked

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
        # Polars has threads, which a fork would not take along.
        for rows in spread(partial(company_of, asked=self.asked), numbered, _killed, method="spawn"):
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
    """Files with an ending of YAML or JSON, but for those whose names begin with `.` or `_`. Raises Unreadable."""
    found = [file for folder in folders for file in _files_in(folder)]
    if not found:
        raise Unreadable(f"{one_line(folders[0])}: holds no YAML or JSON; {_instead(folders[0])}")
    return found


def is_a_table(folder: str) -> bool:
    """Whether it holds the parts of one, in Parquet, and no answers files. Raises Unreadable as `parts_in` does."""
    return next(_files_in(folder), None) is None and bool(parts_in(folder))


def _files_in(folder: str) -> Iterator[str]:
    for path, names in visible_in(folder):
        files = (os.path.join(path, name) for name in names if name.lower().endswith(ENDINGS))
        yield from filter(os.path.isfile, files)


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
