"""What an assessment says of several respondents in one room."""

from collections.abc import Sequence
from dataclasses import replace

from cvp import room as rooms
from cvp.answers import AnswerSheet
from cvp.assessment import Room, RoomCriterion
from cvp.level import Level
from cvp.scoring.case import Case


def room_result(case: Case, sheets: Sequence[AnswerSheet]) -> Room:
    def level(sheet: AnswerSheet) -> Level:
        return replace(case, sheet=sheet).evaluation.standing.level

    asked = case.questionnaire.questions.values()
    votes = [votes for q in asked if (votes := rooms.votes_on(case.questionnaire, q, sheets)).was_asked]
    criteria = tuple(_room_criterion(case, v) for v in votes)
    known = [v.agreement for v in votes if v.agreement is not None and v.answered >= rooms.MIN_FOR_VERDICT]
    return Room(
        respondents=len(sheets),
        criteria=criteria,
        agreement=float(sum(known) / len(known)) if known else None,
        agenda=tuple(rooms.agenda(case.questionnaire, sheets, level)),
        deciders=tuple(rooms.deciders(case.questionnaire, sheets, level)),
    )


def _room_criterion(case: Case, votes: rooms.Votes) -> RoomCriterion:
    question = case.questionnaire.questions[votes.question]
    choice = case.choice(question)
    return RoomCriterion(
        id=question.id,
        short=case.short(question.id),
        choices=tuple(case.say(c.label) for c in case.questionnaire.choices_of(question)),
        frequencies=votes.frequencies,
        dont_know=votes.dont_know,
        answer=choice.value if choice else None,
        agreement=None if votes.agreement is None else float(votes.agreement),
        verdict=votes.verdict,
    )
