"""Single values: numbers, texts in languages, names, mappings; what became of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cvp.changes.change import MINOR, PATCH, Change, Kind, Thing
from cvp.changes.fields import Field
from cvp.text import Text, in_language, one_line

SHOWN: Final = 60
_MARKS: Final = re.compile(r"[.,;:!?'\"‘’“”„…\s]+")


@dataclass(frozen=True, slots=True)
class Languages:
    """The default languages, before and after: those of a text that is one string."""

    before: str
    after: str


_KEYS: Final = {"passing": "pass"}
_MAPPINGS: Final = frozenset({"values", "informs"})
"""Fields that hold a text for each of several names, while other mappings of texts are one text a language."""


def field_changes(
    fields: Mapping[str, Field], before: object, after: object, thing: Thing, languages: Languages
) -> Iterator[Change]:
    """What became of each of the fields."""
    for name, field in fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        key = _KEYS.get(name, name)
        if isinstance(old, dict) and isinstance(new, dict) and not (field.is_text and name not in _MAPPINGS):
            yield from _mapping_changes(field, old, new, thing, key, languages)
        elif field.is_text:
            yield from text_changes(field, field.said, old, new, thing, (key,), languages)
        else:
            yield value_change(field, field.said, old, new, thing, key)


def _mapping_changes(
    field: Field, old: Mapping[str, Any], new: Mapping[str, Any], thing: Thing, key: str, languages: Languages
) -> Iterator[Change]:
    for name in [*new, *(name for name in old if name not in new)]:
        said, was, now = f"{field.said} `{name}`", old.get(name), new.get(name)
        below = (key, name) if name in new else (key,)
        if field.is_text:
            yield from text_changes(field, said, was, now, thing, below, languages)
        elif was != now:
            yield value_change(field, said, was, now, thing, *below)


def value_change(field: Field, said: str, old: object, new: object, thing: Thing, *below: str) -> Change:
    """`the weight of `awards` went from 1 to 2`."""
    of = _of(said, thing)
    was, now = (f"{_shown(value)}{field.unit}" for value in (old, new))
    if old is None or old == ():
        return thing.change("added", f"{of} is new: {now}", field.effect, *below)
    if new is None or new == ():
        return thing.change("removed", f"{of} is gone; it was {was}", field.effect, *below)
    how = "changed" if was == now else f"went from {was} to {now}"
    return thing.change("changed", f"{of} {how}", field.effect, *below)


def _of(said: str, thing: Thing) -> str:
    return f"the {said} of {thing.said}" if thing.said else f"the {said}"


def _shown(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return one_line(str(value))


def text_changes(
    field: Field,
    said: str,
    old: Text | None,
    new: Text | None,
    thing: Thing,
    below: tuple[str | int, ...],
    languages: Languages,
) -> Iterator[Change]:
    """A text in each of its languages. A translation that came or went is told once for all texts, by its language."""
    of = _of(said, thing)
    if old is None:
        yield thing.change("added", f"{of} is new", field.effect, *below)
        return
    if new is None:
        text = _cut(in_language(old, languages.before, languages.before))
        yield thing.change("removed", f"{of} is gone; it was: {text}", field.effect, *below)
        return
    if isinstance(old, str) and isinstance(new, str):
        olds, news = {"": old}, {"": new}  # a new default language alone rewords nothing
    else:
        olds, news = _by_language(old, languages.before), _by_language(new, languages.after)
    for language in [*news, *(language for language in olds if language not in news)]:
        was, now = olds.get(language), news.get(language)
        suffix = f" in {language}" if language and len(news) > 1 else ""
        if was is None or now is None:
            kind: Kind = "added" if was is None else "removed"
            route = (*thing.route, *below)
            yield Change("translation", language, kind, f"{of} in {language}", MINOR, route)
        elif was.strip() != now.strip():
            yield _reworded(field, f"{of}{suffix}", was, now, thing, (*below, language) if suffix else below)


def _reworded(field: Field, of: str, was: str, now: str, thing: Thing, below: tuple[str | int, ...]) -> Change:
    text = _cut(was)
    if _words(was) == _words(now):
        return thing.change("spelt", f"{of} has other capitals or marks; it was: {text}", PATCH, *below)
    return thing.change("reworded", f"{of} is reworded; it was: {text}", field.effect, *below)


def _by_language(text: Text, default: str) -> dict[str, str]:
    return {default: text} if isinstance(text, str) else text


def _words(text: str) -> list[str]:
    """The words without capitals and marks; minus, less-than, percent and the like belong to the words."""
    return _MARKS.sub(" ", text).casefold().split()


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
