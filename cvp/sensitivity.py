"""How sure a level is: the fewest answers that must be wrong, and every single answer that would change it.

Only answers that were given can be wrong; what is open stays open. The level is the answered one brought into its
bounds, so it falls below L when the highest view does, or when both the answered and the lowest view do; and rises
above L when the lowest view does, or when both the answered and the highest view do. Within a gate all answers cost the
same, so taking those that move it most is exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cvp.gates import VIEWS, Evaluation, Item, View
from cvp.level import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Flip:
    """One answer given otherwise, and the level that follows; `steps` is how many choices apart the two are."""

    question: str
    before: int
    after: int
    level: Level
    steps: int


def flips(evaluation: Evaluation, chosen: Mapping[str, int]) -> list[Flip]:
    """Every single-answer change that changes the level, smallest step first, then in file order.

    `chosen` is the position of each given choice, which its points do not tell where two choices score alike.
    """
    return sorted(_flips(evaluation, chosen), key=lambda flip: flip.steps)


def _flips(evaluation: Evaluation, chosen: Mapping[str, int]) -> Iterator[Flip]:
    now = evaluation.standing.level
    for item, points in _given(evaluation):
        before = chosen[item.id]
        for after, other in enumerate(item.points):
            if other != points and (level := evaluation.changed(item.id, other).standing.level) != now:
                yield Flip(item.id, before, after, level, abs(after - before))


def _given(evaluation: Evaluation) -> Iterator[tuple[Item, int]]:
    for item in evaluation.scale.items.values():
        points = evaluation.points.get(item.id)
        if points is not None:
            yield item, points


def margin_to_fall(evaluation: Evaluation) -> int | None:
    """The fewest given answers that must be wrong for the level to be lower; None where none can make it so."""
    level = evaluation.standing.level
    if level == 1:
        return None
    if any(_breaks_alone(item, level) for item, _ in _given(evaluation)):
        return 1
    ways = [cost for _, cost in _ways_to_break(evaluation, level, "highest")]
    for one, cost in _ways_to_break(evaluation, level, "answered"):
        for other, further in _ways_to_break(evaluation, level, "lowest"):
            # The answers that break one gate in two views are the same answers, taken in the same order.
            ways.append(max(cost, further) if one == other else cost + further)
    return min(ways, default=None)


def _ways_to_break(evaluation: Evaluation, level: Level, view: View) -> list[tuple[Level | None, int]]:
    """Which gate, and how many answers it takes; no gate and no answer where a cap holds the view down already."""
    ways: list[tuple[Level | None, int]] = [(None, 0)] if evaluation.cap(view) < level else []
    for gate in LEVELS[:level]:
        if (cost := _to_break(evaluation, gate, view)) is not None:
            ways.append((gate, cost))
    return ways


def _breaks_alone(item: Item, level: Level) -> bool:
    """Whether this answer at its lowest choice brings every view under the level."""
    if item.level is None:
        return item.cap < level and item.lowest < item.below
    return item.level <= level and item.must is not None and item.lowest < item.must


def _to_break(evaluation: Evaluation, level: Level, view: View) -> int | None:
    gate = evaluation.gates[level, view]
    if not gate.holds:
        return 0
    losses = (item.weight * (points - item.lowest) for item, points in _given(evaluation) if item.level == level)
    return _how_many(losses, gate.slack + 1)


def margin_to_rise(evaluation: Evaluation) -> int | None:
    """The fewest given answers that must be wrong for the level to be higher; None where none can make it so."""
    level = evaluation.standing.level
    if level == 4:
        return None
    costs = {view: [_to_mend(evaluation, gate, view) for gate in LEVELS[: level + 1]] for view in VIEWS}
    caps = {view: _to_uncap(evaluation, level, view) for view in VIEWS}
    both = [_most(pair) for pair in zip(costs["answered"], costs["highest"], strict=True)]
    lowest = _total([*costs["lowest"], caps["lowest"]])
    return _fewest([lowest, _total([*both, _most((caps["answered"], caps["highest"]))])])


def _to_mend(evaluation: Evaluation, level: Level, view: View) -> int | None:
    gate = evaluation.gates[level, view]
    if gate.holds:
        return 0
    failed = set(gate.musts_failed)
    forced: list[int] = []
    free: list[int] = []
    for item, points in _given(evaluation):
        if item.level == level:
            (forced if item.id in failed else free).append(item.weight * (item.highest - points))
            if item.id in failed and item.highest < (item.must or 0):
                return None
    if len(forced) < len(failed) or not gate.weight:
        return None  # a must-have that is open, which no given answer can mend
    more = _how_many(free, -gate.slack - sum(forced))
    return None if more is None else len(forced) + more


def _to_uncap(evaluation: Evaluation, level: Level, view: View) -> int | None:
    """How many given safeguards must have been answered too low."""
    count = 0
    for item in evaluation.scale.safeguards:
        cap = evaluation.caps[item.id, view]
        if cap is not None and cap <= level:
            if evaluation.points[item.id] is None or item.highest < item.below:
                return None
            count += 1
    return count


def _how_many(gains: Iterable[int], need: int) -> int | None:
    """How many of the gains, largest first, it takes to reach the need."""
    count = 0
    for gain in sorted(gains, reverse=True):
        if need <= 0:
            break
        need -= gain
        count += 1
    return count if need <= 0 else None


def _fewest(costs: Iterable[int | None]) -> int | None:
    return min((cost for cost in costs if cost is not None), default=None)


def _most(costs: Iterable[int | None]) -> int | None:
    known = list(costs)
    return None if None in known else max(cost for cost in known if cost is not None)


def _total(costs: Iterable[int | None]) -> int | None:
    known = list(costs)
    return None if None in known else sum(cost for cost in known if cost is not None)
