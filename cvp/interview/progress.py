"""Where the answers so far put the company, in words, and what leads on from there."""

from collections.abc import Iterator, Sequence
from typing import Final

from cvp.gates import Gate, View
from cvp.interview.screen import Rung
from cvp.interview.state import Interview
from cvp.level import LEVELS, Level
from cvp.path.order import way_to
from cvp.questionnaire import Recommendation
from cvp.speaking import _, ngettext, score, threshold
from cvp.text import and_list

_TARGET: Final = 4
_NAMED: Final = 5
"""How many moves are named."""


def bounds(interview: Interview) -> str:
    """As in `Level 2, between 1 and 3`."""
    standing = interview.evaluation.standing
    if standing.settled:
        return _("Level {level}, settled").format(level=standing.level)
    between = _("Level {level}, between {low} and {high}")
    return between.format(level=standing.level, low=standing.low, high=standing.high)


def so_far(interview: Interview) -> str:
    """The level and its bounds, in one line; once they meet, what the open questions are still good for."""
    standing = interview.evaluation.standing
    if not standing.settled:
        return _("so far: {level}").format(level=bounds(interview))
    if standing.high == 1 and _is_undecided(interview, 1):
        return _("so far: Level 1; the level is settled, but not yet whether it is secured")
    settled, left = _("so far: Level {level}; the level is settled"), len(interview.unanswered)
    if left:
        settled = ngettext(
            "so far: Level {level}; the level is settled; {n} question is left and matters only for the plan",
            "so far: Level {level}; the level is settled; {n} questions are left and matter only for the plan",
            left,
        )
    return settled.format(level=standing.level, n=left)


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
    return _of_one(interview.evaluation.gates[level, view], interview.scale.one)


def ladder(interview: Interview) -> Iterator[str]:
    """The four gates from the top down, what limits the level, and the line of `so_far`."""
    for rung in reversed(list(rungs(interview))):
        gate = interview.evaluation.gates[rung.level, "answered"]
        answered = _("{answered} of {asked} answered.")
        if gate.weight:
            answered = _("{answered} of {asked} answered, score {score}, needs {needed}.")
        told = answered.format(
            answered=rung.answered,
            asked=rung.asked,
            score=score(_of_one(gate, interview.scale.one), rung.passing),
            needed=threshold(rung.passing),
        )
        yield f"{_verdict(rung).format(level=rung.level, name=rung.name)} {told}"
    limits = [
        _("Level {level} by {safeguard}").format(
            level=cap, safeguard=interview.questionnaire.short(question, interview.language)
        )
        for question in interview.questionnaire.safeguards
        if (cap := interview.evaluation.caps[question.id, "answered"])
    ]
    if limits:
        yield _("Limits: {limits}").format(limits=and_list(limits, _("and")))
    yield so_far(interview)


def _verdict(rung: Rung) -> str:
    match rung.verdict:
        case "holds":
            return _("Level {level} {name}: holds.")
        case "open":
            return _("Level {level} {name}: still open.")
        case "fails":
            return _("Level {level} {name}: does not hold.")


def _of_one(gate: Gate, one: int) -> float:
    """The gate's score from 0 to 1; 0 where nothing counts for it."""
    return gate.total / (gate.weight * one) if gate.weight else 0


def way(interview: Interview) -> Iterator[str]:
    """What it takes from here to Level 4."""
    steps, after = way_to(interview.questionnaire, interview.evaluation, _TARGET)
    if not steps:
        reached = after.level == _TARGET
        yield _("There is nothing to add there.") if reached else _("No move leads further from there.")
        return
    effort = sum(step.recommendation.effort for step in steps)
    leads = _("From there to Level {level}: {moves}, {days} in all: {names}.")
    if after.level != _TARGET:
        leads = _(
            "From there to Level {level}, which is as far as the moves lead; not to Level {target}: "
            "{moves}, {days} in all: {names}."
        )
    yield leads.format(
        level=after.level,
        target=_TARGET,
        moves=ngettext("{n} move", "{n} moves", len(steps)).format(n=len(steps)),
        days=ngettext("{n} day", "{n} days", effort).format(n=effort),
        names=_names(interview, [step.recommendation for step in steps]),
    )


def _names(interview: Interview, moves: Sequence[Recommendation]) -> str:
    names = _("; ").join(interview.say(move.label) for move in moves[:_NAMED])
    if (left := len(moves) - _NAMED) <= 0:
        return names
    return ngettext("{names}; and {n} more", "{names}; and {n} more", left).format(names=names, n=left)
