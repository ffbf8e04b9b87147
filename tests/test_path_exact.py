"""The path against its definition: every set of recommendations tried, and the scorer asked about each."""

from random import Random

from every_set import Outcome, outcomes, progress
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from thickets import Thicket, forest, thickets

from cvp.level import LEVELS, Level
from cvp.path.options import Option, options_of
from cvp.path.plans import Plan, plan_for
from cvp.path.search import cheapest_without_each
from cvp.path.variants import alternatives, resized, safe_bets

exhaustive = settings(
    max_examples=max(60, settings().max_examples // 6), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
"""500 examples with HYPOTHESIS_PROFILE=thorough. Shrinking would take minutes, and make a thicket no clearer."""

budgets = st.integers(0, 40)


def places(plan: Plan) -> tuple[int, ...]:
    return places_of(plan.taken)


def places_of(options: tuple[Option, ...]) -> tuple[int, ...]:
    return tuple(sorted(option.place for option in options))


def plan_of(thicket: Thicket, target: Level = 4, budget: int | None = None, *excluded: str) -> Plan:
    return plan_for(options_of(thicket.questionnaire, thicket.now).without(excluded), target, budget)


def cheapest_of(found: list[Outcome], target: Level) -> Outcome:
    """The first that reaches the target, or else the highest level below it that any reaches."""
    reached = min(target, max(outcome.reaches for outcome in found))
    return next(outcome for outcome in found if outcome.reaches >= reached)


def best_within(thicket: Thicket, found: list[Outcome], budget: int) -> Outcome:
    """The cheapest set for the highest level that can be paid for, and the most progress for the rest."""
    affordable = [outcome for outcome in found if outcome.effort <= budget]
    base = cheapest_of(affordable, 4)
    if base.reaches == 4:
        return base
    extended = [o for o in affordable if set(base.places) <= set(o.places) and o.reaches >= base.reaches]
    return max(extended, key=lambda outcome: progress(thicket.now, base, outcome))  # the first of equals


@exhaustive
@given(thickets())
def test_the_cheapest_set_is_the_one_that_trying_all_finds(thicket: Thicket) -> None:
    found = outcomes(thicket.questionnaire, thicket.now)
    for target in LEVELS:
        plan, expected = plan_of(thicket, target), cheapest_of(found, target)
        assert places(plan) == expected.places
        assert (plan.reached or 0) == min(target, expected.reaches)
        assert plan.standing == expected.after.standing
        assert (plan.exact, plan.bound, plan.effort) == (True, expected.effort, expected.effort)


@exhaustive
@given(thickets(), st.sets(st.sampled_from([f"r{n}" for n in range(12)]), max_size=3))
def test_nothing_that_is_excluded_is_taken_nor_what_needs_it(thicket: Thicket, excluded: set[str]) -> None:
    found = outcomes(thicket.questionnaire, thicket.now, frozenset(excluded))
    assert places(plan_of(thicket, 4, None, *excluded)) == cheapest_of(found, 4).places


@exhaustive
@given(thickets(), budgets)
def test_a_budget_buys_the_highest_level_and_then_the_most_progress(thicket: Thicket, budget: int) -> None:
    found = outcomes(thicket.questionnaire, thicket.now)
    plan, expected = plan_of(thicket, 4, budget), best_within(thicket, found, budget)
    assert places(plan) == expected.places
    assert plan.effort <= budget
    assert plan.exact
    base = cheapest_of([o for o in found if o.effort <= budget], 4)
    if base.reaches < 4:
        share, others = progress(thicket.now, base, expected)
        assert (plan.progress, plan.mended) == (share, others - progress(thicket.now, base, base)[1])


@exhaustive
@given(thickets())
def test_an_alternative_is_the_best_set_of_the_same_effort_without_a_move(thicket: Thicket) -> None:
    found = outcomes(thicket.questionnaire, thicket.now)
    plan = plan_of(thicket)
    expected = []
    for option in plan.taken:
        others = [o for o in found if option.place not in o.places and o.reaches >= (plan.reached or 0)]
        if plan.reached and others and others[0].effort == plan.effort:
            expected.append(others[0].places)
    swapped = [
        tuple(sorted({*places(plan)} - {*places_of(a.left_out)} | {*places_of(a.instead)})) for a in alternatives(plan)
    ]
    assert swapped == list(dict.fromkeys(expected))


@exhaustive
@given(thickets(), budgets)
def test_an_alternative_within_a_budget_does_as_much(thicket: Thicket, budget: int) -> None:
    found = outcomes(thicket.questionnaire, thicket.now)
    plan = plan_of(thicket, 4, budget)
    base = cheapest_of([o for o in found if o.effort <= budget], 4)
    mine = next(o for o in found if o.places == places(plan))
    for option in plan.taken:
        without = [o for o in found if option.place not in o.places and o.effort <= plan.effort]
        as_good = [o for o in without if o.reaches >= base.reaches and does_as_much(thicket, base, o, mine)]
        expected = as_good[0].places if as_good else None
        found_places = cheapest_without_each(plan.options.every, plan.needs, plan.effort).get(option.place)
        assert (None if found_places is None else places_of(found_places)) == expected


def does_as_much(thicket: Thicket, base: Outcome, one: Outcome, other: Outcome) -> bool:
    if base.reaches == 4:
        return True
    ours, theirs = progress(thicket.now, base, one), progress(thicket.now, base, other)
    return ours[0] >= theirs[0] and ours[1] >= theirs[1]


@exhaustive
@given(thickets(), st.one_of(st.none(), budgets))
def test_safe_bets_are_moves_whatever_the_size_of_efforts(thicket: Thicket, budget: int | None) -> None:
    efforts = [r.effort for r in thicket.questionnaire.recommendations]
    sets = []
    for sizes in (-1, 0, 1):
        found = outcomes(thicket.questionnaire, thicket.now, efforts=[resized(e, sizes) for e in efforts])
        chosen = cheapest_of(found, 4) if budget is None else best_within(thicket, found, budget)
        sets.append({*chosen.places})
    assert places_of(safe_bets(plan_of(thicket, 4, budget))) == tuple(sorted(set.intersection(*sets)))


def test_where_not_all_sets_can_be_tried_the_bounds_hold_and_what_is_proved_is_true() -> None:
    exact_ones = []
    for seed in range(8):
        thicket = forest(Random(seed))
        options = options_of(thicket.questionnaire, thicket.now)
        best = plan_for(options)
        assert (best.reached, best.exact, best.bound) == (4, True, best.effort)
        for care in (1, 300, 3000):
            hasty = plan_for(options, care=care)
            exact_ones.append(hasty.exact)
            assert hasty.standing.level >= (hasty.reached or 1)
            assert not hasty.exact or places(hasty) == places(best)
            assert hasty.reached != 4 or hasty.bound <= best.effort <= hasty.effort
    assert 2 <= exact_ones.count(False) <= len(exact_ones) - 2
