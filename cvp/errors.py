"""What can go wrong, named; each error carries the exit code that the shell sees."""

from typing import ClassVar


class CvpError(Exception):
    """Something that the user can mend. The message says where, what, and what to do instead."""

    exit_code: ClassVar[int] = 3


class Unreadable(CvpError):
    """A file that cannot be opened or is not a file that cvp reads."""


class Unwritable(CvpError):
    """An output that could not be written whole."""


class UnknownQuestionnaire(CvpError):
    """Neither a file nor the id of a shipped questionnaire."""


class DifferentCompanies(CvpError):
    """Files of answers that are about several companies, given as if they were of one."""


class UnknownName(CvpError):
    """Neither a rule nor a question of the questionnaire."""


class WrongUsage(CvpError):
    """Options that do not go together."""

    exit_code = 2
