"""The order in which items are decided, and what each decision does to what is remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import add, sub
from typing import TypeAlias

from cvp.path.prices import reduced_cost
from cvp.path.problem import Amounts, Item, Key, Problem

State: TypeAlias = tuple[int, ...]
"""A value for each key that is remembered at a stage."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is remembered when the item is skipped, and when it is taken; None where a prerequisite was skipped."""

    skipped: State
    taken: State | None
    brings: Amounts


@dataclass(frozen=True, slots=True)
class Stage:
    """The decision about one item.

    `known` is what is remembered before it and `kept` after it; `room` is the most that all later items can bring, and
    `rest` the least that they add to the Lagrangian bound.
    """

    item: Item
    known: tuple[Key, ...]
    kept: tuple[Key, ...]
    room: Amounts
    rest: int
    brings: Mapping[str, Mapping[int, Amounts]]
    decisions: dict[State, Decision] = field(default_factory=dict)

    def decision(self, state: State) -> Decision:
        if state not in self.decisions:
            self.decisions[state] = self._decide(dict(zip(self.known, state, strict=True)))
        return self.decisions[state]

    def _decide(self, values: dict[Key, int]) -> Decision:
        skipped = tuple(values.get(key, 0) for key in self.kept)
        if not all(values[place] for place in self.item.after):
            return Decision(skipped, None, self.item.fixed)
        brings = self.item.fixed
        values[self.item.place] = 1
        for question, value in self.item.shared.items():
            before = values.get(question, 0)
            if value > before:
                at = self.brings[question]
                brings = tuple(map(add, brings, map(sub, at[value], at[before])))
                values[question] = value
        return Decision(skipped, tuple(values.get(key, 0) for key in self.kept), brings)


def stages_of(problem: Problem, prices: Amounts) -> list[Stage]:
    """One stage an item, in an order that keeps little to remember."""
    items = _in_order(problem)
    last = {key: n for n, item in enumerate(items) for key in item.keys}
    kept: list[tuple[Key, ...]] = [()]
    for n, item in enumerate(items):
        live = dict.fromkeys([*kept[-1], *item.shared, item.place])
        kept.append(tuple(key for key in live if last.get(key, 0) > n))
    stages: list[Stage] = []
    room, rest = (0,) * len(prices), 0
    for n, item in reversed(list(enumerate(items))):
        stages.append(Stage(item, kept[n], kept[n + 1], room, rest, problem.brings))
        room = tuple(map(add, room, item.most))
        rest += min(0, reduced_cost(item, prices))
    return stages[::-1]


def _in_order(problem: Problem) -> list[Item]:
    """Need by need, prerequisites first, and always next the item after which the least must be remembered."""
    need = _needs(problem.items)
    uses: dict[Key, int] = {}
    for item in problem.items:
        for key in item.keys:
            uses[key] = uses.get(key, 0) + 1
    waiting = {item.place: item for item in problem.items}
    live: set[Key] = set()
    ordered: list[Item] = []

    def to_remember(item: Item) -> tuple[int, int]:
        opened = sum(uses[key] > 1 for key in item.shared if key not in live) + (item.place in uses)
        closed = sum(uses[key] == 1 for key in item.keys if key in live)
        return need[item.place], opened - closed

    while waiting:
        ready = [item for item in waiting.values() if waiting.keys().isdisjoint(item.after)]
        item = min(ready, key=to_remember)
        for key in item.keys:
            uses[key] -= 1
        live = {key for key in {*live, *item.shared, item.place} if uses.get(key)}
        ordered.append(waiting.pop(item.place))
    return ordered


def _needs(items: Sequence[Item]) -> dict[int, int]:
    """For each place the first need that its item, or one that comes after it, adds to."""
    need = {item.place: next((n for n, most in enumerate(item.most) if most > 0), len(item.most)) for item in items}
    for item in reversed(items):
        for place in item.after:
            need[place] = min(need[place], need[item.place])
    return need
