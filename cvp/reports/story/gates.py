"""The ladder with its gates, the criteria, and the lenses across them."""

from cvp.assessment import Assessment, CriterionResult, LensResult, LevelResult
from cvp.reports import sentences
from cvp.reports.questions import answer_to, answer_words, kept
from cvp.reports.sentences.phrases import in_a_row, named
from cvp.reports.story.appendix import evidence_lines
from cvp.reports.story.blocks import Block, Bullets, Cell, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import score, words
from cvp.reports.story.charts import Bar, Bars, HeatMap, Ladder, Rung, Tile
from cvp.speaking import _, ngettext, threshold


def gates(a: Assessment) -> Section:
    blocks: list[Block] = [Figure(ladder(a), _("Score, bounds and threshold of each level")), _gate_table(a)]
    if a.safeguards:
        blocks.append(_safeguard_table(a))
    if reasons := tuple(named(s.short, s.why) for s in a.safeguards if s.hit and s.why):
        blocks.append(Bullets(reasons))
    note = _("Level {level}, {name}: {summary}")
    notes = [
        note.format(level=level.level, name=level.name, summary=level.summary) for level in a.levels if level.summary
    ]
    return Section("ladder", _("The ladder and its gates"), tuple(blocks), tuple(notes))


def ladder(a: Assessment) -> Ladder:
    states = [f"{level.level} {sentences.gate_state(a, level)}" for level in a.levels]
    return Ladder(
        _("{level}. Gates: {states}.").format(level=sentences.level_line(a), states=", ".join(states)),
        tuple(
            Rung(
                level=level.level,
                name=level.name,
                score=level.score,
                low=level.low or 0,
                high=level.high or 0,
                passing=level.passing,
                state=sentences.gate_state(a, level),
                here=level.level == a.level,
            )
            for level in a.levels
        ),
        _("score"),
    )


def _gate_table(a: Assessment) -> Table:
    rows = tuple(
        (
            words(f"{level.level} {level.name}"),
            score(level.score, level.passing),
            words(_bounds(level)),
            Cell(threshold(level.passing), level.passing),
            words(sentences.gate_state(a, level), "good" if level.holds else "bad"),
            words(_("{answered} of {total}").format(answered=level.answered, total=level.criteria)),
        )
        for level in a.levels
    )
    headers = (_("Level"), _("Score"), _("Bounds"), _("Needs"), _("Gate"), _("Answered"))
    return Table(headers, rows, _("Gates"), frozenset({1, 2, 3, 5}))


def _bounds(level: LevelResult) -> str:
    low, high = (sentences.score(end, level.passing) for end in (level.low, level.high))
    return _("{low} to {high}").format(low=low, high=high)


def _safeguard_table(a: Assessment) -> Table:
    rows = tuple((words(s.short), words(kept(s), "bad" if s.hit else ""), words(answer_to(s))) for s in a.safeguards)
    return Table((_("Safeguard"), _("State"), _("Answer")), rows, _("Safeguards: what limits the level"))


def criteria(a: Assessment) -> Section:
    groups = tuple(
        (f"{level.level} {level.name}", tuple(_tile(c) for c in a.criteria if c.level == level.level))
        for level in a.levels
    )
    answered = [c for c in a.criteria if c.answer.state == "answered"]
    alt = ngettext(
        "{n} of {total} criteria are answered; the darker, the higher the score.",
        "{n} of {total} criteria are answered; the darker, the higher the score.",
        len(answered),
    ).format(n=len(answered), total=len(a.criteria))
    heat = HeatMap(alt, tuple(group for group in groups if group[1]))
    blocks: list[Block] = [Figure(heat, _("Each criterion with its score, from 0 to 1"))]
    if any(c.answer.assumed for c in a.criteria):
        blocks.append(Paragraph(_("* assumed, not shown by a source"), tone="quiet"))
    return Section("criteria", _("The criteria"), tuple(blocks), evidence_lines(a, [c.id for c in answered]))


def _tile(criterion: CriterionResult) -> Tile:
    answer = criterion.answer
    share = answer.score if answer.state == "answered" else None
    return Tile(criterion.short, share, answer_words(criterion), "*" if answer.assumed else "")


def lenses(a: Assessment) -> Section:
    shown = [lens for lens in a.lenses if any(value.score is not None for value in lens.values)]
    return Section("lenses", _("Across the levels"), tuple(Figure(_lens_bars(lens), lens.label) for lens in shown))


def _lens_bars(lens: LensResult) -> Bars:
    aside = _("{score}, {answered} of {total} answered")
    bars = tuple(
        Bar(
            value.label,
            value.score,
            aside.format(score=sentences.score(value.score), answered=value.answered, total=value.criteria),
        )
        for value in lens.values
        if value.criteria
    )
    said = in_a_row(f"{value.label} {sentences.score(value.score)}" for value in lens.values if value.criteria)
    return Bars(f"{lens.label}: {said}.", bars)
