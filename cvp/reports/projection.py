"""Where each level's score is before and after the path, counted as the path counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from cvp.assessment import Assessment, CriterionResult, LevelResult, Path


@dataclass(frozen=True, slots=True)
class Projection:
    """A level's score today and after the path; None where nothing counts.

    In a gate that does not hold all that is open counts at its lowest choice, as the path supposes: today's score is
    the lower bound on the ladder, and these are `supposed`. In one that holds what is open does not count, and today's
    score is that of the answers: `left_out` is what of it the path lifts all the same.
    """

    level: LevelResult
    before: float | None
    after: float | None
    supposed: tuple[str, ...]
    left_out: tuple[str, ...]


def projections(a: Assessment) -> tuple[Projection, ...]:
    """One a level, lowest first."""
    lifts = lifted_to(a.path)
    return tuple(_projection(a, level, lifts) for level in a.levels)


def lifted_to(way: Path) -> dict[str, float]:
    """Question → the score that the way's moves bring it to."""
    return {lift.question: lift.after for move in way.steps for lift in move.lifts}


def _projection(a: Assessment, level: LevelResult, lifts: dict[str, float]) -> Projection:
    asked = [c for c in a.criteria if c.level == level.level and c.answer.state != "not_applicable"]
    still_open = [c for c in asked if c.answer.state != "answered"]
    counted = [c for c in asked if c not in still_open] if level.holds else asked
    return Projection(
        level,
        level.score if level.holds else level.low,
        _mean((c.weight, max(_today(c), lifts.get(c.id, 0))) for c in counted),
        () if level.holds else tuple(c.short for c in still_open),
        tuple(c.short for c in still_open if c.id in lifts) if level.holds else (),
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
