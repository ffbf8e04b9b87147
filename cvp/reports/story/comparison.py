"""The story of a comparison, a section a function."""

from typing import Final

from cvp.comparing.comparison import AnswerChange, Comparison, LevelChange, MoveOutcome, Side, TrendPoint
from cvp.level import LEVELS
from cvp.reports.sentences import days, on_moves
from cvp.reports.sentences import on_comparison as sentences
from cvp.reports.sentences.caveats import caveats as said_first
from cvp.reports.sentences.caveats import instrument_change
from cvp.reports.story import cells
from cvp.reports.story.blocks import Block, Bullets, Card, Cell, Figure, Paragraph, Section, Story, Table, Tone
from cvp.reports.story.charts import Dumbbells, Pair, Trend
from cvp.reports.story.telling import story_of

TONES: Final[dict[str, Tone]] = {"higher": "good", "lower": "bad", "too old": "bad", "no longer known": "bad"}
OWN_WORDS: Final = ("new question", "no longer asked")
"""What says by itself that it is the questionnaire."""
CAUSES: Final = {"time": "time", "questionnaire": "the questionnaire", "answers": "the answer"}


@story_of.register
def _(comparison: Comparison) -> Story:
    told = (section(comparison) for section in SECTIONS)
    after = comparison.after
    return Story(
        title=after.questionnaire.title,
        subject=comparison.company,
        date=f"{comparison.before.date} to {after.date}",
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
    return Section("caveats", "Before you compare", (Bullets(tuple(said)),) if said else ())


def causes(c: Comparison) -> Section:
    """Why the level is what it is now, and each level's score with the part of each cause."""
    said = tuple(Paragraph(text) for text in sentences.why(c))
    blocks: list[Block] = [*said, _parts(c)]
    if any(score is None for stage in c.stages for score in stage.scores):
        blocks.append(Paragraph("– where nothing that counts is answered, there is no score", tone="quiet"))
    return Section("why", f"What moved the level{', first against last' if c.trend else ''}", tuple(blocks))


def steps(c: Comparison) -> Section:
    """Of several, what moved from each to the next."""
    rows = tuple(
        (
            cells.words(f"{step.before} to {step.after}"),
            cells.words(f"{step.level_before} to {step.level}" if step.level != step.level_before else str(step.level)),
            cells.words(sentences.due_to(step)),
            cells.words(sentences.moved_most(step)),
        )
        for step in c.steps
    )
    table = Table(("Step", "Level", "Due to", "What moved most"), rows, "From each to the next")
    return Section("steps", "What moved, step by step", (table,) if rows else ())


def _parts(c: Comparison) -> Table:
    moved = (c.level_parts.time, c.level_parts.questionnaire, c.level_parts.answers)
    level = (
        cells.words("The level"),
        cells.number(c.before.level),
        *(cells.number(part, sentences.levels(part)) for part in moved),
        cells.number(c.after.level),
        cells.words(""),
    )
    rows = (level, *(_row(c, change) for change in c.levels))
    headers = ("", "Before", "Time", "Questionnaire", "Answers", "After", "Needs")
    return Table(headers, rows, "Where the change comes from", frozenset(range(1, 7)))


def _row(c: Comparison, change: LevelChange) -> tuple[Cell, ...]:
    exact = (change.time, change.questionnaire, change.answers)
    parts = zip(sentences.shown_parts(c, change), exact, strict=True)
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
    scores = (f"{level.level}: {' to '.join(sentences.shown_scores(c, level)[::3])}" for level in c.levels)
    alt = f"{sentences.headline(c)}. Scores of Level {', '.join(scores)}."
    figure = Figure(Dumbbells(alt, f"Before ({c.before.date})", f"After ({c.after.date})", pairs[::-1]))
    return Section("ladder", "The four levels", (figure,))


def _gate(level: LevelChange) -> str:
    if level.before is level.after is None:
        return "nothing answered"
    if level.holds == level.held:
        return f"{'holds' if level.holds else 'fails'}, as before"
    return "now holds" if level.holds else "no longer holds"


def answers(c: Comparison) -> Section:
    """Every answer that counts otherwise, and why."""
    moved = [change for change in c.answers if change.causes]
    if not moved:
        return Section("answers", "Answer by answer", ())
    table = Table(
        ("Question", "Level", "Before", "After", "What moved"),
        tuple(_answer(change) for change in moved),
        "What counts otherwise",
        frozenset({1}),
    )
    blocks: list[Block] = [table]
    if any(change.before.assumed or change.after.assumed for change in moved):
        blocks.append(Paragraph("* assumed, not shown by a source", tone="quiet"))
    still = len(c.answers) - len(moved)
    if still:
        others = f"The other {still} answers count as before." if still > 1 else "The other answer counts as before."
        blocks.append(Paragraph(others, tone="quiet"))
    return Section("answers", "Answer by answer", tuple(blocks))


def _answer(change: AnswerChange) -> tuple[Cell, ...]:
    direction = sentences.direction(change)
    others = [CAUSES[cause] for cause in change.causes if cause != "answers"]
    if direction in OWN_WORDS or (direction, others) == ("too old", [CAUSES["time"]]):
        others = []
    if "time" in change.causes and "answers" in change.causes:
        others[0] = "had grown too old"
    why = f"{direction} ({', '.join(others)})" if others else direction
    same = change.after.state == "stale" and change.after.choice == change.before.choice
    return (
        cells.words(change.short),
        Cell(str(change.level or ""), change.level),
        cells.words(sentences.answer(change.before)),
        cells.words("the same, now too old" if same else sentences.answer(change.after)),
        cells.words(why, TONES.get(direction, "")),
    )


def instrument(c: Comparison) -> Section:
    """In what the questionnaires differ: first what may move a level, then words and names."""
    groups = (("May move a level", True), ("Words and names", False))
    blocks = [
        Bullets(entries, title=title)
        for title, counts in groups
        if (entries := tuple(instrument_change(i) for i in c.instrument if i.counts == counts))
    ]
    return Section("questionnaire", "What the questionnaire changed", tuple(blocks))


def moves(c: Comparison) -> Section:
    """What became of the moves that were proposed."""
    if not c.moves:
        return Section("moves", "The moves that were proposed", ())
    blocks: list[Block] = [Paragraph(on_moves.moves(c))]
    if rows := tuple(_move(move) for move in c.moves if move.outcome != "cannot tell"):
        blocks.append(
            Table(("Move", "Effort", "Shows", "What was reached"), rows, "What became of them", frozenset({1}))
        )
    if unknown := tuple(move.label for move in c.moves if move.outcome == "cannot tell"):
        blocks.append(Bullets(unknown, title="Nobody can tell yet"))
    return Section("moves", "The moves that were proposed", tuple(blocks))


def _move(move: MoveOutcome) -> tuple[Cell, ...]:
    tones: dict[str, Tone] = {"shows": "good", "not yet": "bad", "fell": "bad"}
    return (
        cells.words(move.label),
        cells.number(move.effort, days(move.effort)),
        cells.words(on_moves.outcome(move), tones.get(move.outcome, "")),
        cells.words(on_moves.lifts(move)),
    )


def room(c: Comparison) -> Section:
    """How far several respondents agreed, then and now."""
    blocks = tuple(Paragraph(said) for said in sentences.room(c.room)) if c.room else ()
    return Section("room", "The room", blocks)


def trend(c: Comparison) -> Section:
    """Each assessment of several, and how the level, the scores and the coverage went."""
    if not c.trend:
        return Section("trend", "Over time", ())
    names = [f"{level.level} {level.name}" for level in c.levels]
    figures = [_figure("Level", [(p.date, float(p.level)) for p in c.trend], 1, 4)]
    figures += [_figure(name, _scores(c.trend, at)) for at, name in enumerate(names)]
    figures.append(_figure("Coverage", [(p.date, p.coverage) for p in c.trend if p.coverage is not None]))
    shown = tuple(figure for figure in figures if figure)
    return Section("trend", "Over time", (*shown, _points(c.trend)))


def _scores(points: tuple[TrendPoint, ...], at: int) -> list[tuple[str, float]]:
    return [(p.date, share) for p in points if (share := p.scores[at]) is not None]


def _figure(label: str, points: list[tuple[str, float]], bottom: float = 0, top: float = 1) -> Figure | None:
    """None for fewer than two points, which are no trend."""
    if len(points) < 2:
        return None
    (first, start), (last, end) = points[0], points[-1]
    alt = f"{label}: {start:.2f} on {first}, {end:.2f} on {last}."
    return Figure(Trend(alt.replace(".00", "") if top > 1 else alt, label, tuple(points), bottom, top), label)


def _points(points: tuple[TrendPoint, ...]) -> Table:
    versions = len({point.version for point in points}) > 1
    rows = tuple(
        (
            cells.words(point.date),
            *([cells.words(point.version)] if versions else []),
            cells.number(point.level),
            cells.words(f"{point.low} to {point.high}" if point.low != point.high else "settled"),
            *(cells.score(share) for share in point.scores),
            Cell("–" if point.coverage is None else f"{point.coverage:.0%}", point.coverage),
        )
        for point in points
    )
    scores = [f"L{level}" for level in LEVELS]
    headers = ("Date", *(["Version"] if versions else []), "Level", "Bounds", *scores, "Coverage")
    return Table(headers, rows, "Each assessment", frozenset(range(len(headers))) - {0, headers.index("Bounds")})


def versions(c: Comparison) -> Section:
    """What each of the two rests on."""
    sides = (("Before", c.before), ("After", c.after))
    return Section("versions", "What they rest on", tuple(_side(title, side) for title, side in sides))


def _side(title: str, side: Side) -> Card:
    q = side.questionnaire
    fields = (
        ("Answers", sentences.rests_on(side)),
        ("Questionnaire", f"{q.id} {q.version}, content {q.sha256[:12]}"),
    )
    return Card(title, f"{side.date}, Level {side.level}", fields)


SECTIONS: Final = (caveats, causes, steps, ladder, trend, answers, instrument, moves, room, versions)
"""In the order of the report; one with nothing to say is left out."""
