"""The way to Level 4, and the ladder before and after it."""

from collections.abc import Iterator

from cvp.assessment import Assessment, Move, NamedMove, Path, Phase
from cvp.reports import sentences
from cvp.reports.projection import Projection, projections
from cvp.reports.questions import source_line
from cvp.reports.sentences import on_path, on_projection
from cvp.reports.sentences.phrases import lifted
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.charts import Dumbbells, Pair, Span, Timeline
from cvp.speaking import _, pgettext, threshold

MARKS = ((21, 30), (42, 60), (63, 90))
"""Working days, 21 of them in thirty days of the calendar, and the day of the calendar that each is."""

MOST_OTHERS = 8


def way(a: Assessment) -> Section:
    """The path in a sentence, what is proved of it, its moves in time and one by one, and what else would be of use."""
    first, *rest = on_path.summary(a)
    said = [text for text in (" ".join(rest), on_path.proof(a.path)) if text]
    blocks: list[Block] = [Paragraph(first, lead=True)]
    blocks += [Paragraph(text) for text in said]
    blocks += [_ways(a)] if len(a.ways) > 1 else []
    if a.path.steps:
        blocks += [Figure(_timeline(a), _("The moves one after the other, in working days")), _roadmap(a.path)]
        blocks += [_card(a, position, move) for position, move in enumerate(a.path.steps, 1)]
        blocks += _choices(a.path)
    if others := _others(a):
        blocks.append(Bullets(others, title=_("Also useful")))
    title = _("The way to Level {level}").format(level=a.path.target)
    return Section("path", title, tuple(blocks), tuple(_note(move) for move in a.path.steps))


def _note(move: Move) -> str:
    said = _("{move}: lifts {lifts} ({source})") if move.source else _("{move}: lifts {lifts}")
    return said.format(move=move.label, lifts=lifted(move.lifts), source=move.source)


def _ways(a: Assessment) -> Table:
    """What each next level takes."""
    further, at_least = _("no further than Level {level}"), _("no; at least {days}")
    rows = tuple(
        (
            words(sentences.level_label(way.target)),
            number(len(way.steps)),
            number(way.effort),
            words(_("yes") if way.reached == way.target else further.format(level=way.reached or a.level)),
            words(_("yes") if way.exact else at_least.format(days=sentences.days(way.bound))),
        )
        for way in a.ways
    )
    to, proved = pgettext("up to a level", "To"), _("Proved the least")
    headers = (to, _("Moves"), _("Working days"), _("Can be reached"), proved)
    return Table(headers, rows, _("What each next level takes"), frozenset({1, 2}))


def _timeline(a: Assessment) -> Timeline:
    spans, day, mark = [], 0, _("day {day} of the calendar")
    for move in a.path.steps:
        spans.append(Span(move.label, day, day + move.effort, sentences.level_label(move.level)))
        day += move.effort
    return Timeline(
        on_path.summary(a)[0], tuple(spans), tuple((at, mark.format(day=name)) for at, name in MARKS if at < day)
    )


def _roadmap(path: Path) -> Table:
    """What begins and what is done in each phase, one move after the other."""
    numbers = {move.recommendation: position for position, move in enumerate(path.steps, 1)}
    rows = tuple(
        (words(_when(phase)), *(words(_numbered(moves, numbers, phase.until)) for moves in (phase.begins, phase.ends)))
        for phase in path.roadmap
    )
    return Table((_("When"), _("Begin"), _("Done")), rows, _("Roadmap"))


def _when(phase: Phase) -> str:
    return _("Later") if phase.until is None else _("By calendar day {day}").format(day=phase.until)


def _numbered(moves: tuple[NamedMove, ...], numbers: dict[str, int], until: int | None) -> str:
    """The moves by number and name; those of later by number alone, since they are many."""
    if not moves:
        return "–"
    if until is None and len(moves) > 2:
        first, last = numbers[moves[0].recommendation], numbers[moves[-1].recommendation]
        return _("moves {first} to {last}").format(first=first, last=last)
    return _("; ").join(f"{numbers[move.recommendation]}.\u00a0{move.label}" for move in moves)


def _card(a: Assessment, position: int, move: Move) -> Card:
    aside = _("for Level {level}, {days}").format(level=move.level, days=sentences.days(move.effort))
    return Card(f"{position}. {move.label}", aside, tuple(_fields(a, move)))


def _fields(a: Assessment, move: Move) -> Iterator[tuple[str, str]]:
    yield _("First step"), move.first_step
    yield _("The customer gains"), move.customer_gain
    if move.company_gain:
        yield _("You gain"), move.company_gain
    if move.example:
        yield _("Example"), f"{move.example} ({source_line(a, move.source)})" if move.source else move.example
    yield pgettext("what a move lifts", "Lifts"), lifted(move.lifts)


def _choices(path: Path) -> list[Block]:
    """What is safe to begin with, and what else would do."""
    found: list[Block] = []
    if safe := on_path.safe_bets(path):
        found.append(Bullets((safe,), title=_("Safe bets")))
    if equal := tuple(on_path.alternatives(path)):
        found.append(Bullets(equal, title=_("Equal alternatives")))
    return found


def _others(a: Assessment) -> tuple[str, ...]:
    on_path = {move.recommendation for move in a.path.steps}
    found = [f"{m.label} ({sentences.days(m.effort)})" for m in a.recommendations if m.recommendation not in on_path]
    more = [sentences.and_more(len(found) - MOST_OTHERS)] if len(found) > MOST_OTHERS else []
    return (*found[:MOST_OTHERS], *more)


def before_and_after(a: Assessment) -> Section:
    """The score of each level now and after the path; nothing where there is no path."""
    if not a.path.steps:
        return Section("after", _("Before and after"), ())
    pairs = tuple(map(_pair, projections(a)))
    said = on_projection.levels(a)
    each = _("; ").join(f"{pair.label}: {pair.words}" for pair in pairs)
    chart = Dumbbells(f"{said} {each}.", _("Today"), _("After the path"), pairs)
    blocks: list[Block] = [Paragraph(said), Figure(chart, _("Each level's score today and after the path"))]
    if notes := on_projection.notes(a):
        blocks.append(Bullets(tuple(notes)))
    return Section("after", _("Before and after"), tuple(blocks))


def _pair(one: Projection) -> Pair:
    level = one.level
    said = _("{before} to {after}, needs {needed}").format(
        before=sentences.score(one.before, level.passing),
        after=sentences.score(one.after, level.passing),
        needed=threshold(level.passing),
    )
    return Pair(f"{level.level} {level.name}", one.before, one.after, said)
