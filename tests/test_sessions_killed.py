"""`kill -9` at random moments of interviews: what was shown as given is there afterwards, and goes on.

`CVP_KILLS=300 pytest tests/test_sessions_killed.py` kills each front end 300 times; the suite a few times only.
"""

import os
import random
import signal
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from real import needs

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pseudo-terminals need a POSIX system", allow_module_level=True)

import pyte  # noqa: E402
from terminals import PROMPT, Terminal  # noqa: E402

from cvp.answers import last_day  # noqa: E402
from cvp.errors import Unreadable  # noqa: E402
from cvp.interview.keys import reduce  # noqa: E402
from cvp.interview.record import Course  # noqa: E402
from cvp.interview.showing import screen  # noqa: E402
from cvp.interview.state import Interview, start  # noqa: E402
from cvp.loading import load_questionnaire  # noqa: E402
from cvp.sessions import course_of, read_journal  # noqa: E402

QUICK: Final = load_questionnaire("quick")
FILE: Final = "acme.cvp.jsonl"
DAY: Final = "2026-01-31"
LONGEST: Final = 200
"""Changes after which a session is put aside for a new one, so that its runs do not get slower and slower."""
LINES: Final = (
    "1", "2", "3", "4", "5", "1", "2", "3", "4", "5", "?", "x never sold there", "e they all said so",
    "e nine of ten | CRM | 2025-11", "m", "s", "u", "u", "r", "b", "n", "g 3", "g 9", "c 1 0 2 0 1 ?1", "c 0 0 0 4 0",
    "o 2 two buyers said so", "h", "l", "w 3",
)  # fmt: skip


class InLines:
    """The line front end: a prompt is there again when the line before it has been dealt with."""

    size = (50, 80)
    plain = "1"

    def __init__(self, folder: Path) -> None:
        named = [] if (folder / FILE).exists() else ["quick", "--company", "Acme", "--date", DAY]
        options = ["assess", *named, "--session", FILE]
        self.terminal = Terminal(folder, *options, size=self.size, CVP_PLAIN=self.plain)
        self.shown = -1
        """How many lines had surely been dealt with, and were shown so; -1 before the first screen."""

    def type(self, line: str) -> None:
        self.terminal.child.sendline(line)

    def wait(self, states: list[Interview]) -> None:
        """Until the last of these states, one after each line that was typed, is shown."""
        while self.shown < len(states) - 1:
            self.terminal.child.expect_exact(PROMPT)
            self.shown += 1

    def drain(self, states: list[Interview]) -> None:
        """Reads all that was shown until it was killed."""
        assert states
        self.terminal.child.expect(pexpect.EOF)
        self.shown += str(self.terminal.child.before).count(PROMPT)


class OnStage(InLines):
    """The stage: a state is shown when its place and its message stand on the screen."""

    plain = "0"

    def __init__(self, folder: Path) -> None:
        self.display = pyte.Screen(self.size[1], self.size[0])
        self._stream = pyte.Stream(self.display)
        super().__init__(folder)

    def type(self, line: str) -> None:
        self.terminal.child.send(line if len(line) == 1 else f":{line}\r")

    def wait(self, states: list[Interview]) -> None:
        deadline = time.monotonic() + 30
        while not self._shows(states):
            assert time.monotonic() < deadline, f"{[_look(state) for state in states[-2:]]} is not on\n" + "\n".join(
                self.display.display
            )
            self._read(0.02)
        self.shown = len(states) - 1

    def drain(self, states: list[Interview]) -> None:
        while self._read(1):
            pass
        if self._shows(states):
            self.shown = len(states) - 1

    def _read(self, patience: float) -> bool:
        try:
            self._stream.feed(self.terminal.child.read_nonblocking(1 << 16, patience))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def _shows(self, states: list[Interview]) -> bool:
        """Whether the last state is on the screen, and what the one before it had to say is not any more."""
        text = "\n".join(self.display.display)
        place, message = _look(states[-1])
        before = _look(states[-2])[1] if len(states) > 1 else ""
        return place in text and message in text and (before in message or before not in text)


def _look(state: Interview) -> tuple[str, str]:
    """What tells a state from the one before it: where it is, and how its message begins."""
    return f" {screen(state).place} ", (state.message or ("",))[0][:40]


def _chosen(state: Interview, chance: random.Random) -> tuple[str, Interview]:
    """A line, and the state after it, which looks different from this one."""
    while True:
        line = chance.choice(LINES)
        after = reduce(state, line)
        if _look(after) != _look(state):
            return line, after


def begun(course: Course) -> Interview:
    """As the program begins; of its first message, what stands nowhere else on the screen."""
    interview = start(QUICK, company="Acme", course=course, language="en", day=last_day(DAY))
    return interview.saying(f"Answers are kept in {FILE} as they come.")


def killed(front_end: InLines, course: Course, chance: random.Random) -> list[Interview]:
    """A run from this course that is killed: its states after each line that was typed."""
    states = [begun(course)]
    if chance.random() < 0.1:  # while it starts, or opens the session
        time.sleep(chance.uniform(0, 0.6))
    else:
        for _ in range(chance.randint(1, 25)):
            front_end.wait(states)
            line, state = _chosen(states[-1], chance)
            states.append(state)
            front_end.type(line)
        # The last line is on its way, dealt with, or shown.
        time.sleep(chance.uniform(0, chance.choice((0.001, 0.002, 0.01, 0.05))))
    front_end.terminal.child.kill(signal.SIGKILL)
    front_end.drain(states)
    return states


@pytest.mark.parametrize(("front_end", "share"), [(InLines, 1), (OnStage, 4)], ids=["lines", "stage"])
def test_what_was_shown_as_given_survives(tmp_path: Path, front_end: type[InLines], share: int) -> None:
    needs(front_end is InLines or find_spec("textual") is not None, "the extra `stage` is not installed")
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    file = tmp_path / FILE
    course = Course()
    for number in range(int(os.environ.get("CVP_KILLS", 20 // share))):
        run = front_end(tmp_path)
        try:
            courses = [state.course for state in killed(run, course, chance)]
        finally:
            run.terminal.child.close(force=True)
        course = _found(file, run.shown)
        assert course in courses[max(run.shown, 0) :], f"kill {number + 1} of seed {seed}"
        if len(course.past) > LONGEST:
            file.unlink()
            course = Course()
    assert {path.name for path in tmp_path.iterdir()} <= {FILE}


def _found(file: Path, shown: int) -> Course:
    """What is on the disk: nothing only where nothing was shown either."""
    try:
        journal, _ = read_journal(str(file))
    except Unreadable:  # killed before its first line was there
        assert shown == -1
        file.unlink(missing_ok=True)
        return Course()
    return course_of(FILE, journal, QUICK)
