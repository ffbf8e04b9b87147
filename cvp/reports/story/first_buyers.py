"""The first buyers to ask."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.buyers import ENOUGH, buyer_questions
from cvp.reports.story.blocks import Block, Paragraph, Section, Table
from cvp.reports.story.cells import number, words
from cvp.speaking import _


def first_buyers(a: Assessment) -> Section:
    """How many, and what to put to them: answers that carry the level without evidence, or alone decide it."""
    asked = buyer_questions(a)
    if not asked:
        return Section("buyers", _("The first buyers to ask"), ())
    rows = tuple((words(q.question), words(q.answer), words(q.why)) for q in asked)
    headers = (_("Put to them"), _("Answered here"), _("Why it matters"))
    sizes = tuple((number(share, sentences.percent(share)), number(buyers)) for share, buyers in ENOUGH)
    blocks: tuple[Block, ...] = (
        Paragraph(sentences.buyers_needed()),
        Table(headers, rows, _("What to ask them: is that how you see it?")),
        Table((_("Buyers who agree"), _("Buyers to ask")), sizes, _("How many confirm a level"), frozenset({0, 1})),
    )
    return Section("buyers", _("The first buyers to ask"), blocks)
