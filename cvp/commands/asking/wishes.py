"""What the options of `assess` say about an interview."""

from dataclasses import dataclass
from typing import Literal

from cvp.commands.limits import Limits
from cvp.errors import WrongUsage


@dataclass(frozen=True)
class Wishes:
    """What the options say about an interview; None and empty where they say nothing."""

    limits: Limits
    questionnaire: str | None = None
    company: str | None = None
    date: str | None = None
    language: str | None = None
    session: str | None = None
    resume: bool = False
    order: Literal["ladder", "decisive"] | None = None
    plain: bool = False
    room: str | None = None
    ballots: tuple[str, ...] = ()
    map: str | None = None
    named: bool = False
    no_input: bool = False


def refuse_contradictions(wishes: Wishes, answers: bool) -> None:
    """Options that each say something else. Raises WrongUsage."""
    contradictions = {
        "--answers and --session": answers and wishes.session,
        "--answers and --resume": answers and wishes.resume,
        "--answers and --ballot": answers and wishes.ballots,
        "--session and --resume": wishes.session and wishes.resume,
        "--room and --ballot": wishes.room and wishes.ballots,
    }
    for pair, given in contradictions.items():
        if given:
            raise WrongUsage(f"{pair} do not go together; leave one out")
    if wishes.map and not wishes.ballots:
        raise WrongUsage("--map: is about the tables that --ballot gives; add one")
