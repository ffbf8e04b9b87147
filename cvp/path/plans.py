"""Which recommendations to take: the cheapest for a level, or the most that a budget pays for."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from cvp.gates import Standing, evaluate
from cvp.level import LEVELS, Level
from cvp.path.needs import Need, needs_of
from cvp.path.options import Option, Options, days_of
from cvp.path.search import THOROUGH, cheapest
from cvp.path.spending import amount, objectives, spend


@dataclass(frozen=True)
class Plan:
    """What to take of the options on the way to `target`, prerequisites first.

    It `reached` the highest level that can be reached, None where not even Level 1 can be secured, and meets the
    `needs`. No set that does so takes less than `bound` days; where the search was not `exact`, one may take less than
    this, or reach further. Beyond that level a budget brings `progress`: a share of the points that the next gate is
    missing, and besides mends so many of its must-haves and safeguards.
    """

    options: Options
    target: Level
    budget: int | None
    taken: tuple[Option, ...]
    reached: Level | None
    exact: bool
    bound: int
    needs: tuple[Need, ...] = ()
    progress: Fraction = Fraction(0)
    mended: int = 0

    @property
    def towards(self) -> Level | None:
        """The gate that what was left of a budget is spent on."""
        return LEVELS[self.reached or 0] if self.progress or self.mended else None

    @property
    def effort(self) -> int:
        """In days."""
        return days_of(self.taken)

    @cached_property
    def standing(self) -> Standing:
        """Where the scorer puts the company afterwards."""
        return evaluate(self.options.now.scale, self.options.after(self.taken)).standing


def plan_for(options: Options, target: Level = 4, budget: int | None = None, care: int = THOROUGH) -> Plan:
    """The cheapest way to the target, or to the highest level below it that can be reached, within the budget if any.

    What is left of a budget is spent on the most progress towards the next gate. `care` is how many labels a search may
    keep.
    """
    exact = True
    plan = Plan(options, target, budget, (), None, exact, 0)
    for level in reversed(LEVELS[:target]):
        needs = needs_of(options.now, level, options.every)
        found = cheapest(options.every, needs, most=budget, care=care)
        exact &= found.exact
        if found.options is not None:
            plan = replace(plan, taken=found.options, reached=level, bound=found.bound, needs=tuple(needs))
            break
    plan = replace(plan, exact=exact)
    return plan if budget is None or plan.reached == target else _extended(plan, budget - plan.effort, care)


def _extended(plan: Plan, left: int, care: int) -> Plan:
    """With the rest of the budget spent on the next gate."""
    points, mended = objectives(plan.options, LEVELS[plan.reached or 0])
    extra = spend(plan.options, plan.taken, left, plan.needs, [points, mended], care)
    taken = (*plan.taken, *extra.options)
    before, after = amount(points, plan.taken), amount(points, taken)
    return replace(
        plan,
        taken=tuple(option for option in plan.options.every if option in taken),
        needs=extra.needs,
        exact=plan.exact and extra.exact,
        bound=plan.bound + days_of(extra.options),
        progress=Fraction(after - before, points.missing - before) if after > before else Fraction(0),
        mended=amount(mended, taken) - amount(mended, plan.taken),
    )
