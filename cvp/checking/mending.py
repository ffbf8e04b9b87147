"""Mends what can be mended without a change of meaning, by splicing text at its place: comments and layout survive."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cvp.document import Edit
from cvp.finding import Finding

MOST_ROUNDS: Final = 10
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def mended(text: str, findings_in: Callable[[str], Iterable[Finding]]) -> str:
    """The text after every safe mend; mends that touch each other are made one after the other, as found anew."""
    for _ in range(MOST_ROUNDS):
        edits = list(_apart(finding.edits for finding in findings_in(text)))
        if not edits:
            break
        text = spliced(text, edits)
    return text


def _apart(groups: Iterable[tuple[Edit, ...]]) -> Iterator[Edit]:
    """The edits of those findings that do not touch an earlier one's."""
    taken: list[Edit] = []
    for edits in groups:
        if not any(_touch(edit, other) for edit in edits for other in taken):
            taken += edits
            yield from edits


def _touch(one: Edit, other: Edit) -> bool:
    start, end = (one.place.line, one.place.column), (one.place.end_line, one.place.end_column)
    return start <= (other.place.end_line, other.place.end_column) and (other.place.line, other.place.column) <= end


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """The text with each edit's text in place of what stands there; the edits must not overlap."""
    starts = _line_starts(text)
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        start = starts[edit.place.line - 1] + edit.place.column - 1
        end = starts[edit.place.end_line - 1] + edit.place.end_column - 1
        text = text[:start] + edit.text + text[end:]
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
