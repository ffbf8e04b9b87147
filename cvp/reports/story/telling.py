"""Who tells the story of a subject: a module here for each kind, imported when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from cvp.reports.story.blocks import Story


class Teller(Protocol):
    """What such a module offers."""

    def story(self, subject: object) -> Story:
        """All that a report says of the subject."""


_TELLERS: Final[Mapping[str, str]] = {
    "cvp.assessment.Assessment": "assessment",
    "cvp.assessment.joined.Joined": "joined",
    "cvp.comparing.claim.ClaimComparison": "claim",
    "cvp.comparing.comparison.Comparison": "comparison",
    "cvp.comparing.explanation.Explanation": "explanation",
    "cvp.items.analysis.ItemAnalysis": "items",
    "cvp.segments.Summary": "segments",
}
"""By the kind's name, since a report of one kind has no need of what the others are made of."""


def story_of(subject: object) -> Story:
    """The story of whatever can be reported; one that is told already stays. Raises TypeError for anything else."""
    if isinstance(subject, Story):
        return subject
    kind = type(subject)
    module = _TELLERS.get(f"{kind.__module__}.{kind.__qualname__}")
    if not module:
        raise TypeError(f"nothing tells the story of a {kind.__name__}")
    return cast(Teller, import_module(f"cvp.reports.story.{module}")).story(subject)
