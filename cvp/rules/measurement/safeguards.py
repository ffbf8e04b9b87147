"""Safeguards that guard nothing, or everything."""

from collections.abc import Iterator

from cvp.document import Fault
from cvp.rules.measurement.measures import at, measures_of
from cvp.rules.subject import Subject


def idle_safeguard(subject: Subject) -> Iterator[Fault]:
    """A safeguard that never caps.

    It caps at Level 4, which is no limit, or none of its choices lies below `below`. Readers trust it, and it does
    nothing. Lower `cap`, or raise `below` above the lowest choice.
    """
    if measures := measures_of(subject):
        for item in measures.scale.safeguards:
            if item.cap == 4:
                message = f"`{item.id}` caps at level 4, which is no limit"
                yield Fault(message, at(subject, item.id, "cap"), help="cap at 1, 2 or 3")
            elif item.lowest >= item.below:
                lowest = measures.said(item.lowest)
                message = f"`{item.id}` never caps: its lowest choice scores {lowest}, which is not below this"
                yield Fault(message, at(subject, item.id, "below"), help="raise `below` above the lowest choice")


def constant_cap(subject: Subject) -> Iterator[Fault]:
    """A safeguard that always caps.

    Even its highest choice lies below `below`, so nobody ever gets above its cap. Lower `below`, or add a choice that
    reaches it.
    """
    if measures := measures_of(subject):
        for item in measures.scale.safeguards:
            if item.highest < item.below and item.cap < 4:
                highest = measures.said(item.highest)
                message = f"`{item.id}` always caps at level {item.cap}: its highest choice scores {highest}"
                yield Fault(
                    message, at(subject, item.id, "below"), help="lower `below`, or add a choice that reaches it"
                )
