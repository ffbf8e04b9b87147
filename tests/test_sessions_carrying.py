"""A questionnaire that changed under a session: what is carried over, what is to be looked at, what is left out."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED
from interviews import interviews, led

from cvp.answers import Answer
from cvp.interview.record import Record
from cvp.questionnaire import Choice, Questionnaire
from cvp.room import room_answers
from cvp.sessions import Carried, brought, carried_notes, carry, head_of
from questionnaires import criterion, questionnaire, sheet

HEAD = head_of(ASKED, company="Acme", date="2026-11-21")


def remade(**fields: Any) -> Questionnaire:
    """ASKED with other fields."""
    own = {name: getattr(ASKED, name) for name in Questionnaire.model_fields}
    return Questionnaire.model_construct(**{**own, **fields})


def edited(question: str, **fields: Any) -> Questionnaire:
    """ASKED, where one criterion has other fields."""
    criteria = tuple(c.model_copy(update=fields) if c.id == question else c for c in ASKED.criteria)
    return remade(criteria=criteria, version="1.1.0")


def relabelled(value: str, label: str) -> tuple[Choice, ...]:
    """The choices of the criteria, one with another label."""
    choices = ASKED.choices_of(ASKED.criteria[0])
    return tuple(c.model_copy(update={"label": label}) if c.value == value else c for c in choices)


def without(*values: str) -> tuple[Choice, ...]:
    return tuple(c for c in ASKED.choices_of(ASKED.criteria[0]) if c.value not in values)


def carried(lines: Sequence[str], changed: Questionnaire) -> tuple[Carried, Record, list[str]]:
    """What was typed, carried over to the changed questionnaire; the record there, and what is told."""
    result = carry(led(*lines).record, HEAD, changed)
    return result, brought(result.changes, changed).record, list(carried_notes(result, HEAD, changed))


@given(interviews())
def test_where_nothing_changed_the_record_is_the_same(interview: Any) -> None:
    result = carry(interview.record, HEAD, ASKED)
    assert brought(result.changes, ASKED).record == interview.record
    assert (result.to_look_at, result.left_out) == ((), ())


@st.composite
def _variants(draw: st.DrawFn) -> Questionnaire:
    """Questionnaires near ASKED: questions left out, choices left out, turned round or worded anew."""
    parts = []
    for level, name in enumerate("abcd", start=1):
        part = criterion(name, level, label=draw(st.sampled_from([f"about {name}", "about something else"])))
        choices = draw(st.lists(st.sampled_from(part["choices"]), min_size=1, unique_by=lambda c: str(c["value"])))
        parts.append({**part, "choices": tuple(choices)})
    some = draw(st.lists(st.sampled_from(parts), min_size=1, unique_by=lambda part: str(part["id"])))
    return questionnaire(some)


@given(interviews(), _variants())
def test_every_question_is_carried_whole_or_listed(interview: Any, changed: Questionnaire) -> None:
    before = interview.record
    result = carry(before, HEAD, changed)
    after = brought(result.changes, changed).record
    left_out = dict(result.left_out)
    answered = before.given.keys() | {key for key, rounds in before.rounds.items() if any(r.votes for r in rounds)}
    for question in ASKED.questions:
        if question in left_out:
            assert question not in after.given
            assert question not in after.rounds
            continue
        if question not in changed.questions:  # and nobody had answered it, so that it needs no mention
            assert question not in answered
            continue
        assert after.given.get(question) == before.given.get(question)
        assert after.reasons.get(question) == before.reasons.get(question)
        assert after.remarks.get(question) == before.remarks.get(question)
        rounds = zip(after.rounds.get(question, ()), before.rounds.get(question, ()), strict=True)
        assert all(
            sorted(map(repr, a.votes)) == sorted(map(repr, b.votes)) and a.revealed == b.revealed for a, b in rounds
        )
    assert after.people == before.people
    assert after.marked - before.marked == set(result.to_look_at) - before.marked
    assert answered <= {*result.standing, *result.to_look_at, *left_out}


def test_other_weights_and_scores_leave_every_answer_as_it_is() -> None:
    result, record, said = carried(["1", "2"], edited("a", weight=5, hint="ask twice", guidance="ask on"))
    assert (result.standing, result.to_look_at, result.left_out) == (("a", "b"), (), ())
    assert record.given == sheet(a="c0", b="c1")
    assert not record.marked
    assert said == [
        "The questionnaire has changed since this session was last open (small, version 1.0.0 is now 1.1.0).",
        "2 answers fit and stand.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"label": "something else"},
        {"choices": relabelled("c2", "choice two")},
        {"choices": without("c2")},
        {"choices": (*without(), Choice(value="c3", label="choice 3", score=1))},
        {"choices": tuple(reversed(without()))},
    ],
    ids=["its words", "a choice's words", "fewer choices", "more choices", "their order"],
)
def test_an_answer_whose_question_changed_is_to_be_looked_at(change: dict[str, Any]) -> None:
    result, record, said = carried(["1", "2"], edited("a", short="talk", **change))
    assert (result.standing, result.to_look_at, result.left_out) == (("b",), ("a",), ())
    assert record.given == sheet(a="c0", b="c1")
    assert record.marked == {"a"}
    assert said[1:] == ["1 answer fits and stands.", "To look at, since the question changed; marked for review: talk."]


def test_an_answer_whose_choice_is_gone_is_left_out_and_its_note_stays() -> None:
    result, record, said = carried(["e heard so", "1", "2"], edited("a", choices=without("c0")))
    assert result.left_out == (("a", "there is no choice `c0` any more"),)
    assert record.given == sheet(b="c1")
    assert record.remarks["a"].note == "heard so"
    assert said[2:] == ["Left out: about a; there is no choice `c0` any more."]


def test_a_question_that_is_gone_is_left_out_with_its_note() -> None:
    changed = remade(criteria=ASKED.criteria[1:])
    result, record, said = carried(["1", "2", "g 1", "e heard so"], changed)
    assert result.left_out == (("a", "there is no such question any more"),)
    assert record.given == sheet(b="c1")
    assert not record.remarks
    assert said[0].endswith("(small, version 1.0.0).")
    assert said[2:] == ["Left out: `a`; there is no such question any more."]
    assert carried(["e heard so"], changed)[0].left_out == result.left_out


def test_a_new_question_is_open() -> None:
    new = ASKED.criteria[0].model_copy(update={"id": "e"})
    result, record, _ = carried(["1"], remade(criteria=(*ASKED.criteria, new)))
    assert (result.standing, "e" in record.given) == (("a",), False)


def test_dont_know_and_not_applicable_fit_any_choices() -> None:
    changed = edited("a", choices=without("c0", "c1"))
    assert carried(["?"], changed)[1].given == sheet(a="?")
    assert carried(["x none"], changed)[1].given["a"] == Answer(not_applicable="none")


def test_votes_are_carried_with_their_rounds_and_what_stands_against_them() -> None:
    lines = ["room Ann, Bob", "v", "1", "2", "v", "v", "2", "2", "v", "o 3 two buyers said so", "g 2", "v", "1"]
    result, record, _ = carried(lines, edited("a", label="something else"))
    assert (result.to_look_at, result.standing) == (("a",), ("b",))
    assert record == led(*lines, "stop", "g 1", "m").record
    assert [r.revealed for r in record.rounds["a"]] == [True, True]
    assert record.reasons == {"a": "two buyers said so"}
    assert record.round("b") == led(*lines).record.round("b")


def test_one_vote_that_does_not_fit_leaves_the_whole_vote_out() -> None:
    lines = ["room 2", "v", "1", "3", "v"]
    result, record, _ = carried(lines, edited("a", choices=without("c2")))
    assert result.left_out == (("a", "there is no choice `c2` any more"),)
    assert not record.rounds


def test_hands_are_carried_by_choice_and_not_by_place() -> None:
    changed = edited("a", choices=tuple(reversed(without("c1"))))
    _, record, _ = carried(["c 3 0 1 ?1"], changed)
    votes = [vote.answer.choice for vote in record.rounds["a"][0].votes]
    assert sorted(filter(None, votes)) == ["?", "c0", "c0", "c0", "c2"]
    assert room_answers(changed, record.voting())["a"].choice == "c0"


def test_another_translation_changes_nothing_for_those_who_did_not_see_it() -> None:
    def spoken(german: str) -> Questionnaire:
        return edited("a", label={"en": "about a", "de": german})

    for language, look_at in (("en", ()), ("de", ("a",))):
        head = head_of(spoken("über a"), company="Acme", date="2026-11-21", language=language)
        assert carry(led("1").record, head, spoken("zu a")).to_look_at == look_at


def test_what_was_brought_cannot_be_undone() -> None:
    course = brought(carry(led("1", "2").record, HEAD, ASKED).changes, ASKED)
    assert (course.past, course.future) == ((), ())
