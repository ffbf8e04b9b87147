"""Sessions in a real terminal: left in every way there is, on a disk that fills up, gone on with."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from real import needs

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
if not hasattr(pexpect, "spawn"):
    pytest.skip("pseudo-terminals need a POSIX system", allow_module_level=True)

from terminals import Terminal  # noqa: E402 - as it needs pexpect

from cvp.answers import Answer  # noqa: E402
from cvp.interview.changes import Answered  # noqa: E402
from cvp.interview.record import Record  # noqa: E402
from cvp.loading import load_questionnaire  # noqa: E402
from cvp.sessions import course_of, create, head_of, read_journal, resume  # noqa: E402

QUICK = load_questionnaire("quick")
FILE = "a.cvp.jsonl"
NEW = ("assess", "quick", "--company", "Acme", "--session", FILE)

Run = Callable[..., Terminal]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts `cvp`; what still runs at the end of the test is stopped."""
    begun: list[Terminal] = []

    def begin(*arguments: str, **more: Any) -> Terminal:
        begun.append(Terminal(tmp_path, *arguments, **more))
        return begun[-1]

    yield begin
    for terminal in begun:
        terminal.child.close(force=True)


@pytest.fixture
def there(tmp_path: Path) -> Callable[[], Record]:
    """What the session holds now."""

    def record(name: str = FILE) -> Record:
        journal, torn = read_journal(str(tmp_path / name))
        assert not torn
        return course_of(name, journal).record

    return record


def test_an_interview_is_interrupted_and_gone_on_with(run: Run, there: Callable[[], Record]) -> None:
    terminal = run(*NEW)
    assert "Answers are kept in a.cvp.jsonl as they come." in terminal.screen()
    terminal.say("5", "e they all said so", "x We deliver nothing", "m")
    terminal.child.sendintr()
    code, said = terminal.end()
    assert code == 130
    assert "answers kept in a.cvp.jsonl; to go on: cvp assess --session a.cvp.jsonl" in said
    before = there()
    assert before.given == {
        "buyers_talk_price": Answer(choice="outcome"),
        "offer_clear": Answer(not_applicable="We deliver nothing"),
    }
    assert before.remarks["offer_clear"].note == "they all said so"
    assert before.marked == {"promise_kept"}

    terminal = run("assess", "--resume")
    assert "Question 3 of 15" in terminal.screen()
    assert there() == before
    terminal.say("u", "u", "4")
    terminal.child.sendline("q")
    code, said = terminal.end()
    assert code == 0
    assert said.index("Level 1") < said.index("answers kept in a.cvp.jsonl; to go on:")
    assert there().given["offer_clear"] == Answer(choice="product")


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_in_order(run: Run, there: Callable[[], Record], blow: signal.Signals) -> None:
    terminal = run(*NEW, "--room", "2")
    terminal.screen()
    terminal.say("1")
    terminal.child.sendline("v")
    terminal.until("Person 1 of 2: number, ? or x REASON, hidden> ")
    terminal.child.waitnoecho(5)
    terminal.child.sendline("3")
    terminal.until("Person 2 of 2")
    terminal.child.waitnoecho(5)
    terminal.child.kill(blow)
    code, said = terminal.end_with_echo()
    assert code == 128 + blow
    assert "answers kept in a.cvp.jsonl" in said
    assert "Traceback" not in said
    record = there()
    assert len(record.given) == 1
    assert record.round("offer_clear")
    resume_freely(terminal)


def resume_freely(terminal: Terminal) -> None:
    """That nobody holds the session any more."""
    resume(os.path.join(terminal.folder, FILE)).close()


def test_a_closed_terminal_loses_nothing(run: Run, there: Callable[[], Record], tmp_path: Path) -> None:
    terminal = run(*NEW)
    terminal.screen()
    terminal.say("1", "2", "?")
    terminal.child.close(force=False)
    free_soon(tmp_path)
    assert len(there().given) == 3


def free_soon(folder: Path) -> None:
    """Waits until the session that a closed terminal held is free."""
    from cvp.errors import SessionBusy

    for _ in range(100):
        try:
            resume(str(folder / FILE)).close()
        except SessionBusy:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the session is still held")


def test_beginning_again_asks_whether_to_go_on(run: Run, tmp_path: Path) -> None:
    terminal = run(*NEW)
    terminal.screen()
    terminal.say("1", "2")
    terminal.child.sendeof()
    terminal.end()
    for answers, question, files in (([""], 3, 1), (["what?", "N"], 1, 2)):
        terminal = run("assess", "quick", "--company", "Acme")
        assert "not finished yet: Acme, " in terminal.until("Enter goes on with it, n begins a new one: ")
        for answer in answers:
            terminal.child.sendline(answer)
        assert f"Question {question} of 15" in terminal.screen()
        assert len(list(tmp_path.glob("*.cvp.jsonl"))) == files
        terminal.child.sendeof()
        terminal.end()


def test_leaving_at_once_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    terminal = run("assess", "quick", "--company", "Acme")
    terminal.screen()
    assert len(list(tmp_path.iterdir())) == 1
    terminal.child.sendintr()
    code, said = terminal.end()
    assert (code, "answers kept" in said) == (130, False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", ["q", "5 u q", "e_only_a_note q"])
def test_where_nothing_was_answered_there_is_no_plan(run: Run, typed: str) -> None:
    terminal = run(*NEW)
    *lines, last = (line.replace("_", " ") for line in typed.split())
    terminal.screen()
    terminal.say(*lines)
    terminal.child.sendline(last)
    code, said = terminal.end()
    assert code == 0
    assert "cvp: nothing was answered, so there is nothing to report\n" in said
    assert "working days" not in said
    assert ("answers kept in a.cvp.jsonl" in said) == bool(lines)


def test_a_disk_that_fills_up_is_told_and_the_session_goes_elsewhere(
    run: Run, there: Callable[..., Record], tmp_path: Path
) -> None:
    needs(sys.platform == "linux", "limits of another process are Linux's")
    import resource

    terminal = run(*NEW)
    terminal.screen()
    terminal.say("1")
    hard = resource.prlimit(terminal.child.pid, resource.RLIMIT_FSIZE)[1]
    full = (tmp_path / FILE).stat().st_size + 30
    resource.prlimit(terminal.child.pid, resource.RLIMIT_FSIZE, (full, hard))
    for answer in ("2", "?"):
        shown = " ".join(terminal.say(answer).split())
        assert "NOT SAVED: a.cvp.jsonl: could not be written: file too large" in shown
        assert "f and another path keep the session there" in shown
    assert "The last changes are not saved yet." in terminal.say("q")
    assert len(there().given) == 1
    resource.prlimit(terminal.child.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert "NOT SAVED" not in terminal.say("f b.cvp.jsonl")
    assert len(there("b.cvp.jsonl").given) == 3
    terminal.say("1")
    terminal.child.sendline("q")
    code, said = terminal.end()
    assert code == 0
    assert "to go on: cvp assess --session b.cvp.jsonl" in said
    assert len(there("b.cvp.jsonl").given) == 4


def test_leaving_a_full_disk_behind_is_a_failure(run: Run, there: Callable[..., Record], tmp_path: Path) -> None:
    needs(sys.platform == "linux", "limits of another process are Linux's")
    import resource

    terminal = run(*NEW)
    terminal.screen()
    terminal.say("1")
    full = (tmp_path / FILE).stat().st_size
    resource.prlimit(terminal.child.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
    terminal.say("2")
    terminal.child.sendline("q!")
    code, said = terminal.end()
    assert code == 3
    assert "NOT SAVED: a.cvp.jsonl: could not be written" in said
    assert "Acme" in said, "the report is there all the same"
    assert len(there().given) == 1


def test_of_several_sessions_one_is_chosen(run: Run, there: Callable[..., Record], tmp_path: Path) -> None:
    for name in ("a", "b"):
        session = create(str(tmp_path / f"{name}.cvp.jsonl"), head_of(QUICK, company=f"{name} Ltd", date="2026-01-31"))
        session.append([Answered(question="buyers_talk_price", answer=Answer(choice="outcome"))])
        session.close()
    os.utime(tmp_path / "b.cvp.jsonl", (0, 0))
    terminal = run("assess", "--resume")
    shown = terminal.until("Which one? 1 to 2, Enter for 1: ")
    assert shown.index("a Ltd") < shown.index("b Ltd")
    terminal.child.sendline("2")
    assert "Question 2 of 15" in terminal.screen()
    terminal.say("1")
    terminal.child.sendeof()
    assert terminal.end()[0] == 0
    assert [len(there(f"{name}.cvp.jsonl").given) for name in ("a", "b")] == [1, 2]
