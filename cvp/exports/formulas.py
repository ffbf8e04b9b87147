"""The method as formulas that a form reckons by itself: method.md, One respondent, 1 to 6, but for staleness.

Whole numbers on the scale of `cvp.gates` are added and compared, so that a form says the level that cvp says. Names of
formulas begin with `_`, which no id does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final

from cvp.answers import DONT_KNOW
from cvp.exports.entries import NOT_APPLICABLE
from cvp.gates import VIEWS, Item, Scale, View, scale_of
from cvp.level import LEVELS, Level
from cvp.questionnaire import Questionnaire

LEVEL: Final = "_cvp_level"
LOW: Final = "_cvp_low"
HIGH: Final = "_cvp_high"


def score_name(level: Level) -> str:
    return f"_cvp_score_{level}"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a tool writes the value of a name, a choice between two, a quotient, and nothing.

    `unanswered` is the condition that nothing was answered to the question of that name.
    """

    value: Callable[[str], str]
    choose: str
    divide: str
    unanswered: Callable[[str], str]
    nothing: str


@dataclass(frozen=True, slots=True)
class Formula:
    """`expression` may name questions and formulas that come before it; a `result` is for people, others lead to it."""

    name: str
    expression: str
    result: bool = False


def formulas(questionnaire: Questionnaire, grammar: Grammar) -> Iterator[Formula]:
    """Those that lead to the level, and the level last: the scores of all levels (0 to 1), low, high and level."""
    choices = {key: questionnaire.choices_of(question) for key, question in questionnaire.questions.items()}
    values = {key: [choice.value for choice in made] for key, made in choices.items()}
    writer = _Writer(scale_of(questionnaire), values, grammar)
    for level in LEVELS:
        yield from writer.level(level)
    low, answered, high = (f"min({writer.uncapped(view)}, {writer.cap(view)})" for view in _RISING)
    yield Formula(LOW, low, result=True)
    yield Formula(HIGH, high, result=True)
    yield Formula(LEVEL, f"max({grammar.value(LOW)}, min({grammar.value(HIGH)}, {answered}))", result=True)


_RISING: Final[tuple[View, ...]] = ("lowest", "answered", "highest")


@dataclass(frozen=True)
class _Writer:
    scale: Scale
    values: Mapping[str, Sequence[str]]
    grammar: Grammar

    @cached_property
    def reachable(self) -> list[Level]:
        """The levels under the first that no criterion asks about, whose gate cannot hold."""
        return list(takewhile(lambda level: self.scale.criteria[level], LEVELS))

    def level(self, level: Level) -> Iterator[Formula]:
        """Points and weight of what is answered, the score, and the gate in each view."""
        items, value = self.scale.criteria[level], self.grammar.value
        if not items:
            return
        points, weight = f"_cvp_points_{level}", f"_cvp_weight_{level}"
        yield Formula(points, _sum(self._points(item) for item in items))
        yield Formula(weight, _sum(self._if(self._counts_not(item), 0, item.weight) for item in items))
        score = f"{value(points)} {self.grammar.divide} ({value(weight)} * {self.scale.one})"
        yield Formula(score_name(level), self._if(f"{value(weight)} > 0", score, self.grammar.nothing), result=True)
        for view in VIEWS if level in self.reachable else ():
            yield Formula(f"_cvp_gate_{level}_{view}", self._gate(level, view, value(points), value(weight)))

    def _gate(self, level: Level, view: View, points: str, weight: str) -> str:
        items, passing = self.scale.criteria[level], self.scale.passes[level]
        asked, slack = [weight], [f"{points} - {passing} * {weight}"]
        for item in items if view != "answered" else ():
            asked.append(self._if(self._open(item), item.weight))
            slack.append(self._if(self._open(item), item.weight * (_open_points(item, view) - passing)))
        musts = [f"({self._reaches(item, item.must, view)})" for item in items if item.must is not None]
        return self._if(" and ".join([f"{_sum(asked)} > 0", f"{_sum(slack)} >= 0", *musts]), 1)

    def uncapped(self, view: View) -> str:
        """The highest level whose gates from 1 on all hold, never under 1: a gate is 1 where it holds, else 0."""
        gates = [self.grammar.value(f"_cvp_gate_{level}_{view}") for level in self.reachable]
        if len(gates) < 2:
            return "1"
        higher = ""
        for gate in reversed(gates[2:]):
            higher = f" * (1 + {gate}{higher})"
        return f"1 + {gates[0]} * {gates[1]}{higher}"

    def cap(self, view: View) -> str:
        """The lowest cap of a safeguard that is hit; 4 where none is."""
        expression = "4"
        for cap in reversed(LEVELS):
            hits = [hit for item in self.scale.safeguards if item.cap == cap for hit in self._hits(item, view)]
            if hits:
                expression = self._if(" or ".join(hits), cap, expression)
        return expression

    def _hits(self, item: Item, view: View) -> Iterator[str]:
        yield from self._chosen(item, lambda points: points < item.below)
        if view != "answered" and _open_points(item, view) < item.below:
            yield self._open(item)

    def _reaches(self, item: Item, must: int, view: View) -> str:
        fitting = [self._is(item, NOT_APPLICABLE), *self._chosen(item, lambda points: points >= must)]
        if view != "answered" and _open_points(item, view) >= must:
            fitting.append(self._open(item))
        return " or ".join(fitting)

    def _points(self, item: Item) -> str:
        """Weighted points of the choice that was made; 0 where none counts."""
        expression = "0"
        for value, points in reversed(self._choices(item)):
            if points:
                expression = self._if(self._is(item, value), item.weight * points, expression)
        return expression

    def _counts_not(self, item: Item) -> str:
        return f"{self._open(item)} or {self._is(item, NOT_APPLICABLE)}"

    def _open(self, item: Item) -> str:
        return f"({self.grammar.unanswered(item.id)} or {self._is(item, DONT_KNOW)})"

    def _chosen(self, item: Item, fits: Callable[[int], bool]) -> Iterator[str]:
        """That one of the choices is chosen whose points fit."""
        return (self._is(item, value) for value, points in self._choices(item) if fits(points))

    def _choices(self, item: Item) -> list[tuple[str, int]]:
        return list(zip(self.values[item.id], item.points, strict=True))

    def _is(self, item: Item, value: str) -> str:
        return f"{self.grammar.value(item.id)} = '{value}'"

    def _if(self, condition: str, then: object, otherwise: object = 0) -> str:
        return f"{self.grammar.choose}({condition}, {then}, {otherwise})"


def _open_points(item: Item, view: View) -> int:
    return item.lowest if view == "lowest" else item.highest


def _sum(terms: Iterable[str]) -> str:
    return " + ".join(terms) or "0"
