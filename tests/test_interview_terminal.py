"""The real program in a pseudo-terminal: whole interviews of the shipped `quick` questionnaire in plain lines."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from cvp.answers import AnswerSheet
from cvp.interview.record import Record
from cvp.loading import load_questionnaire
from cvp.room import room_answers
from cvp.sessions import course_of, read_journal
from cvp.text import printable
from questionnaires import sheet

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pseudo-terminals need a POSIX system", allow_module_level=True)

PROMPT = "\r\n> "
QUESTIONS = 15
QUICK = load_questionnaire("quick")


class Talk:
    """One run of `cvp assess quick` in `folder`, and what it said."""

    def __init__(
        self,
        folder: Path,
        columns: int = 80,
        company: str | None = "Acme Ltd",
        options: Sequence[str] = (),
        deaf: bool = False,
        **environment: str,
    ) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        options = [*options, *(["--company", company] if company else [])]
        self.folder = folder
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "cvp", "assess", "quick", "--plain", *options, "--date", "2026-01-31"],
            cwd=str(folder),
            env={**kept, "TERM": "xterm", "PYTHONUTF8": "1", **environment},
            dimensions=(24, columns),
            encoding="utf-8",
            codec_errors="backslashreplace",
            timeout=30,
            ignore_sighup=deaf,
        )
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.ptyproc.delayafterclose = 0.01

    def screen(self, prompt: str = PROMPT) -> str:
        """What is shown up to the next prompt."""
        self.child.expect_exact(prompt)
        return str(self.child.before).replace("\r\n", "\n")

    def say(self, *lines: str, prompt: str = PROMPT) -> str:
        """Types each line at a prompt; gives the screen after the last."""
        shown = ""
        for line in lines:
            self.child.sendline(line)
            shown = self.screen(prompt)
        return shown

    def end(self) -> tuple[int, str]:
        """The exit code, and what was said to the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, str(self.child.before).replace("\r\n", "\n")

    def record(self) -> Record:
        """What is on the disk now."""
        (file,) = self.folder.glob("*.cvp.jsonl")
        journal, _ = read_journal(str(file))
        assert journal.head.company == "Acme Ltd"
        return course_of(str(file), journal, QUICK).record

    def answers(self) -> AnswerSheet:
        """The answers of `record`."""
        return room_answers(QUICK, self.record().voting())


Run = Callable[..., Talk]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts a talk; what still runs at the end of the test is stopped."""
    talks: list[Talk] = []

    def begin(
        columns: int = 80,
        company: str | None = "Acme Ltd",
        options: Sequence[str] = (),
        deaf: bool = False,
        **environment: str,
    ) -> Talk:
        talks.append(Talk(tmp_path, columns, company, options, deaf, **environment))
        return talks[-1]

    yield begin
    for talk in talks:
        talk.child.close(force=True)


def test_a_whole_interview(run: Run) -> None:
    talk = run()
    assert "Question 1 of 15 · Level 1 Commodity" in talk.screen()
    shown = talk.say("5")
    assert "so far: Level 1, between 1 and 4" in shown
    assert "Question 2 of 15" in shown
    assert talk.answers() == sheet(buyers_talk_price="outcome")

    assert "You said: don't know" in talk.say("?")
    assert "Not applicable needs its reason" in talk.say("x")
    assert "Question 4 of 15" in talk.say("x We deliver nothing")
    assert "Question 3 of 15" in talk.say("b")
    assert talk.answers()["promise_kept"].not_applicable == "We deliver nothing"
    assert "Undone: the answer to question 3, which is open again." in talk.say("u")
    assert "promise_kept" not in talk.answers()
    assert "Question 3 stays open." in talk.say("s")
    assert "Noted as evidence" in talk.say("e Nine of ten | sales | 2025-11")
    assert talk.record().remarks["job_is_named"].evidence[0].source == "sales"
    assert "nothing is answered" in talk.say("")
    assert "is not something to type here" in talk.say("hello?")
    assert "Source: " in talk.say("h")
    assert "If it were 4 " in talk.say("w 4")
    assert "Level 4 Builds social capital: still open." in talk.say("l")

    assert "1 question is left: 3." in talk.say(*["4"] * (QUESTIONS - 3))
    assert "Question 3 of 15" in talk.say("n")
    assert "No question is left." in talk.say("4")
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
    (file,) = talk.folder.glob("*.cvp.jsonl")
    assert f"cvp assess --session {file.name}" in said

    talk = run(company=None, options=["--session", file.name])
    assert "Question 3 of 15" in talk.screen()
    assert "Undone: the answer to question 2" in talk.say("u")
    talk.say("3", "3")
    talk.child.sendline("q")
    assert talk.end()[0] == 0
    assert len(talk.answers()) == 3


def test_a_vote_is_typed_unseen(run: Run) -> None:
    talk = run()
    talk.screen()
    assert "1 Ann, 2 Bob, 3 Eve" in talk.say("room Ann, Bob, Eve")
    turns = [
        f"{name}, {seat} of 3: number, ? or x REASON, hidden> " for seat, name in enumerate(("Ann", "Bob", "Eve"), 1)
    ]
    talk.say("v", prompt=turns[0])
    seen = talk.say("x secret of Ann", prompt=turns[1])
    seen += talk.say("what was it", prompt=turns[1])
    seen += talk.say("5", prompt=turns[2])
    assert seen.startswith("\n")  # and not with what was typed
    assert "secret" not in seen
    assert "what was it" not in seen
    assert talk.record().round("buyers_talk_price") is not None
    assert not talk.answers()
    assert "All 3 have voted." in talk.say("5")
    assert "the answer)" in talk.say("v")
    assert talk.answers()["buyers_talk_price"].choice == "outcome"
    talk.child.sendline("h")
    assert "\nCounts for" in talk.screen()[:20].replace("h\n\n", "\n")  # the echo is on again
    talk.child.sendline("q")
    assert talk.end()[0] == 0


def test_what_is_typed_before_a_hidden_prompt_is_nobodys_vote_and_told(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("room 3")
    talk.child.send("v\n5\n5\n")
    shown = talk.screen("Person 1 of 3: number, ? or x REASON, hidden> ")
    assert "Something typed before the prompt was not taken." in shown
    shown = talk.say("5", prompt="Person 2 of 3: number, ? or x REASON, hidden> ")
    assert "not taken" not in shown
    talk.child.sendline("q")
    assert "q again leaves" in talk.screen("hidden> ")
    talk.child.sendline("q")
    code, said = talk.end()
    assert code == 0
    assert "Question 1 has a hidden vote under way: 1 of 3 (g 1, then v)." in said
    latest = talk.record().round("buyers_talk_price")
    assert latest
    assert latest.voters == {1}


def test_ctrl_c_in_a_vote_keeps_the_votes_and_turns_the_echo_on(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("room 3")
    talk.say("v", prompt="Person 1 of 3: number, ? or x REASON, hidden> ")
    talk.say("5", prompt="Person 2 of 3: number, ? or x REASON, hidden> ")
    assert not talk.child.getecho()
    talk.child.sendintr()
    talk.child.expect_exact("to go on")
    assert talk.child.getecho()
    assert talk.end()[0] == 130
    latest = talk.record().round("buyers_talk_price")
    assert latest
    assert latest.voters == {1}


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


@pytest.mark.parametrize("deaf", [False, True])
@pytest.mark.parametrize("lines", [("m",), ("room 3", "v")])
def test_a_closed_terminal_leaves_at_once(run: Run, deaf: bool, lines: Sequence[str]) -> None:
    """By its signal, and where that is ignored by finding nobody there; in the middle of a hidden vote too."""
    talk = run(deaf=deaf)
    talk.screen()
    talk.say("1", "2")
    for line in lines:
        talk.say(line, prompt="> ")
    talk.child.ptyproc.fileobj.close()
    latest = time.monotonic() + 10
    while talk.child.isalive():
        assert time.monotonic() < latest, "it hangs"
        time.sleep(0.05)
    assert len(talk.answers()) == 2


def test_stopped_and_brought_back_it_goes_on(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.say("1")
    talk.child.kill(signal.SIGTSTP)
    talk.child.kill(signal.SIGCONT)
    assert "You said: 2 " in talk.say("2")


def test_a_window_made_small_at_a_question_is_kept_to(run: Run) -> None:
    talk = run()
    talk.screen()
    talk.child.setwinsize(10, 40)
    assert max(map(len, talk.say("h").splitlines())) <= 40
    talk.child.setwinsize(24, 80)
    assert max(map(len, talk.say("h").splitlines())) > 40
    assert "You said: 1 " in talk.say("1")


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
    pages = talk.screen() + talk.say("1", "h", "l", "help", "w 3", "room 4", "c 1 0 0 0 3", "a", "g 15")
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
