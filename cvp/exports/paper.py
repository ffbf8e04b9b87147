"""A form on paper, whatever it is printed from: what stands on it, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass

from cvp.exports import Edition, wording
from cvp.exports.entries import Entry, about_of, questions_of
from cvp.exports.wording import in_every_language
from cvp.model import Words
from cvp.questionnaire import Questionnaire
from cvp.reports.labels import label
from cvp.speaking import speaking


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; `hint` and `guidance` are empty where there is none, or none is told."""

    number: int
    label: str
    hint: str
    guidance: str
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole form. `lines` are what to write on a line, with its colon: nothing for buyers, who stay unnamed."""

    language: str
    title: str
    version: str
    instruction: str
    lines: tuple[str, ...]
    questions: tuple[Asked, ...]
    about_title: str
    about: tuple[Asked, ...]
    guidance_title: str


def paper_of(questionnaire: Questionnaire, edition: Edition) -> Paper:
    def say(words: Words | None) -> str:
        return questionnaire.say(words, edition.language)

    def own(message: str) -> str:
        return say(in_every_language(message))

    def labelled(message: str) -> str:
        with speaking(edition.language):
            return label(own(message))

    def asked(entries: Iterable[Entry], first: int) -> tuple[Asked, ...]:
        return tuple(
            Asked(
                number,
                say(entry.label),
                say(entry.hint),
                say(entry.guidance) if edition.guidance else "",
                tuple(say(tick.label) for tick in entry.ticks),
            )
            for number, entry in enumerate(entries, first)
        )

    signed = (wording.NAME, wording.DATE) if questionnaire.perspective == "company" else ()
    questions = asked(questions_of(questionnaire), 1)
    return Paper(
        language=edition.language,
        title=say(questionnaire.title),
        version=f"{questionnaire.id} {questionnaire.version}",
        instruction=own(wording.TICK_ONE),
        lines=tuple(map(labelled, signed)),
        questions=questions,
        about_title=own(wording.ABOUT_YOU),
        about=asked(about_of(questionnaire), len(questions) + 1),
        guidance_title=labelled(wording.FOR_FACILITATORS),
    )
