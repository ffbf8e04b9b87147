"""The question in the middle, its choices under it, and what was answered, noted and voted; or the last page."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cvp.interview.screen import ChoiceLine, Screen
from cvp.interview.stage.flow import paragraphs, plain, write
from cvp.speaking import _

MOST_DOTS: Final = 20
"""With more votes on one choice, numbers stand alone."""


class Choice(Horizontal):
    """A choice with its number; a click on it chooses."""

    class Clicked(Message):
        """The choice with this number is meant."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self._columns = {name: Static(classes=name) for name in ("sign", "count", "dots", "label")}

    def compose(self) -> ComposeResult:
        """Columns, so that a long text stays clear of the number, and dots can be compared."""
        yield from self._columns.values()

    def show(self, choice: ChoiceLine, pointed: bool, most: int) -> None:
        """Draws the choice; `pointed` where the cursor is on it. `most` is the highest number of votes on one."""
        self.number = choice.number
        self.set_class(pointed, "pointed")
        self.set_class(choice.chosen, "chosen")
        votes, digits = choice.votes, len(str(most))
        texts = {
            "sign": Content(f"{'▶' if pointed else ' '}{choice.number:>2} {'●' if choice.chosen else '○'} "),
            "count": Content("" if votes is None else f" {votes:>{digits}} "),
            "dots": Content("" if votes is None or most > MOST_DOTS else f"{'●' * votes:<{most}}  "),
            "label": plain(choice.label),
        }
        for name, content in texts.items():
            write(self._columns[name], content)

    def on_click(self) -> None:
        """Says which choice is meant."""
        self.post_message(self.Clicked(self.number))


class Question(VerticalScroll, can_focus=False):
    """Everything about the question; scrolls where it is longer than its place."""

    def compose(self) -> ComposeResult:
        """The text, the hint, the choices, and what was said so far."""
        for part in ("label", "hint"):
            yield Static(id=part)
        yield Vertical(id="choices")
        yield Static(id="said")

    async def show(self, screen: Screen, cursor: int) -> None:
        """Draws the screen; `cursor` is the number of the choice that it is on, 0 for none."""
        for part, content in _parts(screen):
            write(self.query_one(f"#{part}", Static), content)
        box = self.query_one("#choices")
        await box.mount_all(Choice() for _ in range(len(screen.choices) - len(box.children)))
        most = max((choice.votes or 0 for choice in screen.choices), default=0)
        for row, choice in zip_longest(box.query(Choice), screen.choices):
            row.display = choice is not None
            if choice is not None:
                row.show(choice, choice.number == cursor, most)
            if choice is not None and choice.number == cursor:
                row.scroll_visible(animate=False)


def _parts(screen: Screen) -> Iterator[tuple[str, Content]]:
    yield "label", plain(screen.label)
    yield "hint", plain(screen.hint)
    yield "said", Content("\n").join(_said(screen))


def _said(screen: Screen) -> Iterator[Content]:
    if screen.answer:
        yield plain(screen.answer, "bold $success")
    if screen.marked:
        yield plain("★ " + _("marked for review"), "bold $accent")
    if screen.remarks or screen.vote:
        yield paragraphs((*screen.remarks, *screen.vote))
    if screen.end:
        yield paragraphs(screen.end, between="\n\n")
