"""Keys that go to another question."""

from dataclasses import replace
from typing import Final

from cvp.interview.state import Interview, to_ask
from cvp.speaking import _

_END: Final = "end"
_MARKED: Final = "m"


def onward(interview: Interview) -> int:
    """Where to go on from the question: in ladder order to the next one that is open, else to the one to ask first."""
    if interview.asks == "decisive":
        return to_ask(interview, *interview.skipped, interview.here)
    following = (position for position in interview.unanswered if position > interview.position)
    return next(following, len(interview.order))


def skip(interview: Interview, _argument: str) -> Interview:
    """What is open stays open."""
    question = interview.here
    skipping = replace(interview, skipped=interview.skipped | {question})
    if question in interview.sheet:
        return skipping.moved(onward(skipping))
    stays = _("Question {number} stays open.").format(number=interview.position + 1)
    return skipping.moved(onward(skipping), stays)


def next_(interview: Interview, argument: str) -> Interview:
    """The question after this one; in the decisive order, the one that was asked after it."""
    if interview.asks == "ladder":
        return interview.moved(interview.position + 1)
    trail = _trail(interview)
    if interview.position in trail[:-1]:
        return interview.moved(trail[trail.index(interview.position) + 1])
    return skip(interview, argument)


def next_at_end(interview: Interview, _argument: str) -> Interview:
    """To the first question that is left or marked."""
    marked = {place for place, key in enumerate(interview.order) if key in interview.record.marked}
    if not (left := sorted({*marked, *interview.unanswered})):
        return interview.saying(_("No question is left, and none is marked."))
    return _to_marked(replace(interview, skipped=frozenset()), left[0])


def back(interview: Interview, _argument: str) -> Interview:
    """To the question before this one: on the ladder, or of those that were answered where they come in any order."""
    before = interview.position - 1
    if interview.asks == "decisive":
        trail = _trail(interview)
        place = trail.index(interview.position) if interview.position in trail else len(trail)
        before = trail[place - 1] if place else -1
    return interview.saying(_("This is the first question.")) if before < 0 else interview.moved(before)


def _trail(interview: Interview) -> list[int]:
    """The questions that were dealt with, in the order in which they were."""
    dealt = dict.fromkeys(moment.question for moment in interview.course.past if moment.question)
    return [interview.order.index(question) for question in dealt]


def go(interview: Interview, argument: str) -> Interview:
    """To the question with this number, to the next marked one (`m`), or to the `end`."""
    last, where = len(interview.order), argument.casefold()
    if where == _MARKED:
        return _go_marked(interview)
    if where == _END:
        return interview.moved(last)
    if where.isascii() and where.isdigit() and len(where) <= 4 and 1 <= int(where) <= last:
        return interview.moved(int(where) - 1)
    which = _(
        "Which question? Type g and a number from 1 to {last}, m for the next marked one, or end; as in: g {example}"
    )
    return interview.saying(which.format(last=last, example=min(7, last)))


def _go_marked(interview: Interview) -> Interview:
    marked = [place for place, key in enumerate(interview.order) if key in interview.record.marked]
    if not marked:
        return interview.saying(_("No question is marked. Type m at a question to mark it for review."))
    return _to_marked(interview, next((place for place in marked if place > interview.position), marked[0]))


def _to_marked(interview: Interview, position: int) -> Interview:
    marked = interview.order[position] in interview.record.marked
    return interview.moved(position, *((_("Marked for review; m takes the mark away."),) if marked else ()))
