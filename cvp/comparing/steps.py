"""What lies between the first and the last of several: each assessment beside the one before it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cvp.assessment import Assessment
from cvp.comparing.answers import answer_changes
from cvp.comparing.attribution import level_parts, stages_between
from cvp.comparing.comparison import AnswerChange, Step

MOST: Final = 3


def steps_between(assessments: Sequence[Assessment]) -> Iterator[Step]:
    """One for each neighbouring pair, in the order given."""
    for before, after in pairwise(assessments):
        stages = stages_between(before, after)
        moved = [change for change in answer_changes(stages) if change.causes]
        moved.sort(key=lambda change: (change.level_without == after.level, -_width(change)))
        yield Step(
            before=before.date,
            after=after.date,
            level_before=before.level,
            level=after.level,
            level_parts=level_parts(stages),
            moved=len(moved),
            most=tuple(moved[:MOST]),
        )


def _width(change: AnswerChange) -> float:
    """How far the score moved; what does not count, counts as nothing."""
    return abs((change.after.score or 0) - (change.before.score or 0))
