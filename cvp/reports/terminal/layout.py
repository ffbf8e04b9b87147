"""What the parts of the terminal report are made of.

Colours are the middle of the 256-colour cube, legible on dark and on light; nothing is said by colour alone. Every
foreign string enters Rich as `Text`, so that no markup in it is obeyed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cvp.reports import Look
from cvp.reports.labels import label
from cvp.reports.sentences.phrases import between_figures
from cvp.reports.terminal.columns import Fitted, Gaps, fitted
from cvp.text import one_line, unbroken

ACCENT = "color(33)"
GOOD = "color(35)"
BAD = "color(166)"
NARROWEST_TABLE = 40
NARROWEST_CUT = 72
"""On screens narrower than this no word of a table is cut: what does not fit is a list."""
WIDE_METER = 76


PADDINGS = {3: (0, 1, 0, 1), 2: (0, 1, 0, 0), 1: (0, 0, 0, 0)}
"""Above, right, below and left of a cell, by the blanks between two columns: one of them is the table's own."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that the encoding can print."""

    sure: str
    open: str
    none: str
    needed: str
    here: str
    bullet: str


UNICODE = Glyphs("█", "▒", "·", "┃", "▶", "•")
ASCII = Glyphs("#", ":", ".", "|", ">", "*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text set in from the left, wrapped lines under its first word.

    A table of one row could do it, but takes ten times as long.
    """

    text: Text
    indent: int = 0
    mark: str = ""

    def lines(self, console: Console, width: int) -> list[Text]:
        hang = self.indent + len(self.mark)
        wrapped = kept_together(self.text).wrap(console, max(10, width - hang)) if self.text else [Text("")]
        first = Text(" " * self.indent + self.mark)
        return [(first if number == 0 else Text(" " * hang)).append_text(line) for number, line in enumerate(wrapped)]


Part: TypeAlias = Text | Paragraph | Padding | Table


@dataclass(frozen=True)
class Page:
    """The page that a report is set on."""

    look: Look

    @property
    def glyphs(self) -> Glyphs:
        return ASCII if self.look.ascii_only else UNICODE

    @property
    def indent(self) -> int:
        return 2 if self.look.width >= NARROWEST_TABLE else 0

    def item(self, text: Text, mark: str = "") -> Paragraph:
        """An entry of a list."""
        return Paragraph(text, self.indent, f"{mark or self.glyphs.bullet} ")

    def line(self, text: str, style: str = "") -> Paragraph:
        """A sentence of ours in a section."""
        return Paragraph(Text(text, style=style), self.indent)

    def meter(self, share: float | None) -> Text:
        cells = 20 if self.look.width >= WIDE_METER else 10
        filled = round((share or 0) * cells)
        return Text(self.glyphs.sure * filled, style=ACCENT).append(self.glyphs.none * (cells - filled), "dim")

    def rows(self, headers: Sequence[str], rows: Sequence[Sequence[Text]], right: Iterable[int] = ()) -> Iterator[Part]:
        """A table; a list on screens too narrow for one. Columns in `right` are numbers."""
        numbers = frozenset(right)
        heads = [kept_together(Text(header)) for header in headers]
        lines = [[kept_together(cell) for cell in row] for row in rows]
        found = self._fitted([heads, *lines], numbers)
        if self.look.width < (NARROWEST_TABLE if found else NARROWEST_CUT):
            yield from self._listed(headers, rows)
            return
        table = Table(
            box=box.ASCII2 if self.look.ascii_only else box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            show_header=any(headers),
            header_style="bold",
            padding=PADDINGS[found.gap if found else max(PADDINGS)],
        )
        for index, header in enumerate(heads):
            table.add_column(
                header,
                justify="right" if index in numbers else "left",
                no_wrap=index in numbers and not found,
                width=found.widths[index] if found else None,
            )
        for cells in lines:
            table.add_row(*cells)
        yield Padding(table, (0, 0, 0, self.indent))

    def _fitted(self, lines: Sequence[Sequence[Text]], numbers: Collection[int]) -> Fitted | None:
        texts = [[cell.plain for cell in column] for column in zip(*lines, strict=True)]
        gaps = Gaps(3, 3, 1) if self.look.ascii_only else Gaps(3, 2, 1)  # at 2, a rule would be closer to one side
        return fitted(texts, numbers, self.look.width - self.indent, gaps)

    def _listed(self, headers: Sequence[str], rows: Sequence[Sequence[Text]]) -> Iterator[Part]:
        for row in rows:
            named = (
                Text(f"{label(h)} ").append_text(cell) if h else cell
                for h, cell in zip(headers, row, strict=True)
                if cell
            )
            yield self.item(Text(between_figures()).join(named))


def kept_together(text: Text) -> Text:
    """The text itself, to be wrapped: its spaces at which no line may break stand as signs until it is printed."""
    text.plain = unbroken(text.plain)
    return text


def plain(foreign: str, style: str = "") -> Text:
    """A foreign string on one line, shown literally."""
    return Text(one_line(foreign), style=style)
