"""What the README says is so: its picture, its examples, its questions."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_files import assert_golden
from picture import picture
from rules_table import rules_table
from typer.testing import Result

from cvp.loading import Finder, load_answers

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_picture_is_what_cvp_prints_today() -> None:
    assert_golden("report.svg", picture())


def test_the_answers_shown_are_sound(tmp_path: Path) -> None:
    example = re.findall(r"^```yaml\n(.*?)^```", README, re.S | re.M)[0]
    file = tmp_path / "acme.yaml"
    file.write_text(example, encoding="utf-8")
    answers, questionnaire = load_answers(str(file), Finder(str(file)))
    assert (answers.company, questionnaire.id) == ("Acme", "level4")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`cvp ([a-z]+)", README))))
def test_every_command_named_exists(run: Callable[..., Result], command: str) -> None:
    assert run(command, "--help").exit_code == 0


def test_the_table_of_rules_is_what_the_code_says() -> None:
    table = re.search(r"<!-- rules: .*? -->\n(.*?)<!-- /rules -->", README, re.S)
    assert table
    assert table[1] == rules_table(), "write it anew with: python tests/rules_table.py"


def test_every_file_named_exists() -> None:
    root = Path(__file__).parent.parent
    named = re.findall(r"`((?:cvp|tests|questionnaires)/[a-z_/]+\.(?:py|yaml|svg))`|\]\(([^)]+)\)", README)
    paths = [path or link for path, link in named if "://" not in link]
    assert paths
    assert [path for path in paths if not (root / path).exists()] == []
