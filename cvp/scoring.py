"""(Questionnaire, Answers) → Assessment: pure, the same result for the same input, byte for byte."""

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvp import room as rooms
from cvp.answers import Answer, AnswerSheet, last_day
from cvp.assessment import (
    AnswerResult,
    Assessment,
    CriterionResult,
    FlipResult,
    Instrument,
    LensResult,
    LensValue,
    LevelResult,
    Lift,
    Margin,
    Mention,
    Move,
    OpenQuestion,
    Path,
    Respondents,
    Room,
    RoomCriterion,
    SafeguardResult,
    State,
)
from cvp.gates import Evaluation, Gate, Scale, evaluate, scale_of
from cvp.level import LEVELS, Level
from cvp.path import Step, useful_steps, way_to
from cvp.questionnaire import Choice, Criterion, Question, Questionnaire, Safeguard
from cvp.sensitivity import flips, margin_to_fall, margin_to_rise

NAMED = 3
"""How many strengths and gaps are named."""


@dataclass(frozen=True)
class _Case:
    """A questionnaire, one set of answers to it and a day: what every part of the assessment is made from."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    day: datetime.date
    language: str
    scale: Scale

    def state(self, question: Question) -> State:
        answer = self.sheet.get(question.id)
        if answer is None:
            return "unanswered"
        if answer.not_applicable is not None:
            return "not_applicable"
        if answer.chosen is None:
            return "dont_know"
        return "stale" if is_stale(question, answer, self.day) else "answered"

    @cached_property
    def states(self) -> Mapping[str, State]:
        return {question.id: self.state(question) for question in self.questionnaire.questions.values()}

    def choice(self, question: Question) -> Choice | None:
        """The choice that was made, stale or not."""
        answer = self.sheet.get(question.id)
        choices = self.questionnaire.choices_of(question)
        return next((c for c in choices if answer and c.value == answer.chosen), None)

    @cached_property
    def points(self) -> dict[str, int | None]:
        return {
            question.id: self.scale.points(choice.score)
            if self.states[question.id] == "answered" and (choice := self.choice(question))
            else None
            for question in self.questionnaire.questions.values()
            if self.states[question.id] != "not_applicable"
        }

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(self.scale, self.points)

    def say(self, words: str | dict[str, str] | None) -> str:
        return self.questionnaire.say(words, self.language)

    def short(self, question: str) -> str:
        return self.questionnaire.short(self.questionnaire.questions[question], self.language)


def is_stale(question: Question, answer: Answer, day: datetime.date) -> bool:
    """Whether the newest evidence is older than the criterion's `fresh_for` months on that day (method, 2)."""
    months = question.fresh_for if isinstance(question, Criterion) else None
    newest = answer.newest_evidence
    return months is not None and newest is not None and _months_later(newest, months) < day


def _months_later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def level_of(questionnaire: Questionnaire, sheet: AnswerSheet, day: datetime.date) -> Level:
    """The headline level alone."""
    return _Case(questionnaire, sheet, day, questionnaire.default_language, scale_of(questionnaire)).evaluation.standing.level


def score(
    questionnaire: Questionnaire,
    sheets: Sequence[AnswerSheet],
    *,
    company: str,
    date: str,
    language: str | None = None,
) -> Assessment:
    """The assessment of a company at `date` (2013-02-12) from one respondent's sheet of answers, or from several.

    The answers must fit the questionnaire; with several sheets, the room's answers count.
    """
    scale = scale_of(questionnaire)
    language = language or questionnaire.default_language
    sheet = sheets[0] if len(sheets) == 1 else rooms.room_answers(questionnaire, sheets)
    case = _Case(questionnaire, sheet, last_day(date), language, scale)
    now = case.evaluation
    standing = now.standing
    title = case.say(questionnaire.title)
    return Assessment(
        questionnaire=Instrument(
            id=questionnaire.id, version=questionnaire.version, sha256=questionnaire.sha256, title=title
        ),
        company=company,
        date=date,
        language=language,
        perspective=questionnaire.perspective,
        level=standing.level,
        secured=standing.secured,
        low=standing.low,
        high=standing.high,
        settled=standing.settled,
        uncapped_level=standing.uncapped_level,
        level_if_not_applicable_counts=_strict_level(case),
        out_of_order=_out_of_order(now),
        basis=_basis(case),
        levels=tuple(_level(case, level) for level in LEVELS),
        lenses=tuple(_lenses(case)),
        criteria=tuple(_criterion(case, criterion) for criterion in questionnaire.criteria),
        safeguards=tuple(_safeguard(case, safeguard) for safeguard in questionnaire.safeguards),
        open=tuple(_open(case)),
        margin=Margin(fall=margin_to_fall(now), rise=margin_to_rise(now)),
        flips=tuple(_flips(case)),
        strengths=_strengths(case),
        gaps=_gaps(case),
        path=_path(case),
        recommendations=tuple(_move(case, step) for step in useful_steps(questionnaire, now)),
        room=_room(case, sheets) if len(sheets) > 1 else None,
        sources={key: str(source) for key, source in questionnaire.sources.items()},
    )


def _strict_level(case: _Case) -> Level:
    """The level with every not-applicable question at its lowest choice."""
    lowest = {item.id: item.lowest for item in case.scale.items.values() if item.id not in case.points}
    return evaluate(case.scale, {**case.points, **lowest}).standing.level


def _out_of_order(now: Evaluation) -> tuple[Level, ...]:
    """Levels whose gate holds above one that does not."""
    holds = [now.gates[level, "answered"].holds for level in LEVELS]
    return tuple(level for level in LEVELS if holds[level - 1] and not all(holds[: level - 1]))


def _basis(case: _Case) -> Respondents:
    states = list(case.states.values())
    given = [case.sheet[key] for key, state in case.states.items() if state == "answered"]
    return Respondents(
        questions=len(states),
        answered=len(given),
        assumed=sum(answer.assumed for answer in given),
        with_evidence=sum(bool(answer.evidence) for answer in given),
        not_applicable=states.count("not_applicable"),
    )


def _level(case: _Case, level: Level) -> LevelResult:
    now = case.evaluation
    text = case.questionnaire.level(level)
    criteria = [c for c in case.questionnaire.criteria if c.level == level]
    answered = now.gates[level, "answered"]
    return LevelResult(
        level=level,
        name=case.say(text.name),
        summary=case.say(text.summary),
        score=_mean(case.scale, answered),
        low=_mean(case.scale, now.gates[level, "lowest"]),
        high=_mean(case.scale, now.gates[level, "highest"]),
        passing=text.passing,
        holds=answered.holds,
        answered=sum(case.states[c.id] == "answered" for c in criteria),
        criteria=len(criteria),
        must_failed=answered.musts_failed,
    )


def _mean(scale: Scale, gate: Gate) -> float | None:
    return gate.total / (gate.weight * scale.one) if gate.weight else None


def _lenses(case: _Case) -> Iterator[LensResult]:
    for lens_id, lens in case.questionnaire.lenses.items():
        values = []
        for value, label in lens.values.items():
            carriers = [c for c in case.questionnaire.criteria if c.lenses.get(lens_id) == value]
            values.append(_lens_value(case, value, case.say(label), carriers))
        yield LensResult(id=lens_id, label=case.say(lens.label), values=tuple(values))


def _lens_value(case: _Case, value: str, label: str, carriers: Sequence[Criterion]) -> LensValue:
    total = weight = answered = 0
    for criterion in carriers:
        points = case.points.get(criterion.id)
        if points is not None:
            item = case.scale.items[criterion.id]
            total, weight, answered = total + item.weight * points, weight + item.weight, answered + 1
    score = total / (weight * case.scale.one) if weight else None
    return LensValue(id=value, label=label, score=score, answered=answered, criteria=len(carriers))


def _answer(case: _Case, question: Question) -> AnswerResult:
    given = case.sheet.get(question.id)
    choice = case.choice(question)
    return AnswerResult(
        state=case.states[question.id],
        choice=choice.value if choice else None,
        label=case.say(choice.label) if choice else "",
        score=choice.score if choice else None,
        note=(given.note or given.not_applicable or "") if given else "",
        assumed=given.assumed if given else False,
        evidence=given.evidence if given else (),
    )


def _criterion(case: _Case, criterion: Criterion) -> CriterionResult:
    return CriterionResult(
        id=criterion.id,
        label=case.say(criterion.label),
        short=case.short(criterion.id),
        source=criterion.source,
        level=criterion.level,
        weight=criterion.weight,
        must=criterion.must,
        lenses=dict(criterion.lenses),
        answer=_answer(case, criterion),
    )


def _safeguard(case: _Case, safeguard: Safeguard) -> SafeguardResult:
    return SafeguardResult(
        id=safeguard.id,
        label=case.say(safeguard.label),
        short=case.short(safeguard.id),
        source=safeguard.source,
        below=safeguard.below,
        cap=safeguard.cap,
        hit=case.evaluation.caps[safeguard.id, "answered"] is not None,
        why=case.say(safeguard.why),
        answer=_answer(case, safeguard),
    )


def _open(case: _Case) -> list[OpenQuestion]:
    """The open questions: those that decide a gate first, from the lowest level up, then by how much they move."""
    found = [
        _open_question(case, question)
        for question in case.questionnaire.questions.values()
        if case.states[question.id] not in ("answered", "not_applicable")
    ]
    return sorted(found, key=lambda o: (not o.decides, o.level or 5, -(o.moves or 0)))


def _open_question(case: _Case, question: Criterion | Safeguard) -> OpenQuestion:
    now, item = case.evaluation, case.scale.items[question.id]
    if item.level:
        lowest, highest = now.gates[item.level, "lowest"], now.gates[item.level, "highest"]
        decides = not lowest.holds and highest.holds
        moves = item.weight * (item.highest - item.lowest) / (highest.weight * case.scale.one)
    else:
        decides = item.lowest < item.below and item.cap < now.standing.high
        moves = None
    return OpenQuestion(
        id=question.id,
        short=case.short(question.id),
        label=case.say(question.label),
        level=item.level,
        state=case.states[question.id],
        decides=decides,
        moves=moves,
    )


def _flips(case: _Case) -> Iterator[FlipResult]:
    for flip in flips(case.evaluation):
        choices = case.questionnaire.choices_of(case.questionnaire.questions[flip.question])
        yield FlipResult(
            question=flip.question,
            short=case.short(flip.question),
            before=case.say(choices[flip.before].label),
            after=case.say(choices[flip.after].label),
            level=flip.level,
            steps=flip.steps,
        )


def _strengths(case: _Case) -> tuple[Mention, ...]:
    """The answered criteria that lie furthest above their level's threshold, higher levels first among equals."""
    found = [m for m in _mentions(case) if m.points >= 0]
    return tuple(sorted(found, key=lambda m: (-m.points, -m.level))[:NAMED])


def _gaps(case: _Case) -> tuple[Mention, ...]:
    """The answered criteria under their level's threshold, those of the lowest gate that does not hold first."""
    found = [m for m in _mentions(case) if m.points < 0]
    gates = case.evaluation.gates
    return tuple(sorted(found, key=lambda m: (gates[m.level, "answered"].holds, m.level, m.points))[:NAMED])


def _mentions(case: _Case) -> Iterator[Mention]:
    for criterion in case.questionnaire.criteria:
        points = case.points.get(criterion.id)
        choice = case.choice(criterion)
        if points is not None and choice:
            gate = case.evaluation.gates[criterion.level, "answered"]
            above = case.scale.items[criterion.id].weight * (points - gate.passing) / (gate.weight * case.scale.one)
            yield Mention(
                id=criterion.id,
                short=case.short(criterion.id),
                level=criterion.level,
                answer=case.say(choice.label),
                score=choice.score,
                points=above,
            )


def _path(case: _Case) -> Path:
    steps, projected = way_to(case.questionnaire, case.evaluation, 4)
    return Path(
        target=4,
        effort=sum(step.recommendation.effort for step in steps),
        steps=tuple(_move(case, step) for step in steps),
        projected_level=projected,
    )


def _move(case: _Case, step: Step) -> Move:
    r = step.recommendation
    weight = case.evaluation.gates[step.level, "highest"].weight
    return Move(
        recommendation=r.id,
        label=case.say(r.label),
        level=step.level,
        lifts=tuple(_lift(case, question, *points) for question, points in step.lifts.items()),
        points=step.points / (weight * case.scale.one) if weight else 0,
        effort=r.effort,
        first_step=case.say(r.first_step),
        customer_gain=case.say(r.customer_gain),
        company_gain=case.say(r.company_gain),
        example=case.say(r.example),
        source=r.source or "",
    )


def _lift(case: _Case, question: str, before: int | None, after: int) -> Lift:
    return Lift(
        question=question,
        short=case.short(question),
        before=None if before is None else case.scale.score(before),
        after=case.scale.score(after),
    )


def _room(case: _Case, sheets: Sequence[AnswerSheet]) -> Room:
    def level(sheet: AnswerSheet) -> Level:
        return _Case(case.questionnaire, sheet, case.day, case.language, case.scale).evaluation.standing.level

    criteria = tuple(_room_criterion(case, question, sheets) for question in case.questionnaire.questions.values())
    known = [c.agreement for c in criteria if c.agreement is not None]
    return Room(
        respondents=len(sheets),
        criteria=criteria,
        agreement=sum(known) / len(known) if known else None,
        agenda=tuple(rooms.agenda(case.questionnaire, sheets, level)),
        deciders=tuple(rooms.deciders(case.questionnaire, sheets, level)),
    )


def _room_criterion(case: _Case, question: Question, sheets: Sequence[AnswerSheet]) -> RoomCriterion:
    votes = rooms.votes_on(case.questionnaire, question, sheets)
    choice = case.choice(question)
    return RoomCriterion(
        id=question.id,
        short=case.short(question.id),
        choices=tuple(case.say(c.label) for c in case.questionnaire.choices_of(question)),
        frequencies=votes.frequencies,
        dont_know=votes.dont_know,
        answer=choice.value if choice else None,
        agreement=None if votes.agreement is None else float(votes.agreement),
        verdict=votes.verdict,
    )
