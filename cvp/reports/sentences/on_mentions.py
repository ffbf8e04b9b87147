"""What stands out among the answers, by name and with what it scores."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from cvp.assessment import Assessment, Mention
from cvp.reports.questions import kept
from cvp.reports.sentences.phrases import score
from cvp.speaking import _

ASSUMED: Final = "*"
"""Behind the name of what is assumed, not shown by a source."""

Named: TypeAlias = tuple[str, str]
"""A question's short name, marked where the answer is assumed, and behind it `(Level 2, 0.75)`."""


def strengths(a: Assessment) -> list[Named]:
    """The answered criteria furthest above their level's threshold."""
    return [*_criteria(a.strengths)]


def gaps(a: Assessment) -> list[Named]:
    """The safeguards that cap the level, lowest cap first, then the answered criteria under their level's threshold."""
    hits = sorted((s for s in a.safeguards if s.hit), key=lambda s: s.cap)
    aside = _("({state}; {score})")
    capping = (
        (_name(s.short, s.answer.assumed), aside.format(state=kept(s), score=score(s.answer.score))) for s in hits
    )
    return [*capping, *_criteria(a.gaps)]


def _criteria(mentions: Iterable[Mention]) -> Iterator[Named]:
    aside = _("(Level {level}, {score})")
    for m in mentions:
        yield _name(m.short, m.assumed), aside.format(level=m.level, score=score(m.score))


def _name(short: str, assumed: bool) -> str:
    return f"{short}{ASSUMED if assumed else ''}"
