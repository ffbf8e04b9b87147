"""Every answer with what it rests on, and what the whole rests on."""

from collections.abc import Iterator, Sequence

from cvp.assessment import Assessment, CriterionResult
from cvp.reports import sentences
from cvp.reports.questions import Question, evidence_line, questions_of, source_line
from cvp.reports.story.blocks import Block, Bullets, Card, Section
from cvp.text import and_list


def evidence(a: Assessment) -> Section:
    """A card for each question with an answer or a reason; the others by name."""
    questions = questions_of(a)
    told = [q for q in questions if _is_told(q)]
    blocks: list[Block] = [_card(a, q) for q in told]
    if silent := tuple(q.short for q in questions if not _is_told(q)):
        blocks.append(Bullets((and_list(list(silent)),), title="Without an answer"))
    return Section("evidence", "The evidence", tuple(blocks))


def _is_told(question: Question) -> bool:
    answer = question.answer
    return bool(answer.choice or answer.note or answer.evidence)


def _card(a: Assessment, question: Question) -> Card:
    return Card(question.label, ", ".join(_terms(question)), tuple(_fields(a, question)))


def _terms(question: Question) -> Iterator[str]:
    answer = question.answer
    if isinstance(question, CriterionResult):
        yield f"Level {question.level}"
        yield f"weight {question.weight:g}"
    else:
        yield f"safeguard, caps at Level {question.cap}" if question.hit else "safeguard"
    yield {"stale": "too old", "dont_know": "don't know"}.get(answer.state, answer.state.replace("_", " "))
    if answer.state == "answered":
        yield sentences.score(answer.score)
    if answer.assumed:
        yield "assumed"


def _fields(a: Assessment, question: Question) -> Iterator[tuple[str, str]]:
    answer = question.answer
    if answer.label:
        yield "Answer", answer.label
    if answer.note:
        yield "Reason" if answer.state == "not_applicable" else "Note", answer.note
    for item in answer.evidence:
        yield "Evidence", evidence_line(a, item)
    yield "Question based on", source_line(a, question.source)


def evidence_lines(a: Assessment, ids: Sequence[str]) -> tuple[str, ...]:
    """The notes and the evidence of some questions, a line each, for the one who presents."""
    by_id = {c.id: c for c in a.criteria}
    found = []
    for c in (by_id[key] for key in ids):
        found += [f"{c.short}: {c.answer.note}"] if c.answer.note else []
        found += [f"{c.short}: {evidence_line(a, item)}" for item in c.answer.evidence]
    return tuple(found)


def versions(a: Assessment) -> Section:
    """What this rests on, so that it can be repeated."""
    q = a.questionnaire
    card = Card(
        q.title,
        fields=(
            ("Questionnaire", f"{q.id} {q.version}"),
            ("Content (SHA-256)", q.sha256),
            ("Format", a.cvp),
            ("Day", a.date),
        ),
    )
    sources = Bullets(tuple(a.sources.values()), title="Sources")
    return Section("versions", "Sources and versions", (card, sources) if a.sources else (card,))
