"""The whole loop, as a marketer scripts it: a form, 2,000 buyers, a batch, the claim beside the measure, a report."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import polars as pl
import pytest
from browser import Browser, browser
from exported import fill_surveyjs, lines_of
from simulated_buyers import simulate

from cvp.loading import load_questionnaire

BUYERS: Final = 2_000
SHARES: Final = (0.08, 0.62, 0.25, 0.05)
"""How many perceive the company at each level: most at Level 2, which is what the loop has to find."""
CASES: Final = Path(__file__).parents[1] / "questionnaires" / "cases"


def cvp(*arguments: str) -> str:
    command = [sys.executable, "-m", "cvp", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_the_form_to_the_claim_beside_the_measure(folder: Path, page: Browser) -> None:
    asked, random = load_questionnaire("buyers"), Random(7)
    cvp("export", "buyers", "--to", "surveyjs", "--output", "form.json")
    answers = [
        {**buyer, **{one.id: random.choice(one.choices).value for one in asked.about}}
        for buyer in simulate(asked, BUYERS, 7, SHARES)
    ]
    results = fill_surveyjs(folder, Path("form.json").read_text(), answers)
    Path("survey.jsonl").write_text(lines_of(results))

    wanted = ("--by", "relationship", "--output", "rows.parquet", "--summary", "measure.json")
    cvp("batch", "survey.jsonl", "--questionnaire", "buyers", *wanted, "--item-analysis", "items.json")
    rows = pl.read_parquet("rows.parquet")
    assert rows["level"].to_list() == [result["_cvp_level"] for result in results], "the form says what cvp says"
    measure = json.loads(Path("measure.json").read_text())
    assert measure["rows"] == {"in": BUYERS, "scored": BUYERS, "rejected": 0, "left_out": {}}
    assert measure["all"]["perceived_level"] == 2
    verdicts = {item["id"]: item["verdict"] for item in json.loads(Path("items.json").read_text())["items"]}
    assert set(verdicts.values()) <= {"works", "all_the_same"}, "these buyers answer as the ladder has it"

    cvp("assess", "--answers", str(CASES / "southwest.yaml"), "--save", "claim.json")
    claimed = json.loads(Path("claim.json").read_text())["level"]
    cvp("compare", "claim.json", "measure.json", "--output", "report.html")
    said = cvp("compare", "claim.json", "measure.json", "--format", "json")
    assert json.loads(said)["measure"]["level"] == 2
    page.open(folder / "report.html")
    assert (page.complaints, page.requests) == ([], [])
    assert f"Buyers put you on Level 2; you claim Level {claimed}" in Path("report.html").read_text()
