"""CVP2xx: names that lead nowhere, and names that nothing leads to."""

from collections.abc import Iterable, Iterator

from cvp.document import Fault, Route
from cvp.questionnaire import Questionnaire
from cvp.rules.shape import did_you_mean
from cvp.rules.subject import Subject

_LISTS = ("criteria", "safeguards", "recommendations")


def duplicate_id(subject: Subject) -> Iterator[Fault]:
    """Two criteria, safeguards or recommendations with one id.

    An answer or a reference could mean either. Ids are unique over all three, since answers and lifts name both
    criteria and safeguards. Rename one.
    """
    if subject.kind != "questionnaire":
        return
    for route, key in _ids(subject):
        first = subject.routes[key]
        if first != route[:-1]:
            place = subject.document.place((*first, "id"))
            yield Fault(f"the id `{key}` is taken at {place.line}:{place.column}", route, help="rename one of the two")


def _ids(subject: Subject) -> Iterator[tuple[Route, str]]:
    for part in _LISTS:
        items = subject.document.at((part,))
        for index, item in enumerate(items if isinstance(items, tuple) else ()):
            if isinstance(item, dict) and isinstance(key := item.get("id"), str):
                yield (part, index, "id"), key


def duplicate_choice(subject: Subject) -> Iterator[Fault]:
    """Two choices of one list with one value.

    An answer names a choice by its value, so it could mean either. Rename one.
    """
    for route, choices in _choice_lists(subject):
        seen: set[str] = set()
        for index, choice in enumerate(choices):
            if isinstance(choice, dict) and isinstance(value := choice.get("value"), str):
                if value in seen:
                    yield Fault(
                        f"the value `{value}` is there twice in this list", (*route, index, "value"), help="rename one"
                    )
                seen.add(value)


def _choice_lists(subject: Subject) -> Iterator[tuple[Route, tuple[object, ...]]]:
    if subject.kind != "questionnaire":
        return
    named = subject.document.at(("choices",))
    for name, choices in named.items() if isinstance(named, dict) else ():
        if isinstance(choices, tuple):
            yield ("choices", name), choices
    for route in subject.routes.values():
        if isinstance(choices := subject.document.at((*route, "choices")), tuple):
            yield (*route, "choices"), choices


def unknown_choice_list(subject: Subject) -> Iterator[Fault]:
    """A choice list that is not defined.

    `choices: extent` needs a list `extent` under the questionnaire's own `choices`.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("choices",))
        for question in questionnaire.questions.values():
            if isinstance(question.choices, str) and question.choices not in known:
                route = (*subject.routes[question.id], "choices")
                yield _unknown("choice list", question.choices, known, route)


def unknown_source(subject: Subject) -> Iterator[Fault]:
    """A source that is not listed.

    Every criterion rests on a text, and a reader must be able to find it. List it under `sources`.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("sources",))
        for item in (*questionnaire.questions.values(), *questionnaire.recommendations):
            if item.source is not None and item.source not in known:
                yield _unknown("source", item.source, known, (*subject.routes[item.id], "source"))


def unknown_lens(subject: Subject) -> Iterator[Fault]:
    """A lens, or a value of one, that is not defined.

    A criterion's `lenses` name a lens of the questionnaire and one of that lens's `values`.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("lenses",))
        for question in questionnaire.questions.values():
            for lens, value in question.lenses.items():
                route = (*subject.routes[question.id], "lenses", lens)
                values = _keys(subject, ("lenses", lens, "values"))
                if lens not in known:
                    yield _unknown("lens", lens, known, route, on_key=True)
                elif value not in values:
                    yield _unknown(f"value of the lens `{lens}`", value, values, route)


def unknown_lift(subject: Subject) -> Iterator[Fault]:
    """A recommendation lifts something that is not asked.

    `lifts` names criteria and safeguards of the same questionnaire.
    """
    if questionnaire := subject.own:
        known = {key for key, route in subject.routes.items() if route[0] != "recommendations"}
        for recommendation in questionnaire.recommendations:
            for key in recommendation.lifts:
                if key not in known:
                    route = (*subject.routes[recommendation.id], "lifts", key)
                    yield _unknown("criterion or safeguard", key, known, route, on_key=True)


def unknown_prerequisite(subject: Subject) -> Iterator[Fault]:
    """A recommendation comes after one that does not exist.

    `after` names recommendations of the same questionnaire.
    """
    if questionnaire := subject.own:
        known = {key for key, route in subject.routes.items() if route[0] == "recommendations"}
        for recommendation in questionnaire.recommendations:
            for index, key in enumerate(recommendation.after):
                if key not in known:
                    route = (*subject.routes[recommendation.id], "after", index)
                    yield _unknown("recommendation", key, known, route)


def circular_prerequisites(subject: Subject) -> Iterator[Fault]:
    """Recommendations that wait for each other.

    Each comes after the next, so none can be first. Take one `after` out.
    """
    if questionnaire := subject.own:
        after = {r.id: r.after for r in questionnaire.recommendations}
        reported: set[str] = set()
        for start in after:
            cycle = _cycle(after, start)
            if cycle and not reported & set(cycle):
                reported |= set(cycle)
                chain = " → ".join([*cycle, cycle[0]])
                yield Fault(
                    f"these wait for each other: {chain}", (*subject.routes[start], "after"), help="take one out"
                )


def _cycle(after: dict[str, tuple[str, ...]], start: str) -> list[str]:
    """A way from `start` back to it, or nothing."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for following in after.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def missing_default_language(subject: Subject) -> Iterator[Fault]:
    """A translated text without the default language.

    Whoever reads in another language would see a text in a third. Add the text in `default_language`.
    """
    if questionnaire := subject.own:
        language = questionnaire.default_language
        for route, text in _texts(subject.document.data, ()):
            if language not in text and route[:1] != ("languages",):
                yield Fault(f"this text is missing in the default language, {language}", route, on_key=True)


def _texts(value: object, route: Route) -> Iterator[tuple[Route, dict[str, object]]]:
    if isinstance(value, dict):
        if route and route[-1] in _TEXT_KEYS:
            yield route, value
        else:
            for key, inner in value.items():
                yield from _texts(inner, (*route, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*route, index))


_TEXT_KEYS = frozenset(
    [
        "title",
        "summary",
        "label",
        "short",
        "hint",
        "guidance",
        "name",
        "why",
        "first_step",
        "customer_gain",
        "company_gain",
        "example",
    ]
)


def unknown_pick(subject: Subject) -> Iterator[Fault]:
    """A selection picks something that its questionnaire does not ask.

    `picks` names criteria and safeguards of the questionnaire under `from`.
    """
    selection, origin = subject.selection, subject.origin
    if selection and origin:
        kinds = {
            "criteria": (selection.picks.criteria, [c.id for c in origin.criteria]),
            "safeguards": (selection.picks.safeguards, [s.id for s in origin.safeguards]),
        }
        for part, (picked, known) in kinds.items():
            for index, key in enumerate(picked):
                if key not in known:
                    yield _unknown(part, key, known, ("picks", part, index))


def unknown_origin(subject: Subject) -> Iterator[Fault]:
    """A selection picks from a questionnaire that cannot be read.

    `from` is the id of a questionnaire that ships with cvp, or a path relative to this file; the questionnaire itself
    must have no errors.
    """
    if subject.selection and not subject.origin:
        help_ = "name a shipped questionnaire (`cvp list`) or a path relative to this file, and check that one first"
        yield Fault(f"`{subject.selection.picks.origin}` is no sound questionnaire", ("picks", "from"), help=help_)


def _keys(subject: Subject, route: Route) -> list[str]:
    value = subject.document.at(route)
    return list(value) if isinstance(value, dict) else []


def _unknown(what: str, key: str, known: Iterable[str], route: Route, on_key: bool = False) -> Fault:
    names = sorted(known)
    help_ = did_you_mean(key, names) or (f"known: {', '.join(names[:8])}" if names else "")
    return Fault(f"there is no {what} `{key}`", route, on_key=on_key, help=help_)


def questionnaire_of(subject: Subject) -> Questionnaire | None:
    """The questionnaire that the file makes, whole or picked."""
    return subject.questionnaire if subject.kind != "answers" else None
