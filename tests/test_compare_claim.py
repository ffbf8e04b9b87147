"""`cvp compare CLAIM BUYERS`: what a client reads, and what is refused."""

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from claims import (
    DAY,
    GUESTS,
    HEADER,
    SURVEYED,
    VALUES,
    claim,
    company,
    group,
    guests,
    rows,
    said,
    summary,
    write_table,
)
from comparisons import HOSTILE
from golden_files import assert_golden
from jsonschema import Draft7Validator
from typer.testing import Result

from cvp.assessment import Assessment
from cvp.comparing.claiming import compare_claim
from cvp.loading import load_questionnaire
from cvp.reports import Look, report
from cvp.schemas import SCHEMAS
from cvp.summaries import measure_in
from questionnaires import sheet

Run = Callable[..., Result]
TEXTS = ("terminal", "markdown", "html", "json", "csv", "svg")
pytestmark = pytest.mark.usefixtures("here")
ASK = ("--questionnaire", "guests.yaml", "--date", SURVEYED)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both questionnaires, the claim, and what sixty guests answered, as a table and as a summary."""
    monkeypatch.chdir(tmp_path)
    for asked in (company(), guests()):
        text = asked.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True)
        (tmp_path / f"{asked.id}.yaml").write_text(text, encoding="utf-8")
    save(claim())
    save(summary((0, 40, 20, 0)), "guests.json")
    write_table(tmp_path / "guests.csv", rows(60))
    return tmp_path


def save(what: Assessment | dict[str, Any], name: str = "claim.json") -> str:
    text = what.to_json() if isinstance(what, Assessment) else json.dumps(what, ensure_ascii=False)
    Path(name).write_text(text, encoding="utf-8")
    return name


def words(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def test_what_a_client_reads(run: Run) -> None:
    result = run("compare", "claim.json", "guests.csv", *ASK, "--by", "quarter")
    assert result.exit_code == 0, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert_golden("compare_claim.txt", result.stdout)


def test_what_a_client_reads_where_few_answered(here: Path, run: Run) -> None:
    write_table(here / "few.csv", rows(9))
    assert_golden("compare_claim_few.txt", run("compare", "claim.json", "few.csv", *ASK, "--self-selected").stdout)


@pytest.mark.parametrize("ending", ["md", "json", "csv", "svg"])
def test_files_that_people_keep(run: Run, ending: str) -> None:
    run("compare", "claim.json", "guests.csv", *ASK, "--by", "quarter", "--output", f"out.{ending}")
    assert_golden(f"compare_claim.{ending}", Path(f"out.{ending}").read_text(encoding="utf-8"))


def test_the_first_lines_say_it_all(run: Run) -> None:
    first = run("compare", "claim.json", "guests.json").stdout.splitlines()[:8]
    assert first[0] == "Café Zwölf"
    assert first[2] == "What 60 buyers say is the measure; your own answers are a claim."
    assert first[4] == "Buyers put you on Level 2; you claim Level 3"


@pytest.mark.parametrize(
    ("levels", "said_first"),
    [
        ((0, 0, 60, 0), "Buyers put you on Level 3, as you claim"),
        ((0, 0, 26, 34), "Buyers confirm the Level 3 that you claim"),
        ((0, 0, 2, 58), "Buyers put you on Level 4; you claim Level 3"),
        ((58, 2, 0, 0), "Buyers put you on Level 1; you claim Level 3"),
        ((4, 2, 3, 0), "Buyers confirm no level above 1 yet; you claim Level 3"),
        ((0, 5, 4, 0), "Buyers confirm Level 2, and no higher one yet; you claim Level 3"),
        ((0, 4, 4, 0), "They are split into halves"),
    ],
)
def test_the_headline_is_the_measure(run: Run, levels: tuple[int, ...], said_first: str) -> None:
    assert said_first in words(run("compare", "claim.json", save(summary(levels), "s.json")))


def test_so_many_more_buyers_are_told(run: Run) -> None:
    text = words(run("compare", "claim.json", save(summary((4, 2, 3, 0)), "s.json")))
    assert "5 of 9 buyers do. 306 more buyers who answer alike would confirm it." in text
    assert "3 of 9 buyers do. 27 more buyers who answer alike would rule it out." in text


def test_either_order_will_do(run: Run) -> None:
    assert run("compare", "guests.json", "claim.json").stdout == run("compare", "claim.json", "guests.json").stdout


def test_a_table_is_counted_as_batch_does(run: Run) -> None:
    made = json.loads(run("compare", "claim.json", "guests.csv", *ASK, "--by", "quarter", "--format", "json").stdout)
    assert made["measure"]["buyers"] == 60
    assert {item["id"] for item in made["items"]} == {*GUESTS, "offered"}
    assert [one["group"] for one in made["segments"][0]["groups"]] == ["Altstadt", "=Neustadt", "Hafen"]


def test_a_table_adds_up_to_what_each_of_its_buyers_says(here: Path, run: Run) -> None:
    random, asked = Random(11), guests()
    cells = [*VALUES, *VALUES, "?", "n/a", ""]
    lines = [["Hafen", *random.choices(cells, k=5), random.choice(("c0", "c1", "c2", "n/a", "?"))] for _ in range(70)]
    write_table(here / "table.csv", [*lines, ["Hafen", *["nonsense"] * 6]])  # a rejected row counts nowhere
    made = json.loads(run("compare", "claim.json", "table.csv", *ASK, "--format", "json").stdout)
    found = {item["id"]: item["gap"] for item in made["items"]}
    for at, name in enumerate(asked.questions, 1):
        scores = {choice.value: choice.score for choice in asked.choices_of(asked.questions[name])}
        given = [scores[line[at]] for line in lines if line[at] in scores]
        assert (found[name]["n"], found[name]["buyers"]) == (len(given), pytest.approx(sum(given) / len(given)))
    assert (made["measure"]["buyers"], made["measure"]["rejected"]) == (70, 1)


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl"])
def test_other_tables_are_known_by_their_content(here: Path, run: Run, ending: str) -> None:
    import polars as pl

    frame, other = pl.read_csv("guests.csv"), here / "no_ending"
    match ending:
        case "xlsx":
            frame.write_excel(here / "table.xlsx")
            (here / "table.xlsx").rename(other)
        case "parquet":
            frame.write_parquet(other)
        case _:
            frame.write_ndjson(other)
    plain = run("compare", "claim.json", "guests.csv", *ASK).stdout
    assert run("compare", "claim.json", other, *ASK).stdout == plain


def test_a_sample_that_selected_itself_says_so_beside_every_interval(run: Run) -> None:
    result = run("compare", "claim.json", "guests.csv", *ASK, "--self-selected", "--format", "markdown")
    told = [line for line in result.stdout.splitlines() if line.startswith("|") and ("%" in line or " to " in line)]
    shown = [line for line in told if "95 %" not in line]
    assert len(shown) > 12
    assert all("self-selected" in line for line in shown)
    assert "selected themselves, as references and fans do" in result.stdout


def test_json_fits_its_schema(run: Run) -> None:
    for levels in ((0, 40, 20, 0), (0, 4, 4, 0)):
        save(summary(levels, segments=[{"column": "c", "withheld": 2, "groups": [group(levels, "one")]}]), "s.json")
        made = json.loads(run("compare", "claim.json", "s.json", "--format", "json").stdout)
        assert made["cvp"] == "claim/1"
        Draft7Validator(SCHEMAS["claim"]()).validate(made)


def test_hostile_texts_are_shown_and_never_obeyed(run: Run) -> None:
    item = {"id": HOSTILE, "label": HOSTILE, "short": HOSTILE, "level": 1, "mirrors": ["price"], "mean": 0.5, "n": 9}
    cut = {"column": HOSTILE, "withheld": 1, "groups": [group((0, 40, 20, 0), HOSTILE)]}
    named = {"id": HOSTILE, "version": HOSTILE, "sha256": HOSTILE, "perspective": "buyer"}
    save(summary((0, 40, 20, 0), items=[item], segments=[cut], questionnaire=named), "s.json")
    for format_ in TEXTS:
        result = run("compare", "claim.json", "s.json", "--format", format_, "--company", HOSTILE)
        assert result.exit_code == 0, result.stderr
        assert "alert" in result.stdout
        assert "\x1b" not in result.stdout
        if format_ in ("html", "svg", "markdown"):
            assert "<script>" not in result.stdout.replace("\\<script\\>", "")
        if format_ == "csv":
            cells = [cell for row in csv.reader(result.stdout.splitlines()) for cell in row]
            assert not any(cell.startswith("=") for cell in cells)


def test_slides_hold_it_too(run: Run) -> None:
    from pptx import Presentation

    assert run("compare", "claim.json", "guests.json", "-o", "out.pptx").exit_code == 0
    shapes = [shape for slide in Presentation("out.pptx").slides for shape in slide.shapes if shape.has_text_frame]
    assert any("Buyers put you on Level 2; you claim Level 3" in shape.text_frame.text for shape in shapes)
    assert any(shape.text_frame.text.endswith("Claim by cafe 1.0.0; buyers by guests 1.0.0") for shape in shapes)


@pytest.mark.parametrize(("levels", "code"), [((0, 40, 20, 0), 1), ((0, 0, 60, 0), 0), ((0, 0, 0, 60), 0)])
def test_a_build_fails_where_buyers_see_less(run: Run, levels: tuple[int, ...], code: int) -> None:
    result = run("compare", "claim.json", save(summary(levels), "s.json"), "--fail-if-lower")
    assert result.exit_code == code
    assert result.stdout


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"mirrors_of": "level4"}, ("`cafe`", "mirrors `level4`", "assess the company by that one")),
        ({"mirrors_of": None}, ("does not say which questionnaire it mirrors", "`mirrors_of: cafe`")),
        (
            {"questionnaire": {"id": "x", "version": "1", "sha256": "1", "perspective": "company"}},
            ("companies give about themselves",),
        ),
        ({"all": None, "items": None, "lenses": None}, ("fewer than 5 buyers", "ask more")),
    ],
)
def test_what_is_no_measure_of_it_is_refused_with_what_to_do(
    run: Run, more: dict[str, Any], what: tuple[str, ...]
) -> None:
    result = run("compare", "claim.json", save(summary((0, 40, 20, 0), **more), "s.json"))
    assert result.exit_code == 3
    assert all(part in result.stderr for part in what), result.stderr
    assert not result.stdout


def test_a_buyers_own_assessment_is_no_claim(run: Run) -> None:
    save(claim(sheet(compared_by="all"), guests()), "buyer.json")
    result = run("compare", "buyer.json", "guests.json")
    assert result.exit_code == 3
    assert "buyer.json: is answered by buyers, and no claim" in result.stderr


def test_where_nothing_is_answered_nothing_is_claimed(run: Run) -> None:
    save(claim(sheet(price="?")), "empty.json")
    result = run("compare", "empty.json", "guests.json")
    assert result.exit_code == 3
    assert "empty.json: answers nothing that counts for a level, and so claims nothing" in result.stderr
    assert not result.stdout


def test_a_claim_that_may_yet_be_secured_is_not_said_to_be_none(run: Run) -> None:
    save(claim(said(price="some", promise="?")))
    assert "you claim Level 1, not yet secured" in words(run("compare", "claim.json", "guests.json"))
    save(claim(said(price="none", promise="none")))
    assert "you claim Level 1, not secured" in words(run("compare", "claim.json", "guests.json"))


def test_a_table_tells_what_safeguards_hold_down(here: Path, run: Run) -> None:
    """All guests are on Level 4 by their answers, and each was given something for praise."""
    write_table(here / "paid.csv", [["Hafen", *["all"] * len(GUESTS), "c0"]] * 40)
    made = words(run("compare", "claim.json", "paid.csv", *ASK))
    assert "Safeguards lower the level of 40 of 40 buyers; without them buyers would confirm Level 4." in made
    assert "Both hold: a level takes its gate, the levels below it and the safeguards" in made
    head = json.loads(run("compare", "claim.json", "paid.csv", *ASK, "--format", "json").stdout)["measure"]
    assert (head["level"], head["capped"], head["uncapped_level"]) == (2, 40, 4)


def test_one_buyer_is_no_measure(run: Run) -> None:
    save(claim(sheet(compared_by="all"), guests()), "buyer.json")
    result = run("compare", "claim.json", "buyer.json")
    assert result.exit_code == 3
    assert "one buyer is no measure" in result.stderr


@pytest.mark.parametrize(
    ("files", "options", "what"),
    [
        (("guests.json", "guests.csv"), (), "one measure"),
        (("claim.json", "guests.json", "guests.csv"), (), "one measure"),
        (("claim.json", "guests.json"), ("--by", "quarter"), "--by: is for a table"),
        (("claim.json", "guests.json"), ("--self-selected",), "--self-selected: is for a table"),
        (("claim.json", "other.json"), ("--questionnaire", "guests.yaml"), "--questionnaire: is for a table"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_command_line(
    run: Run, files: tuple[str, ...], options: tuple[str, ...], what: str
) -> None:
    save(claim(day=SURVEYED), "other.json")
    result = run("compare", *files, *options)
    assert result.exit_code == 2
    assert what in result.stderr


def test_without_the_libraries_for_tables_a_summary_will_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("cvp.batch", "polars"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polars", None)
    refused = run("compare", "claim.json", "guests.csv", *ASK)
    assert refused.exit_code == 3
    assert "pip install 'cvp-assess[tables]'; or give what cvp batch --summary" in refused.stderr
    assert run("compare", "claim.json", "guests.json").exit_code == 0


def test_a_level_that_is_told_in_two_ways_says_why(run: Run) -> None:
    """Few see Level 4, which is not claimed; but to its own questions the company answers more than its buyers."""
    scores = {str(level): {"mean": 0.2, "n": 60} for level in (1, 2, 3, 4)}
    text = words(
        run("compare", "claim.json", save(summary((0, 2, 58, 0), all=group((0, 2, 58, 0), scores=scores)), "s.json"))
    )
    assert "Level 4: agreed level by level, blind spot by its score" in text
    assert "Level 3: confirmed level by level, blind spot by its score" in text
    assert "Both hold" not in words(run("compare", "claim.json", "guests.csv", *ASK))


@pytest.mark.parametrize(
    ("levels", "mean", "said_next"),
    [
        ((0, 40, 20, 0), 0.1, "Ask some of your buyers about “Work done”"),
        ((0, 40, 20, 0), 0.9, "Ask some of your buyers what keeps them from seeing you on Level 3 or above"),
        ((0, 2, 58, 0), 0.9, "become shorter. • Work on: guests' council for Level 4, 12 working days"),
        ((0, 2, 58, 0), 0.9, "The plan takes 1 open answer at its lowest choice: find it out first"),
        ((0, 0, 2, 58), 0.9, "Go through your answers again with those who deal with buyers"),
    ],
)
def test_what_to_do_next_is_said(run: Run, levels: tuple[int, ...], mean: float, said_next: str) -> None:
    items = [{**item, "mean": mean, "n": 60} for item in summary(levels)["items"]]
    text = words(run("compare", "claim.json", save(summary(levels, items=items), "s.json")))
    assert said_next in text.partition("What to do next")[2]


def test_dates_open_claims_and_rows_that_do_not_count_are_told(run: Run) -> None:
    counted = {"in": 64, "scored": 60, "rejected": 3, "left_out": {"unfinished": 1}}
    text = words(run("compare", "claim.json", save(summary((0, 40, 20, 0), rows=counted, items=None), "s.json")))
    assert f"The claim is 2 months older than the measure ({DAY} and {SURVEYED})" in text
    assert "4 of 64 rows of answers do not count: 3 rejected, 1 left out." in text
    assert "The summary says nothing of single questions" in text
    save(claim(said(missed={"choice": "all", "note": "Assumed: so they say"}, own_cup="?"), day="2026-05-01"))
    text = words(run("compare", "claim.json", "guests.json"))
    assert "it may come out between" in text
    assert "1 of your 7 answers is assumed" in text
    assert "older" not in text


def test_the_same_comparison_gives_the_same_bytes() -> None:
    found = compare_claim(claim(), measure_in("s.json", json.dumps(summary((0, 40, 20, 0))).encode()))
    for format_ in (*TEXTS, "pptx"):
        assert report(format_).render(found, Look()) == report(format_).render(found, Look())


@pytest.mark.parametrize("width", [30, 60, 120])
def test_every_width_has_what_matters(width: int) -> None:
    found = compare_claim(claim(), measure_in("s.json", json.dumps(summary((0, 40, 20, 0))).encode()))
    text = report("terminal").render(found, Look(width=width))
    assert isinstance(text, str)
    assert max(map(len, text.splitlines())) <= width
    assert "Level 2" in text


def test_zipcars_case_beside_two_hundred_buyers(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped questionnaires, from answers and a table to a report; a selection's claim is held beside it too."""
    monkeypatch.chdir(tmp_path)
    asked, random = load_questionnaire("buyers"), Random(4)
    table = []
    for _ in range(200):
        ranks = [random.choices((1, 2, 3, 4), (1, 3, 6, 4))[0] for _ in asked.questions]
        table.append([asked.choices_of(q)[rank].value for q, rank in zip(asked.questions.values(), ranks, strict=True)])
    write_table(tmp_path / "survey.csv", table, tuple(asked.questions))
    case = Path(__file__).parents[1] / "questionnaires" / "cases" / "zipcar.yaml"
    assert run("assess", "--answers", case, "--save", "zipcar.json").exit_code == 0
    text = words(run("compare", "zipcar.json", "survey.csv"))
    assert "What 200 buyers say is the measure" in text
    assert "you claim Level 2" in text or "as you claim" in text
    quick = load_questionnaire("quick")
    answers = {key: quick.choices_of(q)[-1].value for key, q in quick.questions.items()}
    Path("said.yaml").write_text(
        json.dumps({"cvp": 1, "questionnaire": "quick", "version": quick.version, "company": "Z", "answers": answers})
    )
    assert run("assess", "--answers", "said.yaml", "--save", "quick.json").exit_code == 0
    assert "you claim Level 4" in words(run("compare", "quick.json", "survey.csv"))


def test_the_table_has_a_row_for_everything(run: Run) -> None:
    made = run("compare", "claim.json", "guests.csv", *ASK, "--by", "quarter", "--format", "csv").stdout
    kinds = [row["kind"] for row in csv.DictReader(made.splitlines())]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "level": 3,
        "score": 4,
        "lens": 3,
        "item": len(HEADER) - 1,
        "group": 3,
    }
