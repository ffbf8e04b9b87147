"""Counts → statistics of every question, every level, and of the ladder."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from cvp.items.answered import Answered
from cvp.items.guttman import Errors, added
from cvp.items.moments import mean, size
from cvp.items.reliability import alpha, alpha_interval, item_rest, omega
from cvp.items.tallies import Answers, Tallies
from cvp.items.verdicts import ENOUGH, ItemVerdict, Strength, item_verdict, strength
from cvp.level import LEVELS, Level
from cvp.proportions import Interval
from cvp.questionnaire import Criterion, Questionnaire
from cvp.rendition import Rendition

NO_ERRORS: Final = Errors()


@dataclass(frozen=True)
class Item:
    """One question; a safeguard has no level. Statistics are None where rows are too few or do not vary.

    `mean` is its difficulty, a score from 0 (nobody agrees) to 1. `item_rest` is within its level, `h` among all
    criteria; `ladder` are the pairs of answers with criteria of other levels that are out of the ladder's order, and
    `out_of_place` the nearest level whose criteria are easier though it is higher, or harder though it is lower.
    """

    id: str
    level: Level | None
    answers: Answers
    mean: float | None
    item_rest: float | None
    h: float | None
    ladder: Errors
    out_of_place: Level | None
    verdict: ItemVerdict


@dataclass(frozen=True)
class Scale:
    """The criteria of a level, or of all (`level` None), that have answers enough; `n` are the rows of the rarest pair.

    Alpha and omega are of a level alone: all levels together are meant to differ.
    """

    level: Level | None
    items: tuple[str, ...]
    n: int
    h: float | None
    strength: Strength | None
    alpha: float | None = None
    interval: Interval | None = None
    omega: float | None = None


@dataclass(frozen=True)
class ItemAnalysis(Rendition):
    """A questionnaire's quality. `steps` are the errors between every two levels, the lower one first."""

    source: str
    date: str
    rows: int
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    whole: Scale
    steps: Mapping[tuple[Level, Level], Errors]
    min_group: int = 5

    @property
    def ladder(self) -> Errors:
        """Of all pairs of criteria of two levels."""
        return added(self.steps.values())

    @property
    def is_shown(self) -> bool:
        return self.rows >= self.min_group


def analysis_of(
    questionnaire: Questionnaire, tallies: Tallies, *, source: str = "", date: str = "", min_group: int = 5
) -> ItemAnalysis:
    """Statistics of the questions that were asked.

    An item's mean and variance are of all rows that answered it, what goes together of the rows that answered both of
    a pair: leaving out every row with one open answer would leave few, and not at random. Items with fewer than ENOUGH
    answers, and pairs with fewer than ENOUGH rows, are in no scale.
    """
    data = Answered(questionnaire, tallies)
    items = tuple(_item(data, key, min_group) for key in questionnaire.questions if key in tallies.answers)
    return ItemAnalysis(
        questionnaire=questionnaire,
        source=source,
        date=date,
        rows=tallies.rows,
        items=items,
        scales=tuple(_scale(data, level) for level in LEVELS),
        whole=_scale(data, None),
        steps={
            (lower, higher): added(data.out_of_order(data.of(lower), data.of(higher)))
            for lower, higher in combinations(LEVELS, 2)
        },
        min_group=min_group,
    )


def _item(data: Answered, key: str, min_group: int) -> Item:
    answers = data.tallies.answers[key]
    question = data.questionnaire.questions[key]
    shown = mean(answers.choices, data.scores[key]) if answers.n >= min_group else None
    if not isinstance(question, Criterion):
        return Item(key, None, answers, shown, None, None, NO_ERRORS, None, item_verdict(answers, None, None))
    if answers.n < ENOUGH:
        verdict = item_verdict(answers, None, None)
        return Item(key, question.level, answers, shown, None, None, NO_ERRORS, None, verdict)
    level = data.of(question.level)
    covariances = data.covariances(level)
    r = None if covariances is None else item_rest(covariances, level.index(key))
    h = data.errors((key, other) for other in data.of(None) if other != key).h
    ladder = _ladder_of(data, question)
    turned = [other for other, errors in ladder.items() if errors.is_turned]
    place = min(turned, key=lambda other: abs(other - question.level), default=None)
    verdict = item_verdict(answers, r, h, place is not None)
    return Item(key, question.level, answers, shown, r, h, added(ladder.values()), place, verdict)


def _ladder_of(data: Answered, criterion: Criterion) -> dict[Level, Errors]:
    """A criterion's errors against each other level."""
    own = [criterion.id]
    found = {}
    for level in LEVELS:
        if level < criterion.level:
            found[level] = added(data.out_of_order(data.of(level), own))
        elif level > criterion.level:
            found[level] = added(data.out_of_order(own, data.of(level)))
    return found


def _scale(data: Answered, level: Level | None) -> Scale:
    keys = data.of(level)
    n = min((size(crossed) for pair in combinations(keys, 2) if (crossed := data.crossed(*pair))), default=0)
    h = data.errors(combinations(keys, 2)).h
    covariances = data.covariances(keys) if level and len(keys) > 1 else None
    found = None if covariances is None else alpha(covariances)
    return Scale(
        level=level,
        items=tuple(keys),
        n=n,
        h=h,
        strength=None if h is None else strength(h),
        alpha=found,
        interval=None if found is None else alpha_interval(found, len(keys), n),
        omega=None if covariances is None else omega(covariances),
    )
