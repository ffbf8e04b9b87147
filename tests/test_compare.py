"""`cvp compare`, as people and CI use it."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from comparisons import DAYS, PAIRS, assessed, cafe, fell_between, hostile, later_cafe, said, three
from golden_files import assert_golden
from jsonschema import Draft7Validator
from typer.testing import Result

from cvp.assessment import Assessment
from cvp.commands.failing import TYPED
from cvp.comparing import compare
from cvp.reports import Look, report
from cvp.schemas import SCHEMAS
from questionnaires import evidence

Run = Callable[..., Result]
TEXTS = ("terminal", "markdown", "html", "json", "csv")


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Sequence[Assessment]], list[Path]]:
    """Writes assessments to files, as --save does."""

    def save(made: Sequence[Assessment]) -> list[Path]:
        files = [tmp_path / f"{number}.json" for number in range(len(made))]
        for file, assessment in zip(files, made, strict=True):
            file.write_text(assessment.to_json(), encoding="utf-8")
        return files

    return save


Saved = Callable[[Sequence[Assessment]], list[Path]]


@pytest.mark.parametrize("name", PAIRS)
def test_what_a_client_reads(run: Run, saved: Saved, name: str) -> None:
    result = run("compare", *saved(PAIRS[name]()))
    assert result.exit_code == 0, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert_golden(f"compare_{name}.txt", result.stdout)


@pytest.mark.parametrize("format_", ["markdown", "csv", "json"])
def test_files_that_people_keep(run: Run, saved: Saved, tmp_path: Path, format_: str) -> None:
    output = tmp_path / "report"
    run("compare", *saved(PAIRS["questionnaire"]()), "--format", format_, "--output", output)
    ending = {"markdown": "md"}.get(format_, format_)
    assert_golden(f"compare_questionnaire.{ending}", output.read_text(encoding="utf-8"))


@pytest.mark.parametrize("format_", TEXTS)
@pytest.mark.parametrize("name", PAIRS)
def test_the_same_comparison_gives_the_same_bytes(name: str, format_: str) -> None:
    made = [report(format_).render(compare(PAIRS[name]()), Look()) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("format_", TEXTS)
def test_hostile_texts_are_shown_and_never_obeyed(run: Run, saved: Saved, format_: str) -> None:
    result = run("compare", *saved(hostile()), "--format", format_)
    assert result.exit_code == 0, result.stderr
    assert "alert" in result.stdout
    assert "\x1b" not in result.stdout
    if format_ == "html":
        assert "<script>" not in result.stdout
    if format_ == "markdown":
        assert "<script>" not in result.stdout.replace("\\<script\\>", "")
    if format_ == "csv":
        assert not any(cell.startswith("=") for line in result.stdout.splitlines() for cell in line.split(","))


def test_json_fits_its_schema(run: Run, saved: Saved) -> None:
    for pair in PAIRS.values():
        made = json.loads(run("compare", *saved(pair()), "--format", "json").stdout)
        assert made["cvp"] == "comparison/1"
        Draft7Validator(SCHEMAS["comparison"]()).validate(made)


def test_what_is_shown_adds_up_on_paper(run: Run, saved: Saved) -> None:
    rows = [line.split() for line in run("compare", *saved(PAIRS["questionnaire"]())).stdout.splitlines()]
    for row in (row for row in rows if row[:1] in (["1"], ["2"], ["3"]) and row[-1] == "0.70"):
        before, *parts, after = (float(cell.replace("−", "-")) for cell in row[-6:-1])
        assert before + sum(parts) == pytest.approx(after)


@pytest.mark.parametrize(("order", "code"), [((0, 1), 0), ((1, 0), 1)])
def test_a_build_fails_where_the_level_fell(run: Run, saved: Saved, order: tuple[int, int], code: int) -> None:
    files = saved([assessed(said(missed="none"), DAYS[0]), assessed(said(), DAYS[0])])
    result = run("compare", *(files[at] for at in order), "--fail-if-lower")
    assert result.exit_code == code
    assert result.stdout


def test_another_questionnaire_is_refused_with_what_to_do(run: Run, saved: Saved) -> None:
    files = saved([assessed(said(), DAYS[0]), assessed(said(), DAYS[1], cafe(id="bar"))])
    result = run("compare", *files)
    assert result.exit_code == 3
    assert "`cafe`" in result.stderr
    assert "`bar`" in result.stderr
    assert "the same questionnaire" in result.stderr
    assert not result.stdout


def test_two_companies_are_refused_unless_they_are_said_to_be_one(run: Run, saved: Saved) -> None:
    files = saved([assessed(said(), DAYS[0]), assessed(said(), DAYS[1], company="Bar Acht")])
    refused = run("compare", *files)
    assert (refused.exit_code, "Bar Acht" in refused.stderr, "--company" in refused.stderr) == (3, True, True)
    taken = run("compare", *files, "--company", "Zwölf AG")
    assert taken.exit_code == 0
    assert taken.stdout.startswith("Zwölf AG\n")
    assert "Two names, taken for one company" in taken.stdout


def test_what_is_not_alike_is_said_before_anything_else(run: Run, saved: Saved) -> None:
    claim = assessed(said(), DAYS[1])
    measure = assessed(said(), DAYS[0], cafe(perspective="buyer")).model_copy(update={"answered_by": ""})
    text = " ".join(run("compare", *saved([claim, measure])).stdout.split())
    first = text[: text.index("What moved the level")]
    assert "NOT THE SAME THING" in first
    assert "The dates run backwards" in first
    assert "Both say version 1.0.0" in first
    assert "Answered before by its board, after by the buyer" in first


def test_a_level_whose_answers_all_grew_too_old_is_not_said_to_fail_as_before(run: Run, saved: Saved) -> None:
    """Nor is the plan that follows from them said without what it takes for granted."""
    felt = {"choice": "none", "evidence": evidence("2024-01")}
    made = [assessed(said(missed=felt, own_cup=felt), day) for day in (DAYS[0], DAYS[2])]
    text = " ".join(run("compare", *saved(made)).stdout.split())
    ladder = text[text.index("The four levels") : text.index("Answer by answer")]
    assert "fails: nothing that counts" in ladder
    assert ladder.count("as before") == 3
    assert "The plan takes 3 open answers at their lowest choice: find them out first" in text
    text = " ".join(run("compare", *saved(made[::-1])).stdout.split())
    assert "fails; before, nothing counted" in text


def test_a_trend_has_two_decimals_everywhere(run: Run, saved: Saved) -> None:
    """(3 × 0.75 + 1) / 4 is 0.8125."""
    answers = {key: answer for key, answer in said(quiet="all").items() if key != "wifi"}
    made = [assessed(answers, day, later_cafe()) for day in DAYS]
    text = run("compare", *saved(made), "--format", "markdown").stdout
    assert "0.81" in text
    assert "0.8125" not in text


def test_a_fall_between_is_in_the_headline_and_in_the_steps(run: Run, saved: Saved) -> None:
    text = " ".join(run("compare", *saved(fell_between())).stdout.split())
    assert "Level 2 now; 3 in 2025-03, 2 in 2024-03" in text
    assert "2024-03-01 to 2025-03-01 2 to 3 the answers +1" in text


def test_a_move_is_no_success_where_the_answer_fell_or_is_only_renewed(run: Run, saved: Saved) -> None:
    made = fell_between()
    text = run("compare", *saved([made[0], made[2]]), "--format", "markdown").stdout
    assert "no: fell from 0.50 to 0.00" in text
    assert "cannot be told: the same answer as before, on newer evidence" in text


def test_buyers_answers_are_not_called_a_measure(run: Run, saved: Saved) -> None:
    made = [assessed(said(missed=value), DAYS[0], cafe(perspective="buyer")) for value in ("none", "all")]
    text = " ".join(run("compare", *saved(made)).stdout.split())
    assert "Both are buyers' answers, not yet a measure" in text


def test_a_month_with_two_assessments_is_told_by_the_day() -> None:
    made = three()
    twice = [made[0], assessed(said(), "2024-03-20"), made[2]]
    text = report("terminal").render(compare(twice), Look())
    assert isinstance(text, str)
    assert "Level 4 now; 3 on 2024-03-20, 2 on 2024-03-01" in text


def test_a_trend_out_of_order_is_said(run: Run, saved: Saved) -> None:
    made = three()
    made[1] = made[1].model_copy(update={"date": "2023-01-01"})
    text = " ".join(run("compare", *saved([made[0], assessed(said(), "2023-01-01"), made[2]])).stdout.split())
    assert "not in the order of their dates" in text


def test_an_assessment_that_was_changed_by_hand_is_refused(run: Run, saved: Saved) -> None:
    sound = assessed(said(), DAYS[0])
    heavier = sound.criteria[0].model_copy(update={"weight": 9.0})
    files = saved([sound, sound.model_copy(update={"criteria": (heavier, *sound.criteria[1:])})])
    result = run("compare", *files)
    assert result.exit_code == 3
    assert "do not give the level" in result.stderr


def test_too_few_files_or_one_twice_is_a_wrong_command_line(run: Run, saved: Saved) -> None:
    file = saved([assessed(said(), DAYS[0])])[0]
    assert run("compare", file).exit_code == 2
    assert run("compare", file, file).exit_code == 2
    assert run("compare").exit_code == 2


@pytest.mark.parametrize("width", [30, 60, 120])
def test_every_width_has_what_matters(width: int) -> None:
    text = report("terminal").render(compare(three()), Look(width=width))
    assert isinstance(text, str)
    assert max(map(len, text.splitlines())) <= width
    assert "Level 4" in text


def test_ascii_alone_is_enough() -> None:
    text = str(report("terminal").render(compare(three()), Look(ascii_only=True)))
    assert not text.isascii()
    assert not re.search(r"\\[xu]", text.encode("ascii", TYPED).decode())
