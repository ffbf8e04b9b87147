"""A questionnaire and a table's columns, checked and compiled, before any dataframe is seen."""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cvp.answers import DONT_KNOW, Answer, Evidence, last_day
from cvp.gates import Scale, scale_of
from cvp.matching import NOT_APPLICABLE, number_in
from cvp.questionnaire import Criterion, Question, Questionnaire
from cvp.tables.columns import SPACES, Column

OPEN: Final = -1
OUT: Final = -2
BAD: Final = -3
"""A cell's rank is the position of its choice, or one of these: open, not applicable, without a meaning."""


@dataclass(frozen=True)
class Cells:
    """One question's column: the rank of every text and number in it; `spelled` as the cells are known to be.

    Evidence of a day before `fresh_from` (ISO), in the column at the position `dates`, makes a choice open.
    """

    question: str
    position: int
    spelled: Mapping[str, int]
    texts: Mapping[str, int]
    numbers: Mapping[float, int]
    dates: int | None = None
    fresh_from: str = ""
    nans: bool = True

    @cached_property
    def ranks(self) -> frozenset[int]:
        """Every rank that a cell may have; a null is open."""
        return frozenset((OPEN, *self.texts.values(), *self.numbers.values()))

    @cached_property
    def all_numbers(self) -> Mapping[float, int]:
        """The numbers, and the texts that read as numbers, for a column that turns out to hold numbers."""
        read = {number: rank for text, rank in self.texts.items() if (number := number_in(text)) is not None}
        return {**read, **self.numbers}


@dataclass(frozen=True)
class Plan:
    """What is scored, and from which cells."""

    questionnaire: Questionnaire
    scale: Scale
    cells: tuple[Cells, ...]


def compile_plan(questionnaire: Questionnaire, columns: Iterable[Column], date: str | None = None) -> Plan:
    """The plan for a table's columns; `date` is the assessment's day, as 2013-02-12.

    Raises ValueError where columns name a question or a choice that is not there, or a question twice, where two cells
    that are compared as equal have different meanings, and where evidence has dates but the assessment has none.
    """
    day = None if date is None else _day(date)
    cells = tuple(_cells(questionnaire, column, day) for column in columns)
    asked = [one.question for one in cells]
    if twice := [question for question in asked if asked.count(question) > 1]:
        raise ValueError(f"{twice[0]} has two columns; give one")
    return Plan(questionnaire, scale_of(questionnaire), cells)


def _day(date: str) -> datetime.date:
    try:
        return last_day(date)
    except ValueError as error:
        raise ValueError(f"the date {date!r} {error}") from None


def _cells(questionnaire: Questionnaire, column: Column, day: datetime.date | None) -> Cells:
    question = questionnaire.questions.get(column.question)
    if question is None:
        raise ValueError(f"{column.question} is no question of {questionnaire.id}")
    spelled: dict[str, int] = {}
    texts: dict[str, int] = {}
    numbers: dict[float, int] = {}
    ranks = _ranks(questionnaire, question)
    for cell, meaning in column.meanings.items():
        if meaning not in ranks:
            raise ValueError(f"{column.question} has no choice {meaning}; it has {', '.join(ranks)}")
        number = number_in(cell) if column.numbers or not isinstance(cell, str) else None
        if isinstance(cell, str):
            spelled[cell] = ranks[meaning]
        if number is not None:
            numbers[number] = ranks[meaning]
        else:
            texts[str(cell)] = ranks[meaning]
    _refuse_twins(column.question, texts)
    fresh_from = _fresh_from(question, day) if column.dates is not None else ""
    dates = column.dates if fresh_from else None
    return Cells(column.question, column.position, spelled, texts, numbers, dates, fresh_from, column.nans)


def _ranks(questionnaire: Questionnaire, question: Question) -> Mapping[str, int]:
    """Meaning → rank."""
    choices = {choice.value: rank for rank, choice in enumerate(questionnaire.choices_of(question))}
    return {**choices, DONT_KNOW: OPEN, NOT_APPLICABLE: OUT}


def _refuse_twins(question: str, texts: Mapping[str, int]) -> None:
    seen: dict[str, str] = {}
    for text, rank in texts.items():
        twin = seen.setdefault(text.strip(SPACES).casefold(), text)
        if texts[twin] != rank:
            raise ValueError(f'{question}: "{twin}" and "{text}" are compared as equal, but mean different things')


def _fresh_from(question: Question, day: datetime.date | None) -> str:
    """The earliest day of evidence that is not stale on the assessment's day; empty where evidence never is."""
    if not isinstance(question, Criterion) or question.fresh_for is None:
        return ""
    from cvp.scoring.case import is_stale  # few tables have dates, and scoring takes a while to load

    if day is None:
        raise ValueError(f"{question.id}: whether evidence is fresh depends on the day; give the assessment's date")

    def is_fresh(ordinal: int) -> bool:
        evidence = Evidence(text="dated", date=datetime.date.fromordinal(ordinal).isoformat())
        return not is_stale(question, Answer(choice="any", evidence=(evidence,)), day)

    first = bisect_left(range(1, day.toordinal()), True, key=is_fresh)
    return datetime.date.fromordinal(first + 1).isoformat()
