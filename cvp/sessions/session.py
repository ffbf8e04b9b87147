"""An interview's journal in its file: every change on the disk before the next prompt."""

import os
from collections.abc import Sequence

from cvp.errors import Unwritable
from cvp.interview.changes import Change
from cvp.interview.state import Interview
from cvp.sessions.file import SessionFile, create_file, open_file
from cvp.sessions.head import Head
from cvp.sessions.journal import MOST_LINES, Journal, begun, parse_journal


class Session:
    """A journal, of which all is on the disk, and its open file.

    `torn` says that a torn last line was cut off when it was opened, `lost` why the last changes are not on the disk.
    What could not be written is not in the journal: keeping the same changes again tries again.
    """

    def __init__(self, file: SessionFile, journal: Journal, *, torn: bool = False, new: bool = False) -> None:
        self.journal = journal
        self.torn = torn
        self.lost = ""
        self._file = file
        self._wanted = file.name
        self._new = new
        self._opened = journal
        self._head = journal.head

    @property
    def untouched(self) -> bool:
        """Whether it was created here, and nothing happened in it yet."""
        return self._new and not self.journal.changes

    @property
    def file(self) -> str:
        """Where it is."""
        return self._file.name

    def keep(self, interview: Interview) -> None:
        """Writes what is new in the interview, where it wants the session kept. Raises Unwritable."""
        wanted = interview.file or self._wanted
        if wanted != self._wanted:
            self.move(wanted, interview.changes)
            self._wanted = wanted
        else:
            self.append(interview.changes)

    def append(self, changes: Sequence[Change]) -> None:
        """Writes those of all of this run's `changes` that are not on the disk yet. Raises Unwritable."""
        try:
            self._write(self._with(changes))
        except Unwritable as error:
            self.lost = str(error)
            raise Unwritable(f"{error}; f and another path keep the session there") from None
        self.lost = ""

    def rebind(self, head: Head) -> None:
        """Starts anew with this head, in the same file; it is written with the first change."""
        self._head = head

    def move(self, name: str, changes: Sequence[Change] = ()) -> None:
        """Writes all, with this run's `changes`, to a new file and goes on there; a folder's file keeps its name.

        What the old file holds stays there. Raises Unwritable, and goes on in the old file then.
        """
        path = os.path.expanduser(name)
        target = create_file(os.path.join(path, os.path.basename(self.file)) if os.path.isdir(path) else path)
        try:
            journal = self._with(changes)
            target.extend(journal.data, 0)
        except BaseException:
            target.close(delete=True)
            raise
        unused = self.untouched
        old, self._file, self.journal = self._file, target, journal
        self.lost = ""
        old.close(delete=unused)

    def close(self) -> None:
        """Ends it; a session that was created here and in which nothing changed leaves no file behind."""
        self._file.close(delete=self.untouched)

    def _with(self, changes: Sequence[Change]) -> Journal:
        """The journal with those of this run's changes that it has not yet.

        What was written before is told from the journal alone, so that an interrupt at any moment leaves no doubt.
        """
        earlier = len(self._opened.changes) if self.journal.head is self._opened.head else 0
        if not (pending := changes[len(self.journal.changes) - earlier :]):
            return self.journal
        bound = self.journal if self.journal.head is self._head else self.journal.and_head(self._head)
        return bound.and_changes(pending)

    def _write(self, journal: Journal) -> None:
        if journal is not self.journal:
            if journal.lines > MOST_LINES:
                raise Unwritable(f"{self.file}: has {MOST_LINES} lines, as many as a session can have")
            self._file.extend(journal.data, len(self.journal.data))
            self.journal = journal


def create(name: str, head: Head) -> Session:
    """A session in a file that is not there yet. Raises Unwritable."""
    file = create_file(name)
    journal = begun(head)
    try:
        file.extend(journal.data, 0)
    except BaseException:
        file.close(delete=True)
        raise
    return Session(file, journal, new=True)


def resume(name: str) -> Session:
    """A session that is there. Raises Unreadable, Damaged, SessionBusy and Unwritable."""
    file = open_file(name)
    try:
        journal, torn = parse_journal(name, file.read())
        if torn:
            file.extend(journal.data, len(journal.data))
    except BaseException:
        file.close()
        raise
    return Session(file, journal, torn=torn)
