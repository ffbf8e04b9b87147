"""What a room should talk about first, and whether any one of it decides the level."""

from collections.abc import Callable, Sequence

from cvp.answers import AnswerSheet
from cvp.gates import Evaluation
from cvp.level import Level
from cvp.questionnaire import Criterion, Question, Questionnaire
from cvp.room.agreement import NEIGHBOURS
from cvp.room.voting import Votes, Voting, count_votes, room_answers

LevelOf = Callable[[AnswerSheet], Level]


def agenda(questionnaire: Questionnaire, voting: Voting, evaluation: Evaluation) -> list[str]:
    """The questions to talk about, most urgent first; `evaluation` is that of the room's answers.

    Those that agree less than NEIGHBOURS, that are open, or whose lower and upper quartile of votes give different
    levels. These last come first, then lowest agreement, most don't-know, greatest weight.
    """
    ranked = []
    for question in questionnaire.questions.values():
        votes = count_votes(questionnaire, question, voting.counting(question.id))
        if not votes.was_asked:
            continue
        matters = bool(votes.answered) and _quartiles_differ(question, votes, evaluation)
        value = 1 if votes.agreement is None else votes.agreement
        if matters or value < NEIGHBOURS or votes.is_open:
            weight = question.weight if isinstance(question, Criterion) else 0
            ranked.append((not matters, value, -votes.dont_know, -weight, question.id))
    return [rank[-1] for rank in sorted(ranked, key=lambda rank: rank[:-1])]


def _quartiles_differ(question: Question, votes: Votes, evaluation: Evaluation) -> bool:
    points = evaluation.scale.items[question.id].points
    quartiles = {points[votes.quantile(1)], points[votes.quantile(1, upper=True)]}
    return len({evaluation.changed(question.id, quartile).standing.level for quartile in quartiles}) > 1


def deciders(questionnaire: Questionnaire, voting: Voting, level_of: LevelOf) -> Sequence[int] | None:
    """The respondents, counted from 1, without any one of whom the level would be another.

    None where that cannot be known, since hands were counted.
    """
    if voting.by_hands:
        return None
    level = level_of(room_answers(questionnaire, voting))
    return [
        voter
        for voter in range(1, voting.respondents + 1)
        if voting.respondents > 1 and level_of(room_answers(questionnaire, voting.without(voter))) != level
    ]
