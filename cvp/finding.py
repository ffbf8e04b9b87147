"""What a rule has to say about a place of a document, and what a run of check found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from cvp.document import Document, Edit, Place
from cvp.errors import CvpError
from cvp.text import counted

EXCERPT_WIDTH = 100


class Severity(IntEnum):
    """How bad it is; larger is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line of a place, cut to a window around it: `start` characters of it are left out before `text`."""

    text: str = ""
    start: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which rule, how bad, in which file, where, what, and what to do instead."""

    file: str
    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    excerpt: Excerpt = Excerpt()
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[str, Place, str, str]:
        return (self.file, self.place, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that the file itself says to let pass, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A file of answers that expects a level, and whether it came out so; `message` says what did not."""

    name: str
    passed: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What check has to say of one file, in the order of the file."""

    file: str
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    case: CaseResult | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What check has to say of all files, in the order in which they were named and walked.

    `passed_over` are files of a walked folder that are none of cvp's.
    """

    files: tuple[Checked, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)


class Invalid(CvpError):
    """A file that has errors, and what they are."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(counted(len(self.findings), "error"))


def excerpt_of(document: Document, place: Place) -> Excerpt:
    """The line of the place, or nothing where the document has no such line."""
    line = document.line(place.line)
    start = max(0, place.column - 1 - EXCERPT_WIDTH // 2)
    return Excerpt(line[start : start + EXCERPT_WIDTH], start, len(line) > start + EXCERPT_WIDTH)
