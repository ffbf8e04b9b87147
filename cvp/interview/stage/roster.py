"""Who is in the room, and where the vote has each of them: a sign, and a word where the sign alone could mislead."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from cvp.interview.record import numbered
from cvp.interview.screen import Screen, Seat
from cvp.interview.stage.flow import plain
from cvp.interview.state import name_of
from cvp.speaking import _, pgettext

_SIGNS: Final = {"": "·", "waiting": "○", "next": "▶", "voted": "●", "lowest": "▼", "highest": "▲"}


def roster(screen: Screen, names: bool = True) -> Iterator[Content]:
    """A piece a person, after how many have voted; without `names`, numbers alone."""
    if not screen.seats:
        return
    yield Content.styled(_counted(screen.seats), "bold")
    for seat in screen.seats:
        yield _seat(seat, names)


def _counted(seats: tuple[Seat, ...]) -> str:
    if any(seat.state in {"waiting", "next"} for seat in seats):
        voted = sum(seat.state == "voted" for seat in seats)
        return _("{n} of {people} have voted").format(n=voted, people=len(seats))
    return _("Room of {people}").format(people=len(seats))


def _seat(seat: Seat, names: bool) -> Content:
    nameless = not names or seat.name.casefold() == name_of(seat.number, numbered(seat.number)).casefold()
    name = plain(str(seat.number) if nameless else f"{seat.number} {seat.name}")
    piece = Content.assemble(f"{_SIGNS[seat.state]} ", name, f" {word}" if (word := _word(seat)) else "")
    return piece.stylize("bold $accent") if seat.state == "next" else piece


def _word(seat: Seat) -> str:
    """Where the sign alone could mislead."""
    match seat.state:
        case "next":
            return pgettext("whose turn it is", "next")
        case "lowest":
            return pgettext("whose vote it is", "lowest")
        case "highest":
            return pgettext("whose vote it is", "highest")
        case _:
            return ""
