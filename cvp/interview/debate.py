"""What the room's votes came to, in words; what needs talk, and whether any one person decides the level."""

from collections.abc import Iterator, Sequence

from cvp.interview.state import NAMED, Interview, named
from cvp.questionnaire import Criterion, Safeguard
from cvp.room import MIN_FOR_VERDICT, NEIGHBOURS, Poll, Votes, count_votes, ends
from cvp.text import and_list, counted


def vote_lines(interview: Interview) -> Iterator[str]:
    """Of the present question: each round, who is to speak, what the answer is; of a hidden round how many voted."""
    question, latest = interview.question, interview.round
    if not question or not latest:
        return
    *earlier, counting = interview.outcome.voting.polls.get(question.id) or [()]
    for number, poll in enumerate(earlier, 1):
        votes = count_votes(interview.questionnaire, question, poll)
        frequencies = " ".join(str(count) for count in votes.frequencies)
        yield f"Round {number}, which counts no more: {frequencies}{_besides(votes, poll)}{_agreement(votes)}."
    if counting:
        votes = interview.outcome.votes(question)
        name = f"Round {len(earlier) + 1}: " if earlier else ""
        yield f"{name}{counted(votes.answered, 'vote')}{_besides(votes, counting)}{_agreement(votes)}."
        yield from _speakers(interview, question, counting)
        yield _room_answer(interview, votes)
    if not latest.revealed:
        people, voted = len(interview.record.people), len(latest.voters)
        how = "" if interview.turn else "; v reveals them" if voted == people else "; v goes on"
        yield f"Hidden votes: {voted} of {people}{how}."


def _besides(votes: Votes, poll: Poll) -> str:
    apart = len(poll) - votes.answered - votes.dont_know
    said = ((votes.dont_know, "don't know"), (apart, "not applicable"))
    return "".join(f", {number} {what}" for number, what in said if number)


def _agreement(votes: Votes) -> str:
    """Nothing where there are too few votes for a verdict."""
    if votes.agreement is None or votes.answered < MIN_FOR_VERDICT:
        return ""
    return f"; agreement {float(votes.agreement):.2f}, {votes.verdict}"


def _speakers(interview: Interview, question: Criterion | Safeguard, poll: Poll) -> Iterator[str]:
    """The ends of the room, who are asked to say why; where one of them is the most of it, the other alone."""
    lowest, highest = ends(interview.questionnaire, question, poll)
    answered = interview.outcome.votes(question).answered
    if len(lowest) * 2 > answered:
        yield _apart(interview, highest, "higher")
    elif len(highest) * 2 > answered:
        yield _apart(interview, lowest, "lower")
    elif lowest or highest:
        low, high = _people(interview, lowest), _people(interview, highest)
        yield f"The ends speak: {low} for the lowest, {high} for the highest."


def _apart(interview: Interview, seats: Sequence[int], where: str) -> str:
    sees = "sees" if len(seats) == 1 else "see"
    return f"{_people(interview, seats)} {sees} it {where} than the rest: please say why."


def _people(interview: Interview, seats: Sequence[int]) -> str:
    return named([interview.person(seat) if interview.named else str(seat) for seat in seats])


def _room_answer(interview: Interview, votes: Votes) -> str:
    question = votes.question
    if reason := interview.record.reasons.get(question):
        return f"Answered against the vote: {reason}"
    if question in interview.record.given:
        return "Answered by the room as one."
    if interview.answer and interview.answer.not_applicable is not None:
        return "The room says that this is not applicable."
    if votes.is_open:
        return "More don't know than answer, so the question stays open."
    return "The room's answer is the lower median of the votes."


def agenda_lines(interview: Interview) -> Iterator[str]:
    """The questions that need talk, most urgent first, each with why."""
    if not interview.outcome.voting.voted:
        yield "Nothing was voted yet. Type v at a question to call a vote, or c to count hands."
        return
    voted = sum(bool(polls) for polls in interview.outcome.voting.polls.values())
    agenda = interview.outcome.agenda
    against = sum(key in interview.record.reasons for key in interview.outcome.voting.polls)
    decided = f" ({against} {'was' if against == 1 else 'were'} decided against the vote)" if against else ""
    yield f"Questions voted on: {voted}{decided}. Questions that need talk: {len(agenda) or 'none'}."
    for key in agenda[:NAMED]:
        question = interview.questionnaire.questions[key]
        short = interview.questionnaire.short(question, interview.language)
        yield f"{interview.number(key)} {short}: {'; '.join(_why(interview, question))}."
    if len(agenda) > NAMED:
        yield f"And {len(agenda) - NAMED} more."


def _why(interview: Interview, question: Criterion | Safeguard) -> Iterator[str]:
    votes = interview.outcome.votes(question)
    if votes.answered:
        points = interview.scale.items[question.id].points
        quartiles = (points[votes.quantile(1)], points[votes.quantile(1, upper=True)])
        low, high = sorted(interview.evaluation.changed(question.id, value).standing.level for value in quartiles)
        if low != high:
            yield f"it decides between Level {low} and Level {high}"
    if (word := votes.verdict) in ("spread", "two camps"):
        yield f"{word}, agreement {float(votes.agreement or 0):.2f}"
    elif not word and votes.agreement is not None and votes.agreement < NEIGHBOURS:
        yield f"agreement {float(votes.agreement):.2f} of {counted(votes.answered, 'vote')}"
    if votes.is_open:
        yield f"{votes.dont_know} don't know, {votes.answered} answer"


def deciders_line(interview: Interview) -> Iterator[str]:
    """Whether one person alone decides the level; nothing where there are not several or hands were counted."""
    if interview.outcome.voting.respondents < 2 or interview.outcome.deciders is None:
        return
    alone = and_list([interview.person(seat) for seat in interview.outcome.deciders], "or")
    yield f"Without {alone} the level would be another." if alone else "No single person decides the level."
