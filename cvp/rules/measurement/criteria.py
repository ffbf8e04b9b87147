"""Criteria that count for too little or too much in their gate."""

from collections.abc import Iterator

from cvp.document import Fault
from cvp.gates import Item
from cvp.rules.measurement.measures import Reach, at, measures_of, reaches_of
from cvp.rules.measurement.sums import Summand, Sums
from cvp.rules.subject import Subject


def idle_criterion(subject: Subject) -> Iterator[Fault]:
    """A criterion that can never change the level.

    Whatever the others answer, none of its choices opens or shuts the gate, so buyers and companies are asked for
    nothing. Raise its weight, give it more choices, or take it out.
    """
    for reach in reaches_of(subject):
        if reach.is_open_to_answers and not any(_is_alone(reach, item) for item in reach.items):
            sums = Sums([_summand(item) for item in reach.items])
            for item in reach.items:
                if _is_idle(reach, item, sums):
                    message = f"no answer to `{item.id}` can change whether level {reach.level} holds"
                    help_ = "raise its weight, give it more choices, or take it out"
                    yield Fault(message, at(subject, item.id, "weight"), help=help_)


def _is_idle(reach: Reach, item: Item, sums: Sums) -> bool:
    """Whether no total of the others is turned by this criterion; False where that is too much to reckon."""
    if item.lowest == item.highest:
        return len(item.points) == 1  # several choices of one score are a fault of their own
    if item.must is not None and item.must > item.lowest:
        return False
    first, end = (reach.needed - item.weight * points for points in (item.highest, item.lowest))
    return sums.reach_between(_summand(item), first, end) is False


def _summand(item: Item) -> Summand:
    """What the criterion can add to a total with which the gate holds."""
    return tuple(sorted({item.weight * points for points in item.points if points >= (item.must or 0)}))


def lone_decider(subject: Subject) -> Iterator[Fault]:
    """One criterion that alone decides its gate.

    At its highest choice the gate holds and at its lowest it does not, whatever all the others answer: they are asked
    for show. Lower its weight. If the level truly cannot do without it, say so with `must`, which leaves the others
    their part.
    """
    for reach in reaches_of(subject):
        if item := _decider(reach):
            message = f"`{item.id}` alone decides level {reach.level}, whatever the other {len(reach.items) - 1} answer"
            help_ = "lower its weight; for something indispensable, use `must`"
            yield Fault(message, at(subject, item.id, "weight", "must"), help=help_)


def drowning_weight(subject: Subject) -> Iterator[Fault]:
    """A weight that drowns the others.

    One criterion has more than half of its level's weight, so it outvotes all the others together. Lower the weight,
    or ask the same thing in several criteria.
    """
    if measures := measures_of(subject):
        for reach in measures.reaches:
            decider = _decider(reach)
            for item in reach.items:
                if 2 * item.weight > reach.weight and len(reach.items) > 1 and item is not decider:
                    share = f"{item.weight / reach.weight:.0%}"
                    message = (
                        f"`{item.id}` has {share} of the weight of level {reach.level}, more than all others together"
                    )
                    yield Fault(message, at(subject, item.id, "weight"), help="lower it to half or less")


def _decider(reach: Reach) -> Item | None:
    """The criterion whose highest choice opens the gate and whose lowest shuts it, whatever the others answer."""
    if not reach.is_open_to_answers or len(reach.items) < 2:
        return None
    return next((item for item in reach.items if _decides(reach, item)), None)


def _decides(reach: Reach, item: Item) -> bool:
    """A must-have is declared to shut its gate, so that alone does not count, unless no other criterion counts."""
    shuts = reach.best.total - _span(item) < reach.needed
    return _opens(reach, item) and (shuts or _is_alone(reach, item))


def _is_alone(reach: Reach, item: Item) -> bool:
    """Whether the gate depends on this criterion and on no other."""
    if not _opens(reach, item):
        return False
    low = reach.worst.total - item.weight * item.lowest
    high = reach.best.total - item.weight * item.highest
    reached = [item.weight * points for points in item.points if points >= (item.must or 0)]
    return all((low + points >= reach.needed) == (high + points >= reach.needed) for points in reached)


def _opens(reach: Reach, item: Item) -> bool:
    """Whether its highest choice opens the gate with all the others at their lowest."""
    return reach.worst.total + _span(item) >= reach.needed and {*reach.worst.musts_failed} <= {item.id}


def _span(item: Item) -> int:
    return item.weight * (item.highest - item.lowest)


def unreachable_must(subject: Subject) -> Iterator[Fault]:
    """A must-have above its criterion's highest choice.

    No answer reaches it, so the gate can never hold. Lower `must`, or add a choice that reaches it.
    """
    if measures := measures_of(subject):
        for item in measures.scale.items.values():
            if item.must is not None and item.must > item.highest:
                message = f"the highest choice of `{item.id}` scores {measures.said(item.highest)}, less than its must"
                yield Fault(message, at(subject, item.id, "must"), help="lower `must`, or add a choice that reaches it")


def unfailing_must(subject: Subject) -> Iterator[Fault]:
    """A must-have that every choice reaches.

    It looks like a condition and is none. Raise `must` above the lowest choice, or take it out.
    """
    if measures := measures_of(subject):
        for item in measures.scale.items.values():
            if item.must is not None and item.must <= item.lowest:
                message = f"the lowest choice of `{item.id}` scores {measures.said(item.lowest)} and reaches its must"
                yield Fault(message, at(subject, item.id, "must"), help="raise `must`, or take it out")
