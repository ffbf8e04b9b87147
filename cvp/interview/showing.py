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
from cvp.interview.screen import ChoiceLine, Screen, Seat
from cvp.interview.state import Interview, named
from cvp.questionnaire import Safeguard
from cvp.room import ends
from cvp.text import counted

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
        unsaved=interview.unsaved,
    )


def _place(interview: Interview) -> str:
    if interview.at_end:
        return "The end"
    answered = len(interview.order) - len(interview.unanswered)
    done = f" ({answered} answered)" if interview.asks == "decisive" else ""  # where the number tells no progress
    return f"Question {interview.position + 1} of {len(interview.order)}{done}"


def _about(interview: Interview) -> str:
    question = interview.question
    if question is None:
        return counted(len(interview.order), "question")
    if isinstance(question, Safeguard):
        return f"Safeguard: can limit the level to {question.cap}"
    return f"Level {question.level} {interview.say(interview.questionnaire.level(question.level).name)}"


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
    return f"{_whose(interview)}: {in_words(interview, interview.answer)}"


def _whose(interview: Interview) -> str:
    """Of an answer that counts while the next round is hidden, which round it is from."""
    polls = interview.outcome.voting.polls.get(interview.here, ())
    if not polls:
        return "Your answer"
    goes_on = interview.round and not interview.round.revealed and interview.here not in interview.record.given
    return f"The room's answer in round {len(polls)}" if goes_on else "The room's answer"


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
        yield Seat(number, f"Person {number}" if unnamed else name, states.get(number, ""))


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


def _prompt(interview: Interview) -> str:
    if not interview.turn:
        return PROMPT
    people = interview.record.people
    name, number = people[interview.turn - 1], f"Person {interview.turn}"
    who = f"{number} of {len(people)}" if name == number else f"{name}, {interview.turn} of {len(people)}"
    return f"{who}: number, ? or x REASON, hidden{PROMPT}"


def _end(interview: Interview) -> Iterator[str]:
    """What is open, marked, hidden, to be talked about; and what to type."""
    yield _open(interview)
    if marked := _numbers(interview, [key for key in interview.order if key in interview.record.marked]):
        yield f"Marked for review: {marked}. Type g m to go there."
    hidden = [key for key, rounds in interview.record.rounds.items() if rounds and not rounds[-1].revealed]
    if numbers := _numbers(interview, hidden):
        yield f"Votes still hidden, which do not count yet: {numbers}. Type g and the number, then v."
    if interview.outcome.voting.voted:
        talk = _numbers(interview, interview.outcome.agenda)
        yield f"To be talked about: {talk}. Type a to see why." if talk else "No question needs talk."
        yield from deciders_line(interview)
    yield "Type q for the report."


def _open(interview: Interview) -> str:
    left = [interview.order[position] for position in interview.unanswered]
    if not left:
        return "Every question has an answer."
    return f"{counted(len(left), 'question is', 'questions are')} open: {_numbers(interview, left)}."


def _numbers(interview: Interview, questions: Sequence[str]) -> str:
    return named([str(interview.number(key)) for key in questions])
