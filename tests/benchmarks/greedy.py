"""A way up that takes the most points per day first, gate by gate: what the exact path is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cvp.gates import VIEWS, Evaluation, cap_of, evaluate
from cvp.level import LEVELS, Level
from cvp.path import Step, step_of
from cvp.questionnaire import Questionnaire, Recommendation


@dataclass
class Greedy:
    """A way under construction; `taken` in order."""

    questionnaire: Questionnaire
    now: Evaluation
    taken: list[Recommendation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.held = {level for level in LEVELS if self.now.gates[level, "answered"].holds}
        self.by_id = {r.id: r for r in self.questionnaire.recommendations}

    @property
    def effort(self) -> int:
        return sum(r.effort for r in self.taken)

    def climb(self) -> "Greedy":
        """To Level 4, or as far as it gets."""
        for level in LEVELS:
            for question in self._forced(level):
                self._mend(question)
            while level not in self.held and self._is_short(level) and (step := self._best(level)):
                self._take(step.recommendation)
        return self

    def _forced(self, level: Level) -> list[str]:
        caps = [s.id for s in self.now.scale.safeguards if s.cap < level and cap_of(s, self.now.points, "answered")]
        return caps if level in self.held else [*caps, *self.now.gates[level, "answered"].musts_failed]

    def _mend(self, question: str) -> None:
        item = self.now.scale.items[question]
        need = item.below if item.level is None else item.must or 0
        value = self.now.points[question]
        if value is None or value < need:
            lifting = [s for s in self._steps(item.level or 1) if s.lifts.get(question, (None, 0))[1] >= need]
            if lifting:
                self._take(min(lifting, key=lambda step: step.recommendation.effort).recommendation)

    def _is_short(self, level: Level) -> bool:
        return any(gate.slack < 0 or not gate.weight for gate in (self.now.gates[level, view] for view in VIEWS[:2]))

    def _best(self, level: Level) -> Step | None:
        return max((s for s in self._steps(level) if s.points), key=lambda step: step.worth, default=None)

    def _steps(self, level: Level) -> Iterator[Step]:
        return (step_of(r, level, self.now) for r in self.questionnaire.recommendations if r not in self.taken)

    def _take(self, recommendation: Recommendation) -> None:
        """What it comes after, then itself."""
        lifts = step_of(recommendation, 1, self.now).lifts
        if recommendation in self.taken or not lifts:
            return
        for name in recommendation.after:
            self._take(self.by_id[name])
        self.taken.append(recommendation)
        items = self.now.scale.items
        known = {
            q: after for q, (before, after) in lifts.items() if before is not None or items[q].level not in self.held
        }
        self.now = evaluate(self.now.scale, {**self.now.points, **known})
