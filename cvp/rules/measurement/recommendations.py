"""Recommendations that do nothing for the company, or nothing for the customer."""

from collections.abc import Iterator
from typing import Final

from cvp.document import Fault, Route
from cvp.questionnaire import Recommendation
from cvp.rules.measurement.measures import at, measures_of
from cvp.rules.subject import Subject

# fmt: off
_NO_GAIN: Final = frozenset([
    "n/a", "na", "nil", "no", "none", "none yet", "not applicable", "nothing", "open", "tba", "tbc", "tbd",
    "to be announced", "to be decided", "to be defined", "to be determined", "to do", "todo", "unclear", "unknown",
    "xxx", "entfällt", "keine", "keiner", "nichts", "unbekannt",
])
# fmt: on


def idle_recommendation(subject: Subject) -> Iterator[Fault]:
    """A recommendation that never fires.

    What it promises is reached by the lowest choice already, so it lifts nothing and is never shown; a single lift of
    that kind is as idle. Raise the score in `lifts`, or take it out.
    """
    if not (measures := measures_of(subject)):
        return
    items = measures.scale.items
    for recommendation in measures.questionnaire.recommendations:
        lifts = recommendation.lifts
        idle = [
            k for k in lifts if k in items and measures.scale.points(lifts[k]) <= items[k].lowest < items[k].highest
        ]
        if len(idle) == len(lifts):
            message = f"`{recommendation.id}` never fires: it lifts nothing above its lowest choice"
            yield Fault(message, at(subject, recommendation.id, "lifts"), help="raise the scores, or take it out")
        else:
            for key in idle:
                lowest = measures.said(items[key].lowest)
                message = f"this lifts nothing: the lowest choice of `{key}` scores {lowest} already"
                yield Fault(message, _lift(subject, recommendation, key), help="raise the score, or take it out")


def unreachable_lift(subject: Subject) -> Iterator[Fault]:
    """A lift above the highest choice.

    No answer shows what it promises; cvp reckons with the highest choice instead. Lower the lift, or add a choice that
    reaches it.
    """
    if not (measures := measures_of(subject)):
        return
    for recommendation in measures.questionnaire.recommendations:
        for key, score in recommendation.lifts.items():
            item = measures.scale.items.get(key)
            if item and measures.scale.points(score) > item.highest:
                highest = measures.said(item.highest)
                message = f"the highest choice of `{key}` scores {highest}, less than this lift"
                help_ = "lower the lift, or add a choice that reaches it"
                yield Fault(message, _lift(subject, recommendation, key), help=help_)


def no_customer_gain(subject: Subject) -> Iterator[Fault]:
    """A recommendation with no gain for the customer.

    A move that helps the company alone does not lead up the ladder, and customers notice. A blank, a dash or a "TBD"
    is no gain. Say in a sentence what the customer has from it, or take the recommendation out.
    """
    if measures := measures_of(subject):
        for recommendation in measures.questionnaire.recommendations:
            route = at(subject, recommendation.id, "customer_gain")
            gain = recommendation.customer_gain
            for at_, text in [(route, gain)] if isinstance(gain, str) else [((*route, k), t) for k, t in gain.items()]:
                if _says_nothing(text):
                    message = f"`{recommendation.id}` names no gain for the customer"
                    yield Fault(message, at_, help="say in a sentence what the customer has from it")


def _says_nothing(text: str) -> bool:
    """Blank, without a letter or digit, or a word that stands for nothing."""
    words = " ".join(text.split()).casefold().strip(".!?-–—:;()[]<>*_ ")
    return words in _NO_GAIN or not any(character.isalnum() for character in words)


def _lift(subject: Subject, recommendation: Recommendation, key: str) -> Route:
    return (*at(subject, recommendation.id, "lifts"), key)
