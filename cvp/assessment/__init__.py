"""What scoring says of one company: everything that a report needs, and the one thing that reports read."""

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cvp.assessment.parts import (
    AnswerResult,
    ChoiceResult,
    CriterionResult,
    FlipResult,
    GridLenses,
    Instrument,
    LensResult,
    LensValue,
    LevelResult,
    Margin,
    Mention,
    OpenQuestion,
    Respondents,
    SafeguardResult,
    Share,
    State,
)
from cvp.assessment.rooms import (
    Room,
    RoomCriterion,
    Round,
)
from cvp.assessment.ways import (
    Alternative,
    AtBest,
    BegunMove,
    Lift,
    Move,
    NamedMove,
    Path,
    Phase,
)
from cvp.level import Level
from cvp.model import Saved

__all__ = [
    "Alternative",
    "AnswerResult",
    "Assessment",
    "AtBest",
    "BegunMove",
    "ChoiceResult",
    "CriterionResult",
    "FlipResult",
    "GridLenses",
    "Instrument",
    "LensResult",
    "LensValue",
    "LevelResult",
    "Lift",
    "Margin",
    "Mention",
    "Move",
    "NamedMove",
    "OpenQuestion",
    "Path",
    "Phase",
    "Respondents",
    "Room",
    "RoomCriterion",
    "Round",
    "SafeguardResult",
    "Share",
    "State",
]


def _is_none(value: object) -> bool:
    return value is None


class Assessment(Saved):
    """The result of scoring; scores from 0 to 1, unrounded; efforts in days. `grid` is left out where there is none.

    `path` leads to Level 4, or as far as a budget does; `ways` to each level above the present one, lowest first,
    whatever the budget. `asked_of_buyers`, which is never saved, is how buyers are asked about the same, by question.
    """

    cvp: Literal["assessment/1"] = "assessment/1"
    questionnaire: Instrument
    company: str
    answered_by: str
    date: str
    language: str
    perspective: Literal["company", "buyer"]
    level: Level
    secured: bool
    low: Level
    high: Level
    settled: bool
    uncapped_level: Level
    level_if_not_applicable_counts: Level
    out_of_order: tuple[Level, ...]
    basis: Respondents
    levels: tuple[LevelResult, ...]
    lenses: tuple[LensResult, ...]
    grid: Annotated[GridLenses | None, Field(exclude_if=_is_none)] = None
    criteria: tuple[CriterionResult, ...]
    safeguards: tuple[SafeguardResult, ...]
    open: tuple[OpenQuestion, ...]
    margin: Margin
    flips: tuple[FlipResult, ...]
    strengths: tuple[Mention, ...]
    gaps: tuple[Mention, ...]
    path: Path
    ways: tuple[Path, ...]
    recommendations: tuple[Move, ...]
    room: Room | None = None
    sources: dict[str, str]
    asked_of_buyers: Annotated[SkipJsonSchema[dict[str, str]], Field(exclude=True)] = {}
