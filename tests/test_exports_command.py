"""`cvp export`: formats, files, languages, and what it says when something does not fit."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from exported import bilingual
from typer.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "asked.yaml"
    path.write_text(bilingual().model_dump_json(by_alias=True, exclude_defaults=True))
    return path


def test_texts_go_to_standard_output(run: Run, asked: Path) -> None:
    done = run("export", asked, "--to", "csv")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("id,question,hint,choice 1,")


def test_without_a_name_it_is_level4(run: Run) -> None:
    assert json.loads(run("export", "--to", "surveyjs").stdout)["title"]["default"] == "The Level 4 value proposition"


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.xlsx", b"PK"), ("a.json", b"{\n"), ("a.csv", b"id,"), ("a.md", b"# What"), ("a.html", b"<!doctype html>")],
)
def test_an_ending_means_a_format(run: Run, asked: Path, tmp_path: Path, name: str, start: bytes) -> None:
    done = run("export", asked, "--output", tmp_path / name)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_selection_is_exported_like_a_whole(run: Run) -> None:
    whole, quick = (run("export", name, "--to", "csv").stdout.splitlines() for name in ("level4", "quick"))
    assert 0 < len(quick) < len(whole)
    assert {line.partition(",")[0] for line in quick} < {line.partition(",")[0] for line in whole}


def test_it_is_in_the_language_that_is_asked_for(run: Run, asked: Path) -> None:
    assert run("export", asked, "--to", "markdown", "--lang", "de").stdout.startswith("# Was wir tun\n")


def test_a_language_without_texts_is_told(run: Run, asked: Path) -> None:
    done = run("export", asked, "--to", "markdown", "--lang", "it")
    assert done.stdout.startswith("# What we do\n")
    assert done.stderr == "cvp: `small` has no texts in it, only in en and de; it is shown in en\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "cvp: --to: is missing; add --to with one of xlsform, surveyjs, csv, markdown, html\n"),
        (
            ("--to", "docx"),
            "cvp: --to docx: there is no such format; there are xlsform, surveyjs, csv, markdown, html\n",
        ),
        (("--output", "a.doc"), "cvp: --output a.doc: its ending means no format; add --to with one of xlsform, "),
        (("--to", "csv", "--guidance"), "cvp: --to csv: has no place for --guidance; "),
    ],
)
def test_what_does_not_fit_is_wrong_usage(run: Run, asked: Path, options: tuple[str, ...], message: str) -> None:
    done = run("export", asked, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(message)


def test_what_is_wrong_with_a_questionnaire_is_told(run: Run, asked: Path) -> None:
    asked.write_text(asked.read_text().replace('"level":3', '"level":5'))
    done = run("export", asked, "--to", "csv")
    assert done.exit_code == 3
    assert f"{asked}:1:" in done.stderr
