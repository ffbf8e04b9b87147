"""What the result rests on, and what to ask first."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.questions import WHY_OPEN
from cvp.reports.story.blocks import Block, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import score, words
from cvp.reports.story.charts import Bar, Bars

MOST_OPEN = 12


def coverage(a: Assessment) -> Section:
    blocks: list[Block] = [Paragraph(sentences.basis(a)), Figure(_bars(a), "What became of the questions")]
    if first := sentences.find_out(a):
        blocks.append(Paragraph(f"{sentences.FIND_OUT}: {first}"))
    if a.open:
        blocks.append(_open_questions(a))
    if len(a.open) > MOST_OPEN:
        blocks.append(Paragraph(f"and {len(a.open) - MOST_OPEN} more", tone="quiet"))
    return Section("coverage", "What it rests on", tuple(blocks), tuple(sentences.how_sure(a)))


def _bars(a: Assessment) -> Bars:
    b = a.basis
    counts = {
        "answered on evidence": b.with_evidence,
        "answered without evidence": b.answered - b.with_evidence - b.assumed,
        "assumed": b.assumed,
        "not applicable": b.not_applicable,
        **{f"open: {word}": sum(q.state == state for q in a.open) for state, word in WHY_OPEN.items()},
    }
    bars = (Bar(label, number / b.questions, str(number)) for label, number in counts.items() if number)
    return Bars(f"{sentences.covered(a)}, {len(a.open)} open.", tuple(bars))


def _open_questions(a: Assessment) -> Table:
    rows = tuple(
        (
            words(f"Level {q.level}" if q.level else "safeguard"),
            words(q.label),
            words(WHY_OPEN[q.state]),
            words("may cap the level") if q.moves is None else score(q.moves),
        )
        for q in a.open[:MOST_OPEN]
    )
    return Table(("", "Question", "Why it is open", "Moves score"), rows, "Ask these first", frozenset({3}))
