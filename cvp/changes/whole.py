"""Two whole questionnaires, part by part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from cvp.changes import fields
from cvp.changes.change import CARE, MAJOR, MINOR, PATCH, Change, Effect, Thing
from cvp.changes.parts import Section
from cvp.changes.values import Languages, field_changes
from cvp.document import Route
from cvp.level import LEVELS
from cvp.questionnaire import Background, Criterion, Option, Question, Questionnaire, Recommendation, Safeguard
from cvp.text import counted

Item = TypeVar("Item", Criterion, Safeguard, Background, Recommendation)


def changes(before: Questionnaire, after: Questionnaire) -> tuple[Change, ...]:
    """What changed in meaning but for the version, in the order of the parts of a file; nothing where nothing did."""
    if _content(before) == _content(after):
        return ()
    found = tuple(_gathered(_all(before, after)))
    if found:
        return found
    return (Thing("questionnaire", after.id, "", ()).change("rewritten", "the same is said in another way", PATCH),)


def _content(questionnaire: Questionnaire) -> Mapping[str, object]:
    return questionnaire.model_dump(exclude={"version"})


def _all(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    languages = Languages(before.default_language, after.default_language)
    whole = Thing("questionnaire", after.id, "", ())
    yield from field_changes(fields.WHOLE, before, after, whole, languages)
    for level in LEVELS:
        thing = Thing("level", str(level), f"level {level}", ("levels", str(level)))
        yield from field_changes(fields.LEVEL, before.level(level), after.level(level), thing, languages)
    yield from _lenses(before, after, languages)
    criteria: Section[Criterion] = Section(
        "criterion", *_by_id("criteria", before.criteria, after.criteria), ("criteria",), MAJOR, CARE
    )
    safeguards: Section[Safeguard] = Section(
        "safeguard", *_by_id("safeguards", before.safeguards, after.safeguards), ("safeguards",), MAJOR, CARE
    )
    yield from _section(criteria, fields.CRITERION, languages)
    yield from _section(safeguards, fields.SAFEGUARD, languages)
    kept: list[tuple[Thing, Question, Question]] = [
        *((criteria.thing(key), old, new) for key, old, new in criteria.kept()),
        *((safeguards.thing(key), old, new) for key, old, new in safeguards.kept()),
    ]
    yield from _choices(before, after, kept, languages)
    yield from _about(before, after, languages)
    renamed = {old: new for section in (criteria, safeguards) for new, old in section.renamed().items()}
    yield from _section(_recommendations(before, after, renamed), fields.RECOMMENDATION, languages)


def _about(before: Questionnaire, after: Questionnaire, languages: Languages) -> Iterator[Change]:
    """What is asked about the respondent: it moves no level, but tables name it."""
    section: Section[Background] = Section(
        "background question", *_by_id("about", before.about, after.about), ("about",), MINOR, None
    )
    yield from _section(section, fields.BACKGROUND, languages)
    for key, old, new in section.kept():
        thing = section.thing(key)
        route = (*thing.route, "choices")
        yield from _list_changes(thing.id, route, old.choices, new.choices, languages, fields.OPTION, MINOR)


def _recommendations(
    before: Questionnaire, after: Questionnaire, renamed: Mapping[str, str]
) -> Section[Recommendation]:
    """With the earlier ones naming by its new id what was renamed, so that a new name is told once."""

    def section(earlier: Iterable[Recommendation]) -> Section[Recommendation]:
        by_id = _by_id("recommendations", earlier, after.recommendations)
        return Section("recommendation", *by_id, ("recommendations",), MINOR, MINOR)

    called = {old: new for new, old in section(before.recommendations).renamed().items()}
    return section(
        r.model_copy(
            update={
                "lifts": {renamed.get(key, key): score for key, score in r.lifts.items()},
                "after": tuple(called.get(key, key) for key in r.after),
            }
        )
        for r in before.recommendations
    )


def _by_id(
    name: str, before: Iterable[Item], after: Iterable[Item]
) -> tuple[Mapping[str, Item], Mapping[str, Item], Mapping[str, Route]]:
    places: dict[str, Route] = {item.id: (name, index) for index, item in enumerate(after)}
    return {item.id: item for item in before}, {item.id: item for item in after}, places


def _section(
    section: "Section[Criterion] | Section[Safeguard] | Section[Background] | Section[Recommendation]",
    compared: Mapping[str, fields.Field],
    languages: Languages,
) -> Iterator[Change]:
    for change in section.changes():
        # Of something new or renamed, the id is what a person would point at.
        yield replace(change, route=(*change.route, "id")) if change.kind in ("added", "renamed") else change
    for key, old, new in section.kept():
        yield from field_changes(compared, old, new, section.thing(key), languages)


def _lenses(before: Questionnaire, after: Questionnaire, languages: Languages) -> Iterator[Change]:
    places: dict[str, Route] = {key: ("lenses", key) for key in after.lenses}
    section = Section("lens", before.lenses, after.lenses, places, ("lenses",), MINOR, None)
    yield from section.changes()
    for key, old, new in section.kept():
        yield from field_changes(fields.LENS, old, new, section.thing(key), languages)


def _choices(
    before: Questionnaire, after: Questionnaire, kept: Iterable[tuple[Thing, Question, Question]], languages: Languages
) -> Iterator[Change]:
    """What became of the choices, once for a named list, however many questions use it."""
    seen: set[tuple[str, str]] = set()
    for thing, old, new in kept:
        if isinstance(old.choices, str) and isinstance(new.choices, str):
            if (old.choices, new.choices) in seen:
                continue
            seen.add((old.choices, new.choices))
        owner, route = (
            (new.choices, ("choices", new.choices))
            if isinstance(new.choices, str)
            else (thing.id, (*thing.route, "choices"))
        )
        yield from _list_changes(
            owner, route, _listed(before, old), _listed(after, new), languages, fields.CHOICE, MAJOR
        )


def _listed(questionnaire: Questionnaire, question: Question) -> tuple[Option, ...]:
    """The choices; none of a list that is not defined, which is another rule's finding."""
    if isinstance(question.choices, str):
        return questionnaire.choices.get(question.choices, ())
    return question.choices


def _list_changes(
    owner: str,
    route: Route,
    before: tuple[Option, ...],
    after: tuple[Option, ...],
    languages: Languages,
    compared: Mapping[str, fields.Field],
    effect: Effect,
) -> Iterator[Change]:
    places: dict[str, Route] = {choice.value: (*route, index) for index, choice in enumerate(after)}
    section = Section(
        "choice",
        {choice.value: choice for choice in before},
        {choice.value: choice for choice in after},
        places,
        route,
        effect,
        effect,
        f" in `{owner}`",
        owner,
    )
    for change in section.changes():
        yield replace(change, route=(*change.route, "value")) if change.kind in ("added", "renamed") else change
    for key, old, new in section.kept():
        yield from field_changes(compared, old, new, section.thing(key), languages)


def _gathered(found: Iterable[Change]) -> Iterator[Change]:
    """With the translations of a language told once, whatever the number of texts."""
    texts: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        if change.what == "translation":
            texts.setdefault((change.id, change.kind), []).append(change)
        else:
            yield change
    for (language, kind), translations in texts.items():
        how = "new" if kind == "added" else "gone"
        number = len(translations)
        sentence = f"{counted(number, 'text')} {'is' if number == 1 else 'are'} {how} in {language}"
        yield replace(translations[0], sentence=translations[0].sentence + f" is {how}" if number == 1 else sentence)
