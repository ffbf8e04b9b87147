"""What an interview knows, frozen: what was answered and voted, where it stands, and the way back."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias

from cvp.answers import Answer, AnswerSheet
from cvp.gates import Evaluation, Scale, scale_of
from cvp.interview.changes import Change
from cvp.interview.order import next_question
from cvp.interview.outcome import Outcome
from cvp.interview.record import Course, Record, Round, numbered
from cvp.level import LEVELS
from cvp.questionnaire import Choice, Criterion, Questionnaire, Safeguard
from cvp.speaking import _, ngettext
from cvp.text import and_list

Ending: TypeAlias = Literal["", "finished", "quit"]
Asks: TypeAlias = Literal["ladder", "decisive"]

NAMED: Final = 20
"""How many questions or people one list names."""


@dataclass(frozen=True)
class Interview:
    """One moment of an interview.

    `order` holds the ids of all questions from the lowest level up; a question's number is its place in it, whatever
    is asked first. `position` is the place, from 0, of the present question; one past the last at the end. `course` is
    what was answered, with undo and redo; `changes` are all of this run, undoing too, in the order in which they came.
    `turn` is the seat, from 1, whose hidden vote the next line is; 0 where no vote is being taken. `skipped` are the
    questions that were passed over. `warned` is the key that has asked whether it is meant, and does it if it comes
    next. `message` is what the last key had to say, a paragraph each. `file` is where the user wants the session kept,
    and `unsaved` why the last changes are in memory only. `colon` is what must be typed before a word where a single
    key acts at once.
    """

    questionnaire: Questionnaire = field(repr=False)
    language: str
    order: tuple[str, ...]
    outcome: Outcome = field(repr=False, compare=False)
    company: str = ""
    day: datetime.date | None = None
    asks: Asks = "ladder"
    named: bool = False
    course: Course = field(default_factory=Course)
    changes: tuple[Change, ...] = ()
    position: int = 0
    turn: int = 0
    skipped: frozenset[str] = frozenset()
    warned: str = ""
    message: tuple[str, ...] = ()
    ending: Ending = ""
    file: str = ""
    unsaved: str = ""
    colon: str = ""

    @property
    def record(self) -> Record:
        """What was answered, voted and noted so far."""
        return self.course.record

    @property
    def scale(self) -> Scale:
        """The questionnaire in whole numbers."""
        return self.outcome.scale

    @property
    def evaluation(self) -> Evaluation:
        """All gates and caps, from what counts so far."""
        return self.outcome.evaluation

    @property
    def sheet(self) -> AnswerSheet:
        """What counts so far, an answer a question."""
        return self.outcome.sheet

    @property
    def at_end(self) -> bool:
        """Whether the last question is behind."""
        return self.position == len(self.order)

    @property
    def question(self) -> Criterion | Safeguard | None:
        """What is asked; None at the end."""
        return None if self.at_end else self.questionnaire.questions[self.here]

    @property
    def here(self) -> str:
        """The id of the question; empty at the end."""
        return "" if self.at_end else self.order[self.position]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Of the question; empty at the end."""
        return self.questionnaire.choices_of(self.question) if self.question else ()

    @property
    def answer(self) -> Answer | None:
        """What counts as the answer to the question."""
        return self.sheet.get(self.here)

    @property
    def round(self) -> Round | None:
        """The latest round of votes on the question."""
        return self.record.round(self.here)

    @cached_property
    def unanswered(self) -> tuple[int, ...]:
        """The positions that are left, rising: nothing was said there, not even don't know or not applicable."""
        return tuple(position for position, key in enumerate(self.order) if key not in self.sheet)

    def number(self, question: str) -> int:
        """The question's number, from 1."""
        return self.order.index(question) + 1

    def typed(self, key: str) -> str:
        """How a key, or a word for it, is to be typed."""
        return f"{self.colon}{key}" if len(key) > 1 else key

    def person(self, seat: int) -> str:
        """A respondent as others may know them: by name only where names may be told."""
        if self.named and seat <= len(self.record.people):
            return name_of(seat, self.record.people[seat - 1])
        return _("person {number}").format(number=seat)

    def say(self, words: str | dict[str, str] | None) -> str:
        """A text of the questionnaire in the interview's language; empty where there is none."""
        return self.questionnaire.say(words, self.language)

    def saying(self, *message: str) -> "Interview":
        """The same moment with something to say."""
        return replace(self, message=message)

    def moved(self, position: int, *message: str) -> "Interview":
        """At another position, from 0 to one past the last, where no vote is being taken; ValueError elsewhere."""
        if not 0 <= position <= len(self.order):
            raise ValueError(f"there is no position {position}")
        return replace(self, position=position, turn=0, message=message)

    def after(self, change: Change) -> "Interview":
        """With one more change, at the same position; ValueError where it does not fit."""
        course = self.course.after(change, self.questionnaire)
        outcome = self.outcome.of(course.record)
        return replace(self, course=course, outcome=outcome, changes=(*self.changes, change), message=())

    def ended(self) -> "Interview":
        """Left: finished from the end or when everything has an answer, else quit. Says which votes stay hidden."""
        ending: Ending = "finished" if self.at_end or not self.unanswered else "quit"
        return replace(self, ending=ending, turn=0, message=tuple(under_way(self)))


def start(
    questionnaire: Questionnaire,
    *,
    company: str = "",
    course: Course = Course(),  # noqa: B008 - frozen
    language: str | None = None,
    day: datetime.date | None = None,
    asks: Asks = "ladder",
    named: bool = False,
) -> Interview:
    """An interview at its first open question: criteria from Level 1 up, then safeguards.

    `course` is what was answered before, which fits the questionnaire; `day` is the one on which evidence counts as
    stale; `asks` is which open question comes first: the lowest on the ladder, or the one that decides most. Names of
    respondents are told beside their votes only where `named`.
    """
    climbing = (c.id for level in LEVELS for c in questionnaire.criteria if c.level == level)
    order = (*climbing, *(safeguard.id for safeguard in questionnaire.safeguards))
    language = language or questionnaire.default_language
    outcome = Outcome(questionnaire, course.record, day, language, scale_of(questionnaire))
    begun = Interview(questionnaire, language, order, outcome, company, day, asks, named, course)
    return begun.moved(to_ask(begun), _welcome(begun), *under_way(begun))


def _welcome(interview: Interview) -> str:
    asked, left = len(interview.order), len(interview.unanswered)
    welcome = _("{title}: {questions}.")
    if left < asked:
        welcome = ngettext("{title}: {questions}; {n} is left.", "{title}: {questions}; {n} are left.", left)
    questions = ngettext("{n} question", "{n} questions", asked).format(n=asked)
    return welcome.format(title=interview.say(interview.questionnaire.title), questions=questions, n=left)


def under_way(interview: Interview) -> Iterator[str]:
    """Which votes are hidden still, and the way to them; nothing where there are none."""
    hidden = {key: latest for key in interview.order if (latest := interview.record.round(key)) and not latest.revealed}
    numbers = [str(interview.number(key)) for key in hidden]
    if len(hidden) == 1:
        (latest,) = hidden.values()
        one = _("Question {number} has a hidden vote under way: {voted} of {people} (g {number}, then v).")
        yield one.format(number=numbers[0], voted=len(latest.voters), people=len(interview.record.people))
    elif hidden:
        several = _("Hidden votes are under way on questions {numbers} (g and the number, then v).")
        yield several.format(numbers=named(numbers))


def named(words: Sequence[str]) -> str:
    """A list of them; of many the first ones, and how many more there are."""
    if (left := len(words) - NAMED) <= 0:
        return and_list([*words], _("and"))
    return and_list([*words[:NAMED], ngettext("{n} more", "{n} more", left).format(n=left)], _("and"))


def name_of(seat: int, name: str) -> str:
    """A respondent's name; of one who has a number only, that number in the language spoken."""
    return _("Person {number}").format(number=seat) if name == numbered(seat) else name


def to_ask(interview: Interview, *besides: str) -> int:
    """The position of the open question to ask first, not one `besides`; the end's where there is none."""
    open_questions = [key for key in interview.order if key not in interview.sheet and key not in besides]
    chosen = _chosen(interview, open_questions)
    return len(interview.order) if chosen is None else interview.order.index(chosen)


def _chosen(interview: Interview, open_questions: Sequence[str]) -> str | None:
    if interview.asks == "decisive":
        return next_question(interview.evaluation, open_questions)
    return next(iter(open_questions), None)


def unsaved(interview: Interview, reason: str) -> Interview:
    """What was changed last is in memory only, for this reason."""
    return replace(interview, unsaved=reason)


def saved(interview: Interview) -> Interview:
    """All that was changed is kept."""
    if not interview.unsaved:
        return interview
    return replace(interview, unsaved="", message=(*interview.message, _("Everything is saved now.")))
