"""Who is in the room, and where the vote has each of them: a sign, and a word where the sign alone could mislead."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from cvp.interview.screen import Screen, Seat
from cvp.interview.stage.flow import plain

_SIGNS: Final = {"": "·", "waiting": "○", "next": "▶", "voted": "●", "lowest": "▼", "highest": "▲"}
_SPOKEN: Final = {"next", "lowest", "highest"}


def roster(screen: Screen, names: bool = True) -> Iterator[Content]:
    """A piece a person, after how many have voted; without `names`, numbers alone."""
    if not screen.seats:
        return
    yield Content.styled(_counted(screen.seats), "bold")
    for seat in screen.seats:
        yield _seat(seat, names)


def _counted(seats: tuple[Seat, ...]) -> str:
    if any(seat.state in {"waiting", "next"} for seat in seats):
        return f"{sum(seat.state == 'voted' for seat in seats)} of {len(seats)} have voted"
    return f"Room of {len(seats)}"


def _seat(seat: Seat, names: bool) -> Content:
    nameless = not names or seat.name.casefold() == f"person {seat.number}"
    name = plain(str(seat.number) if nameless else f"{seat.number} {seat.name}")
    word = f" {seat.state}" if seat.state in _SPOKEN else ""
    piece = Content.assemble(f"{_SIGNS[seat.state]} ", name, word)
    return piece.stylize("bold $accent") if seat.state == "next" else piece
