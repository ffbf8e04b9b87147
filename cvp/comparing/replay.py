"""An assessment reckoned again without its questionnaire: whole numbers, answers, a day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias

from cvp.answers import DONT_KNOW, Answer, last_day
from cvp.assessment import AnswerResult, Assessment, ChoiceResult, CriterionResult, SafeguardResult
from cvp.gates import Evaluation, Item, Points, Scale, evaluate, exact, whole
from cvp.level import LEVELS, Level
from cvp.scoring.case import is_too_old

Question: TypeAlias = CriterionResult | SafeguardResult


def questions_by_id(a: Assessment) -> dict[str, Question]:
    """Criteria, then safeguards, in the order of the questionnaire."""
    questions: tuple[Question, ...] = (*a.criteria, *a.safeguards)
    return {question.id: question for question in questions}


def scale_of(a: Assessment) -> Scale:
    """The questionnaire of an assessment in whole numbers, as far as it decides a level."""
    questions = questions_by_id(a).values()
    scores = {choice.score for question in questions for choice in question.choices}
    scores |= {level.passing for level in a.levels}
    scores |= {question.must or 0 for question in a.criteria} | {question.below for question in a.safeguards}
    one = lcm(*(exact(score).denominator for score in scores))
    weight_one = lcm(*(exact(criterion.weight).denominator for criterion in a.criteria))

    def item(question: Question) -> Item:
        points = tuple(whole(choice.score, one) for choice in question.choices)
        if isinstance(question, SafeguardResult):
            return Item(question.id, points, below=whole(question.below, one), cap=question.cap)
        must = None if question.must is None else whole(question.must, one)
        return Item(question.id, points, question.level, whole(question.weight, weight_one), must)

    return Scale(
        one=one,
        weight_one=weight_one,
        items={question.id: item(question) for question in questions},
        passes={level: whole(a.levels[level - 1].passing, one) for level in LEVELS},
    )


def choice_of(question: Question, value: str | None) -> ChoiceResult | None:
    return next((choice for choice in question.choices if choice.value == value), None)


def is_stale(question: Question, answer: AnswerResult, day: datetime.date) -> bool:
    """Whether the newest evidence is too old on that day (method, 2)."""
    months = question.fresh_for if isinstance(question, CriterionResult) else None
    newest = Answer(choice=DONT_KNOW, evidence=answer.evidence).newest_evidence
    return is_too_old(months, newest, day)


@dataclass(frozen=True)
class Position:
    """Answers seen through the questionnaire of an assessment on a day.

    `given` may come from another assessment; its keys and choices are those of `asked`.
    """

    asked: Assessment
    given: Mapping[str, AnswerResult]
    day: datetime.date

    @cached_property
    def chosen(self) -> Mapping[str, ChoiceResult | None]:
        """What counts: the choice, None where the question is open; what is not applicable is left out."""
        found: dict[str, ChoiceResult | None] = {}
        for key, question in questions_by_id(self.asked).items():
            answer = self.given.get(key)
            if answer is None:
                found[key] = None
            elif answer.state != "not_applicable":
                found[key] = None if is_stale(question, answer, self.day) else choice_of(question, answer.choice)
        return found

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.asked)

    def points_of(self, key: str) -> int | None:
        """Those of what was answered, whatever its age; None where that was no choice."""
        answer, question = self.given.get(key), questions_by_id(self.asked)[key]
        choice = choice_of(question, answer.choice) if answer else None
        return self.scale.points(choice.score) if choice else None

    @cached_property
    def points(self) -> Points:
        return {key: self.scale.points(choice.score) if choice else None for key, choice in self.chosen.items()}

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(self.scale, self.points)


def position_of(a: Assessment) -> Position:
    """The assessment as it is."""
    given = {key: question.answer for key, question in questions_by_id(a).items()}
    return Position(a, given, last_day(a.date))


def replay(a: Assessment) -> tuple[Scale, Points]:
    """What the gates reckon with; `evaluate` gives the assessment's own level, bounds and gates."""
    position = position_of(a)
    return position.scale, position.points


def is_sound(a: Assessment) -> bool:
    """Whether its answers give the level and the scores that it states; else it was not made by cvp, or changed since.

    Only then can a change be attributed.
    """
    if not all(question.choices for question in questions_by_id(a).values()):
        return False
    position = position_of(a)
    standing = position.evaluation.standing
    stated = (a.level, a.low, a.high, a.secured, a.uncapped_level)
    found = (standing.level, standing.low, standing.high, standing.secured, standing.uncapped_level)
    gates = [(score_of(position, level), position.evaluation.gates[level, "answered"].holds) for level in LEVELS]
    return stated == found and gates == [(level.score, level.holds) for level in a.levels]


def exact_score(position: Position, level: Level) -> Fraction | None:
    """The level's score; None where nothing of it is answered."""
    gate = position.evaluation.gates[level, "answered"]
    return Fraction(gate.total, gate.weight * position.scale.one) if gate.weight else None


def score_of(position: Position, level: Level) -> float | None:
    score = exact_score(position, level)
    return None if score is None else float(score)
