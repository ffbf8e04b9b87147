"""Keys of a room that votes: a hidden vote, one person after the other, shown when all is in; and raised hands.

While a vote is hidden, nothing that is said tells what anybody voted, or typed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cvp.answers import DONT_KNOW, Answer
from cvp.interview.changes import Called, Cast, Raised, Revealed, Undone
from cvp.interview.keys.answering import UNDER_WAY, chosen, inapplicable
from cvp.interview.keys.seating import MOST_PEOPLE, SEAT, how_to_seat
from cvp.interview.progress import so_far
from cvp.interview.state import Interview
from cvp.room import Poll
from cvp.speaking import _, ngettext
from cvp.text import and_list

_HANDS: Final = re.compile(r"[0-9]{1,4}")
_MOST_HANDS: Final = 1_000
_REVEAL: Final = "v!"
_EXAMPLE: Final = ("2", "0", "1", "4")


def vote(interview: Interview, _argument: str) -> Interview:
    """Calls a vote, goes on with it, or reveals it when all have voted."""
    if not interview.record.people:
        return interview.saying(
            " ".join((_("Who is in the room?"), how_to_seat(interview), _("Then v calls the vote.")))
        )
    if interview.round is None or interview.round.revealed:
        return _called(interview)
    if left := missing(interview):
        goes_on = _("The vote goes on with {people}; {reveal} reveals it without them.")
        return _turned(interview, 0, goes_on.format(people=_people(left), reveal=interview.typed(_REVEAL)))
    return _revealed(interview)


def reveal(interview: Interview, _argument: str) -> Interview:
    """Without those who have not voted; asks once where that would make few votes count for many, or show one."""
    if interview.round is None or interview.round.revealed:
        return interview.saying(_("No hidden vote is under way here; v calls one."))
    if not interview.round.votes:
        return interview.saying(_("Nobody has voted yet, so there is nothing to reveal."))
    if interview.warned != _REVEAL and missing(interview) and (doubt := _too_few(interview, interview.round.votes)):
        anyway = _("{reveal} once more does it; v goes on.").format(reveal=interview.typed(_REVEAL))
        return replace(interview, turn=0, warned=_REVEAL, message=(f"{doubt} {anyway}",))
    return _revealed(interview)


def _too_few(interview: Interview, votes: Poll) -> str:
    """Why so few votes had better not be revealed; empty where there are enough."""
    people, before = len(interview.record.people), interview.outcome.voting.counting(interview.here)
    if len(votes) < len(before):
        return ngettext(
            "Only {n} of {people} voted again, and that vote would count alone.",
            "Only {n} of {people} voted again, and their votes would count alone.",
            len(votes),
        ).format(n=len(votes), people=people)
    seen = _("Only 1 of {people} has voted, and everybody would see how.")
    return seen.format(people=people) if len(votes) == 1 else ""


def missing(interview: Interview) -> Sequence[int]:
    """The seats that have not voted in the hidden round."""
    voted = interview.round.voters if interview.round else frozenset()
    return [seat for seat in range(1, len(interview.record.people) + 1) if seat not in voted]


def _called(interview: Interview) -> Interview:
    rounds = len(interview.record.rounds.get(interview.here, ()))
    again = _("Round {number} of the vote; the one before is kept.") if rounds else _("A hidden vote.")
    how = _("One after the other types a line, which nobody else may see.")
    called = interview.after(Called(question=interview.here))
    return _turned(called, 0, f"{again.format(number=rounds + 1)} {how}")


def _turned(interview: Interview, after: int, *message: str) -> Interview:
    """The turn of the next seat after this one that has not voted; after the last one, what can be done."""
    left = missing(interview)
    turn = next((seat for seat in left if seat > after), 0)
    if turn:
        return replace(interview, turn=turn, message=message)
    people = len(interview.record.people)
    if not left:
        everybody = ngettext(
            "The one person here has voted. v reveals the vote.", "All {n} have voted. v reveals the vote.", people
        )
        return replace(interview, turn=0, message=(everybody.format(n=people),))
    if len(left) == people:
        return replace(interview, turn=0, message=(_("Nobody has voted yet; v calls all again."),))
    rest = _("Everybody here has voted; {reveal} reveals, v calls {people}.")
    said = rest.format(reveal=interview.typed(_REVEAL), people=_people(left))
    return replace(interview, turn=0, message=(said,))


def _people(seats: Sequence[int]) -> str:
    people = ngettext("person {numbers}", "people {numbers}", len(seats))
    return people.format(numbers=and_list([str(seat) for seat in seats], _("and")))


def _revealed(interview: Interview) -> Interview:
    after = interview.after(Revealed(question=interview.here))
    return replace(after, turn=0, message=(_("The vote is revealed."), *_gone(interview), so_far(after)))


def _gone(interview: Interview) -> tuple[str, ...]:
    given = interview.here in interview.record.given
    return (_("The answer that stood here gives way to the vote."),) if given else ()


def cast(interview: Interview, number: int) -> Interview:
    """The choice with this number, by whose turn it is."""
    return _cast(interview, chosen(interview, number))


def cast_dont_know(interview: Interview, _argument: str) -> Interview:
    """By whose turn it is."""
    return _cast(interview, Answer(choice=DONT_KNOW))


def cast_not_applicable(interview: Interview, argument: str) -> Interview:
    """With its reason, by whose turn it is."""
    return _cast(interview, inapplicable(argument))


def _cast(interview: Interview, answer: Answer | str) -> Interview:
    if isinstance(answer, str):
        return interview.saying(answer)
    after = interview.after(Cast(question=interview.here, voter=interview.turn, answer=answer))
    return _turned(after, interview.turn, _("Person {number} has voted.").format(number=interview.turn))


def pass_over(interview: Interview, _argument: str) -> Interview:
    """The turn of the next; who is passed over can vote later."""
    passed = _("Person {number} is passed over for now.").format(number=interview.turn)
    return _turned(interview, interview.turn, passed)


def take_back(interview: Interview, _argument: str) -> Interview:
    """The last vote, or the call itself where nobody has voted; nothing else that was done before."""
    now, past = interview.round, interview.course.past
    mine = past and past[-1].question == interview.here and past[-1].record.round(interview.here) != now
    if not now or not mine:
        return interview.saying(_("There is no vote to take back here; b leaves the vote."))
    after = interview.after(Undone())
    if after.round is None or after.round.revealed:
        return replace(after, turn=0, message=(_("The vote is called off."),))
    voter = min(now.voters - after.round.voters, default=interview.turn)
    taken = _("The vote of person {number} is taken back.").format(number=voter)
    return replace(after, turn=voter, message=(taken,))


def stop(interview: Interview, _argument: str) -> Interview:
    """Leaves the vote, which can go on later."""
    people, left = len(interview.record.people), len(missing(interview))
    state = _("{n} of {people} have voted, and the vote stays hidden.").format(n=people - left, people=people)
    how = _("v goes on with it, {reveal} reveals it without the rest.").format(reveal=interview.typed(_REVEAL))
    return replace(interview, turn=0, message=(f"{state} {how}",))


def hands(interview: Interview, argument: str) -> Interview:
    """`2 0 1 4`: how many for each choice; `?2` behind them for two who don't know."""
    if interview.round and not interview.round.revealed:
        return interview.saying(_(UNDER_WAY))
    counts = argument.split()
    unsure = counts.pop()[1:] if counts and counts[-1].startswith(DONT_KNOW) else "0"
    if len(counts) != len(interview.choices) or not all(map(_HANDS.fullmatch, [*counts, unsure])):
        return interview.saying(*_how_to_count(len(interview.choices)))
    *frequencies, dont_know = (int(count) for count in (*counts, unsure))
    if not any((*frequencies, dont_know)) or max(*frequencies, dont_know) > _MOST_HANDS:
        bounds = _("There must be at least one hand, and at most {most} for a choice.")
        return interview.saying(bounds.format(most=_MOST_HANDS))
    raised, people = sum(frequencies) + dont_know, len(interview.record.people)
    if people and raised > people:
        return interview.saying(_too_many(raised, people, interview.typed(SEAT)))
    after = interview.after(Raised(question=interview.here, frequencies=tuple(frequencies), dont_know=dont_know))
    return after.saying(_counted(raised, people), *_gone(interview), so_far(after))


def _too_many(raised: int, people: int, room: str) -> str:
    again = _("{hands}, but {people}: count again.")
    if raised <= MOST_PEOPLE:
        again = _("{hands}, but {people}: count again, or type {room} {n}.")
    return again.format(hands=_hands(raised), people=_present(people), room=room, n=raised)


def _counted(raised: int, people: int) -> str:
    said = _("{hands} counted, with {people} in the room.") if people else _("{hands} counted.")
    return said.format(hands=_hands(raised), people=_present(people))


def _hands(number: int) -> str:
    return ngettext("{n} hand", "{n} hands", number).format(n=number)


def _present(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=number)


def _how_to_count(choices: int) -> tuple[str, ...]:
    example = " ".join(_EXAMPLE[place % len(_EXAMPLE)] for place in range(choices))
    how = ngettext(
        "Type c and {n} number, the hands for each choice in order; as in: c {example}",
        "Type c and {n} numbers, the hands for each choice in order; as in: c {example}",
        choices,
    )
    return how.format(n=choices, example=example), _("Behind them, ?2 means two who don't know.")
