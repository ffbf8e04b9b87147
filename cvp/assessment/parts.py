"""The parts of an assessment: the questionnaire, levels, answers, lenses, and how sure it all is."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from cvp.answers import Evidence
from cvp.level import Level
from cvp.model import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
State = Literal["answered", "dont_know", "unanswered", "stale", "not_applicable"]
"""What became of a question: all but `answered` and `not_applicable` are open."""


def _is_empty(value: dict[str, str]) -> bool:
    return not value


class Instrument(Frozen):
    """Which questionnaire it was; results of different content are not compared without saying so.

    `informs` is what it adds to the reports of other questionnaires, by their ids; left out where there is nothing.
    """

    id: str
    version: str
    sha256: str
    title: str
    informs: Annotated[dict[str, str], Field(exclude_if=_is_empty)] = {}


class Respondents(Frozen):
    """How much the result rests on: answers given; of these, how many are assumed, how many else have evidence."""

    questions: int
    answered: int
    assumed: int
    with_evidence: int
    not_applicable: int


class LevelResult(Frozen):
    """One gate. `score` is None where nothing of the level is answered; `low` and `high` are its bounds."""

    model_config = ConfigDict(populate_by_name=True)  # `pass` is no name in Python

    level: Level
    name: str
    summary: str
    score: Share | None
    low: Share | None
    high: Share | None
    passing: Annotated[Share, Field(alias="pass")]
    holds: bool
    answered: int
    criteria: int
    must_failed: tuple[str, ...]


class ChoiceResult(Frozen):
    """A choice that was offered, and what it scores."""

    value: str
    label: str
    score: Share


class AnswerResult(Frozen):
    """What was answered to one question, and what it scores; `label` is the choice's, or empty."""

    state: State
    choice: str | None
    label: str
    score: Share | None
    note: str
    assumed: bool
    evidence: tuple[Evidence, ...]


class CriterionResult(Frozen):
    """A criterion with its weight and, where its gate demands one, its least score; `fresh_for` is in months."""

    id: str
    label: str
    short: str
    source: str
    level: Level
    weight: float
    must: Share | None
    fresh_for: int | None
    lenses: dict[str, str]
    choices: tuple[ChoiceResult, ...]
    answer: AnswerResult


class SafeguardResult(Frozen):
    """A safeguard; `hit` when it limits the level to `cap`."""

    id: str
    label: str
    short: str
    source: str
    below: Share
    cap: Level
    hit: bool
    why: str
    choices: tuple[ChoiceResult, ...]
    answer: AnswerResult


class LensValue(Frozen):
    """The weighted mean of the answered criteria that carry this value; None where none is answered."""

    id: str
    label: str
    score: Share | None
    answered: int
    criteria: int


class LensResult(Frozen):
    id: str
    label: str
    values: tuple[LensValue, ...]


class GridLenses(Frozen):
    """Two of the lenses, by their ids, whose values cross in a grid."""

    rows: str
    columns: str


class OpenQuestion(Frozen):
    """A question without a usable answer.

    `decides` when its level's gate holds or not depending on what is open; `moves` is the most that its answer can move
    its level's score. A safeguard has no level, and decides when it may cap the level.
    """

    id: str
    short: str
    label: str
    level: Level | None
    state: State
    decides: bool
    moves: Share | None


class Margin(Frozen):
    """The fewest answers that must be wrong for the level to fall or to rise; None where none can do it."""

    fall: int | None
    rise: int | None


class FlipResult(Frozen):
    """One answer given otherwise, and the level that follows."""

    question: str
    short: str
    before: str
    after: str
    level: Level
    steps: int


class Mention(Frozen):
    """A criterion named as a strength or a gap: `points` is how far it brings its level's score over or under."""

    id: str
    short: str
    level: Level
    answer: str
    assumed: bool
    score: Share
    points: float
