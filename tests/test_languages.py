"""`--lang` of the commands that report: assessments, comparisons, many rows, and how questions work."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from cvp.catalogue import folder
from cvp.loading import load_questionnaire
from questionnaires import one_for_each_level

Run = Callable[..., Result]

TIVO = folder() / "cases" / "tivo.yaml"
SURVEY = Path(__file__).parent / "examples" / "survey.csv"
BUYERS = ("--questionnaire", "buyers")


@pytest.fixture
def saved(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assessment that was scored in English, in the current folder."""
    monkeypatch.chdir(tmp_path)
    assert run("assess", "--answers", TIVO, "--save", "tivo.json").exit_code == 0
    return tmp_path / "tivo.json"


@pytest.mark.parametrize("format_", ["terminal", "html", "markdown", "json", "csv", "svg"])
def test_a_saved_assessment_is_told_as_if_it_had_been_scored_in_the_language(
    run: Run, saved: Path, format_: str
) -> None:
    german = run("assess", "--answers", TIVO, "--lang", "de", "--format", format_)
    told = run("report", saved, "--lang", "de", "--format", format_)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == german.stdout


def test_without_it_a_report_is_in_its_own_language(run: Run, saved: Path) -> None:
    assert run("report", saved).stdout == run("report", saved, "--lang", "en").stdout
    assert "Level 2" in run("report", saved).stdout


def test_what_one_answer_did_is_told_too(run: Run, saved: Path) -> None:
    assert (
        "Stufe 2: Erledigt die Aufgabe" in run("explain", "job_is_named", "--assessment", saved, "--lang", "de").stdout
    )
    refused = run("explain", "job_is_named", "--lang", "de")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("cvp: --lang: is for --assessment; ")


def test_a_comparison_is_told_too(run: Run, saved: Path) -> None:
    later = run("assess", "--answers", TIVO, "--date", "2014-02-12", "--lang", "fr", "--save", "later.json")
    assert later.exit_code == 0
    told = run("compare", saved, "later.json", "--lang", "de").stdout
    assert "\nDie vier Stufen\n" in told
    assert not re.search("level|niveau", told.replace("level4", "").replace("The Level 4", ""), re.IGNORECASE)


def test_a_language_without_texts_is_told(run: Run, saved: Path) -> None:
    told = run("report", saved, "--lang", "it")
    assert (told.exit_code, told.stdout) == (0, run("report", saved).stdout)
    assert told.stderr == "cvp: `level4` has no texts in it; it is shown in en\n"


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('"sha256": "', '"sha256": "0', "no `level4` of the same content is at hand"),
        ('"rise": 1', '"rise": 3', "its answers do not give what it states"),
    ],
)
def test_what_cannot_be_told_otherwise_says_what_to_do(run: Run, saved: Path, was: str, becomes: str, why: str) -> None:
    text = saved.read_text("utf-8")
    assert was in text
    saved.write_text(text.replace(was, becomes), "utf-8")
    told = run("report", saved, "--lang", "de")
    assert (told.exit_code, told.stdout) == (3, "")
    assert why in told.stderr
    assert "assess the answers again with --lang de" in told.stderr
    assert run("report", saved).exit_code == 0


def test_a_questionnaire_of_ones_own_is_found_beside_the_assessment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = one_for_each_level(id="mine", languages={"de": "Deutsch"}, title={"en": "Mine", "de": "Meiner"})
    Path("mine.yaml").write_text(asked.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    given = {"cvp": 1, "questionnaire": "mine", "version": asked.version, "company": "Acme", "answers": {}}
    Path("given.yaml").write_text(json.dumps(given), "utf-8")
    assert run("assess", "--answers", "given.yaml", "--save", "acme.json").exit_code == 0
    assert run("report", "acme.json", "--lang", "de").stdout.splitlines()[1].startswith("Meiner ")
    Path("mine.yaml").unlink()
    assert "lay mine.yaml beside it" in run("report", "acme.json", "--lang", "de").stderr


def test_many_rows_are_told_in_the_language(run: Run, tmp_path: Path) -> None:
    german = run("batch", SURVEY, *BUYERS, "--by", "country", "--lang", "de")
    assert german.exit_code == 1
    assert "60 Käufer: Stufe 2, Erledigt die Aufgabe" in german.stdout
    for ending, said in (("html", '<html lang="de"'), ("md", "Mittelwerte"), ("txt", "Mittelwerte")):
        file = tmp_path / f"s.{ending}"
        assert run("batch", SURVEY, *BUYERS, "--lang", "de", "--summary", file).exit_code == 1
        assert said in file.read_text("utf-8")


def test_only_labels_of_a_summary_for_programs_are_in_the_language(run: Run, tmp_path: Path) -> None:
    made = {}
    for language in ("en", "de"):
        file = tmp_path / f"{language}.json"
        assert run("batch", SURVEY, *BUYERS, "--by", "country", "--lang", language, "--summary", file).exit_code == 1
        made[language] = json.loads(file.read_text("utf-8"))
    german, english = made["de"]["items"][0], made["en"]["items"][0]
    asked = load_questionnaire("buyers").questions[german["id"]]
    assert german["short"] == load_questionnaire("buyers").short(asked, "de") != english["short"]
    assert made["de"]["segments"] == made["en"]["segments"]


def test_how_questions_work_is_told_in_the_language(run: Run) -> None:
    german = run("batch", SURVEY, *BUYERS, "--lang", "de", "--item-analysis", "-")
    assert "Von 18 Fragen taugen 2" in german.stdout
    assert "Nach dem Kontakt" in german.stdout


@pytest.mark.parametrize("source", ["a table", "a folder"])
def test_whole_assessments_of_a_batch_are_in_the_language(run: Run, tmp_path: Path, source: str) -> None:
    given: tuple[str | Path, ...] = (SURVEY, *BUYERS)
    if source == "a folder":
        answers = tmp_path / "answers"
        answers.mkdir()
        (answers / "tivo.yaml").write_bytes(TIVO.read_bytes())
        given = (answers,)
    run("batch", *given, "--lang", "de", "--assessments", tmp_path / "whole")
    made = [json.loads(file.read_text("utf-8")) for file in (tmp_path / "whole").glob("*.json")]
    assert {(a["language"], a["levels"][0]["name"]) for a in made} == {("de", "Austauschbar")}


def test_small_groups_put_together_are_named_in_the_language(run: Run) -> None:
    grouped = ("batch", SURVEY, *BUYERS, "--by", "country", "--min-group", "12")
    assert "other (2 groups)" in run(*grouped).stdout
    german = run(*grouped, "--lang", "de").stdout
    assert "übrige (2 Gruppen)" in german
    assert "other" not in german


def test_a_language_that_the_questionnaire_lacks_is_told_once(run: Run) -> None:
    told = run("batch", SURVEY, *BUYERS, "--lang", "it")
    assert told.stdout == run("batch", SURVEY, *BUYERS).stdout
    assert told.stderr.count("`buyers` has no texts in it; it is shown in en") == 1


@pytest.mark.parametrize("kind", ["table", "summary"])
def test_a_claim_beside_its_buyers_is_in_one_language(run: Run, saved: Path, tmp_path: Path, kind: str) -> None:
    theirs = SURVEY
    if kind == "summary":
        theirs = tmp_path / "s.json"
        run("batch", SURVEY, *BUYERS, "--by", "country", "--min-group", "12", "--summary", theirs)
    more = ("--by", "country") if kind == "table" else ()
    german = run("compare", saved, theirs, "--lang", "de", *more).stdout
    assert "Käufer sehen Sie auf Stufe 2" in german
    assert "Nach dem Kontakt" in german
    assert "Wodurch das soziale Kapital der Kundschaft wächst" in german
    assert "How " not in german
    assert ("übrige (2 Gruppen)" in german) == (kind == "summary")
