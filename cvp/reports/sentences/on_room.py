"""What a consultant says of several respondents in one room, in whole sentences; the same in every format."""

from cvp.assessment import Room, RoomCriterion, Round
from cvp.reports.sentences import listed, quoted, signed
from cvp.speaking import _, ngettext
from cvp.text import and_list


def room_line(room: Room) -> str:
    """How many there were, how far they agree, and how much needs talk."""
    said = ngettext(
        "{n} respondent; {talk} of {total} need talk.",
        "{n} respondents; {talk} of {total} need talk.",
        room.respondents,
    )
    if room.agreement is not None:
        said = ngettext(
            "{n} respondent, mean agreement {agreement}; {talk} of {total} need talk.",
            "{n} respondents, mean agreement {agreement}; {talk} of {total} need talk.",
            room.respondents,
        )
    return said.format(
        n=room.respondents, agreement=signed(room.agreement or 0), talk=len(room.agenda), total=len(room.criteria)
    )


def in_short(room: Room) -> str:
    """How many answered, and up to two questions on which they split, the most urgent first."""
    shorts = {c.id: c.short for c in room.criteria}
    said = ngettext("Answered by {n} person.", "Answered by {n} people.", room.respondents)
    if room.agenda:
        said = ngettext(
            "Answered by {n} person; they split on {questions}.",
            "Answered by {n} people; they split on {questions}.",
            room.respondents,
        )
    split = listed([quoted(shorts[question]) for question in room.agenda[:2]])
    return said.format(n=room.respondents, questions=split)


def deciders(room: Room) -> str:
    """Whether one person alone decides the level; empty where that cannot be known."""
    if room.deciders is None:
        return ""
    alone = and_list([respondent(room, number) for number in room.deciders], _("or"))
    if not alone:
        return _("No single person decides the level.")
    return _("Without {people} the level would be another.").format(people=alone)


def respondent(room: Room, number: int) -> str:
    """By name where names may be told, else by number."""
    return room.people[number - 1] if room.people else _("respondent {number}").format(number=number)


def agreement(votes: Round) -> str:
    """The verdict with its figure; nothing for so few votes that the dots say more."""
    if not votes.verdict or votes.agreement is None:
        return ""
    return _("{verdict}, agreement {agreement}").format(verdict=_(votes.verdict), agreement=signed(votes.agreement))


def ends(question: RoomCriterion) -> str:
    """Who is asked to speak, by number: those who chose the lowest and the highest."""
    if not question.lowest or not question.highest:
        return ""
    said = _("lowest: {lowest}; highest: {highest}")
    return said.format(lowest=_numbers(question.lowest), highest=_numbers(question.highest))


def _numbers(people: tuple[int, ...]) -> str:
    said = ngettext("respondent {numbers}", "respondents {numbers}", len(people))
    return said.format(numbers=listed([str(number) for number in people]))


def override(question: RoomCriterion, label: str) -> str:
    """What was decided against the votes, and why; empty where the votes count."""
    if not question.override:
        return ""
    return _("{question} was decided as {answer}, not by the votes: {reason}").format(
        question=quoted(question.short), answer=quoted(label or _("open")), reason=question.override
    )


def rounds(question: RoomCriterion) -> str:
    """The votes of the earlier rounds, lowest choice first; empty where there was one."""
    said = _("round {number}: {votes}")
    return _("; ").join(
        said.format(number=number, votes=" · ".join(map(str, votes.frequencies)))
        for number, votes in enumerate(question.rounds[:-1], 1)
    )
