"""What a row of answers adds up to: whole-number sums to which every answer adds what it alone decides.

What one answer adds is asked of the scorer's own functions, so that a frame and the scorer cannot differ in arithmetic.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import gcd
from typing import Final, TypeAlias

from cvp.gates import Gate, Item, Points, Scale, View, cap_of, gate
from cvp.level import Level
from cvp.tables.compiling import OPEN, OUT

Adds: TypeAlias = Callable[[Item, Points], int]
"""What one answer adds: the question, and its points (None where it is open; no entry where it is not applicable)."""

MOST_TOTALS: Final = 32


@dataclass(frozen=True, eq=False)
class Sum:
    """`constant`, and what each rank of a question adds to it."""

    parts: Mapping[str, Mapping[int, int]]
    constant: int = 0

    @cached_property
    def least(self) -> int:
        return self.constant + sum(min(ranks.values()) for ranks in self.parts.values())

    @cached_property
    def most(self) -> int:
        return self.constant + sum(max(ranks.values()) for ranks in self.parts.values())

    @cached_property
    def step(self) -> int:
        """The largest number of which every total is a multiple, above the least."""
        return gcd(*(added - min(ranks.values()) for ranks in self.parts.values() for added in ranks.values())) or 1

    @cached_property
    def totals(self) -> frozenset[int] | None:
        """Every total that there can be; None where there may be more than MOST_TOTALS."""
        found = {self.constant}
        for ranks in self.parts.values():
            found = {total + added for total in found for added in set(ranks.values())}
            if len(found) > MOST_TOTALS:
                return None
        return frozenset(found)


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of one questionnaire over a table; `ranks` are those that each question can have there.

    A question that is not in the table is open. `strict`: one that is not applicable counts at its lowest choice.
    """

    scale: Scale
    ranks: Mapping[str, Collection[int]]

    def of(self, items: Iterable[Item], adds: Adds, strict: bool = False, constant: int = 0) -> Sum:
        """The constant, and what the items' answers add."""
        parts = {}
        for item in items:
            ranks = {rank: adds(item, points) for rank, points in self._said(item, strict)}
            if len(set(ranks.values())) > 1:
                parts[item.id] = ranks
            else:
                constant += ranks[OPEN]
        return Sum(parts, constant)

    def _said(self, item: Item, strict: bool = False) -> Iterator[tuple[int, Points]]:
        """What can be said to a question: rank and points."""
        for rank, points in enumerate(item.points):
            if rank in self.ranks.get(item.id, ()):
                yield rank, {item.id: points}
        yield OPEN, {item.id: None}
        if OUT in self.ranks.get(item.id, ()):
            yield OUT, {item.id: item.lowest} if strict else {}

    def gate(self, level: Level, view: View, capped: bool = False, strict: bool = False) -> Sum:
        """At least 1 exactly where the level's gate holds in this view and, if `capped`, no safeguard keeps it shut.

        Where it may be that nothing counts, each answer adds 1, and slack outweighs all of these together: so a slack
        of 0 needs an answer. A must-have that is not reached, or a safeguard's cap, outweighs all else together.
        """
        criteria = self.scale.criteria[level]
        guards = [item for item in self.scale.safeguards if capped and item.cap == level - 1]

        def alone(item: Item, points: Points) -> Gate:
            return gate(replace(self.scale, items={item.id: item}), level, points, view)

        gates = [[alone(item, points) for _, points in self._said(item, strict)] for item in criteria]
        unit = gcd(*(one.slack for each in gates for one in each)) or 1
        may_be_empty = all(any(not one.weight for one in each) for each in gates)

        def worth(one: Gate) -> int:
            slack = one.slack // unit
            return (len(criteria) + 1) * slack + bool(one.weight) if may_be_empty else slack

        outweighs = 2 + sum(max(0, *map(worth, each)) for each in gates)

        def adds(item: Item, points: Points) -> int:
            if item.level is None:
                return -outweighs if cap_of(item, points, view) else 0
            one = alone(item, points)
            return worth(one) - outweighs * len(one.musts_failed)

        return self.of((*criteria, *guards), adds, strict, constant=0 if may_be_empty else 1)

    def caps(self, cap: Level) -> Sum:
        """How many of the answered safeguards of this cap are hit."""
        guards = [item for item in self.scale.safeguards if item.cap == cap]
        return self.of(guards, lambda item, points: int(cap_of(item, points, "answered") is not None))

    def points(self, items: Collection[Item]) -> Sum:
        """Weighted points of the answered criteria."""
        return self.of(items, lambda item, points: item.weight * (points.get(item.id) or 0))

    def weight(self, items: Collection[Item]) -> Sum:
        """The weight of the answered criteria."""
        return self.of(items, lambda item, points: item.weight * (points.get(item.id) is not None))

    def answered(self, items: Collection[Item]) -> Sum:
        return self.of(items, lambda item, points: int(points.get(item.id) is not None))

    def applicable(self, items: Collection[Item]) -> Sum:
        return self.of(items, lambda item, points: int(item.id in points))
