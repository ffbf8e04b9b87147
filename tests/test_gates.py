"""Levels, bounds, gates and caps against the method's own page, tried on every way to answer."""

from fractions import Fraction

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import AnswerSheet
from cvp.gates import evaluate, scale_of
from questionnaires import (
    DAY,
    NOT_APPLICABLE,
    Case,
    assess,
    cases,
    criterion,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)


@given(cases())
def test_headline_and_bounds_are_those_of_all_completions(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    expected = oracle.headline(case.questionnaire, case.sheet, DAY)
    assert (found.level, found.low, found.high) == (expected.level, expected.low, expected.high)
    assert found.uncapped_level == expected.uncapped_level
    assert found.settled == (expected.low == expected.high)


@given(cases())
def test_the_level_is_secured_where_gate_one_holds_now_or_in_every_completion(case: Case) -> None:
    expected = oracle.headline(case.questionnaire, case.sheet, DAY)
    assert assess(case.questionnaire, case.sheet).secured == expected.secured


@given(cases(), st.data())
def test_every_completion_lies_within_the_bounds(case: Case, data: st.DataObject) -> None:
    found = assess(case.questionnaire, case.sheet)
    completed = dict(case.sheet)
    for question in found.open:
        index = data.draw(st.integers(0, len(case.scores(question.id)) - 1))
        completed |= sheet(**{question.id: f"c{index}"})
    whole = assess(case.questionnaire, completed)
    assert found.low <= whole.level <= found.high
    assert whole.low == whole.level == whole.high
    assert whole.settled


@given(cases(), st.data())
def test_raising_an_answer_lowers_nothing(case: Case, data: st.DataObject) -> None:
    before = assess(case.questionnaire, case.sheet)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    liftable = [
        key for key, value in answers.items() if value is not None and value < oracle.decimal(case.scores(key)[-1])
    ]
    if not liftable:
        return
    question = data.draw(st.sampled_from(liftable))
    index = int((case.sheet[question].chosen or "")[1:])
    higher = data.draw(st.integers(index + 1, len(case.scores(question)) - 1))
    raised: AnswerSheet = {**case.sheet, question: case.sheet[question].model_copy(update={"choice": f"c{higher}"})}
    after = assess(case.questionnaire, raised)
    assert (after.level >= before.level, after.low >= before.low, after.high >= before.high) == (True, True, True)
    assert after.uncapped_level >= before.uncapped_level


@given(cases(), st.data())
def test_changing_one_answer_is_the_same_as_evaluating_afresh(case: Case, data: st.DataObject) -> None:
    scale = scale_of(case.questionnaire)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    points = {key: None if value is None else int(value * scale.one) for key, value in answers.items()}
    if not points:
        return
    question = data.draw(st.sampled_from(sorted(points)))
    other = data.draw(st.sampled_from([None, *scale.items[question].points]))
    assert evaluate(scale, points).changed(question, other) == evaluate(scale, {**points, question: other})


@pytest.mark.parametrize(
    ("weights", "scores", "passing"),
    [
        ((1, 1, 1), (0.7, 0.7, 0.7), 0.7),
        ((0.1, 0.2, 0.7), (1, 1, 0), 0.3),
        ((0.7, 0.2, 0.1), (1, 0, 0), 0.7),
        ((1, 1), (0.1, 0.2), 0.15),
        ((0.1, 0.2, 0.3), (0.6, 0.6, 0.6), 0.6),
        ((3, 3, 4), (0.1, 0.1, 0.1), 0.1),
        ((1e-7, 2e-7), (0.3, 0.3), 0.3),
        ((1000000, 0.1), (0.9, 0.9), 0.9),
    ],
)
def test_a_score_equal_to_its_threshold_passes(
    weights: tuple[float, ...], scores: tuple[float, ...], passing: float
) -> None:
    pairs = enumerate(zip(weights, scores, strict=True))
    first = [criterion(f"q{i}", 1, score, 1, weight=weight) for i, (weight, score) in pairs]
    asked = questionnaire([*first, criterion("b", 2)], passes=(passing, 0.7, 0.7, 0.7))
    answers = {f"q{i}": "c0" for i in range(len(scores))}
    found = assess(asked, sheet(**answers, b="c2"))
    assert (found.level, found.secured) == (2, True)


def test_a_score_a_hair_under_its_threshold_fails() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.6999999999999999), criterion("b", 2)])
    assert not assess(asked, sheet(a="c1", b="c2")).secured


def test_a_must_have_equal_to_its_minimum_is_reached() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.3, 1, must=0.3), criterion("a2", 1, weight=9)])
    assert assess(asked, sheet(a="c1", a2="c2")).secured
    assert assess(asked, sheet(a="c0", a2="c2")).levels[0].must_failed == ("a",)
    assert not assess(asked, sheet(a="c0", a2="c2")).secured


def test_an_open_must_have_is_not_reached_and_one_that_is_not_applicable_is_out() -> None:
    asked = questionnaire([criterion("a", 1, must=0.5), criterion("a2", 1)])
    assert not assess(asked, sheet(a="?", a2="c2")).secured
    assert not assess(asked, sheet(a2="c2")).secured
    assert assess(asked, sheet(a=NOT_APPLICABLE, a2="c2")).secured


def test_a_level_without_an_answered_criterion_does_not_hold() -> None:
    asked = one_for_each_level(passes=(0, 0, 0, 0))
    assert assess(asked, sheet(a="c2", b=NOT_APPLICABLE, c="c2", d="c2")).level == 1
    assert [level.holds for level in assess(asked, {}).levels] == [False] * 4


def test_where_gate_one_fails_the_level_is_one_and_not_secured() -> None:
    found = assess(one_for_each_level(), sheet(a="c0", b="c2", c="c2", d="c2"))
    assert (found.level, found.secured, found.settled) == (1, False, True)


def test_a_level_that_every_completion_reaches_is_secured() -> None:
    # The must-have is open, but even its lowest choice reaches its minimum.
    asked = questionnaire([criterion("a", 1, 0.7, 1, must=0.7), criterion("b", 2)])
    found = assess(asked, sheet(a="?", b="c2"))
    assert (found.level, found.low, found.secured) == (2, 2, True)


def test_a_safeguard_caps_the_level_and_the_level_without_it_is_told() -> None:
    full = dict.fromkeys("abcd", "c2")
    asked = one_for_each_level(safeguard("paid", 2), safeguard("gifts", 3))
    assert (assess(asked, sheet(**full, paid="c1", gifts="c2")).level) == 4
    found = assess(asked, sheet(**full, paid="c0", gifts="c0"))
    assert (found.level, found.uncapped_level, found.high) == (2, 4, 2)
    assert [s.hit for s in found.safeguards] == [True, True]


def test_an_open_safeguard_lowers_the_bound_but_not_the_level() -> None:
    found = assess(one_for_each_level(safeguard("paid", 2)), sheet(a="c2", b="c2", c="c2", d="c2", paid="?"))
    assert (found.low, found.level, found.high, found.settled) == (2, 4, 4, False)


def test_a_cap_below_the_reached_level_only_ever_lowers() -> None:
    found = assess(one_for_each_level(safeguard("paid", 3)), sheet(a="c2", paid="c0"))
    assert (found.level, found.high) == (1, 3)


def test_the_scale_is_whole_and_exact() -> None:
    scale = scale_of(questionnaire([criterion("a", 1, 0.1, 0.25, weight=0.3)], passes=(0.7, 0.6, 0.5, 0.35)))
    item = scale.items["a"]
    assert [Fraction(points, scale.one) for points in item.points] == [Fraction(1, 10), Fraction(1, 4)]
    assert Fraction(item.weight, scale.weight_one) == Fraction(3, 10)
    assert scale.score(scale.points(0.35)) == 0.35
    with pytest.raises(ValueError, match="not on the scale"):
        scale.points(0.123)
