"""What buyers say, as `cvp batch --summary` keeps it in JSON (batch/1): the part that a claim is held beside.

Shares, intervals and verdicts are reckoned again from the counts. Keys that are not read here are let be.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from cvp.answers import Day
from cvp.assessment import Share
from cvp.level import LEVELS
from cvp.model import Frozen, LevelNumber, Line, Several
from cvp.proportions import Perceived
from cvp.questionnaire import LevelKey

Count = Annotated[int, Field(ge=0, le=10**12)]


class Read(Frozen):
    """A part of a summary; a later version may say more."""

    model_config = ConfigDict(extra="ignore")


class Mean(Read):
    """The mean score of the `n` rows that have one; None where there is none."""

    n: Count
    mean: Share | None


class Item(Mean):
    """A question to buyers, and the questions of the claim that it mirrors; a safeguard has no level."""

    id: Line
    label: Line
    short: Line
    level: LevelNumber | None
    mirrors: Several[Line]


class ValueOfLens(Mean):
    id: Line
    label: Line


class LensOfBuyers(Read):
    id: Line
    label: Line
    values: Several[ValueOfLens]


class Buyers(Read):
    """A number of buyers: how many see the company at each level; `merged` are small groups, put together.

    Safeguards put `capped` of them on a lower level than `uncapped_levels` say; None in a summary that does not say it.
    """

    group: str
    merged: Several[str] = ()
    n: Annotated[Count, Field(ge=1)]
    levels: Annotated[dict[LevelKey, Count], Field(min_length=len(LEVELS))]
    not_secured: Count
    capped: Count | None = None
    uncapped_levels: Annotated[dict[LevelKey, Count] | None, Field(min_length=len(LEVELS))] = None
    scores: Annotated[dict[LevelKey, Mean], Field(min_length=len(LEVELS))]

    @property
    def perceived(self) -> Perceived:
        return _perceived(self.levels)

    @property
    def uncapped(self) -> Perceived | None:
        """What would be perceived without safeguards."""
        return None if self.uncapped_levels is None else _perceived(self.uncapped_levels)


class Cut(Read):
    """All groups of one column; `withheld` buyers are in groups too small to show."""

    column: str
    withheld: Count
    groups: Several[Buyers]


class Rows(Read):
    """Where the rows of a table went."""

    scored: Count
    rejected: Count
    left_out: dict[str, Count]


class Asked(Read):
    """The questionnaire that was answered."""

    id: Line
    version: Line
    sha256: Line
    perspective: Literal["company", "buyer"]


class Measure(Read):
    """Many answers by one questionnaire. `everyone` is None where there are fewer than `min_group`.

    `items` and `lenses` are None in a summary that does not say them.
    """

    cvp: Literal["batch/1"]
    questionnaire: Asked
    date: Day
    self_selected: bool
    min_group: Annotated[Count, Field(ge=1)]
    rows: Rows
    everyone: Annotated[Buyers | None, Field(alias="all")]
    segments: Several[Cut]
    mirrors_of: Line | None = None
    items: Several[Item] | None = None
    lenses: Several[LensOfBuyers] | None = None


KEYS: tuple[LevelKey, ...] = ("1", "2", "3", "4")


def _perceived(levels: Mapping[LevelKey, int]) -> Perceived:
    return Perceived({level: levels[key] for level, key in zip(LEVELS, KEYS, strict=True)})
