"""Keys that answer: a number, don't know, not applicable, and an answer against the vote of the room."""

import re
from collections.abc import Iterator
from typing import Final

from cvp.answers import DONT_KNOW, Answer
from cvp.interview.changes import Answered
from cvp.interview.keys.key import numbers
from cvp.interview.keys.moving import onward
from cvp.interview.progress import so_far
from cvp.interview.state import Interview
from cvp.speaking import N_, _, ngettext
from cvp.text import one_line

LONGEST: Final = 2_000
"""Of a reason or a note, in characters."""
NUMBER: Final = re.compile(r"[0-9]{1,4}")
UNDER_WAY: Final = N_("A hidden vote is under way here. Type v to go on with it, or u to take back what was done last.")
VOTED: Final = N_(
    "The room has voted here. Against the vote, type o, the answer and why; as in: o 3 We asked two buyers"
)


def choose(interview: Interview, number: int) -> Interview:
    """The choice with this number."""
    answer = chosen(interview, number)
    return interview.saying(answer) if isinstance(answer, str) else _give(interview, answer)


def dont_know(interview: Interview, _argument: str) -> Interview:
    """Which is an answer, and leaves the question open."""
    return _give(interview, Answer(choice=DONT_KNOW))


def not_applicable(interview: Interview, argument: str) -> Interview:
    """With its reason."""
    answer = inapplicable(argument)
    return interview.saying(answer) if isinstance(answer, str) else _give(interview, answer)


def chosen(interview: Interview, number: int) -> Answer | str:
    """The choice with this number, or what to say where there is none."""
    if not 1 <= number <= len(interview.choices):
        choices = ngettext("{n} choice", "{n} choices", len(interview.choices)).format(n=len(interview.choices))
        return _("This question has {choices}: type {numbers}.").format(choices=choices, numbers=numbers(interview))
    return Answer(choice=interview.choices[number - 1].value)


def inapplicable(argument: str) -> Answer | str:
    """Not applicable for this reason, or what to say where it will not do."""
    reason = one_line(argument)
    if not reason:
        return _("Not applicable needs its reason; as in: x We sell to consumers only")
    return Answer(not_applicable=reason) if len(reason) <= LONGEST else long_reason()


def long_reason() -> str:
    """What to say of a reason beyond LONGEST."""
    return _("That reason is too long; please say it in {most} characters.").format(most=LONGEST)


def parsed(interview: Interview, name: str, argument: str) -> Answer | str | None:
    """The answer that a line means, what to say of one that is wrong, or None where it is no answer at all."""
    if NUMBER.fullmatch(name) and not argument:
        return chosen(interview, int(name))
    if name == DONT_KNOW and not argument:
        return Answer(choice=DONT_KNOW)
    return inapplicable(argument) if name.casefold() == "x" else None


def in_words(interview: Interview, answer: Answer) -> str:
    """As in `3 Some of them`."""
    if answer.not_applicable is not None:
        return _("not applicable, {reason}").format(reason=answer.not_applicable)
    places = (place for place, choice in enumerate(interview.choices) if choice.value == answer.chosen)
    place = next(places, None)
    return _("don't know") if place is None else f"{place + 1} {interview.say(interview.choices[place].label)}"


def override(interview: Interview, argument: str) -> Interview:
    """`3 REASON`, `? REASON` or `x REASON`, where the room has voted."""
    if interview.round is None:
        return interview.saying(_("Nothing was voted here, so the answer alone will do; as in: 3"))
    if not interview.round.revealed:
        return interview.saying(_(UNDER_WAY))
    name, reason = (*argument.split(maxsplit=1), "", "")[:2]
    reason, not_applicable = one_line(reason), name.casefold() == "x"
    answer = parsed(interview, name, reason if not_applicable else "")
    if answer is None:
        return interview.saying(_("Against the vote: type o, the answer and why; as in: o 3 We asked two buyers"))
    if isinstance(answer, str) and (reason or not not_applicable):
        return interview.saying(answer)
    if isinstance(answer, str) or not reason:
        needed = _("An answer against the vote needs its reason; as in: o {answer} We asked two buyers")
        return interview.saying(needed.format(answer=name))
    return _given(interview, answer, reason) if len(reason) <= LONGEST else interview.saying(long_reason())


def _give(interview: Interview, answer: Answer) -> Interview:
    if interview.round is None:
        return _given(interview, answer)
    return interview.saying(_(VOTED) if interview.round.revealed else _(UNDER_WAY))


def _given(interview: Interview, answer: Answer, reason: str | None = None) -> Interview:
    question = interview.here
    before, noted = interview.record.given.get(question), interview.record.remarks.get(question)
    same = before == answer and interview.record.reasons.get(question) == reason
    after = interview if same else interview.after(Answered(question=question, answer=answer, reason=reason))
    said = _("You said: {answer}, against the vote: {reason}") if reason else _("You said: {answer}")
    stays = (_("What was noted at the question stays."),) if before and not same and noted else ()
    told = (said.format(answer=in_words(interview, answer), reason=reason), *(_votes(interview) if reason else ()))
    return after.moved(onward(after), *told, *stays, so_far(after))


def _votes(interview: Interview) -> Iterator[str]:
    """What the answer stands against."""
    if interview.question:
        votes = interview.outcome.votes(interview.question)
        stay = _("The votes stay on record: {votes} in order.")
        if votes.dont_know:
            stay = ngettext(
                "The votes stay on record: {votes} in order, and {n} don't know.",
                "The votes stay on record: {votes} in order, and {n} don't know.",
                votes.dont_know,
            )
        yield stay.format(votes=" ".join(map(str, votes.frequencies)), n=votes.dont_know)
