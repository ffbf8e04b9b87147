"""Assessments of one company side by side: what moved, and how much of it is time, the questionnaire, the answers.

`compare` sets two side by side, or the first and the last of several with what lies between as a trend; `explain` says
what one answer did to a level. Both reckon again from what an assessment holds, without its questionnaire.
"""

from collections.abc import Sequence

from cvp.assessment import Assessment
from cvp.comparing.answers import answer_changes
from cvp.comparing.attribution import level_change, level_parts, stage_results, stages_between
from cvp.comparing.comparison import Comparison, Side, TrendPoint
from cvp.comparing.explaining import explain
from cvp.comparing.explanation import Explanation
from cvp.comparing.instruments import can_compare_words, instrument_changes
from cvp.comparing.outcomes import move_outcomes, room_change
from cvp.comparing.replay import is_sound, replay
from cvp.comparing.steps import steps_between
from cvp.level import LEVELS

__all__ = ["Comparison", "Explanation", "compare", "explain", "is_sound", "replay"]


def compare(assessments: Sequence[Assessment], company: str | None = None, asked_in: Sequence[str] = ()) -> Comparison:
    """The first and the last of two or more assessments, in the order given.

    They are of one company by one questionnaire, and `is_sound`, for only then the parts add up to what they state.
    `asked_in` are the languages in which people were asked, one an assessment, where some are told in another.
    """
    before, after = assessments[0], assessments[-1]
    languages = asked_in or [a.language for a in assessments]
    stages = stages_between(before, after)
    return Comparison(
        company=company or after.company,
        language=after.language,
        wording_compared=can_compare_words(before, after),
        before=_side(before, languages[0]),
        after=_side(after, languages[-1]),
        stages=stage_results(stages),
        level_parts=level_parts(stages),
        levels=tuple(level_change(stages, level) for level in LEVELS),
        instrument=tuple(instrument_changes(before, after)),
        answers=tuple(answer_changes(stages)),
        moves=move_outcomes(before, after),
        next_move=next(iter(after.path.steps), None),
        supposed=after.path.supposed,
        room=room_change(before, after),
        trend=tuple(_point(a) for a in assessments) if len(assessments) > 2 else (),
        steps=tuple(steps_between(assessments)) if len(assessments) > 2 else (),
    )


def _side(a: Assessment, language: str) -> Side:
    return Side(
        questionnaire=a.questionnaire,
        company=a.company,
        answered_by=a.answered_by,
        date=a.date,
        language=language,
        perspective=a.perspective,
        level=a.level,
        level_name=a.levels[a.level - 1].name,
        secured=a.secured,
        low=a.low,
        high=a.high,
        basis=a.basis,
    )


def _point(a: Assessment) -> TrendPoint:
    fitting = a.basis.questions - a.basis.not_applicable
    return TrendPoint(
        date=a.date,
        version=a.questionnaire.version,
        level=a.level,
        low=a.low,
        high=a.high,
        scores=tuple(level.score for level in a.levels),
        coverage=a.basis.answered / fitting if fitting else None,
    )
