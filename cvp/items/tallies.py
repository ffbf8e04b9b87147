"""What is counted of the rows: answers by question, and of every two criteria how their answers go together.

Counts are whole numbers: the same in any order of rows, and in parts as at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from cvp.questionnaire import Questionnaire

Pair: TypeAlias = tuple[str, str]
"""Two criteria, in the order of the file."""

Crossed: TypeAlias = tuple[tuple[int, ...], ...]
"""Rows that answered both of a pair: by the place of the first one's choice, then by that of the second one's."""


@dataclass(frozen=True)
class Answers:
    """One question's answers: rows by the place of the choice, and those without a choice, by why."""

    choices: tuple[int, ...]
    dont_know: int = 0
    not_applicable: int = 0
    unanswered: int = 0

    @property
    def n(self) -> int:
        """Rows with a choice."""
        return sum(self.choices)

    @property
    def rows(self) -> int:
        return self.n + self.dont_know + self.not_applicable + self.unanswered

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            tuple(one + two for one, two in zip(self.choices, other.choices, strict=True)),
            self.dont_know + other.dont_know,
            self.not_applicable + other.not_applicable,
            self.unanswered + other.unanswered,
        )


@dataclass(frozen=True)
class Tallies:
    """Rows that count, the answers to every question, and the crossed answers of every two criteria."""

    rows: int = 0
    answers: Mapping[str, Answers] = field(default_factory=dict)
    pairs: Mapping[Pair, Crossed] = field(default_factory=dict)

    def __add__(self, other: "Tallies") -> "Tallies":
        """Both together; either may lack questions that its rows were not asked."""
        answers = {**self.answers, **other.answers}
        answers |= {key: self.answers[key] + other.answers[key] for key in self.answers.keys() & other.answers.keys()}
        pairs = {**self.pairs, **other.pairs}
        pairs |= {key: _added(self.pairs[key], other.pairs[key]) for key in self.pairs.keys() & other.pairs.keys()}
        return Tallies(self.rows + other.rows, answers, pairs)


def pairs_of(questionnaire: Questionnaire, asked: Sequence[str]) -> list[Pair]:
    """Every two criteria of those that are asked."""
    return list(combinations([c.id for c in questionnaire.criteria if c.id in set(asked)], 2))


def _added(one: Crossed, other: Crossed) -> Crossed:
    return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(one, other, strict=True))
