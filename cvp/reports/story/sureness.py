"""How sure the level is."""

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.questions import telling_flips
from cvp.reports.story.blocks import Block, Bullets, Paragraph, Section, Table
from cvp.reports.story.cells import number, words
from cvp.speaking import _, ngettext

MOST_FLIPS = 12


def sureness(a: Assessment) -> Section:
    """Bounds, margin, what counts as open, and the single answers that would change the level."""
    said = (sentences.bounds_sentence(a), *sentences.how_sure(a))
    blocks: list[Block] = [Bullets(said)]
    telling = telling_flips(a)
    if telling:
        rows = tuple(
            (words(f.short), words(f.before), words(f.after), words(sentences.level_label(f.level)), number(f.steps))
            for f in telling[:MOST_FLIPS]
        )
        headers = (_("Criterion"), _("Answered"), _("If it were"), _("Then"), _("Choices apart"))
        blocks.append(Table(headers, rows, _("Single answers that would change the level"), frozenset({4})))
    else:
        blocks.append(Paragraph(_("No single answer that was given would change the level.")))
    if len(telling) > MOST_FLIPS:
        blocks.append(Paragraph(sentences.and_more(len(telling) - MOST_FLIPS), tone="quiet"))
    note = ngettext(
        "{n} single answer would change the level.", "{n} single answers would change the level.", len(a.flips)
    )
    notes = (note.format(n=len(a.flips)),) if a.flips else ()
    return Section("sure", _("How sure it is"), tuple(blocks), notes)
