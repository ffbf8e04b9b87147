"""What to do next: recommendations ordered by gate and by points per effort, and a way up to a level.

A gate that holds needs nothing, and what is open in it stays open. In one that does not, an open answer counts at its
lowest choice, so that the way is safe whatever the answer turns out to be. The level afterwards comes out of the
scorer's own arithmetic.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cvp.gates import VIEWS, Evaluation, Item, Standing, cap_of, evaluate
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


@dataclass
class _Way:
    """A way under construction."""

    questionnaire: Questionnaire
    now: Evaluation
    held: frozenset[Level]
    steps: list[Step] = field(default_factory=list)

    def taken(self, recommendation: Recommendation) -> bool:
        return any(step.recommendation.id == recommendation.id for step in self.steps)

    def take(self, recommendation: Recommendation, level: Level) -> None:
        """Takes what it comes after, then itself."""
        by_id = {r.id: r for r in self.questionnaire.recommendations}
        waiting = [recommendation]
        while waiting:
            # One that has nothing left to lift is as good as done.
            earlier = (by_id[name] for name in waiting[-1].after if not self.taken(by_id[name]))
            first = next((r for r in earlier if r not in waiting and step_of(r, level, self.now).lifts), None)
            if first:
                waiting.append(first)
            else:
                self._take_alone(waiting.pop(), level)

    def _take_alone(self, recommendation: Recommendation, level: Level) -> None:
        step = step_of(recommendation, level, self.now)
        self.steps.append(step)
        known = {
            question: after
            for question, (before, after) in step.lifts.items()
            if before is not None or self.now.scale.items[question].level not in self.held
        }
        self.now = evaluate(self.now.scale, {**self.now.points, **known})


def step_of(recommendation: Recommendation, level: Level, now: Evaluation) -> Step:
    """What the recommendation would lift today, and the weighted points it brings to the level's gate."""
    lifts: dict[str, tuple[int | None, int]] = {}
    points = 0
    for question, score in recommendation.lifts.items():
        if question not in now.points:
            continue  # not applicable
        item = now.scale.items[question]
        after = _lifted(item, now.scale.points(score))
        before = now.points[question]
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


def way_to(questionnaire: Questionnaire, evaluation: Evaluation, target: Level) -> tuple[list[Step], Standing]:
    """Moves gate by gate up to the target, and where the scorer puts the company after them."""
    held = frozenset(level for level in LEVELS if evaluation.gates[level, "answered"].holds)
    way = _Way(questionnaire, evaluation, held)
    for level in LEVELS[:target]:
        if _is_shut(way.now, level) or level not in held:
            for question in _forced(way.now, level):
                _take_cheapest(way, question, level)
        if level not in held:
            _take_best(way, level)
    return way.steps, way.now.standing


def _forced(now: Evaluation, level: Level) -> Iterable[str]:
    safeguards = [s.id for s in now.scale.safeguards if s.cap < level and cap_of(s, now.points, "answered") is not None]
    return [*safeguards, *now.gates[level, "answered"].musts_failed]


def _take_cheapest(way: _Way, question: str, level: Level) -> None:
    """The recommendation of least effort that brings the question over its own threshold."""
    item = way.now.scale.items[question]
    need = item.below if item.level is None else item.must or 0
    value = way.now.points[question]
    if value is not None and value >= need:
        return  # lifted by an earlier move
    fit = [
        r
        for r in way.questionnaire.recommendations
        if question in r.lifts and _lifted(item, way.now.scale.points(r.lifts[question])) >= need and not way.taken(r)
    ]
    if fit:
        way.take(min(fit, key=lambda r: r.effort), level)


def _take_best(way: _Way, level: Level) -> None:
    """The best worth first, until the gate holds whatever the open answers turn out to be."""
    while any(gate.slack < 0 or not gate.weight for gate in (way.now.gates[level, view] for view in VIEWS[:2])):
        steps = [s for s in _useful(way.questionnaire, way.now, level) if s.points and not way.taken(s.recommendation)]
        if not steps:
            return
        way.take(max(steps, key=lambda step: step.worth).recommendation, level)
