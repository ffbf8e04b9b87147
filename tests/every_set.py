"""The path by its definition: every set of recommendations, and what the scorer says once it is carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cvp.gates import VIEWS, Evaluation, View, cap_of, evaluate
from cvp.level import LEVELS, Level
from cvp.questionnaire import Questionnaire


@dataclass(frozen=True)
class Outcome:
    """A set, by the positions of its recommendations in the file; `reaches` is 0 where it does not secure Level 1."""

    places: tuple[int, ...]
    effort: int
    after: Evaluation
    reaches: int


def outcomes(
    asked: Questionnaire, now: Evaluation, excluded: frozenset[str] = frozenset(), efforts: Sequence[int] | None = None
) -> list[Outcome]:
    """Of every allowed set: the least effort first, then the fewest moves, then in file order."""
    days = efforts or [r.effort for r in asked.recommendations]
    lifts = [_lifts(asked, now, place) for place in range(len(asked.recommendations))]
    found = []
    known: dict[tuple[int | None, ...], tuple[Evaluation, int]] = {}
    for places in _allowed(asked, lifts, excluded):
        points = dict(now.points)
        for place in places:
            for question, value in lifts[place].items():
                if not _stays_open(now, question):
                    points[question] = max(points[question] or 0, value)
        key = tuple(points.values())
        if key not in known:
            after = evaluate(now.scale, points)
            known[key] = after, max((level for level in LEVELS if _reaches(now, after, level)), default=0)
        found.append(Outcome(places, sum(days[place] for place in places), *known[key]))
    return sorted(found, key=lambda outcome: (outcome.effort, len(outcome.places), outcome.places))


def _lifts(asked: Questionnaire, now: Evaluation, place: int) -> Mapping[str, int]:
    """What it would lift today, each question to the lowest choice that will do."""
    lifts = {}
    for question, score in asked.recommendations[place].lifts.items():
        if question in now.points:
            points = now.scale.items[question].points
            value = min((p for p in points if p >= now.scale.points(score)), default=max(points))
            before = now.points[question]
            if value > (min(points) if before is None else before):
                lifts[question] = value
    return lifts


def _allowed(
    asked: Questionnaire, lifts: Sequence[Mapping[str, int]], excluded: frozenset[str]
) -> Iterator[tuple[int, ...]]:
    """Sets that hold nothing idle or excluded, and with each its prerequisites but for idle ones."""
    where = {r.id: place for place, r in enumerate(asked.recommendations)}
    idle = {place for place, lifted in enumerate(lifts) if not lifted}
    takeable = [place for name, place in where.items() if name not in excluded and place not in idle]
    for size in range(len(takeable) + 1):
        for places in combinations(takeable, size):
            done = idle.union(places)
            if all(where[name] in done for place in places for name in asked.recommendations[place].after):
                yield places


def _stays_open(now: Evaluation, question: str) -> bool:
    level = now.scale.items[question].level
    return now.points[question] is None and level is not None and now.gates[level, "answered"].holds


def _reaches(now: Evaluation, after: Evaluation, level: int) -> bool:
    """By the scorer, with every gate that does not hold today mended for good."""
    shut = [gate for gate in LEVELS[:level] if not now.gates[gate, "answered"].holds]
    return after.standing.level >= level and all(after.gates[gate, view].holds for gate in shut for view in VIEWS[:2])


def progress(now: Evaluation, base: Outcome, outcome: Outcome) -> tuple[Fraction, int]:
    """Towards the gate above what `base` reaches: a share of its missing points; and how little else is in the way.

    Where `base` lacks no points of that gate, the points that `outcome` lacks count against it.
    """
    level = LEVELS[base.reaches]
    gate: tuple[Level, View] = level, "highest" if now.gates[level, "answered"].holds else "lowest"
    missing = -base.after.gates[gate].slack
    slack = outcome.after.gates[gate].slack
    in_the_way = [
        item.id
        for item in now.scale.safeguards
        if item.cap == level - 1 and any(cap_of(item, outcome.after.points, view) for view in VIEWS[::2])
    ]
    share = min(Fraction(slack + missing, missing), Fraction(1)) if missing > 0 else Fraction(min(0, slack))
    return share, -len(in_the_way) - len(outcome.after.gates[level, "answered"].musts_failed)
