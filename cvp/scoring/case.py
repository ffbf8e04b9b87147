"""A questionnaire, one set of answers and a day: what every part of an assessment is made from."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cvp.answers import Answer, AnswerSheet, Remark
from cvp.assessment import State
from cvp.gates import Evaluation, Scale, evaluate
from cvp.questionnaire import Choice, Criterion, Question, Questionnaire


@dataclass(frozen=True)
class Case:
    """What was answered, seen through the questionnaire; texts in `language`.

    `remarks` are what was noted, at questions without an answer too; an answer in the sheet has them already.
    """

    questionnaire: Questionnaire
    sheet: AnswerSheet
    day: datetime.date
    language: str
    scale: Scale
    remarks: Mapping[str, Remark] = field(default_factory=dict)

    def state(self, question: Question) -> State:
        answer = self.sheet.get(question.id)
        if answer is None:
            return "unanswered"
        if answer.not_applicable is not None:
            return "not_applicable"
        if answer.chosen is None:
            return "dont_know"
        return "stale" if is_stale(question, answer, self.day) else "answered"

    @cached_property
    def states(self) -> Mapping[str, State]:
        return {question.id: self.state(question) for question in self.questionnaire.questions.values()}

    def choice(self, question: Question) -> Choice | None:
        """The choice that was made, stale or not."""
        answer = self.sheet.get(question.id)
        choices = self.questionnaire.choices_of(question)
        return next((c for c in choices if answer and c.value == answer.chosen), None)

    @property
    def positions(self) -> dict[str, int]:
        """The position of each choice that was made."""
        asked = self.questionnaire.questions.values()
        made = ((question, self.choice(question)) for question in asked)
        return {q.id: self.questionnaire.choices_of(q).index(choice) for q, choice in made if choice}

    @cached_property
    def points(self) -> dict[str, int | None]:
        return {
            question.id: self.scale.points(choice.score)
            if self.states[question.id] == "answered" and (choice := self.choice(question))
            else None
            for question in self.questionnaire.questions.values()
            if self.states[question.id] != "not_applicable"
        }

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(self.scale, self.points)

    def say(self, words: str | dict[str, str] | None) -> str:
        return self.questionnaire.say(words, self.language)

    def short(self, question: str) -> str:
        return self.questionnaire.short(self.questionnaire.questions[question], self.language)


def is_stale(question: Question, answer: Answer, day: datetime.date) -> bool:
    """Whether the newest evidence is older than the criterion's `fresh_for` months on that day (method, 2)."""
    months = question.fresh_for if isinstance(question, Criterion) else None
    return is_too_old(months, answer.newest_evidence, day)


def is_too_old(months: int | None, newest: datetime.date | None, day: datetime.date) -> bool:
    """Whether evidence of `newest` is more than so many months old on that day; what has no date or limit is not."""
    return months is not None and newest is not None and _months_later(newest, months) < day


def _months_later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
