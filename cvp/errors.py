"""What can go wrong, named; each error carries the exit code that the shell sees."""

from typing import ClassVar


class CvpError(Exception):
    """Something that the user can mend. The message says where, what, and what to do instead."""

    exit_code: ClassVar[int] = 3


class Unreadable(CvpError):
    """A file that cannot be opened or is not a file that cvp reads."""


class Damaged(Unreadable):
    """A session's file that is not as it was written."""


class Unwritable(CvpError):
    """An output that could not be written whole."""


class SessionBusy(CvpError):
    """A session that another process is writing."""


class NoSession(CvpError):
    """There is no session to go on with."""


class UnknownQuestionnaire(CvpError):
    """Neither a file nor the id of a shipped questionnaire."""


class Unmatched(CvpError):
    """Columns or cells of a table of which it is not clear what they answer."""


class DifferentCompanies(CvpError):
    """Files of answers that are about several companies, given as if they were of one."""


class DifferentQuestionnaires(CvpError):
    """Assessments by several questionnaires, given as if they were by one."""


class UnknownName(CvpError):
    """Neither a rule nor a question of the questionnaire."""


class MissingExtra(CvpError):
    """A library that only some commands need, and that is not installed."""


def missing(what: str, library: str | None, extra: str) -> MissingExtra:
    """The error for what needs a library that comes with an extra; it says the line that installs it."""
    return MissingExtra(f"{what} needs {library}, which is not installed; run: pip install 'cvp-assess[{extra}]'")


class WrongUsage(CvpError):
    """Options that do not go together."""

    exit_code = 2
