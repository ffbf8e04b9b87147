"""What a company's claim beside its buyers' measure says; scores and shares from 0 to 1, unrounded."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from cvp.assessment import Instrument, Move, Respondents, Share
from cvp.level import Level
from cvp.model import Frozen, Saved

Flag: TypeAlias = Literal["blind spot", "hidden strength", "cannot tell at this size", "not compared"]
"""Blind spot: the claim is the higher; hidden strength: the measure is. Not compared: one of the two is missing."""

LevelFlag: TypeAlias = Literal["agreed", "blind spot", "hidden strength", "cannot tell at this size"]

Difference = Annotated[float, Field(ge=-1, le=1)]


def _is_zero(value: int) -> bool:
    return value == 0


class Claim(Frozen):
    """What the company says: its questionnaire, and how much the claim rests on. `people` gave the answers.

    `uncapped_level` is what it would be without safeguards.
    """

    questionnaire: Instrument
    date: str
    answered_by: str
    people: int
    level: Level
    level_name: str
    uncapped_level: Level
    secured: bool
    low: Level
    high: Level
    basis: Respondents


class MeasuredBy(Frozen):
    """The questionnaire that buyers answered."""

    id: str
    version: str
    sha256: str


class Measured(Frozen):
    """What buyers say: `level` is the highest ℓ with 2…ℓ all confirmed.

    `settled` when the next level is shown not to be seen by most; `not_secured` buyers do not see Level 1 secured.
    Safeguards put `capped` of them on a lower level, and without these it would be `uncapped_level`: None where the
    summary does not say it. `rejected` rows of answers mean nothing, and `left_out` ones are tests, or unfinished.
    """

    questionnaire: MeasuredBy
    date: str
    buyers: int
    self_selected: bool
    level: Level
    level_name: str
    capped: int | None
    uncapped_level: Level | None
    settled: bool
    not_secured: int
    rejected: int
    left_out: int


class Gap(Frozen):
    """A score of the company beside its buyers' mean; `difference` is claim - mean, with its interval.

    `n` buyers have such a score.
    """

    id: str
    label: str
    claim: Share | None
    buyers: Share | None
    n: int
    difference: Difference | None = None
    low: Difference | None = None
    high: Difference | None = None
    flag: Flag = "not compared"


class Seen(Frozen):
    """Of `n` buyers those who see the company at a level or above, with the share's interval.

    `more` buyers who answer alike would settle whether most do: 0 where it is settled, None where they are split into
    halves.
    """

    count: int
    n: int
    share: Share
    low: Share
    high: Share
    flag: LevelFlag
    more: int | None


class LevelClaim(Frozen):
    """One level: whether the company claims it or more, how many buyers see it so, and its scores."""

    level: Level
    name: str
    claimed: bool
    seen: Seen | None
    score: Gap


class LensGaps(Frozen):
    """The values of a lens that both questionnaires have."""

    id: str
    label: str
    values: tuple[Gap, ...]


class ItemGap(Frozen):
    """A question to buyers beside the questions to the company that it mirrors, by their short names."""

    id: str
    short: str
    level: Level | None
    mirrors: tuple[str, ...]
    gap: Gap


class GroupSeen(Frozen):
    """A group of buyers: the level that they perceive, and what is seen of the level in question.

    So many small groups are `merged` in it; left out where it is one.
    """

    group: str
    merged: Annotated[int, Field(exclude_if=_is_zero)] = 0
    level: Level
    seen: Seen


class SegmentSeen(Frozen):
    """All groups of one column; `withheld` buyers are in groups too small to show."""

    column: str
    withheld: int
    groups: tuple[GroupSeen, ...]


class ClaimComparison(Saved):
    """A claim beside its measure. The measure is the result, `in_question` the level that segments are asked about.

    `items` and `lenses` are None where the summary of the buyers' answers does not say them. `next_move` is the first
    of the claim's path for the level above what buyers see that lifts something which they do not see there already,
    None where there is none; its path counts `supposed` open answers at their lowest choice.
    """

    cvp: Literal["claim/1"] = "claim/1"
    company: str
    language: str
    claim: Claim
    measure: Measured
    levels: tuple[LevelClaim, ...]
    lenses: tuple[LensGaps, ...] | None
    items: tuple[ItemGap, ...] | None
    in_question: Level
    segments: tuple[SegmentSeen, ...]
    next_move: Move | None
    supposed: int
