"""`assess --resume`: which of the sessions in the current folder to go on with."""

from collections.abc import Sequence
from pathlib import Path

from cvp.commands.asking.lines import ask_line
from cvp.commands.failing import say
from cvp.errors import NoSession, WrongUsage
from cvp.sessions import Found, sessions_in
from cvp.speaking import ENGLISH, _, ngettext, speaking
from cvp.text import one_line

MOST = 20
"""How many are offered; the others go by --session."""


def choose_session(somebody: bool, language: str | None = None) -> str:
    """The file of the session to go on with: the only one, or the one that is chosen.

    Spoken is the language, else that of the session that changed last: the one that Enter takes.
    Raises NoSession where there is none, and WrongUsage, with the list, where there is `somebody` to choose.
    """
    found, faults = sessions_in(Path())
    for fault in faults:
        say(f"cvp: {fault}")
    if not found:
        raise NoSession("there is no session (*.cvp.jsonl) in this folder; begin one: cvp assess --company NAME")
    if not somebody:
        with speaking(ENGLISH):  # as all errors are
            listed = "\n".join(_list(found))
        raise WrongUsage(f"--resume: there is nobody to choose; name one with --session FILE:\n{listed}")
    with speaking(language or found[0].language):
        if len(found) == 1:
            say(_("going on with {session}").format(session=line_of(found[0])))
            return found[0].file
        say("\n".join([_("Sessions in this folder:"), *_list(found)]))
        return _chosen(found[:MOST]).file


def _list(found: Sequence[Found]) -> list[str]:
    lines = [f"{number:>3}  {line_of(session)}" for number, session in enumerate(found[:MOST], 1)]
    if (left := len(found) - MOST) <= 0:
        return lines
    return [*lines, "     " + ngettext("and {n} older one", "and {n} older ones", left).format(n=left)]


def line_of(session: Found) -> str:
    """Whose session it is, how far it got, and where it is."""
    line = _("{company}, {date}: {left} of {asked} questions left, last change {changed}, {file}")
    return line.format(
        company=session.company,
        date=session.date,
        left=session.asked - session.answered,
        asked=session.asked,
        changed=f"{session.changed:%Y-%m-%d %H:%M}",
        file=one_line(session.file),
    )


def _chosen(found: Sequence[Found]) -> Found:
    while True:
        if not (line := ask_line(_("Which one? 1 to {last}, Enter for 1: ").format(last=len(found)))):
            raise WrongUsage("--resume: none was chosen; name one with --session FILE")
        number = line.strip() or "1"
        if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(found):
            return found[int(number) - 1]
