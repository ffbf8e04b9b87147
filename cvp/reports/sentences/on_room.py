"""What a consultant says of several respondents in one room, in whole sentences; the same in every format."""

from cvp.assessment import Room, RoomCriterion, Round
from cvp.reports.sentences import quoted, signed
from cvp.text import and_list, counted


def room_line(room: Room) -> str:
    """How many there were, how far they agree, and how much needs talk."""
    mean = "" if room.agreement is None else f", mean agreement {signed(room.agreement)}"
    talk = f"{len(room.agenda)} of {len(room.criteria)} need talk"
    return f"{counted(room.respondents, 'respondent')}{mean}; {talk}."


def in_short(room: Room) -> str:
    """How many answered, and up to two questions on which they split, the most urgent first."""
    shorts = {c.id: c.short for c in room.criteria}
    split = [quoted(shorts[question]) for question in room.agenda[:2]]
    on = f"; they split on {and_list(split)}" if split else ""
    return f"Answered by {counted(room.respondents, 'person', 'people')}{on}."


def deciders(room: Room) -> str:
    """Whether one person alone decides the level; empty where that cannot be known."""
    if room.deciders is None:
        return ""
    alone = and_list([respondent(room, number) for number in room.deciders], "or")
    return f"Without {alone} the level would be another." if alone else "No single person decides the level."


def respondent(room: Room, number: int) -> str:
    """By name where names may be told, else by number."""
    return room.people[number - 1] if room.people else f"respondent {number}"


def agreement(votes: Round) -> str:
    """The verdict with its figure; nothing for so few votes that the dots say more."""
    if not votes.verdict or votes.agreement is None:
        return ""
    return f"{votes.verdict}, agreement {signed(votes.agreement)}"


def ends(question: RoomCriterion) -> str:
    """Who is asked to speak, by number: those who chose the lowest and the highest."""
    if not question.lowest or not question.highest:
        return ""
    return f"lowest: {_numbers(question.lowest)}; highest: {_numbers(question.highest)}"


def _numbers(people: tuple[int, ...]) -> str:
    return f"{'respondent' if len(people) == 1 else 'respondents'} {and_list([str(number) for number in people])}"


def override(question: RoomCriterion, label: str) -> str:
    """What was decided against the votes, and why; empty where the votes count."""
    if not question.override:
        return ""
    return f"{quoted(question.short)} was decided as {quoted(label or 'open')}, not by the votes: {question.override}"


def rounds(question: RoomCriterion) -> str:
    """The votes of the earlier rounds, lowest choice first; empty where there was one."""
    return "; ".join(
        f"round {number}: {' · '.join(map(str, votes.frequencies))}"
        for number, votes in enumerate(question.rounds[:-1], 1)
    )
