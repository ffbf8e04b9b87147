"""Questions of an assessment, and what was answered to them in words."""

from typing import Final, TypeAlias

from cvp.answers import Evidence
from cvp.assessment import Assessment, CriterionResult, FlipResult, SafeguardResult
from cvp.speaking import N_, _, pgettext

Question: TypeAlias = CriterionResult | SafeguardResult

TOO_OLD: Final = N_("(too old, counts as open)")
"""Behind an answer."""

WHY_OPEN: Final = {"dont_know": N_("don't know"), "stale": N_("too old"), "unanswered": N_("not asked")}
"""To be translated where it is shown."""


def questions_of(a: Assessment) -> tuple[Question, ...]:
    """Criteria, then safeguards, in the order of the questionnaire."""
    return (*a.criteria, *a.safeguards)


def telling_flips(a: Assessment) -> list[FlipResult]:
    """Single answers that would change the level, smallest step first: of each question, that to each level."""
    found: dict[tuple[str, int], FlipResult] = {}
    for flip in a.flips:
        found.setdefault((flip.question, flip.level), flip)
    return list(found.values())


def answer_words(question: Question) -> str:
    """What was answered; of an open or unfitting question, why it does not count."""
    answer = question.answer
    match answer.state:
        case "answered":
            return answer.label
        case "not_applicable":
            return _("not applicable: {reason}").format(reason=answer.note)
        case "stale":
            return f"{answer.label} {_(TOO_OLD)}"
    return _(WHY_OPEN[answer.state])


def kept(safeguard: SafeguardResult) -> str:
    """What a safeguard does to the level, in a few words."""
    if safeguard.hit:
        return _("caps at Level {level}").format(level=safeguard.cap)
    match safeguard.answer.state:
        case "answered":
            return pgettext("a safeguard", "respected")
        case "not_applicable":
            return pgettext("a safeguard", "not applicable")
    return pgettext("a safeguard", "open")


def answer_to(safeguard: SafeguardResult) -> str:
    """What was answered to a safeguard, or why it does not apply; empty where it is open."""
    answer = safeguard.answer
    return answer.note if answer.state == "not_applicable" else answer.label


def evidence_line(a: Assessment, item: Evidence) -> str:
    """`What was seen (where, when)`."""
    origin = ", ".join(part for part in (source_line(a, item.source or ""), item.date) if part)
    return f"{item.text} ({origin})" if origin else item.text


def source_line(a: Assessment, key: str) -> str:
    """The source that a key stands for, else the key itself."""
    return a.sources.get(key, key)
