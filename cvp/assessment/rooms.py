"""What several respondents in one room made of it."""

from typing import Literal

from cvp.model import Frozen


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
