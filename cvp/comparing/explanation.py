"""What one answer does to the level; scores from 0 to 1, unrounded."""

from dataclasses import dataclass

from cvp.assessment import AnswerResult, Assessment, ChoiceResult, Move
from cvp.comparing.replay import Question
from cvp.level import Level


@dataclass(frozen=True, slots=True)
class Effect:
    """What would follow for the gate and the level; `score` is None for a safeguard, and where nothing counts."""

    score: float | None
    holds: bool
    level: Level
    low: Level
    high: Level


@dataclass(frozen=True, slots=True)
class Alternative:
    """A choice, and what would follow if it were made; `steps` from the present one, 0 for itself, None if open."""

    choice: ChoiceResult
    effect: Effect
    steps: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One answer of an assessment.

    `share` is its part of its gate's weight, among what counts now (for what does not, as if it did); None for a
    safeguard. `unknown` is what would follow if it were open. `moves` lift it, each to a score.
    """

    assessment: Assessment
    question: Question
    share: float | None
    now: Effect
    unknown: Effect
    alternatives: tuple[Alternative, ...]
    moves: tuple[tuple[Move, float], ...]

    @property
    def language(self) -> str:
        return self.assessment.language

    @property
    def answer(self) -> AnswerResult:
        return self.question.answer

    @property
    def on_path(self) -> frozenset[str]:
        return frozenset(move.recommendation for move in self.assessment.path.steps)

    @property
    def to_fall(self) -> int | None:
        """By how many choices it must be lower for the level to be lower; None where it cannot do that alone."""
        found = [-a.steps for a in self.alternatives if a.steps is not None and a.effect.level < self.now.level]
        return min(found, default=None)

    @property
    def to_rise(self) -> int | None:
        """By how many choices it must be higher for the level to be higher; None where it cannot do that alone."""
        found = [a.steps for a in self.alternatives if a.steps is not None and a.effect.level > self.now.level]
        return min(found, default=None)
