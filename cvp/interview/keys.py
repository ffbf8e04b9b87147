"""What each key does. To add one: a function from the state and what follows the key, and a line in KEYS."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cvp.answers import DONT_KNOW, Answer
from cvp.interview.progress import ladder, so_far
from cvp.interview.state import Interview
from cvp.questionnaire import Criterion, Safeguard
from cvp.text import counted, one_line

LONGEST_REASON: Final = 2_000
SHOWN: Final = 30
"""How much of an unknown command is shown again."""
_NUMBER: Final = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Key:
    """`key` or `word` typed, with `argument` after it where there is one; `press` gives the next state.

    `does` is what it does at a question, `at_end` past the last one; None where it does nothing there.
    """

    key: str
    word: str
    does: str
    press: Callable[[Interview, str], Interview]
    argument: str = ""
    at_end: str | None = None


def reduce(interview: Interview, line: str) -> Interview:
    """The state after one typed line. Nothing but a whole, known command changes anything but the message."""
    if interview.ending:
        return interview
    name, argument = (*line.split(maxsplit=1), "", "")[:2]
    if not name:
        return interview.saying(f"Nothing was typed, so nothing is answered. {hint(interview)}")
    if _NUMBER.fullmatch(name) and not argument:
        return _choose(interview, int(name))
    if key := _NAMED.get(name.lower()):
        return _press(key, interview, argument.strip())
    return interview.saying(f'"{_shortened(line)}" is not something to type here. {hint(interview)}')


def _press(key: Key, interview: Interview, argument: str) -> Interview:
    if interview.at_end and key.at_end is None:
        return interview.saying(f'There is no question here for "{key.key}". {hint(interview)}')
    if argument and not key.argument:
        return interview.saying(f'"{key.key}" takes nothing after it; "{_shortened(argument)}" was not understood.')
    return key.press(interview, argument)


def offered(interview: Interview) -> Iterator[str]:
    """What can be typed now and what it does, an entry each: `b back`."""
    if interview.choices:
        yield f"{_numbers(interview)} choose"
    for key in KEYS:
        does = key.at_end if interview.at_end else key.does
        if does is not None:
            yield " ".join(part for part in (key.key, key.argument, does) if part)


def hint(interview: Interview) -> str:
    """What to type next, in a sentence."""
    if interview.at_end:
        return "Type q when done, or help for all keys."
    return f"Type {_numbers(interview)}, ? for don't know, or help for all keys."


def _numbers(interview: Interview) -> str:
    return "1" if len(interview.choices) == 1 else f"1 to {len(interview.choices)}"


def _shortened(line: str) -> str:
    text = one_line(line)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _choose(interview: Interview, number: int) -> Interview:
    if interview.at_end:
        return interview.saying(f"There is no question here; g {number} goes to question {number}.")
    if not 1 <= number <= len(interview.choices):
        count = counted(len(interview.choices), "choice")
        return interview.saying(f"This question has {count}: type {_numbers(interview)}.")
    choice = interview.choices[number - 1]
    before = interview.answer
    # The same choice again keeps its note and evidence; another one makes them untrue.
    answer = before if before and before.choice == choice.value else Answer(choice=choice.value)
    return _give(interview, answer, f"You said: {number} {interview.say(choice.label)}")


def _dont_know(interview: Interview, _: str) -> Interview:
    before = interview.answer
    answer = before if before and before.choice == DONT_KNOW else Answer(choice=DONT_KNOW)
    return _give(interview, answer, "You said: don't know")


def _not_applicable(interview: Interview, argument: str) -> Interview:
    reason = one_line(argument)
    if not reason:
        return interview.saying("Not applicable needs its reason; as in: x We sell to consumers only")
    if len(reason) > LONGEST_REASON:
        return interview.saying(f"That reason is too long; please say it in {LONGEST_REASON} characters.")
    return _give(interview, Answer(not_applicable=reason), f"You said: not applicable, {reason}")


def _give(interview: Interview, answer: Answer, said: str) -> Interview:
    before, after = interview.answer, interview.answered(answer)
    lost = before is not None and before is not answer and (before.note or before.evidence)
    warning = ("The note and evidence of the earlier answer went with it; u brings them back.",) if lost else ()
    return after.saying(said, *warning, so_far(after))


def _next(interview: Interview, _: str) -> Interview:
    if not interview.at_end:
        return interview.moved(interview.position + 1)
    if not interview.unanswered:
        return interview.saying("Every question has an answer.")
    return interview.moved(interview.unanswered[0])


def _back(interview: Interview, _: str) -> Interview:
    if not interview.position:
        return interview.saying("This is the first question.")
    return interview.moved(interview.position - 1)


def _go(interview: Interview, argument: str) -> Interview:
    last = len(interview.order)
    if _NUMBER.fullmatch(argument) and 1 <= int(argument) <= last:
        return interview.moved(int(argument) - 1)
    return interview.saying(f"Which question? Type g and a number from 1 to {last}; as in: g {min(7, last)}")


def _undo(interview: Interview, _: str) -> Interview:
    if not interview.history:
        return interview.saying("There is nothing to undo.")
    after = interview.undone()
    what = "has its earlier answer again" if after.answer else "is open again"
    return after.saying(f"Undone: question {after.position + 1} {what}.", so_far(after))


def _why(interview: Interview, _: str) -> Interview:
    question = interview.question
    return interview.saying(*_background(interview, question)) if question else interview


def _background(interview: Interview, question: Criterion | Safeguard) -> Iterator[str]:
    """What the answer counts for, why it is asked, how to ask on, and where it comes from."""
    if isinstance(question, Safeguard):
        yield f"A safeguard: a low answer limits the level to {question.cap}. {interview.say(question.why)}"
    else:
        must = f"; the level needs at least {question.must:g} of 1 here" if question.must is not None else ""
        yield f"Counts for Level {question.level} with weight {question.weight:g}{must}."
    yield from filter(None, interview.say(question.guidance).splitlines())
    if source := interview.questionnaire.sources.get(question.source):
        yield f"Source: {source}"


def _ladder(interview: Interview, _: str) -> Interview:
    return interview.saying(*ladder(interview))


def _help(interview: Interview, _: str) -> Interview:
    return interview.saying("What can be typed:", *offered(interview))


def _quit(interview: Interview, _: str) -> Interview:
    return interview.ended()


KEYS: Final[tuple[Key, ...]] = (
    Key("?", "?", "don't know", _dont_know),
    Key("x", "na", "not applicable", _not_applicable, argument="REASON"),
    Key("n", "next", "next", _next, at_end="first open question"),
    Key("b", "back", "back", _back, at_end="back"),
    Key("g", "go", "go to a question", _go, argument="7", at_end="go to a question"),
    Key("u", "undo", "undo", _undo, at_end="undo"),
    Key("h", "why", "why and source", _why),
    Key("l", "ladder", "ladder so far", _ladder, at_end="ladder so far"),
    Key("help", "help", "all keys", _help, at_end="all keys"),
    Key("q", "quit", "save and leave", _quit, at_end="done"),
)
"""In the order in which help names them."""

_NAMED: Final = {name: key for key in KEYS for name in (key.key, key.word)}
