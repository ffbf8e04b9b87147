"""When the moves of a path would be made, one after the other, from the day of the assessment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

WORKING_DAYS_A_PHASE: Final = 21
ENDS: Final = (30, 60, 90, None)
"""The calendar days after which the phases end; the last one is open."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Positions of the steps that start and of those that end in it, up to so many calendar days, None for later."""

    until: int | None
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def phases_of(efforts: Sequence[int]) -> tuple[Phase, ...]:
    """The phases that it takes to make moves of these efforts (working days) one after the other.

    30 calendar days have 21 working days.
    """
    ends = list(accumulate(efforts))
    started = [_phase(end - effort) for end, effort in zip(ends, efforts, strict=True)]
    ended = [_phase(end - 1) for end in ends]
    return tuple(
        Phase(until, _at(started, number), _at(ended, number))
        for number, until in enumerate(ENDS[: max(ended, default=-1) + 1])
    )


def _phase(day: int) -> int:
    """Which phase a working day is in, days and phases counted from 0."""
    return min(day // WORKING_DAYS_A_PHASE, len(ENDS) - 1)


def _at(phases: Iterable[int], number: int) -> tuple[int, ...]:
    return tuple(position for position, phase in enumerate(phases) if phase == number)


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after `start`, up to and with `end`; 0 where it is not later."""
    weeks, rest = divmod(max(0, (end - start).days), 7)
    return 5 * weeks + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
