"""Undo and redo, and in words what they took back or brought back."""

from cvp.interview.changes import Redone, Undone
from cvp.interview.progress import so_far
from cvp.interview.record import Moment, Record
from cvp.interview.state import Interview


def undo(interview: Interview, _: str) -> Interview:
    """Takes back the last change that stands, and goes to its question."""
    if not interview.course.past:
        return interview.saying("There is nothing to undo.")
    return _stepped(interview, interview.course.past[-1], Undone())


def redo(interview: Interview, _: str) -> Interview:
    """Brings back the last change that was taken back."""
    if not interview.course.future:
        return interview.saying("There is nothing to redo.")
    return _stepped(interview, interview.course.future[-1], Redone())


def _stepped(interview: Interview, moment: Moment, change: Undone | Redone) -> Interview:
    """At the question that it is about."""
    after = interview.after(change)
    position = interview.number(moment.question) - 1 if moment.question else interview.position
    said = f"{'Undone' if isinstance(change, Undone) else 'Redone'}: {_difference(interview, after, moment.question)}."
    news = (so_far(after),) if after.sheet != interview.sheet else ()
    return after.moved(position, said, *news)


def _difference(before: Interview, after: Interview, question: str) -> str:
    """What one of the two records has and the other has not; a hidden vote stays hidden."""
    earlier, later = before.record, after.record
    if not question:
        return "who is in the room"
    at = f"question {before.number(question)}"
    if earlier.rounds.get(question) != later.rounds.get(question):
        return f"{_vote(earlier, later, question)} {at}"
    if earlier.remarks.get(question) != later.remarks.get(question):
        return f"what was noted at {at}"
    if earlier.marked != later.marked:
        return f"the mark on {at}"
    state = "has an answer" if question in after.sheet else "is open"
    return f"the answer to {at}, which {state} again"


def _vote(earlier: Record, later: Record, question: str) -> str:
    one, other = earlier.round(question), later.round(question)
    if one and other and one.voters != other.voters and not (one.revealed or other.revealed):
        return "a vote on"
    if len(earlier.rounds.get(question, ())) == len(later.rounds.get(question, ())):
        return "the reveal of the vote on"
    return "the vote on"
