"""Undo and redo, and in words what they took back or brought back."""

from cvp.interview.changes import Redone, Undone
from cvp.interview.progress import so_far
from cvp.interview.record import Moment, Record
from cvp.interview.state import Interview
from cvp.speaking import _


def undo(interview: Interview, _argument: str) -> Interview:
    """Takes back the last change that stands, and goes to its question."""
    if not interview.course.past:
        return interview.saying(_("There is nothing to undo."))
    return _stepped(interview, interview.course.past[-1], Undone())


def redo(interview: Interview, _argument: str) -> Interview:
    """Brings back the last change that was taken back."""
    if not interview.course.future:
        return interview.saying(_("There is nothing to redo."))
    return _stepped(interview, interview.course.future[-1], Redone())


def _stepped(interview: Interview, moment: Moment, change: Undone | Redone) -> Interview:
    """At the question that it is about."""
    after = interview.after(change)
    position = interview.number(moment.question) - 1 if moment.question else interview.position
    said = _("Undone: {what}.") if isinstance(change, Undone) else _("Redone: {what}.")
    news = (so_far(after),) if after.sheet != interview.sheet else ()
    return after.moved(position, said.format(what=_difference(interview, after, moment.question)), *news)


def _difference(before: Interview, after: Interview, question: str) -> str:
    """What one of the two records has and the other has not; a hidden vote stays hidden."""
    earlier, later = before.record, after.record
    if not question:
        return _("who is in the room")
    if earlier.rounds.get(question) != later.rounds.get(question):
        what = _vote(earlier, later, question)
    elif earlier.remarks.get(question) != later.remarks.get(question):
        what = _("what was noted at question {number}")
    elif earlier.marked != later.marked:
        what = _("the mark on question {number}")
    elif question in after.sheet:
        what = _("the answer to question {number}, which has an answer again")
    else:
        what = _("the answer to question {number}, which is open again")
    return what.format(number=before.number(question))


def _vote(earlier: Record, later: Record, question: str) -> str:
    one, other = earlier.round(question), later.round(question)
    if one and other and one.voters != other.voters and not (one.revealed or other.revealed):
        return _("a vote on question {number}")
    if len(earlier.rounds.get(question, ())) == len(later.rounds.get(question, ())):
        return _("the reveal of the vote on question {number}")
    return _("the vote on question {number}")
