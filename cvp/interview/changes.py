"""What can change in an interview, an object each: what the undo stack takes back and what a session's file keeps."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from cvp.answers import Answer, Remark
from cvp.model import Frozen, Id, Line


class Answered(Frozen):
    """The respondent, or the room as one, answers; `reason` says why that stands against a vote. No remark in it."""

    do: Literal["answer"] = "answer"
    question: Id
    answer: Answer
    reason: Line | None = None


class Noted(Frozen):
    """All that is noted at a question from now on; an empty remark takes the old one away."""

    do: Literal["note"] = "note"
    question: Id
    remark: Remark


class Marked(Frozen):
    """Marked for review, or no longer."""

    do: Literal["mark"] = "mark"
    question: Id
    on: bool


class Seated(Frozen):
    """Who is in the room from now on, by name or number; votes name them by their place, from 1."""

    do: Literal["seat"] = "seat"
    people: tuple[Line, ...]


class Called(Frozen):
    """A new round of votes begins, hidden until it is revealed; an earlier one stays and counts no more."""

    do: Literal["call"] = "call"
    question: Id


class Cast(Frozen):
    """One respondent votes in the round that is hidden; voting again replaces the vote."""

    do: Literal["cast"] = "cast"
    question: Id
    voter: Annotated[int, Field(ge=1)]
    answer: Answer


class Revealed(Frozen):
    """The hidden round is shown, and counts."""

    do: Literal["reveal"] = "reveal"
    question: Id


class Raised(Frozen):
    """A whole round by hands, at once and in the open: how many for each choice, and how many don't know."""

    do: Literal["hands"] = "hands"
    question: Id
    frequencies: Annotated[tuple[Annotated[int, Field(ge=0, le=1000)], ...], Field(min_length=1)]
    dont_know: Annotated[int, Field(ge=0, le=1000)] = 0


class Undone(Frozen):
    """The last change that still stands is taken back."""

    do: Literal["undo"] = "undo"


class Redone(Frozen):
    """The last change that was taken back stands again."""

    do: Literal["redo"] = "redo"


Change: TypeAlias = Annotated[
    Answered | Noted | Marked | Seated | Called | Cast | Revealed | Raised | Undone | Redone,
    Field(discriminator="do"),
]
