"""Keys that ask back: why a question, the ladder so far, what if, what needs talk."""

from collections.abc import Iterator
from typing import Final

from cvp.interview.changes import Answered
from cvp.interview.debate import agenda_lines, deciders_line
from cvp.interview.keys.answering import in_words, parsed
from cvp.interview.progress import bounds, ladder, way
from cvp.interview.state import Interview
from cvp.questionnaire import Criterion, Safeguard
from cvp.speaking import N_, _, decimal, ngettext, threshold

_HOW: Final = N_("What if? Type w and an answer, which is not given by it; as in: w 3, or w ?")


def why(interview: Interview, _argument: str) -> Interview:
    """What the question counts for, how to ask on, and its source."""
    question = interview.question
    return interview.saying(*_background(interview, question)) if question else interview


def _background(interview: Interview, question: Criterion | Safeguard) -> Iterator[str]:
    """What the answer counts for, why it is asked, how to ask on, and where it comes from."""
    if isinstance(question, Safeguard):
        limits = _("A safeguard: a low answer limits the level to {cap}.").format(cap=question.cap)
        yield f"{limits} {interview.say(question.why)}"
    else:
        yield _counts(question)
        if question.fresh_for:
            yield ngettext(
                "Evidence older than {n} month leaves it open.",
                "Evidence older than {n} months leaves it open.",
                question.fresh_for,
            ).format(n=question.fresh_for)
    yield from filter(None, interview.say(question.guidance).splitlines())
    if source := interview.questionnaire.sources.get(question.source):
        yield _("Source: {source}").format(source=source)


def _counts(criterion: Criterion) -> str:
    weight = decimal(criterion.weight, "g")
    if criterion.must is None:
        return _("Counts for Level {level} with weight {weight}.").format(level=criterion.level, weight=weight)
    counts = _("Counts for Level {level} with weight {weight}; the level needs at least {must} of 1 here.")
    return counts.format(level=criterion.level, weight=weight, must=threshold(criterion.must))


def ladder_so_far(interview: Interview, _argument: str) -> Interview:
    """The four gates, and what limits the level."""
    return interview.saying(*ladder(interview))


def what_if(interview: Interview, argument: str) -> Interview:
    """The level, its bounds and the way to Level 4 with an answer, which is not given."""
    name, rest = (*argument.split(maxsplit=1), "", "")[:2]
    answer = parsed(interview, name, rest or ("not ours" if name.casefold() == "x" else ""))
    if not name or answer is None:
        return interview.saying(_(_HOW))
    if isinstance(answer, str):
        return interview.saying(answer)
    said = _("not applicable") if answer.not_applicable else in_words(interview, answer)
    then = interview.after(Answered(question=interview.here, answer=answer))
    would = _("If it were {answer}: {level}.").format(answer=said, level=bounds(then))
    return interview.saying(would, *way(then), _("As it is: {level}.").format(level=bounds(interview)))


def agenda(interview: Interview, _argument: str) -> Interview:
    """What the room must talk about, and who alone decides the level."""
    return interview.saying(*agenda_lines(interview), *deciders_line(interview))
