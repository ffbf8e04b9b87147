"""The assessment or the comparison itself, as JSON: versioned, the same text for the same result."""

from cvp.model import Saved
from cvp.reports import Look, assessment_of


def render(subject: object, look: Look) -> str:  # noqa: ARG001 - JSON looks the same everywhere
    return (subject if isinstance(subject, Saved) else assessment_of(subject, "json")).to_json()
