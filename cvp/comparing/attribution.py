"""How much of a change is time, how much the questionnaire, how much the answers; the parts add up exactly.

Each stage is a real evaluation: the assessment before; the same answers at the later date, where some have grown too
old; the same under the later questionnaire; the later answers. What would have happened had nobody done anything comes
first, so that the answers are credited with what changed in them alone, by the ruler that is in use now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from cvp.answers import last_day
from cvp.assessment import Assessment
from cvp.comparing.comparison import LevelChange, LevelParts, Stage, StageName
from cvp.comparing.refitting import refitted
from cvp.comparing.replay import Position, exact_score, position_of, score_of
from cvp.level import LEVELS, Level

STAGES: Final[tuple[StageName, ...]] = ("before", "at the later date", "by the later questionnaire", "after")


@dataclass(frozen=True)
class Stages:
    """The four positions on the way from one assessment to the other."""

    before: Position
    aged: Position
    refitted: Position
    after: Position

    def __iter__(self) -> Iterator[Position]:
        return iter((self.before, self.aged, self.refitted, self.after))


def stages_between(before: Assessment, after: Assessment) -> Stages:
    day = last_day(after.date)
    first = position_of(before)
    return Stages(first, replace(first, day=day), Position(after, refitted(before, after), day), position_of(after))


def exact_parts(stages: Stages, level: Level) -> tuple[Fraction | None, ...]:
    """What time, the questionnaire and the answers did to a level's score; None where an end of it has no score."""
    scores = [exact_score(position, level) for position in stages]
    return tuple(None if a is None or b is None else b - a for a, b in pairwise(scores))


def stage_results(stages: Stages) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            stage=name,
            level=(standing := position.evaluation.standing).level,
            low=standing.low,
            high=standing.high,
            secured=standing.secured,
            scores=tuple(score_of(position, level) for level in LEVELS),
        )
        for name, position in zip(STAGES, stages, strict=True)
    )


def level_parts(stages: Stages) -> LevelParts:
    time, questionnaire, answers = (
        b - a for a, b in pairwise(position.evaluation.standing.level for position in stages)
    )
    return LevelParts(time=time, questionnaire=questionnaire, answers=answers)


def level_change(stages: Stages, level: Level) -> LevelChange:
    old, new = stages.before.asked.levels[level - 1], stages.after.asked.levels[level - 1]
    time, questionnaire, answers = (None if part is None else float(part) for part in exact_parts(stages, level))
    names = {criterion.id: criterion.short for criterion in stages.after.asked.criteria}
    return LevelChange(
        level=level,
        name=new.name,
        before=old.score,
        time=time,
        questionnaire=questionnaire,
        answers=answers,
        after=new.score,
        passing_before=old.passing,
        passing=new.passing,
        held=old.holds,
        holds=new.holds,
        must_failed=tuple(names[key] for key in new.must_failed if key in names),
    )
