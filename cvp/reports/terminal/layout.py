"""What the parts of the terminal report are made of.

Colours are the middle of the 256-colour cube, legible on dark and on light; nothing is said by colour alone. Every
foreign string enters Rich as `Text`, so that no markup in it is obeyed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cvp.reports import Look
from cvp.reports.labels import label
from cvp.text import one_line

ACCENT = "color(33)"
GOOD = "color(35)"
BAD = "color(166)"
NARROWEST_TABLE = 40
WIDE_METER = 76


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
        wrapped = self.text.wrap(console, max(10, width - hang)) if self.text else [Text("")]
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
        if self.look.width < NARROWEST_TABLE:
            for row in rows:
                named = [
                    Text(f"{label(h)} ").append_text(cell) if h else cell for h, cell in zip(headers, row, strict=True)
                ]
                yield self.item(Text(", ").join(cell for cell in named if cell))
            return
        table = Table(
            box=box.ASCII2 if self.look.ascii_only else box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            show_header=any(headers),
            header_style="bold",
            padding=(0, 1),
        )
        numbers = set(right)
        for index, header in enumerate(headers):
            table.add_column(header, justify="right" if index in numbers else "left", no_wrap=index in numbers)
        for cells in rows:
            table.add_row(*cells)
        yield Padding(table, (0, 0, 0, self.indent))


def plain(foreign: str, style: str = "") -> Text:
    """A foreign string on one line, shown literally."""
    return Text(one_line(foreign), style=style)
