"""Where the texts of a questionnaire stand, and in which language: in the data itself, so that faults hide none."""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Final, NamedTuple, TypeAlias, TypeVar

from cvp.document import Route, Value
from cvp.rules.subject import Subject, once

Part: TypeAlias = Mapping[str, Value]
T = TypeVar("T")

QUESTIONS: Final = ("criteria", "safeguards")
ASKED: Final = (*QUESTIONS, "about")
ITEMS: Final = (*QUESTIONS, "recommendations")

_OF_A_QUESTION: Final = ("label", "short", "hint", "guidance")
_KEYS: Final = {
    "criteria": _OF_A_QUESTION,
    "safeguards": (*_OF_A_QUESTION, "why"),
    "about": ("label", "hint"),
    "recommendations": ("label", "first_step", "customer_gain", "company_gain", "example"),
}


class Said(NamedTuple):
    """A text in one language, and where it stands."""

    route: Route
    language: str
    text: str


def listed_once(function: Callable[[Subject], Iterator[T]]) -> Callable[[Subject], list[T]]:
    """The function's list, made once a subject: many rules go through it."""

    @once
    @wraps(function)
    def listed(subject: Subject) -> list[T]:
        return list(function(subject))

    return listed


def mapping_at(subject: Subject, route: Route) -> Part:
    """The mapping of a questionnaire at the route; an empty one where there is none."""
    value = subject.document.at(route) if subject.kind == "questionnaire" else None
    return value if isinstance(value, dict) else {}


def items(subject: Subject, *parts: str) -> Iterator[tuple[Route, Part]]:
    """The entries of these lists of a questionnaire, sound or not."""
    for part in parts:
        entries = mapping_at(subject, ()).get(part)
        for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            if isinstance(entry, dict):
                yield (part, index), entry


def choice_lists(subject: Subject) -> Iterator[tuple[Route, list[tuple[Route, Part]]]]:
    """Every choice list of a questionnaire, named or in place, with its choices."""
    named = mapping_at(subject, ("choices",))
    lists: list[tuple[Route, Value]] = [(("choices", name), choices) for name, choices in named.items()]
    lists += [((*route, "choices"), question.get("choices")) for route, question in items(subject, *ASKED)]
    for route, choices in lists:
        if isinstance(choices, tuple):
            yield route, [((*route, i), choice) for i, choice in enumerate(choices) if isinstance(choice, dict)]


@listed_once
def texts(subject: Subject) -> Iterator[tuple[Route, Value]]:
    """Every text of a questionnaire, whether one string or one a language."""
    yield from _texts_of((), mapping_at(subject, ()), "title", "summary")
    informs = mapping_at(subject, ("informs",))
    yield from _texts_of(("informs",), informs, *informs)
    for level, text in mapping_at(subject, ("levels",)).items():
        yield from _texts_of(("levels", level), text, "name", "summary")
    for name, lens in mapping_at(subject, ("lenses",)).items():
        yield from _texts_of(("lenses", name), lens, "label")
        values = mapping_at(subject, ("lenses", name, "values"))
        yield from _texts_of(("lenses", name, "values"), values, *values)
    for _, choices in choice_lists(subject):
        for route, choice in choices:
            yield from _texts_of(route, choice, "label")
    for part in (*ITEMS, "about"):
        for route, item in items(subject, part):
            yield from _texts_of(route, item, *_KEYS[part])


def _texts_of(route: Route, part: object, *keys: str) -> Iterator[tuple[Route, Value]]:
    if isinstance(part, dict):
        for key in keys:
            if isinstance(text := part.get(key), str | dict):
                yield (*route, key), text


def default_language(subject: Subject) -> str:
    """The language of texts that are not translated."""
    language = mapping_at(subject, ()).get("default_language")
    return language if isinstance(language, str) else "en"


def said(route: Route, text: Value, default: str) -> Iterator[Said]:
    """A text in each of its languages."""
    if isinstance(text, str):
        yield Said(route, default, text)
    elif isinstance(text, dict):
        for language, words in text.items():
            if isinstance(words, str):
                yield Said((*route, language), language, words)


@listed_once
def labels(subject: Subject) -> Iterator[Said]:
    """What the criteria and safeguards ask, in each of their languages."""
    return _asked(subject, "label")


@listed_once
def hints(subject: Subject) -> Iterator[Said]:
    """The hints under them."""
    return _asked(subject, "hint")


@listed_once
def shorts(subject: Subject) -> Iterator[Said]:
    """Their names in tables."""
    return _asked(subject, "short")


def _asked(subject: Subject, key: str) -> Iterator[Said]:
    default = default_language(subject)
    for route, question in items(subject, *QUESTIONS):
        yield from said((*route, key), question.get(key), default)


@listed_once
def anchors(subject: Subject) -> Iterator[list[list[Said]]]:
    """The labels of each choice list: for every choice, what it says in each language."""
    default = default_language(subject)
    for _, choices in choice_lists(subject):
        yield [list(said((*route, "label"), choice.get("label"), default)) for route, choice in choices]


@listed_once
def answers(subject: Subject) -> Iterator[Said]:
    """The labels of all choices, in each of their languages."""
    return (said for choices in anchors(subject) for choice in choices for said in choice)
