"""What the result rests on, and what to ask first."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.questions import WHY_OPEN
from cvp.reports.story.blocks import Block, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import score, words
from cvp.reports.story.charts import Bar, Bars
from cvp.speaking import _, ngettext

MOST_OPEN = 12


def coverage(a: Assessment) -> Section:
    blocks: list[Block] = [Paragraph(sentences.basis(a)), Figure(_bars(a), _("What became of the questions"))]
    if first := sentences.find_out(a):
        blocks.append(Paragraph(_("What to find out first: {questions}").format(questions=first)))
    if a.open:
        blocks.append(_open_questions(a))
    if len(a.open) > MOST_OPEN:
        blocks.append(Paragraph(sentences.and_more(len(a.open) - MOST_OPEN), tone="quiet"))
    return Section("coverage", _("What it rests on"), tuple(blocks), tuple(sentences.how_sure(a)))


def _bars(a: Assessment) -> Bars:
    b = a.basis
    counts = {
        _("answered on evidence"): b.with_evidence,
        _("answered without evidence"): b.answered - b.with_evidence - b.assumed,
        _("assumed"): b.assumed,
        _("not applicable"): b.not_applicable,
        **{
            _("open: {reason}").format(reason=_(word)): sum(q.state == state for q in a.open)
            for state, word in WHY_OPEN.items()
        },
    }
    bars = (Bar(label, number / b.questions, str(number)) for label, number in counts.items() if number)
    alt = ngettext("{answered}, {n} open.", "{answered}, {n} open.", len(a.open))
    return Bars(alt.format(answered=sentences.covered(a), n=len(a.open)), tuple(bars))


def _open_questions(a: Assessment) -> Table:
    rows = tuple(
        (
            words(sentences.level_label(q.level) if q.level else _("safeguard")),
            words(q.label),
            words(_(WHY_OPEN[q.state])),
            words(_("may cap the level")) if q.moves is None else score(q.moves),
        )
        for q in a.open[:MOST_OPEN]
    )
    headers = ("", _("Question"), _("Why it is open"), _("Moves score"))
    return Table(headers, rows, _("Ask these first"), frozenset({3}))
