"""What could be done: the recommendations that lift something today and whose prerequisites can be done."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from cvp.gates import Evaluation, Points
from cvp.path.steps import step_of
from cvp.questionnaire import Questionnaire, Recommendation


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A recommendation that could be taken.

    `place` is its position in the file, `effort` is in days, `after` are the places of what must be taken with it, and
    `lifts` says for each question the points of the choice that it brings it to.
    """

    place: int
    recommendation: Recommendation
    effort: int
    after: tuple[int, ...]
    lifts: Mapping[str, int]


@dataclass(frozen=True)
class Options:
    """All that could be taken, prerequisites first, in the light of an evaluation."""

    now: Evaluation
    every: tuple[Option, ...]

    def without(self, excluded: Collection[str]) -> "Options":
        """Less the recommendations with these ids and all that would have to come after them."""
        kept: dict[int, Option] = {}
        for option in self.every:
            if option.recommendation.id not in excluded and all(place in kept for place in option.after):
                kept[option.place] = option
        return replace(self, every=tuple(kept.values()))

    def resized(self, size: Callable[[int], int]) -> "Options":
        """With every effort put through `size`."""
        return replace(self, every=tuple(replace(option, effort=size(option.effort)) for option in self.every))

    def after(self, taken: Iterable[Option]) -> Points:
        """The points once these are taken. What is open in a gate that holds today stays open."""
        lifted = {q: value for q, value in highest(taken).items() if not is_open_for_good(self.now, q)}
        return {**self.now.points, **lifted}


def highest(options: Iterable[Option]) -> dict[str, int]:
    """The highest value that any of them lifts each question to."""
    values: dict[str, int] = {}
    for option in options:
        for question, value in option.lifts.items():
            values[question] = max(value, values.get(question, 0))
    return values


def days_of(options: Iterable[Option]) -> int:
    return sum(option.effort for option in options)


def is_open_for_good(now: Evaluation, question: str) -> bool:
    """Whether the question is open in a gate that holds."""
    level = now.scale.items[question].level
    return now.points[question] is None and level is not None and now.gates[level, "answered"].holds


def options_of(questionnaire: Questionnaire, now: Evaluation) -> Options:
    """What could be taken.

    A recommendation that lifts nothing today is never taken, and counts as done. Those that wait for each other can
    never begin.
    """
    recommendations = questionnaire.recommendations
    lifts = {r.id: {q: after for q, (_, after) in step_of(r, 1, now).lifts.items()} for r in recommendations}
    places = {r.id: place for place, r in enumerate(recommendations) if lifts[r.id]}
    found: dict[int, Option] = {}
    waiting = [recommendations[place] for place in places.values()]
    while waiting:
        ready = [r for r in waiting if all(places[name] in found for name in r.after if name in places)]
        if not ready:
            break
        for r in ready:
            after = tuple(places[name] for name in dict.fromkeys(r.after) if name in places)
            found[places[r.id]] = Option(places[r.id], r, r.effort, after, lifts[r.id])
        waiting = [r for r in waiting if places[r.id] not in found]
    return Options(now, tuple(found.values()))
