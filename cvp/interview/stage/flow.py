"""How texts enter the stage: as plain text that no markup and no escape sequence can turn into anything else."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from cvp.interview.screen import Screen
from cvp.speaking import _
from cvp.text import one_line, unbroken, with_spaces

GAP: Final = 2
"""Cells between two pieces on a line."""


def plain(foreign: str, style: str = "") -> Content:
    """The text on one line, printable, in one style of ours; `Spaces` gives it back those at which no line breaks."""
    text = unbroken(one_line(foreign))
    return Content.styled(text, style) if style else Content(text)


class Spaces(LineFilter):
    """Shows the spaces that stood as signs while lines were broken."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - as the library calls it
        """The same segments with spaces in them."""
        return [segment._replace(text=with_spaces(segment.text)) for segment in segments]


SPACES: Final = Spaces()


def paragraphs(texts: Iterable[str], between: str = "\n") -> Content:
    """Each text on lines of its own."""
    return Content(between).join(plain(text) for text in texts)


def write(widget: Static, content: Content, gives_way: bool = True) -> None:
    """Shows the content, at no cost where it is there already; an empty widget takes no room where it `gives_way`."""
    before = widget.content
    if not (isinstance(before, Content) and before.is_same(content)):
        widget.update(content)
    if gives_way:
        widget.display = bool(content)


class Flow(Widget):
    """Pieces on as many lines as they need, broken between pieces; one wider than a line, between its words too."""

    pieces: reactive[tuple[Content, ...]] = reactive(tuple[Content, ...], layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as the library calls it
        """As many lines as the pieces fill at this width."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The lines at the width that the widget has now."""
        return Content("\n").join(self.lines(self.content_size.width))

    def lines(self, width: int) -> list[Content]:
        """The lines at this width, in cells."""
        return flowed(self.pieces, width)


def flowed(pieces: Iterable[Content], width: int) -> list[Content]:
    """The pieces on lines of this width, in cells."""
    lines: list[Content] = []
    for piece in pieces:
        if lines and lines[-1].cell_length + GAP + piece.cell_length <= width:
            lines[-1] = Content(" " * GAP).join([lines[-1], piece])
        else:
            lines.extend(piece.wrap(width) if piece.cell_length > width > 0 else [piece])
    return lines


def parts(screen: Screen) -> Iterator[tuple[str, Content]]:
    """What stands in each of the stage's plain widgets, by its name."""
    yield "unsaved", plain(_("NOT SAVED: {why}").format(why=screen.unsaved) if screen.unsaved else "")
    yield "place", Content(" · ").join([plain(screen.place), plain(screen.about, "$primary")])
    yield "title", plain(screen.title)
    yield "words", paragraphs(screen.message)
