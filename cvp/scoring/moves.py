"""What to do next, as an assessment says it."""

from cvp.assessment import Alternative, AtBest, BegunMove, Lift, Move, NamedMove, Path, Phase
from cvp.gates import evaluate
from cvp.level import LEVELS
from cvp.path import Constraints, Step, useful_steps
from cvp.path.options import Option, options_of
from cvp.path.order import steps_of
from cvp.path.phases import phases_of
from cvp.path.plans import Plan, plan_for
from cvp.path.variants import alternatives, safe_bets
from cvp.questionnaire import Recommendation
from cvp.scoring.case import Case


def paths(case: Case, constraints: Constraints) -> tuple[Path, tuple[Path, ...]]:
    """The path to Level 4, or as far as the budget leads, and the ways to each level above the present one."""
    options = options_of(case.questionnaire, case.evaluation).without(constraints.excluded)
    plans = [plan_for(options, level) for level in LEVELS[case.evaluation.standing.level :]]
    last = len(plans) - 1 if constraints.budget is None else None
    ways = tuple(_path(case, constraints, plan, firm=n in (0, last)) for n, plan in enumerate(plans))
    if ways and constraints.budget is None:
        return ways[-1], ways
    return _path(case, constraints, plan_for(options, budget=constraints.budget), firm=True), ways


def recommendations(case: Case, constraints: Constraints) -> tuple[Move, ...]:
    """Every recommendation that lifts something here and may be taken, by gate and by points per day."""
    steps = useful_steps(case.questionnaire, case.evaluation)
    return tuple(_move(case, step) for step in steps if step.recommendation.id not in constraints.excluded)


def _path(case: Case, constraints: Constraints, plan: Plan, firm: bool) -> Path:
    """With safe bets and alternatives where it is to be `firm`."""
    steps = steps_of(plan)
    supposed = _supposed(case, plan)
    after = plan.standing
    kept = {option.recommendation.id for option in safe_bets(plan)} if firm else set()
    excluded = [r for r in case.questionnaire.recommendations if r.id in constraints.excluded]
    return Path(
        target=plan.target,
        effort=plan.effort,
        bound=plan.bound,
        exact=plan.exact,
        budget=plan.budget,
        excluded=tuple(_named(case, r) for r in excluded),
        steps=tuple(_move(case, step) for step in steps),
        supposed=len(supposed),
        at_best=_at_best(case, constraints, plan, supposed),
        reached=plan.reached,
        towards=plan.towards,
        progress=float(plan.progress),
        projected_level=after.level,
        projected_low=after.low,
        projected_high=after.high,
        safe_bets=tuple(step.recommendation.id for step in steps if step.recommendation.id in kept),
        alternatives=tuple(
            Alternative(left_out=_all_named(case, a.left_out), instead=_all_named(case, a.instead))
            for a in (alternatives(plan) if firm else ())
        ),
        roadmap=_roadmap(case, [step.recommendation for step in steps]),
    )


def _supposed(case: Case, plan: Plan) -> dict[str, int]:
    """The open answers in gates that the plan has to mend, each with the points of its highest choice."""
    mended = {level for level in LEVELS[: plan.target] if not case.evaluation.gates[level, "answered"].holds}
    items = (case.scale.items[question] for question, points in case.points.items() if points is None)
    return {item.id: item.highest for item in items if item.level in mended}


def _at_best(case: Case, constraints: Constraints, plan: Plan, supposed: dict[str, int]) -> AtBest | None:
    if not supposed or plan.budget is not None:
        return None
    best = evaluate(case.scale, {**case.points, **supposed})
    options = options_of(case.questionnaire, best).without(constraints.excluded)
    path = plan_for(options, plan.target)
    return AtBest(moves=len(path.taken), effort=path.effort)


def _roadmap(case: Case, moves: list[Recommendation]) -> tuple[Phase, ...]:
    return tuple(
        Phase(
            until=phase.until,
            begins=tuple(_begun(case, moves[n]) for n in phase.starts),
            ends=tuple(_named(case, moves[n]) for n in phase.ends),
        )
        for phase in phases_of([r.effort for r in moves])
    )


def _all_named(case: Case, options: tuple[Option, ...]) -> tuple[NamedMove, ...]:
    return tuple(_named(case, option.recommendation) for option in options)


def _named(case: Case, r: Recommendation) -> NamedMove:
    return NamedMove(recommendation=r.id, label=case.say(r.label))


def _begun(case: Case, r: Recommendation) -> BegunMove:
    return BegunMove(recommendation=r.id, label=case.say(r.label), first_step=case.say(r.first_step))


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
