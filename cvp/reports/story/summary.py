"""The first page: all that an executive has to know."""

from collections.abc import Iterable

from cvp.assessment import Assessment, Mention
from cvp.reports import sentences
from cvp.reports.sentences import on_path, on_room
from cvp.reports.story.appendix import evidence_lines
from cvp.reports.story.blocks import Block, Bullets, Card, Paragraph, Section

FIRST_MOVES = 3


def summary(a: Assessment) -> Section:
    """Level, the room, caps, why not higher, how sure, the plan in a sentence, first moves, strengths and gaps."""
    next_level = f"Why not Level {a.level + 1}?" if a.level < 4 else "Why Level 4?"
    fields = [
        (next_level, sentences.why_not_higher(a)),
        ("How sure is that?", " ".join([sentences.bounds_sentence(a), *sentences.how_sure(a)])),
        ("The way on", on_path.summary(a)[0]),
    ]
    if first := sentences.find_out(a):
        fields.append((sentences.FIND_OUT, first))
    blocks: list[Block] = []
    if meaning := sentences.meaning(a):
        blocks.append(Paragraph(meaning, lead=True))
    if a.room:
        blocks.append(Paragraph(on_room.in_short(a.room)))
    blocks += [Paragraph(said) for said in sentences.safeguards(a)]
    blocks.append(Card("", fields=tuple(fields)))
    if moves := a.path.steps[:FIRST_MOVES]:
        entries = tuple(f"{move.label} ({sentences.days(move.effort)})" for move in moves)
        blocks.append(Bullets(entries, ordered=True, title="First moves"))
    blocks += [_mentions("Strengths", a.strengths), _mentions("Gaps", a.gaps)]
    if any(mention.assumed for mention in (*a.strengths, *a.gaps)):
        blocks.append(Paragraph("* assumed, not shown by a source", tone="quiet"))
    named = [mention.id for mention in (*a.strengths, *a.gaps)]
    return Section("summary", "In short", tuple(blocks), evidence_lines(a, named))


def _mentions(title: str, mentions: Iterable[Mention]) -> Bullets:
    entries = tuple(
        f"{m.short}{'*' if m.assumed else ''} (Level {m.level}, {sentences.score(m.score)})" for m in mentions
    )
    return Bullets(entries or ("none among the answers",), title=title)
