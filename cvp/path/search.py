"""The cheapest set of recommendations that meets all needs, proved; or where that would take too long, nearly so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cvp.path.needs import Need
from cvp.path.options import Option
from cvp.path.prices import prices_of
from cvp.path.problem import problem_of
from cvp.path.sweep import Labels, Sweep, is_complete

NARROW: Final = 60
WIDER: Final = 10
"""How many labels a stage keeps in the first attempt, and how many times as many in each further one."""

THOROUGH: Final = 300_000
QUICK: Final = 30_000
"""How many labels all stages together may keep in the last attempt: a second's work or so, and a tenth of that."""


@dataclass(frozen=True, slots=True)
class Found:
    """The cheapest set, where not `exact` the best one known, or None; no set takes less than `bound` days."""

    options: tuple[Option, ...] | None
    bound: int
    exact: bool


def cheapest(
    options: Sequence[Option],
    needs: Sequence[Need],
    taken: Sequence[Option] = (),
    most: int | None = None,
    care: int = THOROUGH,
) -> Found:
    """The cheapest options, of `most` days in all, that with those `taken` already meet the needs.

    `options` come prerequisites first; `care` is how many labels may be kept.
    """
    problem = problem_of(options, needs, taken)
    if max(problem.missing, default=0) <= 0:
        return Found((), 0, exact=True)
    prices = prices_of(problem)
    if prices is None:
        return Found(None, 0, exact=True)
    limit = problem.money.above(sum(option.effort for option in options) if most is None else most)
    sweep = Sweep(problem, prices, limit)
    bound = _widened(sweep, care)
    found = problem.money.bought(sweep.best, options) if sweep.best < limit else None
    return Found(found, problem.money.days(bound), bound == sweep.best)


def _widened(sweep: Sweep, care: int) -> int:
    """Sweeps with more and more labels until none that matters is dropped; gives the least that any set can cost."""
    widest = max(1, care // len(sweep.stages))
    width, bound = min(NARROW, widest), 0
    while True:
        labels, dropped = sweep.first, sweep.limit
        for stage in sweep.stages:
            labels, least = sweep.narrowed(stage, sweep.decided(stage, labels), width)
            dropped = min(dropped, least)
        bound = max(bound, min(dropped, sweep.best))
        if bound == sweep.best or width == widest:
            return bound
        width = min(WIDER * width, widest)


def cheapest_without_each(options: Sequence[Option], needs: Sequence[Need], most: int) -> dict[int, tuple[Option, ...]]:
    """For the place of each option, the cheapest set without it, of `most` days, that meets the needs.

    From the costs up to each stage and on from it; where there are too many labels, sets may be missed.
    """
    problem = problem_of(options, needs)
    prices = prices_of(problem) if max(problem.missing, default=0) > 0 else None
    if prices is None:
        return {}
    sweep = Sweep(problem, prices, problem.money.above(most), tightens=False)
    before = [sweep.first]
    costs: dict[int, int] = {}
    for stage in sweep.stages:
        costs[stage.item.place] = sweep.best  # of a set that was complete before
        labels, _ = sweep.narrowed(stage, sweep.decided(stage, before[-1]), max(1, QUICK // len(sweep.stages)))
        before.append(labels)
    onward: Labels = {}
    for stage, labels in zip(reversed(sweep.stages), reversed(before[:-1]), strict=True):
        least: Labels = {}
        for label, cost in labels.items():
            skipped, taken = sweep.choices(stage, label)
            without = onward.get(skipped, sweep.limit)
            costs[stage.item.place] = min(costs[stage.item.place], cost + without)
            within = sweep.limit if not taken else 0 if is_complete(taken) else onward.get(taken, sweep.limit)
            least[label] = min(without, stage.item.cost + within)
        onward = least
    return {place: problem.money.bought(cost, options) for place, cost in costs.items() if cost < sweep.limit}
