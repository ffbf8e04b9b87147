"""Where words are typed: one line after a key, or notes."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from cvp.interview.screen import KeyHelp
from cvp.interview.stage.flow import plain
from cvp.speaking import N_

NOTE: Final = "e"
"""The key whose words are a note, which may be long."""
LEAVE: Final = KeyHelp(N_("Esc"), "", N_("leave"))
NEXT_LINE: Final = KeyHelp(N_("Ctrl-J"), "", N_("new line"))


class Entry(Vertical):
    """Hidden while nothing is to be typed; `keys` are what can be typed besides words, in English.

    `sends` are the keys that send what was typed, as the library calls them.
    """

    keys: ClassVar[Sequence[KeyHelp]]
    sends: ClassVar[Sequence[str]] = ("enter",)

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


class Lines(TextArea):
    """An editor that Enter leaves, and other keys give a line, as far as terminals tell them apart."""

    ENDS: ClassVar = ("enter", "ctrl+s")
    BEGINS: ClassVar = ("ctrl+j", "alt+enter", "shift+enter", "ctrl+enter")

    class Ended(Message):
        """All is typed."""

    def on_key(self, event: events.Key) -> None:
        """Before the editor itself, for which Enter begins a line; after all that was typed before."""
        if event.key not in (*self.ENDS, *self.BEGINS):
            return
        event.stop()
        event.prevent_default()
        if event.key in self.ENDS:
            self.post_message(self.Ended())
        else:
            self.insert("\n")


class NoteEntry(Entry):
    """A note or a piece of evidence a line. What was left unsent is there again for the same question."""

    keys = (KeyHelp(N_("Enter"), "", N_("keep the note")), NEXT_LINE, LEAVE)
    sends = Lines.ENDS

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
        yield Lines(compact=True, highlight_cursor_line=False)

    def open(self, key: KeyHelp, place: str) -> None:
        """Asks for notes on the question at this place."""
        self.ask(key)
        if place != self._place:
            self.write([])
        self._place = place
        self.screen.set_focus(self.query_one(Lines))

    def after_typing(self, tell: Callable[[str], None]) -> None:
        """Calls it with what is there unsent, once every key that was typed has arrived."""
        text = self.query_one(Lines)
        text.call_later(lambda: tell(text.text.strip()))

    def press(self, key: str) -> None:
        """As the keys do."""
        if key == NEXT_LINE.key:
            self.query_one(Lines).insert("\n")
        else:
            super().press(key)

    def write(self, notes: Iterable[str]) -> None:
        """In place of what is there."""
        self.query_one(Lines).text = "\n".join(notes)

    @on(Lines.Ended)
    def action_submit(self) -> None:
        """Sends the lines that are not blank."""
        self.post_message(self.Sent([*filter(str.strip, self.query_one(Lines).text.splitlines())]))
