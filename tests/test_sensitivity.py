"""Margins and flips against every way in which the given answers could be other ones."""

import oracle
from hypothesis import given

from questionnaires import (
    DAY,
    NOT_APPLICABLE,
    Case,
    assess,
    cases,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)


@given(cases())
def test_margins_are_those_of_all_other_answers(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet).margin
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    assert (found.fall, found.rise) == oracle.margins(case.questionnaire, answers)


@given(cases())
def test_flips_are_all_single_answers_that_change_the_level(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    expected = set()
    for question, value in answers.items():
        scores = [oracle.decimal(score) for score in case.scores(question)]
        for after, other in enumerate(scores):
            if value is not None and other != value:
                level = oracle.headline_of(case.questionnaire, {**answers, question: other}).level
                steps = abs(scores.index(value) - after)
                if level != found.level:
                    expected.add((question, f"choice {scores.index(value)}", f"choice {after}", level, steps))
    assert {(f.question, f.before, f.after, f.level, f.steps) for f in found.flips} == expected
    assert len(found.flips) == len(expected)


@given(cases())
def test_flips_begin_with_the_smallest_step(case: Case) -> None:
    order = list(case.questionnaire.questions)
    found = [(f.steps, order.index(f.question)) for f in assess(case.questionnaire, case.sheet).flips]
    assert found == sorted(found)


@given(cases())
def test_a_margin_of_one_is_a_flip(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    assert (found.margin.fall == 1) == any(f.level < found.level for f in found.flips)
    assert (found.margin.rise == 1) == any(f.level > found.level for f in found.flips)


def test_a_flip_names_the_choice_that_was_given_where_two_choices_score_alike() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.7, 0.7, 1), criterion("b", 2)])
    found = assess(asked, sheet(a="c2", b="c2"))
    (flip,) = [f for f in found.flips if f.question == "a"]
    assert (flip.before, flip.after, flip.steps, flip.level) == ("choice 2", "choice 0", 2, 1)


def test_the_margin_counts_across_levels() -> None:
    asked = questionnaire([criterion("a", 1), criterion("b", 2), criterion("c", 3)])
    found = assess(asked, sheet(a="c0", b="c0", c="c2"))
    assert (found.level, found.margin.fall, found.margin.rise) == (1, None, 2)
    assert assess(asked, sheet(a="c2", b="c2", c="c2")).margin.fall == 1


def test_only_given_answers_can_be_wrong() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12), criterion("b", 2)], [safeguard("paid", 1)])
    stale = {"choice": "c0", "evidence": evidence("2001-01-01")}
    found = assess(asked, sheet(a=stale, b=NOT_APPLICABLE, paid="?"))
    assert (found.margin.fall, found.margin.rise, found.flips) == (None, None, ())


def test_a_safeguard_alone_can_be_the_margin() -> None:
    asked = one_for_each_level(safeguard("paid", 2))
    found = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", paid="c0"))
    assert (found.level, found.margin.fall, found.margin.rise) == (2, 1, 1)
    assert {f.level for f in found.flips if f.question == "paid"} == {4}
