"""Where each level's score is before and after the path, by the same questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from cvp.assessment import Assessment, CriterionResult, LevelResult


@dataclass(frozen=True, slots=True)
class Projection:
    """A level's score (method.md, one respondent, 1) today and after the path; None where nothing is answered.

    `supposed` are open questions that the path lifts: they count after it, so today at their lowest choice. `left_out`
    are those of a gate that holds: the path leaves them open, so they count neither today nor after it.
    """

    level: LevelResult
    before: float | None
    after: float | None
    supposed: tuple[str, ...]
    left_out: tuple[str, ...]


def projections(a: Assessment) -> tuple[Projection, ...]:
    """One a level, lowest first."""
    lifts = lifted_to(a)
    return tuple(_projection(a, level, lifts) for level in a.levels)


def lifted_to(a: Assessment) -> dict[str, float]:
    """Question → the score that the path brings it to."""
    return {lift.question: lift.after for move in a.path.steps for lift in move.lifts}


def _projection(a: Assessment, level: LevelResult, lifts: dict[str, float]) -> Projection:
    asked = [c for c in a.criteria if c.level == level.level and c.answer.state != "not_applicable"]
    lifted_open = [c for c in asked if c.answer.state != "answered" and c.id in lifts]
    counted = [c for c in asked if c.answer.state == "answered" or (c in lifted_open and not level.holds)]
    is_answered = any(c.answer.state == "answered" for c in asked)
    return Projection(
        level,
        _mean((c.weight, _today(c)) for c in counted) if is_answered else None,
        _mean((c.weight, max(_today(c), lifts.get(c.id, 0))) for c in counted),
        tuple(c.short for c in lifted_open if not level.holds and is_answered),
        tuple(c.short for c in lifted_open if level.holds),
    )


def _today(criterion: CriterionResult) -> float:
    """What it scores, an open one at its lowest choice."""
    if criterion.answer.state == "answered" and criterion.answer.score is not None:
        return criterion.answer.score
    return min((choice.score for choice in criterion.choices), default=0)


def _mean(scores: Iterator[tuple[float, float]]) -> float | None:
    """Of weights and scores."""
    weighed = list(scores)
    weight = sum(weight for weight, _ in weighed)
    return sum(weight * score for weight, score in weighed) / weight if weight else None
