"""`cvp batch --item-analysis`: the option, its formats, and what it does not go with."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from simulated_buyers import simulate
from typer.testing import Result

from cvp.loading import load_questionnaire

Run = Callable[..., Result]


@pytest.fixture
def wave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    asked = load_questionnaire("buyers")
    with open("wave.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(asked.questions))
        writer.writeheader()
        writer.writerows(simulate(asked, 120, 31, (1, 1, 1, 1)))
    return ["batch", "wave.csv", "--questionnaire", "buyers", "--date", "2026-11-22"]


def test_it_is_printed_or_written_in_five_formats(wave: list[str], run: Run) -> None:
    printed = run(*wave, "--item-analysis", "-")
    assert printed.exit_code == 0
    assert "Level 4: Builds social capital" in printed.stdout
    assert "Rows by level" not in printed.stdout, "the summary was not asked for"
    assert "cvp: 18 of 18 questions work, by 120 rows" in printed.stderr
    for ending in ("html", "md", "csv", "json", "txt"):
        assert run(*wave, "--item-analysis", f"items.{ending}").exit_code == 0
        assert "too_few" not in Path(f"items.{ending}").read_text()
    assert json.loads(Path("items.json").read_text())["rows"] == 120
    assert Path("items.txt").read_text().split() == printed.stdout.split()


def test_it_goes_beside_rows_and_summary_and_changes_neither(wave: list[str], run: Run) -> None:
    assert run(*wave, "--output", "alone.csv", "--summary", "alone.json").exit_code == 0
    with_items = ["--output", "rows.csv", "--summary", "summary.json", "--item-analysis", "items.json"]
    assert run(*wave, *with_items).exit_code == 0
    assert Path("rows.csv").read_bytes() == Path("alone.csv").read_bytes()
    assert Path("summary.json").read_bytes() == Path("alone.json").read_bytes()


def test_standard_input_is_read_once_and_counted_twice(wave: list[str], run: Run) -> None:
    done = run("batch", "-", *wave[2:], "--item-analysis", "items.json", stdin=Path("wave.csv").read_text())
    assert done.exit_code == 0, done.stderr
    assert json.loads(Path("items.json").read_text())["rows"] == 120


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--item-analysis", "items.pptx"], "its ending means no item analysis"),
        (["--item-analysis", "-", "--summary", "-"], "cannot both be standard output"),
        (["--item-analysis", "x.md", "--summary", "x.md"], "is to be written twice"),
        (["--item-analysis", "x.md", "--engine", "spark", "--output", "out"], "is not for --engine spark"),
    ],
)
def test_what_cannot_be_is_refused(wave: list[str], run: Run, arguments: list[str], said: str) -> None:
    done = run(*wave, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_folders_are_refused(wave: list[str], run: Run) -> None:
    Path("folder").mkdir()
    Path("folder", "one.yaml").write_text("cvp: 1\n")
    done = run("batch", "folder", *wave[2:], "--item-analysis", "x.md")
    assert done.exit_code == 2
    assert "give tables, not folders of answers" in done.stderr
