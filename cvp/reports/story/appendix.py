"""Every answer with what it rests on, and what the whole rests on."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from cvp.assessment import Assessment, CriterionResult
from cvp.reports import sentences
from cvp.reports.questions import Question, evidence_line, questions_of, source_line
from cvp.reports.sentences.phrases import in_a_row, named
from cvp.reports.story.blocks import Block, Bullets, Card, Paragraph, Section, Table
from cvp.reports.story.cells import score, words
from cvp.speaking import N_, _, decimal, pgettext

STATES: Final = {
    "answered": N_("answered"),
    "not_applicable": N_("not applicable"),
    "unanswered": N_("unanswered"),
    "stale": N_("too old"),
    "dont_know": N_("don't know"),
}


def evidence(a: Assessment) -> Section:
    """A card for each question with evidence or a note, a line for each answered without; the others by name."""
    questions = questions_of(a)
    blocks: list[Block] = []
    if any(q.answer.choice for q in questions) and not any(q.answer.choice and _is_backed(q) for q in questions):
        blocks.append(Paragraph(_("No answer has evidence or a note: nothing stands behind them yet.")))
    blocks += [_card(a, q) for q in questions if _is_backed(q)]
    if bare := [q for q in questions if q.answer.choice and not _is_backed(q)]:
        blocks.append(_bare(bare))
    if silent := [q for q in questions if not (q.answer.choice or _is_backed(q))]:
        blocks.append(Bullets(tuple(_by_level(silent)), title=_("Without an answer")))
    return Section("evidence", _("The evidence"), tuple(blocks))


def _by_level(questions: Iterable[Question]) -> Iterator[str]:
    """`Level 1: Price talk and Promises kept`; safeguards, which have no level, come last."""
    for kind, found in groupby(questions, _kind):
        yield named(kind, sentences.listed([question.short for question in found]))


def _kind(question: Question) -> str:
    return sentences.level_label(question.level) if isinstance(question, CriterionResult) else _("Safeguards")


def _is_backed(question: Question) -> bool:
    return bool(question.answer.note or question.answer.evidence)


def _level_of(question: Question) -> str:
    return sentences.level_label(question.level) if isinstance(question, CriterionResult) else _("Safeguard")


def _bare(questions: Iterable[Question]) -> Table:
    rows = tuple((words(_level_of(q)), words(q.short), words(q.answer.label), score(q.answer.score)) for q in questions)
    headers = (_("Level"), _("Question"), _("Answer"), _("Score"))
    return Table(headers, rows, _("Answered without evidence"), frozenset({3}))


def _card(a: Assessment, question: Question) -> Card:
    return Card(question.label, in_a_row(_terms(question)), tuple(_fields(a, question)))


def _terms(question: Question) -> Iterator[str]:
    answer = question.answer
    if isinstance(question, CriterionResult):
        yield sentences.level_label(question.level)
        yield _("weight {weight}").format(weight=decimal(question.weight, "g"))
    else:
        hit = _("safeguard, caps at Level {level}").format(level=question.cap)
        yield hit if question.hit else _("safeguard")
    yield _(STATES[answer.state])
    if answer.state == "answered":
        yield sentences.score(answer.score)
    if answer.assumed:
        yield _("assumed")


def _fields(a: Assessment, question: Question) -> Iterator[tuple[str, str]]:
    answer = question.answer
    if answer.label:
        yield _("Answer"), answer.label
    if answer.note:
        yield _("Reason") if answer.state == "not_applicable" else _("Note"), answer.note
    for item in answer.evidence:
        yield _("Evidence"), evidence_line(a, item)
    yield _("Question based on"), source_line(a, question.source)


def evidence_lines(a: Assessment, ids: Sequence[str]) -> tuple[str, ...]:
    """The notes and the evidence of some questions, a line each, for the one who presents."""
    by_id = {c.id: c for c in a.criteria}
    found = []
    for c in (by_id[key] for key in ids):
        found += [named(c.short, c.answer.note)] if c.answer.note else []
        found += [named(c.short, evidence_line(a, item)) for item in c.answer.evidence]
    return tuple(found)


def versions(a: Assessment) -> Section:
    """What this rests on, so that it can be repeated."""
    q = a.questionnaire
    card = Card(
        q.title,
        fields=(
            (_("Questionnaire"), f"{q.id} {q.version}"),
            (_("Content (SHA-256)"), q.sha256),
            (_("Format"), a.cvp),
            (pgettext("date", "Day"), a.date),
        ),
    )
    sources = Bullets(tuple(a.sources.values()), title=_("Sources"))
    return Section("versions", _("Sources and versions"), (card, sources) if a.sources else (card,))
