"""Keys that leave, and that say where the session is kept."""

from dataclasses import replace
from typing import Final

from cvp.interview.state import Interview
from cvp.text import UNPRINTABLE, one_line

_QUIT: Final = "q"


def keep_in(interview: Interview, argument: str) -> Interview:
    """The front end moves the session there before the next prompt."""
    if not argument:
        now = (f"The session is kept in {one_line(interview.file)}.",) if interview.file else ()
        return interview.saying(*now, "To keep it elsewhere, type f and a path; as in: f /media/stick/acme.cvp.jsonl")
    if UNPRINTABLE.search(argument):
        return interview.saying("That path has characters that cannot be shown; please give another.")
    return replace(interview, file=argument, message=(f"The session goes to {one_line(argument)}.",))


def quit_(interview: Interview, argument: str) -> Interview:
    """Leaves, but for what is not saved; asks once while a hidden vote is being taken."""
    if interview.unsaved:
        return interview.saying(
            "The last changes are not saved yet. Type f and a path to save them elsewhere, or q! to leave without them."
        )
    if interview.turn and interview.warned != _QUIT:
        under_way = "A vote is under way. q again leaves and keeps it hidden; b stops it."
        return replace(interview, warned=_QUIT, message=(under_way,))
    return leave(interview, argument)


def leave(interview: Interview, _: str) -> Interview:
    """Leaves, come what may."""
    return interview.ended()
