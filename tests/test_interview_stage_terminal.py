"""The real program on the stage of a pseudo-terminal: what is seen, in which colours, and how it is left."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from golden_files import GOLDEN, assert_golden

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pseudo-terminals need a POSIX system", allow_module_level=True)
pyte = pytest.importorskip("pyte", reason="pyte is not installed")
pytest.importorskip("textual", reason="the extra `stage` is not installed")

PATIENCE: Final = 30
"""Seconds; a run that needs so many has hung."""
DRAWN: Final = 20
"""Seconds in which a screen must look as the golden file has it."""
DRAWN_UNSEEN: Final = 0.5
"""Seconds after which a screen that no golden file has yet counts as drawn."""
UPDATING: Final = bool(os.environ.get("CVP_UPDATE_GOLDEN"))
UNKNOWN_TO_PYTE: Final = re.compile(r"\x1b\[(?:[<>=][0-9;]*u|\?[0-9;]+\$p)")
ENOUGH_CONTRAST: Final = 4.5
"""WCAG 2.1, success criterion 1.4.3."""
RESTORED: Final = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?2004l")
"""The usual screen, a cursor, no mouse, no bracketed paste."""


class Terminal:
    """One run of `cvp assess quick` in `folder`, and the terminal that it has."""

    def __init__(self, folder: Path, columns: int, lines: int, *options: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "cvp", "assess", *(options or ("quick", "--company", "Acme Ltd", "--date", "2026-01-31"))],
            cwd=str(folder),
            env={**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"},
            dimensions=(lines, columns),
            encoding="utf-8",
            timeout=PATIENCE,
        )
        self.folder = folder
        self.screen = pyte.Screen(columns, lines)
        self.raw = ""
        self._stream = pyte.Stream(self.screen)

    def shown(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, text: str) -> None:
        """Waits until this is on the screen."""
        self.wait(lambda: text in self.shown())

    def wait(self, arrived: Callable[[], bool]) -> None:
        """Waits until this is true of the screen."""
        end = time.monotonic() + PATIENCE
        while not arrived():
            assert time.monotonic() < end, f"this is all that comes:\n{self.shown()}\n{self.faint()}"
            self.read(0.02)

    def type(self, keys: str, until: str = "") -> None:
        """Types these keys, and waits until this is on the screen."""
        self.child.send(keys)
        self.until(until)

    def resize(self, columns: int, lines: int) -> None:
        """Another size, as if by the mouse."""
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def end(self) -> tuple[int | None, str]:
        """The exit code, and what was written since the last screen."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, str(self.child.before)

    def hang_up(self) -> None:
        """The terminal goes away, as if its window was closed."""
        self.child.ptyproc.fileobj.close()
        self.child.closed = self.child.ptyproc.closed = True

    def session(self) -> str:
        """What is on the disk."""
        (file,) = self.folder.glob("*.cvp.jsonl")
        return file.read_text()

    def ground(self) -> str:
        """The colour behind the question."""
        return str(self.screen.buffer[5][0].bg)

    def faint(self) -> list[tuple[str, float]]:
        """Characters that do not stand out from their ground, and how much they do."""
        cells = (self.screen.buffer[y][x] for y in range(self.screen.lines) for x in range(self.screen.columns))
        pairs = {(cell.data, cell.fg, cell.bg) for cell in cells if cell.data.strip()}
        assert pairs
        contrasts = [(data, _contrast(fg, bg)) for data, fg, bg in pairs]
        return [(data, contrast) for data, contrast in contrasts if contrast < ENOUGH_CONTRAST]

    def read(self, seconds: float) -> bool:
        """Draws what comes within this time; whether anything came."""
        try:
            data = self.child.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            pytest.fail(f"it has ended: {self.raw[-500:]}")
        self.raw += data
        self._stream.feed(UNKNOWN_TO_PYTE.sub("", data))
        return True


def _contrast(one: str, other: str) -> float:
    """Between two colours as `rrggbb`; WCAG 2.1, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Opens a terminal; what still runs in it at the end of the test is stopped."""
    opened: list[Terminal] = []

    def begin(columns: int = 80, lines: int = 24, *options: str) -> Terminal:
        opened.append(Terminal(tmp_path, columns, lines, *options))
        return opened[-1]

    yield begin
    for each in opened:
        each.child.close(force=True)


class Album:
    """Screens of one run, which a golden file holds; each is waited for until it looks as it did."""

    def __init__(self, room: Terminal, columns: int, lines: int) -> None:
        self._room = room
        self._name = f"stage_{columns}x{lines}.txt"
        self._columns = columns
        self._pages: list[str] = []
        file = GOLDEN / self._name
        self._golden = "" if UPDATING or not file.exists() else file.read_text(encoding="utf-8")

    def take(self, name: str, until: str) -> None:
        """The screen under this name, once this is on it."""
        self._room.until(until)
        end = time.monotonic() + (DRAWN_UNSEEN if UPDATING else DRAWN)
        while self._page(name) not in self._golden and time.monotonic() < end:
            self._room.read(0.02)
        self._pages.append(self._page(name))

    def close(self) -> None:
        """All of them are as they were."""
        assert_golden(self._name, "".join(self._pages))

    def _page(self, name: str) -> str:
        return f"{f'[{name}]':=<{self._columns}}\n{self._room.shown()}\n"


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_a_whole_interview(terminal: Open, columns: int, lines: int) -> None:
    room = terminal(columns, lines)
    album = Album(room, columns, lines)
    album.take("the first question", "Question 1 of 15")
    assert room.faint() == []
    before, ground = room.shown(), room.ground()
    room.type("t")
    room.wait(lambda: room.ground() != ground and not room.faint())
    assert room.shown() == before, "light is other than dark in its colours alone"
    room.type("4\x1b[B")
    album.take("answered, and an arrow down", "▶ 1 ○")
    room.type("xWe sell to <nobody> [b]")
    album.take("words after a key", "nobody> [b]")
    room.type("\r", "Question 3 of 15")
    room.type("b")
    album.take("back, at what was answered", "not applicable, We sell")
    room.type("eAs Ann said\nEight of ten | CRM | 2012-11")
    album.take("notes", "2012-11")
    room.type("\r")
    album.take("noted", "Noted as evidence")
    room.type("u", "Undone")
    room.type("s", "Question 3 of 15")
    room.type(":room Ann, Bob, Eve, Zoe\r", "v calls a hidden vote")
    room.type("v", "Ann, 1 of 4")
    room.type("1 5 2")
    album.take("a hidden vote", "Zoe, 4 of 4")
    assert room.faint() == []
    room.type(" ?", "All 4 have voted")
    room.type("v")
    album.take("revealed", "The vote is revealed.")
    room.type("t")
    room.wait(lambda: room.ground() == ground and not room.faint())
    room.type("h")
    album.take("why", "Source:")
    room.type("n" + "4" * 12)
    album.take("the end", "No question is left.")
    album.close()
    room.type("q")
    code, report = room.end()
    assert code == 0
    assert all(sequence in report for sequence in RESTORED)
    assert "Acme Ltd" in report[report.rindex(RESTORED[0]) :]


def test_a_killed_interview_goes_on_where_it_was(terminal: Open) -> None:
    room = terminal()
    room.until("Question 1 of 15")
    room.type("4?x none of it\r", "Question 4 of 15")
    room.child.kill(signal.SIGKILL)
    room.child.expect(pexpect.EOF)
    (file,) = room.folder.glob("*.cvp.jsonl")

    room = terminal(80, 24, "--session", file.name)
    room.until("Question 4 of 15")
    room.type("b", "not applicable, none of it")
    room.type("\x03")
    code, said = room.end()
    assert code == 130
    assert all(sequence in said for sequence in RESTORED)
    assert "Traceback" not in said
    assert f"to go on: cvp assess --session {file.name}" in said


def test_a_small_window_a_pause_and_an_end_from_outside(terminal: Open) -> None:
    room = terminal(120, 40)
    room.until("Question 1 of 15")
    room.resize(40, 10)
    room.until(":help")
    room.type("4\x1b[B", "▶ 1 ○")
    assert "q save and leave" in room.shown()
    room.resize(120, 40)
    room.until("light or dark")
    assert "▶ 1 ○ Most name something that we do not sell" in room.shown()

    room.raw = ""
    room.type("\x1a")
    room.wait(lambda: os.waitpid(room.child.pid, os.WUNTRACED | os.WNOHANG)[0] == room.child.pid)
    room.wait(lambda: all(sequence in room.raw for sequence in RESTORED))
    room.screen.reset()
    room.child.kill(signal.SIGCONT)
    room.until("▶ 1 ○ Most name something")
    room.type("\r", "Question 3 of 15")

    room.child.kill(signal.SIGTERM)
    code, said = room.end()
    assert code == 128 + signal.SIGTERM
    assert all(sequence in said for sequence in RESTORED)
    assert room.session().count('"do":"answer"') == 2


def test_the_report_at_the_end_is_as_wide_as_the_window_is_then(terminal: Open) -> None:
    room = terminal(120, 40)
    room.until("Question 1 of 15")
    room.type("4", "Question 2 of 15")
    room.resize(70, 40)
    room.wait(lambda: "Question 2 of 15" in room.shown())
    room.type("q")
    _, said = room.end()
    report = said[said.rindex(RESTORED[0]) :]
    assert "Acme Ltd" in report
    lines = re.sub(r"\x1b[^a-zA-Z]*[a-zA-Z]", "", report).splitlines()
    assert [line for line in lines if len(line) > 70 and "to go on: " not in line] == []


def test_a_terminal_that_is_closed_ends_the_interview(terminal: Open) -> None:
    room = terminal()
    room.until("Question 1 of 15")
    room.type("4", "Question 2 of 15")
    room.hang_up()
    end = time.monotonic() + PATIENCE
    while room.child.isalive():
        assert time.monotonic() < end, "it hangs"
        time.sleep(0.02)
    assert room.session().count('"do":"answer"') == 1


def test_who_leaves_the_stage_is_told_of_hidden_votes(terminal: Open) -> None:
    room = terminal()
    room.until("Question 1 of 15")
    room.type(":room 3\r", "v calls a hidden vote")
    room.type("v4444b", "1 of 3 have voted, and the vote stays hidden")
    room.type("q")
    code, said = room.end()
    assert code == 0
    assert "Question 1 has a hidden vote under way: 1 of 3 (g 1, then v)." in said
