"""The story of a comparison, a section a function."""

from typing import Final

from cvp.comparing.comparison import AnswerChange, Comparison, LevelChange, MoveOutcome, Side, TrendPoint
from cvp.level import LEVELS
from cvp.reports.sentences import days, on_change, on_moves, percent
from cvp.reports.sentences import on_comparison as sentences
from cvp.reports.sentences.caveats import caveats as said_first
from cvp.reports.sentences.on_instrument import instrument_change
from cvp.reports.sentences.phrases import content, in_a_row
from cvp.reports.story import cells, next_move
from cvp.reports.story.blocks import Block, Bullets, Card, Cell, Figure, Paragraph, Section, Story, Table, Tone
from cvp.reports.story.charts import Dumbbells, Pair, Trend
from cvp.speaking import N_, _, decimal, ngettext, pgettext

TONES: Final[dict[str, Tone]] = {"higher": "good", "lower": "bad", "too old": "bad", "no longer known": "bad"}
OWN_WORDS: Final = (sentences.NEW_QUESTION, sentences.NO_LONGER_ASKED)
"""What says by itself that it is the questionnaire."""
CAUSES: Final = {"time": N_("time"), "questionnaire": N_("the questionnaire")}
"""What else than the answer itself."""


def story(comparison: Comparison) -> Story:
    told = (section(comparison) for section in SECTIONS)
    after = comparison.after
    return Story(
        title=after.questionnaire.title,
        subject=comparison.company,
        date=_("{first} to {last}").format(first=comparison.before.date, last=after.date),
        language=after.language,
        headline=sentences.headline(comparison),
        basis=sentences.basis(comparison),
        sections=tuple(section for section in told if section.blocks),
        footer=sentences.ruler(comparison),
        level=after.level,
    )


def caveats(c: Comparison) -> Section:
    """What comes first: in what the two are not alike."""
    said = said_first(c)
    return Section("caveats", _("Before you compare"), (Bullets(tuple(said)),) if said else ())


def causes(c: Comparison) -> Section:
    """Why the level is what it is now, and each level's score with the part of each cause."""
    said = tuple(Paragraph(text) for text in sentences.why(c))
    blocks: list[Block] = [*said, _parts(c)]
    if any(score is None for stage in c.stages for score in stage.scores):
        blocks.append(Paragraph(_("– where nothing that counts is answered, there is no score"), tone="quiet"))
    title = _("What moved the level, first against last") if c.trend else _("What moved the level")
    return Section("why", title, tuple(blocks))


def steps(c: Comparison) -> Section:
    """Of several, what moved from each to the next."""
    rows = tuple(
        (
            cells.words(_("{first} to {last}").format(first=step.before, last=step.after)),
            cells.words(_levels(step.level_before, step.level)),
            cells.words(on_change.due_to(step)),
            cells.words(on_change.moved_most(step)),
        )
        for step in c.steps
    )
    headers = (_("Step"), _("Level"), _("Due to"), _("What moved most"))
    table = Table(headers, rows, _("From each to the next"))
    return Section("steps", _("What moved, step by step"), (table,) if rows else ())


def _levels(before: int, after: int) -> str:
    return _("{before} to {after}").format(before=before, after=after) if before != after else str(after)


def _parts(c: Comparison) -> Table:
    moved = (c.level_parts.time, c.level_parts.questionnaire, c.level_parts.answers)
    level = (
        cells.words(_("The level")),
        cells.number(c.before.level),
        *(cells.number(part, on_change.levels(part)) for part in moved),
        cells.number(c.after.level),
        cells.words(""),
    )
    rows = (level, *(_row(c, change) for change in c.levels))
    causes = (_("Time"), _("Questionnaire"), _("Answers"))
    headers = ("", _("Before"), *causes, _("After"), _("Needs"))
    return Table(headers, rows, _("Where the change comes from"), frozenset(range(1, 7)))


def _row(c: Comparison, change: LevelChange) -> tuple[Cell, ...]:
    exact = (change.time, change.questionnaire, change.answers)
    parts = zip(on_change.shown_parts(c, change), exact, strict=True)
    return (
        cells.words(f"{change.level} {change.name}"),
        cells.score(change.before, change.passing_before),
        *(Cell(shown, part) for shown, part in parts),
        cells.score(change.after, change.passing),
        Cell(sentences.needs(change), change.passing),
    )


def ladder(c: Comparison) -> Section:
    """Each level's score, then and now."""
    pairs = tuple(Pair(f"{level.level} {level.name}", level.before, level.after, _gate(level)) for level in c.levels)
    alt = _("{headline}. Scores of Level {scores}.").format(
        headline=sentences.headline(c), scores=in_a_row(_then_and_now(c, level) for level in c.levels)
    )
    before = _("Before ({date})").format(date=c.before.date)
    after = _("After ({date})").format(date=c.after.date)
    return Section("ladder", _("The four levels"), (Figure(Dumbbells(alt, before, after, pairs[::-1])),))


def _then_and_now(c: Comparison, level: LevelChange) -> str:
    before, after = on_change.shown_scores(c, level)[::3]
    return _("{level}: {before} to {after}").format(level=level.level, before=before, after=after)


def _gate(level: LevelChange) -> str:
    if level.before is level.after is None:
        return _("nothing answered")
    if level.holds != level.held:
        return _("now holds") if level.holds else _("no longer holds")
    if level.after is None:
        return _("fails: nothing that counts")
    if level.before is None:
        return _("fails; before, nothing counted")
    return _("holds, as before") if level.holds else _("fails, as before")


def answers(c: Comparison) -> Section:
    """Every answer that counts otherwise, and why."""
    moved = [change for change in c.answers if change.causes]
    if not moved:
        return Section("answers", _("Answer by answer"), ())
    table = Table(
        (_("Question"), _("Level"), _("Before"), _("After"), _("What moved")),
        tuple(_answer(change) for change in moved),
        _("What counts otherwise"),
        frozenset({1}),
    )
    blocks: list[Block] = [table]
    if any(change.before.assumed or change.after.assumed for change in moved):
        blocks.append(Paragraph(_("* assumed, not shown by a source"), tone="quiet"))
    still = len(c.answers) - len(moved)
    if still:
        others = ngettext("The other answer counts as before.", "The other {n} answers count as before.", still)
        blocks.append(Paragraph(others.format(n=still), tone="quiet"))
    return Section("answers", _("Answer by answer"), tuple(blocks))


def _answer(change: AnswerChange) -> tuple[Cell, ...]:
    direction = sentences.direction(change)
    others = [_(CAUSES[cause]) for cause in change.causes if cause != "answers"]
    if direction in OWN_WORDS or (direction, others) == (sentences.TOO_OLD, [_(CAUSES["time"])]):
        others = []
    if "time" in change.causes and "answers" in change.causes:
        others[0] = _("had grown too old")
    why = f"{_(direction)} ({', '.join(others)})" if others else _(direction)
    same = change.after.state == "stale" and change.after.choice == change.before.choice
    return (
        cells.words(change.short),
        Cell(str(change.level or ""), change.level),
        cells.words(on_change.answer(change.before)),
        cells.words(_("the same, now too old") if same else on_change.answer(change.after)),
        cells.words(why, TONES.get(direction, "")),
    )


def instrument(c: Comparison) -> Section:
    """In what the questionnaires differ: first what may move a level, then words and names."""
    groups = ((_("May move a level"), True), (_("Words and names"), False))
    blocks = [
        Bullets(entries, title=title)
        for title, counts in groups
        if (entries := tuple(instrument_change(i) for i in c.instrument if i.counts == counts))
    ]
    return Section("questionnaire", _("What the questionnaire changed"), tuple(blocks))


def moves(c: Comparison) -> Section:
    """What became of the moves that were proposed."""
    if not c.moves:
        return Section("moves", _("The moves that were proposed"), ())
    blocks: list[Block] = [Paragraph(on_moves.moves(c))]
    if rows := tuple(_move(move) for move in c.moves if move.outcome != "cannot tell"):
        shows = pgettext("a move in the answers", "Shows")
        headers = (_("Move"), _("Effort"), shows, _("What was reached"))
        blocks.append(Table(headers, rows, _("What became of them"), frozenset({1})))
    if unknown := tuple(move.label for move in c.moves if move.outcome == "cannot tell"):
        blocks.append(Bullets(unknown, title=_("Nobody can tell yet")))
    return Section("moves", _("The moves that were proposed"), tuple(blocks))


def _move(move: MoveOutcome) -> tuple[Cell, ...]:
    tones: dict[str, Tone] = {"shows": "good", "not yet": "bad", "fell": "bad"}
    return (
        cells.words(move.label),
        cells.number(move.effort, days(move.effort)),
        cells.words(on_moves.outcome(move), tones.get(move.outcome, "")),
        cells.words(on_moves.lifts(move)),
    )


def next_step(c: Comparison) -> Section:
    """What to begin with on Monday."""
    said = _("The first move of the plan that follows from the later answers:")
    return next_move.section(c.next_move, said, c.supposed)


def room(c: Comparison) -> Section:
    """How far several respondents agreed, then and now."""
    blocks = tuple(Paragraph(said) for said in sentences.room(c.room)) if c.room else ()
    return Section("room", _("The room"), blocks)


def trend(c: Comparison) -> Section:
    """Each assessment of several, and how the level, the scores and the coverage went."""
    if not c.trend:
        return Section("trend", _("Over time"), ())
    names = [f"{level.level} {level.name}" for level in c.levels]
    figures = [_figure(_("Level"), [(p.date, float(p.level)) for p in c.trend], 1, 4)]
    figures += [_figure(name, _scores(c.trend, at)) for at, name in enumerate(names)]
    figures.append(_figure(_("Coverage"), [(p.date, p.coverage) for p in c.trend if p.coverage is not None]))
    shown = tuple(figure for figure in figures if figure)
    return Section("trend", _("Over time"), (*shown, _points(c.trend)))


def _scores(points: tuple[TrendPoint, ...], at: int) -> list[tuple[str, float]]:
    return [(p.date, share) for p in points if (share := p.scores[at]) is not None]


def _figure(label: str, points: list[tuple[str, float]], bottom: float = 0, top: float = 1) -> Figure | None:
    """None for fewer than two points, which are no trend."""
    if len(points) < 2:
        return None
    (first, start), (last, end) = points[0], points[-1]
    form = ".0f" if top > 1 else ".2f"
    alt = _("{label}: {start} on {first}, {end} on {last}.").format(
        label=label, start=decimal(start, form), first=first, end=decimal(end, form), last=last
    )
    return Figure(Trend(alt, label, tuple(points), bottom, top), label)


def _points(points: tuple[TrendPoint, ...]) -> Table:
    versions = len({point.version for point in points}) > 1
    rows = tuple(
        (
            cells.words(point.date),
            *([cells.words(point.version)] if versions else []),
            cells.number(point.level),
            cells.words(_bounds(point)),
            *(cells.score(share) for share in point.scores),
            Cell("–" if point.coverage is None else percent(point.coverage), point.coverage),
        )
        for point in points
    )
    scores = [pgettext("short for Level", "L{level}").format(level=level) for level in LEVELS]
    headers = (_("Date"), *([_("Version")] if versions else []), _("Level"), _("Bounds"), *scores, _("Coverage"))
    right = frozenset(range(len(headers))) - {0, 3 if versions else 2}
    return Table(headers, rows, _("Each assessment"), right)


def _bounds(point: TrendPoint) -> str:
    if point.low == point.high:
        return _("settled")
    return _("{low} to {high}").format(low=point.low, high=point.high)


def versions(c: Comparison) -> Section:
    """What each of the two rests on."""
    sides = ((_("Before"), c.before), (_("After"), c.after))
    return Section("versions", _("What they rest on"), tuple(_side(title, side) for title, side in sides))


def _side(title: str, side: Side) -> Card:
    q = side.questionnaire
    fields = (
        (_("Answers"), sentences.rests_on(side)),
        (_("Questionnaire"), content(q.id, q.version, q.sha256)),
    )
    return Card(title, _("{date}, Level {level}").format(date=side.date, level=side.level), fields)


SECTIONS: Final = (caveats, causes, steps, ladder, trend, answers, instrument, moves, next_step, room, versions)
"""In the order of the report; one with nothing to say is left out."""
