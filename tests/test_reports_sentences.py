"""What reports say is translated whole: each word of a story is a message of ours, or somebody else's text."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from gettext import NullTranslations
from typing import Final

import pytest
from assessments import room, zipcar
from claims import claim
from claims import summary as measured
from comparisons import PAIRS
from pydantic import BaseModel

import cvp.speaking
from cvp.comparing import compare, explain
from cvp.comparing.claiming import compare_claim
from cvp.reports.questions import questions_of
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Figure, Story
from cvp.reports.story.chart_tables import table_of
from cvp.speaking import speaking
from cvp.summaries import measure_in

OURS: Final = frozenset({"state", "verdict", "outcome", "kind", "what", "field", "flag", "perspective", "causes"})
"""Keys whose values are words of the program, which people read translated."""
KEYS: Final = frozenset({"key", "tone", "language"})
"""Parts of a story that nobody reads."""
MANY: Final = 40
"""Fewer texts of ours has no story in English; else the test would not see them."""


class Marked(NullTranslations):
    """Every message between brackets, so that what is outside them went through no catalogue."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's own name
        return message if len(message) == 1 else f"⟦{message}⟧"


def beside_buyers() -> BaseModel:
    return compare_claim(claim(), measure_in("s.json", json.dumps(measured((0, 40, 20, 0))).encode()))


def compared(name: str) -> BaseModel:
    return compare(PAIRS[name]())


SUBJECTS: Final[Mapping[str, Callable[[], BaseModel]]] = {
    "assessment": zipcar,
    "room": room,
    "claim": beside_buyers,
    **{name: partial(compared, name) for name in PAIRS},
}


def texts(part: object) -> Iterator[str]:
    """Every text of a story that is read, those of its pictures too."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif isinstance(part, Figure):
        yield part.caption
        yield from texts(table_of(part.chart))
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in KEYS:
                yield from texts(getattr(part, field.name))


def foreign(data: object) -> Iterator[str]:
    """Every text in the data that the program did not choose."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for one in data:
            yield from foreign(one)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in OURS:
                yield from foreign(value)


def outside(text: str) -> str:
    """What stands outside of all brackets."""
    while "⟦" in text:
        text = re.sub("⟦[^⟦⟧]*⟧", "·", text)
    return text


def untranslated(stories: list[Story], data: BaseModel) -> list[str]:
    """Texts of the stories in which words stand that are neither marked nor the data's."""
    theirs = sorted({*foreign(json.loads(data.model_dump_json()))}, key=len, reverse=True)
    found = [outside(text) for story in stories for text in texts(story)]
    for text in theirs:
        found = [one.replace(text, "") for one in found] if len(text) > 1 else found
    return [one for one in found if re.search("[A-Za-z]{2}", re.sub(r"\b[0-9a-f]{12,}\b", "", one))]


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_word_of_ours_can_be_translated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = SUBJECTS[name]()
    assert len(untranslated([story_of(subject)], subject)) > MANY
    monkeypatch.setattr(cvp.speaking, "_words", lambda _: Marked())
    with speaking("de"):
        assert untranslated([story_of(subject)], subject) == []


def test_an_explanation_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    a = zipcar()
    monkeypatch.setattr(cvp.speaking, "_words", lambda _: Marked())
    with speaking("de"):
        stories = [story_of(explain(a, question.id)) for question in questions_of(a)]
    assert untranslated(stories, a) == []
