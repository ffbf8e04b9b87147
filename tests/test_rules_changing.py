"""CVP6xx: what changed since an earlier version, and whether the version says so."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from texts import ANSWERS, QUESTIONNAIRE, SELECTION, edited, place_in

from cvp.finding import Finding
from cvp.questionnaire import Questionnaire
from cvp.reading import parse_document
from cvp.rules import RULES, check
from cvp.rules.subject import Subject, subject_of

CHANGING: Final = [rule for rule in RULES if rule.family == "6"]


def read(text: str, found: Questionnaire | None = None) -> Subject:
    return subject_of(parse_document("base.yaml", text.encode()), lambda _: found)


def found_in(text: str, before: str = QUESTIONNAIRE) -> list[Finding]:
    earlier = read(before).questionnaire
    assert earlier
    return check(replace(read(text), before=earlier), CHANGING)


def told(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.place.line, finding.place.column) for finding in findings]


def test_nothing_is_said_without_an_earlier_version_or_of_the_same() -> None:
    assert check(read(QUESTIONNAIRE), CHANGING) == []
    assert found_in(QUESTIONNAIRE) == []
    assert found_in(f"# another layout\n{QUESTIONNAIRE}".replace("  ", "    ")) == []


def test_a_change_without_a_new_version_is_told_at_the_version_and_at_its_place() -> None:
    text = edited(edited(QUESTIONNAIRE, "weight: 2", "weight: 3"), "cap: 2", "cap: 1")
    version, changed = place_in(text, '"1.0.0"'), [place_in(text, "3\n    lenses"), place_in(text, "1, source")]
    findings = found_in(text)
    assert told(findings) == [
        ("CVP601", *version),
        ("CVP603", *version),
        ("CVP602", *changed[0]),
        ("CVP602", *changed[1]),
    ]
    assert [finding.message for finding in findings] == [
        "the meaning changed (2 changes that need a new major version), but the version is still 1.0.0; make it 2.0.0",
        "levels cannot be compared with those of before: the weight of `price` went from 2 to 3, and 1 more change",
        "the weight of `price` went from 2 to 3",
        "the cap of `paid` went from 2 to 1",
    ]
    assert findings[2].help == "needs a new major version: levels from before and after it are not comparable"


VERSIONS = [
    ("1.0.0", "1.0.0", "weight: 3", "is still 1.0.0; make it 2.0.0"),
    ("1.0.0", "1.1.0", "weight: 3", "went from 1.0.0 to 1.1.0 only; make it 2.0.0"),
    ("1.1.0", "1.0.0", "weight: 3", "went back from 1.1.0 to 1.0.0; make it 2.0.0"),
    ("0.3.0", "0.3.1", "weight: 3", "went from 0.3.0 to 0.3.1 only; make it 0.4.0"),
    ("1.0.0", "2.0.0", "weight: 3", ""),
    ("1.0.0", "2.0.0-rc.1", "weight: 3", ""),
    ("1.0.0", "3.1.0", "weight: 3", ""),
    ("1.0.0", "1.0.1", "weight: 2\n    hint: Ask", "went from 1.0.0 to 1.0.1 only; make it 1.1.0"),
    ("1.0.0", "1.1.0", "weight: 2\n    hint: Ask", ""),
    ("1.0.0", "1.0.0", "weight: 2\n    short: P", "is still 1.0.0; make it 1.0.1"),
    ("1.0.0", "1.0.1", "weight: 2\n    short: P", ""),
    ("1.0.0", "1.0.1", "weight: 2", ""),
    ("1.1.0", "1.0.0", "weight: 2", "the version went back from 1.1.0 to 1.0.0"),
]


@pytest.mark.parametrize(("old", "new", "edit", "message"), VERSIONS)
def test_the_version_must_rise_as_far_as_the_change_weighs(old: str, new: str, edit: str, message: str) -> None:
    before = edited(QUESTIONNAIRE, '"1.0.0"', f'"{old}"')
    after = edited(edited(QUESTIONNAIRE, '"1.0.0"', f'"{new}"'), "weight: 2", edit)
    findings = [finding for finding in found_in(after, before) if finding.code == "CVP601"]
    assert [finding.place.line for finding in findings] == [3] * bool(message)
    assert all(message in finding.message for finding in findings)


def test_levels_that_cannot_be_compared_are_told_even_with_the_right_version() -> None:
    text = edited(edited(QUESTIONNAIRE, "1.0.0", "2.0.0"), "weight: 2", "weight: 3")
    findings = found_in(text)
    assert [finding.code for finding in findings] == ["CVP603", "CVP602"]
    assert findings[0].message == (
        "levels cannot be compared with those of version 1.0.0: the weight of `price` went from 2 to 3"
    )


@pytest.mark.parametrize("broken", ["weight: two", "weight: 2\n    wieght: 2", "weight: 2\n  - &x"])
def test_of_a_file_with_faults_nothing_is_said_to_be_gone(broken: str) -> None:
    assert found_in(edited(QUESTIONNAIRE, "weight: 2", broken)) == []


def test_a_list_that_is_not_defined_is_no_crash() -> None:
    text = edited(QUESTIONNAIRE, "choices: extent\n    weight: 2", "choices: extant\n    weight: 2")
    assert {"CVP601", "CVP602"} <= {finding.code for finding in found_in(text)}


def test_what_has_no_section_any_more_is_told_at_the_id() -> None:
    start, end = QUESTIONNAIRE.index("safeguards:"), QUESTIONNAIRE.index("recommendations:")
    text = (QUESTIONNAIRE[:start] + QUESTIONNAIRE[end:]).replace(", paid: 0.5", "")
    gone = next(finding for finding in found_in(text) if finding.message == "the safeguard `paid` is gone")
    assert (gone.place.line, gone.place.column) == place_in(text, "base\nversion")


SELECTED = [
    ("weight: 2", "weight: 3", "the weight of `price` went from 2 to 3", "price, bond]"),
    ("label: Would they miss you?", "label: Miss you?", "the label of `bond` is reworded", "bond]"),
    ("pass: 0.5", "pass: 0.6", "the threshold (`pass`) of level 1 went", "base\n  criteria"),
    ("score: 0.5}", "score: 0.4}", "the score of `often` in `extent` went", "base\n  criteria"),
    ("effort: 3", "effort: 4", "the effort of `join` went", "base\n  criteria"),
]


@pytest.mark.parametrize(("old", "new", "message", "at"), SELECTED)
def test_a_selection_changes_with_what_it_picks_from(old: str, new: str, message: str, at: str) -> None:
    before = read(SELECTION, read(QUESTIONNAIRE).questionnaire).questionnaire
    after = read(SELECTION, read(edited(QUESTIONNAIRE, old, new)).questionnaire)
    assert before
    findings = check(replace(after, before=before), CHANGING)
    (change,) = [finding for finding in findings if finding.code == "CVP602"]
    assert change.message.startswith(message)
    assert (change.place.line, change.place.column) == place_in(SELECTION, at)
    assert next(finding.code for finding in findings if finding.place.line == 3) == "CVP601"


def test_a_selection_that_the_change_does_not_touch_says_nothing() -> None:
    before = read(SELECTION, read(QUESTIONNAIRE).questionnaire).questionnaire
    after = read(SELECTION, read(edited(QUESTIONNAIRE, "must: 0.5", "must: 1")).questionnaire)
    assert check(replace(after, before=before), CHANGING) == []


def test_a_pick_that_came_or_went_is_told_where_the_picks_are() -> None:
    origin = read(QUESTIONNAIRE).questionnaire
    before = read(SELECTION, origin).questionnaire
    less, more = edited(SELECTION, "[price, bond]", "[price]"), edited(SELECTION, "bond]", "bond, job]")
    gone = check(replace(read(less, origin), before=before), CHANGING)
    assert [(f.place.line, f.place.column) for f in gone if "`bond` is gone" in f.message][-1] == place_in(
        less, "criteria: [price"
    )
    new = check(replace(read(more, origin), before=before), CHANGING)
    assert ("CVP602", *place_in(more, "job]")) in told(new)


@pytest.mark.parametrize("expect", ["", "expect: {level: 2, low: 1, high: 2}\n"])
def test_answers_whose_level_moved_are_told_where_they_expect_it(expect: str) -> None:
    text = edited(ANSWERS, "answers:\n", f"{expect}answers:\n")
    before = read(edited(QUESTIONNAIRE, "pass: 0.5", "pass: 0.6")).questionnaire
    after = read(text, read(QUESTIONNAIRE).questionnaire)
    (moved,) = check(replace(after, before=before), CHANGING)
    at = "2, low" if expect else "base\nversion"
    assert (moved.code, moved.place.line, moved.place.column) == ("CVP604", *place_in(text, at))
    assert moved.message == "these answers come out at level 2; with the earlier revision it was 1"
    assert check(replace(after, before=after.questionnaire), CHANGING) == []


def test_ballots_move_as_a_room() -> None:
    ballots = "ballots:\n  - {who: CFO, answers: {price: often, job: yes}}\n  - {who: CMO, answers: {price: often}}\n"
    text = ANSWERS[: ANSWERS.index("answers:")].replace('date: "2013-02-12"\n', "") + ballots
    before = read(edited(QUESTIONNAIRE, "pass: 0.5", "pass: 0.6")).questionnaire
    after = read(text, read(edited(QUESTIONNAIRE, "1.0.0", "2.0.0")).questionnaire)
    (moved,) = check(replace(after, before=before), CHANGING)
    assert moved.message == "these answers come out at level 2; with version 1.0.0 it was 1"


def test_why_nothing_was_compared_is_told_at_the_version() -> None:
    (finding,) = check(replace(read(QUESTIONNAIRE), uncompared="this file is new since `main`"), CHANGING)
    assert (finding.code, finding.place.line, finding.severity.label) == ("CVP605", 3, "info")


EXAMPLES: Final = Path(__file__).parent.parent / "cvp/rules/examples"
SHOWN = {
    "CVP601.yaml": ["CVP601", "CVP602"],
    "CVP602.yaml": ["CVP602"],
    "CVP603.yaml": ["CVP603", "CVP602"],
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_examples_are_changes_of_the_good_one(name: str) -> None:
    texts = [(EXAMPLES / file).read_text("utf-8") for file in (name, "example.yaml")]
    assert [finding.code for finding in check(replace(read(texts[0]), before=read(texts[1]).questionnaire))] == (
        SHOWN[name]
    )


def test_the_example_of_a_moved_level_was_scored_with_the_changed_threshold() -> None:
    after = read(
        (EXAMPLES / "CVP604.yaml").read_text("utf-8"), read((EXAMPLES / "example.yaml").read_text()).questionnaire
    )
    before = read((EXAMPLES / "CVP603.yaml").read_text("utf-8")).questionnaire
    assert [finding.code for finding in check(after)] == []
    (moved,) = check(replace(after, before=before))
    assert moved.message == "these answers come out at level 1; with version 2.0.0 it was 2"
