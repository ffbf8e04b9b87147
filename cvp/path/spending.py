"""What is left of a budget, spent on the next gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cvp.level import Level
from cvp.path.needs import Need, needs_of
from cvp.path.options import Option, Options, highest
from cvp.path.search import cheapest


@dataclass(frozen=True, slots=True)
class Extra:
    """What else to take, and all needs that are met with it; `exact` where nothing brings more, or as much for less."""

    options: tuple[Option, ...]
    needs: tuple[Need, ...]
    exact: bool


def objectives(options: Options, level: Level) -> tuple[Need, Need]:
    """What is to grow on the way to the level: weighted points of its gate, then must-haves and safeguards mended.

    The points are those that the gate is missing, none where it has enough of them. A safeguard that would cap under
    the level because it was lifted, but not far enough, is taken off what is mended.
    """
    coming = [need for need in needs_of(options.now, level, options.every) if need.level == level]
    points = next((need for need in coming if need.kind == "points"), Need(level, "points", 0, {}))
    others = [need for need in coming if need.kind in {"must", "cap", "kept"}]
    brings = {question: values for need in others for question, values in need.brings.items()}
    return points, Need(level, "mended", sum(need.missing for need in others), brings, rises=False)


def amount(need: Need, taken: Iterable[Option]) -> int:
    """How much of the need these bring, at most all of it."""
    return min(need.missing, sum(need.brought(question, value) for question, value in highest(taken).items()))


def spend(
    options: Options, taken: Sequence[Option], budget: int, kept: Sequence[Need], wanted: Sequence[Need], care: int
) -> Extra:
    """What to add to what is taken: the most for each wanted need in turn, then the least effort, moves and file order.

    The `kept` needs stay met.
    """
    extra = Extra((), tuple(kept), exact=True)
    for need in wanted:
        low, high = amount(need, [*taken, *extra.options]), need.missing
        while low < high:
            middle = (low + high + 1) // 2
            found = cheapest(options.every, [*extra.needs, replace(need, missing=middle)], taken, budget, care)
            extra = replace(extra, exact=extra.exact and found.exact)
            if found.options is None:
                high = middle - 1
            else:
                extra = replace(extra, options=found.options)
                low = amount(need, [*taken, *found.options])
        extra = replace(extra, needs=(*extra.needs, replace(need, missing=low)))
    return extra
