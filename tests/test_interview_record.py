"""Changes folded into a record: what fits, what counts, and the way back and forth."""

import pytest
from interview_scripts import ASKED
from pydantic import TypeAdapter, ValidationError

from cvp.answers import Answer, Evidence, Remark
from cvp.interview.changes import (
    Answered,
    Called,
    Cast,
    Change,
    Marked,
    Noted,
    Raised,
    Redone,
    Revealed,
    Seated,
    Undone,
)
from cvp.interview.record import Course, Record, changed
from questionnaires import sheet

LOW, HIGH = Answer(choice="c0"), Answer(choice="c2")
CALL, SHOW = Called(question="a"), Revealed(question="a")
EVERY_CHANGE: tuple[Change, ...] = (
    Seated(people=("Ann", "Bob")),
    Answered(question="b", answer=LOW, reason="why not"),
    Noted(question="b", remark=Remark(note="heard", evidence=(Evidence(text="seen", date="2012"),))),
    Marked(question="b", on=True),
    CALL,
    Cast(question="a", voter=2, answer=Answer(not_applicable="not ours")),
    SHOW,
    Raised(question="c", frequencies=(1, 0, 2), dont_know=1),
    Undone(),
    Redone(),
)


def course(*changes: Change) -> Course:
    now = Course()
    for change in changes:
        now = now.after(change, ASKED)
    return now


def record(*changes: Change) -> Record:
    return course(*changes).record


@pytest.mark.parametrize("change", EVERY_CHANGE, ids=lambda change: change.do)
def test_a_change_reads_back_as_it_was_written(change: Change) -> None:
    adapter = TypeAdapter[Change](Change)
    assert adapter.validate_json(adapter.dump_json(change)) == change
    assert adapter.validate_json(change.model_dump_json(exclude_none=True, exclude_defaults=False)) == change


@pytest.mark.parametrize(
    "text",
    [
        '{"do": "shout"}',
        '{"do": "undo", "more": 1}',
        '{"do": "cast", "question": "a", "voter": 0, "answer": {"choice": "c0"}}',
    ],
)
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Change](Change).validate_json(text)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Answered(question="zz", answer=LOW), "no question"),
        (Answered(question="paid", answer=HIGH), "no choice"),
        (Noted(question="zz", remark=Remark()), "no question"),
        (Marked(question="zz", on=True), "no question"),
        (Called(question="zz"), "no question"),
        (Cast(question="a", voter=1, answer=LOW), "no vote"),
        (SHOW, "no vote"),
        (Raised(question="a", frequencies=(1, 2)), "3 choices"),
        (Undone(), "nothing to undo"),
        (Redone(), "nothing to redo"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Course().after(change, ASKED)


def test_undo_and_redo_change_no_record() -> None:
    with pytest.raises(ValueError, match="no record"):
        changed(Record(), Undone(), ASKED)


def test_votes_count_once_they_are_revealed() -> None:
    hidden = (CALL, Cast(question="a", voter=1, answer=LOW), Cast(question="a", voter=2, answer=HIGH))
    assert not record(*hidden).voting().voted
    assert len(record(*hidden, SHOW).voting().counting("a")) == 2


def test_voting_again_in_the_same_round_replaces_the_vote() -> None:
    again = record(CALL, Cast(question="a", voter=1, answer=LOW), Cast(question="a", voter=1, answer=HIGH), SHOW)
    assert [vote.answer for vote in again.voting().counting("a")] == [HIGH]


def test_calling_again_while_a_round_is_hidden_begins_it_anew() -> None:
    again = record(CALL, Cast(question="a", voter=1, answer=LOW), CALL)
    assert [len(each.votes) for each in again.rounds["a"]] == [0]


def test_a_vote_outranks_the_answer_before_it_and_an_answer_the_vote_before_that() -> None:
    answered = Answered(question="a", answer=LOW, reason="we asked")
    raised = Raised(question="a", frequencies=(0, 0, 2))
    assert record(raised, answered).voting().settled == {"a": LOW}
    assert record(raised, answered).reasons == {"a": "we asked"}
    after = record(raised, answered, raised)
    assert (after.given, after.reasons) == ({}, {})
    assert record(answered, CALL).given == {"a": LOW}


def test_an_answer_without_a_reason_takes_the_reason_before_away() -> None:
    first = Answered(question="a", answer=LOW, reason="we asked")
    assert not record(first, Answered(question="a", answer=HIGH)).reasons


def test_an_empty_remark_and_a_mark_off_leave_nothing() -> None:
    noted = Noted(question="a", remark=Remark(note="heard"))
    assert not record(noted, Noted(question="a", remark=Remark())).remarks
    assert not record(Marked(question="a", on=True), Marked(question="a", on=False)).marked


def test_names_are_told_only_where_asked_for() -> None:
    seated = record(Seated(people=("Ann", "Bob")))
    assert seated.voting().people == ()
    assert seated.voting(named=True).people == ("Ann", "Bob")
    assert seated.voting().respondents == 2


def test_the_course_knows_which_question_each_step_was_about() -> None:
    now = course(Seated(people=("Ann",)), Answered(question="b", answer=LOW), CALL)
    assert [moment.question for moment in now.past] == ["", "b", "a"]
    back = now.after(Undone(), ASKED)
    assert [moment.question for moment in back.future] == ["a"]
    assert back.after(Redone(), ASKED) == now
    assert back.after(Marked(question="c", on=True), ASKED).future == ()


def test_a_record_is_not_changed_in_place() -> None:
    before = record(Answered(question="a", answer=LOW))
    changed(before, Answered(question="a", answer=HIGH), ASKED)
    assert dict(before.given) == sheet(a="c0")
