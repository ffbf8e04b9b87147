"""What a form asks, in order, with the choices whose values `cvp batch` reads back."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cvp.answers import DONT_KNOW
from cvp.errors import WrongUsage
from cvp.exports import wording
from cvp.exports.wording import in_every_language
from cvp.model import Words
from cvp.questionnaire import Questionnaire

NOT_APPLICABLE: Final = "n/a"
"""The value for a question that does not fit. It is no id, nor is `?`: neither can be the value of a choice."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One answer to tick; `score` where it has one."""

    value: str
    label: Words
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing asked. `list_name` is that of its choices, which other entries may share."""

    id: str
    label: Words
    hint: Words | None
    guidance: Words | None
    list_name: str
    ticks: tuple[Tick, ...]


def questions_of(questionnaire: Questionnaire) -> Iterator[Entry]:
    """Criteria and safeguards, each to be answered; `?` and `n/a` are answers."""
    open_ = (
        Tick(DONT_KNOW, in_every_language(wording.DONT_KNOW)),
        Tick(NOT_APPLICABLE, in_every_language(wording.NOT_APPLICABLE)),
    )
    for asked in questionnaire.questions.values():
        ticks = (Tick(choice.value, choice.label, choice.score) for choice in questionnaire.choices_of(asked))
        list_name = asked.choices if isinstance(asked.choices, str) else f"_{asked.id}"
        yield Entry(asked.id, asked.label, asked.hint, asked.guidance, list_name, (*ticks, *open_))


def about_of(questionnaire: Questionnaire) -> Iterator[Entry]:
    """What is asked about the respondent, who may leave it out."""
    for asked in questionnaire.about:
        ticks = tuple(Tick(option.value, option.label) for option in asked.choices)
        yield Entry(asked.id, asked.label, asked.hint, None, f"_{asked.id}", ticks)


def refuse_taken(entries: Iterable[Entry], taken: Collection[str], format_: str) -> None:
    """Raises WrongUsage where an id is a name that the format keeps for itself."""
    for entry in entries:
        if entry.id in taken:
            raise WrongUsage(f"--to {format_}: keeps the name `{entry.id}` for itself; give that question another id")
