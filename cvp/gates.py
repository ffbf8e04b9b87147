"""The arithmetic of levels in whole numbers, so that a score equal to its threshold passes, whatever floats say.

A questionnaire is compiled once: every score, threshold and weight becomes an integer on a common scale. What a
respondent said is then a mapping from question to points; not-applicable questions are absent from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import lcm
from typing import Literal, TypeAlias

from cvp.level import LEVELS, Level
from cvp.questionnaire import Criterion, Question, Questionnaire, Safeguard

Points: TypeAlias = Mapping[str, int | None]
"""Question id → points of the answer, None where it is open; a question that is not applicable is left out."""

View: TypeAlias = Literal["answered", "lowest", "highest"]
"""How open questions count: not at all, at their lowest choice, or at their highest."""

VIEWS: tuple[View, ...] = ("answered", "lowest", "highest")


@dataclass(frozen=True, slots=True)
class Item:
    """A question in whole numbers: `points` of its choices in order; `weight` and `level` for criteria alone."""

    id: str
    points: tuple[int, ...]
    level: Level | None = None
    weight: int = 0
    must: int | None = None
    below: int = 0
    cap: Level = 4

    @property
    def lowest(self) -> int:
        return min(self.points)

    @property
    def highest(self) -> int:
        return max(self.points)


@dataclass(frozen=True)
class Scale:
    """A questionnaire in whole numbers; `one` is what a score of 1 is in points."""

    one: int
    weight_one: int
    items: Mapping[str, Item]
    passes: Mapping[Level, int]

    @cached_property
    def criteria(self) -> Mapping[Level, tuple[Item, ...]]:
        return {level: tuple(i for i in self.items.values() if i.level == level) for level in LEVELS}

    @cached_property
    def safeguards(self) -> tuple[Item, ...]:
        return tuple(i for i in self.items.values() if i.level is None)

    def points(self, score: float) -> int:
        """A score that the questionnaire names, in points."""
        return whole(score, self.one)

    def score(self, points: int) -> float:
        return points / self.one


@cache
def exact(number: float) -> Fraction:
    """The decimal that the author wrote: 0.1 is a tenth, not the float nearest to it."""
    return Fraction(repr(number))


@cache
def whole(number: float, one: int) -> int:
    """The number on a scale on which it is whole; ValueError where it is not."""
    points = exact(number) * one
    if points.denominator != 1:
        raise ValueError(f"{number} is not on the scale")
    return int(points)


def scale_of(questionnaire: Questionnaire) -> Scale:
    """Compiles the questionnaire."""
    scores = {level.passing for level in questionnaire.levels.values()}
    for question in questionnaire.questions.values():
        scores.update(choice.score for choice in questionnaire.choices_of(question))
        scores.add(question.below if isinstance(question, Safeguard) else question.must or 0)
    for recommendation in questionnaire.recommendations:
        scores.update(recommendation.lifts.values())
    one = _common(scores)
    weight_one = _common({criterion.weight for criterion in questionnaire.criteria})

    def item(question: Question) -> Item:
        points = tuple(whole(choice.score, one) for choice in questionnaire.choices_of(question))
        if isinstance(question, Criterion):
            must = None if question.must is None else whole(question.must, one)
            weight = whole(question.weight, weight_one)
            return Item(question.id, points, question.level, weight, must)
        assert isinstance(question, Safeguard)
        return Item(question.id, points, below=whole(question.below, one), cap=question.cap)

    return Scale(
        one=one,
        weight_one=weight_one,
        items={question.id: item(question) for question in questionnaire.questions.values()},
        passes={level: whole(questionnaire.level(level).passing, one) for level in LEVELS},
    )


def _common(numbers: Iterable[float]) -> int:
    """The least scale on which all the numbers are whole."""
    return lcm(*(exact(number).denominator for number in numbers))


@dataclass(frozen=True, slots=True)
class Gate:
    """One level in one view: weighted points, their weight, and the must-haves that are not reached."""

    total: int
    weight: int
    passing: int
    musts_failed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """At least `passing` on average over something answered, and every must-have reached."""
        return self.weight > 0 and self.slack >= 0 and not self.musts_failed

    @property
    def slack(self) -> int:
        """Weighted points above the threshold; negative where they are missing."""
        return self.total - self.passing * self.weight


def gate(scale: Scale, level: Level, points: Points, view: View) -> Gate:
    """Level ℓ's gate: Sℓ = Σ w·p / Σ w over what counts in this view, against `pass` (method, 1 and 3)."""
    total = weight = 0
    failed = []
    for item in scale.criteria[level]:
        if item.id not in points:
            continue
        value = _seen(item, points[item.id], view)
        if value is not None:
            total += item.weight * value
            weight += item.weight
        if item.must is not None and (value is None or value < item.must):
            failed.append(item.id)
    return Gate(total, weight, scale.passes[level], tuple(failed))


def _seen(item: Item, value: int | None, view: View) -> int | None:
    if value is not None or view == "answered":
        return value
    return item.lowest if view == "lowest" else item.highest


def cap_of(item: Item, points: Points, view: View) -> Level | None:
    """The cap that a safeguard sets in this view; None where it sets none."""
    if item.id not in points:
        return None
    value = _seen(item, points[item.id], view)
    return item.cap if value is not None and value < item.below else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the answers put a company (method, 4 to 6)."""

    level: Level
    low: Level
    high: Level
    uncapped_level: Level
    secured: bool

    @property
    def settled(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Evaluation:
    """All gates and caps in all views; `changed` gives the evaluation after one answer more or other."""

    scale: Scale
    points: Points
    gates: Mapping[tuple[Level, View], Gate]
    caps: Mapping[tuple[str, View], Level | None]

    def changed(self, question: str, points: int | None) -> "Evaluation":
        """With another answer to one question; only what it touches is reckoned again."""
        after = {**self.points, question: points}
        item = self.scale.items[question]
        gates, caps = dict(self.gates), dict(self.caps)
        for view in VIEWS:
            if item.level is None:
                caps[item.id, view] = cap_of(item, after, view)
            else:
                gates[item.level, view] = gate(self.scale, item.level, after, view)
        return Evaluation(self.scale, after, gates, caps)

    def uncapped(self, view: View) -> Level:
        """The highest level whose gates from 1 on all hold, never under 1."""
        level: Level = 1
        for upper in LEVELS:
            if not self.gates[upper, view].holds:
                break
            level = upper
        return level

    def cap(self, view: View) -> Level:
        return min((cap for (_, seen), cap in self.caps.items() if seen == view and cap), default=4)

    @cached_property
    def standing(self) -> Standing:
        low_uncapped, high_uncapped = self.uncapped("lowest"), self.uncapped("highest")
        low, high = min(low_uncapped, self.cap("lowest")), min(high_uncapped, self.cap("highest"))
        answered = self.uncapped("answered")
        level = max(low, min(high, answered, self.cap("answered")))
        uncapped = max(low_uncapped, min(high_uncapped, answered))
        first = {view: self.gates[1, view].holds for view in VIEWS}
        secured = first["lowest"] or (first["answered"] and first["highest"])
        return Standing(level, low, high, uncapped, secured)


def evaluate(scale: Scale, points: Points) -> Evaluation:
    """All gates and caps for what was answered."""
    return Evaluation(
        scale,
        points,
        {(level, view): gate(scale, level, points, view) for level in LEVELS for view in VIEWS},
        {(item.id, view): cap_of(item, points, view) for item in scale.safeguards for view in VIEWS},
    )
