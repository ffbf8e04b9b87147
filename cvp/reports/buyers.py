"""The first buyers to ask: how many it takes to confirm a level, and what to put to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cvp.assessment import Assessment, CriterionResult, FlipResult
from cvp.proportions import Proportion
from cvp.speaking import _

ENOUGH: Final = tuple((tenths / 10, Proportion(tenths, 10).needed or 0) for tenths in (10, 9, 8, 7, 6))
"""The share of buyers who agree, and with how many of them it confirms a level."""

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class BuyerQuestion:
    """What to put to a buyer, in a buyer's words; what was answered to it here, and what hangs on it."""

    question: str
    answer: str
    why: str


def buyer_questions(a: Assessment) -> tuple[BuyerQuestion, ...]:
    """At most five: answers without evidence that alone decide the level, that carry it, then others that decide it.

    What asks buyers about two of them is told once; among equals, what a questionnaire asks them comes first.
    """
    decisive: dict[str, FlipResult] = {}
    for flip in a.flips:  # the smallest step first
        decisive.setdefault(flip.question, flip)
    chosen: dict[str, BuyerQuestion] = {}
    for criterion in _in_order(a, decisive):
        asked = _put_to_buyers(a, criterion)
        chosen.setdefault(asked, _question(a, asked, criterion, decisive.get(criterion.id)))
    return tuple(chosen.values())[:MOST]


def _in_order(a: Assessment, decisive: dict[str, FlipResult]) -> Iterator[CriterionResult]:
    answered = sorted(
        (c for c in a.criteria if c.answer.state == "answered"), key=lambda c: c.id not in a.asked_of_buyers
    )
    flipping = sorted((c for c in answered if c.id in decisive), key=lambda c: decisive[c.id].steps)
    yield from (c for c in flipping if is_bare(c))
    carrying = [c for c in answered if is_bare(c) and c.level <= a.level and c.answer.score]
    yield from sorted(carrying, key=lambda c: (-c.level, -c.weight * (c.answer.score or 0)))
    yield from flipping


def _put_to_buyers(a: Assessment, criterion: CriterionResult) -> str:
    """As buyers are asked; where no questionnaire says how, what to ask them about."""
    if a.perspective == "buyer":
        return criterion.label
    said = _("What have you seen of “{short}”? (You were asked: {question})")
    asked = a.asked_of_buyers.get(criterion.id)
    return asked or said.format(short=criterion.short, question=criterion.label)


def is_bare(criterion: CriterionResult) -> bool:
    """Whether nothing but somebody's word stands behind the answer."""
    return criterion.answer.assumed or not criterion.answer.evidence


def _question(a: Assessment, asked: str, criterion: CriterionResult, flip: FlipResult | None) -> BuyerQuestion:
    if criterion.answer.assumed:
        rests = _("assumed; {why}")
    elif is_bare(criterion):
        rests = _("without evidence; {why}")
    else:
        rests = _("on evidence; {why}")
    return BuyerQuestion(asked, criterion.answer.label, rests.format(why=_why(a, criterion, flip)))


def _why(a: Assessment, criterion: CriterionResult, flip: FlipResult | None) -> str:
    """What hangs on the answer."""
    if flip:
        return _("“{choice}” would make it Level {level}").format(choice=flip.after, level=flip.level)
    if a.levels[criterion.level - 1].holds:
        return _("it helps to carry the gate of Level {level}").format(level=criterion.level)
    return _("it counts for the gate of Level {level}, which does not hold").format(level=criterion.level)
