"""Dynamic programming over labels: items are decided one after the other, with bounds.

A label says what later items must know of earlier ones, and what is still missing of every need. Of labels that agree
in this only the cheapest is kept, and none that cannot end below a limit: its cost so far, with the least that a
Lagrangian relaxation adds to it.
"""

from operator import le, sub
from typing import TypeAlias

from cvp.path.prices import dot
from cvp.path.problem import Amounts, Problem
from cvp.path.stages import Stage, State, stages_of

Label: TypeAlias = tuple[State, Amounts]
Labels: TypeAlias = dict[Label, int]
"""Label → the least that it costs to get to it."""


class Sweep:
    """Goes over a problem's stages.

    `best` is the lowest cost found below `limit`, at first the limit itself; where it `tightens`, the limit follows.
    """

    def __init__(self, problem: Problem, prices: Amounts, limit: int, tightens: bool = True) -> None:
        self.problem = problem
        self.prices = prices
        self.stages = stages_of(problem, prices)
        self.limit = self.best = limit
        self.tightens = tightens

    @property
    def first(self) -> Labels:
        return {((), self.problem.missing): 0}

    def decided(self, stage: Stage, labels: Labels) -> Labels:
        """The labels after the stage's item has been skipped or taken."""
        following: Labels = {}
        for label, cost in labels.items():
            skipped, taken = self.choices(stage, label)
            self._keep(following, stage, skipped, cost)
            if taken:
                self._keep(following, stage, taken, cost + stage.item.cost)
        return following

    def choices(self, stage: Stage, label: Label) -> tuple[Label, Label | None]:
        """The label that follows when the item is skipped, and when it is taken, None where it cannot be."""
        state, left = label
        decision = stage.decision(state)
        if decision.taken is None:
            return (decision.skipped, left), None
        less = tuple(map(sub, left, decision.brings))
        if min(less) < 0:
            less = tuple(0 if n < 0 and rises else n for n, rises in zip(less, self.problem.rises, strict=True))
        return (decision.skipped, left), (decision.taken, less)

    def _keep(self, labels: Labels, stage: Stage, label: Label, cost: int) -> None:
        if is_complete(label):
            if cost < self.best:
                self.best = cost
                self.limit = cost if self.tightens else self.limit
        elif (
            all(map(le, label[1], stage.room))
            and self._least(stage, label, cost) < self.limit
            and cost < labels.get(label, self.limit)
        ):
            labels[label] = cost

    def narrowed(self, stage: Stage, labels: Labels, width: int) -> tuple[Labels, int]:
        """The most promising labels, and the least that a set can cost that begins with one of the others."""
        if len(labels) <= width:
            return labels, self.limit
        ranked = sorted(labels, key=lambda label: self._least(stage, label, labels[label]))
        least = self._least(stage, ranked[width], labels[ranked[width]])
        return {label: labels[label] for label in ranked[:width]}, least

    def _least(self, stage: Stage, label: Label, cost: int) -> int:
        """The least that a set can cost that begins with this label."""
        return cost + stage.rest + dot(self.prices, label[1])


def is_complete(label: Label) -> bool:
    return max(label[1]) <= 0
