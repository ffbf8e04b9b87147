"""What becomes of a session's answers when their questionnaire has changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from cvp.answers import Answer
from cvp.interview.changes import Answered, Called, Cast, Change, Marked, Noted, Raised, Revealed, Seated
from cvp.interview.record import Record, Round
from cvp.questionnaire import Questionnaire
from cvp.sessions.head import Head, asked
from cvp.speaking import N_, _, ngettext
from cvp.text import and_list


@dataclass(frozen=True, slots=True)
class Carried:
    """The changes that bring a record to another questionnaire, and by question what that meant.

    `standing` were answered and fit as before; `to_look_at` fit too, but their words or choices have changed;
    `left_out` do not fit, for the reason given.
    """

    changes: tuple[Change, ...]
    standing: tuple[str, ...] = ()
    to_look_at: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def carry(record: Record, head: Head, questionnaire: Questionnaire) -> Carried:
    """Carries over what still fits: questions that are there, answers and votes for choices that are there.

    A question that is to be looked at is marked for review. A remark stays as long as its question does.
    """
    changes: list[Change] = [Seated(people=record.people)] if record.people else []
    standing: list[str] = []
    to_look_at: list[str] = []
    left_out: list[tuple[str, str]] = []
    for key in head.questions:
        answers = list(_answers(record, key))
        misfit = _misfit(answers, key, questionnaire)
        if misfit:
            left_out.append((key, misfit))
        elif answers:
            (standing if _is_same(key, head, questionnaire) else to_look_at).append(key)
        if key in questionnaire.questions:
            changes += () if misfit else _answering(record, key, questionnaire)
            changes += _noting(record, key, key in to_look_at)
        elif not misfit and (key in record.remarks or key in record.marked):
            left_out.append((key, _(_GONE)))
    return Carried(tuple(changes), tuple(standing), tuple(to_look_at), tuple(left_out))


_GONE = N_("there is no such question any more")


def _answers(record: Record, question: str) -> Iterator[Answer]:
    if given := record.given.get(question):
        yield given
    for votes in record.rounds.get(question, ()):
        yield from (vote.answer for vote in votes.votes)


def _misfit(answers: list[Answer], question: str, questionnaire: Questionnaire) -> str:
    if not answers:
        return ""
    if question not in questionnaire.questions:
        return _(_GONE)
    values = {choice.value for choice in questionnaire.choices_of(questionnaire.questions[question])}
    gone = dict.fromkeys(answer.chosen for answer in answers if answer.chosen and answer.chosen not in values)
    if not gone:
        return ""
    message = ngettext("there is no choice {choices} any more", "there are no choices {choices} any more", len(gone))
    return message.format(choices=and_list([f"`{value}`" for value in gone], _("and")))


def _is_same(question: str, head: Head, questionnaire: Questionnaire) -> bool:
    return asked(questionnaire, questionnaire.questions[question], head.language) == head.questions[question]


def _answering(record: Record, question: str, questionnaire: Questionnaire) -> Iterator[Change]:
    for votes in record.rounds.get(question, ()):
        yield from _vote(votes, question, questionnaire)
    # After the votes, which would outrank it.
    if given := record.given.get(question):
        yield Answered(question=question, answer=given, reason=record.reasons.get(question))


def _vote(votes: Round, question: str, questionnaire: Questionnaire) -> Iterator[Change]:
    if any(vote.voter is None for vote in votes.votes):
        chosen = [vote.answer.chosen for vote in votes.votes]
        choices = questionnaire.choices_of(questionnaire.questions[question])
        frequencies = tuple(chosen.count(choice.value) for choice in choices)
        yield Raised(question=question, frequencies=frequencies, dont_know=chosen.count(None))
        return
    yield Called(question=question)
    for vote in votes.votes:
        if vote.voter is not None:
            yield Cast(question=question, voter=vote.voter, answer=vote.answer)
    if votes.revealed:
        yield Revealed(question=question)


def _noting(record: Record, question: str, look_at: bool) -> Iterator[Change]:
    if remark := record.remarks.get(question):
        yield Noted(question=question, remark=remark)
    if look_at or question in record.marked:
        yield Marked(question=question, on=True)


def carried_notes(carried: Carried, head: Head, questionnaire: Questionnaire) -> Iterator[str]:
    """What a person must know of it, a paragraph each."""
    before, after = head.questionnaire.version, questionnaire.version
    changed = _("The questionnaire has changed since this session was last open ({questionnaire}, version {before}).")
    if before != after:
        changed = _(
            "The questionnaire has changed since this session was last open "
            "({questionnaire}, version {before} is now {after})."
        )
    yield changed.format(questionnaire=questionnaire.id, before=before, after=after)
    if count := len(carried.standing):
        yield ngettext("{n} answer fits and stands.", "{n} answers fit and stand.", count).format(n=count)
    if carried.to_look_at:
        names = [questionnaire.short(questionnaire.questions[key], head.language) for key in carried.to_look_at]
        message = _("To look at, since the question changed; marked for review: {questions}.")
        yield message.format(questions=and_list(names, _("and")))
    for key, why in carried.left_out:
        known = questionnaire.questions.get(key)
        name = questionnaire.short(known, head.language) if known else f"`{key}`"
        yield _("Left out: {question}; {why}.").format(question=name, why=why)
