"""How firmly a plan stands: what stays in it where efforts are misjudged, and what could take a move's place."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import partial
from math import floor, log
from typing import Final

from cvp.path.options import Option
from cvp.path.plans import Plan, plan_for
from cvp.path.search import QUICK, cheapest_without_each

SIZES: Final = (1, 2, 8, 30, 90)
"""Days: S, M and L, one size below and one above."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Moves of a plan that others can take the place of, at no more effort in all."""

    left_out: tuple[Option, ...]
    instead: tuple[Option, ...]


def resized(effort: int, sizes: int) -> int:
    """An effort so many sizes larger, or smaller where negative; at least a day.

    Between two sizes, and beyond the last, it is interpolated in logarithms.
    """
    upper = min(max(bisect_left(SIZES, effort), 1), len(SIZES) - 1)
    below, above = SIZES[upper - 1], SIZES[upper]
    position = upper - 1 + sizes + log(effort / below) / log(above / below)
    lower = min(max(floor(position), 0), len(SIZES) - 2)
    ratio: float = (SIZES[lower + 1] / SIZES[lower]) ** (position - lower)
    return max(1, round(SIZES[lower] * ratio))


def safe_bets(plan: Plan) -> tuple[Option, ...]:
    """What is taken also where every effort is a size smaller, and where every one is a size larger."""
    kept = {option.place for option in plan.taken}
    for sizes in (-1, 1):
        options = plan.options.resized(partial(resized, sizes=sizes))
        kept &= {option.place for option in plan_for(options, plan.target, plan.budget, QUICK).taken}
    return tuple(option for option in plan.taken if option.place in kept)


def alternatives(plan: Plan) -> tuple[Alternative, ...]:
    """For each move that the plan could do without at no more effort in all: what takes its place; each set once."""
    without = cheapest_without_each(plan.options.every, plan.needs, plan.effort)
    sets = dict.fromkeys(without[option.place] for option in plan.taken if option.place in without)
    return tuple(
        Alternative(
            tuple(option for option in plan.taken if option not in found),
            tuple(option for option in found if option not in plan.taken),
        )
        for found in sets
    )
