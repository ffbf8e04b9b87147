"""A moment of an interview as plain lines: no colour, no cursor, nothing that needs to be seen to be understood."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len, chop_cells

from cvp.answers import DONT_KNOW
from cvp.interview.keys import offered
from cvp.interview.state import Interview
from cvp.questionnaire import Criterion, Safeguard
from cvp.text import and_list, counted, escaped, one_line

NARROWEST: Final = 40
WIDEST: Final = 120
NAMED: Final = 20
"""How many open questions the end names."""

_PLAIN: Final = {"·": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": "*", "→": "->"}


def view(interview: Interview, width: int, encoding: str = "utf-8") -> list[str]:
    """What to show: the message, then the question or the end; nothing after the interview has ended.

    No line is wider than `width` cells, taken as 40 to 120; every character is one that `encoding` can write.
    """
    page = _Page(max(NARROWEST, min(width, WIDEST)), encoding)
    message = [line for text in interview.message for line in page.wrapped(text)]
    if interview.ending:
        return message
    question = interview.question
    body = _asked(interview, question, page) if question else _end(interview, page)
    keys = page.joined(offered(interview), " · ")
    return [*message, *([""] if message else []), *body, "", *keys]


def _asked(interview: Interview, question: Criterion | Safeguard, page: "_Page") -> Iterator[str]:
    yield from page.wrapped(_heading(interview, question))
    yield from page.wrapped(interview.say(question.label))
    if hint := interview.say(question.hint):
        yield from page.wrapped(f"Hint: {hint}")
    yield ""
    answer = interview.answer
    margin = len(str(len(interview.choices)))
    for number, choice in enumerate(interview.choices, 1):
        mark = " (your answer)" if answer and answer.choice == choice.value else ""
        yield from page.wrapped(interview.say(choice.label) + mark, f"  {number:>{margin}}  ")
    if answer and answer.choice == DONT_KNOW:
        yield from page.wrapped("Your answer: don't know")
    elif answer and answer.not_applicable is not None:
        yield from page.wrapped(f"Your answer: not applicable, {answer.not_applicable}")


def _heading(interview: Interview, question: Criterion | Safeguard) -> str:
    place = f"Question {interview.position + 1} of {len(interview.order)}"
    if isinstance(question, Safeguard):
        return f"{place} · Safeguard: can limit the level to {question.cap}"
    return f"{place} · Level {question.level} {interview.say(interview.questionnaire.level(question.level).name)}"


def _end(interview: Interview, page: "_Page") -> Iterator[str]:
    yield from page.wrapped(f"The end · {counted(len(interview.order), 'question')}")
    numbers = [str(position + 1) for position in interview.unanswered]
    if not numbers:
        yield from page.wrapped("Every question has an answer.")
        return
    shown = [*numbers[:NAMED], f"{len(numbers) - NAMED} more"] if len(numbers) > NAMED else numbers
    yield from page.wrapped(f"{counted(len(numbers), 'question is', 'questions are')} open: {and_list(shown)}.")


class _Page:
    """Lines of a width that one encoding can write."""

    def __init__(self, width: int, encoding: str) -> None:
        self.width = width
        self.encoding = encoding

    def wrapped(self, text: str, prefix: str = "") -> Iterator[str]:
        """The text after `prefix`, broken between words, its further lines as deep as the first."""
        return self._filled(self._spelled(text).split(), " ", prefix)

    def joined(self, entries: Iterable[str], separator: str) -> Iterator[str]:
        """The entries with `separator` between them, broken between entries alone."""
        return self._filled([self._spelled(entry) for entry in entries], self._spelled(separator, between=True))

    def _filled(self, words: list[str], separator: str, prefix: str = "") -> Iterator[str]:
        indent, line = " " * len(prefix), ""
        room = self.width - len(prefix)
        for word in (piece for whole in words for piece in chop_cells(whole, room)):
            longer = f"{line}{separator}{word}" if line else word
            if cell_len(longer) <= room:
                line = longer
                continue
            yield prefix + line
            prefix, line = indent, word
        yield prefix + line

    def _spelled(self, text: str, between: bool = False) -> str:
        """The text on one line, in characters that can be written and do not steer the terminal."""
        shown = text if between else one_line(text)
        return "".join(character if self._writes(character) else _plain(character) for character in shown)

    def _writes(self, character: str) -> bool:
        try:
            character.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def _plain(character: str) -> str:
    return _PLAIN.get(character, "") or escaped(character)
