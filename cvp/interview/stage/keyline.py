"""What can be typed now, at the bottom and always in sight; a click on a key presses it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from textual.content import Content
from textual.style import Style

from cvp.interview.screen import KeyHelp
from cvp.interview.stage.flow import Flow, flowed, plain
from cvp.speaking import N_, _

CHOICES: Final = "choices"
"""The key that stands for the numbers."""
ONE_DIGIT: Final = 9
"""With more choices, a digit is only the beginning of a number."""
VOTES: Final = frozenset({"?", "x", "s", "u", CHOICES})
"""The keys whose second press would be the next person's."""
STOP: Final = "stop"
"""The word for the key that leaves a vote."""
COMMAND: Final = KeyHelp(":", "", N_("type a command"))
READY: Final = KeyHelp(N_("Space"), "", N_("ready to vote"), often=True)
OURS: Final = (COMMAND, KeyHelp("t", "", N_("light or dark")))
LAST: Final = 2
"""How many keys stay whatever room there is: the ways to help and out, which come last."""
SHARE: Final = 6
"""The part of the screen's height that the keys may take."""


class KeyLine(Flow):
    """The keys; where they need more than their share of the screen, those alone that are needed often."""

    def __init__(self) -> None:
        super().__init__()
        self._often: tuple[Content, ...] = ()

    def show(self, keys: Iterable[KeyHelp]) -> None:
        """Draws these keys."""
        keys = tuple(keys)
        self._often = tuple(_piece(key) for key in keys if key.often)
        self.pieces = tuple(map(_piece, keys))

    def lines(self, width: int) -> list[Content]:
        """As many keys as have room at this width, in cells."""
        often, most = self._often, max(1, self.app.size.height // SHARE)
        fewer = (often[: len(often) - LAST - dropped] + often[-LAST:] for dropped in range(len(often) - LAST + 1))
        choices = [flowed(pieces, width) for pieces in (self.pieces, *fewer)]
        return next((lines for lines in choices if len(lines) <= most), choices[-1])


def in_words(key: KeyHelp) -> KeyHelp:
    """A key of the stage's own, which is written in English, in the language spoken."""
    return replace(key, does=_(key.does))


def _piece(key: KeyHelp) -> Content:
    """A single letter acts at once; a word is typed after a colon."""
    if key.key == CHOICES:
        return Content.assemble((key.argument, "bold $primary"), " ", plain(key.does))
    typed = key.key if len(key.key) == 1 else _(key.key) if key.key[0].isupper() else f":{key.key}"
    content = Content.assemble((typed, "bold $primary"), " ", plain(key.does))
    return content.stylize(Style.from_meta({"@click": ("app.press", (key.key,))}))
