"""What an interview knows, frozen: the answers so far, where it stands, and the way back."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from cvp.answers import Answer, AnswerSheet
from cvp.gates import Evaluation, Scale, scale_of
from cvp.level import LEVELS
from cvp.questionnaire import Choice, Criterion, Questionnaire, Safeguard
from cvp.scoring.case import Case
from cvp.text import counted

Ending = Literal["", "finished", "quit"]


@dataclass(frozen=True, slots=True)
class Step:
    """One answer given: at which position, and what stood there before."""

    position: int
    before: Answer | None


@dataclass(frozen=True)
class Interview:
    """One moment of an interview. `sheet` is never changed in place; `position` is one past the last at the end.

    `order` holds the ids of all questions as they are asked. `message` is what the last key had to say, a paragraph
    each. `day` is the one on which evidence counts as stale; without it none does.
    """

    questionnaire: Questionnaire = field(repr=False)
    language: str
    order: tuple[str, ...]
    scale: Scale = field(repr=False, compare=False)
    day: datetime.date | None = None
    sheet: AnswerSheet = field(default_factory=dict)
    position: int = 0
    history: tuple[Step, ...] = ()
    message: tuple[str, ...] = ()
    ending: Ending = ""

    @property
    def at_end(self) -> bool:
        """Whether the last question is behind."""
        return self.position == len(self.order)

    @property
    def question(self) -> Criterion | Safeguard | None:
        """What is asked; None at the end."""
        return None if self.at_end else self.questionnaire.questions[self.order[self.position]]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Of the question; empty at the end."""
        return self.questionnaire.choices_of(self.question) if self.question else ()

    @property
    def answer(self) -> Answer | None:
        """What has been answered to the question."""
        return self.sheet.get(self.question.id) if self.question else None

    @cached_property
    def unanswered(self) -> tuple[int, ...]:
        """The positions without an answer, rising. Don't know and not applicable are answers."""
        return tuple(position for position, key in enumerate(self.order) if key not in self.sheet)

    @cached_property
    def evaluation(self) -> Evaluation:
        """All gates and caps, from the answers so far."""
        day = self.day or datetime.date.min  # on which nothing is stale
        return Case(self.questionnaire, self.sheet, day, self.language, self.scale).evaluation

    def say(self, words: str | dict[str, str] | None) -> str:
        """A text of the questionnaire in the interview's language; empty where there is none."""
        return self.questionnaire.say(words, self.language)

    def saying(self, *message: str) -> "Interview":
        """The same moment with something to say."""
        return replace(self, message=message)

    def moved(self, position: int, *message: str) -> "Interview":
        """At another position, from 0 to one past the last; ValueError elsewhere."""
        if not 0 <= position <= len(self.order):
            raise ValueError(f"there is no position {position}")
        return replace(self, position=position, message=message)

    def answered(self, answer: Answer) -> "Interview":
        """With this answer to the question, at the next one that is open; ValueError at the end."""
        if not self.question:
            raise ValueError("there is no question to answer")
        sheet = {**self.sheet, self.question.id: answer}
        step = Step(self.position, self.answer)
        following = (p for p in range(self.position + 1, len(self.order)) if self.order[p] not in sheet)
        position = next(following, len(self.order))
        return replace(self, sheet=sheet, history=(*self.history, step), position=position, message=())

    def undone(self) -> "Interview":
        """Before the last answer that was given, at its question; ValueError where none was."""
        if not self.history:
            raise ValueError("there is nothing to undo")
        *history, step = self.history
        key = self.order[step.position]
        if step.before is None:
            sheet = {other: answer for other, answer in self.sheet.items() if other != key}
        else:
            sheet = {**self.sheet, key: step.before}
        return replace(self, sheet=sheet, history=tuple(history), position=step.position, message=())

    def ended(self) -> "Interview":
        """Left: finished from the end or when everything has an answer, else quit."""
        return replace(self, ending="finished" if self.at_end or not self.unanswered else "quit", message=())


def start(
    questionnaire: Questionnaire,
    sheet: Mapping[str, Answer] = {},
    language: str | None = None,
    day: datetime.date | None = None,
) -> Interview:
    """An interview at its first open question: criteria from Level 1 up, then safeguards.

    `sheet` holds answers given before, which fit the questionnaire; `day` is the one on which they count as stale.
    """
    climbing = (c.id for level in LEVELS for c in questionnaire.criteria if c.level == level)
    order = (*climbing, *(safeguard.id for safeguard in questionnaire.safeguards))
    position = next((p for p, key in enumerate(order) if key not in sheet), len(order))
    language = language or questionnaire.default_language
    given = sum(key in sheet for key in order)
    resumed = f"; {given} {'has' if given == 1 else 'have'} an answer already" if given else ""
    welcome = f"{questionnaire.say(questionnaire.title, language)}: {counted(len(order), 'question')}{resumed}."
    return Interview(
        questionnaire, language, order, scale_of(questionnaire), day, dict(sheet), position, message=(welcome,)
    )
