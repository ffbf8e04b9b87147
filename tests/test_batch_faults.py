"""What goes wrong around a batch: full and locked volumes, files that go away, interrupts, dead workers, closed pipes.

Each is the real thing, done to the real program; nothing is lost that was scored, and an output is whole or not there.
"""

import csv
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import polars as pl
import pytest
from test_batch import write_questionnaire
from typer.testing import Result

from questionnaires import one_for_each_level, safeguard

ROWS: Final = 110_000
BLOCK: Final = "2000"
PARTS: Final = Path(".out.csv.cvp-parts")
COMMAND: Final = [sys.executable, "-m", "cvp", "batch"]
WANTED: Final = ["--questionnaire", "asked.yaml", "--date", "2026-01-01"]
SCORE: Final = [*COMMAND, "in.csv", *WANTED, "--output", "out.csv"]


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table, a questionnaire, and `whole.csv`, the rows of an undisturbed run."""
    folder = tmp_path_factory.mktemp("survey")
    write_questionnaire(folder, one_for_each_level(safeguard("paid", 2)))
    n = pl.int_range(ROWS, eager=True)
    cells = {name: [f"c{i}" for i in (n * 7919 // (place + 3) % 3).to_list()] for place, name in enumerate("abcd")}
    table = pl.DataFrame({"respondent": n, **cells})
    table.write_csv(folder / "in.csv")
    good = table.head(100_001)
    bad = good.with_columns(a=pl.when(pl.col("respondent") == 0).then("a").otherwise(pl.format("x{}", "respondent")))
    good.write_csv(folder / "good.csv")
    bad.write_csv(folder / "bad.csv")
    done = subprocess.run([*SCORE[:-1], "whole.csv"], cwd=folder, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(autouse=True)
def folder(survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CVP_BLOCK", BLOCK)
    for name in ("asked.yaml", "in.csv"):
        shutil.copy(survey / name, name)
    return tmp_path


def ended(command: Sequence[str], limit: Callable[[], None] | None = None) -> tuple[int, str]:
    """Runs it; its exit code and what it said."""
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, preexec_fn=limit)
    return done.returncode, done.stderr.decode()


def blocks() -> int:
    return len(list(PARTS.glob("*.arrow")))


def begun(command: Sequence[str], wanted: int) -> "subprocess.Popen[bytes]":
    """A run that has so many blocks by now."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and blocks() < wanted:
        time.sleep(0.001)
    assert process.poll() is None, "it ended too soon to be disturbed"
    return process


def goes_on(survey: Path) -> None:
    """A resumed run ends as if nothing had been, and leaves nothing else behind."""
    kept = blocks()
    code, said = ended([*SCORE, "--resume"])
    assert code == 0, said
    assert kept > 0
    assert Path("out.csv").read_bytes() == (survey / "whole.csv").read_bytes()
    assert {*os.listdir()} <= {"asked.yaml", "in.csv", "out.csv"}


# ------------------------------------------------------------------------------------------------------- volumes


def mounted(*steps: str) -> "subprocess.CompletedProcess[bytes]":
    """Runs shell commands where a volume may be mounted: only where the system lets people do so for themselves."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting a volume for oneself is not allowed here")
    script = "; ".join(["mkdir vol", *steps])
    return subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, timeout=120, check=False)


def test_a_full_volume_keeps_what_was_scored(survey: Path) -> None:
    """A real one, of three megabytes."""
    command = " ".join(SCORE).replace(" in.csv", " ../in.csv")
    done = mounted(
        "mount -t tmpfs -o size=3m none vol && cp asked.yaml vol && cd vol",
        f"{command}; echo exit $? >&2; ls -A >&2",
        "mount -o remount,size=100m . && cd ../vol",
        f"{command} --resume; echo exit $? >&2; cat out.csv",
    )
    said = done.stderr.decode()
    first, _, second = said.partition("exit 3\n")
    assert "cvp: out.csv: the disk is full; free some space and go on with --resume" in first
    assert second.startswith(".out.csv.cvp-parts\n.out.csv.cvp-parts.lock\nasked.yaml\n")
    assert "exit 0" in second
    assert done.stdout == (survey / "whole.csv").read_bytes()


@pytest.mark.parametrize(
    ("size", "block", "then"),
    [("1m", "", "run it again"), ("10m", "", "run it again"), ("3m", "1000", "go on with --resume")],
)
def test_a_workbook_on_a_full_volume_is_told(size: str, block: str, then: str) -> None:
    """There is no room for its rows, or for the sheet made of them; or for the blocks alone."""
    table = pl.read_csv("in.csv").head(20_000)
    table.with_columns(pl.lit(n).alias(f"more {n}") for n in range(12)).write_csv("in.csv")
    command = " ".join([*COMMAND, "in.csv", *WANTED, "--output", "vol/x.xlsx"])
    done = mounted(
        f"mount -t tmpfs -o size={size} none vol",
        f"export CVP_BLOCK={block}" if block else "unset CVP_BLOCK",
        f"{command}; echo exit $? >&2; find vol -type f >&2",
    )
    said, _, left = done.stderr.decode().partition("exit 3\n")
    assert f"cvp: vol/x.xlsx: the disk is full; free some space and {then}\n" in said
    assert not {"Traceback", "ignored", "unexpected"} & {*said.split()}, said
    assert {Path(name).suffix for name in left.split()} <= {".lock", ".json", ".arrow", ".sha256"}, left


@pytest.mark.parametrize("option", ["--output", "--summary", "--rejects"])
def test_a_volume_that_is_not_to_be_written_is_told(option: str) -> None:
    command = " ".join([*COMMAND, "in.csv", *WANTED, option, "vol/out.csv"])
    done = mounted("mount -t tmpfs -o ro none vol", f"{command}; echo exit $? >&2; ls -A vol >&2")
    said = done.stderr.decode()
    assert "cvp: vol/out.csv: could not be written: read-only file system; name another file or folder\n" in said
    assert said.endswith("exit 3\n")


def test_a_file_that_may_not_grow_is_told(survey: Path) -> None:
    """The blocks fit, the rows out do not."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))

    code, said = ended(SCORE, limit)
    assert (code, "out.csv: could not be written: file too large" in said) == (3, True), said
    assert not [name for name in os.listdir() if "out.csv" in name and not name.startswith(".out.csv.cvp-parts")]
    goes_on(survey)


@pytest.mark.parametrize("option", ["--output", "--summary", "--rejects"])
def test_a_folder_is_no_file(option: str, run: Callable[..., Result]) -> None:
    Path("taken.csv").mkdir()
    done = run("batch", "in.csv", *WANTED, option, "taken.csv")
    told = "taken.csv: " in done.stderr and "name another" in done.stderr
    assert (done.exit_code in (2, 3), told) == (True, True), done.stderr
    assert os.listdir("taken.csv") == []


# -------------------------------------------------------------------------------------------------- interruptions


@pytest.mark.parametrize("wanted", [1, 20, 45])
def test_ctrl_c_at_any_point_can_be_resumed(survey: Path, wanted: int) -> None:
    process = begun(SCORE, wanted)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1].decode()
    assert process.returncode == 130, said
    assert said.endswith("cvp: stopped; what was scored is kept, --resume goes on with it\n")
    assert "Traceback" not in said
    goes_on(survey)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_ended_from_outside_can_be_resumed(survey: Path, number: signal.Signals) -> None:
    process = begun(SCORE, 10)
    process.send_signal(number)
    assert process.communicate()[1].count(b"Traceback") == 0
    assert process.returncode == -number
    goes_on(survey)


@pytest.mark.parametrize("wanted", [["--output", "-"], ["--summary", "-"]])
def test_a_reader_that_goes_away_ends_it_quietly(wanted: list[str]) -> None:
    process = subprocess.Popen([*COMMAND, "in.csv", *WANTED, *wanted], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    said = process.stderr.read().decode()
    assert process.wait(timeout=120) == 141, said
    assert not {"Traceback", "Broken pipe", "unexpected"} & {*said.split()}


def test_two_runs_do_not_write_one_file(survey: Path) -> None:
    process = begun(SCORE, 1)
    process.send_signal(signal.SIGSTOP)
    try:
        code, said = ended(SCORE)
        assert (code, "another cvp batch is writing it" in said) == (3, True), said
    finally:
        process.send_signal(signal.SIGCONT)
    process.communicate()
    assert Path("out.csv").read_bytes() == (survey / "whole.csv").read_bytes()


# --------------------------------------------------------------------------------------------------------- inputs


def test_an_input_that_goes_away_while_it_is_read(survey: Path) -> None:
    """What was opened stays readable: the run ends whole, or says that it cannot."""
    process = begun(SCORE, 5)
    Path("in.csv").unlink()
    said = process.communicate()[1].decode()
    if process.returncode:
        assert (process.returncode, Path("out.csv").exists()) == (3, False), said
        assert "in.csv" in said
    else:
        assert Path("out.csv").read_bytes() == (survey / "whole.csv").read_bytes()


@pytest.mark.usefixtures("survey")
def test_an_input_that_grows_while_it_is_read_is_told() -> None:
    process = begun(SCORE, 3)
    with open("in.csv", "a") as file:
        file.write("9,DE,c0,c0,c0,c0\n")
    said = process.communicate()[1].decode()
    assert (process.returncode, Path("out.csv").exists()) == (3, False), said
    assert "in.csv: was changed while it was read; run it again" in said


@pytest.mark.parametrize(("rows_before", "code"), [(3, 3), (400, 1), (20_000, 1)])
def test_a_nul_in_a_cell_is_never_an_answer(rows_before: int, code: int) -> None:
    """Early in the file it is taken for no text; later for a damaged cell."""
    text = Path("in.csv").read_text().splitlines(keepends=True)[: rows_before + 1]
    Path("in.csv").write_text("".join([*text, "x,c\x001,c0,c0,c0\n"]))
    ended_with, said = ended([*SCORE, "--rejects", "bad.csv"])
    assert ended_with == code, said
    if code == 3:
        assert f"in.csv:{rows_before + 2}:4: holds a NUL" in said
        return
    with open("bad.csv", newline="") as file:
        assert [(row["line"], row["cell"]) for row in csv.DictReader(file)] == [(str(rows_before + 2), r"c\x001")]


def peak(command: Sequence[str]) -> int:
    """MiB that the run takes at most."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss >> 10


def test_many_rejected_rows_cost_little_memory(survey: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CVP_BLOCK")
    good = peak([*COMMAND, str(survey / "good.csv"), *WANTED, "--output", "out.csv"])
    bad = peak([*COMMAND, str(survey / "bad.csv"), *WANTED, "--output", "out.csv", "--rejects", "bad.csv"])
    with open("bad.csv", newline="") as file:
        assert sum(1 for _ in file) == 100_001
    assert bad - good < 150, (good, bad)


# -------------------------------------------------------------------------------------------------------- workers


ANSWERS: Final = (
    "cvp: 1\nquestionnaire: small\nversion: 1.0.0\ncompany: Company {}\ndate: 2026-01-02\nanswers: {{a: c1}}\n"
)


def children_of(process: "subprocess.Popen[bytes]") -> list[int]:
    """The workers of a run; one that keeps track of the others' semaphores is none."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_worker_that_is_killed_takes_no_company_along() -> None:
    if (os.cpu_count() or 1) == 1 or not Path("/proc/self/task").is_dir():
        pytest.skip("there are no workers on one core, and no list of them without /proc")
    Path("companies").mkdir()
    for number in range(300):
        Path(f"companies/c{number:03}.yaml").write_text(ANSWERS.format(number))
    command = [*COMMAND, "companies", "--questionnaire", "asked.yaml", "--output", "out.csv"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and not (workers := children_of(process)):
        time.sleep(0.005)
    os.kill(workers[0], signal.SIGKILL)
    said = process.communicate()[1].decode()
    assert process.returncode == 0, said
    assert "300 rows in = 300 scored + 0 rejected + 0 left out." in said
    with open("out.csv", newline="") as file:
        assert [row["company"] for row in csv.DictReader(file)] == [f"Company {number}" for number in range(300)]
