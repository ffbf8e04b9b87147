"""Files of a batch that hold the same rows, and tables that another questionnaire fits: told before anybody counts."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import survey_tools
import xlsxwriter
from test_batch_dialects import WANTED, levels, rows_out, said_by_the_scorer, saved
from typer.testing import Result

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("again", ["qualtrics.csv", "./qualtrics.csv", "*.csv", "link.csv"])
def test_a_file_that_is_given_twice_is_refused(run: Run, again: str) -> None:
    name = Path(saved(survey_tools.qualtrics())).rename("qualtrics.csv")
    if again == "link.csv":
        Path(again).symlink_to(name)
    done = run("batch", name, again, *WANTED)
    assert (done.exit_code, "and its rows would count twice; give it once" in done.stderr) == (2, True), done.stderr
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("given", [["one.csv", "two.csv"], ["*.csv"]])
def test_respondents_of_two_files_are_named_however_these_are_given(run: Run, given: list[str]) -> None:
    data = survey_tools.qualtrics().data
    Path("one.csv").write_bytes(data)
    Path("two.csv").write_bytes(data)
    done = run("batch", *given, *WANTED)
    assert done.exit_code == 0
    assert "two.csv is a copy of one.csv: each row counts twice; leave one of them out." in done.stderr
    assert "30 respondents are there more than once, by `ResponseId`: `R_" in done.stderr
    assert re.search(r"\(one\.csv:(\d+) and two\.csv:\1\)", done.stderr)


@pytest.mark.parametrize("given", [[], ["--questionnaire", "customer_value"]])
def test_a_questionnaire_that_fits_far_better_is_named_first(run: Run, given: list[str]) -> None:
    done = run("batch", saved(survey_tools.google_forms()), *given, "-o", "out.csv")
    assert done.exit_code == 3
    first = done.stderr.splitlines()[0]
    assert "--questionnaire buyers fits 18 of its 18 questions, `" in first
    assert run("batch", saved(survey_tools.google_forms()), *WANTED).exit_code == 0


def test_none_is_named_where_the_given_one_fits(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(survey_tools.plain().data.decode())))
    rows[0][2] = "what decides when you compare this company with other ones?"
    Path("in.csv").write_bytes(survey_tools.delimited(rows))
    done = run("batch", "in.csv", *WANTED)
    assert (done.exit_code, "--questionnaire" in done.stderr) == (3, False), done.stderr


def test_answers_behind_a_sheet_of_words_are_scored(run: Run) -> None:
    with xlsxwriter.Workbook("in.xlsx") as book:
        book.add_worksheet("Read me").write_column(0, 0, ["Survey of 2026", "See the next sheet."])
        page = book.add_worksheet("Data")
        for number, row in enumerate(csv.reader(io.StringIO(survey_tools.plain().data.decode()))):
            page.write_row(number, 0, row)
    done = run("batch", "in.xlsx", *WANTED)
    assert "Read the sheet `Data` alone, not `Read me`" in done.stderr
    assert levels(rows_out()) == said_by_the_scorer()
    refused = run("batch", "in.xlsx", "-o", "out.csv")
    assert "Read the sheet `Read me` alone, not `Data`; what is hidden is never read." in refused.stderr


def test_a_narrow_space_that_windows_saved_as_a_question_mark(run: Run) -> None:
    asked = survey_tools.questions()
    header = [question.label["fr"] for question in asked if isinstance(question.label, dict)]
    answers = [
        choice.label["fr"]
        for question in asked
        for choice in survey_tools.buyers().choices_of(question)[-1:]
        if isinstance(choice.label, dict)
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, answers])
    assert text.getvalue().count("\u202f?") > 10
    for name, encoding in (("one.csv", "utf-8"), ("two.csv", "cp1252")):
        Path(name).write_bytes(text.getvalue().encode(encoding, "replace"))
        done = run("batch", name, "--questionnaire", "buyers", "-o", f"out_{name}")
        assert (done.exit_code, "18 questions: 18 by label" in done.stderr) == (0, True), done.stderr
    assert [row["level"] for row in rows_out("out_one.csv")] == [row["level"] for row in rows_out("out_two.csv")]
