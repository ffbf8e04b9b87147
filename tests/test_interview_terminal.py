"""The real program in a pseudo-terminal, through whole interviews of the shipped `quick` questionnaire."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from cvp.answers import AnswerSheet
from cvp.loading import Finder, load_answers
from cvp.text import printable
from questionnaires import sheet

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pseudo-terminals need a POSIX system", allow_module_level=True)

PROMPT = "\r\n> "
QUESTIONS = 15


class Talk:
    """One run of `cvp assess quick` in `folder`, and what it said."""

    def __init__(
        self,
        folder: Path,
        columns: int = 80,
        company: str | None = "Acme Ltd",
        options: Sequence[str] = (),
        **environment: str,
    ) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        options = [*options, *(["--company", company] if company else [])]
        self.folder = folder
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "cvp", "assess", "quick", *options, "--date", "2026-01-31"],
            cwd=str(folder),
            env={**kept, "TERM": "xterm", "PYTHONUTF8": "1", **environment},
            dimensions=(24, columns),
            encoding="utf-8",
            codec_errors="backslashreplace",
            timeout=30,
        )

    def screen(self) -> str:
        """What is shown up to the next prompt."""
        self.child.expect_exact(PROMPT)
        return str(self.child.before).replace("\r\n", "\n")

    def say(self, *lines: str) -> str:
        """Types each line at a prompt; gives the screen after the last."""
        shown = ""
        for line in lines:
            self.child.sendline(line)
            shown = self.screen()
        return shown

    def end(self) -> tuple[int, str]:
        """The exit code, and what was said to the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, str(self.child.before).replace("\r\n", "\n")

    def answers(self) -> AnswerSheet:
        """What is on the disk now."""
        (file,) = self.folder.glob("*.answers.json")
        kept, questionnaire = load_answers(str(file), Finder(str(file)))
        assert questionnaire.id == "quick"
        assert kept.company == "Acme Ltd"
        return kept.answers or {}


Run = Callable[..., Talk]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts a talk; what still runs at the end of the test is stopped."""
    talks: list[Talk] = []

    def begin(
        columns: int = 80, company: str | None = "Acme Ltd", options: Sequence[str] = (), **environment: str
    ) -> Talk:
        talks.append(Talk(tmp_path, columns, company, options, **environment))
        return talks[-1]

    yield begin
    for talk in talks:
        talk.child.close(force=True)


def test_a_whole_interview(run: Run) -> None:
    talk = run()
    assert "Question 1 of 15 · Level 1 Commodity" in talk.screen()
    shown = talk.say("5")
    assert "answers kept in acme-ltd-2026-01-31.answers.json" in shown
    assert "so far: Level 1, between 1 and 4" in shown
    assert "Question 2 of 15" in shown
    assert talk.answers() == sheet(buyers_talk_price="outcome")

    assert "You said: don't know" in talk.say("?")
    assert "Not applicable needs its reason" in talk.say("x")
    assert "Question 4 of 15" in talk.say("x We deliver nothing")
    assert "Question 3 of 15" in talk.say("b")
    assert talk.answers()["promise_kept"].not_applicable == "We deliver nothing"
    assert "Undone: question 3 is open again." in talk.say("u")
    assert "promise_kept" not in talk.answers()
    assert "nothing is answered" in talk.say("")
    assert "is not something to type here" in talk.say("hello?")
    assert "Source: " in talk.say("h")
    assert "Level 4 Builds social capital: still open." in talk.say("l")

    assert "Question 15 of 15" in talk.say(*["4"] * (QUESTIONS - 3))
    assert "Every question has an answer." in talk.say("4")
    assert len(talk.answers()) == QUESTIONS
    talk.child.sendline("q")
    code, report = talk.end()
    assert code == 0
    assert "Acme Ltd" in report


def test_quitting_early_keeps_the_answers_and_reports(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("1", "2")
    talk.child.sendline("q")
    code, report = talk.end()
    assert code == 0
    assert "Acme Ltd" in report
    assert len(talk.answers()) == 2


def test_an_interview_goes_on_where_it_was_left(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("1", "2")
    talk.child.sendintr()
    code, said = talk.end()
    assert code == 130
    (file,) = talk.folder.glob("*.answers.json")
    assert f"to go on: cvp assess --session {file.name}" in said

    talk = run(company=None, options=["--session", file.name])
    assert "Question 3 of 15" in talk.screen()
    talk.say("3")
    talk.child.sendline("q")
    assert talk.end()[0] == 0
    assert len(talk.answers()) == 3


def test_the_end_of_the_input_keeps_the_answers(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("1")
    talk.child.sendeof()
    assert talk.end()[0] == 0
    assert len(talk.answers()) == 1


def test_ctrl_c_keeps_the_answers(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("1", "?", "3")
    talk.child.sendintr()
    code, said = talk.end()
    assert code == 130
    assert "Traceback" not in said
    assert len(talk.answers()) == 3


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_interview_has_kept_what_was_shown(run: Run, blow: signal.Signals) -> None:
    talk = run()
    talk.screen()
    talk.say("1", "?", "3", "u", "2")
    talk.child.kill(blow)
    talk.child.expect(pexpect.EOF)
    assert len(talk.answers()) == 3


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "dumb"},
        {"NO_COLOR": "1"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        {"COLUMNS": "0"},
    ],
)
def test_any_terminal_will_do(run: Run, environment: dict[str, str]) -> None:
    talk = run(60, **environment)
    pages = talk.screen() + talk.say("1", "x naïve", "n", "b")
    assert "Question 1 of 15" in pages
    assert printable(pages) == pages
    if "PYTHONIOENCODING" in environment:
        own = pages.replace("x naïve", "")  # the terminal's echo of what was typed
        assert own.isascii()


def test_sixty_columns_are_kept_to(run: Run) -> None:
    talk = run(60)
    pages = talk.screen() + talk.say("1", "h", "l", "help", "g 15")
    assert max(map(len, pages.splitlines())) <= 60


def test_the_company_is_asked_for(run: Run) -> None:
    talk = run(company=None)
    talk.child.expect_exact("? ")
    talk.child.sendline("Acme Ltd")
    assert "Question 1 of 15" in talk.screen()
    talk.say("1")
    assert len(talk.answers()) == 1


def test_a_latin_1_terminal_is_a_typing_error(run: Run) -> None:
    talk = run(PYTHONUTF8="0", PYTHONIOENCODING="utf-8:strict")
    talk.screen()
    os.write(talk.child.child_fd, b"x caf\xe9\n")
    assert "is not something to type here" in talk.screen()
    assert "You said: 1 " in talk.say("1")
