"""CVP2xx and CVP50x: names that lead nowhere, each one finding with its code, where it stands."""

from pathlib import Path

import pytest
from texts import ANSWERS, QUESTIONNAIRE, SELECTION, coded, edited, findings_in, place_in, row_names

from cvp.finding import Invalid
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.reading import parse_document
from cvp.rules import BY_CODE, check
from cvp.rules.subject import subject_of

CRITERION = "  - {{id: {}, level: 1, label: x, choices: extent, source: lee}}\n"
GUARD = "  - {{id: {}, label: x, choices: extent, below: 1, cap: 1, source: lee}}\n"
RECOMMENDATION = "  - {{id: {}, label: x, lifts: {{job: 1}}, effort: 1, first_step: x, customer_gain: y}}\n"

ROWS = [
    ("CVP201", "safeguards:\n", f"{CRITERION.format('price')}safeguards:\n", "price, level: 1"),
    ("CVP201", "safeguards:\n", f"safeguards:\n{GUARD.format('job')}", "job, label: x"),
    ("CVP201", "", RECOMMENDATION.format("talk"), "talk, label: x"),
    ("CVP201", "", RECOMMENDATION.format("paid"), "paid, label: x"),
    ("CVP202", "{value: always,", "{value: often,", "often, label: Always"),
    ("CVP202", "{value: yes,", "{value: no,", 'no, label: "Yes"'),
    ("CVP203", "choices: extent, below", "choices: extant, below", "extant"),
    ("CVP203", "choices: extent\n    weight", "choices: size\n    weight", "size"),
    ("CVP204", "cap: 2, source: lee", "cap: 2, source: lea", "lea}"),
    ("CVP204", "To be heard\n    source: lee", "To be heard\n    source: me", "me\n"),
    ("CVP205", "lenses: {area: brand}", "lenses: {arena: brand}", "arena"),
    ("CVP205", "lenses: {area: brand}", "lenses: {area: brands}", "brands"),
    ("CVP206", "lifts: {price: 1}", "lifts: {prize: 1}", "prize"),
    ("CVP206", "lifts: {price: 1}", "lifts: {price: 1, join: 1}", "join: 1"),
    ("CVP207", "after: [talk]", "after: [talks]", "talks"),
    ("CVP207", "after: [talk]", "after: [price]", "price]"),
    ("CVP208", "after: [talk]", "after: [join]", "[join]"),
    ("CVP208", "effort: S", "effort: S\n    after: [join]", "[join]"),
    ("CVP209", "label: Talk", "label: {de: Reden}", "label: {de"),
    ("CVP209", "{name: Job}", "{name: {de: Arbeit}}", "name: {de: Arb"),
    ("CVP209", "{brand: Brand,", "{brand: {de: Marke},", "brand: {de"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), ROWS, ids=row_names(ROWS))
def test_a_name_that_leads_nowhere_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(QUESTIONNAIRE, old, new)
    assert coded(findings_in(folder, bad)) == [(code, *place_in(bad, at))]


PICKS = [
    ("CVP210", "[price, bond]", "[price, band]", "band"),
    ("CVP210", "[price, bond]", "[price, paid]", "paid"),
    ("CVP210", "[price, bond]", "[price]\n  safeguards: [bond]", "bond"),
    ("CVP210", "[price, bond]", "[price, talk]", "talk"),
    ("CVP211", "from: base", "from: bass", "bass"),
    ("CVP211", "from: base", "from: ../nowhere.yaml", "../nowhere"),
    ("CVP211", "from: base", "from: some", "some\n  criteria"),
    ("CVP211", "from: base", "from: some.yaml", "some.yaml"),
    ("CVP211", "from: base", f"from: {'x' * 5000}", "xxx" * 1000 + "x" * 2000),
]


MIRRORS = [
    ("mirrors_of: bass\n", "[price]", "bass"),
    ("mirrors_of: base\n", "[price, prize]", "prize]"),
    ("mirrors_of: base\n", "[join]", "join]"),
    ("", "[price]", "[price]"),
]


@pytest.mark.parametrize(("top", "mirrors", "at"), MIRRORS, ids=[row[2] for row in MIRRORS])
def test_a_mirror_of_nothing_is_one_finding_where_it_stands(folder: Path, top: str, mirrors: str, at: str) -> None:
    bad = edited(QUESTIONNAIRE, "perspective:", f"{top}perspective:")
    bad = edited(bad, "- {id: paid,", f"- {{id: paid, mirrors: {mirrors},")
    document = parse_document(str(folder / "mirror.yaml"), bad.encode())
    found = check(subject_of(document, Finder(document.name)), [BY_CODE["CVP216"]])
    assert coded(tuple(found)) == [("CVP216", *place_in(bad, at))]


@pytest.mark.parametrize(("code", "old", "new", "at"), PICKS, ids=row_names(PICKS))
def test_a_pick_that_leads_nowhere_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(SELECTION, old, new)
    assert coded(findings_in(folder, bad, "some.yaml")) == [(code, *place_in(bad, at))]


GIVEN = [
    ("CVP501", "questionnaire: base", "questionnaire: bass", "bass"),
    ("CVP501", "questionnaire: base", "questionnaire: answers", "answers\nversion"),
    ("CVP501", "questionnaire: base", f"questionnaire: {'x' * 5000}", "x" * 5000),
    ("CVP503", "  price: often", "  prize: often", "prize"),
    ("CVP503", "  price: often", "  talk: often", "talk"),
    ("CVP504", "price: often", "price: oftener", "oftener"),
    ("CVP504", "choice: yes", "choice: yess", "yess"),
    ("CVP504", 'paid: "?"', "paid: sometimes", "sometimes"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), GIVEN, ids=row_names(GIVEN))
def test_an_answer_that_does_not_fit_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(ANSWERS, old, new)
    assert coded(findings_in(folder, bad, "answers.yaml")) == [(code, *place_in(bad, at))]


def test_answers_of_each_respondent_are_checked(folder: Path) -> None:
    first = "  - {who: A, answers: {price: oftn}}\n"
    second = "  - {who: B, answers: {prize: often, job: {choice: maybe}}}\n"
    bad = ANSWERS[: ANSWERS.index("answers:")] + "ballots:\n" + first + second
    assert coded(findings_in(folder, bad, "answers.yaml")) == [
        ("CVP504", *place_in(bad, "oftn")),
        ("CVP503", *place_in(bad, "prize")),
        ("CVP504", *place_in(bad, "maybe")),
    ]


def test_answers_for_another_questionnaire_are_refused_and_not_matched(folder: Path) -> None:
    questionnaire = load_questionnaire(str(folder / "base.yaml"))
    path = folder / "answers.yaml"
    bad = ANSWERS.replace("questionnaire: base", "questionnaire: level4").replace("price:", "prize:")
    path.write_text(bad)
    with pytest.raises(Invalid) as caught:
        load_answers(str(path), lambda _: questionnaire)
    assert coded(caught.value.findings) == [("CVP502", *place_in(bad, "level4"))]


def test_answers_to_an_unsound_questionnaire_are_refused(folder: Path) -> None:
    (folder / "base.yaml").write_text(edited(QUESTIONNAIRE, "weight: 2", "weight: 0"))
    assert [f.code for f in findings_in(folder, ANSWERS, "answers.yaml")] == ["CVP501"]


@pytest.mark.parametrize(
    ("text", "old", "new", "name", "help_"),
    [
        (QUESTIONNAIRE, "choices: extent, below", "choices: extant, below", "base.yaml", "did you mean `extent`?"),
        (QUESTIONNAIRE, "lenses: {area: brand}", "lenses: {arena: brand}", "base.yaml", "did you mean `area`?"),
        (QUESTIONNAIRE, "lifts: {price: 1}", "lifts: {prize: 1}", "base.yaml", "did you mean `price`?"),
        (QUESTIONNAIRE, "lifts: {price: 1}", "lifts: {zzz: 1}", "base.yaml", "known: bond, job, paid, price"),
        (QUESTIONNAIRE, "after: [talk]", "after: [tlak]", "base.yaml", "did you mean `talk`?"),
        (SELECTION, "[price, bond]", "[price, band]", "some.yaml", "did you mean `bond`?"),
        (ANSWERS, "  price: often", "  prize: often", "answers.yaml", "did you mean `price`?"),
        (ANSWERS, "price: often", "price: oftener", "answers.yaml", "did you mean `often`?"),
        (ANSWERS, "price: often", "price: zzz", "answers.yaml", "the choices are never, often, always"),
    ],
)
def test_the_nearest_name_or_all_names_are_told(
    folder: Path, text: str, old: str, new: str, name: str, help_: str
) -> None:
    (finding,) = findings_in(folder, edited(text, old, new), name)
    assert finding.help == help_


def test_a_circle_of_three_is_told_once_with_its_way(folder: Path) -> None:
    third = RECOMMENDATION.format("third").replace("effort: 1", "effort: 1, after: [join]")
    bad = edited(QUESTIONNAIRE, "effort: S", "effort: S\n    after: [third]") + third
    (finding,) = findings_in(folder, bad)
    assert (finding.code, finding.message) == ("CVP208", "these wait for each other: talk → third → join → talk")


def test_two_circles_are_two_findings(folder: Path) -> None:
    itself = edited(QUESTIONNAIRE, "after: [talk]", "after: [join]")
    bad = edited(itself, "effort: S", "effort: S\n    after: [talk]")
    assert [f.code for f in findings_in(folder, bad)] == ["CVP208", "CVP208"]


def test_a_thousand_recommendations_in_a_row_are_no_circle(folder: Path) -> None:
    lines = [
        RECOMMENDATION.format(f"r{i}").replace("effort: 1", f"effort: 1, after: [{f'r{i - 1}' if i else 'join'}]")
        for i in range(900)
    ]
    assert findings_in(folder, QUESTIONNAIRE + "".join(lines)) == ()


def test_an_id_that_older_yaml_reads_as_false_is_a_text(folder: Path) -> None:
    text = edited(QUESTIONNAIRE, "- id: bond\n", "- id: no\n").replace("{bond: 1,", "{no: 1,")
    assert findings_in(folder, text) == ()
    assert "no" in load_questionnaire(str(folder / "base.yaml")).questions


@pytest.mark.parametrize("name", ["title", "label", "name", "summary", "why", "example", "short", "hint"])
def test_sources_lists_and_lenses_may_be_called_like_texts(folder: Path, name: str) -> None:
    text = QUESTIONNAIRE.replace("source: lee", f"source: {name}").replace("  lee: {", f"  {name}: {{")
    text = text.replace("choices: extent", f"choices: {name}").replace("  extent:", f"  {name}:")
    text = text.replace("{area: brand}", f"{{{name}: brand}}").replace("area: {label: Area", f"{name}: {{label: Area")
    assert findings_in(folder, text) == ()


def test_a_misspelt_list_is_told_for_each_question_that_uses_it(folder: Path) -> None:
    bad = QUESTIONNAIRE.replace("  extent:\n", "  extend:\n")
    found = findings_in(folder, bad)
    assert [f.code for f in found] == ["CVP203"] * 3
    assert {f.help for f in found} == {"did you mean `extend`?"}
