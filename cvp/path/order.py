"""The steps of a plan in order: gate by gate, inside a gate the most points per day first."""

from collections.abc import Sequence
from fractions import Fraction

from cvp.gates import Evaluation, Points, Scale, Standing
from cvp.level import LEVELS, Level
from cvp.path.needs import needs_of
from cvp.path.options import Option, days_of, highest, options_of
from cvp.path.plans import Plan, plan_for
from cvp.path.problem import adds
from cvp.path.steps import Step, step_from
from cvp.questionnaire import Questionnaire


def steps_of(plan: Plan) -> list[Step]:
    """The plan's moves in order, each with what it lifts once those before it are made.

    A move comes with the lowest gate that it brings points to or mends something of, or sooner, with the gate for which
    another move needs it done. Inside a gate that move comes first which brings the most points per day, counted
    together with what must still be done before it; ties in file order.
    """
    gates = _gates(plan)
    steps: list[Step] = []
    done: list[Option] = []
    while len(done) < len(plan.taken):
        waiting = [option for option in plan.taken if option not in done]
        level = min(gates[option.place] for option in waiting)
        now = plan.options.after(done)
        scale = plan.options.now.scale
        bundles = [_bundle(option, waiting) for option in waiting if gates[option.place] == level]
        for option in min(bundles, key=lambda bundle: (-_worth(bundle, level, scale, now), bundle[-1].place)):
            steps.append(step_from(option.recommendation, level, scale, plan.options.after(done)))
            done.append(option)
    return steps


def way_to(questionnaire: Questionnaire, now: Evaluation, target: Level = 4) -> tuple[list[Step], Standing]:
    """The cheapest moves to the target, or as far as they lead, in order, and where they put the company."""
    plan = plan_for(options_of(questionnaire, now), target)
    return steps_of(plan), plan.standing


def _gates(plan: Plan) -> dict[int, Level]:
    """For each place the gate that its move belongs to."""
    spent_on = LEVELS[min(plan.reached or 0, 3)]
    aim = plan.reached if plan.reached and plan.budget is None else spent_on
    needs = needs_of(plan.options.now, aim, plan.options.every)
    gates = {o.place: min((n.level for n in needs if adds(o, n, {})), default=aim) for o in plan.taken}
    for option in reversed(plan.taken):
        for place in option.after:
            gates[place] = min(gates[place], gates[option.place])
    return gates


def _bundle(option: Option, waiting: Sequence[Option]) -> list[Option]:
    """What of those that wait must be done for the option, prerequisites first, and itself at the end."""
    wanted = {option.place}
    for other in reversed(waiting):
        if other.place in wanted:
            wanted.update(other.after)
    return [other for other in waiting if other.place in wanted]


def _worth(bundle: Sequence[Option], level: Level, scale: Scale, now: Points) -> Fraction:
    """Weighted points a day."""
    points = 0
    for question, value in highest(bundle).items():
        item, before = scale.items[question], now[question]
        if item.level == level:
            points += item.weight * max(0, value - (item.lowest if before is None else before))
    return Fraction(points, days_of(bundle))
