"""Where words are typed: one line after a key, or notes."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from cvp.interview.screen import KeyHelp
from cvp.interview.stage.flow import plain
from cvp.speaking import N_

LEAVE: Final = KeyHelp(N_("Esc"), "", N_("leave"))
NEXT_LINE: Final = KeyHelp(N_("Enter"), "", N_("next line"))


class Entry(Vertical):
    """Hidden while nothing is to be typed; `keys` are what can be typed besides words, in English."""

    keys: ClassVar[Sequence[KeyHelp]]

    def ask(self, key: KeyHelp) -> None:
        """Says what is expected."""
        self.query_one(Static).update(plain(f"{' '.join(filter(None, (key.key, key.argument)))} · {key.does}"))
        self.display = True

    def press(self, key: str) -> None:
        """One of `keys` was clicked on; no other key means anything here."""
        if key in {known.key for known in self.keys}:
            self.action_submit()

    def action_submit(self) -> None:
        """Sends what was typed."""
        raise NotImplementedError


class LineEntry(Entry):
    """One line."""

    keys = (KeyHelp(N_("Enter"), "", N_("send")), LEAVE)

    class Sent(Message):
        """A whole line for the interview."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self._key = ""

    def compose(self) -> ComposeResult:
        """What is expected, and the line."""
        yield Static()
        yield Input(compact=True, select_on_focus=False)

    def open(self, key: KeyHelp, secret: bool, text: str = "") -> None:
        """Asks for what follows the key, which nobody sees where it is `secret`."""
        self.ask(key)
        self._key = key.key.strip(":")
        line = self.query_one(Input)
        line.password, line.value, line.cursor_position = secret, text, len(text)
        self.screen.set_focus(line)

    @on(Input.Submitted)
    def action_submit(self) -> None:
        """Sends, nothing typed too: the interview then says what is missing."""
        self.post_message(self.Sent(f"{self._key} {self.query_one(Input).value}"))


class NoteEntry(Entry):
    """A note or a piece of evidence a line. What was left unsent is there again for the same question."""

    keys = (KeyHelp(N_("Ctrl-S"), "", N_("keep each line")), NEXT_LINE, LEAVE)
    BINDINGS = [Binding("ctrl+s", "submit")]

    class Sent(Message):
        """What is to be noted, a line a note."""

        def __init__(self, notes: Sequence[str]) -> None:
            super().__init__()
            self.notes = notes

    def __init__(self) -> None:
        super().__init__()
        self._place = ""

    def compose(self) -> ComposeResult:
        """What is expected, and the text."""
        yield Static()
        yield TextArea(compact=True, highlight_cursor_line=False)

    def open(self, key: KeyHelp, place: str) -> None:
        """Asks for notes on the question at this place."""
        self.ask(key)
        if place != self._place:
            self.write([])
        self._place = place
        self.screen.set_focus(self.query_one(TextArea))

    def after_typing(self, tell: Callable[[str], None]) -> None:
        """Calls it with what is there unsent, once every key that was typed has arrived."""
        text = self.query_one(TextArea)
        text.call_later(lambda: tell(text.text.strip()))

    def press(self, key: str) -> None:
        """As the keys do: Enter begins a line."""
        if key == NEXT_LINE.key:
            self.query_one(TextArea).insert("\n")
        else:
            super().press(key)

    def write(self, notes: Iterable[str]) -> None:
        """In place of what is there."""
        self.query_one(TextArea).text = "\n".join(notes)

    def action_submit(self) -> None:
        """Sends the lines that are not blank."""
        self.post_message(self.Sent([*filter(str.strip, self.query_one(TextArea).text.splitlines())]))
