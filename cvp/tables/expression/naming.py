"""Outputs that name parts of the questionnaire: what is bad, what caps the level, what is weakest, what to do first."""

from collections.abc import Iterator, Mapping
from functools import partial

import narwhals as nw

from cvp.gates import Evaluation, Item, Points, cap_of
from cvp.level import LEVELS, Level
from cvp.path import Step, step_of
from cvp.questionnaire import Recommendation
from cvp.tables.compiling import BAD, OPEN, OUT
from cvp.tables.expression.chains import any_of, chain, chosen, largest, named, quotient, whole
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
    asked = [question for question in reversed([*row.plan.scale.items]) if question in row.ranks]
    places = {question: place for place, question in enumerate(asked)}
    worst = [(~row.gate(level), largest([whole(-1), *_by_loss(row, level, places)])) for level in LEVELS]
    key = row.steps.keep(Stage.LEVEL, "weakest", lambda: chain(worst, whole(-1)))
    place = row.steps.keep(Stage.NAME, "weakest", lambda: chain([(key >= 0, key % max(1, len(asked)))], whole(-1)))
    return named(place, dict(enumerate(asked)))


def _by_loss(row: Row, level: Level, places: Mapping[str, int]) -> Iterator[nw.Expr]:
    """For each criterion a key that is larger the more weighted points its answer loses, and of equals the earlier."""
    scale = row.plan.scale
    losses = {
        item.id: {rank: item.weight * (scale.passes[level] - points) for rank, points in enumerate(item.points)}
        for item in scale.criteria[level]
        if item.id in places
    }
    order = sorted({loss for each in losses.values() for loss in each.values() if loss > 0})
    larger = {loss: index * len(places) for index, loss in enumerate(order)}
    for question, each in losses.items():
        lost = {rank: larger[loss] + places[question] for rank, loss in each.items() if loss > 0}
        yield chosen(row.ranks[question], dict.fromkeys([*each, OPEN, OUT], -1) | lost)


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
            worth = partial(_worth, row, points, uncaps, one.effort)
            worths[place] = row.steps.keep(Stage.GATE, f"worth{level}of{place}", worth)
    most = row.steps.keep(Stage.LEVEL, f"worth{level}", lambda: largest([nw.lit(-1.0), *worths.values()]))
    cases = [((worth == most) & (worth >= 0), whole(place)) for place, worth in worths.items()]
    return row.steps.keep(Stage.NAME, f"best{level}", lambda: chain(cases, whole(-1)))


def _worth(row: Row, points: Sum, uncaps: Sum, effort: int) -> nw.Expr:
    """Points a day; 0 for one that lifts no points but a cap; -1 for one that is of no use."""
    a_day = quotient(row.words.real(points), nw.lit(float(effort)))
    return chain([(row.words.reaches(points, 1), a_day), (row.words.reaches(uncaps, 1), nw.lit(0.0))], nw.lit(-1.0))


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
