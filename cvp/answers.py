"""Answers to a questionnaire, of one respondent or of several."""

import calendar
import datetime
import re
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic_core import CoreSchema

from cvp.model import Format, Frozen, Id, LevelNumber, Line, SemVer, Some

DONT_KNOW: Final = "?"
ASSUMED: Final = "Assumed:"
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def last_day(text: str) -> datetime.date:
    """The day that `2012-11-01` names, or the last one of `2012-11` or `2012`. ValueError where there is none."""
    if not (match := _DATE.fullmatch(text)):
        raise ValueError("is no date; write it as 2012-11-01, 2012-11 or 2012")
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return datetime.date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError("is no day of the calendar") from None


def _checked_date(text: str) -> str:
    last_day(text)
    return text


Date = Annotated[str, StringConstraints(max_length=10), AfterValidator(_checked_date)]
"""A day, a month or a year, as text."""


def _checked_day(text: str) -> str:
    if not _DATE.fullmatch(text) or len(text) != 10:
        raise ValueError("is no day; write it as 2012-11-01")
    return _checked_date(text)


Day = Annotated[str, AfterValidator(_checked_day)]


class Evidence(Frozen):
    """What an answer rests on."""

    text: Line
    source: Line | None = None
    date: Date | None = None


class Remark(Frozen):
    """What was noted at a question, whatever was answered to it."""

    note: Line | None = None
    evidence: tuple[Evidence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.note or self.evidence)


class Answer(Frozen):
    """A choice's value, `?` for don't know, or not applicable with a reason."""

    choice: Line | None = None
    not_applicable: Line | None = None
    note: Line | None = None
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Answer":
        if (self.choice is None) == (self.not_applicable is None):
            raise ValueError("needs either a choice or not_applicable with its reason")
        return self

    @property
    def chosen(self) -> str | None:
        """The value of the choice; None for don't know and not applicable."""
        return None if self.choice == DONT_KNOW else self.choice

    @property
    def assumed(self) -> bool:
        return (self.note or "").startswith(ASSUMED)

    @property
    def newest_evidence(self) -> datetime.date | None:
        return max((last_day(e.date) for e in self.evidence if e.date), default=None)


def _in_full(value: Any) -> Any:
    if isinstance(value, str):
        return {"choice": value}
    if not isinstance(value, dict | Answer):
        raise ValueError('is no answer; write the value of a choice, or "?" for don\'t know')
    return value


class _OrJustTheChoice:
    """Tells the JSON Schema what `_in_full` takes."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


Given = Annotated[Answer, BeforeValidator(_in_full), _OrJustTheChoice()]
AnswerSheet: TypeAlias = dict[Id, Given]


class Expectation(Frozen):
    """What a case must come out as, and from which source that is known."""

    level: LevelNumber
    low: LevelNumber
    high: LevelNumber
    uncapped_level: LevelNumber | None = None
    source: Line | None = None
    why: Line | None = None


class Ballot(Frozen):
    """What one respondent of several answered."""

    who: Line
    role: Line | None = None
    answers: AnswerSheet


class Answers(Frozen):
    """One file of answers: `answers` of one respondent, or `ballots` of several.

    `by` says who answered, where it is not the one that the questionnaire is for.
    """

    cvp: Format
    questionnaire: Line
    version: SemVer
    company: Line
    by: Line | None = None
    date: Day | None = None
    expect: Expectation | None = None
    answers: AnswerSheet | None = None
    ballots: Some[Ballot] | None = None

    @model_validator(mode="after")
    def _has_one_kind(self) -> "Answers":
        if (self.answers is None) == (self.ballots is None):
            raise ValueError("needs either answers, of one respondent, or ballots, of several")
        return self

    @property
    def sheets(self) -> tuple[AnswerSheet, ...]:
        """A sheet of answers a respondent."""
        if self.ballots is not None:
            return tuple(ballot.answers for ballot in self.ballots)
        return (self.answers or {},)
