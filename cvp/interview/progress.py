"""Where the answers so far put the company, in words, and what leads on from there."""

from collections.abc import Iterator
from typing import Final

from cvp.gates import Gate, View
from cvp.interview.screen import Rung
from cvp.interview.state import Interview
from cvp.level import LEVELS, Level
from cvp.path.order import way_to
from cvp.text import and_list, counted

_TARGET: Final = 4
_NAMED: Final = 5
"""How many moves are named."""


def bounds(interview: Interview) -> str:
    """As in `Level 2, between 1 and 3`."""
    standing = interview.evaluation.standing
    between = "settled" if standing.settled else f"between {standing.low} and {standing.high}"
    return f"Level {standing.level}, {between}"


def so_far(interview: Interview) -> str:
    """The level and its bounds, in one line; once they meet, what the open questions are still good for."""
    standing = interview.evaluation.standing
    if not standing.settled:
        return f"so far: {bounds(interview)}"
    if standing.high == 1 and _is_undecided(interview, 1):
        return "so far: Level 1; the level is settled, but not yet whether it is secured"
    left = len(interview.unanswered)
    matter = "question is left and matters" if left == 1 else "questions are left and matter"
    use = f"; {left} {matter} only for the plan" if left else ""
    return f"so far: Level {standing.level}; the level is settled{use}"


def _is_undecided(interview: Interview, level: Level) -> bool:
    """Whether the open answers decide if the level's gate holds."""
    gates = interview.evaluation.gates
    return gates[level, "highest"].holds and not gates[level, "lowest"].holds


def rungs(interview: Interview) -> Iterator[Rung]:
    """The four levels from the lowest up."""
    evaluation = interview.evaluation
    for level in LEVELS:
        text = interview.questionnaire.level(level)
        asked = [c.id for c in interview.questionnaire.criteria if c.level == level]
        yield Rung(
            level=level,
            name=interview.say(text.name),
            low=_share(interview, level, "lowest"),
            high=_share(interview, level, "highest"),
            passing=text.passing,
            verdict="holds"
            if evaluation.gates[level, "lowest"].holds
            else "open"
            if evaluation.gates[level, "highest"].holds
            else "fails",
            answered=sum(evaluation.points.get(key) is not None for key in asked),
            asked=len(asked),
        )


def _share(interview: Interview, level: Level, view: View) -> float:
    gate = interview.evaluation.gates[level, view]
    return gate.total / (gate.weight * interview.scale.one) if gate.weight else 0


_VERDICTS: Final = {"holds": "holds", "open": "still open", "fails": "does not hold"}


def ladder(interview: Interview) -> Iterator[str]:
    """The four gates from the top down, what limits the level, and the line of `so_far`."""
    for rung in reversed(list(rungs(interview))):
        gate = interview.evaluation.gates[rung.level, "answered"]
        points = _points(gate, interview.scale.one) if gate.weight else 0
        reached = f", {points} of 100 points, needs {rung.passing * 100:g}" if gate.weight else ""
        verdict = f"{_VERDICTS[rung.verdict]}. {rung.answered} of {rung.asked} answered{reached}"
        yield f"Level {rung.level} {rung.name}: {verdict}."
    limits = [
        f"Level {cap} by {interview.questionnaire.short(question, interview.language)}"
        for question in interview.questionnaire.safeguards
        if (cap := interview.evaluation.caps[question.id, "answered"])
    ]
    if limits:
        yield f"Limits: {and_list(limits)}"
    yield so_far(interview)


def _points(gate: Gate, one: int) -> int:
    """Rounded down: a score just under its threshold must not read as if it reached it."""
    return gate.total * 100 // (gate.weight * one)


def way(interview: Interview) -> Iterator[str]:
    """What it takes from here to Level 4."""
    steps, after = way_to(interview.questionnaire, interview.evaluation, _TARGET)
    if not steps:
        yield ("There is nothing to add there." if after.level == _TARGET else "No move leads further from there.")
        return
    effort = sum(step.recommendation.effort for step in steps)
    further = "" if after.level == _TARGET else f", which is as far as the moves lead; not to Level {_TARGET}"
    names = [interview.say(step.recommendation.label) for step in steps[:_NAMED]]
    more = f"; and {len(steps) - _NAMED} more" if len(steps) > _NAMED else ""
    effort_in_all = f"{counted(len(steps), 'move')}, {counted(effort, 'day')} in all"
    yield f"From there to Level {after.level}{further}: {effort_in_all}: {'; '.join(names)}{more}."
