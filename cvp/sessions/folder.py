"""The sessions in a folder, and the name of a new one."""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cvp.errors import CvpError
from cvp.saving import unused_name
from cvp.sessions.journal import read_journal
from cvp.sessions.replay import course_of
from cvp.text import one_line

ENDING: Final = ".cvp.jsonl"


@dataclass(frozen=True, slots=True)
class Found:
    """A session's file: by which questionnaire, whose and of which day, in which language, how far, when changed."""

    file: str
    questionnaire: str
    company: str
    date: str
    language: str
    answered: int
    asked: int
    changed: datetime.datetime


def session_name(company: str, date: str) -> str:
    """A name for a new session in the current folder that is not taken, as in `acme-2026-11-21.cvp.jsonl`."""
    plain = unicodedata.normalize("NFKD", company.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "company"
    return unused_name(f"{slug}-{date}{ENDING}")


def sessions_in(folder: Path) -> tuple[Sequence[Found], Sequence[str]]:
    """The sessions in a folder, the one that changed last first; and what to say of those that cannot be read."""
    found: list[Found] = []
    faults: list[str] = []
    for path in folder.glob(f"*{ENDING}"):
        try:
            found.append(_found(path))
        except CvpError as error:
            faults.append(str(error))
    return sorted(found, key=lambda session: session.changed, reverse=True), sorted(faults)


def _found(path: Path) -> Found:
    journal, _ = read_journal(str(path))
    record = course_of(str(path), journal).record
    answered = record.given.keys() | record.voting().polls.keys()
    changed = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC).astimezone()
    head = journal.head
    return Found(
        str(path),
        head.questionnaire.id,
        one_line(head.company),
        head.date,
        head.language,
        len(answered),
        len(head.questions),
        changed,
    )
