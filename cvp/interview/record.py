"""What an interview has brought so far: the changes made to it, folded into one frozen record."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from cvp.answers import DONT_KNOW, Answer, Remark
from cvp.interview.changes import (
    Answered,
    Called,
    Cast,
    Change,
    Marked,
    Noted,
    Raised,
    Redone,
    Revealed,
    Seated,
    Undone,
)
from cvp.questionnaire import Criterion, Questionnaire, Safeguard
from cvp.room import Poll, Vote, Voting


def numbered(seat: int) -> str:
    """What a record calls a respondent who has a number only, in every language."""
    return f"Person {seat}"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of votes on a question; it counts once it is revealed."""

    votes: Poll = ()
    revealed: bool = False

    @property
    def voters(self) -> frozenset[int]:
        """Who has voted."""
        return frozenset(vote.voter for vote in self.votes if vote.voter is not None)


@dataclass(frozen=True)
class Record:
    """Answers given as one, votes, remarks and marks, by question; and who is in the room. Never changed in place."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, tuple[Round, ...]] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()

    @property
    def voted(self) -> bool:
        """Whether anybody who has a seat has voted, in any round."""
        return any(r.voters for rounds in self.rounds.values() for r in rounds)

    def round(self, question: str) -> Round | None:
        """The latest round of votes on the question."""
        rounds = self.rounds.get(question)
        return rounds[-1] if rounds else None

    def voting(self, named: bool = False) -> Voting:
        """What counts: no round that is still hidden. Names are told only where `named`."""
        polls = {question: [r.votes for r in rounds if r.revealed] for question, rounds in self.rounds.items()}
        most = max(
            (len(poll) for shown in polls.values() for poll in shown), default=1
        )  # hands, where nobody had a seat
        return Voting(
            respondents=max(1, len(self.people), most),
            settled=self.given,
            polls={question: shown for question, shown in polls.items() if shown},
            reasons=self.reasons,
            remarks=self.remarks,
            people=self.people if named else (),
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A record, and the question whose change led to it; empty for one that concerns no question."""

    record: Record
    question: str


Moments: TypeAlias = tuple[Moment, ...]


@dataclass(frozen=True)
class Course:
    """A record with the way back from it and, after undoing, the way forth again."""

    record: Record = field(default_factory=Record)
    past: Moments = ()
    future: Moments = ()

    def after(self, change: Change, questionnaire: Questionnaire) -> "Course":
        """The course after one more change. ValueError where it does not fit: nothing to undo, an unknown choice."""
        if isinstance(change, Undone):
            return self._undone()
        if isinstance(change, Redone):
            return self._redone()
        record = changed(self.record, change, questionnaire)
        question = "" if isinstance(change, Seated) else change.question
        return Course(record, (*self.past, Moment(self.record, question)))

    def _undone(self) -> "Course":
        if not self.past:
            raise ValueError("there is nothing to undo")
        *past, last = self.past
        return Course(last.record, tuple(past), (*self.future, Moment(self.record, last.question)))

    def _redone(self) -> "Course":
        if not self.future:
            raise ValueError("there is nothing to redo")
        *future, following = self.future
        return Course(following.record, (*self.past, Moment(self.record, following.question)), tuple(future))


def changed(record: Record, change: Change, questionnaire: Questionnaire) -> Record:
    """The record after a change that is no undo or redo. ValueError where the questionnaire has no place for it."""
    match change:
        case Seated():
            return replace(record, people=change.people)
        case Answered():
            _fit(questionnaire, change.question, change.answer)
            reasons = {key: reason for key, reason in record.reasons.items() if key != change.question}
            if change.reason:
                reasons[change.question] = change.reason
            return replace(record, given={**record.given, change.question: change.answer}, reasons=reasons)
        case Noted():
            _known(questionnaire, change.question)
            remarks = {key: remark for key, remark in record.remarks.items() if key != change.question}
            return replace(record, remarks={**remarks, change.question: change.remark} if change.remark else remarks)
        case Marked():
            _known(questionnaire, change.question)
            marks = {change.question}
            return replace(record, marked=record.marked | marks if change.on else record.marked - marks)
        case Called() | Cast() | Revealed() | Raised():
            return _voted(record, change, questionnaire)
        case Undone() | Redone():
            raise ValueError(f"{change.do} changes no record")


def _voted(record: Record, change: Called | Cast | Revealed | Raised, q: Questionnaire) -> Record:
    """A vote outranks what was answered before it; a hidden round leaves that until it is revealed."""
    match change:
        case Called():
            _known(q, change.question)
            return _with_rounds(record, change.question, (*_shown(record, change.question), Round()))
        case Cast():
            _fit(q, change.question, change.answer)
            hidden = _hidden(record, change.question)
            others = tuple(vote for vote in hidden.votes if vote.voter != change.voter)
            votes = (*others, Vote(change.answer, change.voter))
            return _with_rounds(record, change.question, (*_shown(record, change.question), Round(votes)))
        case Revealed():
            hidden = replace(_hidden(record, change.question), revealed=True)
            return _outranked(_with_rounds(record, change.question, (*_shown(record, change.question), hidden)), change)
        case Raised():
            votes = _hands(q, change)
            rounds = (*_shown(record, change.question), Round(votes, revealed=True))
            return _outranked(_with_rounds(record, change.question, rounds), change)


def _shown(record: Record, question: str) -> tuple[Round, ...]:
    return tuple(r for r in record.rounds.get(question, ()) if r.revealed)


def _hidden(record: Record, question: str) -> Round:
    latest = record.round(question)
    if latest is None or latest.revealed:
        raise ValueError(f"no vote on `{question}` is under way")
    return latest


def _with_rounds(record: Record, question: str, rounds: tuple[Round, ...]) -> Record:
    return replace(record, rounds={**record.rounds, question: rounds})


def _outranked(record: Record, change: Revealed | Raised) -> Record:
    given, reasons = dict(record.given), dict(record.reasons)
    given.pop(change.question, None)
    reasons.pop(change.question, None)
    return replace(record, given=given, reasons=reasons)


def _hands(questionnaire: Questionnaire, change: Raised) -> Poll:
    choices = questionnaire.choices_of(_known(questionnaire, change.question))
    if len(change.frequencies) != len(choices):
        raise ValueError(f"`{change.question}` has {len(choices)} choices")
    raised = [choice.value for choice, count in zip(choices, change.frequencies, strict=True) for _ in range(count)]
    return tuple(Vote(Answer(choice=value)) for value in (*raised, *[DONT_KNOW] * change.dont_know))


def _known(questionnaire: Questionnaire, question: str) -> Criterion | Safeguard:
    if question not in questionnaire.questions:
        raise ValueError(f"there is no question `{question}`")
    return questionnaire.questions[question]


def _fit(questionnaire: Questionnaire, question: str, answer: Answer) -> None:
    values = {choice.value for choice in questionnaire.choices_of(_known(questionnaire, question))}
    if answer.chosen is not None and answer.chosen not in values:
        raise ValueError(f"`{question}` has no choice `{answer.chosen}`")
