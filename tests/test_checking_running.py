"""Many files: what is remembered, processes that are killed, runs that are interrupted."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from real import needs

import cvp.checking.running
from cvp.checking import Named, Request
from cvp.checking.explaining import EXAMPLES
from cvp.checking.running import Outcome, run
from cvp.finding import Run

SOUND = (EXAMPLES / "example.yaml").read_text(encoding="utf-8")
BROKEN = SOUND.replace("perspective: company", "perspective: nobody")
CHECKED = cvp.checking.running._outcome


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CVP_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "q").mkdir()
    for number in range(100):
        (tmp_path / "q" / f"{number:03}.yaml").write_text(BROKEN)
    yield tmp_path / "q"


def codes(result: Run) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_file_that_changes_between_two_readings_is_not_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = folder / "050.yaml"

    def mended_meanwhile(file: Named, request: Request) -> Outcome:
        changing.write_text(SOUND)
        return CHECKED(file, request)

    monkeypatch.setattr(cvp.checking.running, "_outcome", mended_meanwhile)
    assert len(codes(run([str(folder)], Request(), jobs=1))) == 99
    changing.write_text(BROKEN)
    monkeypatch.setattr(cvp.checking.running, "_outcome", CHECKED)
    assert len(codes(run([str(folder)], Request(), jobs=1))) == 100


def killed_at_50(file: Named, request: Request) -> Outcome:
    if file.name.endswith("050.yaml"):
        os.kill(os.getpid(), signal.SIGKILL)
    return CHECKED(file, request)


def test_a_file_that_kills_its_process_loses_no_other_result(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs(sys.platform != "win32", "there are no such signals")
    monkeypatch.setattr(cvp.checking.running, "_outcome", killed_at_50)
    started = time.monotonic()
    result = run([str(folder)], Request(), remember=False, jobs=2)
    assert [file.file for file in result.files] == [str(folder / f"{number:03}.yaml") for number in range(100)]
    assert codes(result).count("CVP114") == 99
    assert result.files[50].findings[0].code == "CVP117"
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_an_interrupted_check_ends_at_once_and_leaves_no_process(folder: Path, number: str, code: int) -> None:
    needs(sys.platform != "win32", "there are no such signals")
    for extra in range(3000):
        (folder / f"x{extra:05}.yaml").write_text(BROKEN)
    command = [sys.executable, "-m", "cvp", "check", "--no-cache", "--jobs", "2", str(folder)]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    time.sleep(1.5)
    if number == "SIGINT":
        os.killpg(started.pid, signal.SIGINT)
    else:
        started.send_signal(signal.Signals[number])
    asked = time.monotonic()
    _, said = started.communicate(timeout=30)  # waits for whoever holds the pipe, workers too
    assert started.returncode == code
    assert time.monotonic() - asked < 5
    stopped = re.fullmatch(r"cvp: check was stopped: (.*), and no findings shown\n", said)
    assert bool(stopped) == (number == "SIGINT"), said
    if stopped:
        assert re.fullmatch(r"no file checked|[\d,]+ of 3,100 files checked", stopped[1])


def test_a_person_sees_how_far_it_is_and_a_pipe_gets_nothing(folder: Path) -> None:
    for extra in range(1200):
        (folder / f"x{extra:05}.yaml").write_text(SOUND)
    command = ["-m", "cvp", "check", "--no-cache", "--jobs", "1", "--exit-zero", "--statistics", str(folder)]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 100), timeout=60)
    child.expect(r"\r[\d,]+ of 1,300 files, [\d,]+ a second, \d+:\d\d left")
    child.sendintr()
    child.expect(r"cvp: check was stopped: [\d,]+ of 1,300 files checked, and no findings shown")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    piped = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    assert piped.stderr == ""


def test_closed_and_full_outputs_are_told() -> None:
    for arguments in (["--version"], ["--help"], ["list"], ["check", str(EXAMPLES / "example.yaml")]):
        closed = subprocess.run(
            ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "cvp", *arguments],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert (closed.returncode, "closed" in closed.stderr, "Traceback" in closed.stderr) == (3, True, False)


def test_output_is_written_whole_even_where_python_does_not_buffer() -> None:
    command = [sys.executable, "-m", "cvp", "show", "level4"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    assert reader.stdout
    time.sleep(1)  # until the pipe is full
    buffered = subprocess.run(command, capture_output=True, env={**environment, "PYTHONUNBUFFERED": ""}, check=True)
    assert reader.stdout.read() == buffered.stdout
    assert reader.wait(10) == 0


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["list"]])
def test_a_reader_that_goes_away_is_left_in_peace(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cvp", *arguments]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
