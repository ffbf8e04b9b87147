"""The summary by segment: the same figures on the terminal, in HTML, Markdown, CSV and JSON; small groups hidden."""

import csv
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import polars as pl
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


def trends(survey: list[str], run: Run, written: Callable[[datetime.datetime], str]) -> tuple[Any, Any, str]:
    """Of days as 2026-03-15 and of the same days written otherwise; and what is said of the latter."""
    assert run(*survey, "--date-column", "when", "--summary", "iso.json").exit_code == 0
    rows = [list(row.values()) for row in rows_of("in.csv")]
    days = [datetime.datetime.fromisoformat(f"{row[-1]} 09:30:11") for row in rows]
    table("in.csv", *([*row[:-1], written(day)] for row, day in zip(rows, days, strict=True)), header=[*HEADER, "when"])
    done = run(*survey, "--date-column", "when", "--summary", "other.json")
    assert done.exit_code == 0
    iso, other = (json.loads(Path(f"{name}.json").read_text())["trend"] for name in ("iso", "other"))
    return iso, other, done.stderr


SPANISH: Final = ("enero", "febrero", "marzo", "abril", "mayo", "junio")
FRENCH: Final = ("janv.", "févr.", "mars", "avril", "mai", "juin")
GERMAN: Final = ("Januar", "Feb.", "März", "April", "Mai", "Juni")


@pytest.mark.parametrize(
    "written",
    [
        lambda day: f"{day.month}/{day.day}/{day:%Y %I:%M %p}",
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: f"{day.month}/{day.day}/{day:%y %H:%M:%S}",
        lambda day: f"{day.day}/{day.month}/{day:%y %H:%M}",
        lambda day: f"{day:%d-%m-%Y}",
        lambda day: f"{day:%d.%m.%y %H:%M}",
        lambda day: f"{day:%B} {day.day}, {day:%Y}",
        lambda day: f"{day:%b} {day.day}, {day:%Y %I:%M %p}",
        lambda day: f"{day:%A}, {day.day} {day:%B %Y}",
        lambda day: f"{day:%a %b %d %Y %H:%M:%S} GMT+0200 (CEST)",
        lambda day: f"{day.day}-{day:%b-%y}",
        lambda day: f"{day.day}. {GERMAN[day.month - 1]} {day:%Y}",
        lambda day: f"{day.day} {FRENCH[day.month - 1]} {day:%Y à %H:%M}",
        lambda day: f"mar, {day.day} de {SPANISH[day.month - 1]} de {day:%Y}",
        lambda day: f"{day:%Y%m%d}",
        lambda day: f"{day:%m/%Y}",
        lambda day: f"{SPANISH[day.month - 1]} de {day:%Y}",
        lambda day: f"{(day - datetime.datetime(1899, 12, 30)).days}",
        lambda day: f"{(day - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)}",
    ],
)
def test_days_are_read_however_tools_write_them(
    written: Callable[[datetime.datetime], str], survey: list[str], run: Run
) -> None:
    iso, other, said = trends(survey, run, written)
    assert (other, "trend from" in said) == (iso, False)


@pytest.mark.parametrize("is_first", [True, False])
def test_two_numbers_for_a_year_are_told_from_the_day(is_first: bool, survey: list[str], run: Run) -> None:
    """2026 is the year, since no day is above 2010 where the first of May is among them."""
    form = "%y-%m-%d" if is_first else "%d-%m-%y"
    iso, other, _ = trends(survey, run, lambda day: f"{day.replace(day=1 if day.month == 5 else 15):{form}}")
    assert other == iso


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("{day.month}/5/{day:%Y}", "`1/5/2026` in `when`, which may be read in two ways"),
        ("{day.month}/5/{day:%y %H:%M}", "`1/5/26 09:30` in `when`, which may be read in two ways"),
        ("{day:%y-%m-%d}", "`26-01-15` in `when`, which may be read in two ways"),
        ("13/{day.month}/14/2026", ""),
    ],
)
def test_a_day_that_may_be_two_is_not_guessed(written: str, why: str, survey: list[str], run: Run) -> None:
    _, other, said = trends(survey, run, lambda day: written.format(day=day))
    assert (other["groups"], other["undated"]) == ([], 60)
    told = f"No trend from days such as {why}" if why else "`13/1/14/2026` in `when` is no day that can be read"
    assert f"cvp: {told}; write days as 2026-05-03.\n" in said


def test_days_in_two_orders_are_not_guessed(survey: list[str], run: Run) -> None:
    _, other, said = trends(survey, run, lambda day: f"{day:%m/15/%Y}" if day.month % 2 else f"{day:%d/%m/%Y}")
    assert (other["groups"], other["undated"]) == ([], 60)
    cells = "`01/15/2026` and `15/02/2026`"
    told = f"No trend from days such as {cells} in `when`, which follow no one order of day, month and year"
    assert f"cvp: {told}; write days as 2026-05-03.\n" in said


def test_one_day_that_is_none_leaves_others_like_it_open(survey: list[str], run: Run) -> None:
    _, other, said = trends(survey, run, lambda day: f"{day.month}/{day.month}3/2026")
    assert (other["groups"], other["undated"]) == ([], 60)
    assert "cvp: `3/33/2026` in `when` is no day, so that others like it are not guessed; write days as" in said


@pytest.mark.parametrize("type_", [pl.Int32, pl.Int64, pl.Float64, pl.String])
def test_days_of_eight_digits_are_read_in_parquet(type_: type[pl.DataType], survey: list[str], run: Run) -> None:
    assert run(*survey, "--date-column", "when", "--summary", "iso.json").exit_code == 0
    day = pl.col("when").str.replace_all("-", "").cast(pl.Int64).cast(type_)
    pl.read_csv("in.csv", infer_schema=False).with_columns(day).write_parquet("in.parquet")
    wanted = ["--date-column", "when", "--summary", "other.json"]
    assert run("batch", "in.parquet", *survey[2:], *wanted).exit_code == 0
    iso, other = (json.loads(Path(f"{name}.json").read_text())["trend"] for name in ("iso", "other"))
    assert other == iso


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "dd.mm.yyyy hh:mm"])
def test_days_of_a_spreadsheet_are_days(form: str, survey: list[str], run: Run) -> None:
    import xlsxwriter

    assert run(*survey, "--date-column", "when", "--summary", "iso.json").exit_code == 0
    book = xlsxwriter.Workbook("in.xlsx")
    sheet = book.add_worksheet()
    for column, header in enumerate([*HEADER, "when"]):
        sheet.write_string(0, column, header)
    for number, row in enumerate(rows_of("in.csv"), 1):
        *cells, day = row.values()
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell)
        sheet.write_datetime(
            number, len(cells), datetime.datetime.fromisoformat(day), book.add_format({"num_format": form})
        )
    book.close()
    assert run("batch", "in.xlsx", *survey[2:], "--date-column", "when", "--summary", "sheet.json").exit_code == 0
    iso, sheet_ = (json.loads(Path(f"{name}.json").read_text())["trend"] for name in ("iso", "sheet"))
    assert sheet_ == iso


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


def test_what_safeguards_hold_down_is_told_and_no_criterion_blamed(survey: list[str], run: Run) -> None:
    """All are on Level 4 by their answers; most of DE and none of AT were paid for praise."""
    rows = [[f"r{n}", "DE" if n < 40 else "AT", *["c2"] * 4, "c0" if n < 38 else "c2"] for n in range(60)]
    table("in.csv", *rows)
    shown = " ".join(run(*survey).stdout.split())
    assert "Safeguards lower the level in 38 of 60 rows; without them it would be Level 4." in shown
    assert "The safeguards that keep it from Level 3, lowest first 1. about paid (mean score 0.37)" in shown
    assert "weakest criteria of" not in shown
    assert "about paid (safeguard)" in shown
    assert run(*survey, "--summary", "s.json").exit_code == run(*survey, "--summary", "s.csv").exit_code == 0
    said = json.loads(Path("s.json").read_text())
    told = [(g["capped"], g["uncapped_perceived_level"], g["weakest"]) for g in said["segments"][0]["groups"]]
    assert told == [(38, 4, []), (0, 4, [])]
    assert said["all"]["uncapped_levels"] == {"1": 0, "2": 0, "3": 0, "4": 60}
    assert [(row["capped"], row["uncapped_perceived_level"]) for row in rows_of("s.csv")] == [
        ("38", "4"),
        ("38", "4"),
        ("0", "4"),
    ]


def test_safeguards_that_lower_few_rows_leave_the_weakest_criterion_named(survey: list[str], run: Run) -> None:
    rows = [[f"r{n}", "DE", "c2", "c2", "c0" if n < 40 else "c2", "c2", "c0" if n > 57 else "c2"] for n in range(60)]
    table("in.csv", *rows)
    shown = " ".join(run(*survey).stdout.split())
    assert "Safeguards lower the level in 2 of 60 rows; without them it would be Level 2 all the same." in shown
    assert "The weakest criteria of Level 3" in shown


def test_a_group_that_is_written_in_several_ways_is_one_and_said(
    survey: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the rows are counted."""
    text = Path("in.csv").read_text()
    for number, written in ((0, "de"), (10, "De"), (15, "de")):
        text = text.replace(f"r{number},DE,", f"r{number},{written},")
    assert run(*survey, "--summary", "one.json").exit_code == 0
    Path("in.csv").write_text(text)
    done = run(*survey, "--summary", "two.json")
    assert "By country, what is written in several ways is one group: `DE` (also `de` and `De`)." in done.stderr
    monkeypatch.setenv("CVP_BLOCK", "7")
    assert run(*survey, "--summary", "three.json", "--output", "out.csv", "--max-rejects", "5").exit_code == 0
    one, two, three = (Path(f"{name}.json").read_bytes() for name in ("one", "two", "three"))
    assert one == two == three
    assert {row["country"] for row in rows_of("out.csv")} >= {"DE", "de", "De"}


def test_a_summary_is_called_by_the_names_of_its_files(survey: list[str], run: Run) -> None:
    Path("a").mkdir()
    Path("in.csv").rename("a/in.csv")
    survey[1] = "a/in.csv"
    assert run(*survey, "--summary", "s.html").exit_code == 0
    assert '<h1 dir="auto">in.csv</h1>' in Path("s.html").read_text()
