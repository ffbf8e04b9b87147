"""`assess` about a company whose last interview was left unfinished."""

import shlex
import sys
from pathlib import Path
from typing import Final

from cvp.commands.asking.lines import ask_line
from cvp.commands.asking.resuming import line_of
from cvp.commands.asking.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.screen import is_terminal
from cvp.questionnaire import Questionnaire
from cvp.sessions import Found, sessions_in
from cvp.speaking import _, speaking

NEW: Final = "n"


def unfinished(questionnaire: Questionnaire, company: str, wishes: Wishes, language: str) -> str:
    """The file of a session to go on with; empty where there is none or a new one is wanted.

    Tells of the one that changed last, and asks where somebody at a terminal can answer; ballots always begin anew.
    """
    sessions, _faults = sessions_in(Path())
    left = next((session for session in sessions if _is_left(session, questionnaire, company, wishes.date)), None)
    if left is None:
        return ""
    with speaking(language):
        say("cvp: " + _("not finished yet: {session}").format(session=line_of(left)))
        if not wishes.ballots and is_terminal(sys.stdin) and is_terminal(sys.stderr):
            return left.file if _goes_on() else ""
        how = _("a new session begins; to go on with that one: {command}")
        say("cvp: " + how.format(command=f"cvp assess --session {shlex.quote(left.file)}"))
    return ""


def _is_left(session: Found, questionnaire: Questionnaire, company: str, date: str | None) -> bool:
    same = (session.questionnaire, session.company) == (questionnaire.id, company)
    return same and session.answered < session.asked and date in (None, session.date)


def _goes_on() -> bool:
    while line := ask_line(_("Enter goes on with it, {new} begins a new one: ").format(new=NEW)):
        if (typed := line.strip().casefold()) in ("", NEW):
            return not typed
    return False
