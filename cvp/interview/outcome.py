"""What a record comes to: the answers that count, where they put the company, what the room must talk about."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cvp.answers import AnswerSheet
from cvp.gates import Evaluation, Scale
from cvp.interview.record import Record
from cvp.level import Level
from cvp.questionnaire import Question, Questionnaire
from cvp.room import Votes, Voting, agenda, count_votes, deciders, room_answers
from cvp.scoring.case import Case


@dataclass(frozen=True)
class Outcome:
    """A record seen through its questionnaire. Without a `day`, no evidence counts as stale.

    States of an interview with the same record share it, so that nothing here is reckoned twice.
    """

    questionnaire: Questionnaire
    record: Record
    day: datetime.date | None
    language: str
    scale: Scale

    def of(self, record: Record) -> "Outcome":
        """What another record comes to."""
        return self if record is self.record else replace(self, record=record)

    @cached_property
    def voting(self) -> Voting:
        """What counts: no vote that is still hidden."""
        return self.record.voting()

    @cached_property
    def sheet(self) -> AnswerSheet:
        """One answer a question, from what was answered and voted."""
        return room_answers(self.questionnaire, self.voting)

    @cached_property
    def case(self) -> Case:
        """The answers that count, as the scorer sees them."""
        return self._case(self.sheet)

    @property
    def evaluation(self) -> Evaluation:
        """All gates and caps."""
        return self.case.evaluation

    def votes(self, question: Question) -> Votes:
        """How the votes that count lie."""
        return count_votes(self.questionnaire, question, self.voting.counting(question.id))

    @cached_property
    def agenda(self) -> Sequence[str]:
        """The questions that need talk, most urgent first."""
        return agenda(self.questionnaire, self.voting, self.evaluation)

    @cached_property
    def deciders(self) -> Sequence[int] | None:
        """Who alone decides the level, by seat; None where votes were hands."""
        return deciders(self.questionnaire, self.voting, self._level)

    def _level(self, sheet: AnswerSheet) -> Level:
        return self._case(sheet).evaluation.standing.level

    def _case(self, sheet: AnswerSheet) -> Case:
        day = self.day or datetime.date.min  # on which nothing is stale
        return Case(self.questionnaire, sheet, day, self.language, self.scale)
