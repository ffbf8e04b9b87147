"""What an assessment says of single questions: answers, what is open, what would change the level, what stands out."""

from collections.abc import Iterator

from cvp.assessment import (
    AnswerResult,
    ChoiceResult,
    CriterionResult,
    FlipResult,
    Mention,
    OpenQuestion,
    Respondents,
    SafeguardResult,
)
from cvp.questionnaire import Criterion, Question, Safeguard
from cvp.scoring.case import Case
from cvp.sensitivity import flips

NAMED = 3
"""How many strengths and gaps are named."""


def basis(case: Case) -> Respondents:
    states = list(case.states.values())
    given = [case.sheet[key] for key, state in case.states.items() if state == "answered"]
    return Respondents(
        questions=len(states),
        answered=len(given),
        assumed=sum(answer.assumed for answer in given),
        with_evidence=sum(bool(answer.evidence) and not answer.assumed for answer in given),
        not_applicable=states.count("not_applicable"),
    )


def _answer(case: Case, question: Question) -> AnswerResult:
    given = case.sheet.get(question.id)
    choice = case.choice(question)
    noted = given or case.remarks.get(question.id)
    return AnswerResult(
        state=case.states[question.id],
        choice=choice.value if choice else None,
        label=case.say(choice.label) if choice else "",
        score=choice.score if choice else None,
        note=(noted.note if noted else None) or (given.not_applicable if given else None) or "",
        assumed=given.assumed if given else False,
        evidence=noted.evidence if noted else (),
    )


def _choices(case: Case, question: Question) -> tuple[ChoiceResult, ...]:
    return tuple(
        ChoiceResult(value=choice.value, label=case.say(choice.label), score=choice.score)
        for choice in case.questionnaire.choices_of(question)
    )


def criterion_result(case: Case, criterion: Criterion) -> CriterionResult:
    return CriterionResult(
        id=criterion.id,
        label=case.say(criterion.label),
        short=case.short(criterion.id),
        source=criterion.source,
        level=criterion.level,
        weight=criterion.weight,
        must=criterion.must,
        fresh_for=criterion.fresh_for,
        lenses=dict(criterion.lenses),
        choices=_choices(case, criterion),
        answer=_answer(case, criterion),
    )


def safeguard_result(case: Case, safeguard: Safeguard) -> SafeguardResult:
    return SafeguardResult(
        id=safeguard.id,
        label=case.say(safeguard.label),
        short=case.short(safeguard.id),
        source=safeguard.source,
        below=safeguard.below,
        cap=safeguard.cap,
        hit=case.evaluation.caps[safeguard.id, "answered"] is not None,
        why=case.say(safeguard.why),
        choices=_choices(case, safeguard),
        answer=_answer(case, safeguard),
    )


def open_questions(case: Case) -> list[OpenQuestion]:
    """The open questions: those that decide a gate first, from the lowest level up, then by how much they move."""
    found = [
        _open_question(case, question)
        for question in case.questionnaire.questions.values()
        if case.states[question.id] not in ("answered", "not_applicable")
    ]
    return sorted(found, key=lambda o: (not o.decides, o.level or 5, -(o.moves or 0)))


def _open_question(case: Case, question: Criterion | Safeguard) -> OpenQuestion:
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


def flip_results(case: Case) -> Iterator[FlipResult]:
    for flip in flips(case.evaluation, case.positions):
        choices = case.questionnaire.choices_of(case.questionnaire.questions[flip.question])
        yield FlipResult(
            question=flip.question,
            short=case.short(flip.question),
            before=case.say(choices[flip.before].label),
            after=case.say(choices[flip.after].label),
            level=flip.level,
            steps=flip.steps,
        )


def strengths(case: Case) -> tuple[Mention, ...]:
    """The answered criteria furthest above their level's threshold: assumed ones last, higher levels first if equal."""
    found = [m for m in _mentions(case) if m.points >= 0]
    return tuple(sorted(found, key=lambda m: (m.assumed, -m.points, -m.level))[:NAMED])


def gaps(case: Case) -> tuple[Mention, ...]:
    """The answered criteria under their level's threshold, those of the lowest gate that does not hold first."""
    found = [m for m in _mentions(case) if m.points < 0]
    gates = case.evaluation.gates
    return tuple(sorted(found, key=lambda m: (gates[m.level, "answered"].holds, m.level, m.points))[:NAMED])


def _mentions(case: Case) -> Iterator[Mention]:
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
                assumed=case.sheet[criterion.id].assumed,
                score=choice.score,
                points=above,
            )
