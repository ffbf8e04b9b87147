"""The first buyers to ask."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.buyers import ENOUGH, buyer_questions
from cvp.reports.story.blocks import Block, Paragraph, Section, Table
from cvp.reports.story.cells import number, words


def first_buyers(a: Assessment) -> Section:
    """How many, and what to put to them: answers that carry the level without evidence, or alone decide it."""
    asked = buyer_questions(a)
    if not asked:
        return Section("buyers", "The first buyers to ask", ())
    rows = tuple((words(q.question), words(q.answer), words(q.why)) for q in asked)
    headers = ("Put to them", "Answered here", "Why it matters")
    sizes = tuple((number(share, f"{share:.0%}"), number(buyers)) for share, buyers in ENOUGH)
    blocks: tuple[Block, ...] = (
        Paragraph(sentences.buyers_needed()),
        Table(headers, rows, "What to ask them: is that how you see it?"),
        Table(("Buyers who agree", "Buyers to ask"), sizes, "How many confirm a level", frozenset({0, 1})),
    )
    return Section("buyers", "The first buyers to ask", blocks)
