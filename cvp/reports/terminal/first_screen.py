"""What everybody in the room sees first: the level, why, how sure, and what to do."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cvp.assessment import Assessment, LevelResult
from cvp.reports import sentences
from cvp.reports.labels import label
from cvp.reports.sentences import days, on_path, on_room, score, working_days
from cvp.reports.sentences.on_mentions import Named, gaps, strengths
from cvp.reports.terminal.layout import ACCENT, BAD, GOOD, Page, Paragraph, Part, kept_together, plain
from cvp.speaking import _, pgettext
from cvp.text import one_line

SIDE_BY_SIDE = 100
NAMED_LADDER = 60
STATED_LADDER = 45
FEWEST_CELLS, WISHED_CELLS, MOST_CELLS = 6, 10, 40


def first_screen(a: Assessment, page: Page) -> Iterator[Part]:
    """The first screen; 24 lines or so at 80 columns."""
    yield plain(a.company, "bold")
    yield plain(f"{a.questionnaire.title} {a.questionnaire.version}, {a.date}")
    yield plain(sentences.basis(a))
    if a.room:
        yield plain(on_room.in_short(a.room))
    yield Text("")
    headline = plain(sentences.level_line(a), f"bold {ACCENT}")
    yield headline.append(f"  {sentences.bounds(a)}", "not bold")
    if meaning := sentences.meaning(a):
        yield plain(meaning)
    for said in sentences.safeguards(a):
        yield plain(said)
    yield Text("")
    yield from _ladder(a, page)
    yield Text("")
    why = sentences.why_not_higher(a)
    yield plain(_("Why not Level {level}? {why}").format(level=a.level + 1, why=why) if a.level < 4 else why, "bold")
    yield Text(" ".join(sentences.how_sure(a)))
    if first := sentences.find_out(a):
        yield plain(f"{label(_(sentences.FIND_OUT))} {first}")
    yield Text("")
    strong = _mentions(_("Strengths"), strengths(a), GOOD, page)
    weak = _mentions(_("Gaps"), gaps(a), BAD, page)
    yield from _columns([strong, weak, _first_moves(a)], page)


def _ladder(a: Assessment, page: Page) -> Iterator[Text]:
    """Level 4 on top; solid up to what is sure, shaded to what is possible, the threshold marked."""
    g = page.glyphs
    width = page.look.width
    states = {level: f" {sentences.gate_state(a, level)}" if width >= STATED_LADDER else "" for level in a.levels}
    room = width - len(" >  4 ") - len("  0.00") - max(map(cell_len, states.values()))
    asides = {level: f"  {score(level.score, level.passing)}{states[level]}" for level in a.levels}
    most = width - len(" >  4 ") - max(map(cell_len, asides.values()))
    names = max(cell_len(one_line(level.name)) for level in a.levels) + 2
    if width < NAMED_LADDER or most - names < FEWEST_CELLS:
        names = 0
    cells = max(1, min(most - names, MOST_CELLS, max(WISHED_CELLS, room - names)))
    for level in reversed(a.levels):
        here = level.level == a.level
        style = f"bold {ACCENT}" if here else ""
        line = Text(f" {g.here if here else ' '} ", style=style).append(f"{level.level}  ", "bold" if here else "")
        if names:
            line.append(set_cell_size(one_line(level.name), names), "bold" if here else "")
        line.append_text(bar(level, cells, ACCENT if here else "", page))
        yield line.append(asides[level])
    yield _legend(page)


def _legend(page: Page) -> Text:
    g = page.glyphs
    parts = (
        (g.sure, pgettext("part of a score", "sure")),
        (g.open, pgettext("part of a score", "open")),
        (g.needed, pgettext("part of a score", "needed")),
    )
    return Text("      " + "   ".join(f"{sign} {word}" for sign, word in parts), style="dim")


def bar(level: LevelResult, cells: int, style: str, page: Page) -> Text:
    """A level's bounds on `cells` cells; it fills the cell before the mark only where the threshold is reached."""
    needed = min(cells - 1, round(level.passing * cells))
    low, high = (_filled(share or 0, level.passing, cells, needed) for share in (level.low, level.high))
    drawn = Text()
    for cell in range(cells):
        if cell == needed:
            drawn.append(page.glyphs.needed, "bold")
        elif cell < low:
            drawn.append(page.glyphs.sure, style)
        elif cell < high:
            drawn.append(page.glyphs.open, style)
        else:
            drawn.append(page.glyphs.none, "dim")
    return drawn


def _filled(share: float, passing: float, cells: int, needed: int) -> int:
    """How many cells: up to the mark of the threshold if and only if that is reached."""
    filled = round(share * cells)
    return max(filled, needed) if share >= passing else min(filled, max(0, needed - 1))


def _mentions(title: str, mentions: Iterable[Named], style: str, page: Page) -> list[Paragraph]:
    lines = [Paragraph(Text(title, style=f"bold {style}"))]
    for name, aside in mentions:
        text = plain(name, "bold").append(f" {aside}", "not bold")
        lines.append(Paragraph(text, mark=f"{page.glyphs.bullet} "))
    return lines if len(lines) > 1 else [*lines, Paragraph(Text(_("none among the answers")))]


def _first_moves(a: Assessment) -> list[Paragraph]:
    lines = [Paragraph(Text(_("First moves"), style=f"bold {ACCENT}"))]
    for number, move in enumerate(a.path.steps[: on_path.FIRST_MOVES], 1):
        effort = days(move.effort) if number > 1 else working_days(move.effort)
        text = plain(move.label, "bold").append(f" ({effort})", "not bold")
        lines.append(Paragraph(text, mark=f"{number} "))
    return [*lines, Paragraph(plain(" ".join(on_path.summary(a))))]


def _columns(columns: list[list[Paragraph]], page: Page) -> Iterator[Part]:
    """Side by side where there is room, else one under the other."""
    if page.look.width < SIDE_BY_SIDE:
        for number, column in enumerate(columns):
            if number:
                yield Text("")
            yield from column
        return
    grid = Table.grid(padding=(0, 3), expand=True)
    for _column in columns:
        grid.add_column(ratio=1)
    grid.add_row(*(Group(*(_hanging(paragraph) for paragraph in column)) for column in columns))
    yield Padding(grid, 0)


def _hanging(paragraph: Paragraph) -> Table | Text:
    if not paragraph.mark:
        return kept_together(paragraph.text)
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Text(paragraph.mark), kept_together(paragraph.text))
    return grid
