"""Questions of an assessment, and what was answered to them in words."""

from typing import Final, TypeAlias

from cvp.answers import Evidence
from cvp.assessment import Assessment, CriterionResult, SafeguardResult

Question: TypeAlias = CriterionResult | SafeguardResult

WHY_OPEN: Final = {"dont_know": "don't know", "stale": "too old", "unanswered": "not asked"}


def questions_of(a: Assessment) -> tuple[Question, ...]:
    """Criteria, then safeguards, in the order of the questionnaire."""
    return (*a.criteria, *a.safeguards)


def answer_words(question: Question) -> str:
    """What was answered; of an open or unfitting question, why it does not count."""
    answer = question.answer
    match answer.state:
        case "answered":
            return answer.label
        case "not_applicable":
            return f"not applicable: {answer.note}"
        case "stale":
            return f"{answer.label} (too old, counts as open)"
    return WHY_OPEN[answer.state]


def evidence_line(a: Assessment, item: Evidence) -> str:
    """`What was seen (where, when)`."""
    origin = ", ".join(part for part in (source_line(a, item.source or ""), item.date) if part)
    return f"{item.text} ({origin})" if origin else item.text


def source_line(a: Assessment, key: str) -> str:
    """The source that a key stands for, else the key itself."""
    return a.sources.get(key, key)
