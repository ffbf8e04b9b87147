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
from cvp.text import counted, one_line

LONGEST: Final = 2_000
"""Of a reason or a note, in characters."""
NUMBER: Final = re.compile(r"[0-9]{1,4}")
UNDER_WAY: Final = "A hidden vote is under way here. Type v to go on with it, or u to take back what was done last."
VOTED: Final = "The room has voted here. Against the vote, type o, the answer and why; as in: o 3 We asked two buyers"
NEEDS_REASON: Final = "Not applicable needs its reason; as in: x We sell to consumers only"


def choose(interview: Interview, number: int) -> Interview:
    """The choice with this number."""
    answer = chosen(interview, number)
    return interview.saying(answer) if isinstance(answer, str) else _give(interview, answer)


def dont_know(interview: Interview, _: str) -> Interview:
    """Which is an answer, and leaves the question open."""
    return _give(interview, Answer(choice=DONT_KNOW))


def not_applicable(interview: Interview, argument: str) -> Interview:
    """With its reason."""
    answer = inapplicable(argument)
    return interview.saying(answer) if isinstance(answer, str) else _give(interview, answer)


def chosen(interview: Interview, number: int) -> Answer | str:
    """The choice with this number, or what to say where there is none."""
    if not 1 <= number <= len(interview.choices):
        return f"This question has {counted(len(interview.choices), 'choice')}: type {numbers(interview)}."
    return Answer(choice=interview.choices[number - 1].value)


def inapplicable(argument: str) -> Answer | str:
    """Not applicable for this reason, or what to say where it will not do."""
    reason = one_line(argument)
    if not reason:
        return NEEDS_REASON
    return Answer(not_applicable=reason) if len(reason) <= LONGEST else too_long("reason")


def too_long(what: str) -> str:
    """What to say of a text beyond LONGEST."""
    return f"That {what} is too long; please say it in {LONGEST} characters."


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
        return f"not applicable, {answer.not_applicable}"
    places = (place for place, choice in enumerate(interview.choices) if choice.value == answer.chosen)
    place = next(places, None)
    return "don't know" if place is None else f"{place + 1} {interview.say(interview.choices[place].label)}"


def override(interview: Interview, argument: str) -> Interview:
    """`3 REASON`, `? REASON` or `x REASON`, where the room has voted."""
    if interview.round is None:
        return interview.saying("Nothing was voted here, so the answer alone will do; as in: 3")
    if not interview.round.revealed:
        return interview.saying(UNDER_WAY)
    name, reason = (*argument.split(maxsplit=1), "", "")[:2]
    reason = one_line(reason)
    answer = parsed(interview, name, reason if name.casefold() == "x" else "")
    if answer is None:
        return interview.saying("Against the vote: type o, the answer and why; as in: o 3 We asked two buyers")
    if isinstance(answer, str) and answer != NEEDS_REASON:
        return interview.saying(answer)
    if isinstance(answer, str) or not reason:
        return interview.saying(f"An answer against the vote needs its reason; as in: o {name} We asked two buyers")
    return _given(interview, answer, reason) if len(reason) <= LONGEST else interview.saying(too_long("reason"))


def _give(interview: Interview, answer: Answer) -> Interview:
    if interview.round is None:
        return _given(interview, answer)
    return interview.saying(VOTED if interview.round.revealed else UNDER_WAY)


def _given(interview: Interview, answer: Answer, reason: str | None = None) -> Interview:
    question = interview.here
    before, noted = interview.record.given.get(question), interview.record.remarks.get(question)
    same = before == answer and interview.record.reasons.get(question) == reason
    after = interview if same else interview.after(Answered(question=question, answer=answer, reason=reason))
    against = f", against the vote: {reason}" if reason else ""
    stays = ("What was noted at the question stays.",) if before and not same and noted else ()
    said = (f"You said: {in_words(interview, answer)}{against}", *(_votes(interview) if reason else ()), *stays)
    return after.moved(onward(after), *said, so_far(after))


def _votes(interview: Interview) -> Iterator[str]:
    """What the answer stands against."""
    if interview.question:
        votes = interview.outcome.votes(interview.question)
        unsure = f", and {votes.dont_know} don't know" if votes.dont_know else ""
        yield f"The votes stay on record: {' '.join(map(str, votes.frequencies))} in order{unsure}."
