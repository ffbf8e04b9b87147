"""What to do next: moves, and the ways up that they make."""

from cvp.assessment.parts import Share
from cvp.level import Level
from cvp.model import Frozen


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
