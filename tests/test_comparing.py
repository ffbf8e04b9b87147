"""Two assessments side by side: the laws of attribution, each middle stage checked by the scorer itself."""

from fractions import Fraction
from pathlib import Path

import assessments
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.comparing import compare, is_sound, replay
from cvp.comparing.attribution import exact_parts, stages_between
from cvp.comparing.comparison import AnswerChange, Comparison
from cvp.gates import VIEWS, evaluate
from cvp.level import LEVELS
from cvp.questionnaire import Questionnaire
from cvp.reports.sentences import on_comparison
from questionnaires import (
    NOT_APPLICABLE,
    Case,
    Part,
    assess,
    cases,
    choices,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    recommendation,
    safeguard,
    sheet,
)

EARLY, LATE = "2012-03-01", "2014-03-01"
DAYS = st.sampled_from([EARLY, "2013-02-12", LATE])


def _fitting(asked: Questionnaire, given_: AnswerSheet) -> AnswerSheet:
    """What of the answers a questionnaire can take: questions that it asks, choices that it offers."""
    offered = {key: {choice.value for choice in asked.choices_of(q)} for key, q in asked.questions.items()}
    return {
        key: answer
        for key, answer in given_.items()
        if key in offered and (answer.chosen is None or answer.chosen in offered[key])
    }


def _scores(a: Assessment) -> tuple[float | None, ...]:
    return tuple(level.score for level in a.levels)


@given(cases())
def test_replaying_gives_what_the_assessment_says(case: Case) -> None:
    _replays(assess(case.questionnaire, case.sheet))


@pytest.mark.parametrize("case", assessments.CASES, ids=lambda case: case.stem)
def test_the_shipped_cases_replay(case: Path) -> None:
    _replays(assessments.answered(case)[2])


@pytest.mark.parametrize("name", assessments.REPORTED)
def test_a_room_and_a_hostile_assessment_replay(name: str) -> None:
    _replays(assessments.REPORTED[name]())


def _replays(a: Assessment) -> None:
    now = evaluate(*replay(a))
    standing = now.standing
    found = (standing.level, standing.low, standing.high, standing.secured, standing.uncapped_level)
    assert found == (a.level, a.low, a.high, a.secured, a.uncapped_level)
    for level in a.levels:
        means = [
            gate.total / (gate.weight * now.scale.one) if gate.weight else None
            for gate in (now.gates[level.level, view] for view in VIEWS)
        ]
        assert means == [level.score, level.low, level.high]
        gate = now.gates[level.level, "answered"]
        assert (gate.holds, gate.musts_failed) == (level.holds, level.must_failed)
    assert {s.id for s in a.safeguards if s.hit} == {
        key for (key, view), cap in now.caps.items() if cap and view == "answered"
    }
    assert is_sound(a)


def test_an_assessment_that_contradicts_its_answers_is_not_sound() -> None:
    a = assessments.zipcar()
    assert not is_sound(a.model_copy(update={"level": 3}))
    heavier = a.criteria[0].model_copy(update={"weight": 5.0, "answer": a.criteria[3].answer})
    assert not is_sound(a.model_copy(update={"criteria": (heavier, *a.criteria[1:])}))
    none = a.criteria[0].model_copy(update={"choices": ()})
    assert not is_sound(a.model_copy(update={"criteria": (none, *a.criteria[1:])}))


@given(cases(), cases(), DAYS, DAYS)
def test_the_parts_add_up_exactly_and_every_stage_is_what_the_scorer_says(
    old: Case, new: Case, first: str, last: str
) -> None:
    before, after = assess(old.questionnaire, old.sheet, date=first), assess(new.questionnaire, new.sheet, date=last)
    middle = (
        assess(old.questionnaire, old.sheet, date=last),
        assess(new.questionnaire, _fitting(new.questionnaire, old.sheet), date=last),
    )
    c = compare([before, after])
    for stage, real in zip(c.stages, (before, *middle, after), strict=True):
        assert stage.scores == _scores(real)
        assert (stage.level, stage.low, stage.high, stage.secured) == (real.level, real.low, real.high, real.secured)
    parts = c.level_parts
    assert parts.time + parts.questionnaire + parts.answers == after.level - before.level
    stages = stages_between(before, after)
    for level in LEVELS:
        exact = exact_parts(stages, level)
        known = [part for part in exact if part is not None]
        if len(known) == 3:
            assert sum(known) == _exact(after, level) - _exact(before, level)


def _exact(a: Assessment, level: int) -> Fraction:
    """The level's score as a fraction, by hand: decimals as written, weights too."""
    counted = [c for c in a.criteria if c.level == level and c.answer.state == "answered"]
    total = sum(Fraction(repr(c.weight)) * Fraction(repr(c.answer.score)) for c in counted)
    return Fraction(total, sum(Fraction(repr(c.weight)) for c in counted))


@given(cases(), cases(), st.data())
def test_a_cause_that_is_absent_has_no_part(old: Case, new: Case, data: st.DataObject) -> None:
    time, ruler, said = (data.draw(st.booleans()) for _ in range(3))
    asked = new.questionnaire if ruler else old.questionnaire
    answers = _fitting(asked, new.sheet if said else old.sheet)
    before = assess(old.questionnaire, _fitting(asked, old.sheet) if not said else old.sheet, date=EARLY)
    after = assess(asked, answers, date=LATE if time else EARLY)
    c = compare([before, after])
    absent = {"time": not time, "questionnaire": not ruler, "answers": not said}
    for cause in (name for name, gone in absent.items() if gone):
        assert getattr(c.level_parts, cause) == 0
        assert all(getattr(level, cause) in (0, None) for level in c.levels)
        assert not any(cause in change.causes for change in c.answers)


@given(cases(recommended=True))
def test_nothing_moves_between_an_assessment_and_itself(case: Case) -> None:
    a = assess(case.questionnaire, case.sheet)
    c = compare([a, a])
    assert not c.instrument
    assert {level for level in c.levels if level.time or level.questionnaire or level.answers} == set()
    assert [change.causes for change in c.answers] == [()] * len(case.questionnaire.questions)
    assert compare([a, a]).to_json() == c.to_json()


@given(cases(), st.data())
def test_one_answer_put_back_gives_the_level_that_is_said(case: Case, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(case.questionnaire.questions)))
    given_before: list[str | Part] = ["?", "c0", "c1", dict(NOT_APPLICABLE)]
    value = data.draw(st.sampled_from(given_before))
    earlier = assess(case.questionnaire, {**case.sheet, **sheet(**{name: value})})
    c = compare([earlier, assess(case.questionnaire, case.sheet)])
    assert _of(c, name).level_without == earlier.level
    moved = [change.id for change in c.answers if change.causes]
    assert moved in ([], [name])


def _of(c: Comparison, name: str) -> AnswerChange:
    return next(change for change in c.answers if change.id == name)


def test_a_bond_that_fades_is_times_part_alone() -> None:
    asked = questionnaire([criterion("a", 1), criterion("b", 2), criterion("c", 3, fresh_for=12)])
    said = sheet(a="c2", b="c2", c={"choice": "c2", "evidence": evidence("2012-01")})
    c = compare([assess(asked, said, date="2012-06-01"), assess(asked, said, date="2014-06-01")])
    assert (c.level_parts.time, c.level_parts.questionnaire, c.level_parts.answers) == (-1, 0, 0)
    assert _of(c, "c").causes == ("time",)
    assert _of(c, "c").after.state == "stale"


def test_a_stricter_questionnaire_is_its_own_part() -> None:
    said = sheet(a="c2", b="c1", c="c0")
    mild = one_for_each_level(levels=_levels(0.5))
    strict = one_for_each_level(levels=_levels(0.7), version="2.0.0")
    c = compare([assess(mild, said), assess(strict, said)])
    assert (c.level_parts.time, c.level_parts.questionnaire, c.level_parts.answers) == (0, -1, 0)
    assert [(i.what, i.id, i.field, i.before, i.after) for i in c.instrument] == [
        ("level", str(n), "threshold", "0.5", "0.7") for n in LEVELS
    ]
    assert not any(change.causes for change in c.answers)


def _levels(passing: float) -> dict[str, dict[str, object]]:
    return {str(n): {"name": f"level {n}", "pass": passing} for n in LEVELS}


def test_what_came_went_and_weighs_otherwise_is_named() -> None:
    before = questionnaire(
        [criterion("a", 1, must=0.5), criterion("gone", 1), criterion("b", 2, fresh_for=6)], [safeguard("g", 2)]
    )
    offered = (*choices(0, 0.6, 1), {"value": "more", "label": "more", "score": 1})
    after = questionnaire(
        [criterion("a", 2, weight=2), {**criterion("b", 2), "choices": offered}, criterion("new", 3)],
        [safeguard("g", 1, below=0.7)],
        version="2.0.0",
    )
    c = compare([assess(before, sheet(a="c1")), assess(after, sheet(a="c1"))])
    changed = {(i.what, i.id, i.kind, i.field) for i in c.instrument}
    assert changed == {
        ("criterion", "a", "changed", "level"),
        ("criterion", "a", "changed", "weight"),
        ("criterion", "a", "changed", "least score"),
        ("criterion", "b", "changed", "freshness"),
        ("choice", "c1", "changed", "score"),
        ("choice", "more", "added", ""),
        ("criterion", "new", "added", ""),
        ("safeguard", "g", "changed", "cap"),
        ("safeguard", "g", "changed", "threshold"),
        ("criterion", "gone", "removed", ""),
    }
    assert [change.id for change in c.answers] == ["a", "b", "new", "g", "gone"]
    assert (_of(c, "gone").after.state, _of(c, "new").before.state) == ("not_asked", "not_asked")


def test_a_renamed_question_and_choice_keep_their_answers() -> None:
    before = one_for_each_level()
    renamed = {**criterion("z", 2), "label": "about b"}
    renamed["choices"] = tuple({**choice, "value": choice["value"].replace("c", "k")} for choice in renamed["choices"])
    after = questionnaire([criterion("a", 1), renamed, criterion("c", 3), criterion("d", 4)], version="2.0.0")
    c = compare([assess(before, sheet(a="c2", b="c2")), assess(after, sheet(a="c2", z="k2"))])
    assert (c.level_parts.questionnaire, c.level_parts.answers) == (0, 0)
    assert not _of(c, "z").causes
    assert {i.kind for i in c.instrument} == {"renamed"}
    assert not any(i.counts for i in c.instrument)


def test_moves_that_were_proposed_are_told_by_the_later_answers() -> None:
    asked = questionnaire(
        [criterion(name, level) for name, level in (("a", 1), ("b", 2), ("c", 3), ("d", 4))],
        recommendations=[
            recommendation("both", {"a": 1, "b": 1}),
            *(recommendation(f"r{name}", {name: 1}) for name in "cd"),
        ],
    )
    before = assess(asked, sheet(a="c0", b="c0", c="c0", d="c0"))

    def outcomes(**later: str) -> dict[str, str]:
        c = compare([before, assess(asked, sheet(**later))])
        return {move.recommendation: move.outcome for move in c.moves}

    assert outcomes(a="c2", b="c2", c="c0", d="?") == {"both": "shows", "rc": "not yet", "rd": "cannot tell"}
    assert outcomes(a="c2", b="c0", c="c1", d="c2") == {"both": "in part", "rc": "in part", "rd": "shows"}
    assert outcomes(a="c2", b="?")["both"] == "in part"


def test_moves_on_one_question_are_each_held_against_what_was_answered() -> None:
    asked = questionnaire(
        [criterion(name, level) for name, level in (("a", 1), ("b", 2), ("c", 3), ("d", 4))],
        recommendations=[recommendation("visit", {"c": 0.5}), recommendation("protect", {"c": 1}, after=["visit"])],
    )
    before = assess(asked, sheet(a="c2", b="c2", c="c0", d="c2"))

    def found(value: str) -> dict[str, tuple[str, float | None]]:
        after = assess(asked, sheet(a="c2", b="c2", c=value, d="c2"))
        return {move.recommendation: (move.outcome, move.lifts[0].before) for move in compare([before, after]).moves}

    assert found("c0") == {"visit": ("not yet", 0), "protect": ("not yet", 0)}
    assert found("c1") == {"visit": ("shows", 0), "protect": ("in part", 0)}


def test_what_nobody_knew_has_not_risen() -> None:
    asked = questionnaire(
        [criterion(name, level) for name, level in (("a", 1), ("b", 2), ("c", 3), ("d", 4))],
        recommendations=[recommendation("both", {"a": 1, "b": 1}), recommendation("rc", {"c": 1})],
    )

    def outcomes(before: AnswerSheet, **after: str) -> dict[str, str]:
        c = compare([assess(asked, before), assess(asked, sheet(**after))])
        return {move.recommendation: move.outcome for move in c.moves}

    unknown = sheet(a="?", b="c0", c="?", d="c2")
    assert outcomes(unknown, a="c2", b="c2", c="c2") == {"both": "shows", "rc": "newly known"}
    assert outcomes(unknown, a="c2", b="c0", c="c1") == {"both": "not yet", "rc": "not yet"}
    assert outcomes(sheet(a="?", b="?", c="?"), a="c2", b="c2", c="?") == {"both": "newly known", "rc": "cannot tell"}


def test_an_answer_that_counts_less_by_a_later_questionnaire_has_not_fallen() -> None:
    def asked(most: float, version: str) -> Questionnaire:
        offered = choices(0, most, 1)
        return questionnaire(
            [criterion(name, level) for name, level in (("a", 1), ("b", 2), ("d", 4))]
            + [{**criterion("c", 3), "choices": offered}],
            recommendations=[recommendation("rc", {"c": 1})],
            version=version,
        )

    answers = sheet(a="c2", b="c2", c="c1", d="c2")
    (move,) = compare([assess(asked(0.6, "1.0.0"), answers), assess(asked(0.4, "2.0.0"), answers)]).moves
    assert (move.outcome, move.lifts[0].before, move.lifts[0].after) == ("not yet", 0.4, 0.4)


def test_what_was_answered_and_grew_too_old_can_fall_too() -> None:
    asked = _two_fresh_moves()
    old = assess(asked, sheet(a="c2", b="c2", c=_dated("c1", "2010-01"), d="c2"), date="2012-03-01")
    (move,) = compare([old, assess(asked, sheet(a="c2", b="c2", c=_dated("c0", "2014-01"), d="c2"), date=LATE)]).moves
    assert (move.outcome, move.lifts[0].before) == ("fell", 0.5)


def test_the_next_move_is_the_later_plans_first() -> None:
    asked = _two_fresh_moves()
    made = [assess(asked, sheet(a="c2", b=value, c="c1", d="c0")) for value in ("c0", "c2")]
    found = compare(made).next_move
    assert found
    assert found.recommendation == "rc"
    assert compare([made[0], assess(asked, sheet(a="c2", b="c2", c="c2", d="c2"))]).next_move is None


def _two_fresh_moves() -> Questionnaire:
    asked = [criterion("a", 1), criterion("b", 2), criterion("c", 3, fresh_for=6), criterion("d", 4)]
    return questionnaire(asked, recommendations=[recommendation(f"r{name}", {name: 1}) for name in "abcd"])


def test_the_same_answer_on_newer_evidence_credits_no_move() -> None:
    asked = _two_fresh_moves()
    old = assess(asked, sheet(a="c2", b="c2", c=_dated("c2", "2010-01"), d="c0"), date="2012-03-01")

    def outcomes(value: str) -> dict[str, str]:
        later = assess(asked, sheet(a="c2", b="c2", c=_dated(value, "2014-01"), d="c0"), date=LATE)
        return {move.recommendation: move.outcome for move in compare([old, later]).moves}

    assert outcomes("c2") == {"rc": "renewed", "rd": "not yet"}
    old = assess(asked, sheet(a="c2", b="c2", c=_dated("c0", "2010-01"), d="c0"), date="2012-03-01")
    assert outcomes("c2")["rc"] == "shows"


def _dated(value: str, month: str) -> dict[str, object]:
    return {"choice": value, "evidence": evidence(month)}


def test_an_answer_that_was_only_asked_anew_decides_nothing() -> None:
    """Left too old, a low answer would leave its level, which then passes: that is no merit of age."""
    asked = questionnaire([criterion("a", 1), criterion("b", 2), criterion("c", 3, fresh_for=6), criterion("d", 3)])
    old = assess(asked, sheet(a="c2", b="c2", c=_dated("c0", "2012-01"), d="c2"), date=EARLY)
    new = assess(asked, sheet(a="c2", b="c2", c=_dated("c0", "2014-01"), d="c2"), date=LATE)
    c = compare([old, new])
    assert _of(c, "c").causes == ("time", "answers")
    assert [change.level_without for change in c.answers] == [2] * 4
    lower = assess(asked, sheet(a="c2", b="c2", c=_dated("c2", "2012-01"), d="c2"), date=EARLY)
    assert _of(compare([lower, new]), "c").level_without == 3
    assert not [said for said in on_comparison.why(c) if "decides alone" in said]
    assert "1 renewed" in " ".join(on_comparison.why(c))


def test_what_did_not_fit_and_now_does_is_not_newly_known() -> None:
    asked = one_for_each_level()
    earlier = assess(asked, sheet(a="c2", b="c2", c=dict(NOT_APPLICABLE)))
    later = compare([earlier, assess(asked, sheet(a="c2", b="c2", c="c1"))])
    assert on_comparison.direction(_of(later, "c")) == "fits now"
    unknown = compare([earlier, assess(asked, sheet(a="c2", b="c2", c="?"))])
    assert on_comparison.direction(_of(unknown, "c")) == "fits now"


def test_a_choice_renamed_is_the_same_answer_renewed() -> None:
    asked = _two_fresh_moves()
    renamed = tuple({**choice, "value": choice["value"].replace("c", "k")} for choice in choices(0, 0.5, 1))
    later = questionnaire(
        [
            criterion("a", 1),
            criterion("b", 2),
            {**criterion("c", 3, fresh_for=6), "choices": renamed},
            criterion("d", 4),
        ],
        version="2.0.0",
    )
    before = assess(asked, sheet(a="c2", b="c2", c=_dated("c2", "2010-01")), date="2012-03-01")
    after = assess(later, sheet(a="c2", b="c2", c=_dated("k2", "2014-01")), date=LATE)
    assert {move.recommendation: move.outcome for move in compare([before, after]).moves}["rc"] == "renewed"


def test_an_answer_that_fell_is_not_a_move_that_is_still_to_come() -> None:
    asked = _two_fresh_moves()
    before = assess(asked, sheet(a="c2", b="c1", c="c1", d="c0"))
    c = compare([before, assess(asked, sheet(a="c2", b="c0", c="c1", d="c0"))])
    outcomes = {move.recommendation: move.outcome for move in c.moves}
    assert outcomes == {"rb": "fell", "rc": "not yet", "rd": "not yet"}


def test_each_step_of_several_is_what_the_two_alone_would_say() -> None:
    asked = one_for_each_level()
    said = (sheet(a="c2"), sheet(a="c2", b="c2", c="c2", d="c1"), sheet(a="c2", b="c2", c="c0", d="c0"))
    made = [assess(asked, s, date=day) for s, day in zip(said, ("2012-01-01", "2013-01-01", "2014-01-01"), strict=True)]
    c = compare(made)
    assert [(s.before, s.after) for s in c.steps] == [("2012-01-01", "2013-01-01"), ("2013-01-01", "2014-01-01")]
    for step, pair in zip(c.steps, ([made[0], made[1]], [made[1], made[2]]), strict=True):
        alone = compare(pair)
        assert (step.level_before, step.level) == (alone.before.level, alone.after.level)
        assert step.level_parts == alone.level_parts
        moved = [change for change in alone.answers if change.causes]
        assert step.moved == len(moved)
        assert all(change in moved for change in step.most)
    assert [change.id for change in c.steps[1].most] == ["c", "d"]
    assert not compare(made[:2]).steps


def test_a_room_is_compared_with_a_room_alone() -> None:
    asked = one_for_each_level()
    voters = [sheet(a="c2", b=vote) for vote in ("c0", "c0", "c2", "c2")]
    agreed = [sheet(a="c2", b="c2")] * 4
    c = compare([assess(asked, *voters), assess(asked, *agreed)])
    assert c.room
    assert (c.room.respondents_before, c.room.respondents, c.room.settled) == (4, 4, ("about b",))
    assert c.room.agreement == 1
    alone = compare([assess(asked, *voters), assess(asked, agreed[0])]).room
    assert alone
    assert (alone.respondents_before, alone.respondents, alone.settled) == (4, 0, ())
    assert compare([assess(asked, agreed[0])] * 2).room is None


def test_several_make_a_trend_and_compare_the_first_with_the_last() -> None:
    asked = one_for_each_level()
    days = ("2012-01-01", "2013-01-01", "2014-01-01")
    said = (sheet(a="c2"), sheet(a="c2", b="c1", c={"not_applicable": "no"}), sheet(a="c2", b="c2"))
    c = compare([assess(asked, s, date=day) for s, day in zip(said, days, strict=True)])
    assert [point.date for point in c.trend] == list(days)
    assert [point.coverage for point in c.trend] == [1 / 4, 2 / 3, 2 / 4]
    assert [point.scores[1] for point in c.trend] == [None, 0.5, 1]
    assert (c.before.date, c.after.date) == (days[0], days[2])
    assert not compare([assess(asked, s) for s in said[:2]]).trend
