"""What one answer does to the level, in whole sentences; the same in every format."""

from cvp.assessment import CriterionResult, SafeguardResult
from cvp.comparing.explanation import Effect, Explanation
from cvp.reports.questions import WHY_OPEN
from cvp.reports.sentences import quoted, score
from cvp.text import counted

NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def said(e: Explanation) -> str:
    """What was answered, and whether it counts."""
    answer = e.answer
    assumed = " It was assumed, not shown by a source." if answer.assumed else ""
    match answer.state:
        case "answered":
            return f"Answered {quoted(answer.label)}, which scores {score(answer.score)}.{assumed}"
        case "not_applicable":
            return f"Not applicable, so it leaves the score altogether: {answer.note}"
        case "stale":
            return f"Answered {quoted(answer.label)}, on evidence that is too old: it counts as open.{assumed}"
    return f"Open ({WHY_OPEN[answer.state]}): it leaves the score and widens the bounds."


def effect(e: Explanation) -> str:
    """What the answer does to the level, in a sentence."""
    level = e.now.level
    if e.answer.state == "answered":
        turns = []
        if e.to_fall is not None:
            turns.append(f"{_choices(e.to_fall)} lower and Level {level} is lost")
        if e.to_rise is not None:
            turns.append(f"{_choices(e.to_rise)} higher and Level {_risen(e)} is reached")
        if turns:
            return f"{'; '.join(turns)}.".capitalize().replace("level", "Level")
        unknown = "" if e.unknown.level == level else f"; without an answer, Level {e.unknown.level}"
        return f"Whatever the answer here, all else as it is, it would be Level {level}{unknown}."
    levels = sorted({a.effect.level for a in e.alternatives})
    if levels == [level]:
        return f"Whatever the answer here, all else as it is, it would be Level {level}."
    return f"Depending on the answer it would be Level {' or '.join(map(str, levels))}; it is Level {level} now."


def _choices(number: int) -> str:
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} {'choice' if number == 1 else 'choices'}"


def _risen(e: Explanation) -> int:
    return next(a.effect.level for a in e.alternatives if a.steps == e.to_rise)


def terms(e: Explanation) -> list[str]:
    """Weight and share, what the gate scores with and without it, must and freshness; of a safeguard, its cap."""
    question = e.question
    if isinstance(question, SafeguardResult):
        state = "does so now" if question.hit else "does not do so now"
        limits = f"answered below {score(question.below)} it limits the level to {question.cap}"
        return [f"A safeguard: {limits}, and {state}."]
    return _criterion_terms(e, question)


def _criterion_terms(e: Explanation, question: CriterionResult) -> list[str]:
    passing = e.assessment.levels[question.level - 1].passing
    share = f"{e.share:.0%}" if e.share is not None else ""
    counts = "is" if e.answer.state == "answered" else "would be"
    found = [f"Level {question.level}, weight {question.weight:g}: it {counts} {share} of what counts for that gate."]
    if e.answer.state == "answered":
        found.append(
            f"The gate scores {score(e.now.score, passing)} with it and {score(e.unknown.score, passing)} without it; "
            f"it needs {score(passing)}, and {_holds(e.now)}."
        )
    else:
        scores = "has no score yet" if e.now.score is None else f"scores {score(e.now.score, passing)}"
        found.append(f"The gate {scores}, needs {score(passing)}, and {_holds(e.now)}.")
    if question.must is not None:
        met = question.id not in e.assessment.levels[question.level - 1].must_failed
        found.append(f"A must-have: it needs {score(question.must)} by itself, and {'has it' if met else 'lacks it'}.")
    if question.fresh_for is not None:
        found.append(f"Evidence older than {counted(question.fresh_for, 'month')} does not count.")
    return found


def _holds(then: Effect) -> str:
    return "holds" if then.holds else "does not hold"
