"""Which question to ask next, so that the level is settled after few."""

from collections.abc import Sequence
from typing import Final

from cvp.gates import Evaluation, Item
from cvp.level import Level

_CLIMB: Final[tuple[Level, ...]] = (2, 1, 3, 4)
"""Level 1 is the floor: gate 1 lifts nothing before gate 2 holds; where gate 2 cannot, it says only if 1 is secured."""


def next_question(evaluation: Evaluation, open_questions: Sequence[str]) -> str | None:
    """Of the questions that may still be asked, the one whose answer narrows low…high most; None where there is none.

    Most is the least width high − low that its worst answer leaves, in levels. Where that is the same, as it is until a
    gate is nearly decided, the one that brings the next decision closer:

    1. safeguards that cap the level that the answers so far would reach, the lowest cap first;
    2. criteria of the first undecided gate (2, then 1, 3 and 4) that is not above `high`: must-haves first, then by
       reach, weight × (highest − lowest score);
    3. safeguards that could still cap;
    4. what cannot move the bounds.

    What is still equal comes in the order given.
    """
    return min(open_questions, key=lambda question: _precedence(evaluation, question), default=None)


def _precedence(evaluation: Evaluation, question: str) -> tuple[int, ...]:
    item = evaluation.scale.items[question]
    turn = _safeguard_turn(evaluation, item) if item.level is None else _criterion_turn(evaluation, item, item.level)
    return (_width_at_worst(evaluation, item), *turn)


def _width_at_worst(evaluation: Evaluation, item: Item) -> int:
    now, worst = _width(evaluation), 0
    for points in item.points:
        worst = max(worst, _width(evaluation.changed(item.id, points)))
        if worst == now:  # an answer to an open question never widens
            break
    return worst


def _width(evaluation: Evaluation) -> int:
    return evaluation.standing.high - evaluation.standing.low


def _safeguard_turn(evaluation: Evaluation, item: Item) -> tuple[int, ...]:
    if item.lowest >= item.below or item.cap >= evaluation.standing.high:
        return (4,)
    return (1 if item.cap < evaluation.uncapped("answered") else 3, item.cap)


def _criterion_turn(evaluation: Evaluation, item: Item, level: Level) -> tuple[int, ...]:
    undecided = evaluation.gates[level, "highest"].holds and not evaluation.gates[level, "lowest"].holds
    if not undecided or level > evaluation.standing.high:
        return (4,)
    is_must = item.must is not None and item.lowest < item.must
    return (2, _CLIMB.index(level), not is_must, -item.weight * (item.highest - item.lowest))
