"""From questionnaire and answers to an assessment: the same for the same input, and what its parts say."""

import json
from fractions import Fraction

import jsonschema
import oracle
import pytest
from hypothesis import given

from cvp.assessment import Assessment
from cvp.questionnaire import Questionnaire
from cvp.schemas import assessment_schema
from cvp.scoring import score
from questionnaires import (
    DAY,
    NOT_APPLICABLE,
    Case,
    Part,
    assess,
    cases,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    recommendation,
    safeguard,
    sheet,
)

VALIDATOR = jsonschema.Draft7Validator(assessment_schema())


@given(cases(recommended=True))
def test_the_same_input_gives_the_same_bytes(case: Case) -> None:
    twin = Questionnaire.model_validate(case.questionnaire.model_dump(by_alias=True))
    first = assess(case.questionnaire, case.sheet).to_json()
    assert assess(twin, dict(reversed(case.sheet.items()))).to_json() == first
    assert first.endswith("}\n")


@given(cases(recommended=True))
def test_the_json_fits_the_published_schema_and_reads_back(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    VALIDATOR.validate(json.loads(found.to_json()))
    assert Assessment.model_validate_json(found.to_json()) == found


def test_the_json_of_a_room_fits_the_published_schema() -> None:
    asked = one_for_each_level(safeguard("paid", 2), recommendations=[recommendation("lift", {"a": 1, "paid": 1})])
    sheets = [sheet(a="c0", b="?", paid="c0"), sheet(a="c2", c=NOT_APPLICABLE), sheet(a="c2", d="c2")]
    VALIDATOR.validate(json.loads(assess(asked, *sheets).to_json()))


def test_the_schema_is_itself_a_schema_and_closed() -> None:
    jsonschema.Draft7Validator.check_schema(assessment_schema())
    extended = {**json.loads(assess(one_for_each_level(), {}).to_json()), "extra": 1}
    assert [error.validator for error in VALIDATOR.iter_errors(extended)] == ["additionalProperties"]


@given(cases())
def test_level_scores_and_their_bounds_are_weighted_means(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    ends = {
        end: {
            key: end(oracle.scores_of(case.questionnaire, case.questionnaire.questions[key]))
            if value is None
            else value
            for key, value in answers.items()
        }
        for end in (min, max)
    }
    for level in found.levels:
        expected = [oracle.level_score(case.questionnaire, level.level, a) for a in (answers, ends[min], ends[max])]
        assert [level.score, level.low, level.high] == [None if mean is None else float(mean) for mean in expected]
        assert level.holds == oracle.gate_holds(case.questionnaire, level.level, answers)


@given(cases())
def test_lens_scores_are_weighted_means_of_the_answered_criteria_that_carry_the_value(case: Case) -> None:
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    (lens,) = assess(case.questionnaire, case.sheet).lenses
    for value in lens.values:
        carriers = [c for c in case.questionnaire.criteria if c.lenses.get("area") == value.id]
        pairs = [(oracle.decimal(c.weight), p) for c in carriers if (p := answers.get(c.id)) is not None]
        mean = sum((w * p for w, p in pairs), Fraction(0)) / sum(w for w, _ in pairs) if pairs else None
        assert value.score == (None if mean is None else float(mean))
        assert (value.answered, value.criteria) == (len(pairs), len(carriers))


@given(cases())
def test_the_strict_level_counts_every_not_applicable_at_its_lowest_choice(case: Case) -> None:
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    lowest = {
        key: min(oracle.scores_of(case.questionnaire, question))
        for key, question in case.questionnaire.questions.items()
        if key not in answers
    }
    expected = oracle.headline_of(case.questionnaire, {**answers, **lowest}).level
    assert assess(case.questionnaire, case.sheet).level_if_not_applicable_counts == expected


@given(cases())
def test_levels_out_of_order_hold_above_one_that_does_not(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    holds = {level.level for level in found.levels if level.holds}
    assert set(found.out_of_order) == {level for level in holds if set(range(1, level)) - holds}


@given(cases())
def test_open_questions_are_all_that_have_no_usable_answer(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    assert {o.id for o in found.open} == {key for key, value in answers.items() if value is None}
    assert found.basis.answered == sum(value is not None for value in answers.values())
    assert found.basis.not_applicable == len(case.questionnaire.questions) - len(answers)
    assert found.settled or any(o.decides for o in found.open)


def test_open_questions_that_decide_come_first() -> None:
    asked = questionnaire(
        [criterion("a", 1), criterion("a2", 1, weight=9), criterion("b", 2), criterion("c", 3, weight=2)]
    )
    found = assess(asked, sheet(a="?", a2="c2", b="?"))
    assert [(o.id, o.decides, o.state) for o in found.open] == [
        ("b", True, "dont_know"),
        ("c", True, "unanswered"),
        ("a", False, "dont_know"),
    ]
    assert found.open[2].moves == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("newest", "months", "day", "stale"),
    [
        ("2012-02-12", 12, "2013-02-12", False),
        ("2012-02-12", 12, "2013-02-13", True),
        ("2012-02-11", 12, "2013-02-12", True),
        ("2012-08-31", 6, "2013-02-28", False),
        ("2012-08-31", 6, "2013-03-01", True),
        ("2012-01-31", 1, "2012-02-29", False),
        ("2012-01-31", 1, "2012-03-01", True),
        ("2012-02-29", 12, "2013-02-28", False),
        ("2012-02-29", 12, "2013-03-01", True),
        ("2012-12-31", 2, "2013-02-28", False),
        ("2012-02", 12, "2013-02-28", False),
        ("2012-02", 12, "2013-03-01", True),
        ("2012", 1, "2013-01-31", False),
        ("2012", 1, "2013-02-01", True),
        ("2014-01-01", 1, "2013-02-12", False),
        ("9999-12-31", 1200, "2013-02-12", False),
    ],
)
def test_an_answer_is_stale_a_day_after_its_months_are_over(newest: str, months: int, day: str, stale: bool) -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=months)])
    found = assess(asked, sheet(a={"choice": "c2", "evidence": evidence("2001", newest)}), date=day)
    assert found.criteria[0].answer.state == ("stale" if stale else "answered")
    assert found.secured != stale


def test_an_answer_without_a_date_or_to_a_criterion_that_does_not_fade_is_never_stale() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=1), criterion("b", 1)])
    answers = sheet(
        a={"choice": "c2", "evidence": ({"text": "seen"},)}, b={"choice": "c2", "evidence": evidence("1999")}
    )
    assert [c.answer.state for c in assess(asked, answers).criteria] == ["answered", "answered"]


def test_a_stale_answer_still_says_what_was_chosen() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=1)])
    found = assess(asked, sheet(a={"choice": "c2", "note": "long ago", "evidence": evidence("1999")}))
    answer = found.criteria[0].answer
    assert (answer.state, answer.choice, answer.label, answer.score, answer.note) == (
        "stale",
        "c2",
        "choice 2",
        1,
        "long ago",
    )
    assert (found.level, found.low, found.high, found.levels[0].score) == (1, 1, 1, None)


def test_the_basis_counts_what_is_assumed_and_what_has_evidence() -> None:
    asked = questionnaire([criterion(n, 1, fresh_for=12) for n in ("a", "b", "c", "d", "e", "f")])
    found = assess(
        asked,
        sheet(
            a={"choice": "c2", "note": "Assumed: they must."},
            b={"choice": "c2", "note": "Not assumed.", "evidence": evidence("2013")},
            c={"choice": "?", "note": "Assumed: nothing."},
            d={"choice": "c2", "note": "Assumed: long ago", "evidence": evidence("1999")},
            e=NOT_APPLICABLE,
        ),
    )
    assert found.basis.model_dump() == {
        "questions": 6,
        "answered": 2,
        "assumed": 1,
        "with_evidence": 1,
        "not_applicable": 1,
    }
    assert [c.answer.assumed for c in found.criteria][:2] == [True, False]


def test_a_level_that_holds_over_a_gap_is_out_of_order() -> None:
    found = assess(one_for_each_level(), sheet(a="c2", b="c2", c="c0", d="c2"))
    assert (found.level, found.out_of_order) == (2, (4,))


def test_strengths_and_gaps_name_the_answers_furthest_from_the_threshold() -> None:
    asked = one_for_each_level()
    found = assess(asked, sheet(a="c2", b="c0", c="c1", d="c2"))
    assert [(m.id, m.answer, m.score) for m in found.strengths] == [("d", "choice 2", 1), ("a", "choice 2", 1)]
    assert [m.id for m in found.gaps] == ["b", "c"]
    assert [m.points for m in found.gaps] == [pytest.approx(-0.7), pytest.approx(-0.2)]


def test_at_most_three_strengths_and_gaps_are_named() -> None:
    asked = questionnaire([criterion(f"q{i}", 1 + i % 4) for i in range(12)])
    answers = {f"q{i}": "c2" if i < 6 else "c0" for i in range(12)}
    found = assess(asked, sheet(**answers))
    assert (len(found.strengths), len(found.gaps)) == (3, 3)


def test_the_hash_changes_with_what_the_file_means_alone() -> None:
    asked = one_for_each_level()
    spelt_out = one_for_each_level(default_language="en", lenses={}, passes=(0.7, 0.7, 0.7, 0.7))
    assert spelt_out.sha256 == asked.sha256
    assert one_for_each_level(passes=(0.7, 0.7, 0.7, 0.8)).sha256 != asked.sha256
    reordered = Questionnaire.model_validate(dict(reversed(asked.model_dump(by_alias=True).items())))
    assert reordered.sha256 == asked.sha256


def test_texts_come_in_the_language_that_is_asked_for_else_in_the_default_one() -> None:
    part: Part = criterion("a", 1) | {"label": {"en": "Price?", "de": "Preis?"}, "short": "P"}
    asked = questionnaire([part], title={"en": "Small", "de": "Klein"})
    for language, title, label in (("de", "Klein", "Preis?"), (None, "Small", "Price?"), ("fr", "Small", "Price?")):
        found = score(asked, [sheet(a="c2")], company="Acme", date=DAY, language=language)
        assert (found.questionnaire.title, found.criteria[0].label, found.criteria[0].short) == (title, label, "P")
