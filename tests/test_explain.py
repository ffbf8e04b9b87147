"""`cvp explain --assessment`: what one answer did to the level; and the rules and criteria as before."""

from collections.abc import Callable
from pathlib import Path

import assessments
import pytest
from comparisons import DAYS, assessed, said
from golden_files import assert_golden
from typer.testing import Result

from cvp.assessment import Assessment
from cvp.comparing import explain
from cvp.reports import Look, report

Run = Callable[..., Result]


@pytest.fixture
def acme(tmp_path: Path) -> Callable[[Assessment], Path]:
    def save(assessment: Assessment) -> Path:
        file = tmp_path / "acme.json"
        file.write_text(assessment.to_json(), encoding="utf-8")
        return file

    return save


Save = Callable[[Assessment], Path]
ANSWERS = {"answered": "missed", "open": "council", "safeguard": "paid"}


@pytest.mark.parametrize("name", ANSWERS)
def test_one_answer_in_a_sentence_and_in_numbers(run: Run, acme: Save, name: str) -> None:
    result = run("explain", "--assessment", acme(assessed(said(), DAYS[0])), ANSWERS[name])
    assert result.exit_code == 0, result.stderr
    assert_golden(f"explain_{name}.txt", result.stdout)


def test_an_answer_that_holds_the_level_says_so(run: Run, acme: Save) -> None:
    text = run("explain", "--assessment", acme(assessed(said(), DAYS[0])), "missed").stdout
    assert "One choice lower and Level 3 is lost." in text
    assert "The gate scores 0.75 with it and 0.75 without it; it needs 0.70, and holds." in text
    stale = run("explain", "--assessment", acme(assessed(said(), DAYS[2])), "missed").stdout
    stale = " ".join(stale.split())
    assert "too old: it counts as open" in stale


def test_a_question_that_is_not_there_gets_a_hint(run: Run, acme: Save) -> None:
    file = acme(assessed(said(), DAYS[0]))
    wrong = run("explain", "--assessment", file, "mised")
    assert (wrong.exit_code, "missed" in wrong.stderr) == (3, True)
    unlike = run("explain", "--assessment", file, "qqqqqq")
    assert (unlike.exit_code, "--format csv" in unlike.stderr) == (3, True)
    assert run("explain", "--assessment", file).exit_code == 2


def test_what_contradicts_itself_is_not_explained(run: Run, acme: Save) -> None:
    sound = assessed(said(), DAYS[0])
    heavier = sound.criteria[0].model_copy(update={"weight": 9.0})
    wrong = sound.model_copy(update={"criteria": (heavier, *sound.criteria[1:])})
    result = run("explain", "--assessment", acme(wrong), "missed")
    assert (result.exit_code, "do not give the level" in result.stderr) == (3, True)


@pytest.mark.parametrize("format_", ["terminal", "html", "markdown"])
def test_hostile_texts_are_shown_and_never_obeyed(format_: str) -> None:
    text = report(format_).render(explain(assessments.hostile(), "q11"), Look())
    assert isinstance(text, str)
    assert "alert(1)" in text or "alert\\(1\\)" in text
    assert "\x1b" not in text
    assert format_ != "html" or "<script>" not in text


def test_rules_and_criteria_are_explained_as_ever(run: Run) -> None:
    assert run("explain", "CVP301").stdout.startswith("CVP301 ")
    assert "Level 4, weight" in run("explain", "awards").stdout
    assert run("explain", "nonsense").exit_code == 3
    assert len(run("explain").stdout.splitlines()) > 50
