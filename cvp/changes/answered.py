"""The same answers, scored with both questionnaires."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cvp.answers import AnswerSheet, last_day
from cvp.gates import scale_of
from cvp.level import Level
from cvp.questionnaire import Questionnaire
from cvp.room import room_answers, voting_of
from cvp.scoring import case


class Case(NamedTuple):
    """Answers to score: one sheet a respondent, and the day on which they are scored."""

    name: str
    sheets: Sequence[AnswerSheet]
    date: str


class Moved(NamedTuple):
    """A case whose level is another than it was."""

    name: str
    before: Level
    after: Level


def moves(before: Questionnaire, after: Questionnaire, cases: Sequence[Case]) -> tuple[Moved, ...]:
    """The cases whose level is another. An answer counts where it fits; where it does not, its question is open."""
    return tuple(_moves(before, after, cases))


def _moves(before: Questionnaire, after: Questionnaire, cases: Sequence[Case]) -> Iterator[Moved]:
    for given in cases:
        then, now = _level(before, given), _level(after, given)
        if then and now and then != now:
            yield Moved(given.name, then, now)


def _level(questionnaire: Questionnaire, given: Case) -> Level | None:
    """The level; None where no answer fits."""
    sheets = [_fitting(questionnaire, sheet) for sheet in given.sheets]
    if not any(sheets):
        return None
    sheet = room_answers(questionnaire, voting_of(sheets))
    language, scale = questionnaire.default_language, scale_of(questionnaire)
    return case.Case(questionnaire, sheet, last_day(given.date), language, scale).evaluation.standing.level


def _fitting(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    """The answers to questions that are asked, with choices that are there."""
    return {
        key: answer
        for key, answer in sheet.items()
        if (question := questionnaire.questions.get(key))
        and (not answer.chosen or answer.chosen in {choice.value for choice in questionnaire.choices_of(question)})
    }
