"""All files of a run take their places together: one that is stopped before leaves each as it was, and says so.

Stops are real signals, which come exactly when a file is about to take its place.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
from test_batch import write_questionnaire
from test_batch_faults import COMMAND, WANTED
from typer.testing import Result

from questionnaires import one_for_each_level

Run = Callable[..., Result]

FILES: Final = {
    "--rejects": "bad.csv",
    "--assessments": "all",
    "--summary": "sum.json",
    "--item-analysis": "items.json",
    "--output": "out.csv",
}
"""In the order in which they take their places."""
OPTIONS: Final = [word for pair in FILES.items() for word in pair]
RUN: Final = [*COMMAND, "in.csv", *WANTED, *OPTIONS]
STOP: Final = """
import os, sys
number, name = os.environ["STOP"].split()
def stop(event, given):
    target = {"os.rename": given[1:2], "tempfile.mkstemp": given[:1]}.get(event)
    if target and os.path.basename(target[0]).startswith(name):
        os.kill(os.getpid(), int(number))
sys.addaudithook(stop)
"""
ENDINGS: Final = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of 30 rows, of which one means nothing; and what makes a run stop."""
    (tmp_path / "stop").mkdir()
    (tmp_path / "stop/sitecustomize.py").write_text(STOP)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    write_questionnaire(Path(), one_for_each_level())
    survey(30)
    return tmp_path


def survey(rows: int) -> None:
    lines = [f"r{n},{','.join(f'c{n * 7 % (place + 2) % 3}' for place in range(4))}" for n in range(rows - 1)]
    Path("in.csv").write_text("\n".join(["respondent,a,b,c,d", *lines, "last,what?,c0,c0,c0"]) + "\n")


def stopped(number: int, where: str, command: Sequence[str] = RUN) -> tuple[int, str]:
    """A run to which the signal comes when a file of that name is about to be made: exit code, and what it said."""
    path = os.pathsep.join([os.path.abspath("../stop"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "STOP": f"{int(number)} {where}"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stderr.decode()


def made() -> dict[str, bytes]:
    """All files that are there, hidden ones too."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


def empty_folder() -> None:
    for path in Path("all").iterdir():
        path.unlink()


def code_of(number: int) -> int:
    return 130 if number == signal.SIGINT else -number


def test_all_files_are_named(run: Run) -> None:
    done = run(*RUN[3:])
    assert (done.exit_code, {*FILES.values()} <= {*os.listdir()}) == (1, True), done.output
    assert "cvp: saved to out.csv, bad.csv, all, sum.json and items.json\n" in done.stderr


@pytest.mark.parametrize("number", [*ENDINGS, signal.SIGKILL])
def test_a_run_that_is_stopped_before_leaves_every_file_as_it_was(number: int, run: Run) -> None:
    run(*RUN[3:])
    empty_folder()
    survey(40)
    before = made()
    code, said = stopped(number, ".sum.json.")
    after = made()
    assert code == code_of(number), said
    if number != signal.SIGKILL:
        assert after == before
        assert said.endswith("cvp: stopped; no file was touched; run it again\n")
    assert {name: after[name] for name in before} == before
    assert "40 rows in = 39 scored" in run(*RUN[3:]).stderr
    assert not [name for name in made() if name.startswith(".")]


@pytest.mark.parametrize("number", [*ENDINGS, signal.SIGKILL])
def test_what_was_scored_is_gone_on_with(number: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(*RUN[3:]).exit_code == 1
    undisturbed = made()
    empty_folder()
    monkeypatch.setenv("CVP_BLOCK", "10")
    code, said = stopped(number, ".sum.json.")
    assert code == code_of(number), said
    if number != signal.SIGKILL:
        assert said.endswith("cvp: stopped; what was scored is kept, --resume goes on with it\n")
    assert run(*RUN[3:], "--resume").exit_code == 1
    assert made() == undisturbed


@pytest.mark.parametrize("number", ENDINGS)
def test_a_stop_waits_for_files_that_take_their_places(number: int, run: Run) -> None:
    assert run(*RUN[3:]).exit_code == 1
    undisturbed = made()
    for name in FILES.values():
        empty_folder() if name == "all" else Path(name).unlink()
    code, said = stopped(number, "bad.csv")
    assert code == code_of(number), said
    assert said.endswith("cvp: stopped, when all was done; saved to out.csv, bad.csv, all, sum.json and items.json\n")
    assert made() == undisturbed


@pytest.mark.parametrize("name", FILES.values())
@pytest.mark.parametrize("block", ["10", ""])
def test_a_kill_between_two_files_is_put_right(
    name: str, block: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*RUN[3:]).exit_code == 1
    undisturbed = made()
    empty_folder()
    os.rmdir("all")
    if block:
        monkeypatch.setenv("CVP_BLOCK", block)
    stale = Path("out.csv").read_bytes()
    code, said = stopped(signal.SIGKILL, name)
    assert (code, Path("out.csv").read_bytes()) == (-signal.SIGKILL, stale), said
    assert run(*RUN[3:], "--resume").exit_code == 1
    assert made() == undisturbed


def test_a_folder_with_assessments_of_another_run_is_refused(run: Run) -> None:
    assert run(*RUN[3:]).exit_code == 1
    undisturbed = made()
    survey(40)
    again = run(*RUN[3:])
    assert again.exit_code == 2
    assert (
        "cvp: --assessments all: holds index.csv and 29 more, not of this run; empty it, or name another\n"
        in again.stderr
    )
    assert {name: made()[name] for name in undisturbed if name != "in.csv"} == {
        name: data for name, data in undisturbed.items() if name != "in.csv"
    }
    resumed = run(*RUN[3:], "--resume")
    assert (resumed.exit_code, "all: holds index.csv" in resumed.stderr) == (1, False), resumed.output
    survey(20)
    Path("out.csv").unlink()
    stale = run(*RUN[3:], "--resume")
    assert (stale.exit_code, "r19-" in stale.stderr, Path("out.csv").exists()) == (2, True, False), stale.output


def test_a_folder_with_nothing_but_hidden_files_is_empty(run: Run) -> None:
    Path("all").mkdir()
    Path("all/.gitkeep").touch()
    assert run(*RUN[3:]).exit_code == 1
    assert len(os.listdir("all")) == 29 + 1 + 1


@pytest.mark.parametrize("option", ["--rejects", "--summary", "--item-analysis", "--assessments"])
def test_two_runs_do_not_share_a_file(option: str, run: Run) -> None:
    shared = [option, FILES[option]]
    first = begun_and_held([*COMMAND, "in.csv", *WANTED, *shared, "--output", "one.csv"])
    try:
        done = run("batch", "in.csv", *WANTED, *shared, "--output", "two.csv")
        assert (done.exit_code, Path("two.csv").exists()) == (3, False)
        assert f"{FILES[option]}: another cvp batch is writing it; wait for it, or name another\n" in done.stderr
    finally:
        first.send_signal(signal.SIGCONT)
    first.communicate()
    assert run("batch", "in.csv", *WANTED, option, f"other-{FILES[option]}", "--output", "two.csv").exit_code == 1
    assert not [name for name in os.listdir() if name.startswith(".")]


def begun_and_held(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """A run that stopped for a while just before its rows take their place."""
    path = os.pathsep.join([os.path.abspath("../stop"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "STOP": f"{int(signal.SIGSTOP)} one.csv"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    os.waitpid(process.pid, os.WUNTRACED)
    return process


@pytest.mark.parametrize("option", ["--rejects", "--summary", "--item-analysis", "--output"])
def test_a_folder_that_is_not_there_is_told_before_anything_is_scored(option: str, run: Run) -> None:
    done = run("batch", "in.csv", *WANTED, option, "away/a.csv")
    said = "cvp: away/a.csv: could not be written: there is no such folder; make it, or name another\n"
    assert (done.exit_code, said in done.stderr, Path("away").exists()) == (3, True, False), done.stderr
    assert "rows in =" not in done.stderr


@pytest.mark.parametrize("option", ["--rejects", "--summary"])
def test_a_device_is_written_and_not_replaced(option: str, run: Run) -> None:
    done = run("batch", "in.csv", *WANTED, "--output", "out.csv", option, "pipe.csv")
    assert done.exit_code == 1
    whole = Path("pipe.csv").read_bytes()
    Path("pipe.csv").unlink()
    os.mkfifo("pipe.csv")
    process = subprocess.Popen(
        [*COMMAND, "in.csv", *WANTED, "--output", "out.csv", option, "pipe.csv"], stderr=subprocess.DEVNULL
    )
    assert Path("pipe.csv").read_bytes() == whole
    assert process.wait(timeout=60) == 1
    assert Path("pipe.csv").is_fifo()


def test_too_many_rejects_are_told_in_short_lines(run: Run) -> None:
    lines = Path("in.csv").read_text().splitlines(keepends=True)
    Path("in.csv").write_text("".join([*lines, *(f"s{n},no{n},c0,c0,c0\n" for n in range(9))]))
    wishes = ["--output", "out.csv", "--max-rejects", "3"]
    done = run("batch", "in.csv", *WANTED, *wishes)
    first, *more = done.stderr.partition("cvp: stopped: ")[2].splitlines()
    assert (done.exit_code, first) == (
        3,
        "10 of the first 39 rows rejected, more than --max-rejects 3; no row was written",
    )
    assert [line.partition(": ")[0] for line in more[:5]] == [f"in.csv:{number}" for number in range(31, 36)]
    assert more[5:] == ["and 5 more rows; --rejects FILE keeps them all"]
    kept = run("batch", "in.csv", *WANTED, *wishes, "--rejects", "bad.csv")
    assert kept.stderr.endswith("no row was written\nWhat is wrong with rejected rows is in bad.csv.\n")
    assert len(Path("bad.csv").read_text().splitlines()) == 11


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that takes no files, not even root's, is Linux's")
@pytest.mark.parametrize("option", ["--summary", "--output", "--assessments"])
def test_a_folder_that_takes_no_files_is_no_other_run(option: str, run: Run) -> None:
    survey(40)
    done = run("batch", "in.csv", *WANTED, option, "/proc/made.csv")
    assert done.exit_code == 3
    assert "/proc/made.csv: could not be written: its folder takes no files; name another" in done.stderr
