"""What a level asks for and today lacks, in sums that recommendations add to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cvp.gates import Evaluation, Item, cap_of
from cvp.level import LEVELS, Level
from cvp.path.options import Option

Kind = Literal["points", "answered", "touched", "must", "cap", "kept", "mended"]


@dataclass(frozen=True, slots=True)
class Need:
    """A sum over questions that must reach `missing`.

    `brings` says for each question what each value (in points) that it may be lifted to adds to the sum; a question
    that is not lifted adds 0. The sum `rises` where lifting a question (further) never makes it less.
    """

    level: Level
    kind: Kind
    missing: int
    brings: Mapping[str, Mapping[int, int]]
    rises: bool = True

    def brought(self, question: str, value: int) -> int:
        return self.brings.get(question, {}).get(value, 0)


def needs_of(now: Evaluation, target: Level, options: Sequence[Option]) -> list[Need]:
    """What it takes to have at least the target level with every gate up to it that does not hold mended.

    A gate that does not hold must hold as answered and with what is open at its lowest choice; one that holds must also
    hold with what is open at its highest choice, since the level never leaves its bounds.
    """
    values = _values(options)
    needs: list[Need] = []
    for level in LEVELS[:target]:
        if not now.gates[level, "answered"].holds:
            needs += _of_gate_that_does_not(now, level, values)
        elif target > 1:  # the level is never under 1
            needs += _of_gate_that_holds(now, level, values)
    for item in now.scale.safeguards:
        if item.cap < target and item.id in now.points:
            needs += _of_safeguard(now, item, values.get(item.id, ()))
    return needs


def _values(options: Sequence[Option]) -> dict[str, set[int]]:
    """The values that each question may be lifted to."""
    values: dict[str, set[int]] = {}
    for option in options:
        for question, value in option.lifts.items():
            values.setdefault(question, set()).add(value)
    return values


def _of_gate_that_holds(now: Evaluation, level: Level, values: Mapping[str, set[int]]) -> Iterator[Need]:
    missing = -now.gates[level, "highest"].slack
    if missing > 0:
        known = {i: before for i in now.scale.criteria[level] if (before := now.points.get(i.id)) is not None}
        brings = {i.id: {v: i.weight * (v - known[i]) for v in values.get(i.id, ())} for i in known}
        yield Need(level, "points", missing, brings)


def _of_gate_that_does_not(now: Evaluation, level: Level, values: Mapping[str, set[int]]) -> Iterator[Need]:
    answered, lowest = now.gates[level, "answered"], now.gates[level, "lowest"]
    asked = [item for item in now.scale.criteria[level] if item.id in now.points]
    before = {item.id: now.points[item.id] for item in asked}

    def brings(item: Item, start: int) -> dict[int, int]:
        return {value: item.weight * (value - start) for value in values.get(item.id, ())}

    def known(item: Item, otherwise: int) -> int:
        points = before[item.id]
        return otherwise if points is None else points

    if lowest.slack < 0:
        yield Need(level, "points", -lowest.slack, {i.id: brings(i, known(i, i.lowest)) for i in asked})
    elif not answered.weight:
        yield Need(level, "touched", 1, {i.id: dict.fromkeys(values.get(i.id, ()), 1) for i in asked})
    if any(before[i.id] is None and i.lowest > answered.passing for i in asked):
        # Else what is open raises the lowest view no more than its absence raises the answered one.
        of_each = {i.id: brings(i, known(i, answered.passing)) for i in asked}
        yield Need(level, "answered", -answered.slack, of_each, rises=False)
    for name in answered.musts_failed:
        yield _threshold(level, "must", now.scale.items[name], now.scale.items[name].must or 0, values.get(name, ()))


def _of_safeguard(now: Evaluation, item: Item, values: Sequence[int] | set[int]) -> Iterator[Need]:
    level = LEVELS[item.cap]
    is_open = now.points[item.id] is None
    if cap_of(item, now.points, "answered") is not None or (is_open and item.highest < item.below):
        yield _threshold(level, "cap", item, item.below, values)
    elif is_open and any(value < item.below for value in values):
        # An open safeguard does not cap; once it is lifted, but not far enough, it does.
        worsened = {value: -1 if value < item.below else 0 for value in values}
        yield Need(level, "kept", 0, {item.id: worsened}, rises=False)


def _threshold(level: Level, kind: Kind, item: Item, least: int, values: Sequence[int] | set[int]) -> Need:
    return Need(level, kind, 1, {item.id: {value: int(value >= least) for value in values}})
