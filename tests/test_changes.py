"""What changed between two questionnaires, what it weighs, and which version it needs."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from texts import QUESTIONNAIRE, edited, place_in

from cvp.changes import (
    Case,
    bump_made,
    bump_needed,
    changes,
    comparable,
    is_enough,
    moves,
    next_version,
)
from cvp.changes import fields as compared_fields
from cvp.document import Document
from cvp.questionnaire import (
    Background,
    Choice,
    Criterion,
    Lens,
    LevelText,
    Option,
    Questionnaire,
    Recommendation,
    Safeguard,
)
from cvp.reading import parse_document
from cvp.rules.subject import questionnaire_subject
from questionnaires import (
    Part,
    assess,
    cases,
    choices,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    recommendation,
    safeguard,
    sheet,
)

Edit = tuple[str, str, str, str, str]

AWARDS: Final = "  - {id: awards, level: 1, label: Which?, choices: extent, source: lee}\n"
GUARD: Final = "  - {id: own, label: Whose gain?, choices: extent, below: 0.5, cap: 2, source: lee}\n"
STAGE: Final = "  - {id: stage, label: Stage, lifts: {job: 1}, effort: 1, first_step: x, customer_gain: y}\n"

MAJOR = [
    ("id: base", "id: basis", "the id went from base to basis", "basis"),
    ("perspective: company", "perspective: buyer", "the perspective went from company to buyer", "buyer"),
    ("pass: 0.5", "pass: 0.6", "the threshold (`pass`) of level 1 went from 0.5 to 0.6", "0.6"),
    ("{name: Job}", "{name: Job, pass: 1}", "the threshold (`pass`) of level 2 went from 0.7 to 1", "1}"),
    ("weight: 2", "weight: 2.5", "the weight of `price` went from 2 to 2.5", "2.5"),
    ("    weight: 2\n", "", "the weight of `price` went from 2 to 1", "id: price"),
    ("must: 0.5", "must: 1", "the least score (`must`) of `job` went from 0.5 to 1", "1\n    fresh_for"),
    ("    must: 0.5\n", "", "the least score (`must`) of `job` is gone; it was 0.5", "id: job"),
    ("weight: 2", "weight: 2\n    must: 0.5", "the least score (`must`) of `price` is new: 0.5", "0.5\n    lenses"),
    (
        "fresh_for: 12",
        "fresh_for: 18",
        "the freshness (`fresh_for`) of `job` went from 12 months to 18 months",
        "18",
    ),
    ("level: 3", "level: 4", "the level of `bond` went from 3 to 4", "4\n    label: Would"),
    ("below: 0.5", "below: 1", "the threshold (`below`) of `paid` went from 0.5 to 1", "1, cap"),
    ("cap: 2", "cap: 1", "the cap of `paid` went from 2 to 1", "1, source"),
    ("score: 0.5", "score: 0.4", "the score of `often` in `extent` went from 0.5 to 0.4", "0.4"),
    ('"Yes", score: 1', '"Yes", score: 0.9', "the score of `yes` in `job` went from 1 to 0.9", "0.9"),
    ("{value: often,", "{value: some,", "the choice `often` in `extent` is now called `some`", "some,"),
    ("safeguards:\n", f"{AWARDS}safeguards:\n", "the criterion `awards` is new", "awards"),
    ("safeguards:\n", f"safeguards:\n{GUARD}", "the safeguard `own` is new", "own,"),
    (
        "    - {value: always, label: Always, score: 1}\n",
        "    - {value: always, label: Always, score: 1}\n    - {value: more, label: More, score: 1}\n",
        "the choice `more` in `extent` is new",
        "more,",
    ),
    (
        "    - {value: often, label: Often, score: 0.5}\n",
        "",
        "the choice `often` in `extent` is gone",
        "extent:",
    ),
    (
        "    - {value: never, label: Never, score: 0}\n    - {value: often, label: Often, score: 0.5}\n",
        "    - {value: often, label: Often, score: 0.5}\n    - {value: never, label: Never, score: 0}\n",
        "the order of the choices in `extent` is another",
        "extent:",
    ),
    (
        "  - id: bond\n    level: 3\n    label: Would they miss you?\n    choices: extent\n    source: lee\n",
        "",
        "the criterion `bond` is gone",
        "criteria:",
    ),
]

CARE = [
    (
        "label: What about the price?",
        "label: What about the cost?",
        "the label of `price` is reworded; it was: What about the price?",
        "What about the cost",
    ),
    (
        "label: Often",
        "label: At times",
        "the label of `often` in `extent` is reworded; it was: Often",
        "At times",
    ),
    ("label: Are they paid?", "label: Are they paid?, hint: By you", "the hint of `paid` is new", "By you"),
    ("weight: 2", "weight: 2\n    guidance: Ask twice", "the guidance of `price` is new", "Ask twice"),
    (
        '      - {value: no, label: "No", score: 0}\n',
        '      - {value: no, label: "No, < 5", score: 0}\n',
        "the label of `no` in `job` is reworded; it was: No",
        '"No, < 5"',
    ),
]

MINOR = [
    ("area: brand}", "area: product}", "the lens `area` of `price` went from brand to product", "product}\n    source"),
    ("    lenses: {area: brand}\n", "", "the lens `area` of `price` is gone; it was brand", "id: price"),
    ("product: Product", "product: Goods", "the value `product` of `area` is reworded; it was: Product", "Goods"),
    ("product: Product", "product: Product, idea: Idea", "the value `idea` of `area` is new", "Idea}"),
    ("name: Job", "name: Task", "the name of level 2 is reworded; it was: Job", "Task"),
    ("", STAGE, "the recommendation `stage` is new", "stage"),
    ("id: join", "id: link", "the recommendation `join` is now called `link`", "link"),
    ("lifts: {price: 1}", "lifts: {price: 0.5}", "the lift `price` of `talk` went from 1 to 0.5", "0.5}\n    effort"),
    ("bond: 1, paid: 0.5", "bond: 1", "the lift `paid` of `join` is gone; it was 0.5", "lifts: {bond"),
    ("effort: 3", "effort: M", "the effort of `join` went from 3 days to 8 days", "M\n"),
    ("    after: [talk]\n", "", "the order (`after`) of `join` is gone; it was talk", "id: join"),
    (
        "label: Often",
        "label: {en: Often, de: Oft}",
        "the label of `often` in `extent` in de is new",
        "{en: Often",
    ),
    ("{en: A small one, de: Ein kleiner}", "A small one", "the title in de is gone", "title: A small"),
]

PATCH = [
    ("de: Ein kleiner", "de: Ein Kleiner!", "the title in de has other capitals or marks", "Ein Kleiner!"),
    ("en: A small one", "en: A little one", "the title in en is reworded; it was: A small one", "A little one"),
    ("about the price?", "about the “Price”", "the label of `price` has other capitals or marks", "What about"),
    ("label: Talk", "label: Speak", "the label of `talk` is reworded; it was: Talk", "Speak"),
    ("To be seen", "To be known", "the customer gain of `join` is reworded; it was: To be seen", "To be known"),
    ("To be heard\n    source: lee", "To be heard", "the source of `talk` is gone", "id: talk"),
    ("year: 2013,", "year: 2014,", "the source `lee` went from", "{author: Bill Lee"),
    ('lee"}', 'leo"}', "the source `lee` changed", "{author: Bill Lee"),
    ("{name: Capital}", "{name: Capital, summary: S}", "the summary of level 4 is new", "S}"),
    ("cap: 2,", "cap: 2, why: W,", "the reason (`why`) of `paid` is new", "W,"),
    ("weight: 2", "weight: 2\n    short: P", "the short name of `price` is new", "P\n    lenses"),
    ("levels:\n", "  none:\n    - {value: a, label: A, score: 0}\nlevels:\n", "the same is said in another way", ""),
    (
        "perspective: company",
        "summary: {en: S}\nperspective: company",
        "the summary is new",
        "{en: S}",
    ),
]

EDITS: list[Edit] = [
    (weight, *row)
    for weight, rows in [("no", MAJOR), ("with care", CARE), ("minor", MINOR), ("patch", PATCH)]
    for row in rows
]


def read(text: str) -> tuple[Document, Questionnaire]:
    document = parse_document("base.yaml", text.encode())
    subject = questionnaire_subject(document)
    assert not subject.shape_faults, subject.shape_faults
    assert not document.faults, document.faults
    assert subject.questionnaire
    return document, subject.questionnaire


WEIGHTS: Final = {"no": ("major", "no"), "with care": ("minor", "with care")}


@pytest.mark.parametrize(("weight", "old", "new", "sentence", "at"), EDITS, ids=[f"{e[0]} {e[3]}" for e in EDITS])
def test_one_edit_is_one_change_with_its_weight_and_place(
    weight: str, old: str, new: str, sentence: str, at: str
) -> None:
    text = edited(QUESTIONNAIRE, old, new)
    (_, before), (document, after) = read(QUESTIONNAIRE), read(text)
    found = changes(before, after)
    assert [change.sentence[: len(sentence)] for change in found] == [sentence]
    (change,) = found
    assert (change.needs, change.comparable) == WEIGHTS.get(weight, (weight, "yes"))
    if at:
        place = document.place(change.route, change.on_key)
        assert text.split("\n", place.line - 1)[-1][place.column - 1 :].startswith(at)


def test_what_a_program_compares_is_all_that_a_file_can_say() -> None:
    """A new key of the models must get its weight before anything is released with it."""
    own: dict[type[BaseModel], set[str]] = {
        Questionnaire: {"cvp", "version", "choices", "levels", "lenses"}
        | {"criteria", "safeguards", "about", "recommendations"},
        Criterion: {"id", "choices"},
        Safeguard: {"id", "choices"},
        Choice: {"value"},
        Option: {"value"},
        Background: {"id", "choices"},
        Recommendation: {"id"},
        LevelText: set(),
        Lens: set(),
    }
    tables: dict[type[BaseModel], Mapping[str, compared_fields.Field]] = {
        Questionnaire: compared_fields.WHOLE,
        Criterion: compared_fields.CRITERION,
        Safeguard: compared_fields.SAFEGUARD,
        Choice: compared_fields.CHOICE,
        Option: compared_fields.OPTION,
        Background: compared_fields.BACKGROUND,
        Recommendation: compared_fields.RECOMMENDATION,
        LevelText: compared_fields.LEVEL,
        Lens: compared_fields.LENS,
    }
    for model, table in tables.items():
        assert {*table, *own[model]} == set(model.model_fields), model


def test_what_is_gone_or_renamed_points_at_what_is_left() -> None:
    _, before = read(QUESTIONNAIRE)
    text = QUESTIONNAIRE.replace("bond", "miss").replace("{id: paid, ", "{id: own, ").replace("Are they paid", "Whose")
    text = text.replace(", paid: 0.5", ", own: 0.5")
    document, after = read(text)
    found = changes(before, after)
    lines = [document.place(change.route, change.on_key).line for change in found]
    assert [(change.sentence, change.needs, line) for change, line in zip(found, lines, strict=True)] == [
        ("the criterion `bond` is now called `miss`", "major", place_in(text, "id: miss")[0]),
        ("the safeguard `own` is new", "major", place_in(text, "id: own")[0]),
        ("the safeguard `paid` is gone", "major", place_in(text, "safeguards:")[0]),
        ("the lift `own` of `join` is new: 0.5", "minor", place_in(text, "lifts: {miss")[0]),
        ("the lift `paid` of `join` is gone; it was 0.5", "minor", place_in(text, "lifts: {miss")[0]),
    ]


def test_a_named_list_that_many_use_is_told_once() -> None:
    (_, before), (_, after) = read(QUESTIONNAIRE), read(edited(QUESTIONNAIRE, "label: Often", "label: At times"))
    assert sum(question.choices == "extent" for question in after.questions.values()) == 3
    assert len(changes(before, after)) == 1


def test_a_list_in_place_of_a_named_one_with_the_same_choices_is_no_change_in_meaning() -> None:
    named = one_for_each_level(choices={"some": choices(0, 0.5, 1)})
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    using = questionnaire([{**part, "choices": "some"} for part in parts], choices={"some": choices(0, 0.5, 1)})
    assert [(change.kind, change.needs) for change in changes(named, using)] == [("rewritten", "patch")]
    other = questionnaire([{**part, "choices": "some"} for part in parts], choices={"some": choices(0, 0.4, 1)})
    (change,) = changes(using, other)
    assert change.sentence == "the score of `c1` in `some` went from 0.5 to 0.4"
    assert [change.sentence for change in changes(named, other)] == [change.sentence] * 4
    assert [change.sentence for change in changes(other, named)] == [
        f"the score of `c1` in `{name}` went from 0.4 to 0.5" for name in "abcd"
    ]


def test_another_default_language_rewords_nothing() -> None:
    before, after = one_for_each_level(), one_for_each_level(default_language="de")
    assert [change.sentence for change in changes(before, after)] == ["the default language went from en to de"]


def test_a_translation_is_told_once_for_all_its_texts() -> None:
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    translated = [{**part, "label": {"en": part["label"], "de": "zu"}, "hint": None} for part in parts]
    before, after = questionnaire(parts), questionnaire(translated)
    (there,), (back,) = changes(before, after), changes(after, before)
    assert (there.sentence, there.id, there.route) == ("4 texts are new in de", "de", ("criteria", 0, "label"))
    assert (back.sentence, back.needs) == ("4 texts are gone in de", "minor")


def test_what_is_renamed_is_told_once_wherever_it_is_named() -> None:
    lifts = [recommendation("r", {"a": 1}), recommendation("s", {"b": 1}, 1, ["r"])]
    before = one_for_each_level(recommendations=lifts)
    parts = [criterion(name, level) for level, name in enumerate("zbcd", start=1)]
    lifts = [recommendation("t", {"z": 1}), recommendation("s", {"b": 1}, 1, ["t"])]
    parts[0]["label"], lifts[0]["label"] = "about a", "label of r"
    found = changes(before, questionnaire(parts, recommendations=lifts))
    assert [change.sentence for change in found if change.kind != "reworded"] == [
        "the criterion `a` is now called `z`",
        "the recommendation `r` is now called `t`",
    ]
    assert {change.needs for change in found if change.kind == "reworded"} == {"patch"}


def test_another_order_of_the_questions_asks_for_care() -> None:
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    (change,) = changes(questionnaire(parts), questionnaire(parts[::-1]))
    assert (change.sentence, change.needs) == ("the order of the criteria is another", "minor")
    assert change.comparable == "with care"


def test_a_criterion_that_becomes_a_safeguard_is_gone_and_new() -> None:
    before = one_for_each_level()
    parts = [criterion(name, level) for level, name in enumerate("abc", start=1)]
    found = changes(before, questionnaire(parts, [safeguard("d", 2)]))
    assert [(change.what, change.kind) for change in found] == [("criterion", "removed"), ("safeguard", "added")]


def test_long_and_hostile_texts_are_cut_and_cleaned() -> None:
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    hostile = [{**parts[0], "label": "line\nbreak \x1b[31m" + "x" * 500}, *parts[1:]]
    (change,) = changes(questionnaire(hostile), questionnaire(parts))
    assert change.sentence.startswith("the label of `a` is reworded; it was: line break \\x1b[31mxx")
    assert len(change.sentence) < 120


@pytest.mark.parametrize("sign", ["<", "-", "%", "not", "+", "/"])
def test_signs_that_mean_something_are_no_spelling(sign: str) -> None:
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    after = [{**parts[0], "label": f"about {sign} a"}, *parts[1:]]
    assert [change.kind for change in changes(questionnaire(parts), questionnaire(after))] == ["reworded"]


@given(cases(recommended=True))
def test_nothing_changed_between_a_questionnaire_and_itself(case: Any) -> None:
    again = Questionnaire.model_validate(case.questionnaire.model_dump(by_alias=True))
    assert changes(case.questionnaire, case.questionnaire) == changes(case.questionnaire, again) == ()


@given(cases(recommended=True), cases(recommended=True))
def test_other_content_is_always_a_change_and_the_same_never(one: Any, other: Any) -> None:
    before, after = one.questionnaire, other.questionnaire
    found = changes(before, after)
    assert bool(found) == (before.sha256 != after.sha256)
    assert comparable(found) == ("no" if bump_needed(found) == "major" else comparable(found))
    assert len(set(found)) == len(found)


SCORING: Final[Mapping[str, Callable[[Part], Part]]] = {
    "weight": lambda part: {"weight": part.get("weight", 1) + 0.25},
    "must": lambda part: {"must": 0.45 if part.get("must") != 0.45 else 0.55},
    "fresh_for": lambda part: {"fresh_for": part.get("fresh_for", 12) + 1},
    "level": lambda part: {"level": part["level"] % 4 + 1},
    "score": lambda part: {"choices": ({**part["choices"][0], "score": 0.05}, *part["choices"][1:])},
    "choice": lambda part: {"choices": (*part["choices"], {"value": "last", "label": "last", "score": 1.0})},
    "value": lambda part: {"choices": ({**part["choices"][0], "value": "other"}, *part["choices"][1:])},
    "id": lambda part: {"id": f"{part['id']}_new"},
    "below": lambda part: {"below": 0.45 if part.get("below") != 0.45 else 0.55},
    "cap": lambda part: {"cap": part["cap"] % 4 + 1},
}


@given(cases(), st.sampled_from(sorted(SCORING)), st.integers(0, 6))
def test_any_edit_of_what_scoring_reads_is_a_major_change(case: Any, key: str, position: int) -> None:
    whole = case.questionnaire.model_dump(by_alias=True, exclude_defaults=True)
    part_of = "safeguards" if key in ("below", "cap") else "criteria"
    parts = list(whole.get(part_of, ()))
    if not parts:
        return
    position %= len(parts)
    parts[position] = {**parts[position], **SCORING[key](parts[position])}
    found = changes(case.questionnaire, Questionnaire.model_validate({**whole, part_of: tuple(parts)}))
    assert bump_needed(found) == "major"
    assert comparable(found) == "no"


@given(cases(recommended=True), cases(recommended=True))
def test_without_a_major_change_the_same_answers_come_out_the_same(one: Any, other: Any) -> None:
    """The recommendations, lenses and texts of the other never move a level."""
    mixed = one.questionnaire.model_copy(
        update={
            "recommendations": tuple(
                r
                for r in other.questionnaire.recommendations
                if {*r.lifts} <= {*one.questionnaire.questions} and not r.after
            ),
            "criteria": tuple(c.model_copy(update={"lenses": {}}) for c in one.questionnaire.criteria),
        }
    )
    assert bump_needed(changes(one.questionnaire, mixed)) in (None, "minor", "patch")
    assert moves(one.questionnaire, mixed, [Case("one", [one.sheet], "2013-02-12")]) == ()


BUMPS = [
    ("1.0.0", "1.0.0", "none"),
    ("1.0.0", "1.0.1", "patch"),
    ("1.0.9", "1.0.10", "patch"),
    ("1.0.1", "1.1.0", "minor"),
    ("1.9.9", "2.0.0", "major"),
    ("1.2.0", "3.1.4", "major"),
    ("2.0.0", "1.9.9", "back"),
    ("1.0.0", "1.0.0-rc.1", "back"),
    ("0.1.0", "0.1.1", "minor"),
    ("0.1.0", "0.2.0", "major"),
    ("0.9.0", "1.0.0", "major"),
    ("1.0.0", "2.0.0-rc.1", "major"),
    ("2.0.0-rc.1", "2.0.0-rc.2", "major"),
    ("2.0.0-rc.9", "2.0.0-rc.10", "major"),
    ("2.0.0-rc.10", "2.0.0-rc.9", "back"),
    ("2.0.0-alpha", "2.0.0-alpha.1", "major"),
    ("2.0.0-1", "2.0.0-alpha", "major"),
    ("2.0.0-rc.1", "2.0.0", "major"),
    ("1.1.0-rc.1", "1.1.0", "minor"),
    ("1.1.1-rc.1", "1.1.1", "patch"),
    ("0.2.0-rc.1", "0.2.0", "major"),
    ("1.0.0-01", "1.0.0-1", "none"),
]


@pytest.mark.parametrize(("before", "after", "bump"), BUMPS)
def test_a_version_goes_on_by_one_of_its_numbers(before: str, after: str, bump: str) -> None:
    assert bump_made(before, after) == bump


NEXT = [
    ("1.2.3", ("2.0.0", "1.3.0", "1.2.4")),
    ("0.1.0", ("0.2.0", "0.1.1", "0.1.1")),
    ("2.0.0-rc.1", ("2.0.0", "2.0.0", "2.0.0")),
    ("1.2.3-rc.1", ("2.0.0", "1.3.0", "1.2.3")),
]


@pytest.mark.parametrize(("before", "wanted"), NEXT)
def test_the_next_version_is_the_least_that_is_enough(before: str, wanted: tuple[str, str, str]) -> None:
    assert (next_version(before, "major"), next_version(before, "minor"), next_version(before, "patch")) == wanted


_versions = st.builds(
    lambda numbers, pre: ".".join(map(str, numbers)) + pre,
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    st.sampled_from(["", "", "-rc.1", "-alpha"]),
)


@given(_versions, st.sampled_from(["major", "minor", "patch"]))
def test_the_next_version_is_enough_and_staying_is_not(before: str, needed: Any) -> None:
    assert is_enough(before, next_version(before, needed), needed)
    assert not is_enough(before, before, needed)
    assert is_enough(before, before, None)


@given(_versions, _versions)
def test_of_two_versions_one_is_further_on(one: str, other: str) -> None:
    if one != other:
        assert sorted([bump_made(one, other) == "back", bump_made(other, one) == "back"]) == [False, True]


def test_a_case_moves_where_a_threshold_does() -> None:
    before, after = one_for_each_level(), one_for_each_level(levels=_passing(0.5))
    answers = sheet(a="c2", b="c1", c="c0", d="c0")
    assert [tuple(m) for m in moves(before, after, [Case("Acme", [answers], "2013-02-12")])] == [("Acme", 1, 2)]
    assert (assess(before, answers).level, assess(after, answers).level) == (1, 2)


def _passing(score: float) -> Part:
    return {str(level): {"name": f"level {level}", "pass": score} for level in (1, 2, 3, 4)}


def test_an_answer_that_does_not_fit_leaves_its_question_open() -> None:
    before = one_for_each_level()
    parts = [criterion("a", 1), criterion("b", 2, 0, 1), criterion("c", 3), criterion("d", 4), criterion("e", 2)]
    after = questionnaire(parts)
    answers = sheet(a="c2", b="c2", c="c0", d="c0", e="c2")  # b has no c2 now; e was not asked then
    assert moves(before, after, [Case("Acme", [answers], "2013-02-12")]) == ()
    only_b = sheet(b="c2")
    assert moves(before, after, [Case("Acme", [only_b], "2013-02-12")]) == ()


def test_a_room_moves_by_its_median() -> None:
    before, after = one_for_each_level(), one_for_each_level(levels=_passing(0.5))
    high, low = sheet(a="c2", b="c1"), sheet(a="c1", b="c1")
    room = [high, high, low]
    assert [m.after for m in moves(before, after, [Case("room", room, "2013-02-12")])] == [2]
    other = questionnaire([criterion(name, level) for level, name in enumerate("wxyz", start=1)])
    assert moves(before, other, [Case("room", room, "2013-02-12")]) == ()


def test_a_case_moves_where_evidence_goes_stale_sooner() -> None:
    parts = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    before = questionnaire([*parts[:1], {**parts[1], "fresh_for": 24}, *parts[2:]])
    after = questionnaire([*parts[:1], {**parts[1], "fresh_for": 6}, *parts[2:]])
    answers = sheet(a="c2", b={"choice": "c2", "evidence": evidence("2012-01-01")}, c="c0", d="c0")
    assert [(m.before, m.after) for m in moves(before, after, [Case("Acme", [answers], "2013-02-12")])] == [(2, 1)]


def test_what_is_asked_about_the_respondent_moves_no_level() -> None:
    role = {"id": "role", "label": "Your role?", "choices": ({"value": "user", "label": "User"},)}
    plain, asked = one_for_each_level(), one_for_each_level(about=(role,))
    renamed = one_for_each_level(about=({**role, "choices": ({"value": "user", "label": "I use it"},)},))
    assert [(c.what, c.kind, c.needs, c.comparable) for c in changes(plain, asked)] == [
        ("background question", "added", "minor", "yes")
    ]
    assert [(c.what, c.kind, c.needs, c.comparable) for c in changes(asked, renamed)] == [
        ("choice", "reworded", "minor", "yes")
    ]
