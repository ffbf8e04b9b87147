"""Levels whose gate says nothing about a company."""

from collections.abc import Iterator

from cvp.document import Fault
from cvp.rules.measurement.measures import Reach, measures_of, reaches_of
from cvp.rules.subject import Subject

ENOUGH = 3


def unreachable_level(subject: Subject) -> Iterator[Fault]:
    """A level that no answers can reach.

    Even with every answer at its highest choice the gate stays shut, or the level asks nothing at all, so this level
    and all above it are closed to everybody. Give the level criteria, let their choices reach 1, or lower `pass`.
    """
    if not (measures := measures_of(subject)):
        return
    for reach in measures.reaches:
        above = "" if reach.level == 4 else " and no level above it"
        if not reach.items:
            message = f"level {reach.level} has no criteria, so no answers reach it{above}"
            yield _fault(reach, message, "give at least three criteria this level")
        elif reach.best.slack < 0:
            most, needed = measures.average(reach.best.total, reach.weight), measures.said(reach.best.passing)
            message = f"no answers reach level {reach.level}{above}: at best it scores {most}, and it needs {needed}"
            yield _fault(reach, message, "let the choices reach 1, or lower `pass`")


def unfailing_gate(subject: Subject) -> Iterator[Fault]:
    """A gate that cannot fail.

    Every answer at its lowest choice passes already, so the level is given away and its criteria measure nothing.
    Raise `pass`, or let the lowest choices score 0.
    """
    for reach in reaches_of(subject):
        if reach.worst.holds:
            route = ("levels", str(reach.level), "pass")
            message = f"level {reach.level} holds even with every answer at its lowest choice"
            yield Fault(message, route, help="raise `pass`, or let the lowest choices score 0")


def few_criteria(subject: Subject) -> Iterator[Fault]:
    """A level with fewer than three criteria.

    One or two answers then decide it, and one slip of the pen is a level. Ask at least three things, each seen from
    another side. A selection from a questionnaire is short on purpose, and may ask less.
    """
    for reach in reaches_of(subject):
        if 0 < len(reach.items) < ENOUGH:
            number = "one criterion" if len(reach.items) == 1 else "two criteria"
            yield _fault(reach, f"level {reach.level} rests on {number}", "ask at least three things")


def _fault(reach: Reach, message: str, help_: str) -> Fault:
    """A fault of the whole level, at its key."""
    return Fault(message, ("levels", str(reach.level)), on_key=True, help=help_)
