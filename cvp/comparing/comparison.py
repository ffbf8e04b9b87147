"""What a comparison of assessments says; scores from 0 to 1, unrounded."""

from typing import Literal, TypeAlias

from cvp.assessment import Instrument, Move, Respondents, Share, State
from cvp.level import Level
from cvp.model import Frozen, Saved

Cause: TypeAlias = Literal["time", "questionnaire", "answers"]
"""Why something is not what it was, in the order in which changes are attributed."""

StageName: TypeAlias = Literal["before", "at the later date", "by the later questionnaire", "after"]

Outcome: TypeAlias = Literal["shows", "in part", "not yet", "fell", "newly known", "renewed", "cannot tell"]
"""What became of a move that was proposed, as far as the later answers tell.

`newly known` where all that was wanted is answered later, and none of it was worse before: where nobody knew before,
that is no rise.
`renewed` where the earlier answer had been too old to count, and the same one is given again on newer evidence: that
cannot show what a move did.
"""


class Side(Frozen):
    """One of the two assessments: whose it is, what it rests on, and where it puts the company."""

    questionnaire: Instrument
    company: str
    answered_by: str
    date: str
    language: str
    perspective: Literal["company", "buyer"]
    level: Level
    level_name: str
    secured: bool
    low: Level
    high: Level
    basis: Respondents


class Stage(Frozen):
    """Where the company stands on the way from one assessment to the other.

    `before` and `after` are the two; between them, the earlier answers at the later date, then also by the later
    questionnaire. `scores` are those of Level 1 to 4.
    """

    stage: StageName
    level: Level
    low: Level
    high: Level
    secured: bool
    scores: tuple[Share | None, ...]


class LevelParts(Frozen):
    """By how many levels each cause moved the level; together, the whole change."""

    time: int
    questionnaire: int
    answers: int


class LevelChange(Frozen):
    """One level's score before and after, and the part of each cause in the difference.

    A part is None where the level has no score at one of its ends, for then there is no number; `stages` says what
    there is. `must_failed` are the must-haves that are not reached, by their short names.
    """

    level: Level
    name: str
    before: Share | None
    time: float | None
    questionnaire: float | None
    answers: float | None
    after: Share | None
    passing_before: Share
    passing: Share
    held: bool
    holds: bool
    must_failed: tuple[str, ...]


class InstrumentChange(Frozen):
    """Something in which the two questionnaires differ; `counts` where it may move a level.

    `field` is what changed of it, empty where it came or went; a choice's `owner` is the short name of its question.
    """

    what: Literal["level", "criterion", "safeguard", "choice"]
    id: str
    name: str
    owner: str
    kind: Literal["added", "removed", "renamed", "changed", "reworded"]
    field: str
    before: str
    after: str
    counts: bool


class Said(Frozen):
    """What was answered, in the words of its time; `score` is what it scored, None where it did not count."""

    state: State | Literal["not_asked"]
    choice: str | None
    label: str
    score: Share | None
    assumed: bool
    note: str


class AnswerChange(Frozen):
    """One question before and after; `causes` is empty where it counts as it did.

    `level_without` is the level that would follow if this answer alone were still the earlier one, whatever its age.
    A safeguard has no level.
    """

    id: str
    short: str
    label: str
    level: Level | None
    before: Said
    after: Said
    causes: tuple[Cause, ...]
    level_without: Level


class LiftOutcome(Frozen):
    """What a move was to reach at one question, and what was answered before and after, by the later questionnaire.

    `before` is None where nobody knew, or where the question is not asked later; what had grown too old is said as it
    was. `after` is None where it is open. `renewed` where the answer is the earlier one, which had been too old.
    """

    question: str
    short: str
    wanted: Share
    before: Share | None
    after: Share | None
    renewed: bool


class MoveOutcome(Frozen):
    """A move of the earlier path; `effort` in days."""

    recommendation: str
    label: str
    level: Level
    effort: int
    outcome: Outcome
    lifts: tuple[LiftOutcome, ...]


class RoomChange(Frozen):
    """How several respondents agreed before and after; 0 respondents where nobody voted.

    `settled` no longer need talk and `new` need it now, by their short names.
    """

    respondents_before: int
    respondents: int
    agreement_before: float | None
    agreement: float | None
    talk_before: int
    talk: int
    settled: tuple[str, ...]
    new: tuple[str, ...]


class TrendPoint(Frozen):
    """One assessment of several; `coverage` is the share of the questions that fit the company which are answered."""

    date: str
    version: str
    level: Level
    low: Level
    high: Level
    scores: tuple[Share | None, ...]
    coverage: Share | None


class Step(Frozen):
    """From one assessment of several to the next: the dates, the levels, and what the difference is due to.

    `most` are the answers that moved most: those that carry the later level by themselves, then the widest in score.
    """

    before: str
    after: str
    level_before: Level
    level: Level
    level_parts: LevelParts
    moved: int
    most: tuple[AnswerChange, ...]


class Comparison(Saved):
    """Two assessments of one company by one questionnaire, or the first and the last of several in `trend`.

    `language` is that of the texts; a side's is the one that people were asked in. Where the texts of both are not in
    one language, `wording_compared` is false: nobody can tell then whether something is worded otherwise. `answers`
    are all questions: those of the later questionnaire, then those that it no longer asks. `next_move` is the first
    of the later assessment's path, which counts `supposed` open answers at their lowest choice; None where that has
    none. `steps` lie between the neighbours of a trend.
    """

    cvp: Literal["comparison/1"] = "comparison/1"
    company: str
    language: str
    wording_compared: bool
    before: Side
    after: Side
    stages: tuple[Stage, ...]
    level_parts: LevelParts
    levels: tuple[LevelChange, ...]
    instrument: tuple[InstrumentChange, ...]
    answers: tuple[AnswerChange, ...]
    moves: tuple[MoveOutcome, ...]
    next_move: Move | None
    supposed: int
    room: RoomChange | None
    trend: tuple[TrendPoint, ...]
    steps: tuple[Step, ...]
