"""The key that says who is in the room."""

from typing import Final

from cvp.interview.changes import Seated
from cvp.interview.state import Interview
from cvp.text import counted, one_line

MOST_PEOPLE: Final = 99
LONGEST_NAME: Final = 60
HOW: Final = "Type room and how many are here, or their names; as in: room 7, or: room Ann, Bob, Eve"


def seat(interview: Interview, argument: str) -> Interview:
    """`7` or `Ann, Bob, Eve`; nothing lists who is there."""
    now = interview.record.people
    if not argument:
        return interview.saying(*((_listed(now),) if now else ("Nobody is seated.",)), HOW)
    try:
        people = people_of(argument)
    except ValueError as error:
        return interview.saying(f"{error}. {HOW}")
    votes = (r.voters for rounds in interview.record.rounds.values() for r in rounds)
    if len(people) < (last := max((voter for voters in votes for voter in voters), default=0)):
        return interview.saying(f"Person {last} has voted and keeps the seat; in a vote, s passes over who has left.")
    after = interview if people == now else interview.after(Seated(people=people))
    return after.saying(_listed(people), "v calls a hidden vote on a question; c counts hands.")


def people_of(text: str) -> tuple[str, ...]:
    """The people that `7` or `Ann, Bob, Eve` seats, in order. ValueError says what is wrong."""
    whole = one_line(text)
    if whole.isascii() and whole.isdigit():
        if len(whole) > 4 or not 1 <= int(whole) <= MOST_PEOPLE:
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
