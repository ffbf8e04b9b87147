"""CVP505 and on: answers that say less than they seem to, and cases that come out otherwise than expected."""

from pathlib import Path
from typing import Final

import pytest
from texts import Found, coded, edited, place_in

import cvp.rules.cases
from cvp.catalogue import folder as shipped_folder
from cvp.finding import Finding
from cvp.gates import Scale, scale_of
from cvp.loading import Finder, load_answers
from cvp.questionnaire import Questionnaire
from cvp.reading import parse_document, read_document
from cvp.rules import LOADING, MOST, check
from cvp.rules.cases import case_result
from cvp.rules.subject import Subject, answers_subject, subject_of

EXAMPLES: Final = Path(__file__).parent.parent / "cvp/rules/examples"
GOOD: Final = (EXAMPLES / "example-answers.yaml").read_text(encoding="utf-8")
HEAD: Final = GOOD[: GOOD.index("answers:\n")]
EVIDENCE: Final = 'date: "2025-12"'
SHEET: Final = "{price: most, promise: most, name: half}"
CASES: Final = sorted((shipped_folder() / "cases").glob("*.yaml"))


def read(text: str) -> Subject:
    path = str(EXAMPLES / "edited.yaml")
    return answers_subject(parse_document(path, text.encode()), Finder(path))


def findings_in(text: str) -> list[Finding]:
    return check(read(text))


def found_in(text: str) -> Found:
    return coded(tuple(findings_in(text)))


@pytest.mark.parametrize(("version", "is_found"), [("1.0.9", False), ("1.1.0", True), ("0.9.0", True), ("2.0.0", True)])
def test_answers_to_another_version_are_told_unless_only_its_wording_changed(version: str, is_found: bool) -> None:
    text = edited(GOOD, 'version: "1.0.0"', f'version: "{version}"')
    assert found_in(text) == ([("CVP505", *place_in(text, f'"{version}"'))] if is_found else [])


@pytest.mark.parametrize(
    ("date", "is_found"),
    [
        ("2026-01-31", False),
        ("2026-02-01", True),
        ("2026-01", False),
        ("2026-02", True),
        ("2026", False),
        ("2027", True),
    ],
)
def test_evidence_is_no_younger_than_the_assessment(date: str, is_found: bool) -> None:
    text = edited(GOOD, EVIDENCE, f'date: "{date}"')
    assert found_in(text) == ([("CVP506", *place_in(text, f'"{date}"}}'))] if is_found else [])


def test_without_a_date_no_evidence_is_too_young_or_too_old() -> None:
    text = edited(edited(GOOD, 'date: "2026-01-31"\n', ""), EVIDENCE, 'date: "9999"')
    assert found_in(edited(text, 'miss: "?"', 'miss: {choice: half, evidence: [{text: x, date: "1999"}]}')) == []


@pytest.mark.parametrize(
    ("dates", "at"),
    [
        (["2024-07-31"], ""),
        (["2024-07-30"], "2024-07-30"),
        (["2024-07"], ""),
        (["2024-06"], "2024-06"),
        (["2020", "2024-06", "2023-05-05"], "2024-06"),
        (["2020", "2024-08"], ""),
    ],
)
def test_a_stale_answer_is_told_at_its_newest_evidence(dates: list[str], at: str) -> None:
    evidence = ", ".join(f'{{text: x, date: "{date}"}}' for date in dates)
    text = edited(GOOD, 'miss: "?"', f"miss: {{choice: half, evidence: [{evidence}]}}")
    assert found_in(text) == ([("CVP507", *place_in(text, f'"{at}"'))] if at else [])


def test_a_stale_answer_with_faulty_evidence_before_it_is_told_where_it_stands() -> None:
    evidence = '{date: "2019"}, {text: x, date: soon}, {text: x, date: "2020"}'
    text = edited(GOOD, 'miss: "?"', f"miss: {{choice: half, evidence: [{evidence}]}}")
    assert ("CVP507", *place_in(text, '"2020"')) in found_in(text)


def test_what_is_not_answered_is_told_once_with_some_names() -> None:
    text = edited(GOOD, '  miss: "?"\n  stay: "?"\n  praise: "?"\n', "")
    text = edited(text, "  peers: none\n", "")
    (finding,) = findings_in(text)
    assert coded((finding,)) == [("CVP508", *place_in(text, "answers:"))]
    assert finding.message == "4 questions of 13 not answered: `miss`, `stay`, `praise` and 1 more"


def test_a_misspelt_question_is_unknown_and_not_also_unanswered() -> None:
    assert [code for code, _, _ in found_in(edited(GOOD, "  price: most", "  prise: most"))] == ["CVP503"]


def test_a_faulty_answer_is_an_answer() -> None:
    assert [code for code, _, _ in found_in(edited(GOOD, "  price: most", "  price: 3"))] == ["CVP114"]


def test_a_question_that_any_respondent_answers_is_answered() -> None:
    rest = GOOD[GOOD.index("  job:") :].replace("\n", "\n    ").rstrip()
    text = f"{HEAD}ballots:\n  - {{who: A, answers: {SHEET}}}\n  - who: B\n    answers:\n    {rest}\n"
    assert found_in(text) == []
    found = findings_in(f"{HEAD}ballots:\n  - {{who: A, answers: {SHEET}}}\n")
    assert [f.message[:24] for f in found if f.code == "CVP508"] == ["10 questions of 13 not a"]


@pytest.mark.parametrize(("who", "is_found"), [("CFO", True), ('" cfo "', True), ("CFO 2", False)])
def test_a_respondent_has_one_ballot(who: str, is_found: bool) -> None:
    text = f"{HEAD}ballots:\n  - {{who: CFO, answers: {SHEET}}}\n  - {{ who: {who}, answers: {SHEET}}}\n"
    line, column = place_in(text, "{ who:")
    found = [found for found in found_in(text) if found[0] == "CVP509"]
    assert found == ([("CVP509", line, column + len("{ who: "))] if is_found else [])


def test_a_faulty_ballot_does_not_shift_the_places_of_the_others() -> None:
    text = f"{HEAD}ballots:\n  - {{who: A}}\n  - {{who: B, answers: {{prize: most}}}}\n  - {{who: b, answers: {{}}}}\n"
    found = found_in(text)
    assert ("CVP503", *place_in(text, "prize")) in found
    assert ("CVP509", *place_in(text, "b, answers: {}")) in found


@pytest.mark.parametrize(
    ("reason", "code"), [('""', "CVP114"), ("", "CVP114"), ("[]", "CVP113"), ("true", "CVP113"), ("we are new", "")]
)
def test_not_applicable_needs_a_reason(reason: str, code: str) -> None:
    text = edited(GOOD, "{not_applicable: Our buyers are not allowed to be named}", f"{{not_applicable: {reason}}}")
    assert [found for found, _, _ in found_in(text)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("expect", "at", "message"),
    [
        ("{level: 2, low: 1, high: 1}", "2, low", "expected level 2, came out as 1"),
        ("{level: 1, low: 2, high: 1}", "2, high", "expected low 2, came out as 1"),
        ("{level: 1, low: 1, high: 4}", "4}", "expected high 4, came out as 1"),
        ("{level: 1, low: 1, high: 1, uncapped_level: 3}", "3}", "expected uncapped level 3, came out as 1"),
    ],
)
def test_a_case_that_comes_out_otherwise_is_told_at_what_was_expected(expect: str, at: str, message: str) -> None:
    text = edited(GOOD, "{level: 1, low: 1, high: 1}", expect)
    (finding,) = findings_in(text)
    assert (coded((finding,)), finding.message) == ([("CVP510", *place_in(text, at))], message)
    result = case_result(read(text))
    assert result
    assert (result.name, result.passed, result.message) == ("Acme", False, message)


def test_all_that_came_out_otherwise_is_one_result() -> None:
    result = case_result(read(edited(GOOD, "{level: 1, low: 1, high: 1}", "{level: 3, low: 2, high: 1}")))
    assert result
    assert result.message == "expected level 3, came out as 1; expected low 2, came out as 1"


def test_a_case_that_comes_out_as_expected_passes() -> None:
    result = case_result(read(GOOD))
    assert result
    assert (result.name, result.passed, result.message) == ("Acme", True, "")
    assert case_result(read(edited(GOOD, "expect: {level: 1, low: 1, high: 1}\n", ""))) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("questionnaire: example", "questionnaire: exmaple"),
        ("  price: most", "  prize: most"),
        ("  price: most", "  price: mots"),
        ("  price: most", "  price: 3"),
        ("  price: most", "  price: most\n  price: few"),
    ],
)
def test_a_case_with_errors_is_not_scored_and_does_not_pass(old: str, new: str) -> None:
    subject = read(edited(edited(GOOD, old, new), "{level: 1,", "{level: 4,"))
    result = case_result(subject)
    assert result
    assert (result.passed, result.message) == (False, "its answers have errors, so they were not scored")
    assert "CVP510" not in {finding.code for finding in check(subject)}


def test_a_case_of_several_respondents_is_scored_as_a_room() -> None:
    full = "{price: most, promise: most, name: most, job: most, result: most, extras: most, paid: thanks}"
    ballots = "".join(f"  - {{who: {who}, answers: {full}}}\n" for who in "ABC")
    text = f"{HEAD}ballots:\n{ballots}"
    assert ("CVP510", "expected level 1, came out as 2") in {(f.code, f.message) for f in findings_in(text)}


def test_a_case_without_a_date_has_no_stale_answer() -> None:
    full = "price: most, promise: most, name: most, job: most, result: most, extras: most, stay: most, praise: most"
    miss = 'miss: {choice: most, evidence: [{text: x, date: "1999"}]}'
    text = (
        edited(HEAD, 'date: "2026-01-31"\n', "") + f"answers: {{{full}, {miss}, known: none, peers: none, say: none}}\n"
    )
    text = text.replace("{level: 1, low: 1, high: 1}", "{level: 3, low: 2, high: 3}")
    assert [f.message for f in findings_in(text) if f.code == "CVP510"] == []


def test_a_case_is_scored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[str] = []

    def counting(questionnaire: Questionnaire) -> Scale:
        scored.append(questionnaire.id)
        return scale_of(questionnaire)

    monkeypatch.setattr(cvp.rules.cases, "scale_of", counting)
    subject = read(GOOD)
    check(subject)
    case_result(subject)
    assert scored == ["example"]


def test_a_case_is_scored_whatever_it_expects(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(edited(GOOD, "{level: 1,", "{level: 4,"), encoding="utf-8")
    assert load_answers(str(path), Finder(str(EXAMPLES / "case.yaml")))[0].company == "Acme"
    assert "CVP510" not in {rule.code for rule in LOADING}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_that_ship_pass(path: Path) -> None:
    subject = subject_of(read_document(path), Finder(str(path)))
    result = case_result(subject)
    assert result
    assert result.passed, result.message
    assert {finding.code for finding in check(subject)} <= {"CVP507"}


def test_many_misspelt_questions_are_told_in_a_moment() -> None:
    found = found_in(HEAD + "answers:\n" + "".join(f"  prize_{n}: most\n" for n in range(5000)))
    assert len(found) == MOST
    assert sum(code == "CVP503" for code, _, _ in found) >= MOST - 1
