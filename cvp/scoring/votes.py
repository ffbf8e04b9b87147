"""What an assessment says of several respondents in one room."""

from dataclasses import replace

from cvp import room as rooms
from cvp.answers import AnswerSheet
from cvp.assessment import Room, RoomCriterion, Round
from cvp.level import Level
from cvp.questionnaire import Question
from cvp.scoring.case import Case


def room_result(case: Case, voting: rooms.Voting) -> Room:
    def level(sheet: AnswerSheet) -> Level:
        return replace(case, sheet=sheet).evaluation.standing.level

    asked = [question for question in case.questionnaire.questions.values() if voting.counting(question.id)]
    counted = [rooms.count_votes(case.questionnaire, question, voting.counting(question.id)) for question in asked]
    known = [v.agreement for v in counted if v.agreement is not None and v.answered >= rooms.MIN_FOR_VERDICT]
    deciders = rooms.deciders(case.questionnaire, voting, level)
    return Room(
        respondents=voting.respondents,
        people=voting.people,
        criteria=tuple(_criterion(case, voting, question) for question in asked),
        agreement=float(sum(known) / len(known)) if known else None,
        agenda=tuple(rooms.agenda(case.questionnaire, voting, case.evaluation)),
        deciders=None if deciders is None else tuple(deciders),
    )


def _criterion(case: Case, voting: rooms.Voting, question: Question) -> RoomCriterion:
    choice = case.choice(question)
    lowest, highest = rooms.ends(case.questionnaire, question, voting.counting(question.id))
    return RoomCriterion(
        id=question.id,
        short=case.short(question.id),
        choices=tuple(case.say(c.label) for c in case.questionnaire.choices_of(question)),
        rounds=tuple(
            _round(rooms.count_votes(case.questionnaire, question, poll)) for poll in voting.polls[question.id]
        ),
        answer=choice.value if choice else None,
        override=voting.reasons.get(question.id, ""),
        lowest=lowest,
        highest=highest,
    )


def _round(votes: rooms.Votes) -> Round:
    return Round(
        frequencies=votes.frequencies,
        dont_know=votes.dont_know,
        agreement=None if votes.agreement is None else float(votes.agreement),
        verdict=votes.verdict,
    )
