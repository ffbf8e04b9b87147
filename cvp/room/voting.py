"""What a room said: votes in rounds, answers that it gave as one, remarks; and the one sheet of answers they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from cvp.answers import DONT_KNOW, Answer, AnswerSheet, Remark
from cvp.questionnaire import Question, Questionnaire
from cvp.room.agreement import Verdict, agreement, verdict


@dataclass(frozen=True, slots=True)
class Vote:
    """One respondent's answer in a poll. `voter` counts from 1; None is a raised hand, whose owner is not known."""

    answer: Answer
    voter: int | None = None


Poll: TypeAlias = tuple[Vote, ...]
"""One round of votes on one question."""


@dataclass(frozen=True)
class Voting:
    """All that a room said. Of a question's polls, the last one counts; what is `settled` counts before any poll.

    `settled` holds what one respondent answered, or the room as one; where that stands against a poll, `reasons` says
    why. `people` are the respondents' names in order, or nothing; `respondents` is how many they are.
    """

    respondents: int = 1
    settled: Mapping[str, Answer] = field(default_factory=dict)
    polls: Mapping[str, Sequence[Poll]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def counting(self, question: str) -> Poll:
        """The votes that count; none where there was no poll."""
        rounds = self.polls.get(question)
        return rounds[-1] if rounds else ()

    @property
    def voted(self) -> bool:
        """Whether there was any poll."""
        return any(self.polls.values())

    @property
    def by_hands(self) -> bool:
        """Whether votes count whose owners are not known."""
        return any(vote.voter is None for question in self.polls for vote in self.counting(question))

    def without(self, voter: int) -> "Voting":
        """As if this respondent had stayed away."""
        polls = {
            question: (tuple(vote for vote in self.counting(question) if vote.voter != voter),)
            for question in self.polls
        }
        return replace(self, polls=polls)


def voting_of(sheets: Sequence[AnswerSheet]) -> Voting:
    """One respondent's answers, or a ballot each of several."""
    if len(sheets) == 1:
        return Voting(settled=sheets[0])
    asked = dict.fromkeys(question for sheet in sheets for question in sheet)
    polls = {
        question: [
            tuple(Vote(sheet[question], number) for number, sheet in enumerate(sheets, 1) if question in sheet),
        ]
        for question in asked
    }
    return Voting(respondents=len(sheets), polls=polls)


@dataclass(frozen=True, slots=True)
class Votes:
    """A poll counted: how many votes on each choice in order, and how many don't know."""

    question: str
    frequencies: tuple[int, ...]
    dont_know: int

    @property
    def answered(self) -> int:
        return sum(self.frequencies)

    @property
    def agreement(self) -> Fraction | None:
        return agreement(self.frequencies) if self.answered else None

    @property
    def verdict(self) -> Verdict:
        return verdict(self.answered, self.agreement)

    @property
    def was_asked(self) -> bool:
        return self.answered + self.dont_know > 0

    @property
    def is_open(self) -> bool:
        """Nobody answered, or fewer did than don't know."""
        return not self.answered or self.dont_know > self.answered

    def quantile(self, numerator: int, upper: bool = False) -> int:
        """The choice below (or, `upper`, above) which a quarter times `numerator` of the votes lie."""
        votes = [choice for choice, count in enumerate(self.frequencies) for _ in range(count)]
        position = (len(votes) - 1) * numerator // 4
        return votes[len(votes) - 1 - position] if upper else votes[position]


def count_votes(questionnaire: Questionnaire, question: Question, poll: Poll) -> Votes:
    """How the votes lie; not applicable is no vote."""
    position = {choice.value: index for index, choice in enumerate(questionnaire.choices_of(question))}
    frequencies = [0] * len(position)
    dont_know = 0
    for vote in poll:
        if vote.answer.chosen:
            frequencies[position[vote.answer.chosen]] += 1
        elif vote.answer.choice == DONT_KNOW:
            dont_know += 1
    return Votes(question.id, tuple(frequencies), dont_know)


def ends(questionnaire: Questionnaire, question: Question, poll: Poll) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who chose the lowest and who the highest of the choices that were made: they are asked to speak.

    Nobody where all chose the same, or where votes were raised hands.
    """
    position = {choice.value: index for index, choice in enumerate(questionnaire.choices_of(question))}
    made = [(position[vote.answer.chosen], vote.voter) for vote in poll if vote.answer.chosen]
    chosen = {choice for choice, _ in made}
    if len(chosen) < 2:
        return (), ()
    lowest, highest = (
        tuple(voter for choice, voter in made if choice == end and voter is not None)
        for end in (min(chosen), max(chosen))
    )
    return lowest, highest


def room_answers(questionnaire: Questionnaire, voting: Voting) -> AnswerSheet:
    """One sheet for the room: what is settled, else the lower median of the votes that count; with all remarks."""
    answers: AnswerSheet = {}
    for question in questionnaire.questions.values():
        remark = voting.remarks.get(question.id)
        if settled := voting.settled.get(question.id):
            answers[question.id] = _remarked(settled, remark) if remark else settled
        elif poll := voting.counting(question.id):
            answer = _room_answer(questionnaire, question, poll)
            answers[question.id] = _remarked(answer, remark) if remark else answer
    return answers


def _room_answer(questionnaire: Questionnaire, question: Question, poll: Poll) -> Answer:
    given = [vote.answer for vote in poll]
    votes = count_votes(questionnaire, question, poll)
    choice = not_applicable = None
    if sum(answer.not_applicable is not None for answer in given) * 2 > len(given):
        not_applicable = _joined(answer.not_applicable for answer in given)
    elif votes.is_open:
        choice = DONT_KNOW
    else:
        choice = questionnaire.choices_of(question)[votes.quantile(2)].value
    # Not validated again: what is joined from sound answers may be longer than one of them may be.
    return Answer.model_construct(
        choice=choice,
        not_applicable=not_applicable,
        note=_joined(answer.note for answer in given),
        evidence=tuple(evidence for answer in given for evidence in answer.evidence),
    )


def _remarked(answer: Answer, remark: Remark) -> Answer:
    return Answer.model_construct(
        choice=answer.choice,
        not_applicable=answer.not_applicable,
        note=_joined((answer.note, remark.note)),
        evidence=(*answer.evidence, *remark.evidence),
    )


def _joined(texts: Iterable[str | None]) -> str | None:
    return " / ".join(dict.fromkeys(text for text in texts if text)) or None
