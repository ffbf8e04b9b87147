"""What a front end does after every line: give what changed to whoever keeps it, and say where that failed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from cvp.errors import Unwritable
from cvp.interview.state import Interview, saved, unsaved
from cvp.speaking import _

Keep: TypeAlias = Callable[[Interview], None]
"""Writes what it has not written yet of `changes`, to `file` where that is given. Raises Unwritable."""


class Keeping:
    """Calls `keep` for each state with something new; what could not be kept is tried again with the next one."""

    def __init__(self, keep: Keep, begun: Interview) -> None:
        self._keep = keep
        self._last = begun

    def kept(self, interview: Interview) -> Interview:
        """The state, knowing whether it is kept. Where another file cannot be written, it stays in the one before."""
        if self.has(interview):
            return saved(interview)
        try:
            self._keep(interview)
        except Unwritable as error:
            if interview.file == self._last.file:
                return unsaved(interview, str(error))
            sorry = _("Not kept there: {why}").format(why=error)
            return self.kept(replace(interview, file=self._last.file, message=(sorry,)))
        self._last = interview
        return saved(interview)

    def has(self, interview: Interview) -> bool:
        """Whether everything in it has been kept."""
        return (interview.changes, interview.file) == (self._last.changes, self._last.file)
