"""Few rows go straight into their file: as by blocks, whole or not there, and nothing stays of a run that died."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from test_batch import write_questionnaire
from test_batch_faults import COMMAND, WANTED, mounted
from typer.testing import Result

from cvp.batch.writing import WRITERS
from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]
ENDINGS = [ending for ending in WRITERS if ending != ".ndjson"]


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes a table of which some rows mean nothing, and some are empty."""
    monkeypatch.chdir(tmp_path)
    write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))

    def make(rows: int) -> None:
        n = pl.int_range(rows, eager=True)
        cells = {name: "c" + (n * 7919 // (place + 3) % 3).cast(pl.String) for place, name in enumerate("abcd")}
        table = pl.DataFrame({"respondent": n, "country": n % 9, **cells})
        bad = pl.when(n % 997 == 5).then(pl.lit("what?")).otherwise("a")
        empty = pl.when(n % 211 != 3).then(pl.col(*"bcd", "a"))
        table.with_columns(bad.alias("a")).with_columns(empty).write_csv("in.csv")

    return make


def made_by(run: Run, output: str) -> tuple[str, dict[str, bytes]]:
    """What is said and written; then it is taken away."""
    wishes = ["--by", "country", "--summary", "summary.json", "--rejects", "bad.csv", "--output", output]
    done = run(*COMMAND[3:], "in.csv", *WANTED, *wishes)
    assert done.exit_code == 1, done.output
    files = {name: Path(name).read_bytes() for name in os.listdir() if name not in ("in.csv", "asked.yaml")}
    for name in files:
        Path(name).unlink()
    return done.output, files


@pytest.mark.parametrize("output", [*(f"out{ending}" for ending in ENDINGS), "-"])
def test_rows_are_the_same_straight_and_by_blocks(
    output: str, survey: Callable[[int], None], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey(30_000)
    said, files = made_by(run, output)
    monkeypatch.setenv("CVP_BLOCK", "1000")
    by_blocks, same = made_by(run, output)
    assert (said, files.keys()) == (by_blocks, same.keys())
    if output == "out.parquet":
        assert pl.read_parquet(files.pop(output)).equals(pl.read_parquet(same.pop(output)))
    assert files == same
    assert "30,000 rows in = 29,826 scored + 31 rejected + 143 left out (143 nothing answered)." in said


def test_all_is_counted_on_the_way(survey: Callable[[int], None], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By columns whose values together are too many for one table of counts, some of them too many for one part."""
    survey(300_000)
    n = pl.col("respondent")
    day = pl.lit("2026-0") + (n % 5 + 1).cast(pl.String) + "-03"
    more = [(n % 7_001).alias("shop"), (n % 301).alias("city"), day.alias("day")]
    pl.scan_csv("in.csv").with_columns(more).sink_parquet("in.parquet")
    wishes = [*["--by", "shop", "--by", "country", "--by", "city", "--date-column", "day"], "--summary", "summary.json"]

    def counted() -> str:
        done = run(*COMMAND[3:], "in.parquet", *WANTED, *wishes, "--output", "out.parquet")
        assert done.exit_code == 1, done.output
        return Path("summary.json").read_text()

    straight = counted()
    monkeypatch.setenv("CVP_BLOCK", "40000")
    assert counted() == straight
    assert [len(found["groups"]) for found in json.loads(straight)["segments"]] == [7_001, 9, 301]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_a_run_that_is_ended_leaves_nothing_that_stays(
    number: int, code: int, survey: Callable[[int], None], run: Run
) -> None:
    survey(1_000_000)
    command = [*COMMAND, "in.csv", *WANTED, "--output", "out.csv"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and not list(Path().glob(".out.csv.cvp-parts/*.csv")):
        time.sleep(0.001)
    process.send_signal(number)
    said = process.communicate()[1].decode()
    assert (process.returncode, "is kept" in said, Path("out.csv").exists()) == (code, False, False), said
    if number != signal.SIGKILL:
        assert said.endswith("cvp: stopped; no file was touched; run it again\n")
        assert {*os.listdir()} == {"asked.yaml", "in.csv"}
    again = run(*command[3:], "--resume")
    assert again.exit_code == 1, again.output
    assert {*os.listdir()} == {"asked.yaml", "in.csv", "out.csv"}
    with Path("out.csv").open() as file:
        assert f"= {sum(1 for _ in file) - 1:,} scored" in again.stderr


def test_a_run_that_a_shell_keeps_from_ctrl_c_is_ended_in_order(survey: Callable[[int], None]) -> None:
    """As a script's `&` does."""
    survey(1_000_000)
    command = f"trap '' INT; exec {' '.join([*COMMAND, 'in.csv', *WANTED, '--output', 'out.csv'])}"
    process = subprocess.Popen(["sh", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and not list(Path().glob(".out.csv.cvp-parts/*.csv")):
        time.sleep(0.001)
    process.send_signal(signal.SIGTERM)
    said = process.communicate()[1].decode()
    assert process.returncode == -signal.SIGTERM, said
    assert said.endswith("cvp: stopped; no file was touched; run it again\n")
    assert {*os.listdir()} == {"asked.yaml", "in.csv"}


def test_an_input_that_was_changed_is_what_went_wrong(survey: Callable[[int], None]) -> None:
    survey(1_000_000)
    pl.scan_csv("in.csv").sink_parquet("in.parquet")
    command = [*COMMAND, "in.parquet", *WANTED, "--output", "out.csv"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and not list(Path().glob(".out.csv.cvp-parts/*.csv")):
        time.sleep(0.001)
    os.truncate("in.parquet", 1_000_000)
    said = process.communicate()[1].decode()
    assert (process.returncode, "in.parquet: was changed while it was read; run it again" in said) == (3, True), said
    assert {*os.listdir()} == {"asked.yaml", "in.csv", "in.parquet"}


def test_a_full_volume_for_temporary_files_is_told(survey: Callable[[int], None]) -> None:
    survey(110_000)
    command = " ".join([*COMMAND, "-", *WANTED, "--output out.csv < in.csv"])
    done = mounted(
        "mount -t tmpfs -o size=160k none vol", f"TMPDIR=$PWD/vol {command}; echo exit $? >&2; ls -A vol >&2"
    )
    said = done.stderr.decode()
    assert f"cvp: {os.getcwd()}/vol: the disk is full, and standard input is copied there before it is read; " in said
    assert said.endswith("exit 3\n"), said


def test_nothing_is_left_for_python_to_tidy_up(survey: Callable[[int], None]) -> None:
    survey(100)
    command = [COMMAND[0], "-W", "error", *COMMAND[1:], "in.csv", *WANTED, "--output", "out.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Warning" in done.stderr) == (1, False), done.stderr


def test_a_full_volume_is_told_and_left_as_it_was(survey: Callable[[int], None]) -> None:
    survey(110_000)
    command = " ".join([*COMMAND, "../in.csv", *WANTED, "--output"])
    done = mounted(
        "mount -t tmpfs -o size=160k none vol && cp asked.yaml vol && cd vol",
        *(f"{command} out{ending}; echo exit $? >&2; ls -A >&2" for ending in (".csv", ".parquet", ".jsonl")),
    )
    said = done.stderr.decode()
    for ending in (".csv", ".parquet", ".jsonl"):
        assert f"cvp: out{ending}: the disk is full; free some space and run it again" in said, said
    assert said.count("exit 3\nasked.yaml\n") == 3, said
