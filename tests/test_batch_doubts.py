"""What might be read wrongly is told: nothing is taken for granted that a table does not show."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from test_batch import rows_of, table, write_questionnaire
from typer.testing import Result

from cvp.loading import load_questionnaire
from questionnaires import criterion, one_for_each_level, questionnaire

Run = Callable[..., Result]

CELLS = ("c0", "c1", "c2")
ASKED = ["respondent", "a", "b", "c", "d"]


@pytest.fixture(autouse=True)
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_questionnaire(tmp_path, one_for_each_level())


def qualtrics(*finished: str) -> str:
    names = ["StartDate", "Finished", "ResponseId", "a", "b", "c", "d"]
    imports = [f'{{"ImportId": "{name}"}}' for name in names]
    answers = [["2026-05-03", cell, f"R_{at}", *["c1"] * 4] for at, cell in enumerate(finished)]
    return table("in.csv", names, imports, *answers, header=names)


def test_the_rows_that_do_not_count_are_chosen_by_people(asked: Path, run: Run) -> None:
    name = qualtrics("PRAWDA", "PRAWDA", "FAŁSZ")
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv")
    assert '  leave_out: {"#2": ["#N"]}  # in its place: "PRAWDA" or "FAŁSZ"\n' in done.stderr
    Path("map.yaml").write_text('cvp: 1\nleave_out: {"#2": ["#N"]}\n')
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv", "--map", "map.yaml")
    assert done.exit_code == 3
    assert "map.yaml:2:13: `#N` stands for cells that you choose" in done.stderr
    Path("map.yaml").write_text('cvp: 1\nleave_out: {"#2": ["FAŁSZ"]}\n')
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv", "--map", "map.yaml")
    assert "3 rows in = 2 scored + 0 rejected + 1 left out" in done.stderr


def test_a_dash_is_not_applicable_beside_values_alone(asked: Path, run: Run) -> None:
    name = table("in.csv", ["r1", "c1", "-", "c0", "-"], ["r2", "-", "c1", "c1", "c2"], header=ASKED)
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv")
    assert "`-` is read as not applicable: 3 cells in 3 columns." in done.stderr
    short = criterion("a", 1) | {
        "choices": tuple({"value": name.lower(), "label": name, "score": at} for at, name in enumerate(("No", "Yes")))
    }
    asked = write_questionnaire(Path(), questionnaire([short, *(criterion(key, 2) for key in "bcd")]))
    name = table("in.csv", ["r1", "yes", *CELLS], ["r2", "-", *CELLS], header=ASKED)
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv")
    assert "Rows are rejected for cells that mean nothing: `-` (column #2 a)" in done.stderr
    assert "2 rows in = 1 scored + 1 rejected" in done.stderr
    Path("map.yaml").write_text("cvp: 1\nreads: {a: values}\n")
    done = run("batch", name, "--questionnaire", asked, "-o", "out.csv", "--map", "map.yaml")
    assert "2 rows in = 2 scored" in done.stderr
    assert "mean nothing" not in done.stderr


def answers_to(name: str, rows: int = 3) -> Sequence[Sequence[str]]:
    asked = load_questionnaire(name)
    choices = [asked.choices_of(question) for question in asked.questions.values()]
    return [list(asked.questions), *([several[at % len(several)].value for several in choices] for at in range(rows))]


def test_a_part_of_the_questionnaire_may_be_another_whole(run: Run) -> None:
    header, *rows = answers_to("quick")
    table("in.csv", *rows, header=header)
    done = run("batch", "in.csv", "-o", "out.csv")
    assert done.exit_code == 0
    assert "in.csv: --questionnaire quick fits 15 of its 15 questions, `level4` 15 of its 46." in done.stderr
    done = run("batch", "in.csv", "--questionnaire", "quick", "-o", "out.csv")
    assert "fits" not in done.stderr


def test_an_answer_that_is_called_as_a_question_is_no_header(run: Run) -> None:
    header, *rows = answers_to("reference_program", 12)
    assert {*load_questionnaire("level4").questions} & {cell for row in rows for cell in row}, "or this tests nothing"
    table("in.csv", *rows, header=header)
    done = run("batch", "in.csv", "--questionnaire", "level4", "-o", "out.csv")
    assert done.exit_code == 3
    assert "--questionnaire reference_program fits 21 of its 21 questions" in done.stderr
    assert "looks like one" not in done.stderr


def test_a_value_that_yaml_reads_as_nothing_is_quoted(run: Run) -> None:
    choices = tuple(
        {"value": value, "label": f"{value} of them", "score": at} for at, value in enumerate(("null", "yes"))
    )
    parts = [criterion(key, level) | {"choices": choices} for level, key in enumerate("abcd", 1)]
    asked = write_questionnaire(Path(), questionnaire(parts))
    table("in.csv", ["r1", "null", "yes", "yes", "yes"], ["r2", "nulll of them", "yes", "yes", "yes"], header=ASKED)
    done = run("batch", "in.csv", "--questionnaire", asked, "-o", "out.csv")
    assert 'cells: {a: {"nulll of them": "null"}}' in done.stderr
    Path("map.yaml").write_text('cvp: 1\ncells: {a: {"nulll of them": "null"}}\n')
    done = run("batch", "in.csv", "--questionnaire", asked, "-o", "out.csv", "--map", "map.yaml")
    assert done.exit_code == 0, done.stderr


def test_colleagues_are_no_repeats_and_a_company_is_no_respondent(asked: Path, run: Run) -> None:
    header = ["company", *ASKED[1:]]
    table("in.csv", ["Acme", *CELLS, "c0"], ["Acme", *CELLS, "c1"], header=header)
    assert "more than once" not in run("batch", "in.csv", "--questionnaire", asked, "-o", "out.csv").stderr
    table("in.csv", ["Acme", *CELLS, "c0"], ["Acme", *CELLS, "c0"], header=header)
    done = run("batch", "in.csv", "--questionnaire", asked, "-o", "out.csv")
    assert "1 respondent is there more than once, by `company` and equal answers: `Acme` (in.csv:2" in done.stderr
    header = ["company", *ASKED]
    table("in.csv", ["Acme", "", *CELLS, "c0"], ["", "Acme", *CELLS, "c0"], header=header)
    assert "more than once" not in run("batch", "in.csv", "--questionnaire", asked, "-o", "out.csv").stderr


def test_a_sheet_with_fewer_questions_is_named_with_their_number(asked: Path, run: Run) -> None:
    with xlsxwriter.Workbook("in.xlsx") as book:
        for name, columns in (("First", ASKED[:2]), ("Notes", ["what"]), ("Second", [ASKED[0], *ASKED[2:]])):
            sheet = book.add_worksheet(name)
            for at, row in enumerate([columns, ["r1", *["c1"] * (len(columns) - 1)]]):
                sheet.write_row(at, 0, row)
    done = run("batch", "in.xlsx", "--questionnaire", asked, "-o", "out.csv")
    said = "Read the sheet `Second` alone, not `First` (which answers 1 question too), `Notes`; what is hidden"
    assert said in done.stderr
    assert [row["score_1"] for row in rows_of("out.csv")] == [""]
