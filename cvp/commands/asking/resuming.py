"""`assess --resume`: which of the sessions in the current folder to go on with."""

from collections.abc import Sequence
from pathlib import Path

from cvp.commands.asking.lines import ask_line
from cvp.commands.failing import say
from cvp.errors import NoSession, WrongUsage
from cvp.sessions import Found, sessions_in
from cvp.text import one_line

MOST = 20
"""How many are offered; the others go by --session."""


def choose_session(somebody: bool) -> str:
    """The file of the session to go on with: the only one, or the one that is chosen.

    Raises NoSession where there is none, and WrongUsage, with the list, where there is `somebody` to choose.
    """
    found, faults = sessions_in(Path())
    for fault in faults:
        say(f"cvp: {fault}")
    if not found:
        raise NoSession("there is no session (*.cvp.jsonl) in this folder; begin one: cvp assess --company NAME")
    if not somebody:
        raise WrongUsage(
            "\n".join(["--resume: there is nobody to choose; name one with --session FILE:", *_list(found)])
        )
    if len(found) == 1:
        say(f"going on with {_line(found[0])}")
        return found[0].file
    say("\n".join(["Sessions in this folder:", *_list(found)]))
    return _chosen(found[:MOST]).file


def _list(found: Sequence[Found]) -> list[str]:
    lines = [f"{number:>3}  {_line(session)}" for number, session in enumerate(found[:MOST], 1)]
    return [*lines, f"     and {len(found) - MOST} older ones"] if len(found) > MOST else lines


def _line(session: Found) -> str:
    got = f"{session.answered} of {session.asked} answered"
    when = f"last change {session.changed:%Y-%m-%d %H:%M}"
    return f"{session.company}, {session.date}: {got}, {when}, {one_line(session.file)}"


def _chosen(found: Sequence[Found]) -> Found:
    while True:
        if not (line := ask_line(f"Which one? 1 to {len(found)}, Enter for 1: ")):
            raise WrongUsage("--resume: none was chosen; name one with --session FILE")
        number = line.strip() or "1"
        if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(found):
            return found[int(number) - 1]
