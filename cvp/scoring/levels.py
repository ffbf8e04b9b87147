"""The gates and the lenses of an assessment."""

from collections.abc import Iterator, Sequence

from cvp.assessment import LensResult, LensValue, LevelResult
from cvp.gates import Evaluation, Gate, Scale, evaluate
from cvp.level import LEVELS, Level
from cvp.questionnaire import Criterion
from cvp.scoring.case import Case


def level_result(case: Case, level: Level) -> LevelResult:
    now = case.evaluation
    text = case.questionnaire.level(level)
    criteria = [c for c in case.questionnaire.criteria if c.level == level]
    answered = now.gates[level, "answered"]
    return LevelResult(
        level=level,
        name=case.say(text.name),
        summary=case.say(text.summary),
        score=_mean(case.scale, answered),
        low=_mean(case.scale, now.gates[level, "lowest"]),
        high=_mean(case.scale, now.gates[level, "highest"]),
        passing=text.passing,
        holds=answered.holds,
        answered=sum(case.states[c.id] == "answered" for c in criteria),
        criteria=len(criteria),
        must_failed=answered.musts_failed,
    )


def _mean(scale: Scale, gate: Gate) -> float | None:
    return gate.total / (gate.weight * scale.one) if gate.weight else None


def strict_level(case: Case) -> Level:
    """The level with every not-applicable question at its lowest choice."""
    lowest = {item.id: item.lowest for item in case.scale.items.values() if item.id not in case.points}
    return evaluate(case.scale, {**case.points, **lowest}).standing.level


def out_of_order(now: Evaluation) -> tuple[Level, ...]:
    """Levels whose gate holds above one that does not."""
    holds = [now.gates[level, "answered"].holds for level in LEVELS]
    return tuple(level for level in LEVELS if holds[level - 1] and not all(holds[: level - 1]))


def lens_results(case: Case) -> Iterator[LensResult]:
    for lens_id, lens in case.questionnaire.lenses.items():
        values = []
        for value, label in lens.values.items():
            carriers = [c for c in case.questionnaire.criteria if c.lenses.get(lens_id) == value]
            values.append(_lens_value(case, value, case.say(label), carriers))
        yield LensResult(id=lens_id, label=case.say(lens.label), values=tuple(values))


def _lens_value(case: Case, value: str, label: str, carriers: Sequence[Criterion]) -> LensValue:
    total = weight = answered = 0
    for criterion in carriers:
        points = case.points.get(criterion.id)
        if points is not None:
            item = case.scale.items[criterion.id]
            total, weight, answered = total + item.weight * points, weight + item.weight, answered + 1
    score = total / (weight * case.scale.one) if weight else None
    return LensValue(id=value, label=label, score=score, answered=answered, criteria=len(carriers))
