"""A moment of an interview as a screen: everything that is to be seen, for whatever front end."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from cvp.answers import Remark
from cvp.interview.debate import deciders_line, vote_lines
from cvp.interview.keys import keys_of
from cvp.interview.keys.answering import in_words
from cvp.interview.keys.noting import noted
from cvp.interview.keys.voting import missing
from cvp.interview.progress import rungs, so_far
from cvp.interview.record import numbered
from cvp.interview.screen import ChoiceLine, Screen, Seat
from cvp.interview.state import Interview, name_of, named
from cvp.questionnaire import Safeguard
from cvp.room import ends
from cvp.speaking import _, ngettext

PROMPT: Final = "> "


def screen(interview: Interview) -> Screen:
    """What is to be seen now; of an interview that has ended, the message alone."""
    title = " · ".join(filter(None, (interview.company, interview.say(interview.questionnaire.title))))
    if interview.ending:
        return Screen(title, message=interview.message, unsaved=interview.unsaved)
    question = interview.question
    return Screen(
        title=title,
        place=_place(interview),
        about=_about(interview),
        label=interview.say(question.label) if question else "",
        hint=interview.say(question.hint) if question else "",
        choices=tuple(_choices(interview)),
        answer=_answer(interview),
        remarks=tuple(_remarks(interview)),
        marked=bool(question and question.id in interview.record.marked),
        vote=tuple(vote_lines(interview)),
        end=tuple(_end(interview)) if not question else (),
        message=interview.message,
        so_far=so_far(interview),
        rungs=tuple(rungs(interview)),
        seats=tuple(_seats(interview)),
        keys=tuple(keys_of(interview).offered(interview)),
        prompt=_prompt(interview),
        secret=bool(interview.turn),
        turn=_turn(interview),
        unsaved=interview.unsaved,
    )


def _place(interview: Interview) -> str:
    if interview.at_end:
        return _("The end")
    place = _("Question {number} of {total}")
    if interview.asks == "decisive":  # where the number tells no progress
        place = _("Question {number} of {total} ({left} left)")
    left = len(interview.unanswered)
    return place.format(number=interview.position + 1, total=len(interview.order), left=left)


def _about(interview: Interview) -> str:
    question = interview.question
    if question is None:
        return ngettext("{n} question", "{n} questions", len(interview.order)).format(n=len(interview.order))
    if isinstance(question, Safeguard):
        return _("Safeguard: can limit the level to {cap}").format(cap=question.cap)
    name = interview.say(interview.questionnaire.level(question.level).name)
    return _("Level {level} {name}").format(level=question.level, name=name)


def _choices(interview: Interview) -> Iterator[ChoiceLine]:
    votes: Sequence[int | None] = [None] * len(interview.choices)
    if interview.question and interview.outcome.voting.counting(interview.question.id):
        votes = interview.outcome.votes(interview.question).frequencies
    chosen = interview.answer.chosen if interview.answer else None
    for number, (choice, count) in enumerate(zip(interview.choices, votes, strict=True), 1):
        yield ChoiceLine(number, interview.say(choice.label), choice.value == chosen, count)


def _answer(interview: Interview) -> str:
    if not interview.answer:
        return ""
    polls = interview.outcome.voting.polls.get(interview.here, ())
    whose = _whose(interview) if polls else _("Your answer: {answer}")
    return whose.format(answer=in_words(interview, interview.answer), round=len(polls))


def _whose(interview: Interview) -> str:
    """Of an answer that counts while the next round is hidden, which round it is from."""
    goes_on = interview.round and not interview.round.revealed and interview.here not in interview.record.given
    return _("The room's answer in round {round}: {answer}") if goes_on else _("The room's answer: {answer}")


def _remarks(interview: Interview) -> Iterator[str]:
    """What was noted at the question, and with the answers that count."""
    if interview.answer:
        yield from noted(Remark.model_construct(note=interview.answer.note, evidence=interview.answer.evidence))
    elif interview.question and (remark := interview.record.remarks.get(interview.question.id)):
        yield from noted(remark)


def _seats(interview: Interview) -> Iterator[Seat]:
    """By name where names may be told, or as long as no vote was called: the ends are told by number."""
    states = _states(interview)
    unnamed = any(interview.record.rounds.values()) and not interview.named
    for number, name in enumerate(interview.record.people, 1):
        yield Seat(number, name_of(number, numbered(number) if unnamed else name), states.get(number, ""))


_SeatState = Literal["", "waiting", "next", "voted", "lowest", "highest"]


def _states(interview: Interview) -> dict[int, _SeatState]:
    latest, question = interview.round, interview.question
    if not latest or not question:
        return {}
    states: dict[int, _SeatState] = dict.fromkeys(latest.voters, "voted")
    if latest.revealed:
        lowest, highest = ends(interview.questionnaire, question, latest.votes)
        states.update(dict.fromkeys(lowest, "lowest"))
        states.update(dict.fromkeys(highest, "highest"))
        return states
    for seat in missing(interview):
        states[seat] = "next" if seat == interview.turn else "waiting"
    return states


def _turn(interview: Interview) -> str:
    """Whose vote the next line is; empty where no vote is being taken."""
    if not interview.turn:
        return ""
    people, seat = interview.record.people, interview.turn
    nameless = people[seat - 1] == numbered(seat)
    who = _("Person {number} of {total}") if nameless else _("{name}, {number} of {total}")
    return who.format(name=people[seat - 1], number=seat, total=len(people))


def _prompt(interview: Interview) -> str:
    if not interview.turn:
        return PROMPT
    return _("{who}: number, ? or x REASON, hidden").format(who=_turn(interview)) + PROMPT


def _end(interview: Interview) -> Iterator[str]:
    """What is open, marked, hidden, to be talked about; and what to type."""
    yield _open(interview)
    if marked := _numbers(interview, [key for key in interview.order if key in interview.record.marked]):
        yield _("Marked for review: {numbers}. Type g m to go there.").format(numbers=marked)
    hidden = [key for key, rounds in interview.record.rounds.items() if rounds and not rounds[-1].revealed]
    if numbers := _numbers(interview, hidden):
        still = _("Votes still hidden, which do not count yet: {numbers}. Type g and the number, then v.")
        yield still.format(numbers=numbers)
    if interview.outcome.voting.voted:
        talk = _numbers(interview, interview.outcome.agenda)
        about = _("To be talked about: {numbers}. Type a to see why.") if talk else _("No question needs talk.")
        yield about.format(numbers=talk)
        yield from deciders_line(interview)
    yield _("Type q for the report.")


def _open(interview: Interview) -> str:
    left = [interview.order[position] for position in interview.unanswered]
    if not left:
        return _("No question is left.")
    still = ngettext("{n} question is left: {numbers}.", "{n} questions are left: {numbers}.", len(left))
    return still.format(n=len(left), numbers=_numbers(interview, left))


def _numbers(interview: Interview, questions: Sequence[str]) -> str:
    return named([str(interview.number(key)) for key in questions])
