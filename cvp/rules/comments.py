"""Comments that let a finding pass: `# cvp: ignore[CVP203] reason`.

A comment counts for the findings of its own line; alone on its line, for those of the next.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cvp.document import Document, Place, Span
from cvp.finding import Finding, Suppressed

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[ \t]*cvp:[ \t]*ignore\b(?:\[([^\]\n]*)\])?[ \t]*(.*)")
_HINT: Final = re.compile(r"cvp:[ \t]*ignore")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: which rules it lets pass on which line, why, and where it stands."""

    codes: tuple[str, ...]
    reason: str
    line: int
    place: Place


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The comments of a document, in its order; what only looks like one inside a text is none."""
    if not _HINT.search(document.text):
        return ()
    spans = sorted({*document.values.values(), *document.keys.values()})
    return tuple(_found(document, spans))


def _found(document: Document, spans: list[Span]) -> Iterable[Suppression]:
    for number, line in enumerate(document.lines, 1):
        match = _COMMENT.search(line)
        if match and not _is_inside((number - 1, match.start()), spans):
            codes = tuple(code.strip() for code in (match[1] or "").split(",") if code.strip())
            alone = not line[: match.start()].strip()
            place = Place(number, match.start() + 1, number, len(line.rstrip()) + 1)
            yield Suppression(codes, match[2].strip(), number + alone, place)


def _is_inside(at: tuple[int, int], spans: list[Span]) -> bool:
    """Whether one of the spans, which are sorted and do not overlap but for those of one start, holds the place."""
    last = bisect_right(spans, (*at, at[0] + 1_000_000, 0)) - 1
    return last >= 0 and at < spans[last][2:]


def let_pass(
    findings: Iterable[Finding], comments: Iterable[Suppression]
) -> tuple[list[Finding], list[Suppressed], set[Place]]:
    """What stays, what passes and why, and where the comments stand that were of use."""
    by_line: dict[int, list[Suppression]] = defaultdict(list)
    for comment in comments:
        if comment.reason:
            by_line[comment.line].append(comment)
    kept: list[Finding] = []
    passed: list[Suppressed] = []
    used: set[Place] = set()
    for finding in findings:
        if covering := [c for c in by_line.get(finding.place.line, ()) if finding.code in c.codes]:
            passed.append(Suppressed(finding, covering[0].reason))
            used.add(covering[0].place)
        else:
            kept.append(finding)
    return kept, passed, used
