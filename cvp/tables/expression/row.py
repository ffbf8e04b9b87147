"""What can be said of a row: the scorer's rules over gates and sums, as expressions (method, 1 to 8)."""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import and_

import narwhals as nw

from cvp.gates import Item, View
from cvp.level import LEVELS, Level
from cvp.tables.compiling import OUT, Plan
from cvp.tables.expression.chains import chain, divisor, total
from cvp.tables.expression.steps import Stage, Steps
from cvp.tables.expression.sums import Sums
from cvp.tables.expression.words import Words


class Row:
    """One row of a plan: the ranks of its questions, what they add up to, and what follows from it."""

    def __init__(self, plan: Plan, ranks: Mapping[str, nw.Expr], steps: Steps) -> None:
        self.plan = plan
        self.ranks = ranks
        self.steps = steps
        self.sums = Sums(plan.scale, {cells.question: cells.ranks for cells in plan.cells})
        self.words = Words(steps)
        self._means: dict[tuple[str, ...], str] = {}

    def gate(self, level: Level, view: View = "answered", capped: bool = False, strict: bool = False) -> nw.Expr:
        """Whether the gate holds and, if `capped`, no safeguard keeps it shut; `strict` as in Sums."""
        capped = capped and any(guard.cap == level - 1 for guard in self.plan.scale.safeguards)
        return self.steps.keep(
            Stage.GATE,
            f"gate{level}{view}{capped:d}{strict:d}",
            lambda: self.words.reaches(self.sums.gate(level, view, capped, strict), 1),
        )

    def secured(self) -> nw.Expr:
        answered, lowest, highest = (self.gate(1, view) for view in ("answered", "lowest", "highest"))
        return lowest | (answered & highest)

    def bound(self, view: View) -> nw.Expr:
        """The level in one view."""
        return self.steps.keep(
            Stage.LEVEL, view, lambda: _highest({level: self._climbed(level, view) for level in LEVELS[1:]})
        )

    def level(self, capped: bool = True, strict: bool = False) -> nw.Expr:
        """The level of what is answered, brought into its bounds: reached in the lowest view, or in both others."""
        strict = strict and any(OUT in cells.ranks for cells in self.plan.cells)

        def reached(level: Level) -> nw.Expr:
            lowest, answered, highest = (
                self._climbed(level, view, capped, strict) for view in ("lowest", "answered", "highest")
            )
            return lowest | (answered & highest)

        return self.steps.keep(
            Stage.LEVEL, f"level{capped:d}{strict:d}", lambda: _highest({level: reached(level) for level in LEVELS[1:]})
        )

    def _climbed(self, level: Level, view: View, capped: bool = True, strict: bool = False) -> nw.Expr:
        """Whether all gates up to the level hold."""
        return reduce(and_, (self.gate(each, view, capped, strict) for each in LEVELS[:level]))

    def mean(self, items: Collection[Item]) -> nw.Expr:
        """The weighted mean score of the answered criteria; null where none is answered."""
        weight = self.words.real(self.sums.weight(items)) * float(self.plan.scale.one)
        name = self._means.setdefault(tuple(item.id for item in items), f"mean{len(self._means)}")
        return self._quotient(name, self.words.real(self.sums.points(items)), weight)

    def coverage(self) -> nw.Expr:
        """The share of the questions that apply which are answered; null where none applies."""
        groups = [items for items in (*self.plan.scale.criteria.values(), self.plan.scale.safeguards) if items]
        answered = total([self.words.number(self.sums.answered(items)) for items in groups])
        applicable = total([self.words.number(self.sums.applicable(items)) for items in groups])
        return self._quotient("coverage", answered, applicable)

    def _quotient(self, name: str, part: nw.Expr, whole: nw.Expr) -> nw.Expr:
        """As in chains, of kept columns: PySpark's expression of a quotient repeats what is divided many times."""
        above = self.steps.keep(Stage.GATE, f"{name}_part", lambda: part)
        below = self.steps.keep(Stage.GATE, f"{name}_whole", lambda: whole)
        return above / self.steps.keep(Stage.LEVEL, f"{name}_divisor", lambda: divisor(above, below))


def _highest(reached: Mapping[Level, nw.Expr]) -> nw.Expr:
    """The highest level that is reached; 1 always is."""
    cases = [(reached[level], nw.lit(level, nw.Int64)) for level in sorted(reached, reverse=True)]
    return chain(cases, nw.lit(1, nw.Int64))
