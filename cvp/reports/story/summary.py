"""The first page: all that an executive has to know."""

from collections.abc import Iterable

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.sentences import on_path, on_room
from cvp.reports.sentences.on_mentions import ASSUMED, Named, gaps, strengths
from cvp.reports.story.appendix import evidence_lines
from cvp.reports.story.blocks import Block, Bullets, Card, Paragraph, Section
from cvp.speaking import _


def summary(a: Assessment) -> Section:
    """Level, the room, caps, why not higher, how sure, the plan in a sentence, first moves, strengths and gaps."""
    next_level = _("Why not Level {level}?").format(level=a.level + 1) if a.level < 4 else _("Why Level 4?")
    way, *supposed = on_path.summary(a)
    fields = [
        (next_level, sentences.why_not_higher(a)),
        (_("How sure is that?"), " ".join([sentences.bounds_sentence(a), *sentences.how_sure(a)])),
        (_("The way on"), way),
    ]
    if supposed:
        fields.append((_("Conditions"), " ".join(supposed)))
    if first := sentences.find_out(a):
        fields.append((_(sentences.FIND_OUT), first))
    blocks: list[Block] = []
    if meaning := sentences.meaning(a):
        blocks.append(Paragraph(meaning, lead=True))
    if a.room:
        blocks.append(Paragraph(on_room.in_short(a.room)))
    blocks += [Paragraph(said) for said in sentences.safeguards(a)]
    blocks.append(Card("", fields=tuple(fields)))
    if moves := a.path.steps[: on_path.FIRST_MOVES]:
        entries = tuple(f"{move.label} ({sentences.days(move.effort)})" for move in moves)
        blocks.append(Bullets(entries, ordered=True, title=_("First moves")))
    blocks += [_mentions(_("Strengths"), strengths(a)), _mentions(_("Gaps"), gaps(a))]
    if any(name.endswith(ASSUMED) for name, _aside in (*strengths(a), *gaps(a))):
        blocks.append(Paragraph(_("* assumed, not shown by a source"), tone="quiet"))
    named = [mention.id for mention in (*a.strengths, *a.gaps)]
    return Section("summary", _("In short"), tuple(blocks), evidence_lines(a, named))


def _mentions(title: str, mentions: Iterable[Named]) -> Bullets:
    entries = tuple(f"{name} {aside}" for name, aside in mentions)
    return Bullets(entries or (_("none among the answers"),), title=title)
