"""The story of a claim beside its buyers' measure, a section a function."""

from collections.abc import Sequence
from typing import Final

from cvp.comparing.claim import ClaimComparison, Flag, Gap, ItemGap, LevelFlag, Seen, SegmentSeen
from cvp.reports.sentences import claim_caveats, level_label, listed, whole
from cvp.reports.sentences import on_claim as sentences
from cvp.reports.sentences.on_comparison import rests_on
from cvp.reports.sentences.phrases import content, merged
from cvp.reports.story import cells, next_move
from cvp.reports.story.blocks import Block, Bullets, Card, Cell, Figure, Paragraph, Section, Story, Table, Tone
from cvp.reports.story.charts import Dumbbells, Ladder, Pair, Rung
from cvp.speaking import _, ngettext
from cvp.text import one_line

ORDER: Final[Sequence[Flag]] = ("blind spot", "hidden strength", "cannot tell at this size")
TONES: Final[dict[LevelFlag, Tone]] = {"blind spot": "bad", "hidden strength": "good"}
MOST_NAMED: Final = 5


def story(comparison: ClaimComparison) -> Story:
    told = (section(comparison) for section in SECTIONS)
    dates = _("claim {claim}, buyers {buyers}")
    return Story(
        title=comparison.claim.questionnaire.title,
        subject=comparison.company,
        date=dates.format(claim=comparison.claim.date, buyers=comparison.measure.date),
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
            cells.words(_("yes") if level.claimed else _("no")),
            *_seen(c, level.seen, level.claimed),
        )
        for level in reversed(c.levels)
        if level.seen
    )
    said = tuple(Paragraph(sentence) for sentence in sentences.why(c))
    headers = (_("This level or above"), _("You claim"), _("Buyers see"), _("95 %"), _("Verdict"))
    return Section("levels", _("Level by level"), (*said, Table(headers, rows, right=frozenset({2}))))


def _seen(c: ClaimComparison, seen: Seen, claimed: bool) -> tuple[Cell, ...]:
    return (
        Cell(sentences.share_seen(seen), seen.share),
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
    return Ladder(f"{sentences.headline(c)}. {' '.join(sentences.why(c))}", rungs, _("share of buyers at it or above"))


def differences(c: ClaimComparison) -> Section:
    """The questions on which claim and measure differ, the largest gap first."""
    blocks: list[Block] = []
    for flag in ("blind spot", "hidden strength"):
        if found := [item for item in _by_flag(c) if item.gap.flag == flag]:
            entries = tuple(map(sentences.gap_sentence, found[:MOST_NAMED]))
            title = _blind(len(found)) if flag == "blind spot" else _hidden(len(found))
            blocks.append(Bullets(entries, title=title.format(most=MOST_NAMED, n=len(found))))
    if c.items and not blocks and any(item.gap.difference is not None for item in c.items):
        blocks.append(Paragraph(_("On no single question do you and your buyers differ by more than chance.")))
    return Section("differences", _("Where you and your buyers differ most"), tuple(blocks))


def _blind(number: int) -> str:
    if number <= MOST_NAMED:
        return _("Blind spots: you claim more than buyers see")
    return _("Blind spots: you claim more than buyers see, the {most} largest of {n}")


def _hidden(number: int) -> str:
    if number <= MOST_NAMED:
        return _("Hidden strengths: buyers see more than you claim")
    return _("Hidden strengths: buyers see more than you claim, the {most} largest of {n}")


def _by_flag(c: ClaimComparison) -> list[ItemGap]:
    """Compared items: blind spots, hidden strengths, the others; the largest gap first."""
    compared = [item for item in c.items or () if item.gap.difference is not None]
    return sorted(compared, key=lambda item: (ORDER.index(item.gap.flag), -abs(item.gap.difference or 0)))


def caveats(c: ClaimComparison) -> Section:
    """What is to be known before anything is concluded."""
    return Section("caveats", _("Before you conclude anything"), (Bullets(tuple(claim_caveats.caveats(c))),))


def next_step(c: ClaimComparison) -> Section:
    """What to begin with on Monday: what to ask buyers, and the first move by the company's own answers."""
    ask = [Paragraph(said) for said in (sentences.ask_first(c, _by_flag(c)[:1]),) if said]
    said = _("The first move of the plan that follows from your own answers:")
    return next_move.section(c.next_move, said, c.supposed, *ask)


def scores(c: ClaimComparison) -> Section:
    """The levels' scores, and those seen through lenses."""
    blocks: list[Block] = [_figure(c, _("Levels"), [level.score for level in reversed(c.levels)])]
    for lens in c.lenses or ():
        if said := [value for value in lens.values if value.claim is not None or value.buyers is not None]:
            blocks.append(_figure(c, one_line(lens.label), said))
    return Section("scores", _("Scores, by level and by lens"), tuple(blocks))


def _figure(c: ClaimComparison, caption: str, gaps: Sequence[Gap], labels: Sequence[str] = ()) -> Figure:
    names = labels or [f"{gap.id} {gap.label}" if gap.id.isdigit() else gap.label for gap in gaps]
    pairs = tuple(
        Pair(one_line(name), gap.claim, gap.buyers, sentences.gap(c, gap))
        for name, gap in zip(names, gaps, strict=True)
    )
    return Figure(Dumbbells(sentences.tally(gaps), _("You"), _("Buyers, on average"), pairs), caption)


def items(c: ClaimComparison) -> Section:
    """Every question that mirrors one of the claim's."""
    found = _by_flag(c)
    blocks: list[Block] = []
    if found:
        blocks.append(_figure(c, "", [item.gap for item in found], [item.short for item in found]))
    if missing := sentences.not_compared([item for item in c.items or () if item.gap.difference is None]):
        blocks.append(Paragraph(missing, tone="quiet"))
    return Section("items", _("Question by question"), tuple(blocks))


def segments(c: ClaimComparison) -> Section:
    """What groups of buyers see of the level in question."""
    blocks: list[Block] = []
    for segment in c.segments:
        if segment.groups:
            blocks.append(_segment(c, segment))
        if segment.withheld:
            few = ngettext(
                "{n} buyer withheld by {column}: too few to show.",
                "{n} buyers withheld by {column}: too few to show.",
                segment.withheld,
            )
            said = few.format(n=segment.withheld, column=one_line(segment.column))
            blocks.append(Paragraph(said, tone="quiet"))
    title = _("Who sees you on {level}, which you do not claim")
    if c.claim.level >= c.in_question:
        title = _("Who sees you on {level}, which you claim")
    return Section("segments", title.format(level=sentences.or_above(c.in_question)), tuple(blocks))


def _segment(c: ClaimComparison, segment: SegmentSeen) -> Table:
    is_open = any(group.seen.more != 0 for group in segment.groups)
    rows = tuple(
        (
            cells.words(merged(group.merged) if group.merged else one_line(group.group)),
            cells.number(group.seen.n, whole(group.seen.n)),
            cells.number(group.level, level_label(group.level)),
            *_seen(c, group.seen, c.claim.level >= c.in_question),
            *([Cell(sentences.more(group.seen), group.seen.more)] if is_open else []),
        )
        for group in segment.groups
    )
    see = _("See {level}+").format(level=c.in_question)
    headers = [one_line(segment.column), _("n"), _("Confirm"), see, _("95 %"), _("Verdict")]
    more = _("More: how many more buyers who answer alike would settle what cannot be told")
    caption = more if is_open else ""
    headers += [_("More")] if is_open else []
    return Table(tuple(headers), rows, caption, frozenset({1, 3, 6}) & frozenset(range(len(headers))))


def mirrors(c: ClaimComparison) -> Section:
    """Which questions are held beside which."""
    rows = tuple(
        (cells.words(item.short), cells.words(listed([one_line(name) for name in item.mirrors])))
        for item in c.items or ()
    )
    table = Table((_("Buyers were asked"), _("You were asked")), rows)
    return Section("mirrors", _("Which questions mirror which"), (table,) if rows else ())


def versions(c: ClaimComparison) -> Section:
    """What each of the two rests on."""
    mine, theirs = c.claim.questionnaire, c.measure.questionnaire
    who = c.claim.answered_by or _("the company itself")
    if c.claim.people > 1:
        who = _("{n} people").format(n=c.claim.people)
    sample = _("how these buyers were chosen is not stated")
    if c.measure.self_selected:
        sample = _("they selected themselves")
    aside = _("{date}, Level {level}")
    cards = (
        Card(
            _("The claim"),
            aside.format(date=c.claim.date, level=c.claim.level),
            (
                (_("Answered by"), who),
                (_("Answers"), rests_on(c.claim)),
                (_("Questionnaire"), content(mine.id, mine.version, mine.sha256)),
            ),
        ),
        Card(
            _("The measure"),
            aside.format(date=c.measure.date, level=c.measure.level),
            (
                (_("Answered by"), sentences.counted_buyers(c.measure.buyers)),
                (_("Sample"), sample),
                (_("95 % intervals"), _("Wilson's of shares, Newcombe's method 10 of gaps")),
                (_("Questionnaire"), content(theirs.id, theirs.version, theirs.sha256)),
            ),
        ),
    )
    return Section("versions", _("What they rest on"), cards)


SECTIONS: Final = (levels, differences, caveats, next_step, segments, scores, items, mirrors, versions)
"""In the order of the report; one with nothing to say is left out."""
