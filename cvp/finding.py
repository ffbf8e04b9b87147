"""What a rule has to say about a place of a document."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from cvp.document import Document, Place
from cvp.errors import CvpError


class Severity(IntEnum):
    """How bad it is; larger is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


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

    @property
    def sort_key(self) -> tuple[str, Place, str, str]:
        return (self.file, self.place, self.code, self.message)


class Invalid(CvpError):
    """A file that has errors: the findings, and the document they are about, for the frames."""

    def __init__(self, document: Document, findings: Iterable[Finding]) -> None:
        self.document = document
        self.findings = tuple(findings)
        super().__init__(f"{document.name} has {len(self.findings)} errors")
