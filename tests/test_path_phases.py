"""Sizes of efforts, working days, and what falls into which phase."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.path.phases import phases_of, working_days
from cvp.path.variants import resized

efforts = st.lists(st.integers(1, 60), max_size=12)


@pytest.mark.parametrize(
    ("effort", "smaller", "larger"),
    [(1, 1, 2), (2, 1, 8), (8, 2, 30), (30, 8, 90), (90, 30, 270), (3, 1, 12), (4, 1, 15), (16, 4, 53), (180, 60, 540)],
)
def test_an_effort_one_size_smaller_and_larger(effort: int, smaller: int, larger: int) -> None:
    assert (resized(effort, -1), resized(effort, 0), resized(effort, 1)) == (smaller, effort, larger)


@given(st.integers(1, 10_000))
def test_sizes_keep_the_order_of_efforts(effort: int) -> None:
    assert 1 <= resized(effort, -1) <= effort == resized(effort, 0) < resized(effort, 1)
    for sizes in (-1, 1):
        assert resized(effort, sizes) <= resized(effort + 1, sizes)


@given(efforts)
def test_every_move_begins_and_ends_in_the_phase_of_its_days(days: list[int]) -> None:
    phases = phases_of(days)
    worked = [n for n, effort in enumerate(days) for _ in range(effort)]  # which move each working day is spent on
    for number, phase in enumerate(phases):
        last = len(worked) if phase.until is None else (number + 1) * 21
        mine = worked[number * 21 : last]
        assert phase.starts == tuple(n for n in sorted({*mine}) if n not in worked[: number * 21])
        assert phase.ends == tuple(n for n in sorted({*mine}) if n not in worked[last:])
    assert [phase.until for phase in phases] == [30, 60, 90, None][: len(phases)]
    assert len(phases) == min(4, -(-len(worked) // 21))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-20", "2026-11-23", 1),  # a Friday, and the Monday after
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-22", "2026-11-27", 5),
        ("2026-11-23", "2026-12-23", 22),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-01-01", 0),
    ],
)
def test_working_days_to_a_date(start: str, end: str, days: int) -> None:
    assert working_days(date.fromisoformat(start), date.fromisoformat(end)) == days


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_working_days_are_those_that_are_no_weekend(start: date, length: int) -> None:
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    assert working_days(start, start + timedelta(days=length)) == sum(day.isoweekday() <= 5 for day in days)
