"""At the side: the ladder, whose bounds narrow as answers come, and the room under it."""

from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cvp.interview.screen import Rung, Screen
from cvp.interview.stage.flow import Flow, plain, write
from cvp.interview.stage.roster import roster
from cvp.level import LEVELS
from cvp.speaking import _, pgettext, threshold

CELLS: Final = 20
"""The length of a bar."""
_COLOURS: Final = {"holds": "bold $success", "open": "bold $accent", "fails": "bold $error"}


class Side(VerticalScroll, can_focus=False):
    """For a screen that is wide enough."""

    def compose(self) -> ComposeResult:
        """The top level first; what is least needed gives way on a low screen."""
        for _level in LEVELS:
            yield Static(classes="rung")
            yield Static(classes="facts")
        yield Static(legend(), id="legend")
        yield Static(id="so_far")
        yield Flow(id="roster")

    def show(self, screen: Screen) -> None:
        """Draws the screen's ladder and room."""
        widgets, notes = self.query(".rung").results(Static), self.query(".facts").results(Static)
        for rung, widget, facts in zip(_downwards(screen), widgets, notes, strict=True):
            name = Content.assemble((f"{rung.level} ", "bold"), plain(rung.name))
            write(widget, Content("\n").join([name, Content.assemble(bar(rung), " ", _verdict(rung))]))
            told = _("{answered} of {asked} · needs {needed}")
            needed = threshold(rung.passing)
            told = told.format(answered=rung.answered, asked=rung.asked, needed=needed)
            write(facts, plain(told), gives_way=False)
        write(self.query_one("#so_far", Static), plain(screen.so_far))
        self.query_one(Flow).pieces = tuple(roster(screen))


class Brief(Flow):
    """The same in a few words, for a narrow screen."""

    def show(self, screen: Screen) -> None:
        """Draws the screen's ladder and room."""
        levels = (Content.assemble(_level(rung), " ", _verdict(rung)) for rung in _downwards(screen))
        self.pieces = (plain(screen.so_far, "bold"), *levels, *roster(screen, names=False))


def legend() -> str:
    """What the signs of a bar mean, in the words of the report."""
    parts = (
        ("█", pgettext("part of a score", "sure")),
        ("▒", pgettext("part of a score", "open")),
        ("┃", pgettext("part of a score", "needed")),
    )
    return " ".join(f"{sign} {word}" for sign, word in parts)


def _level(rung: Rung) -> str:
    """The first one, beside which the others are no more than numbers, says what they are numbers of."""
    named = _("Level {level}:") if rung.level == max(LEVELS) else "{level}:"
    return named.format(level=rung.level)


def _verdict(rung: Rung) -> Content:
    """In ten cells at most, so that it stays beside the bar."""
    words = {
        "holds": pgettext("a level's gate", "holds"),
        "open": pgettext("a level's gate", "open"),
        "fails": pgettext("a level's gate", "fails"),
    }
    return plain(words[rung.verdict], _COLOURS[rung.verdict])


def bar(rung: Rung) -> Content:
    """Rounded down on the way to the mark: a score just under its threshold must not look as if it reached it."""
    low, high, mark = _cells(rung.low, floor), _cells(rung.high, floor), _cells(rung.passing, ceil)
    cells = "█" * low + "▒" * (high - low) + "·" * (CELLS - high)
    return Content.assemble((cells[:mark], "$primary"), ("┃", "bold"), (cells[mark:], "$primary"))


def _cells(share: float, rounded: Callable[[float], int]) -> int:
    """Rounded to millionths first, so that 0.55 of 20 cells is 11."""
    return rounded(round(share * CELLS, 6))


def _downwards(screen: Screen) -> Iterator[Rung]:
    return iter(sorted(screen.rungs, key=lambda rung: -rung.level))
