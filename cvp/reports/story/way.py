"""The way to Level 4, and the ladder before and after it."""

from collections.abc import Iterator

from cvp.assessment import Assessment, LevelResult, Move, NamedMove, Path, Phase
from cvp.reports import sentences
from cvp.reports.projection import score_after
from cvp.reports.questions import source_line
from cvp.reports.sentences import on_path
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.charts import Dumbbells, Pair, Span, Timeline

MARKS = tuple((working, f"day {day} of the calendar") for working, day in ((21, 30), (42, 60), (63, 90)))
"""Working days, 21 of them in thirty days of the calendar, and what they are called."""

MOST_OTHERS = 8


def way(a: Assessment) -> Section:
    """The path in a sentence, what is proved of it, its moves in time and one by one, and what else would be of use."""
    first, *rest = on_path.summary(a)
    said = [text for text in (*rest, on_path.proof(a.path)) if text]
    blocks: list[Block] = [Paragraph(first, lead=True)]
    blocks += [Paragraph(" ".join(said))] if said else []
    blocks += [_ways(a)] if len(a.ways) > 1 else []
    if a.path.steps:
        blocks += [Figure(_timeline(a), "The moves one after the other, in working days"), _roadmap(a.path)]
        blocks += [_card(a, position, move) for position, move in enumerate(a.path.steps, 1)]
        blocks += _choices(a.path)
    if others := _others(a):
        blocks.append(Bullets(others, title="Also useful"))
    notes = tuple(f"{m.label}: lifts {_lifts(m)}" + (f" ({m.source})" if m.source else "") for m in a.path.steps)
    return Section("path", f"The way to Level {a.path.target}", tuple(blocks), notes)


def _ways(a: Assessment) -> Table:
    """What each next level takes."""
    rows = tuple(
        (
            words(f"Level {way.target}"),
            number(len(way.steps)),
            number(way.effort),
            words("yes" if way.reached == way.target else f"no further than Level {way.reached or a.level}"),
            words("yes" if way.exact else f"no; at least {sentences.days(way.bound)}"),
        )
        for way in a.ways
    )
    headers = ("To", "Moves", "Working days", "Can be reached", "Proved the least")
    return Table(headers, rows, "What each next level takes", frozenset({1, 2}))


def _timeline(a: Assessment) -> Timeline:
    spans, day = [], 0
    for move in a.path.steps:
        spans.append(Span(move.label, day, day + move.effort, f"Level {move.level}"))
        day += move.effort
    return Timeline(on_path.summary(a)[0], tuple(spans), tuple(mark for mark in MARKS if mark[0] < day))


def _roadmap(path: Path) -> Table:
    """What begins and what is done in each phase, one move after the other."""
    numbers = {move.recommendation: position for position, move in enumerate(path.steps, 1)}
    rows = tuple(
        (words(_when(phase)), *(words(_numbered(moves, numbers, phase.until)) for moves in (phase.begins, phase.ends)))
        for phase in path.roadmap
    )
    return Table(("When", "Begin", "Done"), rows, "Roadmap")


def _when(phase: Phase) -> str:
    return "Later" if phase.until is None else f"By calendar day {phase.until}"


def _numbered(moves: tuple[NamedMove, ...], numbers: dict[str, int], until: int | None) -> str:
    """The moves by number and name; those of later by number alone, since they are many."""
    if not moves:
        return "–"
    if until is None and len(moves) > 2:
        return f"moves {numbers[moves[0].recommendation]} to {numbers[moves[-1].recommendation]}"
    return "; ".join(f"{numbers[move.recommendation]}.\u00a0{move.label}" for move in moves)


def _card(a: Assessment, position: int, move: Move) -> Card:
    aside = f"for Level {move.level}, {sentences.days(move.effort)}"
    return Card(f"{position}. {move.label}", aside, tuple(_fields(a, move)))


def _fields(a: Assessment, move: Move) -> Iterator[tuple[str, str]]:
    yield "First step", move.first_step
    yield "The customer gains", move.customer_gain
    if move.company_gain:
        yield "You gain", move.company_gain
    if move.example:
        yield "Example", f"{move.example} ({source_line(a, move.source)})" if move.source else move.example
    yield "Lifts", _lifts(move)


def _lifts(move: Move) -> str:
    return ", ".join(f"{lift.short} to {sentences.score(lift.after)}" for lift in move.lifts)


def _choices(path: Path) -> list[Block]:
    """What is safe to begin with, and what else would do."""
    found: list[Block] = []
    if safe := on_path.safe_bets(path):
        found.append(Bullets((safe,), title="Safe bets"))
    if equal := tuple(on_path.alternatives(path)):
        found.append(Bullets(equal, title="Equal alternatives"))
    return found


def _others(a: Assessment) -> tuple[str, ...]:
    on_path = {move.recommendation for move in a.path.steps}
    found = [f"{m.label} ({sentences.days(m.effort)})" for m in a.recommendations if m.recommendation not in on_path]
    more = [f"and {len(found) - MOST_OTHERS} more"] if len(found) > MOST_OTHERS else []
    return (*found[:MOST_OTHERS], *more)


def before_and_after(a: Assessment) -> Section:
    """The score of each level now and after the path; nothing where there is no path."""
    if not a.path.steps:
        return Section("after", "Before and after", ())
    pairs = tuple(_pair(a, level) for level in a.levels)
    said = f"Level {a.level} today, Level {a.path.projected_level} after {_lasting(a.path.effort)}."
    alt = f"{said} " + "; ".join(f"{pair.label}: {pair.words}" for pair in pairs) + "."
    figure = Figure(Dumbbells(alt, "Today", "After the path", pairs), "Each level's score today and after the path")
    return Section("after", "Before and after", (Paragraph(said), figure))


def _lasting(effort: int) -> str:
    """`120 working days (about 24 weeks, one after the other)`; five of them make a week."""
    weeks = round(effort / 5)
    return sentences.working_days(effort) + (f" (about {weeks} weeks, one after the other)" if weeks > 1 else "")


def _pair(a: Assessment, level: LevelResult) -> Pair:
    after = score_after(a, level)
    said = f"{sentences.score(level.score, level.passing)} to {sentences.score(after, level.passing)}"
    needs = f"needs {sentences.score(level.passing)}"
    return Pair(f"{level.level} {level.name}", level.score, after, f"{said}, {needs}")
