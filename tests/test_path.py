"""The way up: what it promises is what scoring gives once its moves are made."""

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment, Move
from cvp.path import Constraints
from cvp.questionnaire import Questionnaire, Recommendation
from cvp.scoring import score
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
    recommendation,
    safeguard,
    sheet,
)


def with_scores(asked: Questionnaire, before: AnswerSheet, scores: dict[str, float]) -> AnswerSheet:
    """The sheet with new answers that have these scores."""
    chosen = {
        key: next(c.value for c in asked.choices_of(asked.questions[key]) if c.score == scores[key]) for key in scores
    }
    return {**before, **sheet(**chosen)}


def after_moves(asked: Questionnaire, before: AnswerSheet, moves: tuple[Move, ...]) -> AnswerSheet:
    """What a move also lifts of the open answers in a gate that holds stays open: nobody has looked there."""
    holds = {level.level for level in assess(asked, before).levels if level.holds}
    level_of = {criterion.id: criterion.level for criterion in asked.criteria}
    now = before
    for move in moves:
        counted = (lift for lift in move.lifts if lift.before is not None or level_of.get(lift.question) not in holds)
        now = with_scores(asked, now, {lift.question: lift.after for lift in counted})
    return now


def after_all(asked: Questionnaire, before: AnswerSheet) -> AnswerSheet:
    """Every recommendation carried out: each question it lifts, at the least choice that reaches the score."""
    now = oracle.said(asked, before, DAY)
    for recommendation_ in asked.recommendations:
        for question, least in recommendation_.lifts.items():
            value = now.get(question)
            if question in now:
                scores = oracle.scores_of(asked, asked.questions[question])
                lifted = min((s for s in scores if s >= oracle.decimal(least)), default=max(scores))
                now[question] = lifted if value is None else max(value, lifted)
    return with_scores(asked, before, {key: float(value) for key, value in now.items() if value is not None})


def has_nothing_left_to_lift(asked: Questionnaire, before: AnswerSheet, recommendation_: Recommendation) -> bool:
    now = oracle.said(asked, before, DAY)
    for question, least in recommendation_.lifts.items():
        if question in now:
            scores = oracle.scores_of(asked, asked.questions[question])
            value = now[question]
            if min(oracle.decimal(least), max(scores)) > (min(scores) if value is None else value):
                return False
    return True


def assess_within(asked: Questionnaire, before: AnswerSheet, budget: int | None = None, *excluded: str) -> Assessment:
    constraints = Constraints(budget, frozenset(excluded))
    return score(asked, [before], company="Acme", date=DAY, constraints=constraints)


@given(cases(recommended=True), st.one_of(st.none(), st.integers(0, 20)))
def test_the_projected_level_is_what_scoring_gives_after_the_moves(case: Case, budget: int | None) -> None:
    found = assess_within(case.questionnaire, case.sheet, budget)
    for path in (found.path, *found.ways):
        after = after_moves(case.questionnaire, case.sheet, path.steps)
        again = assess(case.questionnaire, after)
        assert (again.level, again.low, again.high) == (path.projected_level, path.projected_low, path.projected_high)
        assert oracle.headline(case.questionnaire, after, DAY).level == path.projected_level


@given(cases(recommended=True))
def test_the_path_reaches_level_four_where_all_recommendations_together_do(case: Case) -> None:
    everything = after_all(case.questionnaire, case.sheet)
    if oracle.headline(case.questionnaire, everything, DAY).level == 4:
        assert assess(case.questionnaire, case.sheet).path.projected_level == 4


@given(cases(recommended=True))
def test_a_move_comes_once_and_after_its_prerequisites(case: Case) -> None:
    path = assess(case.questionnaire, case.sheet).path
    by_id: dict[str, Recommendation] = {r.id: r for r in case.questionnaire.recommendations}
    done: list[str] = []
    now = case.sheet
    for move in path.steps:
        for earlier in set(by_id[move.recommendation].after) - set(done):
            assert has_nothing_left_to_lift(case.questionnaire, now, by_id[earlier])
        done.append(move.recommendation)
        now = after_moves(case.questionnaire, now, (move,))
    assert len(set(done)) == len(done)
    assert path.effort == sum(by_id[name].effort for name in done)


@given(cases(recommended=True))
def test_a_move_never_lowers_a_score(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    answers = oracle.said(case.questionnaire, case.sheet, DAY)
    now = {key: None if value is None else float(value) for key, value in answers.items()}
    for move in found.path.steps:
        for lift in move.lifts:
            # What is open in a gate that holds stays open, whatever moves lift it besides.
            assert lift.before == now[lift.question] or (lift.before is None and answers[lift.question] is None)
            assert lift.before is None or lift.after > lift.before
            assert lift.after in case.scores(lift.question)
            now[lift.question] = lift.after


@given(cases(recommended=True), st.one_of(st.none(), st.integers(0, 20)))
def test_the_path_never_ends_below_where_it_starts(case: Case, budget: int | None) -> None:
    found = assess_within(case.questionnaire, case.sheet, budget)
    assert found.path.projected_level >= found.level


@given(cases(recommended=True))
def test_there_is_a_way_to_each_level_above_and_none_costs_more_than_a_higher_one(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    assert [way.target for way in found.ways] == list(range(found.level + 1, 5))
    assert [way.effort for way in found.ways] == sorted(way.effort for way in found.ways)
    if found.ways:
        assert found.path == found.ways[-1]


@given(cases(recommended=True), st.integers(0, 20))
def test_a_path_within_a_budget_costs_no_more_and_leads_as_far_as_any_way_that_fits(case: Case, budget: int) -> None:
    found = assess_within(case.questionnaire, case.sheet, budget)
    assert (found.path.budget, found.path.effort <= budget) == (budget, True)
    fitting = [way.projected_level for way in found.ways if way.effort <= budget]
    assert found.path.projected_level >= max(fitting, default=found.level)
    free = assess(case.questionnaire, case.sheet).ways
    assert [(way.budget, way.steps) for way in found.ways] == [(None, way.steps) for way in free]


@given(cases(recommended=True), st.integers(0, 20))
def test_moves_come_gate_by_gate(case: Case, budget: int) -> None:
    found = assess_within(case.questionnaire, case.sheet, budget)
    for path in (found.path, *found.ways):
        levels = [move.level for move in path.steps]
        assert levels == sorted(levels)


@given(cases(recommended=True))
def test_what_is_excluded_is_on_no_path_and_not_among_the_recommendations(case: Case) -> None:
    free = assess(case.questionnaire, case.sheet)
    barred = {move.recommendation for move in free.path.steps[:1]}
    found = assess_within(case.questionnaire, case.sheet, None, *barred)
    assert {named.recommendation for named in found.path.excluded} == barred
    moves = [*found.path.steps, *found.recommendations, *(move for way in found.ways for move in way.steps)]
    assert not barred & {move.recommendation for move in moves}


@given(cases(recommended=True))
def test_useful_moves_are_named_once_and_lift_something(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet).recommendations
    assert len({move.recommendation for move in found}) == len(found)
    assert all(move.lifts for move in found)
    assert all(move.points >= 0 for move in found)


def test_at_level_four_there_is_nothing_to_do() -> None:
    asked = one_for_each_level(recommendations=[recommendation(f"lift_{n}", {n: 1}) for n in "abcd"])
    path = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2")).path
    assert (path.steps, path.effort, path.projected_level) == ((), 0, 4)


def test_moves_come_gate_by_gate_and_inside_a_gate_by_points_per_day() -> None:
    criteria = [criterion(n, 2) for n in "abc"] + [criterion("first", 1), criterion("third", 3), criterion("fourth", 4)]
    moves = [
        recommendation("dear", {"a": 1}, effort=9),
        recommendation("fair", {"b": 1}, effort=5),
        recommendation("cheap", {"c": 1}, effort=2),
        recommendation("base", {"first": 1}, effort=30),
    ]
    asked = questionnaire(criteria, recommendations=moves, passes=(0.7, 1, 0.7, 0.7))
    answers = sheet(a="c0", b="c0", c="c0", first="c0", third="c2", fourth="c2")
    path = assess(asked, answers).path
    assert [move.recommendation for move in path.steps] == ["base", "cheap", "fair", "dear"]
    assert (path.effort, path.projected_level) == (46, 4)
    assert [move.level for move in path.steps] == [1, 2, 2, 2]


def test_a_failed_must_have_is_lifted_by_the_least_effort_that_mends_it() -> None:
    criteria = [criterion("a", 1, must=1), criterion("a2", 1, weight=9)]
    moves = [
        recommendation("half", {"a": 0.5}, 1),
        recommendation("dear", {"a": 1}, 8),
        recommendation("fair", {"a": 1}, 3),
    ]
    found = assess(questionnaire(criteria, recommendations=moves), sheet(a="c0", a2="c2"))
    assert [move.recommendation for move in found.path.steps] == ["fair"]


def test_a_safeguard_that_caps_is_lifted() -> None:
    asked = one_for_each_level(safeguard("paid", 2), recommendations=[recommendation("unpaid", {"paid": 0.5})])
    path = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", paid="c0")).path
    assert [move.recommendation for move in path.steps] == ["unpaid"]
    assert path.projected_level == 4


def test_two_safeguards_with_different_caps_are_both_lifted() -> None:
    moves = [recommendation("unpaid", {"paid": 1}), recommendation("no_gifts", {"gifts": 1})]
    asked = one_for_each_level(safeguard("paid", 1), safeguard("gifts", 3), recommendations=moves)
    path = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", paid="c0", gifts="c0")).path
    assert {move.recommendation for move in path.steps} == {"unpaid", "no_gifts"}
    assert path.projected_level == 4


def test_a_safeguard_that_caps_is_among_the_recommendations_even_under_another() -> None:
    moves = [recommendation("unpaid", {"paid": 1}), recommendation("no_gifts", {"gifts": 1})]
    asked = one_for_each_level(safeguard("paid", 1), safeguard("gifts", 3), recommendations=moves)
    found = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", paid="c0", gifts="c0"))
    assert {move.recommendation for move in found.recommendations} == {"unpaid", "no_gifts"}


def test_a_gate_without_any_answer_is_lifted_even_where_its_lowest_choices_would_do() -> None:
    criteria = [criterion("a", 1), criterion("b", 2), criterion("c", 3), criterion("c2", 3), criterion("d", 4, 0.8, 1)]
    asked = questionnaire(criteria, recommendations=[recommendation("lift_d", {"d": 1})])
    path = assess(asked, sheet(a="c2", b="c2", c="c2", c2="?", d="?")).path
    assert ([move.recommendation for move in path.steps], path.projected_level) == (["lift_d"], 4)


def test_what_is_not_applicable_is_not_lifted() -> None:
    asked = one_for_each_level(recommendations=[recommendation("lift", {"a": 1, "b": 1})])
    (move,) = assess(asked, sheet(a=NOT_APPLICABLE, b="c0")).recommendations
    assert [lift.question for lift in move.lifts] == ["b"]


def test_a_stale_answer_is_lifted_from_open() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12)], recommendations=[recommendation("renew", {"a": 1})])
    path = assess(asked, sheet(a={"choice": "c2", "evidence": evidence("2001-01-01")})).path
    assert [(lift.before, lift.after) for move in path.steps for lift in move.lifts] == [(None, 1)]


def test_a_lift_between_two_choices_goes_to_the_upper_one_and_one_above_all_to_the_highest() -> None:
    asked = questionnaire(
        [criterion("a", 1, 0, 0.4, 0.8)],
        recommendations=[recommendation("some", {"a": 0.5}), recommendation("all_", {"a": 1})],
    )
    moves = {m.recommendation: m.lifts[0].after for m in assess(asked, sheet(a="c0")).recommendations}
    assert moves == {"some": 0.8, "all_": 0.8}


def test_one_move_for_two_gates_beats_the_cheapest_for_each() -> None:
    moves = [
        recommendation("second", {"b": 1}, 3),
        recommendation("third", {"c": 1}, 3),
        recommendation("both", {"b": 1, "c": 1}, 5),
    ]
    found = assess(one_for_each_level(recommendations=moves), sheet(a="c2", b="c0", c="c0", d="c2"))
    assert [(move.recommendation, move.level) for move in found.path.steps] == [("both", 2)]
    assert [(way.effort, len(way.steps)) for way in found.ways] == [(3, 1), (5, 1), (5, 1)]


def test_equal_paths_are_told_apart_by_moves_and_then_by_the_file() -> None:
    criteria = [criterion("a", 1), criterion("b", 1), criterion("c", 1)]
    moves = [
        recommendation("b_alone", {"b": 1}, 2),
        recommendation("c_alone", {"c": 1}, 2),
        recommendation("late", {"b": 1, "c": 1}, 4),
        recommendation("later", {"b": 1, "c": 1}, 4),
    ]
    path = assess(questionnaire(criteria, recommendations=moves), sheet(a="c2", b="c0", c="c0")).path
    assert [move.recommendation for move in path.steps] == ["late"]
    (other,) = path.alternatives
    assert [[m.recommendation for m in side] for side in (other.left_out, other.instead)] == [["late"], ["later"]]


def test_a_prerequisite_is_paid_for_and_done_before_even_where_its_points_are_for_a_later_gate() -> None:
    moves = [
        recommendation("dear", {"b": 1}, 9),
        recommendation("ground", {"c": 1}, 4),
        recommendation("built", {"b": 1}, 2, after=["ground"]),
    ]
    path = assess(one_for_each_level(recommendations=moves), sheet(a="c2", b="c0", c="c0", d="c2")).path
    assert [(move.recommendation, move.level) for move in path.steps] == [("ground", 2), ("built", 2)]


def test_a_move_counts_with_the_prerequisites_that_it_still_needs() -> None:
    criteria = [criterion(name, 1) for name in ("a", "b", "c")]
    moves = [
        recommendation("fair", {"a": 1}, 4),
        recommendation("ground", {"b": 0.5}, 9),
        recommendation("built", {"b": 1}, 1, after=["ground"]),
        recommendation("best", {"c": 1}, 3),
    ]
    path = assess(
        questionnaire(criteria, recommendations=moves, passes=(1, 0, 0, 0)), sheet(a="c0", b="c0", c="c0")
    ).path
    assert [move.recommendation for move in path.steps] == ["best", "fair", "ground", "built"]


def test_an_open_safeguard_is_not_lifted_halfway_into_a_cap() -> None:
    moves = [
        recommendation("halfway", {"a": 1, "paid": 0.25}, 1),
        recommendation("mended", {"paid": 0.5}, 1),
        recommendation("clean", {"a": 1}, 3),
    ]
    asked = one_for_each_level(safeguard("paid", 2, 0, 0.25, 0.5), recommendations=moves)
    path = assess(asked, sheet(a="c0", b="c2", c="c2", d="c2", paid="?")).path
    assert ([move.recommendation for move in path.steps], path.projected_level) == (["halfway", "mended"], 4)
    without = assess_within(asked, sheet(a="c0", b="c2", c="c2", d="c2", paid="?"), None, "mended").path
    assert ([move.recommendation for move in without.steps], without.projected_level) == (["clean"], 4)


def test_an_answer_that_becomes_known_and_low_counts_against_what_others_bring() -> None:
    # Open at its lowest choice `high` is above the threshold, and is missed in the score as answered.
    criteria = [criterion("known", 1), criterion("high", 1, 0.9, 1), criterion("low", 1, 0, 0.1, must=0.1)]
    moves = [
        recommendation("known_up", {"known": 1}),
        recommendation("low_up", {"low": 1}),
        recommendation("high_up", {"high": 1}),
    ]
    asked = questionnaire(criteria, recommendations=moves, passes=(0.5, 0, 0, 0))
    path = assess(asked, sheet(known="c0", high="?", low="?")).path
    assert {move.recommendation for move in path.steps} == {"known_up", "low_up"}


def test_those_that_wait_for_each_other_never_begin() -> None:
    moves = [recommendation("egg", {"a": 1}, 1, after=["hen"]), recommendation("hen", {"a": 1}, 1, after=["egg"])]
    path = assess(one_for_each_level(recommendations=moves), sheet(a="c0", b="c2", c="c2", d="c2")).path
    assert (path.steps, path.projected_level) == ((), 1)


def test_a_budget_that_buys_no_level_brings_the_next_one_nearer() -> None:
    criteria = [criterion(name, 2) for name in ("a", "b", "c")] + [criterion("first", 1)]
    moves = [
        recommendation("large", {"a": 1}, 5),
        recommendation("small", {"b": 0.5}, 2),
        recommendation("medium", {"c": 1}, 3),
    ]
    asked = questionnaire(criteria, recommendations=moves, passes=(0.5, 0.75, 0.5, 0.5))
    path = assess_within(asked, sheet(a="c0", b="c0", c="c0", first="c2"), 6).path
    assert ([move.recommendation for move in path.steps], path.effort) == (["medium", "small"], 5)
    assert path.progress == pytest.approx(1.5 / 2.25)


def test_the_roadmap_says_what_begins_and_what_is_done_when() -> None:
    criteria = [criterion(name, 1) for name in ("a", "b", "c")]
    moves = [recommendation("a_", {"a": 1}, 10), recommendation("b_", {"b": 1}, 11), recommendation("c_", {"c": 1}, 30)]
    path = assess(
        questionnaire(criteria, recommendations=moves, passes=(1, 0, 0, 0)), sheet(a="c0", b="c0", c="c0")
    ).path
    told = [
        (phase.until, [m.recommendation for m in phase.begins], [m.recommendation for m in phase.ends])
        for phase in path.roadmap
    ]
    assert told == [(30, ["a_", "b_"], ["a_", "b_"]), (60, ["c_"], []), (90, [], ["c_"])]
    assert path.roadmap[1].begins[0].first_step == "first_step of c_"


def test_safe_bets_and_alternatives_are_told_of_the_path_and_of_the_next_level() -> None:
    moves = [recommendation(f"{name}{n}", {name: 1}, 3) for name in "bcd" for n in (1, 2)]
    found = assess(one_for_each_level(recommendations=moves), sheet(a="c2", b="c0", c="c0", d="c0"))
    assert found.path.safe_bets == ("b1", "c1", "d1")
    assert [len(way.safe_bets) for way in found.ways] == [1, 0, 3]
    assert [len(way.alternatives) for way in found.ways] == [1, 0, 3]


@given(cases(recommended=True))
def test_at_best_is_the_path_with_the_open_answers_at_their_highest(case: Case) -> None:
    found = assess(case.questionnaire, case.sheet)
    shut = {level.level for level in found.levels if not level.holds}
    open_there = [q.id for q in found.open if q.level in shut]
    assert found.path.supposed == len(open_there)
    if not open_there:
        assert found.path.at_best is None
        return
    last = {key: case.questionnaire.choices_of(case.questionnaire.questions[key])[-1].value for key in open_there}
    best = assess(case.questionnaire, {**case.sheet, **sheet(**last)})
    assert found.path.at_best
    assert found.path.at_best.effort == best.path.effort
    if found.path.reached == best.path.reached:
        assert best.path.effort <= found.path.effort
