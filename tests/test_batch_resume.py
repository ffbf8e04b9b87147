"""A killed batch goes on where it was: no row is lost, none is doubled, and the files are those of an undisturbed run.

Fifty kills over a million rows with `CVP_KILLS=50 CVP_KILL_ROWS=1000000`.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import polars as pl
import pytest
from test_batch import write_questionnaire
from typer.testing import Result

from cvp.batch.keeping import Kept
from cvp.errors import Unreadable
from questionnaires import one_for_each_level, safeguard

KILLS: Final = int(os.environ.get("CVP_KILLS", "4"))
ROWS: Final = int(os.environ.get("CVP_KILL_ROWS", "60000"))
BLOCK: Final = max(1000, ROWS // 25)


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command, in a folder with a table of which some rows mean nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CVP_BLOCK", str(BLOCK))
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))
    n = pl.int_range(ROWS, eager=True)
    cells = {name: [f"c{i}" for i in (n * 7919 // (place + 3) % 3).to_list()] for place, name in enumerate("abcd")}
    table = pl.DataFrame({"respondent": n, "country": n % 9, **cells})
    bad = pl.when(pl.col("respondent") % 997 == 5).then(pl.lit("what?")).otherwise(pl.col("a"))
    table.with_columns(bad.alias("a")).write_csv("in.csv")
    wishes = ["--by", "country", "--summary", "summary.json", "--rejects", "bad.csv", "--output", "out.csv"]
    return [
        sys.executable,
        "-m",
        "cvp",
        "batch",
        "in.csv",
        "--questionnaire",
        str(asked),
        "--date",
        "2026-01-01",
        *wishes,
    ]


def made() -> dict[str, bytes]:
    return {name: Path(name).read_bytes() for name in ("out.csv", "summary.json", "bad.csv")}


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(command: list[str]) -> str:
    process = start(command)
    said = process.communicate()[1].decode()
    assert process.returncode == 1, said  # rows were rejected
    return said


def parts() -> list[str]:
    folder = Path(".out.csv.cvp-parts")
    return sorted(os.listdir(folder)) if folder.is_dir() else []


def blocks() -> int:
    return sum(name.endswith(".arrow") for name in parts())


def kill_after(command: list[str], wanted: int, number: int = signal.SIGKILL) -> int:
    """Waits until so many blocks are there, or the process has ended; gives its exit code."""
    process = start(command)
    while process.poll() is None and blocks() < wanted:
        time.sleep(0.002)
    if process.poll() is None:
        process.send_signal(number)
    process.communicate()
    return process.returncode


def test_a_killed_run_goes_on_as_if_it_had_not_been_killed(batch: list[str]) -> None:
    finish(batch)
    undisturbed = made()
    random = Random(KILLS)
    killed = 0
    for _ in range(KILLS):
        for name in undisturbed:
            Path(name).unlink(missing_ok=True)
        while kill_after([*batch, "--resume"], blocks() + random.randint(0, 12)) == -signal.SIGKILL:
            killed += 1
            assert "out.csv" not in os.listdir()
            if random.random() < 0.5:
                break
        finish([*batch, "--resume"])
        assert made() == undisturbed
        assert sorted(os.listdir()) == ["asked.yaml", "bad.csv", "in.csv", "out.csv", "summary.json"]
    assert killed


def test_finished_blocks_are_not_scored_again(batch: list[str]) -> None:
    kill_after(batch, 5)
    before = {name: os.stat(f".out.csv.cvp-parts/{name}").st_mtime_ns for name in parts() if name.endswith(".arrow")}
    kill_after([*batch, "--resume"], len(before) + 3)
    after = {name: os.stat(f".out.csv.cvp-parts/{name}").st_mtime_ns for name in parts() if name.endswith(".arrow")}
    assert {name: after[name] for name in before} == before
    assert len(after) > len(before)


def cut(file: Path) -> None:
    os.truncate(file, 100)


def flip(file: Path) -> None:
    """One bit, within what is packed."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [cut, flip])
@pytest.mark.parametrize("number", [0, 2])
def test_a_damaged_block_is_scored_again(batch: list[str], damage: Callable[[Path], None], number: int) -> None:
    finish(batch)
    undisturbed = made()
    kill_after(batch, 5)
    first, *others = [f".out.csv.cvp-parts/{name}" for name in parts() if name.endswith(".arrow")][number:]
    assert others
    damage(Path(first))
    said = finish([*batch, "--resume"])
    assert f"cvp: {first}: is damaged; its rows and all behind them were scored again.\n" in said
    assert made() == undisturbed
    assert parts() == []


@pytest.mark.parametrize("damage", [cut, flip])
def test_a_block_damaged_while_it_is_kept_is_no_fault_of_writing(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    with Kept(tmp_path / "out.csv", {}, False) as kept:
        for number in range(3):
            kept.keep(number, pl.DataFrame({"a": range(5000)}))
        damage(tmp_path / ".out.csv.cvp-parts/000001.arrow")
        with pytest.raises(Unreadable, match=r"000001.arrow: was damaged .* run it again"), kept.checked():
            kept.rows().sink_csv(tmp_path / "out.csv")


def test_ctrl_c_keeps_what_is_scored(batch: list[str]) -> None:
    assert kill_after(batch, 4, signal.SIGINT) == 130
    assert blocks() >= 4
    assert "out.csv" not in os.listdir()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda: Path("in.csv").write_text(Path("in.csv").read_text() + "9,1,c0,c0,c0,c0\n"),
            "the input is not as it was",
        ),
        (lambda: os.utime("in.csv", (1, 1)), "the input is not as it was"),
        (lambda: write_questionnaire(Path(), one_for_each_level()), "the questionnaire is not as it was"),
    ],
)
def test_another_input_or_questionnaire_is_refused(batch: list[str], change: Callable[[], object], said: str) -> None:
    kill_after(batch, 3)
    before = parts()
    change()
    process = start([*batch, "--resume"])
    told = process.communicate()[1].decode()
    assert (process.returncode, said in told, "leave --resume out" in told) == (3, True, True), told
    assert parts() == before
    if "questionnaire" not in said:
        finish(batch)
        assert parts() == []


def test_a_full_disk_is_told(batch: list[str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    done = run(*batch[3:])
    assert done.exit_code == 3
    assert "the disk is full; free some space and run it again" in done.stderr
