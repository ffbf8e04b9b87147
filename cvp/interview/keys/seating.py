"""The key that says who is in the room."""

import re
from typing import Final

from cvp.interview.changes import Seated
from cvp.interview.record import Record, numbered
from cvp.interview.state import Interview, named
from cvp.speaking import _, ngettext
from cvp.text import one_line

MOST_PEOPLE: Final = 99
LONGEST_NAME: Final = 60
_NUMBER: Final = re.compile(r"[-+]?[0-9.]+")
SEAT: Final = "room"


def seat(interview: Interview, argument: str) -> Interview:
    """`7` or `Ann, Bob, Eve`; nothing lists who is there."""
    now = interview.record.people
    if not argument:
        return interview.saying(
            _listed(now) if now else _("Nobody is seated."), how_to_seat(interview).removesuffix(".")
        )
    try:
        people = seated(interview.record, argument)
    except ValueError as error:
        return interview.saying(f"{error}. {how_to_seat(interview)}")
    after = interview if people == now else interview.after(Seated(people=people))
    return after.saying(_listed(people), _("v calls a hidden vote on a question; c counts hands."))


def how_to_seat(interview: Interview) -> str:
    """What to type, with an example."""
    how = _("Type {room} and how many are here, or their names; as in: {room} 7, or: {room} Ann, Bob, Eve.")
    return how.format(room=interview.typed(SEAT))


def seated(record: Record, text: str) -> tuple[str, ...]:
    """The people that `7` or `Ann, Bob, Eve` seats, in order; once anybody has voted, whoever has a seat keeps it.

    ValueError says what is wrong.
    """
    people, now = people_of(text), record.people
    if not record.voted:
        return people
    if _NUMBER.fullmatch(one_line(text)):
        if len(people) < len(now):
            keep = ngettext(
                "{n} person keeps the seat, as there was a vote; in a vote, s passes over who has left",
                "{n} people keep their seats, as there was a vote; in a vote, s passes over who has left",
                len(now),
            )
            raise ValueError(keep.format(n=len(now)))
        return now + _beside(now, people[len(now) :])
    if [name.casefold() for name in people[: len(now)]] != [name.casefold() for name in now]:
        keep = ngettext(
            "{people} keeps the seat, as there was a vote: type them first, new names behind",
            "{people} keep their seats, as there was a vote: type them first, new names behind",
            len(now),
        )
        raise ValueError(keep.format(people=named(now)))
    return now + people[len(now) :]


def _beside(now: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """ValueError where a number is the name of somebody who is there already."""
    if taken := {name.casefold() for name in now} & {name.casefold() for name in more}:
        there = _("{name} is there already; please type the new names")
        raise ValueError(there.format(name=min(taken).capitalize()))
    return more


def people_of(text: str) -> tuple[str, ...]:
    """The people that `7` or `Ann, Bob, Eve` seats, in order. ValueError says what is wrong.

    Who has a number only is `Person 3` in every record, whatever language is spoken.
    """
    whole = one_line(text)
    if _NUMBER.fullmatch(whole):
        if not whole.isdigit() or len(whole) > 4 or not 1 <= int(whole) <= MOST_PEOPLE:
            raise ValueError(_("A room holds 1 to {most} people").format(most=MOST_PEOPLE))
        return tuple(map(numbered, range(1, int(whole) + 1)))
    names = tuple(name.strip() for name in whole.split(","))
    if not all(names):
        raise ValueError(_("A name is missing between the commas"))
    if len(names) > MOST_PEOPLE or max(map(len, names)) > LONGEST_NAME:
        room = _("A room holds at most {people} people, a name {characters} characters")
        raise ValueError(room.format(people=MOST_PEOPLE, characters=LONGEST_NAME))
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(_("Two people have one name; please tell them apart"))
    return names


def _listed(people: tuple[str, ...]) -> str:
    if people == people_of(str(len(people))):
        return ngettext("In the room: {n} person.", "In the room: {n} people.", len(people)).format(n=len(people))
    seats = ", ".join(f"{number} {name}" for number, name in enumerate(people, 1))
    return _("In the room: {people}.").format(people=seats)
