"""Days of evidence in a table: a day that is none is told where it stands, and an answer is not told by its day."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from test_batch import rows_of, table, write_questionnaire
from typer.testing import Result

from questionnaires import DAY, criterion, questionnaire

Run = Callable[..., Result]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., list[tuple[str, ...]]]:
    """The line, column, cell and message of each reject, of rows of two answers and their days."""
    monkeypatch.chdir(tmp_path)
    write_questionnaire(tmp_path, questionnaire([criterion(name, 1, fresh_for=12) for name in ("a", "b")]))

    def told(*rows: list[str], dates: dict[str, str]) -> list[tuple[str, ...]]:
        Path("map.yaml").write_text(json.dumps({"cvp": 1, "keys": ["who"], "dates": dates}))
        table("in.csv", *rows, ["sound", "c1", "c1", "2013-02-01", "2012"], header=["who", "a", "b", "day", "seen"])
        done = run("batch", "in.csv", "--questionnaire", "asked.yaml", "--map", "map.yaml", "--date", DAY, *REJECTS)
        assert f" = 1 scored + {len(rows)} rejected + 0 left out" in done.stderr
        return [(row["line"], row["column"], row["cell"], row["message"]) for row in rows_of("bad.csv")]

    return told


REJECTS = ("--output", "out.csv", "--rejects", "bad.csv")
NO_DAY = "is no day of evidence; write a day of the calendar as 2025-01-31"


def test_a_day_that_is_none_is_told_in_its_own_column(told: Callable[..., list[tuple[str, ...]]]) -> None:
    found = told(
        ["r1", "c1", "c1", "31.01.2013", "2013-01-31"],
        ["r2", "", "c1", "2013-01-31", "2013-02-30"],
        ["r3", "what?", "c1", "31.01.2013", "2012-02-29"],
        ["r4", "c1", "what?", "2013-02-29", "2012-13"],
        dates={"a": "day", "b": "seen"},
    )
    assert found == [
        ("2", "#4 day", "31.01.2013", NO_DAY),
        ("3", "#5 seen", "2013-02-30", NO_DAY),
        ("4", "#2 a", "what?", "is no answer to `a`"),
        ("5", "#4 day", "2013-02-29", NO_DAY),
        ("5", "#3 b", "what?", "is no answer to `b`"),
    ]


def test_a_day_of_all_answers_is_told_once(told: Callable[..., list[tuple[str, ...]]]) -> None:
    found = told(["r1", "c1", "c0", "2013-02-30", ""], dates={"*": "day"})
    assert found == [("2", "#4 day", "2013-02-30", NO_DAY)]
