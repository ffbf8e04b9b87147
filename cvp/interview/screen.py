"""A moment of an interview as what is to be seen: no width, no colour. Every front end draws this and nothing else."""

from dataclasses import dataclass
from typing import Literal

from cvp.level import Level


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice as it is offered; `votes` are those of the latest round that was revealed, None where there was none."""

    number: int
    label: str
    chosen: bool
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A level so far: bounds of its score, what its gate asks for, and whether that is decided."""

    level: Level
    name: str
    low: float
    high: float
    passing: float
    verdict: Literal["holds", "open", "fails"]
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One respondent, and where the vote on this question has them."""

    number: int
    name: str
    state: Literal["", "waiting", "next", "voted", "lowest", "highest"] = ""


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What can be typed now and what it does; `argument` is what follows the key.

    The key `choices` stands for the numbers, which are its argument: `1 to 5`. A short list of keys names those that
    are needed `often`.
    """

    key: str
    argument: str
    does: str
    often: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """All that is to be seen, each text whole and in one line; what does not apply is empty.

    `place` is `Question 7 of 46`, `about` the level or what the safeguard can do, `answer` what was answered in words,
    `remarks` what was noted, `vote` what the room's vote has come to, `end` the paragraphs of the last page. `prompt`
    says what the next line is for, and `secret` that nobody may see it; `turn` is whose it then is. `unsaved` says why
    the answers are in memory only.
    """

    title: str
    place: str = ""
    about: str = ""
    label: str = ""
    hint: str = ""
    choices: tuple[ChoiceLine, ...] = ()
    answer: str = ""
    remarks: tuple[str, ...] = ()
    marked: bool = False
    vote: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    so_far: str = ""
    rungs: tuple[Rung, ...] = ()
    seats: tuple[Seat, ...] = ()
    keys: tuple[KeyHelp, ...] = ()
    prompt: str = "> "
    secret: bool = False
    turn: str = ""
    unsaved: str = ""
