"""The question in the middle, its choices under it, and what was answered, noted and voted; or the last page."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

from cvp.interview.screen import ChoiceLine, Screen
from cvp.interview.stage.flow import paragraphs, plain, write
from cvp.speaking import _

CLOSE: Final = "-close"
"""The class of a question whose lines stand close together."""
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

    def __init__(self) -> None:
        super().__init__()
        self._has_votes = False
        self._window = Size()

    def compose(self) -> ComposeResult:
        """The text, the hint, the choices, and what was said so far."""
        for part in ("label", "hint"):
            yield Static(id=part)
        yield Vertical(id="choices")
        yield Static(id="said")

    def begin(self) -> None:
        """From the top, with room between the lines."""
        self.remove_class(CLOSE)
        self.scroll_home(animate=False)
        self._keep_votes_in_sight()

    def on_resize(self) -> None:
        """The window has another size, or what stands under the question."""
        if self.app.size != self._window:
            self._window = self.app.size
            self.remove_class(CLOSE)
        self._keep_votes_in_sight()

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
        self._has_votes = bool(screen.vote) and not screen.secret and any(c.votes is not None for c in screen.choices)
        if not cursor:
            self._keep_votes_in_sight()

    def _keep_votes_in_sight(self) -> None:
        """What a vote came to stands last: where that is out of sight, the lines move closer together, then up."""
        if self._has_votes:
            self.call_after_refresh(self._move_closer)

    def _move_closer(self) -> None:
        if not self.max_scroll_y:
            return
        if self.has_class(CLOSE):
            self.scroll_end(animate=False)
        else:
            self.add_class(CLOSE)
            self._keep_votes_in_sight()


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
