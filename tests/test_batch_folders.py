"""Folders of answers: a company a file, whatever is wrong with the others."""

import csv
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from real import needs
from test_batch import write_questionnaire
from typer.testing import Result

import cvp.batch.folders
from cvp.batch.companies import Asked, Company, company_of
from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]

ANSWERS = "cvp: 1\nquestionnaire: small\nversion: 1.0.0\ncompany: {}\ndate: 2026-01-02\n"
SCORE_TWO = ("batch", "two", "--questionnaire", "asked.yaml", "-o", "out.csv")


@pytest.fixture
def companies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))
    folder = tmp_path / "companies"
    (folder / "deep").mkdir(parents=True)
    for number in range(70):
        answers = f"answers: {{a: c{2 if number % 2 else 0}, b: c2, c: c1, d: '?', paid: c2}}\n"
        (folder / f"c{number:02}.yaml").write_text(ANSWERS.format(f"Company {number}") + answers)
    votes = "".join(f"- {{who: P{n}, answers: {{a: c{c}, b: c2}}}}\n" for n, c in enumerate((0, 2, 2)))
    (folder / "deep" / "room.yaml").write_text(ANSWERS.format("A room") + "ballots:\n" + votes)
    (folder / "broken.yaml").write_text("company: [\n")
    (folder / "strange.yaml").write_text(ANSWERS.format("Strange") + "answers: {a: what}\n")
    (folder / "package.json").write_text('{"name": "x"}')
    os.mkfifo(folder / "fifo.yaml")
    return folder


def test_every_company_is_a_row(companies: Path, run: Run) -> None:
    done = run("batch", companies, "--questionnaire", "asked.yaml", "-o", "out.csv", "--rejects", "bad.csv")
    assert done.exit_code == 1, done.output
    assert "75 rows in = 71 scored + 3 rejected + 1 left out (1 no answers in it)." in done.stderr
    with open("out.csv", newline="") as file:
        rows = {row["company"]: row for row in csv.DictReader(file)}
    assert len(rows) == 71
    assert (rows["Company 1"]["level"], rows["Company 2"]["level"], rows["A room"]["level"]) == ("2", "1", "2")
    assert rows["Company 1"]["file"].endswith("companies/c01.yaml")
    with open("bad.csv", newline="") as file:
        told = [(Path(row["file"]).name, row["line"], row["code"]) for row in csv.DictReader(file)]
    assert told == [("broken.yaml", "1", "CVP101"), ("fifo.yaml", "", "CVP117"), ("strange.yaml", "6", "CVP504")]


def test_a_folder_is_counted_by_what_its_files_say(companies: Path, run: Run) -> None:
    arguments = ("batch", companies, "--questionnaire", "asked.yaml")
    shown = run(*arguments, "--by", "date").stdout
    assert "Most of 71 claims" in shown
    refused = run(*arguments, "--by", "country")
    assert (refused.exit_code, "it has file, company, date, by" in refused.stderr) == (3, True)


def test_a_folder_without_answers_is_refused(companies: Path, run: Run) -> None:
    empty = companies / "empty"
    empty.mkdir()
    refused = run("batch", empty)
    assert (refused.exit_code, "holds no YAML or JSON" in refused.stderr) == (3, True)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_questionnaire(tmp_path, one_for_each_level())
    folder = tmp_path / "two"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.yaml").write_text(ANSWERS.format(name) + "answers: {a: c2}\n")
    return Path("two")


def test_what_cannot_be_read_is_rejected_by_its_name(two: Path, run: Run) -> None:
    needs(sys.platform != "win32", "links want a privilege, and there are no pipes")
    os.mkfifo(two / "p.yaml")
    (two / "d.yaml").symlink_to("gone.yaml")
    (two / "l.json").symlink_to("l.json")
    (two / "x.yaml").mkdir()
    done = run(*SCORE_TWO)
    assert "5 rows in = 2 scored + 3 rejected + 0 left out." in done.stderr, done.output
    assert f"{two}/d.yaml: CVP117 there is no such file; check the spelling and the folder" in done.stderr
    assert f"{two}/l.json: CVP117 cannot be opened: too many levels of symbolic links" in done.stderr
    assert f"{two}/p.yaml: CVP117 is no regular file; give a YAML or JSON file" in done.stderr
    assert done.exit_code == 1
    assert "begin" not in done.stderr


def test_hidden_files_are_left_alone_in_a_word(two: Path, run: Run) -> None:
    for name in (".k2.yaml", "_k.json", ".notes.txt"):
        (two / name).write_text("answers: {a: c2}\n")
    done = run(*SCORE_TWO)
    assert "2 rows in = 2 scored + 0 rejected" in done.stderr, done.output
    said = f"2 files are left alone, since their names begin with `.` or `_`: {two}/.k2.yaml and {two}/_k.json."
    assert said in done.stderr
    (two / "_k.json").unlink()
    assert f"1 file is left alone, since its name begins with `.` or `_`: {two}/.k2.yaml." in run(*SCORE_TWO).stderr


def test_answers_that_are_there_twice_are_named(two: Path, run: Run) -> None:
    assert "same answers" not in run(*SCORE_TWO).stderr
    (two / "c.yaml").write_bytes((two / "a.yaml").read_bytes())
    done = run(*SCORE_TWO)
    assert f"{two}/c.yaml holds the same answers as {two}/a.yaml: both are counted; take one away." in done.stderr
    assert (done.exit_code, "3 rows in = 3 scored" in done.stderr) == (0, True)
    for name in "defgh":
        (two / f"{name}.yaml").symlink_to("b.yaml")
    few = ", ".join(f"{two}/{copy}.yaml (as {two}/{first}.yaml)" for copy, first in ("ca", "db", "eb"))
    said = f"6 files hold the same answers as others: {few} and 3 more. All are counted; take the copies away."
    assert said in run(*SCORE_TWO).stderr


def test_copies_of_what_does_not_count_are_no_matter(two: Path, run: Run) -> None:
    for name in "cd":
        (two / f"{name}.yaml").write_text(ANSWERS.format("c") + "answers: {a: what}\n")
        (two / f"{name}.json").write_text("{}")
    done = run(*SCORE_TWO)
    assert "6 rows in = 2 scored + 2 rejected + 2 left out" in done.stderr, done.output
    assert "same answers" not in done.stderr


@pytest.mark.parametrize("again", ["two/", "two/deep"])
def test_a_folder_that_is_given_twice_is_refused(two: Path, run: Run, again: str) -> None:
    (two / "deep").mkdir()
    refused = run("batch", two, again, "--questionnaire", "asked.yaml")
    said = f"{again}: is given twice, and its files would count twice; give it once"
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.output


def killed_at_5(numbered: tuple[int, str], asked: Asked) -> Company:
    if numbered[1].endswith("c05.yaml"):
        os.kill(os.getpid(), signal.SIGKILL)
    return company_of(numbered, asked)


def test_a_file_that_kills_its_process_is_rejected_alone(
    companies: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs(sys.platform != "win32", "there are no such signals")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(cvp.batch.folders, "company_of", killed_at_5)
    done = run("batch", companies, "--questionnaire", "asked.yaml", "-o", "out.csv", "--rejects", "bad.csv")
    assert "75 rows in = 70 scored + 4 rejected + 1 left out (1 no answers in it)." in done.stderr
    with open("bad.csv", newline="") as file:
        told = {Path(row["file"]).name: row["message"] for row in csv.DictReader(file)}
    assert told["c05.yaml"] == "kills the process that scores it; please report it"
