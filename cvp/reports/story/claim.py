"""The story of a claim beside its buyers' measure, a section a function."""

from collections.abc import Sequence
from typing import Final

from cvp.comparing.claim import ClaimComparison, Flag, Gap, ItemGap, LevelFlag, Seen, SegmentSeen
from cvp.level import LEVELS
from cvp.reports.sentences import on_claim as sentences
from cvp.reports.story import cells
from cvp.reports.story.blocks import Block, Bullets, Card, Cell, Figure, Paragraph, Section, Story, Table, Tone
from cvp.reports.story.charts import Dumbbells, Ladder, Pair, Rung
from cvp.reports.story.telling import story_of
from cvp.text import and_list, counted, one_line

YOU, BUYERS = "You", "Buyers, on average"
ORDER: Final[Sequence[Flag]] = ("blind spot", "hidden strength", "cannot tell at this size")
TONES: Final[dict[LevelFlag, Tone]] = {"blind spot": "bad", "hidden strength": "good"}
MOST_NAMED: Final = 5


@story_of.register
def _(comparison: ClaimComparison) -> Story:
    told = (section(comparison) for section in SECTIONS)
    return Story(
        title=comparison.claim.questionnaire.title,
        subject=comparison.company,
        date=f"claim {comparison.claim.date}, buyers {comparison.measure.date}",
        language=comparison.language,
        headline=sentences.headline(comparison),
        basis=sentences.basis(comparison),
        sections=tuple(section for section in told if section.blocks),
        footer=sentences.ruler(comparison),
        level=comparison.measure.level,
    )


def levels(c: ClaimComparison) -> Section:
    """Who sees the company on each level, beside what it claims."""
    rows = tuple(
        (
            cells.words(f"{level.level} {level.name}"),
            cells.words("yes" if level.claimed else "no"),
            *_seen(c, level.seen, level.claimed),
        )
        for level in reversed(c.levels)
        if level.seen
    )
    said = tuple(Paragraph(sentence) for sentence in sentences.why(c))
    headers = ("This level or above", "You claim", "Buyers see", "95 %", "Verdict")
    return Section("levels", "Level by level", (*said, Table(headers, rows, right=frozenset({2}))))


def _seen(c: ClaimComparison, seen: Seen, claimed: bool) -> tuple[Cell, ...]:
    return (
        Cell(sentences.percent(seen), seen.share),
        cells.words(sentences.interval(c, seen)),
        cells.words(sentences.verdict(seen, claimed), TONES.get(seen.flag, "")),
    )


def buyers_ladder(c: ClaimComparison) -> Ladder:
    """The share of buyers who see the company at each level or above, which needs more than one half."""
    rungs = tuple(
        Rung(
            level=level.level,
            name=level.name,
            score=level.seen.share if level.seen else 1,
            low=level.seen.low if level.seen else 1,
            high=level.seen.high if level.seen else 1,
            passing=0.5,
            state=sentences.rung(c, level),
            here=level.level == c.measure.level,
        )
        for level in c.levels
    )
    return Ladder(f"{sentences.headline(c)}. {' '.join(sentences.why(c))}", rungs, "share of buyers at it or above")


def differences(c: ClaimComparison) -> Section:
    """The questions on which claim and measure differ, the largest gap first."""
    blocks: list[Block] = []
    for flag, title in (
        ("blind spot", "Blind spots: you claim more than buyers see"),
        ("hidden strength", "Hidden strengths: buyers see more than you claim"),
    ):
        found = [item for item in _by_flag(c) if item.gap.flag == flag]
        if found:
            more = f", the {MOST_NAMED} largest of {len(found)}" if len(found) > MOST_NAMED else ""
            blocks.append(Bullets(tuple(map(sentences.gap_sentence, found[:MOST_NAMED])), title=f"{title}{more}"))
    if c.items and not blocks and any(item.gap.difference is not None for item in c.items):
        blocks.append(Paragraph("On no single question do you and your buyers differ by more than chance."))
    return Section("differences", "Where you and your buyers differ most", tuple(blocks))


def _by_flag(c: ClaimComparison) -> list[ItemGap]:
    """Compared items: blind spots, hidden strengths, the others; the largest gap first."""
    compared = [item for item in c.items or () if item.gap.difference is not None]
    return sorted(compared, key=lambda item: (ORDER.index(item.gap.flag), -abs(item.gap.difference or 0)))


def caveats(c: ClaimComparison) -> Section:
    """What is to be known before anything is concluded."""
    return Section("caveats", "Before you conclude anything", (Bullets(tuple(sentences.caveats(c))),))


def scores(c: ClaimComparison) -> Section:
    """The levels' scores, and those seen through lenses."""
    blocks: list[Block] = [_figure(c, "Levels", [level.score for level in reversed(c.levels)])]
    for lens in c.lenses or ():
        if said := [value for value in lens.values if value.claim is not None or value.buyers is not None]:
            blocks.append(_figure(c, one_line(lens.label), said))
    return Section("scores", "Scores, by level and by lens", tuple(blocks))


def _figure(c: ClaimComparison, caption: str, gaps: Sequence[Gap], labels: Sequence[str] = ()) -> Figure:
    names = labels or [f"{gap.id} {gap.label}" if gap.id.isdigit() else gap.label for gap in gaps]
    pairs = tuple(
        Pair(one_line(name), gap.claim, gap.buyers, sentences.gap(c, gap))
        for name, gap in zip(names, gaps, strict=True)
    )
    return Figure(Dumbbells(sentences.tally(gaps), YOU, BUYERS, pairs), caption)


def items(c: ClaimComparison) -> Section:
    """Every question that mirrors one of the claim's."""
    found = _by_flag(c)
    blocks: list[Block] = []
    if found:
        blocks.append(_figure(c, "", [item.gap for item in found], [item.short for item in found]))
    if missing := sentences.not_compared([item for item in c.items or () if item.gap.difference is None]):
        blocks.append(Paragraph(missing, tone="quiet"))
    return Section("items", "Question by question", tuple(blocks))


def segments(c: ClaimComparison) -> Section:
    """What groups of buyers see of the level in question."""
    blocks: list[Block] = []
    for segment in c.segments:
        if segment.groups:
            blocks.append(_segment(c, segment))
        if segment.withheld:
            said = f"{counted(segment.withheld, 'buyer')} withheld by {one_line(segment.column)}: too few to show."
            blocks.append(Paragraph(said, tone="quiet"))
    above = "" if c.in_question == LEVELS[-1] else " or above"
    claimed = "which you claim" if c.claim.level >= c.in_question else "which you do not claim"
    return Section("segments", f"Who sees you on Level {c.in_question}{above}, {claimed}", tuple(blocks))


def _segment(c: ClaimComparison, segment: SegmentSeen) -> Table:
    is_open = any(group.seen.more != 0 for group in segment.groups)
    rows = tuple(
        (
            cells.words(one_line(group.group)),
            cells.number(group.seen.n, f"{group.seen.n:,}"),
            cells.number(group.level, f"Level {group.level}"),
            *_seen(c, group.seen, c.claim.level >= c.in_question),
            *([Cell(sentences.more(group.seen), group.seen.more)] if is_open else []),
        )
        for group in segment.groups
    )
    headers = [one_line(segment.column), "n", "Confirm", f"See {c.in_question}+", "95 %", "Verdict"]
    caption = "More: how many more buyers who answer alike would settle what cannot be told" if is_open else ""
    headers += ["More"] if is_open else []
    return Table(tuple(headers), rows, caption, frozenset({1, 3, 6}) & frozenset(range(len(headers))))


def mirrors(c: ClaimComparison) -> Section:
    """Which questions are held beside which."""
    rows = tuple(
        (cells.words(item.short), cells.words(and_list([one_line(name) for name in item.mirrors])))
        for item in c.items or ()
    )
    table = Table(("Buyers were asked", "You were asked"), rows)
    return Section("mirrors", "Which questions mirror which", (table,) if rows else ())


def versions(c: ClaimComparison) -> Section:
    """What each of the two rests on."""
    mine, theirs, b = c.claim.questionnaire, c.measure.questionnaire, c.claim.basis
    who = f"{c.claim.people} people" if c.claim.people > 1 else c.claim.answered_by or "the company itself"
    claim = (
        ("Answered by", who),
        ("Answers", f"{b.answered} of {b.questions}: {b.with_evidence} on evidence, {b.assumed} assumed"),
        ("Questionnaire", f"{mine.id} {mine.version}, content {mine.sha256[:12]}"),
    )
    measure = (
        ("Answered by", sentences.counted_buyers(c.measure.buyers, "buyer")),
        ("Sample", "they selected themselves" if c.measure.self_selected else "not said to have selected themselves"),
        ("Questionnaire", f"{theirs.id} {theirs.version}, content {theirs.sha256[:12]}"),
    )
    cards = (
        Card("The claim", f"{c.claim.date}, Level {c.claim.level}", claim),
        Card("The measure", f"{c.measure.date}, Level {c.measure.level}", measure),
    )
    return Section("versions", "What they rest on", cards)


SECTIONS: Final = (levels, differences, caveats, segments, scores, items, mirrors, versions)
"""In the order of the report; one with nothing to say is left out."""
