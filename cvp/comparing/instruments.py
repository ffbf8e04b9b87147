"""In what two questionnaires differ, as far as their assessments show: what is asked, offered, weighed and demanded.

`cvp.changes` compares the files themselves, with every text. Here there are only the assessments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cvp.assessment import Assessment, ChoiceResult, LevelResult, SafeguardResult
from cvp.comparing.comparison import InstrumentChange
from cvp.comparing.refitting import former_choices, former_ids
from cvp.comparing.replay import Question, choice_of, questions_by_id
from cvp.speaking import N_

What: TypeAlias = Literal["level", "criterion", "safeguard", "choice"]
Kind: TypeAlias = Literal["added", "removed", "renamed", "changed", "reworded"]

LEVEL: Final = {"passing": N_("threshold")}
CRITERION: Final = {
    "level": N_("level"),
    "weight": N_("weight"),
    "must": N_("least score"),
    "fresh_for": N_("freshness"),
}
SAFEGUARD: Final = {"below": N_("threshold"), "cap": N_("cap")}
CHOICE: Final = {"score": N_("score")}
"""What of each part may move a level, and how it is called."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a questionnaire has: a choice belongs to the question of the short name `owner`."""

    what: What
    id: str
    name: str
    owner: str = ""

    def change(
        self, kind: Kind, field: str = "", before: str = "", after: str = "", counts: bool = True
    ) -> InstrumentChange:
        return InstrumentChange(
            what=self.what,
            id=self.id,
            name=self.name,
            owner=self.owner,
            kind=kind,
            field=field,
            before=before,
            after=after,
            counts=counts,
        )


def instrument_changes(before: Assessment, after: Assessment) -> Iterator[InstrumentChange]:
    """What changed, gates first; nothing where the content is the same."""
    if before.questionnaire.sha256 == after.questionnaire.sha256:
        return
    for old_level, new_level in zip(before.levels, after.levels, strict=True):
        yield from _fields(Thing("level", str(new_level.level), new_level.name), old_level, new_level, LEVEL)
    has_words = can_compare_words(before, after)
    old, new, former = questions_by_id(before), questions_by_id(after), former_ids(before, after)
    for key, question in new.items():
        if key in former:
            yield from _kept(old[former[key]], question, has_words)
        else:
            yield _thing(question).change("added")
    for key, question in old.items():
        if key not in former.values():
            yield _thing(question).change("removed")


def can_compare_words(before: Assessment, after: Assessment) -> bool:
    """Whether a text that is another was worded anew, and is not only in another language."""
    return before.language == after.language or before.questionnaire.sha256 == after.questionnaire.sha256


def _thing(question: Question) -> Thing:
    return Thing("safeguard" if isinstance(question, SafeguardResult) else "criterion", question.id, question.short)


def _kept(old: Question, new: Question, has_words: bool) -> Iterator[InstrumentChange]:
    thing = _thing(new)
    if old.id != new.id:
        yield thing.change("renamed", "id", old.id, new.id, counts=False)
    yield from _fields(thing, old, new, SAFEGUARD if isinstance(new, SafeguardResult) else CRITERION)
    if has_words:
        yield from _words(thing, old.label, new.label)
    former = former_choices(old, new)
    for choice in new.choices:
        thing = Thing("choice", choice.value, choice.label, new.short)
        earlier = choice_of(old, former.get(choice.value))
        if earlier is None:
            yield thing.change("added")
            continue
        if earlier.value != choice.value:
            yield thing.change("renamed", "value", earlier.value, choice.value, counts=False)
        yield from _fields(thing, earlier, choice, CHOICE)
        if has_words:
            yield from _words(thing, earlier.label, choice.label)
    for choice in old.choices:
        if choice.value not in former.values():
            yield Thing("choice", choice.value, choice.label, new.short).change("removed")


def _fields(
    thing: Thing, old: Question | LevelResult | ChoiceResult, new: object, fields: Mapping[str, str]
) -> Iterator[InstrumentChange]:
    for name, said in fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield thing.change("changed", said, _shown(before), _shown(after))


def _words(thing: Thing, before: str, after: str) -> Iterator[InstrumentChange]:
    if before != after:
        yield thing.change("reworded", "text", before, after, counts=False)


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
