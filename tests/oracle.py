"""The method of one respondent, written straight from its page: fractions, and every way to answer tried."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TypeAlias

from cvp.answers import Answer, AnswerSheet
from cvp.questionnaire import Criterion, Question, Questionnaire

Said: TypeAlias = dict[str, Fraction | None]
"""Question → score, None where it is open; a question that is not applicable is not in it."""


@dataclass(frozen=True)
class Headline:
    level: int
    low: int
    high: int
    uncapped_level: int
    secured: bool


@cache
def decimal(number: float) -> Fraction:
    """0.1 is a tenth."""
    return Fraction(str(number))


def scores_of(asked: Questionnaire, question: Question) -> list[Fraction]:
    return [decimal(choice.score) for choice in asked.choices_of(question)]


def said(asked: Questionnaire, sheet: AnswerSheet, day: str) -> Said:
    found: Said = {}
    for question in asked.questions.values():
        answer = sheet.get(question.id)
        if answer and answer.not_applicable:
            continue
        found[question.id] = None
        if answer and answer.choice != "?" and not _stale(question, answer, datetime.date.fromisoformat(day)):
            scores = {c.value: decimal(c.score) for c in asked.choices_of(question)}
            found[question.id] = scores[str(answer.choice)]
    return found


def _stale(question: Question, answer: Answer, day: datetime.date) -> bool:
    """Dates of months are read as their last days; the tests draw only days and months of 31 days."""
    dates = [e.date if len(e.date) == 10 else f"{e.date}-31" for e in answer.evidence if e.date]
    if not isinstance(question, Criterion) or question.fresh_for is None or not dates:
        return False
    newest = datetime.date.fromisoformat(max(dates))
    months = (day.year - newest.year) * 12 + day.month - newest.month
    return months > question.fresh_for or (months == question.fresh_for and day.day > newest.day)


def level_score(asked: Questionnaire, level: int, answers: Mapping[str, Fraction | None]) -> Fraction | None:
    """Σ wᵢ·pᵢ / Σ wᵢ over the answered criteria."""
    pairs = [
        (decimal(c.weight), score)
        for c in asked.criteria
        if c.level == level and (score := answers.get(c.id)) is not None
    ]
    weight = sum((w for w, _ in pairs), Fraction(0))
    return sum((w * p for w, p in pairs), Fraction(0)) / weight if pairs else None


def gate_holds(asked: Questionnaire, level: int, answers: Mapping[str, Fraction | None]) -> bool:
    for c in asked.criteria:
        if c.level == level and c.must is not None and c.id in answers:
            value = answers[c.id]
            if value is None or value < decimal(c.must):
                return False
    mean = level_score(asked, level, answers)
    passing = {key: decimal(text.passing) for key, text in asked.levels.items()}
    return mean is not None and mean >= {int(key): value for key, value in passing.items()}[level]


def level_of(asked: Questionnaire, answers: Mapping[str, Fraction | None], capped: bool = True) -> int:
    """The highest level whose gates from 1 on all hold, and no more than any safeguard's cap."""
    level = 0
    while level < 4 and gate_holds(asked, level + 1, answers):
        level += 1
    caps = [4]
    for s in asked.safeguards:
        value = answers.get(s.id)
        if capped and value is not None and value < decimal(s.below):
            caps.append(s.cap)
    return min(max(level, 1), *caps)


def completions(asked: Questionnaire, answers: Said) -> Iterator[Said]:
    """Every way in which the open questions could be answered."""
    still_open = [asked.questions[key] for key, value in answers.items() if value is None]
    for combination in product(*(scores_of(asked, question) for question in still_open)):
        yield {**answers, **{question.id: value for question, value in zip(still_open, combination, strict=True)}}


def headline_of(asked: Questionnaire, answers: Said) -> Headline:
    complete = list(completions(asked, answers))
    levels = [level_of(asked, c) for c in complete]
    uncapped = [level_of(asked, c, capped=False) for c in complete]
    return Headline(
        level=_brought_into(level_of(asked, answers), levels),
        low=min(levels),
        high=max(levels),
        uncapped_level=_brought_into(level_of(asked, answers, capped=False), uncapped),
        secured=_secured(asked, answers, complete),
    )


def _secured(asked: Questionnaire, answers: Said, complete: list[Said]) -> bool:
    """Gate 1, as answered, brought into what its completions allow."""
    held = [gate_holds(asked, 1, completion) for completion in complete]
    return all(held) or (gate_holds(asked, 1, answers) and any(held))


def _brought_into(level: int, levels: list[int]) -> int:
    return max(min(levels), min(max(levels), level))


def headline(asked: Questionnaire, sheet: AnswerSheet, day: str) -> Headline:
    return headline_of(asked, said(asked, sheet, day))


def otherwise(asked: Questionnaire, answers: Said) -> Iterator[tuple[Said, int]]:
    """Every way in which the given answers could have been other ones, and how many are."""
    given = {key: value for key, value in answers.items() if value is not None}
    for combination in product(*(scores_of(asked, asked.questions[key]) for key in given)):
        other = dict(zip(given, combination, strict=True))
        yield {**answers, **other}, sum(other[key] != value for key, value in given.items())


def margins(asked: Questionnaire, answers: Said) -> tuple[int | None, int | None]:
    """The fewest answers that must be other ones for the level to fall, and to rise."""
    now = headline_of(asked, answers).level
    found = [(headline_of(asked, other).level, count) for other, count in otherwise(asked, answers)]
    falls = [count for level, count in found if level < now]
    rises = [count for level, count in found if level > now]
    return min(falls, default=None), min(rises, default=None)
