"""The stage: draws screens of the interview, turns keys and clicks into lines for it, and knows nothing more."""

import signal
from collections.abc import Sequence
from dataclasses import replace

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.filter import LineFilter
from textual.widgets import Static

from cvp.interview.keeping import Keep, Keeping
from cvp.interview.keys import keys_of, reduce
from cvp.interview.screen import KeyHelp, Screen
from cvp.interview.showing import screen
from cvp.interview.stage.entry import LEAVE, NOTE, Entry, LineEntry, NoteEntry
from cvp.interview.stage.flow import SPACES, paragraphs, parts, plain, write
from cvp.interview.stage.keyline import CHOICES, COMMAND, ONE_DIGIT, OURS, READY, STOP, VOTES, KeyLine, in_words
from cvp.interview.stage.question import Choice, Question
from cvp.interview.stage.side import Brief, Side
from cvp.interview.stage.themes import DARK, LIGHT
from cvp.interview.stage.trail import Trail
from cvp.interview.state import Interview
from cvp.speaking import _


class Stage(App[None]):
    """Draws `interview` and feeds it lines until it ends.

    `stopped` is the signal that ended it before, `failure` the error that did.
    """

    CSS_PATH = "stage.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-middle"), (30, "-high")]
    BINDINGS = [
        Binding("ctrl+c", "interrupt", priority=True),
        Binding("ctrl+q", "press('q')", priority=True),
        Binding("ctrl+z", "suspend_process", priority=True),
        Binding("f1", "press('help')", priority=True),
        Binding("f2", "turn_theme", priority=True),
    ]

    def __init__(self, interview: Interview, keep: Keep) -> None:
        super().__init__()
        self.interview = replace(interview, colon=COMMAND.key)
        self.stopped: signal.Signals | None = None
        self.failure: Exception | None = None
        self._keeping = Keeping(keep, self.interview)
        self._shown = Screen("")
        self._cursor = 0
        self._held: list[events.Key] | None = None
        """What is typed between a line's Enter and its answer, to be taken then."""
        self._waits = False
        """Whether the next person in a hidden vote has still to say that the keys are theirs."""
        self._trail = Trail()
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The library's, and spaces for the signs that kept words together."""
        return [*super().get_line_filters(), SPACES]

    def compose(self) -> ComposeResult:
        """From the top: where we are, what is known, the question, what was said, what can be typed."""
        yield Static(id="unsaved")
        with Horizontal(id="heading"):
            yield Static(id="place")
            yield Static(id="title")
        yield Brief()
        with Horizontal(id="middle"):
            yield Question()
            yield Side()
        with VerticalScroll(id="message", can_focus=False):
            yield Static(id="words")
        yield LineEntry()
        yield NoteEntry()
        yield Static(id="prompt")
        yield KeyLine()

    async def on_mount(self) -> None:
        """The first screen; and the whole of it again, where the terminal was away in between."""
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        await self.show(self.interview)

    async def on_event(self, event: events.Event) -> None:
        """Takes keys before any widget does, so that fast typing stays in order."""
        if self._held is not None and isinstance(event, events.Key) and not event.is_forwarded:
            self._held.append(event)
        elif not await self._pressed(event):
            await super().on_event(event)

    @property
    def entry(self) -> Entry | None:
        """Where words are being typed, if anywhere."""
        return next((entry for entry in self.query(Entry) if entry.display), None)

    async def _pressed(self, event: events.Event) -> bool:
        """Whether the key was for the interview."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return False
        if self.entry and event.key != "escape":
            if event.key in self.entry.sends and self.entry.has_focus_within:
                self._held = []
            return False
        self._trail.press(event.character if event.is_printable else None)
        match event.key:
            case "up" | "down":
                await self._point(-1 if event.key == "up" else 1)
            case "pageup" | "pagedown":
                self._scroll(-1 if event.key == "pageup" else 1)
            case "enter" | "space" if self._shown.secret:
                self._begin_turn()
            case "enter":
                await self._say(str(self._cursor or ""))
            case "escape":
                await self._leave()
            case _ if event.character and event.is_printable:
                await self.action_press(event.character)
            case _:
                return False
        return True

    async def action_press(self, typed: str) -> None:
        """What a key does: acts at once, or asks for the words that belong to it."""
        page = self._shown
        key = next((key for key in page.keys if key.key == typed.casefold()), None)
        if typed == LEAVE.key:
            await self._leave()
        elif self.entry:
            self.entry.press(typed)
        elif typed == READY.key:
            self._begin_turn()
        elif self._waits and (typed.isdecimal() or typed.casefold() in VOTES):
            return
        elif typed == "t":
            self.action_turn_theme()
        elif typed == COMMAND.key:
            self._open(in_words(COMMAND))
        elif typed.isdecimal() and len(page.choices) > ONE_DIGIT:
            self._open(in_words(COMMAND), typed)
        elif key and key.argument and key.key != CHOICES:
            self._open(key)
        else:
            await self._say(typed)

    def _begin_turn(self) -> None:
        """From here on the keys are those of the person whose turn it is."""
        self._waits = False
        self._draw_prompt()

    def _open(self, key: KeyHelp, text: str = "") -> None:
        known = keys_of(self.interview).named.get(key.key)
        key = replace(key, does=_(known.help)) if known else key
        if key.key == NOTE:
            self.query_one(NoteEntry).open(key, self._shown.place)
        else:
            self.query_one(LineEntry).open(key, self._shown.secret, text)
        self._draw_keys()

    @on(LineEntry.Sent)
    async def _line_sent(self, event: LineEntry.Sent) -> None:
        self._close()
        told = self._trail.misread(self.interview, event.line.partition(" ")[2])
        await (self.show(told) if told else self._say(event.line))
        await self._take_held()

    @on(NoteEntry.Sent)
    async def _notes_sent(self, event: NoteEntry.Sent) -> None:
        """What is refused stays in the editor, with all that follows it."""
        rest = list(event.notes)
        if told := self._trail.misread(self.interview, "\n".join(rest)):
            rest.clear()
            await self.show(told)
        elif not rest:
            await self._say(NOTE)
        while rest and await self._say(f"{NOTE} {rest[0]}"):
            rest.pop(0)
        self.query_one(NoteEntry).write(rest)
        if not rest:
            self._close()
        await self._take_held()

    async def _take_held(self) -> None:
        """What was typed while a line was on its way."""
        held, self._held = self._held or [], None
        for key in held:
            await self.on_event(key)

    def _close(self) -> None:
        for entry in self.query(Entry):
            entry.display = False
        self.screen.set_focus(None)
        self._draw_keys()

    @on(Choice.Clicked)
    async def _clicked(self, event: Choice.Clicked) -> None:
        if not (self._shown.secret or self.entry):  # everybody sees where the mouse is
            await self._say(str(event.number))

    async def _leave(self) -> None:
        """Esc leaves what is being typed, else the vote; else it takes away what was said last."""
        if left := self.entry:
            self._close()
            if isinstance(left, NoteEntry):
                left.after_typing(self._tell_of_draft)
        elif self._shown.secret:
            await self._say(STOP)
        else:
            self.query_one("#message").display = False

    def _tell_of_draft(self, draft: str) -> None:
        """Says of lines that were left that they are not kept, where the interview's last word stands."""
        if draft:
            said = _("Not kept with the answers yet: {key} opens your lines again.").format(key=NOTE)
            write(self.query_one("#words", Static), paragraphs((said,)))
            self.query_one("#message").display = True

    async def _point(self, by: int) -> None:
        """The cursor goes up or down the choices; while votes are hidden it would betray them."""
        if not self._shown.secret:
            self._cursor = max(0, min(self._cursor + by, len(self._shown.choices)))
            await self.query_one(Question).show(self._shown, self._cursor)

    def _scroll(self, by: int) -> None:
        """What was said last, as far as it goes; then the question."""
        message = self.query_one("#message")
        more = message.scroll_y < message.max_scroll_y if by > 0 else message.scroll_y > 0
        page = message if message.display and more else self.query_one(Question)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False, immediate=True)

    def action_turn_theme(self) -> None:
        """From dark to light and back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_interrupt(self) -> None:
        """Ctrl-C, which is no signal while the terminal sends every key."""
        self.stop(signal.SIGINT)

    def stop(self, number: signal.Signals) -> None:
        """Leaves because of a signal."""
        self.stopped = number
        self.interview = self._keeping.kept(self.interview)
        self.exit()

    async def _say(self, line: str) -> bool:
        """One line for the interview, kept before it is shown as given; whether it changed anything."""
        before = self.interview
        await self.show(self._keeping.kept(reduce(before, line)))
        return self.interview.changes != before.changes

    async def show(self, interview: Interview) -> None:
        """Draws this moment, whatever was before; leaves where it has ended."""
        if interview.turn != self.interview.turn:
            self._waits = bool(interview.turn and self.interview.turn)
        self.interview = interview
        if interview.ending:
            self.exit()
            return
        page, question = screen(interview), self.query_one(Question)
        if page.place != self._shown.place or page.secret:
            self._cursor = 0
        if (page.place, page.turn) != (self._shown.place, self._shown.turn):
            question.begin()
        self._shown = page
        with self.batch_update():
            for name, content in parts(page):
                write(self.query_one(f"#{name}", Static), content)
            self.query_one("#message").display = bool(page.message)
            self.query_one("#message").scroll_home(animate=False)
            self.query_one(Side).show(page)
            self.query_one(Brief).show(page)
            self._draw_prompt()
            await question.show(page, self._cursor)

    def _draw_keys(self) -> None:
        keys = self._shown.keys
        if self._waits:
            keys = (in_words(READY), *(key for key in keys if key.key not in VOTES))
        self.query_one(KeyLine).show(map(in_words, self.entry.keys) if self.entry else (*keys, *map(in_words, OURS)))

    def _draw_prompt(self) -> None:
        """Whose turn it is, and what can be typed."""
        words = self._shown.prompt.rstrip("> ") if self._shown.secret else ""
        if self._waits:
            words = _("{who}: press Space, then your key").format(who=self._shown.turn)
        write(self.query_one("#prompt", Static), plain(words))
        self._draw_keys()

    def _handle_exception(self, error: Exception) -> None:
        """The library would print a traceback with the values of all variables; the caller is to say what happened."""
        self.failure = self.failure or error
        self._close_messages_no_wait()
