"""Several respondents in one room: one set of answers, how far they agree, and what to talk about first."""

from cvp.room.agenda import agenda, deciders
from cvp.room.agreement import MIN_FOR_VERDICT, NEIGHBOURS, Verdict, agreement, verdict
from cvp.room.voting import Poll, Vote, Votes, Voting, count_votes, ends, room_answers, voting_of

__all__ = [
    "MIN_FOR_VERDICT",
    "NEIGHBOURS",
    "Poll",
    "Verdict",
    "Vote",
    "Votes",
    "Voting",
    "agenda",
    "agreement",
    "count_votes",
    "deciders",
    "ends",
    "room_answers",
    "verdict",
    "voting_of",
]
