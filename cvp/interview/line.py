"""The line front end: prints a screen, reads a line, keeps what was answered, and again. Works over any pipe."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TextIO

from cvp.answers import Answer, AnswerSheet
from cvp.interview.keys import reduce
from cvp.interview.state import start
from cvp.interview.view import view
from cvp.questionnaire import Questionnaire

PROMPT: Final = "> "
PATIENCE: Final = 10
"""How many lines in a row may be no text: some decoders fail at the end of the input for ever."""
_NO_TEXT: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Outcome:
    """The answers, and whether the interview was led to its end."""

    sheet: AnswerSheet
    finished: bool


def ask(
    questionnaire: Questionnaire,
    sheet: Mapping[str, Answer],
    *,
    keep: Callable[[AnswerSheet], None],
    input_stream: TextIO,
    output_stream: TextIO,
    width: int,
    language: str | None = None,
    day: datetime.date | None = None,
) -> Outcome:
    """Interviews until everything is answered or the user leaves; the end of the input leaves too.

    `keep` gets the whole sheet after every change, before the next prompt. Ctrl-C passes through as
    KeyboardInterrupt, when `keep` has everything; so do the errors of `keep` and of the streams.
    """
    lines = _lines(input_stream)
    state = start(questionnaire, sheet, language, day)
    kept = state.sheet
    try:
        while not state.ending:
            _show(output_stream, view(state, width, output_stream.encoding or "utf-8"))
            line = next(lines, None)
            if line is None:
                output_stream.write("\n")
            state = reduce(state, "q" if line is None else line)
            if state.sheet != kept:
                keep(state.sheet)
                kept = state.sheet
    except KeyboardInterrupt:
        if state.sheet != kept:
            keep(state.sheet)
        raise
    return Outcome(state.sheet, state.ending == "finished")


def _show(output_stream: TextIO, lines: list[str]) -> None:
    output_stream.write("\n".join(["", *lines, PROMPT]))
    output_stream.flush()


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines to the end of the input. One whose bytes are no text is a typing error like any other."""
    failed = 0
    while failed < PATIENCE:
        try:
            line = stream.readline()
            failed = 0
        except UnicodeDecodeError:
            line = _NO_TEXT
            failed += 1
        if not line:
            return
        yield line
