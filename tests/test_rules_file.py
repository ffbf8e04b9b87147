"""CVP1xx: each fault of a file is one finding with its code, where it stands."""

from pathlib import Path

import pytest
from texts import ANSWERS, QUESTIONNAIRE, SELECTION, coded, edited, findings_in, place_in, row_names

from cvp.finding import Invalid
from cvp.loading import load_questionnaire

# Code, what is replaced, by what, and the text where the finding must stand.
READING = [
    ("CVP101", "label: Talk", "label: Talk: now", ": now"),
    ("CVP101", "source: lee\nsafeguards:", "source: ?\nsafeguards:", "?\nsafeguards"),
    ("CVP101", "  - id: join", "   - id: join", "- id: join"),
    ("CVP103", "first_step: Call one", "first_step: Call \x1b[31m", "\x1b"),
    ("CVP103", "first_step: Call one", 'first_step: "Call \\x1b[31m"', '"Call'),
    ("CVP103", "label: Talk", "label: \u202eklaT", "\u202e"),
    ("CVP104", "  4: {name: Capital}", "  4: {name: " + "[" * 40 + "]" * 40 + "}", "[" * 11 + "]"),
    ("CVP105", "    weight: 2\n", "    weight: 2\n    level: 1\n", "level: 1\n    lenses"),
    ("CVP105", "  2: {name: Job}", '  2: {name: Job}\n  "2": {name: Work}', '"2"'),
    ("CVP106", "lifts: {price: 1}", "lifts: &up {price: 1}", "&up"),
    ("CVP107", "weight: 2", "weight: !!float 2", "!!float"),
    ("CVP108", "", "---\ncvp: 1\n", "---"),
    ("CVP109", "lifts: {price: 1}", "lifts: {[price]: 1}", "[price]:"),
    ("CVP110", "weight: 2", "weight: .inf", ".inf"),
    ("CVP110", "effort: 3", "effort: 12345678901234567890", "12345678901234567890"),
    ("CVP110", "label: Talk", "label: 12345678901234567890", "12345678901234567890"),
]

MODEL = [
    ("CVP111", "weight: 2", "wieght: 2", "wieght"),
    ("CVP111", "perspective: company", "perspective: company\nextra: 1", "extra"),
    ("CVP111", "{value: never, label", "{value: never, lable: x, label", "lable"),
    ("CVP111", "1: {name: Commodity, pass", "1: {name: Commodity, passing: 0.4, pass", "passing"),
    ("CVP111", "1: {name: Commodity, pass: 0.5}", "1: {name: Commodity, passing: 0.5}", "passing"),
    ("CVP111", "effort: 3", "effort: 3\n    efort: 3", "efort"),
    ("CVP112", "perspective: company\n", "", "cvp: 1\nid"),
    ("CVP112", "    label: Is the job done?\n", "", "id: job"),
    ("CVP112", "    label: Would they miss you?\n", "", "id: bond"),
    ("CVP112", "{value: often, label: Often, score: 0.5}", "{value: often, label: Often}", "{value: often"),
    ("CVP112", "  2: {name: Job}", "  2: {pass: 0.6}", "2: {pass"),
    ("CVP112", "    customer_gain: To be seen\n", "", "id: join"),
    ("CVP112", "lee: {author: Bill Lee, title: Level 4,", "lee: {author: Bill Lee,", "lee: {"),
    ("CVP113", 'version: "1.0.0"', "version: 1.10", "1.10"),
    ("CVP113", "label: Talk", "label: #1 priority", " #1"),
    ("CVP113", "label: Talk", "label:", "\n    lifts: {price"),
    ("CVP113", "label: Talk", "label: 2013", "2013\n"),
    ("CVP113", "label: Talk", "label: true", "true"),
    ("CVP113", "label: Talk", "label: [Talk]", "[Talk]"),
    ("CVP113", "weight: 2", 'weight: "2"', '"2"'),
    ("CVP113", "weight: 2", "weight: true", "true"),
    ("CVP113", "score: 0.5", "score: false", "false"),
    ("CVP113", "after: [talk]", "after: talk", "talk\n    first_step: Write"),
    ("CVP113", "lifts: {price: 1}", "lifts: [price]", "[price]"),
    ("CVP113", "{value: no, label", "{value: 1, label", '1, label: "No"'),
    ("CVP113", "fresh_for: 12", "fresh_for: 1.5", "1.5"),
    ("CVP113", "effort: 3", "effort: 2.5", "2.5"),
    ("CVP114", "weight: 2", "weight: 0", "0\n    lenses"),
    ("CVP114", "weight: 2", "weight: -1", "-1"),
    ("CVP114", "score: 0.5", "score: 1.5", "1.5"),
    ("CVP114", "score: 0.5", "score: -0.5", "-0.5"),
    ("CVP114", "id: base", "id: Base", "Base"),
    ("CVP114", "id: base", 'id: "base\\n"', '"base'),
    ("CVP114", "{value: no, label", "{value: No, label", "No, label"),
    ("CVP114", 'version: "1.0.0"', 'version: "1.0"', '"1.0"'),
    ("CVP114", "cvp: 1\n", "cvp: 2\n", "2\nid"),
    ("CVP114", "cvp: 1\n", "cvp: true\n", "true"),
    ("CVP114", "cvp: 1\n", "cvp: 1.0\n", "1.0\n"),
    ("CVP114", "    level: 3", "    level: 5", "5\n    label: Would"),
    ("CVP114", "    level: 3", "    level: true", "true"),
    ("CVP114", "perspective: company", "perspective: seller", "seller"),
    ("CVP114", "  4: {name: Capital}\n", "", "1: {name"),
    ("CVP114", "  4: {name: Capital}", "  4: {name: Capital}\n  5: {name: More}", "5: {name"),
    ("CVP114", "label: Talk", 'label: ""', '""'),
    ("CVP114", "lifts: {price: 1}", "lifts: {}", "{}"),
    ("CVP113", "effort: 3", "effort: XL", "XL"),
    ("CVP114", "effort: 3", "effort: 0", "0\n    after"),
    ("CVP114", "fresh_for: 12", "fresh_for: 0", "0\n    source"),
    ("CVP114", '"https://example.com/lee"', '"javascript:alert(1)"', '"javascript'),
    ("CVP114", "de: Ein kleiner", "DE: Ein kleiner", "DE: Ein"),
    ("CVP114", "label: Talk", f"label: {'long ' * 2001}", "long long " * 1000),
]


ANSWERS_ROWS = [
    ("CVP111", "company: Acme", "compny: x\ncompany: Acme", "compny"),
    ("CVP111", "note: They say so.", "notes: x", "notes"),
    ("CVP111", '{text: A letter, date: "2012-11-01"}', "{text: A letter, when: now}", "when"),
    ("CVP112", "company: Acme\n", "", "cvp: 1"),
    ("CVP112", '{text: A letter, date: "2012-11-01"}', '{date: "2012-11-01"}', "{date"),
    ("CVP114", "price: often", "price: 3", "3\n  job"),
    ("CVP114", "price: often", "price: [often]", "[often]"),
    ("CVP114", "price: often", "price:", "\n  job"),
    ("CVP113", "company: Acme", "company: 1984", "1984"),
    ("CVP113", 'date: "2013-02-12"', "date: 2013", "2013\n"),
    ("CVP114", 'date: "2013-02-12"', 'date: "2013-02-30"', '"2013-02-30"'),
    ("CVP114", 'date: "2013-02-12"', 'date: "12.2.2013"', '"12.2.2013"'),
    ("CVP114", 'date: "2013-02-12"', 'date: "2013-02"', '"2013-02"'),
    ("CVP114", '"2012-11-01"', '"2012-13"', '"2012-13"'),
    ("CVP114", '"2012-11-01"', '"2012-00"', '"2012-00"'),
    ("CVP114", '"2012-11-01"', '"0000"', '"0000"'),
    ("CVP504", "price: often", "price: Often", "Often"),
    ("CVP504", "price: often", 'price: "??"', '"??"'),
    ("CVP114", "bond: {not_applicable: nobody is bound}", 'bond: {not_applicable: ""}', '""'),
    ("CVP114", "bond: {not_applicable: nobody is bound}", "bond: {not_applicable: x, choice: often}", "{not_app"),
    ("CVP114", "bond: {not_applicable: nobody is bound}", "bond: {note: hm}", "{note"),
    ("CVP114", "", "ballots: [{who: CFO, answers: {}}]\n", "cvp: 1"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), READING + MODEL, ids=row_names(READING + MODEL))
def test_a_fault_of_a_questionnaire_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(QUESTIONNAIRE, old, new)
    assert coded(findings_in(folder, bad)) == [(code, *place_in(bad, at))]


@pytest.mark.parametrize(("code", "old", "new", "at"), ANSWERS_ROWS, ids=row_names(ANSWERS_ROWS))
def test_a_fault_of_answers_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(ANSWERS, old, new)
    assert coded(findings_in(folder, bad, "answers.yaml")) == [(code, *place_in(bad, at))]


SELECTION_ROWS = [
    ("CVP111", "picks:", "picks:\n  form: x", "form"),
    ("CVP111", "from: base", "from: base\n  origin: base", "origin"),
    ("CVP112", "title: Some of it\n", "", "cvp: 1"),
    ("CVP112", "  from: base\n", "", "picks"),
    ("CVP113", "criteria: [price, bond]", "criteria: price", "price"),
    ("CVP114", "criteria: [price, bond]", "criteria: []", "[]"),
    ("CVP114", "criteria: [price, bond]", "criteria: [Price]", "Price"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), SELECTION_ROWS, ids=row_names(SELECTION_ROWS))
def test_a_fault_of_a_selection_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(SELECTION, old, new)
    assert coded(findings_in(folder, bad, "some.yaml")) == [(code, *place_in(bad, at))]


def test_the_base_texts_are_sound(folder: Path) -> None:
    assert findings_in(folder, QUESTIONNAIRE) == ()
    assert findings_in(folder, SELECTION, "some.yaml") == ()
    assert findings_in(folder, ANSWERS, "answers.yaml") == ()


def test_line_and_column_count_from_one(folder: Path) -> None:
    """The helper `place_in` computes places; here they are by hand."""
    assert coded(findings_in(folder, edited(QUESTIONNAIRE, "weight: 2", "weight: 0"))) == [("CVP114", 27, 13)]
    assert coded(findings_in(folder, edited(QUESTIONNAIRE, "weight: 2", "wieght: 2"))) == [("CVP111", 27, 5)]


def test_latin_1_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_bytes(QUESTIONNAIRE.replace("Talk", "Café", 1).encode("latin-1"))
    text = (tmp_path / "base.yaml").read_bytes().decode("latin-1")
    with pytest.raises(Invalid) as caught:
        load_questionnaire(str(tmp_path / "base.yaml"))
    assert coded(caught.value.findings) == [("CVP102", *place_in(text, "é"))]


@pytest.mark.parametrize("text", ["", "# none\n", "~\n", "a text\n", "42\n", "[1]\n", "a: 1\n", "cvp: 1\nid: base\n"])
def test_what_is_neither_questionnaire_nor_answers_is_unrecognised(tmp_path: Path, text: str) -> None:
    assert coded(findings_in(tmp_path, text)) == [("CVP115", 1, 1)]


def test_an_empty_file_of_answers_is_refused(folder: Path) -> None:
    assert len(findings_in(folder, "", "answers.yaml")) == 1


@pytest.mark.parametrize(
    ("text", "old", "new", "name", "help_"),
    [
        (QUESTIONNAIRE, "weight: 2", "wieght: 2", "base.yaml", "did you mean `weight`?"),
        (
            QUESTIONNAIRE,
            "perspective: company",
            "perspective: company\nlenss: 1",
            "base.yaml",
            "did you mean `lenses`?",
        ),
        (QUESTIONNAIRE, "  2: {name: Job}", "  2: {name: Job, pas: 1}", "base.yaml", "did you mean `pass`?"),
        (QUESTIONNAIRE, "{value: often, label", "{value: often, scor: 1, label", "base.yaml", "did you mean `score`?"),
        (QUESTIONNAIRE, "effort: 3", "effort: 3\n    exampel: x", "base.yaml", "did you mean `example`?"),
        (ANSWERS, "note: They say so.", "notes: x", "answers.yaml", "did you mean `note`?"),
        (ANSWERS, "A letter, date", "A letter, dates: x, date", "answers.yaml", "did you mean `date`?"),
        (SELECTION, "picks:", "picks:\n  criterias: [a]", "some.yaml", "did you mean `criteria`?"),
        (QUESTIONNAIRE, "cap: 2", "cap: 2, zzz: 1", "base.yaml", "known here: below, cap, choices"),
    ],
)
def test_an_unknown_key_is_told_with_the_known_ones(
    folder: Path, text: str, old: str, new: str, name: str, help_: str
) -> None:
    (finding,) = findings_in(folder, edited(text, old, new), name)
    assert (finding.code, finding.help.startswith(help_)) == ("CVP111", True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version: "1.0.0"', "version: 1.10", "`version` is a number where a text is wanted"),
        ("label: Talk", "label:", "`label` is empty where a text is wanted"),
        ("weight: 2", "weight: 0", "`weight` must be more than 0"),
        ("score: 0.5", "score: 1.5", "`score` must be at most 1"),
        ("perspective: company", "perspective: seller", "`perspective` must be 'company' or 'buyer'"),
        ("id: base", "id: Base", "`id` is no id; use small letters, digits and _, with a letter first"),
        ("lifts: {price: 1}", "lifts: {}", "`lifts` needs at least 1 entry"),
        ("    customer_gain: To be seen\n", "", "`customer_gain` is missing"),
        ("  4: {name: Capital}\n", "", "`levels` level 4 is missing; all four are needed, always"),
    ],
)
def test_what_a_finding_says(folder: Path, old: str, new: str, said: str) -> None:
    assert [f.message for f in findings_in(folder, edited(QUESTIONNAIRE, old, new))] == [said]


def test_no_message_shows_a_hostile_value(folder: Path) -> None:
    hostile = "\x1b]0;owned\x07" + "A" * 5000
    for old, new in (
        ("weight: 2", f"weight: '{hostile}'"),
        ("label: Talk", f"lab{hostile}: Talk"),
        ("id: base", f"id: {hostile}"),
    ):
        for finding in findings_in(folder, edited(QUESTIONNAIRE, old, new)):
            assert "\x1b" not in finding.message + finding.help
            assert "AAAA" not in finding.message or finding.code == "CVP111"


def test_all_faults_of_a_file_are_told_at_once(folder: Path) -> None:
    bad = QUESTIONNAIRE
    for old, new in (
        ("weight: 2", "wieght: 0"),
        ("score: 0.5", "score: 5"),
        ("fresh_for: 12", "fresh_for: soon"),
        ("lifts: {price: 1}", "lifts: {prize: 1}"),
        ("after: [talk]", "after: [tell]"),
        ("cap: 2", "cap: 0"),
        ("lenses: {area: brand}", "lenses: {area: brands}"),
        ("choices: extent\n    source: lee\nsafeguards", "choices: extend\n    source: leee\nsafeguards"),
        ("label: Is the job done?", "label: [x]"),
    ):
        bad = edited(bad, old, new)
    assert sorted(f.code for f in findings_in(folder, bad)) == sorted(
        ["CVP111", "CVP114", "CVP113", "CVP206", "CVP207", "CVP114", "CVP205", "CVP203", "CVP204", "CVP113"]
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [('version: "1.0.0"', "version: 1.0", "CVP113"), ("title: {en: A small one, de: Ein kleiner}\n", "", "CVP112")],
)
def test_a_fault_at_the_top_does_not_hide_those_below(folder: Path, old: str, new: str, code: str) -> None:
    bad = edited(edited(QUESTIONNAIRE, old, new), "lifts: {price: 1}", "lifts: {prize: 1}")
    assert [f.code for f in findings_in(folder, bad)] == [code, "CVP206"]


def test_the_same_key_missing_from_two_items_is_two_findings(folder: Path) -> None:
    bad = edited(edited(QUESTIONNAIRE, "    label: Is the job done?\n", ""), "    label: Would they miss you?\n", "")
    assert coded(findings_in(folder, bad)) == [("CVP112", *place_in(bad, at)) for at in ("id: job", "id: bond")]


def test_findings_come_in_the_order_of_the_file(folder: Path) -> None:
    bad = edited(edited(QUESTIONNAIRE, "effort: 3", "effort: 0"), "label: Talk", "label: !x Talk")
    found = coded(findings_in(folder, edited(bad, "weight: 2", "wieght: 2")))
    assert [code for code, _, _ in found] == ["CVP111", "CVP107", "CVP114"]
    assert found == sorted(found, key=lambda f: f[1:])


def test_what_could_not_be_read_is_not_also_of_a_wrong_value(folder: Path) -> None:
    assert [f.code for f in findings_in(folder, edited(QUESTIONNAIRE, "weight: 2", "weight: .nan"))] == ["CVP110"]


def test_a_hostile_file_has_at_most_fifty_reading_faults(folder: Path) -> None:
    found = findings_in(folder, QUESTIONNAIRE + "".join(f"k{i}: *a\n" for i in range(500)))
    assert sum(finding.code == "CVP106" for finding in found) == 50


@pytest.mark.parametrize(
    ("old", "new", "help_"),
    [
        ("weight: 2", "weight: 70%", "write 0.7"),
        ("weight: 2", "weight: 1,5", "write 1.5, without quotes"),
        ("weight: 2", 'weight: "2"', "write 2, without quotes"),
        ("weight: 2", "weight: two", "write a number alone, in digits, as in 0.5"),
        ("effort: 3", "effort: three", "write a number alone, in digits, as in 3"),
        ("effort: 3", "effort: 3 days", "write a number alone, in digits, as in 3"),
        ("effort: 3", "effort: 50%", "write a whole number alone, as in 3"),
        ("effort: 3", "effort: 2.5", "round it: 2 or 3"),
        ("effort: 3", "effort: 0.5", "write 1"),
        ("effort: 3", "effort: 3.0", "write 3"),
    ],
)
def test_what_is_no_number_says_how_to_write_one(folder: Path, old: str, new: str, help_: str) -> None:
    finding = findings_in(folder, edited(QUESTIONNAIRE, old, new))[0]
    assert (finding.code, finding.help) == ("CVP113", help_)


def test_an_id_that_differs_from_another_only_by_case_says_so(folder: Path) -> None:
    (finding, *_) = findings_in(folder, edited(QUESTIONNAIRE, "id: price", "id: Job"))
    assert finding.help == "it differs from `job` only by case"
