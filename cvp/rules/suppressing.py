"""CVP7xx: what is wrong with comments that let a finding pass. They are read by comments.py."""

import re
from collections.abc import Iterator
from typing import Final

from cvp.document import Document, Edit, Fault, Place
from cvp.rules.subject import Subject

_CODE: Final = re.compile(r"CVP\d{3}")


def suppression_without_reason(subject: Subject) -> Iterator[Fault]:
    """A comment lets a finding pass without saying why.

    Whoever reads the file next year cannot tell whether it still holds. Write the reason behind the bracket:
    `# cvp: ignore[CVP310] the sources give two criteria only`. Until then the comment counts for nothing.
    """
    for comment in subject.comments:
        if comment.codes and not comment.reason:
            yield Fault("the reason is missing, so this comment counts for nothing", place=comment.place)


def suppression_of_nothing_known(subject: Subject) -> Iterator[Fault]:
    """A comment names no rule, or one that does not exist.

    `# cvp: ignore[CVP310] reason` lets pass what one rule finds on its line; there is no way to let everything pass.
    """
    for comment in subject.comments:
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
    for comment in subject.comments:
        sound = comment.codes and comment.reason and subject.known_codes.issuperset(comment.codes)
        if sound and comment.place not in subject.used:
            edits = (Edit(_whole(subject.document, comment.place), ""),)
            message = f"nothing is found here by {', '.join(comment.codes)}"
            yield Fault(message, place=comment.place, edits=edits, help="take the comment out")


def _whole(document: Document, place: Place) -> Place:
    """The comment with the space around it; the whole line where nothing else is on it."""
    line = document.line(place.line)
    before = line[: place.column - 1].rstrip()
    if not before and place.line < len(document.lines):
        return Place(place.line, 1, place.line + 1, 1)
    return Place(place.line, len(before) + 1, place.line, len(line) + 1)
