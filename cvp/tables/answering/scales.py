"""Numbers of a scale that is longer than the choices of the question that was asked on it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from cvp.matching import Cells, number_in
from cvp.questionnaire import Questionnaire

_LONGEST: Final = 10
"""The highest number of a scale of which each number can be said in a map."""
_MANY: Final = 5
_CODES: Final = 2
"""As many numbers beyond the choices may be codes for missing, as 8 and 9."""


def choices(questionnaire: Questionnaire, key: str) -> int:
    """How many choices a question has."""
    return len(questionnaire.choices_of(questionnaire.questions[key]))


def with_scales(questionnaire: Questionnaire, looked: Mapping[str, Cells]) -> dict[str, Cells]:
    """The columns with the longer scales on which their questions were asked, where they were, and one can tell.

    Questions with as many choices were asked alike, though not all numbers are in each column. There is no scale where
    nothing is beyond the choices but what may be a code for missing, as 9 or 99, or a slip.
    """
    alike: dict[int, list[Cells]] = {}
    for key, column in looked.items():
        alike.setdefault(choices(questionnaire, key), []).append(column)
    scales = {count: _scale(columns, count) for count, columns in alike.items()}
    found = {}
    for key, column in looked.items():
        count = choices(questionnaire, key)
        found[key] = replace(column, scale=scales[count]) if _is_beyond(column, count) else column
    return found


def is_too_long(scale: range) -> bool:
    """Whether nobody would say of each number which choice it means."""
    return scale.stop - 1 > _LONGEST


def _is_beyond(column: Cells, count: int) -> bool:
    beyond = [number for number in _numbers(column) if number > count]
    return len(beyond) >= _MANY or any(number <= _LONGEST for number in beyond)


def _scale(alike: Collection[Cells], count: int) -> range:
    """The longest scale in any of the columns: that of all; empty where there is none."""
    highest = max(_highest(alike, count), default=0)
    first = 0 if any(0 in _numbers(column) for column in alike if _is_beyond(column, count)) else 1
    return range(first, highest + 1) if highest else range(0)


def _highest(alike: Collection[Cells], count: int) -> Iterator[int]:
    """The highest number of each column's scale."""
    near = {number for column in alike for number in _numbers(column) if count < number <= _LONGEST}
    said = {number for column in alike for number in _whole(column.given)}
    has_steps = count + 1 in near | said or len(near) > _CODES
    for column in alike:
        beyond = {number for number in _numbers(column) if number > count}
        far = beyond - near
        if len(far) >= _MANY:
            yield max(far)
        elif has_steps:
            yield from beyond & near


def _numbers(column: Cells) -> set[int]:
    return _whole((*column.numbers, *column.unknown))


def _whole(cells: Iterable[str | float]) -> set[int]:
    """Those that are whole numbers from 0."""
    read = (number_in(cell) for cell in cells)
    return {int(number) for number in read if number is not None and number.is_integer() and number >= 0}
