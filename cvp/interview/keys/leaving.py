"""Keys that leave, and that say where the session is kept."""

from dataclasses import replace
from typing import Final

from cvp.interview.state import Interview
from cvp.speaking import _
from cvp.text import UNPRINTABLE, one_line

_QUIT: Final = "q"
_LEAVE: Final = "q!"


def keep_in(interview: Interview, argument: str) -> Interview:
    """The front end moves the session there before the next prompt."""
    if not argument:
        now = _("The session is kept in {file}.").format(file=one_line(interview.file)) if interview.file else ""
        how = _("To keep it elsewhere, type f and a path; as in: f /media/stick/acme.cvp.jsonl")
        return interview.saying(*filter(None, (now, how)))
    if UNPRINTABLE.search(argument):
        return interview.saying(_("That path has characters that cannot be shown; please give another."))
    goes = _("The session goes to {file}.").format(file=one_line(argument))
    return replace(interview, file=argument, message=(goes,))


def quit_(interview: Interview, argument: str) -> Interview:
    """Leaves, but for what is not saved; asks once while a hidden vote is being taken."""
    if interview.unsaved:
        return interview.saying(
            _(
                "The last changes are not saved yet. "
                "Type f and a path to save them elsewhere, or {leave} to leave without them."
            ).format(leave=interview.typed(_LEAVE))
        )
    if interview.turn and interview.warned != _QUIT:
        under_way = _("A vote is under way. q again leaves and keeps it hidden; b stops it.")
        return replace(interview, warned=_QUIT, message=(under_way,))
    return leave(interview, argument)


def leave(interview: Interview, _argument: str) -> Interview:
    """Leaves, come what may."""
    return interview.ended()
