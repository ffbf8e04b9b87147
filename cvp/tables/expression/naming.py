"""Outputs that name parts of the questionnaire: what is bad, what caps the level, what is weakest, what to do first."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw

from cvp.gates import Evaluation, Item, Points, cap_of
from cvp.level import LEVELS, Level
from cvp.path import Step, step_of
from cvp.questionnaire import Recommendation
from cvp.tables.compiling import BAD, OPEN, OUT
from cvp.tables.expression.chains import any_of, chain, chosen, largest, named, quotient, total, whole
from cvp.tables.expression.row import Row
from cvp.tables.expression.steps import Stage
from cvp.tables.expression.sums import Sum


def is_bad(row: Row) -> nw.Expr:
    """Whether any cell has no meaning."""
    return row.steps.keep(Stage.WORD, "bad", lambda: any_of([rank == BAD for rank in row.ranks.values()]))


def bad_cells(row: Row) -> nw.Expr:
    """The questions whose cells have no meaning."""
    return _listed({question: rank == BAD for question, rank in row.ranks.items()})


def safeguards(row: Row) -> nw.Expr:
    """The safeguards that are answered below their threshold."""
    hit = {}
    for item in row.plan.scale.safeguards:
        if item.id in row.ranks:
            below = [rank for rank, points in enumerate(item.points) if cap_of(item, {item.id: points}, "answered")]
            hit[item.id] = any_of([row.ranks[item.id] == rank for rank in below])
    return _listed(hit)


def _listed(found: Mapping[str, nw.Expr]) -> nw.Expr:
    """The names of which it is true, joined by spaces."""
    names = [chain([(condition, nw.lit(f" {name}"))], nw.lit("")) for name, condition in found.items()]
    return nw.concat_str(nw.lit(""), *names).str.strip_chars(" ")


def weakest(row: Row) -> nw.Expr:
    """The answered criterion of the first gate that fails which brings its score furthest under the threshold.

    The first in file order of equals. Null where all gates hold, and where no criterion is under the threshold.
    """
    asked = [question for question in row.plan.scale.items if question in row.ranks]
    places = {question: place for place, question in enumerate(asked)}
    worst = [(~row.gate(level), _worst(row, level, places)) for level in LEVELS]
    place = row.steps.keep(Stage.NAME, "weakest", lambda: chain(worst, _place(-1)))
    return named(place, dict(enumerate(asked)))


def _worst(row: Row, level: Level, places: Mapping[str, int]) -> nw.Expr:
    """The place of the criterion whose answer loses most weighted points, the first of equals; -1 where none does."""
    scale = row.plan.scale
    losses = {
        item.id: {rank: item.weight * (scale.passes[level] - points) for rank, points in enumerate(item.points)}
        for item in scale.criteria[level]
        if item.id in places
    }
    order = sorted({loss for each in losses.values() for loss in each.values() if loss > 0})
    count = len(losses)
    small = nw.Int16 if count * len(order) < 1 << 15 else nw.Int64

    def key(question: str, number: int) -> nw.Expr:
        """Larger the more is lost and, of equals, the earlier the question stands."""
        each = losses[question]
        lost = {rank: order.index(loss) * count + count - 1 - number for rank, loss in each.items() if loss > 0}
        return chosen(row.ranks[question], dict.fromkeys([*each, OPEN, OUT], -1) | lost, small)

    keys = [key(question, number) for number, question in enumerate(losses)]
    most = row.steps.keep(Stage.LEVEL, f"loss{level}", lambda: largest([nw.lit(-1, small), *keys]))
    number = count - 1 - most % max(1, count)
    found = [(number == index, _place(places[question])) for index, question in enumerate(losses)]
    return chain([(most < 0, _place(-1)), *found], _place(-1))


def recommendation(row: Row) -> nw.Expr:
    """The recommendation to begin with, the first of `cvp.path.useful_steps`.

    At the lowest shut gate that any can lift, it is the one that brings most points a day, the first in file order of
    equals; then at the lowest gate. Null where none lifts anything.
    """
    best = {level: _best(row, level) for level in LEVELS}
    useful = [(best[level] >= 0, best[level]) for level in LEVELS]
    first = [
        (_is_shut(row, level) & is_useful, place) for level, (is_useful, place) in zip(LEVELS, useful, strict=True)
    ]
    place = row.steps.keep(Stage.PICK, "recommendation", lambda: chain([*first, *useful], whole(-1)))
    return named(place, {place: one.id for place, one in enumerate(row.plan.questionnaire.recommendations)})


def _is_shut(row: Row, level: Level) -> nw.Expr:
    """Whether the gate does not hold, or a safeguard keeps the company just under it."""
    lower = [row.words.reaches(row.sums.caps(cap), 1) for cap in LEVELS[: level - 1]]
    if not lower:
        return ~row.gate(level)
    return ~row.gate(level) | (lower[-1] & ~any_of(lower[:-1]))


def _best(row: Row, level: Level) -> nw.Expr:
    """The place in the file of the most useful recommendation for the level; -1 where none is useful."""
    worths = {}
    for place, one in enumerate(row.plan.questionnaire.recommendations):
        points, uncaps = _lifted_points(row, one, level), _uncapped(row, one, level)
        if points.most or uncaps.most:
            name = f"{level}of{place}"
            worth = partial(_worth, row, points, uncaps, one.effort, name)
            worths[place] = row.steps.keep(Stage.GATE, f"worth{name}", worth)
    most = row.steps.keep(Stage.LEVEL, f"worth{level}", lambda: largest([nw.lit(-1.0), *worths.values()]))
    cases = [((worth == most) & (worth >= 0), _place(place)) for place, worth in worths.items()]
    return row.steps.keep(Stage.NAME, f"best{level}", lambda: chain(cases, _place(-1)))


def _place(place: int) -> nw.Expr:
    return nw.lit(place, nw.Int16)


def _worth(row: Row, points: Sum, uncaps: Sum, effort: int, name: str) -> nw.Expr:
    """Points a day; 0 for one that lifts no points but a cap; -1 for one that is of no use."""
    useless = nw.lit(-1.0)
    if uncaps.most:
        useless = chain([(row.words.reaches(uncaps, 1), nw.lit(0.0))], useless)
    if points.totals is None:
        a_day = quotient(row.words.real(points), nw.lit(float(effort)))
        return chain([(row.words.reaches(points, 1), a_day)], useless)
    worths = {found: nw.lit(found / effort) for found in points.totals if found}
    if len(points.parts) == 1:
        [(question, ranks)] = points.parts.items()
        totals = {rank: points.constant + added for rank, added in ranks.items()}
        return chain([(row.ranks[question] == rank, worths[found]) for rank, found in totals.items() if found], useless)
    lifted = row.steps.keep(Stage.WORD, f"lifted{name}", lambda: _in_steps(row, points))
    steps = {found: (found - points.least) // points.step for found in worths}
    return chain([(lifted == steps[found], worth) for found, worth in worths.items()], useless)


def _in_steps(row: Row, points: Sum) -> nw.Expr:
    """How many of its steps the sum is above its least, in few bytes: its totals are few."""
    small = nw.Int16 if (points.most - points.least) // points.step < 1 << 15 else nw.Int64
    raised = {
        question: {rank: (added - min(ranks.values())) // points.step for rank, added in ranks.items()}
        for question, ranks in points.parts.items()
    }
    return total([chosen(row.ranks[question], ranks, small) for question, ranks in raised.items()])


def _lifted_points(row: Row, one: Recommendation, level: Level) -> Sum:
    """The weighted points that it brings to the level's gate."""
    items = [item for item in row.plan.scale.criteria[level] if item.id in one.lifts]
    return row.sums.of(items, lambda _, points: _step(row, one, level, points).points)


def _uncapped(row: Row, one: Recommendation, level: Level) -> Sum:
    """How many safeguards it lifts that keep the company just under the level."""
    items = [item for item in row.plan.scale.safeguards if item.id in one.lifts and item.cap == level - 1]

    def adds(item: Item, points: Points) -> int:
        return int(bool(_step(row, one, level, points).lifts) and cap_of(item, points, "answered") is not None)

    return row.sums.of(items, adds)


def _step(row: Row, one: Recommendation, level: Level, points: Points) -> Step:
    """What it would lift of one answer."""
    return step_of(one, level, Evaluation(row.plan.scale, points, {}, {}))
