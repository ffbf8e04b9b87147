"""The assessment or the comparison itself, as JSON: versioned, the same text for the same result."""

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.reports import Look, assessment_of


def render(subject: object, look: Look) -> str:  # noqa: ARG001 - JSON looks the same everywhere
    if isinstance(subject, Joined):
        return subject.to_json()
    if not isinstance(subject, Assessment):
        from cvp.comparing.claim import ClaimComparison
        from cvp.comparing.comparison import Comparison

        if isinstance(subject, Comparison | ClaimComparison):
            return subject.to_json()
    return assessment_of(subject, "json").to_json()
