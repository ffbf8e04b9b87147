"""Lagrangian prices: what a point towards each need is worth, so that no set undercuts a sum of single decisions.

For prices of 0 or more, a set that meets the needs costs at least Σ price·missing + Σ min(0, cost − Σ price·most), sums
over needs and over items: what it brings beyond the needs is worth nothing less than 0. Each price in turn is set to
where that bound is highest: the ratio of the last item that a fractional knapsack for the need alone would take.
"""

from collections.abc import Sequence
from operator import mul
from typing import Final

from cvp.path.problem import Amounts, Item, Problem

ROUNDS: Final = 4
"""Prices depend on each other where an item serves several needs; more rounds hardly raise the bound."""
_FLOAT: Final = 1000
"""Bits of a whole number that surely is no infinity as a float, nor is the sum of many."""


def prices_of(problem: Problem) -> Amounts | None:
    """A price a need; None where all items together do not meet one."""
    prices = [0.0] * len(problem.missing)
    reduced = [float(item.cost) for item in problem.items]
    whole = [
        [(n, item.most[need]) for n, item in enumerate(problem.items) if item.most[need] > 0]
        for need in range(len(prices))
    ]
    if any(lack > sum(most for _, most in whole[need]) for need, lack in enumerate(problem.missing)):
        return None
    # A price of 0 is always valid; numbers beyond those of a float are worth less than that a point.
    is_float = [all(most.bit_length() < _FLOAT for _, most in serving) for serving in whole]
    serving = [
        [(n, float(most)) for n, most in each] if fits else [] for each, fits in zip(whole, is_float, strict=True)
    ]
    priced = [need for need, lack in enumerate(problem.missing) if lack > 0 and problem.rises[need] and is_float[need]]
    for _ in range(ROUNDS if len(priced) > 1 else 1):
        for need in priced:
            price = _best_price(serving[need], problem.missing[need], reduced, prices[need])
            for n, most in serving[need]:
                reduced[n] += (prices[need] - price) * most
            prices[need] = price
    return tuple(int(price) for price in prices)


def _best_price(serving: Sequence[tuple[int, float]], lack: int, reduced: Sequence[float], price: float) -> float:
    """Where the bound is highest, all other prices being what they are."""
    ratios = sorted((max(0.0, reduced[n] / most + price), most) for n, most in serving)
    left = float(lack)
    for ratio, most in ratios:
        left -= most
        if left <= 0:
            return ratio
    return ratios[-1][0]


def dot(prices: Amounts, amounts: Amounts) -> int:
    """What the amounts are worth."""
    worth: int = sum(map(mul, prices, amounts))
    return worth


def reduced_cost(item: Item, prices: Amounts) -> int:
    """Below 0 where taking the item is worth more than it costs."""
    return item.cost - dot(prices, item.most)
