"""A session that is open for an interview, whether it is new or goes on."""

from dataclasses import dataclass
from pathlib import Path

from cvp.catalogue import shipped
from cvp.interview.record import Course
from cvp.loading import find_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.sessions import Session
from cvp.text import printable


@dataclass(frozen=True)
class Opened:
    """A session with its questionnaire and its course so far; `notes` are for whoever goes on with it.

    `language` is the one that is spoken, cvp's own words too: one that the questionnaire has texts in.
    """

    session: Session
    questionnaire: Questionnaire
    course: Course
    date: str
    language: str
    notes: tuple[str, ...] = ()


def file_of(name: str | None) -> str | None:
    """Where the questionnaire lies; None for a shipped one, which every cvp has."""
    if name is None or name in shipped():
        return None
    return printable(str(Path(find_questionnaire(name)).resolve()))
