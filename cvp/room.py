"""Several respondents in one room: one set of answers, how far they agree, and what to talk about first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from cvp.answers import DONT_KNOW, Answer, AnswerSheet
from cvp.level import Level
from cvp.questionnaire import Criterion, Question, Questionnaire

Verdict = Literal["agrees", "neighbours", "spread", "two camps", ""]
LevelOf = Callable[[AnswerSheet], Level]

MIN_FOR_VERDICT: Final = 4


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on one question: how many on each choice in order, and how many don't know."""

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


def agreement(frequencies: Sequence[float]) -> Fraction:
    """Van der Eijk's A (2001), from -1 (two equal camps at the ends) to 1 (all on one choice).

    The frequencies are peeled into layers of equal height; a layer's agreement counts by the share of votes in it.
    Raises ValueError where there are no votes.
    """
    left = [Fraction(str(count)) for count in frequencies]
    total = sum(left)
    if total <= 0:
        raise ValueError("agreement needs at least one vote")
    result = Fraction(0)
    while any(count > 0 for count in left):
        pattern = [count > 0 for count in left]
        height = min(count for count in left if count > 0)
        result += height * sum(pattern) / total * _layer_agreement(pattern)
        left = [max(count - height, Fraction(0)) for count in left]
    return result


def _layer_agreement(pattern: Sequence[bool]) -> Fraction:
    """U · (1 - (S-1)/(K-1)) of one layer of S non-empty choices out of K."""
    size, used = len(pattern), sum(pattern)
    if used == 1:
        return Fraction(1)
    if size == 2:
        return Fraction(0)
    unimodal = bimodal = 0
    for i in range(size):
        for j in range(i + 1, size):
            for k in range(j + 1, size):
                triple = (pattern[i], pattern[j], pattern[k])
                unimodal += triple in ((True, True, False), (False, True, True))
                bimodal += triple == (True, False, True)
    if unimodal + bimodal == 0:
        return Fraction(0)
    u = Fraction((size - 2) * unimodal - (size - 1) * bimodal, (size - 2) * (unimodal + bimodal))
    return u * (1 - Fraction(used - 1, size - 1))


def verdict(votes: int, value: Fraction | None) -> Verdict:
    """The word for an agreement; none for fewer than four votes, of which the dots say more."""
    if votes < MIN_FOR_VERDICT or value is None:
        return ""
    if value >= Fraction(7, 10):
        return "agrees"
    if value >= Fraction(4, 10):
        return "neighbours"
    return "spread" if value >= 0 else "two camps"


def votes_on(questionnaire: Questionnaire, question: Question, sheets: Sequence[AnswerSheet]) -> Votes:
    """How the respondents answered one question; not-applicable and missing answers are no votes."""
    position = {choice.value: index for index, choice in enumerate(questionnaire.choices_of(question))}
    frequencies = [0] * len(position)
    dont_know = 0
    for sheet in sheets:
        answer = sheet.get(question.id)
        if answer and answer.chosen:
            frequencies[position[answer.chosen]] += 1
        elif answer and answer.choice == DONT_KNOW:
            dont_know += 1
    return Votes(question.id, tuple(frequencies), dont_know)


def room_answers(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet]) -> AnswerSheet:
    """One sheet for the room: the lower median of each question's votes, notes and evidence of all."""
    answers: AnswerSheet = {}
    for question in questionnaire.questions.values():
        given = [sheet[question.id] for sheet in sheets if question.id in sheet]
        if given:
            votes = votes_on(questionnaire, question, sheets)
            answers[question.id] = _room_answer(questionnaire, question, votes, given)
    return answers


def _room_answer(questionnaire: Questionnaire, question: Question, votes: Votes, given: Sequence[Answer]) -> Answer:
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


def _joined(texts: Iterable[str | None]) -> str | None:
    return " / ".join(dict.fromkeys(text for text in texts if text)) or None


def agenda(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet], level_of: LevelOf) -> list[str]:
    """The questions to talk about, most urgent first.

    First those whose lower and upper quartile of votes give different levels, then by lowest agreement, most
    don't-know, greatest weight.
    """
    room = room_answers(questionnaire, sheets)
    ranked = []
    for question in questionnaire.questions.values():
        votes = votes_on(questionnaire, question, sheets)
        if not votes.was_asked:
            continue
        matters = bool(votes.answered) and _quartiles_differ(questionnaire, question, votes, room, level_of)
        if matters or votes.verdict in ("spread", "two camps") or votes.is_open:
            weight = question.weight if isinstance(question, Criterion) else 0
            value = votes.agreement
            ranked.append((not matters, 1 if value is None else value, -votes.dont_know, -weight, question.id))
    return [rank[-1] for rank in sorted(ranked, key=lambda rank: rank[:-1])]


def _quartiles_differ(
    questionnaire: Questionnaire, question: Question, votes: Votes, room: Mapping[str, Answer], level_of: LevelOf
) -> bool:
    choices = questionnaire.choices_of(question)
    ends = {votes.quantile(1), votes.quantile(1, upper=True)}
    return len({level_of({**room, question.id: Answer(choice=choices[end].value)}) for end in ends}) > 1


def deciders(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet], level_of: LevelOf) -> list[int]:
    """The respondents, counted from 1, without any one of whom the level would be another."""
    level = level_of(room_answers(questionnaire, sheets))
    return [
        position + 1
        for position in range(len(sheets))
        if len(sheets) > 1
        and level_of(room_answers(questionnaire, [*sheets[:position], *sheets[position + 1 :]])) != level
    ]
