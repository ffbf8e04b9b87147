"""Buyers who answer a questionnaire from what they perceive, by chance about it: a graded response (Samejima 1969)."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import Final

from cvp.answers import DONT_KNOW
from cvp.level import LEVELS, Level
from cvp.questionnaire import Criterion, Question, Questionnaire

NOT_APPLICABLE: Final = "n/a"
"""As tables spell it."""

SHARPNESS: Final = 4.0
"""How surely a question tells who is above its level from who is below."""
SPREAD: Final = 1.2
"""How far apart, in levels, the lowest and the highest choice of a question lie."""
MIDDLE: Final = 0.75
"""The score of which a buyer half a level below a question's own level is as likely over as under."""
SCATTER: Final = 0.25
"""How far buyers who see the same level differ, in levels (one standard deviation)."""


def simulate(
    questionnaire: Questionnaire,
    n: int,
    seed: int,
    level_share: Sequence[float],
    *,
    dont_know: float = 0.04,
    not_applicable: float = 0.02,
) -> list[dict[str, str]]:
    """The answers of `n` buyers by question id: a choice's value, `?` (don't know) or NOT_APPLICABLE.

    `level_share` are four weights: how many perceive the company at each level. The same seed gives the same buyers.
    """
    random = Random(seed)
    choices = {key: _thresholds(questionnaire, question) for key, question in questionnaire.questions.items()}
    buyers = []
    for perceived in random.choices(LEVELS, level_share, k=n):
        buyer = {}
        standing = perceived + random.gauss(0, SCATTER)
        for key, question in questionnaire.questions.items():
            values, thresholds = choices[key]
            drawn = random.random()
            if drawn < dont_know:
                buyer[key] = DONT_KNOW
            elif drawn < dont_know + not_applicable:
                buyer[key] = NOT_APPLICABLE
            else:
                buyer[key] = values[_passed(standing - level_of(question), thresholds, random.random())]
        buyers.append(buyer)
    return buyers


def level_of(question: Question) -> Level:
    """Where a question stands on the ladder: a safeguard beside Level 1, since few companies buy their praise."""
    return question.level if isinstance(question, Criterion) else 1


def _thresholds(questionnaire: Questionnaire, question: Question) -> tuple[list[str], list[float]]:
    """Values of choices in rising order, and how far above its level one stands who half the time reaches each."""
    choices = sorted(questionnaire.choices_of(question), key=lambda choice: choice.score)
    return [c.value for c in choices], [-0.5 + SPREAD * (c.score - MIDDLE) for c in choices[1:]]


def _passed(above: float, thresholds: Sequence[float], drawn: float) -> int:
    """How many thresholds are passed: one draw for all of them, so that they are passed in order."""
    return sum(drawn < 1 / (1 + exp(-SHARPNESS * (above - threshold))) for threshold in thresholds)
