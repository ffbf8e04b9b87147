"""CVP2xx: names that lead nowhere in their own file, and names that nothing leads to."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from cvp.document import Fault, Route
from cvp.rules.shape import did_you_mean
from cvp.rules.subject import Subject
from cvp.rules.words.texts import ITEMS, QUESTIONS, choice_lists, default_language, items, mapping_at, texts

MOST: Final = 100
"""How many names are compared with a misspelt one, and how long they are."""


def duplicate_id(subject: Subject) -> Iterator[Fault]:
    """Two questions or recommendations with one id.

    An answer or a reference could mean either. Ids are unique over criteria, safeguards, what is asked about the
    respondent, and recommendations, since answers, lifts and the columns of tables name any of them. Rename one.
    """
    for route, key in _ids(subject):
        first = subject.routes[key]
        if first != route[:-1]:
            place = subject.document.place((*first, "id"))
            yield Fault(f"the id `{key}` is taken at {place.line}:{place.column}", route, help="rename one of the two")


def _ids(subject: Subject) -> Iterator[tuple[Route, str]]:
    for route, item in items(subject, *ITEMS, "about"):
        if isinstance(key := item.get("id"), str):
            yield (*route, "id"), key


def duplicate_choice(subject: Subject) -> Iterator[Fault]:
    """Two choices of one list with one value.

    An answer names a choice by its value, so it could mean either. Rename one.
    """
    for _, choices in choice_lists(subject):
        seen: set[str] = set()
        for route, choice in choices:
            if isinstance(value := choice.get("value"), str):
                if value in seen:
                    message = f"the value `{value}` is there twice in this list"
                    yield Fault(message, (*route, "value"), help="rename one")
                seen.add(value)


def unknown_choice_list(subject: Subject) -> Iterator[Fault]:
    """A choice list that is not defined.

    Nobody could answer: `choices: extent` needs a list `extent` under the questionnaire's own `choices`. Mend the name,
    or write the list.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("choices",))
        for question in questionnaire.questions.values():
            if isinstance(question.choices, str) and question.choices not in known:
                route = (*subject.routes[question.id], "choices")
                yield unknown("choice list", question.choices, known, route)


def unknown_source(subject: Subject) -> Iterator[Fault]:
    """A source that is not listed.

    Every criterion rests on a text, and a reader must be able to find it. List it under `sources`.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("sources",))
        for item in (*questionnaire.questions.values(), *questionnaire.recommendations):
            if item.source is not None and item.source not in known:
                yield unknown("source", item.source, known, (*subject.routes[item.id], "source"))


def unknown_lens(subject: Subject) -> Iterator[Fault]:
    """A lens, or a value of one, that is not defined.

    The answer would be missing from the profile. A question's `lenses` name a lens of the questionnaire and one of that
    lens's `values`; mend the name, or define it.
    """
    if questionnaire := subject.own:
        known = _keys(subject, ("lenses",))
        for question in questionnaire.questions.values():
            for lens, value in question.lenses.items():
                route = (*subject.routes[question.id], "lenses", lens)
                values = _keys(subject, ("lenses", lens, "values"))
                if lens not in known:
                    yield unknown("lens", lens, known, route, on_key=True)
                elif value not in values:
                    yield unknown("lens value", value, values, route)


def unknown_grid(subject: Subject) -> Iterator[Fault]:
    """A grid of lenses that cannot be crossed.

    The report would show no grid. `rows` and `columns` of `grid` name two different lenses of the questionnaire.
    """
    if (questionnaire := subject.own) and (grid := questionnaire.grid):
        known = _keys(subject, ("lenses",))
        for side, lens in (("rows", grid.rows), ("columns", grid.columns)):
            if lens not in known:
                yield unknown("lens", lens, known, ("grid", side))
        if grid.rows == grid.columns:
            yield Fault(f"`{grid.rows}` cannot be crossed with itself", ("grid", "columns"))


def outside_grid(subject: Subject) -> Iterator[Fault]:
    """A criterion has a row in the grid but no column, or the other way round.

    It would count in the mean of its row or column and stand in no cell. Give the criterion both lenses or neither.
    """
    if (questionnaire := subject.own) and (grid := questionnaire.grid):
        crossed = {grid.rows, grid.columns} & questionnaire.lenses.keys()
        for criterion in questionnaire.criteria if len(crossed) == 2 else ():
            missing = crossed - criterion.lenses.keys()
            if len(missing) == 1:
                route = (*subject.routes[criterion.id], "lenses")
                yield Fault(f"`{criterion.id}` has no `{missing.pop()}`, so it stands in no cell of the grid", route)


def unknown_lift(subject: Subject) -> Iterator[Fault]:
    """A recommendation lifts something that is not asked.

    The advice would lift nothing, silently. `lifts` names criteria and safeguards of the same questionnaire.
    """
    if questionnaire := subject.own:
        known = {key for key, route in subject.routes.items() if route[0] in QUESTIONS}
        for recommendation in questionnaire.recommendations:
            for key in recommendation.lifts:
                if key not in known:
                    route = (*subject.routes[recommendation.id], "lifts", key)
                    yield unknown("criterion or safeguard", key, known, route, on_key=True)


def unknown_prerequisite(subject: Subject) -> Iterator[Fault]:
    """A recommendation comes after one that does not exist.

    Nobody could tell when its turn has come. `after` names recommendations of the same questionnaire.
    """
    if questionnaire := subject.own:
        known = {key for key, route in subject.routes.items() if route[0] == "recommendations"}
        for recommendation in questionnaire.recommendations:
            for index, key in enumerate(recommendation.after):
                if key not in known:
                    route = (*subject.routes[recommendation.id], "after", index)
                    yield unknown("recommendation", key, known, route)


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
    language = default_language(subject)
    for route, text in texts(subject):
        if isinstance(text, dict) and language.lower() not in map(str.lower, text):
            yield Fault(f"this text is missing in the default language, {language}", route, on_key=True)


def unused_choice_list(subject: Subject) -> Iterator[Fault]:
    """A choice list that no question uses.

    It is a leftover, or a question uses another list by mistake. Whoever reads the file takes it for what is asked.
    Use it or take it out.
    """
    used = {name for _, q in items(subject, *QUESTIONS) if isinstance(name := q.get("choices"), str)}
    for name in _unused(mapping_at(subject, ("choices",)), used):
        yield Fault(f"no question uses the choice list `{name}`", ("choices", name), on_key=True, help=_UNUSED)


def unused_source(subject: Subject) -> Iterator[Fault]:
    """A source that nothing rests on.

    Listed sources are printed with every report, and readers take them for what the questions rest on. Name it where
    it is used, or take it out.
    """
    used = {name for _, item in items(subject, *ITEMS) if isinstance(name := item.get("source"), str)}
    for name in _unused(mapping_at(subject, ("sources",)), used):
        yield Fault(f"nothing rests on the source `{name}`", ("sources", name), on_key=True, help=_UNUSED)


def unused_lens(subject: Subject) -> Iterator[Fault]:
    """A lens, or a value of one, that no question carries.

    Reports would show it without a score, as if nothing were known, where nothing was asked. Give it to the questions
    that it is about, or take it out.
    """
    carried = [carries for _, q in items(subject, *QUESTIONS) if isinstance(carries := q.get("lenses"), dict)]
    lenses = mapping_at(subject, ("lenses",))
    unused = set(_unused(lenses, {name for carries in carried for name in carries}))
    for name in lenses:
        if name in unused:
            yield Fault(f"no question carries the lens `{name}`", ("lenses", name), on_key=True, help=_UNUSED)
            continue
        values = {value for carries in carried if isinstance(value := carries.get(name), str)}
        route = ("lenses", name, "values")
        for value in _unused(mapping_at(subject, route), values) if values else ():
            yield Fault(f"no question carries `{value}` of `{name}`", (*route, value), on_key=True, help=_UNUSED)


_UNUSED = "use it or take it out"


def _unused(defined: Iterable[str], used: set[str]) -> Iterator[str]:
    """What is defined and not used, less what is meant by a misspelling, which is another fault."""
    names = list(defined)
    unknown = _compared(used.difference(names))
    meant = {name for word in unknown for name in get_close_matches(word, _compared(names), n=1)}
    return (name for name in names if name not in used and name not in meant)


def _compared(names: Iterable[str]) -> list[str]:
    """Few and short names, since each is compared with each."""
    return [name for name in sorted(names)[:MOST] if len(name) <= MOST]


def language_case(subject: Subject) -> Iterator[Fault]:
    """A language code that is written in two ways.

    People read `de-CH` and `de-ch` as one language; a program does not, and a text in the one is never shown to those
    who read the other. Write the code alike everywhere. Told once for each way of writing it.
    """
    refused = {fault.route for fault in subject.shape_faults}
    seen: dict[str, tuple[str, Route, bool]] = {}
    told: set[str] = set()
    for language, route, on_key in _languages(subject):
        first, where, where_on_key = seen.setdefault(language.lower(), (language, route, on_key))
        if first != language and language not in told and route not in refused:
            told.add(language)
            place = subject.document.place(where, where_on_key)
            message = f"`{language}` and `{first}` at {place.line}:{place.column} differ only by case"
            yield Fault(message, route, on_key=on_key, help="write them alike")


def _languages(subject: Subject) -> Iterator[tuple[str, Route, bool]]:
    """Every language code with its route, and whether it is a key: as declared, then as the texts have it."""
    if isinstance(default := mapping_at(subject, ()).get("default_language"), str):
        yield default, ("default_language",), False
    for language in mapping_at(subject, ("languages",)):
        yield language, ("languages", language), True
    for route, text in texts(subject):
        for language in text if isinstance(text, dict) else ():
            yield language, (*route, language), True


def _keys(subject: Subject, route: Route) -> list[str]:
    value = subject.document.at(route)
    return list(value) if isinstance(value, dict) else []


def unknown(what: str, key: str, known: Iterable[str], route: Route, on_key: bool = False) -> Fault:
    """That a name leads nowhere, with the nearest one that is there."""
    names = sorted(known)
    help_ = did_you_mean(key, _compared(names)) or (f"known: {', '.join(names[:8])}" if names else "")
    return Fault(f"there is no {what} `{key}`", route, on_key=on_key, help=help_)
