"""What to do next, as an assessment says it."""

from cvp.assessment import Lift, Move, Path
from cvp.level import LEVELS
from cvp.path import Step, useful_steps, way_to
from cvp.scoring.case import Case


def path_result(case: Case) -> Path:
    steps, after = way_to(case.questionnaire, case.evaluation, 4)
    mended = {level for level in LEVELS if not case.evaluation.gates[level, "answered"].holds}
    supposed = {
        question
        for step in steps
        for question, (before, _) in step.lifts.items()
        if before is None and case.scale.items[question].level in mended
    }
    return Path(
        target=4,
        effort=sum(step.recommendation.effort for step in steps),
        steps=tuple(_move(case, step) for step in steps),
        supposed=len(supposed),
        projected_level=after.level,
        projected_low=after.low,
        projected_high=after.high,
    )


def recommendations(case: Case) -> tuple[Move, ...]:
    """Every recommendation that lifts something here, by gate and by points per day."""
    return tuple(_move(case, step) for step in useful_steps(case.questionnaire, case.evaluation))


def _move(case: Case, step: Step) -> Move:
    r = step.recommendation
    weight = case.evaluation.gates[step.level, "highest"].weight
    return Move(
        recommendation=r.id,
        label=case.say(r.label),
        level=step.level,
        lifts=tuple(_lift(case, question, *points) for question, points in step.lifts.items()),
        points=step.points / (weight * case.scale.one) if weight else 0,
        effort=r.effort,
        first_step=case.say(r.first_step),
        customer_gain=case.say(r.customer_gain),
        company_gain=case.say(r.company_gain),
        example=case.say(r.example),
        source=r.source or "",
    )


def _lift(case: Case, question: str, before: int | None, after: int) -> Lift:
    return Lift(
        question=question,
        short=case.short(question),
        before=None if before is None else case.scale.score(before),
        after=case.scale.score(after),
    )
