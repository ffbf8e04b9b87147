"""How sure the level is."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.story.blocks import Block, Bullets, Paragraph, Section, Table
from cvp.reports.story.cells import number, words
from cvp.text import counted

MOST_FLIPS = 12


def sureness(a: Assessment) -> Section:
    """Bounds, margin, what counts as open, and the single answers that would change the level."""
    said = (sentences.bounds_sentence(a), *sentences.how_sure(a))
    blocks: list[Block] = [Bullets(said)]
    telling = list({(flip.question, flip.level): flip for flip in reversed(a.flips)}.values())[::-1]
    if telling:
        rows = tuple(
            (words(f.short), words(f.before), words(f.after), words(f"Level {f.level}"), number(f.steps))
            for f in telling[:MOST_FLIPS]
        )
        headers = ("Criterion", "Answered", "If it were", "Then", "Choices apart")
        blocks.append(Table(headers, rows, "Single answers that would change the level", frozenset({4})))
    else:
        blocks.append(Paragraph("No single answer that was given would change the level."))
    if len(telling) > MOST_FLIPS:
        blocks.append(Paragraph(f"and {len(telling) - MOST_FLIPS} more", tone="quiet"))
    notes = (f"{counted(len(a.flips), 'single answer')} would change the level.",) if a.flips else ()
    return Section("sure", "How sure it is", tuple(blocks), notes)
