"""What one answer does to the level, against the scorer with that answer given otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.comparing import explain
from questionnaires import Case, assess, cases, one_for_each_level, recommendation, sheet, values_of


@given(cases(recommended=True), st.data())
def test_every_other_answer_does_what_the_scorer_says(case: Case, data: st.DataObject) -> None:
    asked = case.questionnaire
    question = asked.questions[data.draw(st.sampled_from(sorted(asked.questions)))]
    a = assess(asked, case.sheet)
    e = explain(a, question.id)
    given_ = {
        value: assess(asked, {**case.sheet, **sheet(**{question.id: value})}) for value in values_of(asked, question)
    }
    assert [x.effect.level for x in e.alternatives] == [given_[x.choice.value].level for x in e.alternatives]
    assert [(x.effect.low, x.effect.high) for x in e.alternatives] == [(r.low, r.high) for r in given_.values()]
    unknown = assess(asked, {**case.sheet, **sheet(**{question.id: "?"})})
    assert (e.unknown.level, e.unknown.low, e.unknown.high) == (unknown.level, unknown.low, unknown.high)
    level = getattr(question, "level", None)
    if level:
        assert e.unknown.score == unknown.levels[level - 1].score
        assert [x.effect.score for x in e.alternatives] == [r.levels[level - 1].score for r in given_.values()]
    if e.answer.state == "answered":
        steps = [flip.steps for flip in a.flips if flip.question == question.id and flip.level < a.level]
        assert e.to_fall == min(steps, default=None)
        steps = [flip.steps for flip in a.flips if flip.question == question.id and flip.level > a.level]
        assert e.to_rise == min(steps, default=None)
    else:
        assert e.to_fall is None
        assert e.to_rise is None


@given(cases())
def test_the_shares_of_what_counts_make_a_whole(case: Case) -> None:
    a = assess(case.questionnaire, case.sheet)
    for level in a.levels:
        counted = [c.id for c in a.criteria if c.level == level.level and c.answer.state == "answered"]
        shares = [explain(a, key).share or 0 for key in counted]
        assert not counted or sum(shares) == pytest.approx(1)


def test_moves_of_the_path_come_first() -> None:
    asked = one_for_each_level(
        recommendations=[
            recommendation("slow", {"a": 0.5}, 9),
            recommendation("fast", {"a": 1}, 1),
            *(recommendation(f"r{name}", {name: 1}) for name in "bcd"),
        ]
    )
    e = explain(assess(asked, sheet(a="c0")), "a")
    assert [(move.recommendation, to) for move, to in e.moves] == [("fast", 1), ("slow", 0.5)]
    assert e.on_path >= {"fast"}


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain(assess(one_for_each_level(), sheet(a="c0")), "nothing")
