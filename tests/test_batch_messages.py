"""What people do to an export before they give it to `cvp batch`: each message says where, what, and what to do.

What it suggests is then done here, and works.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
import survey_tools
from survey_tools import buyers, delimited, people, questions
from test_batch_dialects import WANTED, levels, rows_out, said_by_the_scorer
from typer.testing import Result

Run = Callable[..., Result]
Rows = list[list[str]]

COMPARED, FULL_PRICE, PROMISED, REASON, RESULT = 2, 3, 4, 6, 7
"""Columns of the export from Google Forms."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def google() -> Rows:
    return list(csv.reader(io.StringIO(survey_tools.google_forms().data.decode())))


def plain() -> Rows:
    return list(csv.reader(io.StringIO(survey_tools.plain().data.decode())))


def saved(rows: Rows) -> str:
    Path("in.csv").write_bytes(delimited(rows))
    return "in.csv"


def mapped(run: Run, said: str) -> Result:
    """Takes the lines of a map that the message suggests at their word."""
    suggested = said.partition("as in\n")[2].splitlines()[0].strip()
    Path("map.yaml").write_text(f"cvp: 1\n{suggested}\n")
    return run("batch", "in.csv", *WANTED, "--map", "map.yaml")


def test_a_title_above_the_header(run: Run) -> None:
    for title in ([["Buyers 2026"]], [["Buyers 2026", *[""] * 20], [""] * 21]):
        name = saved([*title, *google()])
        done = run("batch", name, *WANTED)
        line = len(title) + 1
        said = f"in.csv: its first line is no header, but line {line} looks like one; delete what stands above"
        assert (done.exit_code, said in done.stderr) == (3, True), done.stderr


def test_a_title_above_the_header_of_a_sheet(run: Run) -> None:
    Path("in.xlsx").write_bytes(survey_tools.workbook([["Buyers 2026"], [], *survey_tools.microsoft_forms_rows()]))
    done = run("batch", "in.xlsx", *WANTED)
    assert (done.exit_code, "but line 3 looks like one" in done.stderr) == (3, True), done.stderr


def test_a_question_with_other_words(run: Run) -> None:
    rows = google()
    rows[0][PROMISED] = "Were your orders as you had been told?"
    done = run("batch", saved(rows), *WANTED)
    assert "Not asked, and counted as unanswered: `as_promised`." in done.stderr
    assert "Columns that answer nothing: #5 Were your orders as you had been told?, #21 Anything else?." in done.stderr
    assert levels(rows_out()) != said_by_the_scorer()
    assert 'columns: {as_promised: "#5"}' in done.stderr
    assert mapped(run, done.stderr).exit_code == 0
    assert levels(rows_out()) == said_by_the_scorer()


def test_an_answer_with_other_words_or_a_slip(run: Run) -> None:
    rows = google()
    for row in rows[1:]:
        row[COMPARED] = row[COMPARED].replace("The result that I will get", "The result that I get")
    hurried = next(row for row in rows[1:] if row[FULL_PRICE] == "In the first talk")
    hurried[FULL_PRICE] = "In the frist talk"
    done = run("batch", saved(rows), *WANTED)
    assert done.exit_code == 1
    assert (
        'cells: {compared_by: {"The result that I get": outcome}, full_price: {"In the frist talk": first_talk}}'
        in (done.stderr)
    )
    assert mapped(run, done.stderr).exit_code == 0
    assert levels(rows_out()) == said_by_the_scorer()


def test_an_answer_that_is_not_in_the_questionnaire(run: Run) -> None:
    rows = google()
    for row in (rows[2], rows[5]):
        row[REASON] = row[RESULT] = "Prefer not to say"
    done = run("batch", saved(rows), *WANTED)
    assert "30 rows in = 28 scored + 2 rejected + 0 left out." in done.stderr
    assert "cells that mean nothing: `Prefer not to say` (in 2 columns)." in done.stderr
    place = f"in.csv:{_line_of(2)}: CVP504 column #7 What do you tell a colleague who asks why you buy here?: "
    said = "`Prefer not to say` is no answer to `reason_told`; so is 1 more cell of this row\n"
    assert place + said in done.stderr
    assert mapped(run, done.stderr).exit_code == 0
    assert len(rows_out()) == 30


def _line_of(row: int) -> int:
    """The line at which a row begins: remarks above it may have several."""
    return 1 + sum(1 + "".join(cells).count("\n") for cells in google()[:row])


def test_a_row_of_totals_is_one_row_and_one_line(run: Run) -> None:
    rows = google()
    done = run("batch", saved([*rows, ["Total", "", *["30"] * 18, ""]]), *WANTED)
    assert done.exit_code == 1
    assert "31 rows in = 30 scored + 1 rejected + 0 left out." in done.stderr
    assert "`30` (in 18 columns)" in done.stderr
    assert done.stderr.count("CVP504") == 1
    assert f"in.csv:{_line_of(31)}: " in done.stderr
    assert "so are 17 more cells of this row" in done.stderr
    assert levels(rows_out()) == said_by_the_scorer()


def test_a_total_beside_nothing_and_half_empty_rows(run: Run) -> None:
    rows = [*google(), [""] * 21, ["Total: 30", *[""] * 20], ["2026/10/09 1:00:00 PM GMT+1", "", "Price alone"]]
    done = run("batch", saved([*rows[:-1], [*rows[-1], *[""] * 18]]), *WANTED)
    assert done.exit_code == 0
    assert "33 rows in = 31 scored + 0 rejected + 2 left out (2 nothing answered)." in done.stderr
    assert rows_out()[-1]["coverage"].startswith("0.05")


def test_respondents_who_are_there_twice_are_named_and_kept(run: Run) -> None:
    rows = plain()
    done = run("batch", saved([*rows, *rows[3:8], ["", *rows[1][1:]], ["", *rows[2][1:]]]), *WANTED)
    assert done.exit_code == 0
    said = " ".join(done.stderr.split())
    assert "5 respondents are there more than once, by `respondent`: `r3` (in.csv:" in said
    assert "and 2 more. Each row that is scored counts; delete what should not." in said
    assert len(rows_out()) == 37


def test_an_unfinished_first_try_is_no_second_answer(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(survey_tools.limesurvey().data.decode("utf-8-sig")), delimiter=";"))
    rows[-1][0] = rows[1][0]
    done = run("batch", saved(rows), *WANTED)
    assert "1 unfinished" in done.stderr
    assert "more than once" not in done.stderr


def test_numbers_as_excel_writes_them(run: Run) -> None:
    rows = plain()
    for row, person in zip(rows[1:], people(), strict=True):
        for column, question in enumerate(questions(), 2):
            values = [choice.value for choice in buyers().choices_of(question)]
            given = person.answers.get(question.id, "")
            row[column] = (
                f"{values.index(given) + 1}.0" if given in values else {"?": "88.0", "-": "99.0"}.get(given, "")
            )
    done = run("batch", saved(rows), *WANTED)
    assert "Numbers are read as those of choices: 1 is the first." in done.stderr
    assert '  cells: {"*": {"88.0": "?", "99.0": "?"}}' in done.stderr
    Path("map.yaml").write_text('cvp: 1\ncells: {"*": {"88": "?", "99": "-"}}\n')
    assert run("batch", "in.csv", *WANTED, "--map", "map.yaml").exit_code == 0
    assert levels(rows_out()) == said_by_the_scorer()


def test_numbers_that_count_from_nought(run: Run) -> None:
    rows = plain()
    for row, person in zip(rows[1:], people(), strict=True):
        for column, question in enumerate(questions(), 2):
            values = [choice.value for choice in buyers().choices_of(question)]
            given = person.answers.get(question.id, "")
            row[column] = str(values.index(given)) if given in values else given.replace("-", "n/a")
    done = run("batch", saved(rows), *WANTED)
    assert done.exit_code == 3
    assert "#3 compared_by answers `compared_by`, but holds " in done.stderr
    assert mapped(run, done.stderr).exit_code == 0, done.stderr
    assert levels(rows_out()) == said_by_the_scorer()


def test_a_question_about_the_respondent_is_counted_by_its_id(run: Run) -> None:
    rows = google()
    for number, row in enumerate(rows):
        row.append(("Yes", "Not any more")[number % 2] if number else "Do you buy from this company?")
    done = run("batch", saved(rows), *WANTED[:4], "--by", "relationship")
    assert "By Do you buy from this company?" in done.stdout
    assert run("batch", "in.csv", *WANTED[:4], "--by", "relationships").exit_code == 3


def test_ids_of_a_sheet_stay_whole(run: Run) -> None:
    Path("in.xlsx").write_bytes(survey_tools.microsoft_forms().data)
    assert run("batch", "in.xlsx", *WANTED).exit_code == 0
    assert [row["Id"] for row in rows_out()] == [str(number) for number in range(1, 31)]


def test_what_is_no_day_shows_no_trend_and_is_said(run: Run) -> None:
    rows = plain()
    for row in rows[1:]:
        row[1] = "3rd quarter"
    done = run("batch", saved(rows), *WANTED[:4], "--date-column", "date")
    assert "30 rows have no date whose month is plain; write dates as 2026-03-31." in " ".join(done.stdout.split())


@pytest.mark.parametrize("more", [[], ["--summary", "s.json"], ["--summary", "s.json", "--by", "date"]])
def test_a_header_alone_is_no_survey(run: Run, more: list[str]) -> None:
    done = run("batch", saved(plain()[:1]), *WANTED, *more)
    said = "in.csv: has a header and no row under it; export the answers again"
    assert (done.exit_code, said in done.stderr, Path("out.csv").exists()) == (3, True, False)


def test_surveymonkey_without_its_second_header_row(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(survey_tools.surveymonkey().data.decode("utf-8-sig"))))
    assert run("batch", saved([rows[0], *rows[2:]]), *WANTED).exit_code == 0
    assert levels(rows_out()) == said_by_the_scorer()


def test_cells_are_escaped_in_what_is_suggested(run: Run) -> None:
    rows = google()
    rows[2][REASON] = 'no "reason"\x1b]0;x\x07: {}'
    done = run("batch", saved(rows), *WANTED)
    assert r'cells: {reason_told: {"no \"reason\"\\x1b]0;x\\x07: {}": "?"}}' in done.stderr
    assert "\x1b" not in done.stderr


def test_a_dash_is_suggested_as_not_applicable(run: Run) -> None:
    rows = google()
    rows[2][REASON] = rows[3][REASON] = "-"
    done = run("batch", saved(rows), *WANTED)
    assert 'cells: {reason_told: {"-": "-"}}' in done.stderr
    assert mapped(run, done.stderr).exit_code == 0


OVERWRITTEN: Final = (
    ("wave*.csv", "--output", "wave1.csv"),
    ("wave1.csv", "--map", "map.yaml", "--rejects", "map.yaml"),
    ("wave1.csv", "--questionnaire", "asked.yaml", "--rejects", "asked.yaml"),
    ("wave1.csv", "--write-map", "wave1.csv"),
    ("wave1.csv", "--output", "linked.csv"),
    ("folder", "--rejects", "folder/acme.yaml"),
)


@pytest.mark.parametrize("arguments", OVERWRITTEN)
def test_nothing_that_is_read_is_written_over(arguments: tuple[str, ...], run: Run) -> None:
    Path("folder").mkdir()
    for name in ("wave1.csv", "wave2.csv", "map.yaml", "asked.yaml", "folder/acme.yaml"):
        Path(name).write_text("as it was")
    Path("linked.csv").hardlink_to("wave1.csv")
    done = run("batch", *arguments)
    said = f"{arguments[-1]}: is an input too, and would be written over; name another file"
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert {path.read_text() for path in Path().rglob("*.*")} == {"as it was"}


def test_rejects_have_no_standard_output(run: Run) -> None:
    done = run("batch", saved(plain()), *WANTED, "--rejects", "-")
    assert (done.exit_code, Path("-").exists()) == (2, False)
    assert "--rejects -: standard output is for rows or a summary; name a file, as bad.csv" in done.stderr


def test_an_apostrophe_is_straight_or_curly(run: Run) -> None:
    rows = google()
    curly = [[cell.replace("'", "’") for cell in row] for row in rows]
    straight = [[cell.replace("’", "'") for cell in row] for row in rows]
    assert curly != straight
    levels_of = []
    for table in (curly, straight):
        done = run("batch", saved(table), *WANTED, "--output", "out.csv")
        assert "0 rejected" in done.stderr
        levels_of.append(levels(rows_out()))
        Path("out.csv").unlink()
    assert levels_of[0] == levels_of[1]


def test_a_map_that_is_there_is_not_written_over(run: Run) -> None:
    name = saved(google())
    done = run("batch", name, "--questionnaire", "buyers", "--write-map", "map.yaml")
    assert (done.exit_code, "cvp: saved to map.yaml" in done.stderr) == (0, True), done.stderr
    Path("map.yaml").write_text("edited")
    done = run("batch", name, "--questionnaire", "buyers", "--write-map", "map.yaml")
    assert (done.exit_code, Path("map.yaml").read_text()) == (3, "edited")
    assert "map.yaml: is there already, and may have been edited; name a new file, or remove it first" in done.stderr


def test_a_map_is_written_that_says_more_than_the_one_given(run: Run) -> None:
    name = saved(google())
    Path("map.yaml").write_text('columns: {as_promised: null}\nsegments: ["#20"]\ncells: {"*": {"99": "?"}}\n')
    done = run("batch", name, "--questionnaire", "buyers", "--map", "map.yaml", "--write-map", "more.yaml")
    assert done.exit_code == 0, done.stderr
    one, other = (
        run("batch", name, "--questionnaire", "buyers", "--map", said, "--output", "-")
        for said in ("map.yaml", "more.yaml")
    )
    assert (one.exit_code, one.stdout) == (0, other.stdout), other.stderr


def _told(rows: Rows, code: Callable[[int, str], str]) -> Rows:
    """A plain export in which a choice stands as what the survey tool makes of its place and its label."""
    for row, person in zip(rows[1:], people(), strict=True):
        for column, question in enumerate(questions(), 2):
            labels = {choice.value: buyers().say(choice.label) for choice in buyers().choices_of(question)}
            value = person.answers.get(question.id, "")
            if value in labels:
                row[column] = code(1 + list(labels).index(value), labels[value])
    return rows


@pytest.mark.parametrize("told", ["{} - {}", "{}. {}", "Q{}"])
def test_numbers_before_labels_and_headers(run: Run, told: str) -> None:
    rows = plain() if told == "Q{}" else _told(plain(), told.format)
    rows[0][2:20] = [f"{at}. {buyers().say(question.label)}" for at, question in enumerate(questions(), 1)]
    done = run("batch", saved(rows), *WANTED)
    assert done.exit_code == 0, done.stderr
    assert levels(rows_out()) == said_by_the_scorer()


@pytest.mark.parametrize("code", ["A{}", "{}/5"])
def test_codes_of_choices(run: Run, code: str) -> None:
    done = run("batch", saved(_told(plain(), lambda place, _: code.format(place))), *WANTED)
    assert (done.exit_code, done.stderr.count("column #")) == (3, 1), done.stderr
    assert mapped(run, done.stderr).exit_code == 0
    assert levels(rows_out()) == said_by_the_scorer()
