"""The summary by segment: the same figures on the terminal, in HTML, Markdown, CSV and JSON; small groups hidden."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_files import assert_golden
from test_batch import HEADER, rows_of, table, write_questionnaire
from typer.testing import Result

from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sixty buyers of three countries and two tiny ones, over half a year."""
    monkeypatch.chdir(tmp_path)
    write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2), perspective="buyer"))
    rows = []
    for number in range(60):
        country = ("DE", "DE", "AT", "=CH", "<b>LI</b>" if number == 4 else "LU" if number == 9 else "DE")[number % 5]
        good = number % (3 if country == "DE" else 7)
        cells = [f"c{min(2, good)}", f"c{min(2, good + 1)}", f"c{number % 3}", f"c{number % 2}", "c2"]
        rows.append([f"r{number}", country, *cells, f"2026-0{1 + number % 6}-15"])
    table("in.csv", *rows, header=[*HEADER, "when"])
    return ["batch", "in.csv", "--questionnaire", "asked.yaml", "--by", "country", "--date", "2026-11-21"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_terminal_shows_it(survey: list[str], run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = run(*survey, "--date-column", "when")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= width
    assert_golden(f"batch_summary_{width}.txt", done.stdout)


@pytest.mark.parametrize("ending", ["json", "csv", "md"])
def test_files_say_the_same(survey: list[str], run: Run, ending: str) -> None:
    assert run(*survey, "--date-column", "when", "--summary", f"s.{ending}").exit_code == 0
    assert_golden(f"batch_summary.{ending}", Path(f"s.{ending}").read_text())


@pytest.mark.parametrize(
    ("slashed", "is_plain"),
    [("{month}/15/2026 9:30 AM", True), ("15/{month:02}/2026", True), ("{month}/5/2026", False)],
)
def test_days_with_slashes_are_told_apart_by_each_other(
    slashed: str, is_plain: bool, survey: list[str], run: Run
) -> None:
    """Where a number above 12 is, a day is."""
    assert run(*survey, "--date-column", "when", "--summary", "iso.json").exit_code == 0
    rows = [list(row.values()) for row in rows_of("in.csv")]
    table("in.csv", *([*row[:-1], slashed.format(month=int(row[-1][5:7]))] for row in rows), header=[*HEADER, "when"])
    assert run(*survey, "--date-column", "when", "--summary", "slashed.json").exit_code == 0
    iso, found = (json.loads(Path(f"{name}.json").read_text())["trend"] for name in ("iso", "slashed"))
    if is_plain:
        assert found == iso
    else:
        assert (found["groups"], found["undated"]) == ([], 60)


def test_small_groups_are_merged_everywhere(survey: list[str], run: Run) -> None:
    for name in ("s.json", "s.csv", "s.html"):
        assert run(*survey, "--summary", name).exit_code == 0
    groups = json.loads(Path("s.json").read_text())["segments"][0]["groups"]
    assert [(group["group"], group["n"]) for group in groups] == [("DE", 34), ("AT", 12), ("other (3 groups)", 14)]
    with open("s.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["group"] for row in rows] == ["all", "DE", "AT", "other (3 groups)"]
    assert rows[-1]["merged"] == "<b>LI</b>, =CH, LU"
    html = Path("s.html").read_text()
    assert "<b>LI" not in html
    assert "&lt;b&gt;LI&lt;/b&gt;" in html


def test_too_few_rows_are_not_shown_at_all(survey: list[str], run: Run) -> None:
    done = run(*survey, "--min-group", "61")
    assert "Only 60 rows count, fewer than 61: nothing is shown of them." in done.stdout
    assert run(*survey, "--min-group", "61", "--summary", "s.json").exit_code == 0
    said = json.loads(Path("s.json").read_text())
    assert (said["all"], said["segments"]) == (None, [])


def test_a_self_selected_sample_is_said_beside_every_interval(
    survey: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown = run(*survey, "--self-selected").stdout
    assert "These buyers selected themselves" in " ".join(shown.split())
    shares = [line for line in shown.splitlines() if "% (" in line and "+ " in line]
    assert len(shares) == 12
    assert all("self-selected" in line for line in shares)


def test_what_companies_say_of_themselves_is_called_claims(survey: list[str], run: Run) -> None:
    write_questionnaire(Path(), one_for_each_level(safeguard("paid", 2)))
    shown = run(*survey).stdout
    assert "Many claims: each row is what somebody says of their own company." in " ".join(shown.split())
    assert "confirmed" not in shown


def test_the_summary_is_the_same_with_and_without_rows_out(survey: list[str], run: Run) -> None:
    run(*survey, "--summary", "one.json")
    run(*survey, "--summary", "two.json", "--output", "out.parquet")
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()


def test_the_weakest_criterion_is_that_whose_mean_lacks_most(survey: list[str], run: Run) -> None:
    """Of the lowest level that the group has not; by the scores of the cells themselves."""
    assert run(*survey, "--summary", "s.json").exit_code == 0
    with open("in.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == "DE"]
    found = next(g for g in json.loads(Path("s.json").read_text())["segments"][0]["groups"] if g["group"] == "DE")
    scores = {"c0": 0.0, "c1": 0.5, "c2": 1.0}
    (weakest,) = found["weakest"]
    mean = sum(scores[row["a"]] for row in rows) / len(rows)
    assert (found["perceived_level"], found["not_secured"]) == (1, 22)
    assert (weakest["id"], weakest["n"]) == ("a", len(rows))
    assert weakest["mean"] == pytest.approx(mean, abs=1e-9)
