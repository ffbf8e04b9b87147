"""CVP7xx: comments that let a finding pass, `# cvp: ignore[CVP203] reason`, and what is wrong with them.

A comment counts for the findings of its own line; alone on its line, for those of the next.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cvp.document import Document, Edit, Fault, Place
from cvp.finding import Finding, Suppressed
from cvp.rules.subject import Subject

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[ \t]*cvp:[ \t]*ignore\b(?:\[([^\]\n]*)\])?[ \t]*(.*)")
_HINT: Final = re.compile(r"cvp:[ \t]*ignore")
_CODE: Final = re.compile(r"CVP\d{3}")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: which rules it lets pass on which line, why, and where it stands."""

    codes: tuple[str, ...]
    reason: str
    line: int
    place: Place

    def covers(self, finding: Finding) -> bool:
        return bool(self.reason) and finding.place.line == self.line and finding.code in self.codes


def suppressions(document: Document) -> list[Suppression]:
    """The comments of a document, in its order; what only looks like one inside a text is none."""
    if not _HINT.search(document.text):
        return []
    found = []
    for number, line in enumerate(document.lines, 1):
        match = _COMMENT.search(line)
        if match and not _inside_a_text(document, number, match.start() + 1):
            codes = tuple(code.strip() for code in (match[1] or "").split(",") if code.strip())
            alone = not line[: match.start()].strip()
            place = Place(number, match.start() + 1, number, len(line.rstrip()) + 1)
            found.append(Suppression(codes, match[2].strip(), number + alone, place))
    return found


def _inside_a_text(document: Document, line: int, column: int) -> bool:
    at = (line - 1, column - 1)
    spans = (*document.values.values(), *document.keys.values())
    return any((span[0], span[1]) <= at < (span[2], span[3]) for span in spans)


def let_pass(
    findings: Iterable[Finding], comments: Collection[Suppression]
) -> tuple[list[Finding], list[Suppressed], set[Place]]:
    """What stays, what passes and why, and which comments were of use."""
    kept: list[Finding] = []
    passed: list[Suppressed] = []
    used: set[Place] = set()
    for finding in findings:
        comment = next((c for c in comments if c.covers(finding)), None)
        if comment:
            passed.append(Suppressed(finding, comment.reason))
            used.add(comment.place)
        else:
            kept.append(finding)
    return kept, passed, used


def suppression_without_reason(subject: Subject) -> Iterator[Fault]:
    """A comment lets a finding pass without saying why.

    Whoever reads the file next year cannot tell whether it still holds. Write the reason behind the bracket:
    `# cvp: ignore[CVP310] the sources give two criteria only`. Until then the comment counts for nothing.
    """
    for comment in suppressions(subject.document):
        if comment.codes and not comment.reason:
            yield Fault("the reason is missing, so this comment counts for nothing", place=comment.place)


def suppression_of_nothing_known(subject: Subject) -> Iterator[Fault]:
    """A comment names no rule, or one that does not exist.

    `# cvp: ignore[CVP310] reason` lets pass what one rule finds on its line; there is no way to let everything pass.
    """
    for comment in suppressions(subject.document):
        unknown = [code for code in comment.codes if not _CODE.fullmatch(code) or code not in subject.known_codes]
        if unknown:
            yield Fault(f"there is no rule `{unknown[0]}`", place=comment.place, help="`cvp explain` lists the rules")
        elif not comment.codes:
            yield Fault("no rule is named", place=comment.place, help="write it in brackets: ignore[CVP310]")


def unused_suppression(subject: Subject) -> Iterator[Fault]:
    """A comment lets pass what nothing finds any more.

    The fault has been mended, or the comment stands on the wrong line; left in, it would hide the next fault. Take it
    out; `cvp check --fix` does.
    """
    for comment in suppressions(subject.document):
        sound = comment.codes and comment.reason and subject.known_codes.issuperset(comment.codes)
        if sound and comment.place not in subject.used:
            edits = (Edit(_with_space_before(subject.document, comment.place), ""),)
            message = f"nothing is found here by {', '.join(comment.codes)}"
            yield Fault(message, place=comment.place, edits=edits, help="take the comment out")


def _with_space_before(document: Document, place: Place) -> Place:
    before = document.line(place.line)[: place.column - 1]
    return Place(place.line, len(before.rstrip()) + 1, place.end_line, place.end_column)
