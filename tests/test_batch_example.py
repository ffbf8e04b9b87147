"""The README's example of `cvp batch` is so: its export, what is said of it, and its picture."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_picture import SURVEY, picture, summary, survey
from golden_files import assert_golden
from typer.testing import Result


def test_the_export_is_made_by_the_command_that_the_picture_names() -> None:
    assert SURVEY.read_bytes() == survey(), "write it anew with: python tests/batch_picture.py survey"


def test_one_command_scores_it_and_says_what_it_could_not(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("survey.csv").write_bytes(SURVEY.read_bytes())
    wanted = ["--output", "scores.xlsx", "--summary", "summary.html", "--rejects", "rejects.csv"]
    done = run("batch", "survey.csv", "--questionnaire", "buyers", "--by", "country", *wanted)
    assert done.exit_code == 1
    assert "Read as a Google Forms export, since its first header is `Timestamp`." in done.stderr
    assert "62 rows in = 60 scored + 1 rejected + 1 left out (1 nothing answered)." in done.stderr
    with open("rejects.csv", newline="") as file:
        assert [(row["line"], row["cell"]) for row in csv.DictReader(file)] == [
            ("18", "I would ask my colleague first"),
        ]
    assert Path("scores.xlsx").stat().st_size > 1000
    assert "Switzerland" in Path("summary.html").read_text(encoding="utf-8")


def test_the_picture_is_what_cvp_prints_today() -> None:
    assert {group.name for group in summary().segments[0].groups} == {"Germany", "Austria", "Switzerland"}
    assert_golden("batch.svg", picture())
