"""One answer of an assessment, given otherwise in every way there is."""

from collections.abc import Iterator

from cvp.assessment import Assessment, CriterionResult, Move
from cvp.comparing.explanation import Alternative, Effect, Explanation
from cvp.comparing.replay import Position, Question, position_of, questions_by_id
from cvp.gates import Evaluation


def explain(a: Assessment, question: str) -> Explanation:
    """What the answer to the question does to the level. KeyError where there is no such question."""
    asked, position = questions_by_id(a)[question], position_of(a)
    now = position.evaluation
    return Explanation(
        assessment=a,
        question=asked,
        share=_share(position, asked),
        now=_effect(now, asked),
        unknown=_effect(now.changed(question, None), asked),
        alternatives=tuple(_alternatives(position, asked)),
        moves=tuple(_moves(a, question)),
    )


def _effect(then: Evaluation, question: Question) -> Effect:
    standing = then.standing
    score, holds = None, True
    if isinstance(question, CriterionResult):
        gate = then.gates[question.level, "answered"]
        score, holds = (gate.total / (gate.weight * then.scale.one) if gate.weight else None), gate.holds
    return Effect(score, holds, standing.level, standing.low, standing.high)


def _share(position: Position, question: Question) -> float | None:
    if not isinstance(question, CriterionResult):
        return None
    weight = position.scale.items[question.id].weight
    gate = position.evaluation.gates[question.level, "answered"]
    counts = position.chosen.get(question.id) is not None
    return weight / (gate.weight if counts else gate.weight + weight)


def _alternatives(position: Position, question: Question) -> Iterator[Alternative]:
    """Every choice, in the order of the questionnaire."""
    chosen = position.chosen.get(question.id)
    here = question.choices.index(chosen) if chosen else None
    for number, choice in enumerate(question.choices):
        then = position.evaluation.changed(question.id, position.scale.points(choice.score))
        steps = None if here is None else number - here
        yield Alternative(choice, _effect(then, question), steps)


def _moves(a: Assessment, question: str) -> Iterator[tuple[Move, float]]:
    """Those of the path first, then the others that lift it."""
    on_path = {move.recommendation for move in a.path.steps}
    for move in (*a.path.steps, *(move for move in a.recommendations if move.recommendation not in on_path)):
        for lift in move.lifts:
            if lift.question == question:
                yield move, lift.after
