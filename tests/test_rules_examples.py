"""Every rule has a bad example: the good one with the least change, in which this rule alone finds something, once."""

from pathlib import Path

import pytest
from golden_files import assert_golden
from texts import Found, coded, edited, place_in

from cvp.checking import Named, Request, check_read
from cvp.finding import Finding
from cvp.loading import Finder
from cvp.reading import parse_document
from cvp.rules import BY_CODE, RULES, Rule, check
from cvp.rules.subject import subject_of

EXAMPLES = Path(__file__).parent.parent / "cvp/rules/examples"
GOOD = ("example.yaml", "example-answers.yaml")
GOOD_TEXT = (EXAMPLES / "example.yaml").read_text(encoding="utf-8")

WITHOUT = {
    "CVP116": "needs 30,000 values",
    "CVP117": "no file can show that a file cannot be read",
}
"""Rules that no file of a sensible size can show."""
ABOUT_ONE_FILE = "123457"
"""Families whose rules look at one file alone; the others need an earlier revision."""


def found_in_file(path: Path) -> list[Finding]:
    checked = check_read(Named(str(path)), path.read_bytes(), Request(), Finder(str(path)))
    assert checked
    return list(checked.findings)


def found_in(text: str) -> Found:
    path = EXAMPLES / "edited.yaml"
    return coded(tuple(check(subject_of(parse_document(str(path), text.encode()), Finder(str(path))))))


def of_examples() -> list[Path]:
    return sorted(EXAMPLES.glob("CVP*.yaml"))


def test_every_rule_has_an_example() -> None:
    shown = {path.stem for path in of_examples()} | WITHOUT.keys()
    assert {rule.code for rule in RULES if rule.family in ABOUT_ONE_FILE} <= shown
    assert shown <= BY_CODE.keys()


def test_every_id_is_given_once_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_found_in_a_good_example(name: str) -> None:
    assert found_in_file(EXAMPLES / name) == []


@pytest.mark.parametrize("path", [p for p in of_examples() if p.stem[3] in ABOUT_ONE_FILE], ids=lambda path: path.stem)
def test_an_example_is_one_finding_of_its_rule(path: Path) -> None:
    assert [finding.code for finding in found_in_file(path)] == [path.stem]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_is_wrong_why_and_how_to_mend_it(rule: Rule) -> None:
    title, blank, *why = rule.text.splitlines()
    assert len(title) <= 72
    assert title.endswith(".")
    assert not blank
    assert len(" ".join(why).strip()) >= 60


def test_what_the_examples_say() -> None:
    lines = []
    for path in of_examples():
        for finding in found_in_file(path):
            lines.append(f"{finding.code} {finding.place.line}:{finding.place.column} {finding.message}\n")
    assert_golden("rules.txt", "".join(lines))


CHOICE_LIST = "  often:\n    - {value: never, label: Never, score: 0}\n    - {value: weekly, label: Weekly, score: 1}\n"
UNUSED = [
    ("CVP212", "levels:\n", f"{CHOICE_LIST}levels:\n", "often:"),
    ("CVP213", "choices:\n  share", "  me: {author: Me, title: Mine}\nchoices:\n  share", "me: {author"),
    (
        "CVP214",
        "criteria:\n",
        "  area: {label: Area, values: {brand: Brand, product: Product}}\ncriteria:\n",
        "area: {",
    ),
    ("CVP214", "{mechanism: affiliation}", "{mechanism: reputation}", "affiliation: Affiliation"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), UNUSED)
def test_what_is_defined_and_not_used_is_one_finding_at_its_name(code: str, old: str, new: str, at: str) -> None:
    bad = edited(GOOD_TEXT, old, new)
    assert found_in(bad) == [(code, *place_in(bad, at))]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("CVP203", "  share:\n", "  shares:\n"),
        ("CVP204", "  lee: {author", "  leo: {author"),
        ("CVP205", "affiliation: Affiliation", "afiliation: Affiliation"),
        ("CVP205", "  mechanism: {label", "  mechanisms: {label"),
    ],
)
def test_a_misspelt_name_is_unknown_and_not_also_unused(code: str, old: str, new: str) -> None:
    assert {found for found, _, _ in found_in(edited(GOOD_TEXT, old, new))} == {code}


def test_what_a_faulty_question_uses_is_used() -> None:
    bad = edited(GOOD_TEXT, "How many buyers met a peer through you?", '""')
    assert [code for code, _, _ in found_in(bad)] == ["CVP114"]


def test_an_id_that_differs_from_another_by_case_holds_a_capital_which_is_one_finding() -> None:
    bad = edited(GOOD_TEXT, "id: unpaid", "id: Mend")
    assert found_in(bad) == [("CVP114", *place_in(bad, "Mend"))]


def test_a_language_written_otherwise_is_told_once() -> None:
    bad = edited(GOOD_TEXT, "languages: {en: English}", "languages: {en: English, de-CH: Deutsch}")
    for text in ("Commodity", "Emotional bond"):
        bad = edited(bad, f"name: {text}", f"name: {{en: {text}, de-ch: Etwas}}")
    found = found_in(bad)
    assert [code for code, _, _ in found].count("CVP215") == 1
    assert ("CVP215", *place_in(bad, "de-ch: Etwas}, pass: 0.7}\n  2")) in found
