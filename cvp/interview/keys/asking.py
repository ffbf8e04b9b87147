"""Keys that ask back: why a question, the ladder so far, what if, what needs talk."""

from collections.abc import Iterator
from typing import Final

from cvp.interview.changes import Answered
from cvp.interview.debate import agenda_lines, deciders_line
from cvp.interview.keys.answering import in_words, parsed
from cvp.interview.progress import bounds, ladder, way
from cvp.interview.state import Interview
from cvp.questionnaire import Criterion, Safeguard

_HOW: Final = "What if? Type w and an answer, which is not given by it; as in: w 3, or w ?"


def why(interview: Interview, _: str) -> Interview:
    """What the question counts for, how to ask on, and its source."""
    question = interview.question
    return interview.saying(*_background(interview, question)) if question else interview


def _background(interview: Interview, question: Criterion | Safeguard) -> Iterator[str]:
    """What the answer counts for, why it is asked, how to ask on, and where it comes from."""
    if isinstance(question, Safeguard):
        yield f"A safeguard: a low answer limits the level to {question.cap}. {interview.say(question.why)}"
    else:
        must = f"; the level needs at least {question.must:g} of 1 here" if question.must is not None else ""
        yield f"Counts for Level {question.level} with weight {question.weight:g}{must}."
        if question.fresh_for:
            yield f"Evidence older than {question.fresh_for} months leaves it open."
    yield from filter(None, interview.say(question.guidance).splitlines())
    if source := interview.questionnaire.sources.get(question.source):
        yield f"Source: {source}"


def ladder_so_far(interview: Interview, _: str) -> Interview:
    """The four gates, and what limits the level."""
    return interview.saying(*ladder(interview))


def what_if(interview: Interview, argument: str) -> Interview:
    """The level, its bounds and the way to Level 4 with an answer, which is not given."""
    name, rest = (*argument.split(maxsplit=1), "", "")[:2]
    answer = parsed(interview, name, rest or ("not ours" if name.casefold() == "x" else ""))
    if not name or answer is None:
        return interview.saying(_HOW)
    if isinstance(answer, str):
        return interview.saying(answer)
    said = "not applicable" if answer.not_applicable else in_words(interview, answer)
    then = interview.after(Answered(question=interview.here, answer=answer))
    return interview.saying(f"If it were {said}: {bounds(then)}.", *way(then), f"As it is: {bounds(interview)}.")


def agenda(interview: Interview, _: str) -> Interview:
    """What the room must talk about, and who alone decides the level."""
    return interview.saying(*agenda_lines(interview), *deciders_line(interview))
