"""What a session is about: its questionnaire, company and day, and what was asked."""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import Field

from cvp.answers import Day
from cvp.interview.changes import Change
from cvp.interview.state import Asks
from cvp.model import MOST_ENTRIES, Frozen, Id, Language, Line, SemVer
from cvp.questionnaire import Question, Questionnaire

FORMAT: Final = "session/1"


class Binding(Frozen):
    """The questionnaire that a session is for, and the file that it was in; None for a shipped one."""

    id: Id
    version: SemVer
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    file: Line | None = None


class Asked(Frozen):
    """A question as it was asked: a digest of its words, and the values of its choices in order."""

    words: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    choices: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_ENTRIES)]


class Head(Frozen):
    """The first line of a session's file, and any later one from which it starts anew with what was `brought`.

    `by` says who answers, where it is not the one that the questionnaire is for. What was brought (ballots from files,
    answers carried over from an earlier state of the questionnaire) cannot be undone change by change.
    """

    cvp: Literal["session/1"] = FORMAT
    questionnaire: Binding
    company: Line
    date: Day
    language: Language
    asks: Asks = "ladder"
    by: Line | None = None
    questions: Annotated[dict[Id, Asked], Field(min_length=1, max_length=2 * MOST_ENTRIES)]
    brought: tuple[Change, ...] = ()


def head_of(
    questionnaire: Questionnaire,
    *,
    company: str,
    date: str,
    language: str | None = None,
    asks: Asks = "ladder",
    by: str = "",
    file: str | None = None,
    brought: Sequence[Change] = (),
) -> Head:
    """The head of a session with a questionnaire, which is in `file` unless it ships with cvp."""
    language = language or questionnaire.default_language
    return Head(
        questionnaire=Binding(
            id=questionnaire.id, version=questionnaire.version, sha256=questionnaire.sha256, file=file
        ),
        company=company,
        date=date,
        language=language,
        asks=asks,
        by=by or None,
        questions={key: asked(questionnaire, question, language) for key, question in questionnaire.questions.items()},
        brought=tuple(brought),
    )


def asked(questionnaire: Questionnaire, question: Question, language: str) -> Asked:
    """A question as people see it in one language; scores, weights and guidance do not count."""
    choices = questionnaire.choices_of(question)
    words = [questionnaire.say(text, language) for text in (question.label, *(choice.label for choice in choices))]
    digest = hashlib.sha256(json.dumps(words).encode()).hexdigest()[:12]
    return Asked(words=digest, choices=tuple(choice.value for choice in choices))
