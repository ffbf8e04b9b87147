"""What cells mean does not depend on the order of the rows: those behind the first ones are learned of as well."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from test_batch import HEADER, rows_of, table, write_questionnaire
from typer.testing import Result

from cvp.tables.answering.looking import FIRST_ROWS
from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]
Rows = Sequence[Sequence[object]]
NUMBERS: Rows = [[f"n{i}", "DE", i % 3 + 1, i % 2 + 1, 3, 1, 2] for i in range(FIRST_ROWS + 500)]
LABELS: Rows = [[f"l{i}", "AT", f"choice {i % 3}", "choice  1", "c0", "N/A", "Choice\xa02"] for i in range(300)]
BAD: Rows = [[f"b{i}", "CH", "what?", f"no {i}", "1", "2", "choice 9"] for i in range(50)]
ZEROS: Rows = [["z0", "DE", 0, 1, 2, 1, 2]]


@pytest.fixture
def scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., tuple[Result, dict[str, str]]]:
    """By respondent, his level and score, or what is wrong with his row."""
    monkeypatch.chdir(tmp_path)
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))

    def scored(rows: Rows, *more: str) -> tuple[Result, dict[str, str]]:
        if rows:  # else those of before
            table("in.csv", *rows, header=HEADER)
        files = ["-o", "out.csv", "--rejects", "bad.csv"]
        done = run("batch", "in.csv", "--questionnaire", asked, "--date", "2026-01-01", *files, *more)
        said = {row["respondent"]: f"{row['level']} {row['score_1']}" for row in rows_of("out.csv")}
        for row in rows_of("bad.csv"):
            said[row["respondent"]] = said.get(row["respondent"], "") + f"{row['column']}: {row['message']}\n"
        for name in ("out.csv", "bad.csv"):
            Path(name).unlink()
        return done, said

    return scored


@pytest.mark.parametrize("block", ["", "2000"])
def test_the_order_of_rows_changes_nothing(
    block: str, scored: Callable[..., tuple[Result, dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if block:
        monkeypatch.setenv("CVP_BLOCK", block)
    rows = [*NUMBERS, *LABELS, *BAD]
    done, late = scored(rows)
    assert f"{len(rows):,} rows in = {len(rows) - 50:,} scored + 50 rejected" in done.stderr
    assert "cvp: Rows are rejected for cells that mean nothing: `what?`" in done.stderr
    assert scored([*LABELS, *BAD, *NUMBERS])[1] == late
    shuffled = random.Random(1).sample(rows, len(rows))
    assert scored(shuffled)[1] == late


def test_rows_that_are_understood_later_do_not_stop_it(scored: Callable[..., tuple[Result, dict[str, str]]]) -> None:
    done, said = scored([*NUMBERS, *LABELS], "--max-rejects", "5")
    assert (done.exit_code, len(said)) == (0, len(NUMBERS) + 300)


@pytest.mark.parametrize("way", [["-o", "out.csv"], ["-o", "out.csv", "--max-rejects", "0"], []])
def test_what_is_not_clear_is_asked_however_late(
    way: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))
    for rows in ([*NUMBERS, *ZEROS], [*ZEROS, *NUMBERS]):
        table("in.csv", *rows, header=HEADER)
        done = run("batch", "in.csv", "--questionnaire", asked, *way)
        assert done.exit_code == 3, done.output
        assert "`0`" in done.stderr.splitlines()[-2]
        assert "say what they mean in the map, as in" in done.stderr.splitlines()[-2]
        assert {path.name for path in tmp_path.iterdir()} == {"asked.yaml", "in.csv"}


def test_a_run_that_is_killed_keeps_what_it_had_learned(
    scored: Callable[..., tuple[Result, dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [*NUMBERS, *LABELS, *BAD]
    whole = scored(rows)[1]
    monkeypatch.setenv("CVP_BLOCK", "200")
    parts = Path(".out.csv.cvp-parts")
    command = [sys.executable, "-m", "cvp", "batch", "in.csv", "--questionnaire", "asked.yaml"]
    given = ["--date", "2026-01-01", "-o", "out.csv", "--rejects", "bad.csv"]
    process = subprocess.Popen([*command, *given], stderr=subprocess.DEVNULL)
    while process.poll() is None and not ((parts / "later.json").exists() and (parts / "000003.arrow").exists()):
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert (process.returncode, (parts / "later.json").exists()) == (-9, True)
    assert scored([], "--resume")[1] == whole


def test_numbers_are_read_alike_in_all_files_however_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Alone, the second file's 0 and 1 would be scores, and 1 the highest; in the first 1 is the first choice."""
    monkeypatch.chdir(tmp_path)
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))
    table("one.csv", ["r1", "DE", 1, 2, 3, 2, 1], header=HEADER)
    table("two.csv", ["r2", "DE", 1, 1, 1, 1, 1], ["r3", "DE", 0, 0, 1, 1, 1], header=HEADER)
    for inputs in (["*.csv"], ["one.csv", "two.csv"], ["two.csv", "one.csv"]):
        done = run("batch", *inputs, "--questionnaire", asked)
        assert (done.exit_code, "in the map" in done.stderr) == (3, True), done.output
    table("two.csv", ["r2", "DE", 1, 2, 1, 1, 3], header=HEADER)
    for inputs in (["*.csv"], ["one.csv", "two.csv"], ["two.csv", "one.csv"]):
        done = run("batch", *inputs, "--questionnaire", asked, "-o", "out.jsonl")
        assert done.exit_code == 0, done.output
        assert pl.read_ndjson("out.jsonl").sort("respondent")["score_2"].to_list() == [0.5, 0.5]
        Path("out.jsonl").unlink()
