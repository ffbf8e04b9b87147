"""What one answer does to the level, in whole sentences; the same in every format."""

from typing import Final

from cvp.assessment import CriterionResult, SafeguardResult
from cvp.comparing.explanation import Effect, Explanation
from cvp.reports.questions import WHY_OPEN
from cvp.reports.sentences import percent, quoted, score
from cvp.speaking import N_, _, decimal, ngettext, threshold

CHOICES: Final = (
    *(N_("one choice"), N_("two choices"), N_("three choices")),
    *(N_("four choices"), N_("five choices"), N_("six choices")),
)


def said(e: Explanation) -> str:
    """What was answered, and whether it counts."""
    answer = e.answer
    if answer.state == "not_applicable":
        return _("Not applicable, so it leaves the score altogether: {reason}").format(reason=answer.note)
    if answer.state == "answered":
        told = _("Answered {answer}, which scores {score}.")
    elif answer.state == "stale":
        told = _("Answered {answer}, on evidence that is too old: it counts as open.")
    else:
        told = _("Open ({reason}): it leaves the score and widens the bounds.")
        return told.format(reason=_(WHY_OPEN[answer.state]))
    told = told.format(answer=quoted(answer.label), score=score(answer.score))
    assumed = _("It was assumed, not shown by a source.")
    return f"{told} {assumed}" if answer.assumed else told


def effect(e: Explanation) -> str:
    """What the answer does to the level, in a sentence."""
    level = e.now.level
    if e.answer.state == "answered":
        if turns := _("; ").join(_turns(e)):
            return f"{turns[0].upper()}{turns[1:]}."
        whatever = _("Whatever the answer here, all else as it is, it would be Level {level}.")
        if e.unknown.level != level:
            whatever = _(
                "Whatever the answer here, all else as it is, it would be Level {level}; "
                "without an answer, Level {unknown}."
            )
        return whatever.format(level=level, unknown=e.unknown.level)
    levels = sorted({a.effect.level for a in e.alternatives})
    if levels == [level]:
        return _("Whatever the answer here, all else as it is, it would be Level {level}.").format(level=level)
    depends = _("Depending on the answer it would be Level {levels}; it is Level {level} now.")
    either = _("or")
    return depends.format(levels=f" {either} ".join(map(str, levels)), level=level)


def _turns(e: Explanation) -> list[str]:
    """What it takes to fall and to rise, in a few words each."""
    found = []
    if e.to_fall is not None:
        lost = _("{choices} lower and Level {level} is lost")
        found.append(lost.format(choices=_choices(e.to_fall), level=e.now.level))
    if e.to_rise is not None:
        reached = _("{choices} higher and Level {level} is reached")
        found.append(reached.format(choices=_choices(e.to_rise), level=_risen(e)))
    return found


def _choices(number: int) -> str:
    if number <= len(CHOICES):
        return _(CHOICES[number - 1])
    return ngettext("{n} choice", "{n} choices", number).format(n=number)


def _risen(e: Explanation) -> int:
    return next(a.effect.level for a in e.alternatives if a.steps == e.to_rise)


def terms(e: Explanation) -> list[str]:
    """Weight and share, what the gate scores with and without it, must and freshness; of a safeguard, its cap."""
    question = e.question
    if isinstance(question, SafeguardResult):
        limits = _("A safeguard: answered below {score} it limits the level to {level}, and does not do so now.")
        if question.hit:
            limits = _("A safeguard: answered below {score} it limits the level to {level}, and does so now.")
        return [limits.format(score=threshold(question.below), level=question.cap)]
    return _criterion_terms(e, question)


def _criterion_terms(e: Explanation, question: CriterionResult) -> list[str]:
    is_answered = e.answer.state == "answered"
    counts = _("Level {level}, weight {weight}: it would be {share} of what counts for that gate.")
    if is_answered:
        counts = _("Level {level}, weight {weight}: it is {share} of what counts for that gate.")
    share = percent(e.share) if e.share is not None else ""
    found = [counts.format(level=question.level, weight=decimal(question.weight, "g"), share=share)]
    passing = e.assessment.levels[question.level - 1].passing
    gate = _with_and_without(e.now) if is_answered else _as_it_is(e.now)
    found.append(
        gate.format(
            score=score(e.now.score, passing), without=score(e.unknown.score, passing), needed=threshold(passing)
        )
    )
    if question.must is not None:
        must = _("A must-have: it needs {score} by itself, and has it.")
        if question.id in e.assessment.levels[question.level - 1].must_failed:
            must = _("A must-have: it needs {score} by itself, and lacks it.")
        found.append(must.format(score=threshold(question.must)))
    if question.fresh_for is not None:
        old = ngettext(
            "Evidence older than {n} month does not count.",
            "Evidence older than {n} months does not count.",
            question.fresh_for,
        )
        found.append(old.format(n=question.fresh_for))
    return found


def _with_and_without(now: Effect) -> str:
    if now.holds:
        return _("The gate scores {score} with it and {without} without it; it needs {needed}, and holds.")
    return _("The gate scores {score} with it and {without} without it; it needs {needed}, and does not hold.")


def _as_it_is(now: Effect) -> str:
    if now.score is None:
        holds = _("The gate has no score yet, needs {needed}, and holds.")
        return holds if now.holds else _("The gate has no score yet, needs {needed}, and does not hold.")
    holds = _("The gate scores {score}, needs {needed}, and holds.")
    return holds if now.holds else _("The gate scores {score}, needs {needed}, and does not hold.")
