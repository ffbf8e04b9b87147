"""What moved, answer by answer."""

from collections.abc import Iterator
from typing import TypeAlias

from cvp.assessment import AnswerResult, SafeguardResult
from cvp.comparing.attribution import Stages
from cvp.comparing.comparison import AnswerChange, Cause, Said
from cvp.comparing.refitting import former_ids
from cvp.comparing.replay import Position, Question, questions_by_id
from cvp.gates import evaluate
from cvp.level import Level

NOT_ASKED = Said(state="not_asked", choice=None, label="", score=None, assumed=False, note="")

Counted: TypeAlias = tuple[str, float] | str
"""How a question counts: by its choice and score, else `open`, `not applicable` or `not asked`."""


def answer_changes(stages: Stages) -> Iterator[AnswerChange]:
    """All questions of the later questionnaire, then those that it no longer asks."""
    before, after = stages.before.asked, stages.after.asked
    old, new, former = questions_by_id(before), questions_by_id(after), former_ids(before, after)
    for key, question in new.items():
        yield _change(stages, question, former.get(key), key)
    for key, question in old.items():
        if key not in former.values():
            yield _change(stages, question, key, None)


def _change(stages: Stages, question: Question, old: str | None, new: str | None) -> AnswerChange:
    counted = (
        _counted(stages.before, old),
        _counted(stages.aged, old),
        _counted(stages.refitted, new),
        _counted(stages.after, new),
    )
    causes = tuple(_causes(*counted))
    return AnswerChange(
        id=question.id,
        short=question.short,
        label=question.label,
        level=None if isinstance(question, SafeguardResult) else question.level,
        before=_said(stages.before, old),
        after=_said(stages.after, new),
        causes=causes,
        level_without=_level_without(stages, new) if new and "answers" in causes else _level(stages),
    )


def _counted(position: Position, key: str | None) -> Counted:
    if key is None or key not in position.scale.items:
        return "not asked"
    if key not in position.chosen:
        return "not applicable"
    choice = position.chosen[key]
    return (choice.value, choice.score) if choice else "open"


def _causes(before: Counted, aged: Counted, refitted: Counted, after: Counted) -> Iterator[Cause]:
    if before != aged:
        yield "time"
    if _score(aged) != _score(refitted):  # a choice under another name is the same answer
        yield "questionnaire"
    if refitted != after:
        yield "answers"


def _score(counted: Counted) -> float | str:
    return counted if isinstance(counted, str) else counted[1]


def _said(position: Position, key: str | None) -> Said:
    question = questions_by_id(position.asked).get(key or "")
    if question is None:
        return NOT_ASKED
    answer: AnswerResult = question.answer
    return Said(
        state=answer.state,
        choice=answer.choice,
        label=answer.label,
        score=answer.score if answer.state == "answered" else None,
        assumed=answer.assumed,
        note=answer.note,
    )


def _level(stages: Stages) -> Level:
    return stages.after.evaluation.standing.level


def _level_without(stages: Stages, key: str) -> Level:
    """The level if this answer alone were still what it was under the later questionnaire.

    Its age is let be: what was only asked anew decides nothing.
    """
    after, earlier = stages.after, stages.refitted
    if key in earlier.points:
        return after.evaluation.changed(key, earlier.points_of(key)).standing.level
    rest = {other: points for other, points in after.points.items() if other != key}
    return evaluate(after.scale, rest).standing.level
