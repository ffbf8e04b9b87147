"""What is asked next: against every way to answer, by hand, and over simulated companies."""

import datetime
import random
import statistics
import sys
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.gates import Evaluation, Points, Scale, evaluate, scale_of
from cvp.interview.order import next_question
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.scoring import case as scoring
from questionnaires import (
    DAY,
    Case,
    assess,
    cases,
    criterion,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))  # where the simulation is a script
from stopping import KINDS, ORDERS, interview, questions_until_settled, shuffled, simulated


def said(asked: Questionnaire, **given: str) -> Points:
    """What these answers come to, the other questions open."""
    case = scoring.Case(asked, sheet(**given), datetime.date.fromisoformat(DAY), "en", scale_of(asked))
    return case.points


def asked_next(asked: Questionnaire, **given: str) -> str | None:
    return next_question(*situation(asked, **given))


def asked_in_turn(asked: Questionnaire, **given: str) -> list[str]:
    """The order of the questions where none of them is answered."""
    evaluation, left = situation(asked, **given)
    order = []
    while question := next_question(evaluation, left):
        order.append(question)
        left.remove(question)
    return order


def situation(asked: Questionnaire, **given: str) -> tuple[Evaluation, list[str]]:
    return evaluate(scale_of(asked), said(asked, **given)), [key for key in asked.questions if key not in given]


def company(case: Case) -> tuple[Scale, Points]:
    scale = scale_of(case.questionnaire)
    day = datetime.date.fromisoformat(DAY)
    return scale, scoring.Case(case.questionnaire, case.sheet, day, "en", scale).points


@given(cases(), st.integers(0, 100))
def test_every_question_is_asked_once_and_the_bounds_are_those_of_any_order(case: Case, seed: int) -> None:
    scale, points = company(case)
    decisive = list(interview(scale, points, next_question))
    otherwise = list(interview(scale, points, partial(shuffled, random.Random(seed))))
    assert sorted(question for question, _ in decisive) == sorted(case.questionnaire.questions)
    found = assess(case.questionnaire, case.sheet)
    for _, last in (decisive[-1], otherwise[-1]):
        assert (last.standing.low, last.standing.high) == (found.low, found.high)


@given(cases())
def test_no_other_question_leaves_less_at_its_worst_answer(case: Case) -> None:
    _, points = company(case)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    left = [key for key, value in answers.items() if value is None]
    at_worst = {question: width_at_worst(case.questionnaire, answers, question) for question in left}
    first = next_question(evaluate(scale_of(case.questionnaire), points), left)
    assert not left or at_worst[str(first)] == min(at_worst.values())


def width_at_worst(asked: Questionnaire, answers: oracle.Said, question: str) -> int:
    def width(score: Fraction) -> int:
        after = oracle.headline_of(asked, {**answers, question: score})
        return after.high - after.low

    return max(width(score) for score in oracle.scores_of(asked, asked.questions[question]))


@given(cases())
def test_only_what_may_be_asked_is_asked(case: Case) -> None:
    scale, points = company(case)
    questions = list(case.questionnaire.questions)
    for left in (questions[::2], questions[1::2], questions[:1]):
        assert not left or next_question(evaluate(scale, points), left) in left
    assert next_question(evaluate(scale, points), []) is None


def test_a_question_that_narrows_whatever_is_answered_comes_before_one_that_only_may() -> None:
    parts = [criterion("a", 1), criterion("b", 2), criterion("c", 3), criterion("c2", 3, weight=3), criterion("d", 4)]
    asked = questionnaire(parts, [safeguard("s", 3)])
    assert asked_next(asked, a="c2", b="c2", c="c2", d="c2") == "c2"


def test_gate_2_is_decided_first_then_1_and_the_higher_ones() -> None:
    assert asked_in_turn(one_for_each_level()) == ["b", "a", "c", "d"]


def test_a_must_have_comes_first_in_its_gate_then_the_furthest_reach_then_the_order_given() -> None:
    asked = questionnaire(
        [
            criterion("a", 1),
            criterion("first", 2),
            criterion("second", 2),
            criterion("heavy", 2, weight=2),
            criterion("flat", 2, 0.6, 0.7, weight=9),
            criterion("must", 2, weight=0.5, must=0.5),
            criterion("no_must", 2, 0.6, 0.7, weight=0.5, must=0.5),
        ]
    )
    assert asked_in_turn(asked) == ["must", "heavy", "first", "second", "flat", "no_must", "a"]


def test_what_cannot_move_the_bounds_comes_last_in_the_order_given() -> None:
    asked = questionnaire(
        [
            *(criterion(name, level) for name, level in (("a", 1), ("a2", 1), ("b", 2), ("proved", 2), ("above", 4))),
            *(criterion(name, 3, must=0.5) for name in ("c", "shut")),
        ],
        [safeguard("level_with_it", 2), safeguard("over_it", 3), safeguard("caps", 1)],
        passes=(0.7, 0.5, 0.7, 0.7),
    )
    in_turn = ["a", "a2", "caps", "proved", "above", "shut", "level_with_it", "over_it"]
    assert asked_in_turn(asked, b="c2", c="c0") == in_turn


def test_once_the_level_is_settled_at_1_the_next_questions_tell_whether_it_is_secured() -> None:
    asked = questionnaire([criterion("c", 3), criterion("b2", 2), criterion("b", 2, must=0.5), criterion("a", 1)])
    evaluation, left = situation(asked, b="c0")
    assert evaluation.standing.settled
    assert next_question(evaluation, left) == "a"


def test_once_gate_1_is_shut_nothing_takes_precedence() -> None:
    asked = questionnaire([criterion("b", 2), criterion("a2", 1), criterion("a", 1, must=0.5)])
    assert asked_in_turn(asked, a="c0") == ["b", "a2"]


def test_a_safeguard_need_not_wait_for_the_proof_that_the_level_is_above_its_cap() -> None:
    thirds = [criterion(name, 3) for name in ("c", "c2", "c3")]
    asked = questionnaire([criterion("a", 1), criterion("b", 2), *thirds], [safeguard("s", 2)])
    assert asked_in_turn(asked, a="c2", b="c2", c="c2") == ["s", "c2", "c3"]


@pytest.mark.parametrize(
    ("given", "turn"),
    [
        ({}, ["b", "a", "c", "d", "two", "three", "never"]),  # at Level 1 nothing is capped
        ({"a": "c2", "b": "c2"}, ["c", "d", "two", "three", "never"]),  # nor at Level 2
        ({"a": "c2", "b": "c2", "c": "c2"}, ["two", "d", "three", "never"]),
        ({"a": "c2", "b": "c2", "c": "c2", "d": "c2"}, ["two", "three", "never"]),
        ({"a": "c2", "b": "c2", "c": "c2", "two": "c0"}, ["d", "never", "three"]),  # Level 2 for good
    ],
)
def test_a_safeguard_waits_until_the_answers_reach_above_its_cap(given: dict[str, str], turn: list[str]) -> None:
    guards = [safeguard("never", 1, 0.5, 1), safeguard("three", 3), safeguard("two", 2)]
    assert asked_in_turn(one_for_each_level(*guards), **given) == turn


@pytest.mark.parametrize("kind", ["a true level", "a slope"])
def test_the_level_of_a_simulated_company_settles_no_later_than_in_ladder_order(kind: str) -> None:
    scale = scale_of(load_questionnaire("level4"))
    companies = simulated(KINDS[kind], scale, 24)
    counts = {name: settled_after(scale, companies, name) for name in ("ladder", "decisive")}
    assert len(counts["decisive"]) == len(counts["ladder"]) > 6
    assert statistics.median(counts["decisive"]) <= statistics.median(counts["ladder"])
    assert statistics.mean(counts["decisive"]) < 0.9 * statistics.mean(counts["ladder"])


def settled_after(scale: Scale, companies: Sequence[Points], order: str) -> list[int]:
    found = (questions_until_settled(scale, company, ORDERS[order]) for company in companies)
    return [count for count in found if count]
