"""One recommendation for this company: what it would lift, and for which gate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cvp.gates import Evaluation, Item, Points, Scale, cap_of
from cvp.level import LEVELS, Level
from cvp.questionnaire import Questionnaire, Recommendation


@dataclass(frozen=True, slots=True)
class Step:
    """A recommendation taken for a gate: question → points before (None where open) and after; `points` weighted."""

    recommendation: Recommendation
    level: Level
    lifts: Mapping[str, tuple[int | None, int]]
    points: int

    @property
    def worth(self) -> Fraction:
        """Points per day."""
        return Fraction(self.points, self.recommendation.effort)


def step_of(recommendation: Recommendation, level: Level, now: Evaluation) -> Step:
    """What the recommendation would lift today, and the weighted points it brings to the level's gate."""
    return step_from(recommendation, level, now.scale, now.points)


def step_from(recommendation: Recommendation, level: Level, scale: Scale, now: Points) -> Step:
    """The same from points alone."""
    lifts: dict[str, tuple[int | None, int]] = {}
    points = 0
    for question, score in recommendation.lifts.items():
        if question not in now:
            continue  # not applicable
        item = scale.items[question]
        after = _lifted(item, scale.points(score))
        before = now[question]
        if after > (item.lowest if before is None else before):
            lifts[question] = (before, after)
            if item.level == level:
                points += item.weight * (after - (item.lowest if before is None else before))
    return Step(recommendation, level, lifts, points)


def _lifted(item: Item, points: int) -> int:
    """The lowest choice that reaches the points, else the highest."""
    return min((choice for choice in item.points if choice >= points), default=item.highest)


def useful_steps(questionnaire: Questionnaire, evaluation: Evaluation) -> list[Step]:
    """Every recommendation that lifts something, once, at its lowest gate that does not hold; the best worth first."""
    steps: list[Step] = []
    for level in [*(level for level in LEVELS if _is_shut(evaluation, level)), *LEVELS]:
        known = {step.recommendation.id for step in steps}
        found = (step for step in _useful(questionnaire, evaluation, level) if step.recommendation.id not in known)
        steps.extend(sorted(found, key=lambda step: -step.worth))
    return steps


def _useful(questionnaire: Questionnaire, now: Evaluation, level: Level) -> Iterator[Step]:
    for recommendation in questionnaire.recommendations:
        step = step_of(recommendation, level, now)
        if step.points or any(_uncaps(now, question, level) for question in step.lifts):
            yield step


def _uncaps(now: Evaluation, question: str, level: Level) -> bool:
    """Whether the safeguard keeps the company just under the level."""
    item = now.scale.items[question]
    return item.level is None and item.cap == level - 1 and cap_of(item, now.points, "answered") is not None


def _is_shut(now: Evaluation, level: Level) -> bool:
    """Whether the level's gate does not hold, or a safeguard keeps the company just under it."""
    return not now.gates[level, "answered"].holds or now.cap("answered") == level - 1
