"""The key that says who is in the room."""

import re
from typing import Final

from cvp.interview.changes import Seated
from cvp.interview.record import Record
from cvp.interview.state import Interview, named
from cvp.text import counted, one_line

MOST_PEOPLE: Final = 99
LONGEST_NAME: Final = 60
_NUMBER: Final = re.compile(r"[-+]?[0-9.]+")
HOW: Final = "Type room and how many are here, or their names; as in: room 7, or: room Ann, Bob, Eve"


def seat(interview: Interview, argument: str) -> Interview:
    """`7` or `Ann, Bob, Eve`; nothing lists who is there."""
    now = interview.record.people
    if not argument:
        return interview.saying(*((_listed(now),) if now else ("Nobody is seated.",)), HOW)
    try:
        people = seated(interview.record, argument)
    except ValueError as error:
        return interview.saying(f"{error}. {HOW}")
    after = interview if people == now else interview.after(Seated(people=people))
    return after.saying(_listed(people), "v calls a hidden vote on a question; c counts hands.")


def seated(record: Record, text: str) -> tuple[str, ...]:
    """The people that `7` or `Ann, Bob, Eve` seats, in order; once anybody has voted, whoever has a seat keeps it.

    ValueError says what is wrong.
    """
    people, now = people_of(text), record.people
    if not record.voted:
        return people
    if _NUMBER.fullmatch(one_line(text)):
        if len(people) < len(now):
            keep = f"{counted(len(now), 'person keeps the seat', 'people keep their seats')}, as there was a vote"
            raise ValueError(f"{keep}; in a vote, s passes over who has left")
        return now + _beside(now, people[len(now) :])
    if [name.casefold() for name in people[: len(now)]] != [name.casefold() for name in now]:
        keep = "keeps the seat" if len(now) == 1 else "keep their seats"
        raise ValueError(f"{named(now)} {keep}, as there was a vote: type them first, new names behind")
    return now + people[len(now) :]


def _beside(now: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """ValueError where a number is the name of somebody who is there already."""
    if taken := {name.casefold() for name in now} & {name.casefold() for name in more}:
        raise ValueError(f"{min(taken).capitalize()} is there already; please type the new names")
    return more


def people_of(text: str) -> tuple[str, ...]:
    """The people that `7` or `Ann, Bob, Eve` seats, in order. ValueError says what is wrong."""
    whole = one_line(text)
    if _NUMBER.fullmatch(whole):
        if not whole.isdigit() or len(whole) > 4 or not 1 <= int(whole) <= MOST_PEOPLE:
            raise ValueError(f"A room holds 1 to {MOST_PEOPLE} people")
        return tuple(f"Person {number}" for number in range(1, int(whole) + 1))
    names = tuple(name.strip() for name in whole.split(","))
    if not all(names):
        raise ValueError("A name is missing between the commas")
    if len(names) > MOST_PEOPLE or max(map(len, names)) > LONGEST_NAME:
        raise ValueError(f"A room holds at most {MOST_PEOPLE} people, a name {LONGEST_NAME} characters")
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError("Two people have one name; please tell them apart")
    return names


def _listed(people: tuple[str, ...]) -> str:
    if people == people_of(str(len(people))):
        return f"In the room: {counted(len(people), 'person', 'people')}."
    return f"In the room: {', '.join(f'{number} {name}' for number, name in enumerate(people, 1))}."
