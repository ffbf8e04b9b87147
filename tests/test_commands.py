"""The smaller commands: help, list, show, new, schema, version."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_files import assert_golden
from jsonschema import Draft7Validator
from typer.testing import Result

from cvp import __version__
from cvp.catalogue import folder, shipped
from cvp.reading import read_document

Run = Callable[..., Result]

COMMANDS = ["assess", "check", "compare", "list", "new", "report", "schema", "show"]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_shows_three_worked_examples(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert sum(line.startswith("    cvp ") for line in result.stdout.splitlines()) == 3
    assert all(f"\n  {command} " in result.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: cvp {command}" in result.stdout
    assert "\b" not in result.stdout


@pytest.mark.parametrize("arguments", [["nonsense"], ["assess", "--nonsense"], ["assess", "--fail-under", "7"]])
def test_a_wrong_command_line_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_version_loads_nothing_that_it_does_not_need(run: Run) -> None:
    assert run("--version").stdout == f"cvp {__version__}\n"
    command = [sys.executable, "-X", "importtime", "-m", "cvp", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"cvp {__version__}\n"
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"typer", "rich", "yaml", "polars", "pydantic", "cvp.model", "cvp.questionnaire"}


def test_list_names_every_questionnaire(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(shipped())


def test_show_reads_like_a_paper(run: Run) -> None:
    result = run("show", "quick")
    assert result.exit_code == 0
    assert_golden("show_quick.txt", result.stdout)


def test_what_new_writes_passes_check_and_scores(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "My Questions.yaml"
    assert run("new", file).exit_code == 0
    assert run("check", file).exit_code == 0
    assert "(my_questions 1.0.0" in run("show", file).stdout
    again = run("new", file)
    assert again.exit_code == 3
    assert "is there already" in again.stderr


@pytest.mark.parametrize("of", ["questionnaire", "answers", "assessment"])
def test_a_schema_is_a_draft_07_schema(run: Run, of: str) -> None:
    schema = json.loads(run("schema", of).stdout)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    assert "$defs" not in json.dumps(schema)


@pytest.mark.parametrize("of", ["questionnaire", "answers"])
def test_a_schema_is_never_stricter_than_the_loader(run: Run, of: str) -> None:
    schema = json.loads(run("schema", of).stdout)
    files = folder().glob("*.yaml") if of == "questionnaire" else (folder() / "cases").glob("*.yaml")
    for file in files:
        data = json.loads(json.dumps(read_document(file).data))
        errors = [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(data)]
        assert errors == [], file


def test_a_schema_of_something_else_is_wrong_usage(run: Run) -> None:
    result = run("schema", "poems")
    assert result.exit_code == 2
    assert "there are questionnaire, answers, assessment" in result.stderr
