"""What scoring says of one company: everything that a report needs, and the one thing that reports read."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from cvp.answers import Evidence
from cvp.level import Level
from cvp.model import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
State = Literal["answered", "dont_know", "unanswered", "stale", "not_applicable"]
"""What became of a question: all but `answered` and `not_applicable` are open."""


class Instrument(Frozen):
    """Which questionnaire it was; results of different content are not compared without saying so."""

    id: str
    version: str
    sha256: str
    title: str


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


class Lift(Frozen):
    """One question that a move lifts; `before` is None where its answer is open."""

    question: str
    short: str
    before: Share | None
    after: Share


class Move(Frozen):
    """A recommendation for this company: for which gate, what it lifts, and points of that gate's score it brings."""

    recommendation: str
    label: str
    level: Level
    lifts: tuple[Lift, ...]
    points: float
    effort: int
    first_step: str
    customer_gain: str
    company_gain: str
    example: str
    source: str


class NamedMove(Frozen):
    """A recommendation by its id and label."""

    recommendation: str
    label: str


class BegunMove(NamedMove):
    """A move with what to do first."""

    first_step: str


class Phase(Frozen):
    """What begins and what is done `until` so many calendar days from the assessment, None for later."""

    until: int | None
    begins: tuple[BegunMove, ...]
    ends: tuple[NamedMove, ...]


class Alternative(Frozen):
    """Moves of a path and what can take their place: as far, at no more effort in all."""

    left_out: tuple[NamedMove, ...]
    instead: tuple[NamedMove, ...]


class AtBest(Frozen):
    """What a path would come to: how many moves, and their effort in days."""

    moves: int
    effort: int


class Path(Frozen):
    """Moves in order, `effort` in days; where the scorer puts the company after them, with bounds.

    It surely `reached` a level, whatever is open in the gates that it mends; None where not even Level 1 is secured. It
    keeps to the `budget` (days) and does without what is `excluded`. Where `exact`, it is proved that nothing else that
    does so reaches more, or as much for less; `bound` is the least effort that is not ruled out, itself where `exact`.
    What the budget had left is spent `towards` the next gate, and brings `progress`: a share of the points that it is
    missing. `supposed` is how many open answers count at their lowest choice, being in gates that the moves must mend;
    `at_best` is the path if all of these turn out at their highest, None where there are none and within a budget.
    `safe_bets` are moves that stay where every effort is a size smaller or larger; they and `alternatives` are worked
    out for the assessment's `path` and for the way to the next level alone. The `roadmap` makes one move after the
    other, 21 working days in 30.
    """

    target: Level
    effort: int
    bound: int
    exact: bool
    budget: int | None
    excluded: tuple[NamedMove, ...]
    steps: tuple[Move, ...]
    supposed: int
    at_best: AtBest | None
    reached: Level | None
    towards: Level | None
    progress: Share
    projected_level: Level
    projected_low: Level
    projected_high: Level
    safe_bets: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    roadmap: tuple[Phase, ...]


class Round(Frozen):
    """One round of votes on one question: how they lie over its choices, lowest first."""

    frequencies: tuple[int, ...]
    dont_know: int
    agreement: float | None
    verdict: Literal["agrees", "neighbours", "spread", "two camps", ""]


class RoomCriterion(Frozen):
    """A question that the room voted on; of its rounds the last counts.

    `answer` is the room's, or the facilitator's where `override` gives the reason for another. `lowest` and `highest`
    are the respondents, counted from 1, who chose the lowest and the highest of the choices that were made.
    """

    id: str
    short: str
    choices: tuple[str, ...]
    rounds: tuple[Round, ...]
    answer: str | None
    override: str
    lowest: tuple[int, ...]
    highest: tuple[int, ...]


class Room(Frozen):
    """Several respondents: their votes, how far they agree, what to talk about first, and who alone decides.

    `people` are their names in order where they may be told, else nothing. `deciders` is None where hands were counted,
    since nobody can be left out then.
    """

    respondents: int
    people: tuple[str, ...]
    criteria: tuple[RoomCriterion, ...]
    agreement: float | None
    agenda: tuple[str, ...]
    deciders: tuple[int, ...] | None


class Assessment(Frozen):
    """The result of scoring; scores from 0 to 1, unrounded; efforts in days.

    `path` leads to Level 4, or as far as a budget does; `ways` to each level above the present one, lowest first,
    whatever the budget.
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

    def to_json(self) -> str:
        """The same text for the same assessment, byte for byte; ends with a line feed."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
