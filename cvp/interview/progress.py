"""Where the answers so far put the company, in words."""

from collections.abc import Iterator

from cvp.gates import Gate
from cvp.interview.state import Interview
from cvp.level import LEVELS, Level
from cvp.text import and_list


def so_far(interview: Interview) -> str:
    """The level and its bounds, in one line; once they meet, what the open questions are still good for."""
    standing = interview.evaluation.standing
    if not standing.settled:
        return f"so far: Level {standing.level}, between {standing.low} and {standing.high}"
    left = len(interview.unanswered)
    matter = "question is left and matters" if left == 1 else "questions are left and matter"
    use = f"; {left} {matter} only for the plan" if left else ""
    return f"so far: Level {standing.level}; the level is settled{use}"


def ladder(interview: Interview) -> Iterator[str]:
    """The four gates from the top down, what limits the level, and the line of `so_far`."""
    for level in reversed(LEVELS):
        yield _rung(interview, level)
    limits = [
        f"Level {cap} by {interview.questionnaire.short(question, interview.language)}"
        for question in interview.questionnaire.safeguards
        if (cap := interview.evaluation.caps[question.id, "answered"])
    ]
    if limits:
        yield f"Limits: {and_list(limits)}"
    yield so_far(interview)


def _rung(interview: Interview, level: Level) -> str:
    evaluation, text = interview.evaluation, interview.questionnaire.level(level)
    asked = [c.id for c in interview.questionnaire.criteria if c.level == level]
    given = sum(evaluation.points.get(key) is not None for key in asked)
    if evaluation.gates[level, "lowest"].holds:
        verdict = "holds"
    else:
        verdict = "still open" if evaluation.gates[level, "highest"].holds else "does not hold"
    gate = evaluation.gates[level, "answered"]
    reached = (
        f", {_points(gate, interview.scale.one)} of 100 points, needs {text.passing * 100:g}" if gate.weight else ""
    )
    return f"Level {level} {interview.say(text.name)}: {verdict}. {given} of {len(asked)} answered{reached}."


def _points(gate: Gate, one: int) -> int:
    """Rounded down: a score just under its threshold must not read as if it reached it."""
    return gate.total * 100 // (gate.weight * one)
