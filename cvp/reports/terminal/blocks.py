"""Any story on a terminal: its sections, block by block; pictures as characters where that helps, else as tables."""

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from rich.text import Text

from cvp.reports.labels import label
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Story, Table, Tone
from cvp.reports.story.chart_tables import table_of
from cvp.reports.story.charts import Bars, Dumbbells, Matrix, Trend
from cvp.reports.terminal import layout
from cvp.reports.terminal.layout import ACCENT, BAD, GOOD, Page, Part, plain
from cvp.reports.terminal.matrices import matrix
from cvp.reports.terminal.pictures import axis, dumbbell, sparkline
from cvp.speaking import _, decimal
from cvp.text import one_line

STYLES: dict[Tone, str] = {"": "", "good": GOOD, "bad": BAD, "quiet": "dim"}


def parts_of(story: Story, page: Page) -> Iterator[Part]:
    """Whose it is, the result in a line, then the sections."""
    yield plain(story.subject, "bold")
    yield plain(", ".join(part for part in (story.title, story.date) if part))
    if story.basis:
        yield plain(story.basis)
    yield Text("")
    yield plain(story.headline, f"bold {ACCENT}")
    for section in story.sections:
        yield from section_parts(section, page)
    if story.footer:
        yield Text("")
        yield plain(story.footer, "dim")


def section_parts(section: Section, page: Page) -> Iterator[Part]:
    """A section under its title."""
    yield Text("")
    yield Text(one_line(section.title), style="bold")
    for number, (kind, run) in enumerate(groupby(section.blocks, _kind)):
        if number:
            yield Text("")
        yield from _trends(list(run), page) if kind == "trends" else _run(list(run), page)


def _kind(block: Block) -> str:
    """Figures of trends are drawn under one another, as are paragraphs."""
    return "trends" if isinstance(block, Figure) and isinstance(block.chart, Trend) else type(block).__name__


def _run(blocks: list[Block], page: Page) -> Iterator[Part]:
    for number, block in enumerate(blocks):
        if number and not isinstance(block, Paragraph):
            yield Text("")
        yield from _drawn(block, page)


def _drawn(block: Block, page: Page) -> Iterator[Part]:
    match block:
        case Paragraph():
            yield page.line(one_line(block.text), "bold" if block.lead else STYLES[block.tone])
        case Bullets():
            yield from _title(block.title, page)
            for number, entry in enumerate(block.entries, 1):
                yield page.item(plain(entry), f"{number}." if block.ordered else "")
        case Table():
            yield from _title(block.caption, page)
            yield from _table(block, page)
        case Card():
            yield from _card(block, page)
        case Figure():
            yield from _figure(block, page)
        case _:
            assert_never(block)


def _title(title: str, page: Page) -> Iterator[Part]:
    if title:
        yield page.line(one_line(title), "bold")


def _table(table: Table, page: Page) -> Iterator[Part]:
    rows = [[plain(cell.text, STYLES[cell.tone]) for cell in row] for row in table.rows]
    yield from page.rows([one_line(header) for header in table.headers], rows, table.right)


def _card(card: Card, page: Page) -> Iterator[Part]:
    if card.title:
        aside = f"  {one_line(card.aside)}" if card.aside else ""
        yield page.item(plain(card.title, "bold").append(aside, "not bold"))
    for name, text in card.fields:
        words = Text(f"{label(one_line(name))} ", style="dim").append(one_line(text), "not dim")
        yield layout.Paragraph(words, page.indent + (2 if card.title else 0))


def _figure(figure: Figure, page: Page) -> Iterator[Part]:
    yield from _title(figure.caption, page)
    chart = figure.chart
    match chart:
        case Dumbbells():
            first, second = ("o", "*") if page.look.ascii_only else ("○", "●")
            rows = [[plain(pair.label), Text(dumbbell(pair, page)), plain(pair.words)] for pair in chart.pairs]
            yield page.line(f"{first} {one_line(chart.first)}   {second} {one_line(chart.second)}")
            yield from page.rows(["", axis(page), ""], rows)
        case Bars():
            bars = [[plain(bar.label), page.meter(bar.share), plain(bar.aside)] for bar in chart.bars]
            yield from page.rows(["", "", ""], bars)
        case Matrix():
            yield from matrix(chart, page)
        case _:
            yield from _table(table_of(chart), page)


def _trends(figures: list[Block], page: Page) -> Iterator[Part]:
    """One under the other: what, how it went, the first and the last value."""
    trends = [block.chart for block in figures if isinstance(block, Figure) and isinstance(block.chart, Trend)]
    rows = [
        [plain(trend.label), Text(sparkline(trend, page)), *(_shown(trend, at) for at in (0, -1))] for trend in trends
    ]
    yield from page.rows(["", "", _("First"), _("Last")], rows, right=(2, 3))


def _shown(trend: Trend, at: int) -> Text:
    value = trend.points[at][1]
    return Text(decimal(value, ".2f" if trend.top == 1 else "g"))
