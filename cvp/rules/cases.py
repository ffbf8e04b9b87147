"""Cases: files of answers that say which level they expect, so that a questionnaire is tested like code."""

from collections.abc import Iterator
from typing import Final

from cvp.answers import Answers, last_day
from cvp.document import Fault
from cvp.finding import CaseResult
from cvp.gates import Standing, scale_of
from cvp.questionnaire import Questionnaire
from cvp.rules.answering import other_questionnaire, unknown_choice, unknown_question
from cvp.rules.subject import Subject, once

_UNDATED: Final = "0001-01-01"
"""No answer is stale for a case without a date, whatever day it is."""
_EXPECTED: Final = ("level", "low", "high", "uncapped_level")


def unexpected_result(subject: Subject) -> Iterator[Fault]:
    """A case that comes out otherwise than expected.

    `expect` says which level a source gives to a company. Either a change of the questionnaire has moved its level, or
    the expectation was wrong: `cvp assess` shows how the level comes about. Mend whichever is at fault.
    """
    for key, message in _differences(subject):
        yield Fault(message, ("expect", key))


def case_result(subject: Subject) -> CaseResult | None:
    """Whether a case came out as expected; None for a file that expects nothing."""
    if not (subject.answers and subject.answers.expect):
        return None
    name = subject.answers.company
    if not _can_be_scored(subject):
        return CaseResult(name, False, "its answers have errors, so they were not scored")
    messages = [message for _, message in _differences(subject)]
    return CaseResult(name, not messages, "; ".join(messages))


@once
def _differences(subject: Subject) -> list[tuple[str, str]]:
    """What was expected and came out otherwise, by its key."""
    return list(_compared(subject))


def _compared(subject: Subject) -> Iterator[tuple[str, str]]:
    answers, questionnaire = subject.answers, subject.questionnaire
    if not (answers and answers.expect and questionnaire and _can_be_scored(subject)):
        return
    actual = _standing(answers, questionnaire)
    for key in _EXPECTED:
        expected, came = getattr(answers.expect, key), getattr(actual, key)
        if expected is not None and expected != came:
            yield key, f"expected {key.replace('_', ' ')} {expected}, came out as {came}"


def _standing(answers: Answers, questionnaire: Questionnaire) -> Standing:
    from cvp.room import room_answers, voting_of  # a file that expects nothing is checked without the scorer
    from cvp.scoring.case import Case

    sheet = room_answers(questionnaire, voting_of(answers.sheets))
    day = last_day(answers.date or _UNDATED)
    return Case(questionnaire, sheet, day, questionnaire.default_language, scale_of(questionnaire)).evaluation.standing


def _can_be_scored(subject: Subject) -> bool:
    """Whether every answer is read and fits; what is wrong otherwise, other rules tell."""
    if subject.questionnaire is None or subject.document.faults or subject.shape_faults:
        return False
    return not any(any(rule(subject)) for rule in (other_questionnaire, unknown_question, unknown_choice))
