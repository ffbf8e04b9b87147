"""Whether the recommendations lead from the lowest answers to Level 4."""

from collections.abc import Iterator

from cvp.document import Fault, Route
from cvp.gates import Item, gate
from cvp.rules.measurement.measures import Measures, Reach, at, measures_of
from cvp.rules.subject import Subject


def no_way_up(subject: Subject) -> Iterator[Fault]:
    """A path to Level 4 that does not exist.

    A company with every answer at its lowest could follow all recommendations and still not get through this gate,
    must-have or safeguard: the report would leave it stranded. Add a recommendation, or let one lift further.
    """
    if not (measures := measures_of(subject)):
        return
    if _has_no_recommendations(measures):
        if measures.questionnaire.perspective == "buyer":
            return  # buyers measure; what to do about it stands in the company's own questionnaire
        listed: Route = ("recommendations",)
        route = listed if listed in subject.document.keys else ("id",)
        yield Fault("there are no recommendations, so no path leads to level 4", route, help="add some")
        return
    for item in _stuck(measures):
        need = measures.said(item.below if item.level is None else item.must or 0)
        message = f"no recommendation lifts `{item.id}` to {need}, without which there is no path to level 4"
        help_ = f"let one lift `{item.id}` to {need} or more"
        yield Fault(message, at(subject, item.id, "below" if item.level is None else "must"), help=help_)
    for reach in _short(measures):
        total = sum(item.weight * measures.lifted[item.id] for item in reach.items)
        most, needed = measures.average(total, reach.weight), measures.said(reach.best.passing)
        message = f"all recommendations together bring level {reach.level} to {most}, and it needs {needed}"
        left = ", ".join(f"`{item.id}`" for item in reach.items if measures.lifted[item.id] == item.lowest)
        help_ = f"nothing lifts {left}" if left else "let them lift further"
        yield Fault(message, ("levels", str(reach.level)), on_key=True, help=help_)


def unlifted_criterion(subject: Subject) -> Iterator[Fault]:
    """A criterion that no recommendation lifts.

    Whoever is weak here is told so and left alone with it. Add a recommendation, or let one lift this too.
    """
    measures = measures_of(subject)
    if not measures or _has_no_recommendations(measures):
        return
    lifted = {key for recommendation in measures.questionnaire.recommendations for key in recommendation.lifts}
    told = {item.id for reach in _short(measures) for item in reach.items} | {item.id for item in _stuck(measures)}
    silent = lifted | measures.hidden | told
    for reach in measures.reaches:
        for item in reach.items:
            if item.id not in silent and item.lowest < item.highest:
                help_ = "add a recommendation, or let one lift this too"
                yield Fault(f"no recommendation lifts `{item.id}`", at(subject, item.id), help=help_)


def _has_no_recommendations(measures: Measures) -> bool:
    return not measures.questionnaire.recommendations and not measures.hidden


def _stuck(measures: Measures) -> list[Item]:
    """Must-haves and safeguards that all recommendations together leave under their threshold."""
    lifted = measures.lifted
    return [
        item
        for item in measures.scale.items.values()
        if (item.must is not None and lifted[item.id] < item.must <= item.highest)
        or (item.level is None and item.cap < 4 and lifted[item.id] < item.below <= item.highest)
    ]


def _short(measures: Measures) -> list[Reach]:
    """Levels whose score stays too low after all recommendations, even with every must-have at its highest."""
    points = {**measures.lifted, **{item.id: item.highest for item in _stuck(measures)}}
    return [
        reach
        for reach in measures.reaches
        if reach.items and reach.best.slack >= 0 > gate(measures.scale, reach.level, points, "answered").slack
    ]
