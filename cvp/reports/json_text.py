"""The assessment itself, as JSON: versioned, the same text for the same result."""

from cvp.assessment import Assessment
from cvp.reports import Look


def render(assessment: Assessment, look: Look) -> str:  # noqa: ARG001 - JSON looks the same everywhere
    return assessment.to_json()
