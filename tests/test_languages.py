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


def test_a_criterion_is_explained_in_the_language(run: Run) -> None:
    asked = load_questionnaire("level4")
    told = run("explain", "awards", "--lang", "de")
    assert (told.exit_code, told.stderr) == (0, "")
    assert asked.say(asked.questions["awards"].label, "de") in " ".join(told.stdout.split())
    assert "Stufe 4, Gewicht 1: " in told.stdout
    assert "Level" not in told.stdout.replace("The Level 4", "")
    assert "Gehoben auf 0,75 durch: " in told.stdout
    without = run("explain", "awards", "--lang", "it")
    assert without.stdout == run("explain", "awards").stdout
    assert "`level4` has no texts in it" in without.stderr


@pytest.mark.parametrize("name", [(), ("CVP301",)])
def test_rules_are_explained_in_english_alone(run: Run, name: tuple[str, ...]) -> None:
    refused = run("explain", *name, "--lang", "de")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "cvp: --lang: rules are explained in English alone; leave it out\n"


def test_a_comparison_is_told_too(run: Run, saved: Path) -> None:
    later = run("assess", "--answers", TIVO, "--date", "2014-02-12", "--lang", "fr", "--save", "later.json")
    assert later.exit_code == 0
    told = run("compare", saved, "later.json", "--lang", "de").stdout
    assert "\nDie vier Stufen\n" in told
    assert not re.search("level|niveau", told.replace("level4", "").replace("The Level 4", ""), re.IGNORECASE)


def test_a_language_without_texts_is_told(run: Run, saved: Path) -> None:
    told = run("report", saved, "--lang", "it")
    assert (told.exit_code, told.stdout) == (0, run("report", saved).stdout)
    assert told.stderr == "cvp: `level4` has no texts in it, only in en, de, fr and es; it is shown in en\n"


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('"sha256": "', '"sha256": "0', "no `level4` of the same content, which was version 1."),
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
    Path("mine.yaml").rename("ours-2026.yaml")
    assert run("report", "acme.json", "--lang", "de").stdout.splitlines()[1].startswith("Meiner ")
    Path("elsewhere").mkdir()
    Path("ours-2026.yaml").rename("elsewhere/ours.yaml")
    missing = run("report", "acme.json", "--lang", "de")
    assert missing.exit_code == 3
    assert f"`mine` of the same content, which was version {asked.version}, is at hand" in missing.stderr
    assert "give its file with --questionnaire, or assess the answers again with --lang de" in missing.stderr
    named = ("report", "acme.json", "--lang", "de", "--questionnaire", "elsewhere/ours.yaml")
    assert run(*named).stdout.splitlines()[1].startswith("Meiner ")
    first = asked.criteria[0].id
    assert "lay mine.yaml beside it" in run("explain", first, "--assessment", "acme.json", "--lang", "de").stderr


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('"id":"mine"', '"id":"yours"', "is `yours`, but acme.json is by `mine`; give that one"),
        ('"version":"1.0.0"', '"version":"2.0.0"', "is 2.0.0 of `mine`, but acme.json is by 1.0.0; give that version"),
        ('"de":"Meiner"', '"de":"Unserer"', "was changed since acme.json: `mine` 1.0.0 has the content "),
    ],
)
def test_another_questionnaire_than_the_one_of_the_assessment_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = one_for_each_level(
        id="mine", version="1.0.0", languages={"de": "Deutsch"}, title={"en": "Mine", "de": "Meiner"}
    )
    text = asked.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True)
    Path("mine.yaml").write_text(text, "utf-8")
    given = {"cvp": 1, "questionnaire": "mine", "version": "1.0.0", "company": "Acme", "answers": {}}
    Path("given.yaml").write_text(json.dumps(given), "utf-8")
    assert run("assess", "--answers", "given.yaml", "--save", "acme.json").exit_code == 0
    assert was in text
    Path("other.yaml").write_text(text.replace(was, becomes), "utf-8")
    told = run("report", "acme.json", "--lang", "de", "--questionnaire", "other.yaml")
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"cvp: --questionnaire other.yaml: {why}" in told.stderr


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
    assert told.stderr.count("`buyers` has no texts in it, only in en") == 1


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


# ----------------------------------------------------------------------------------------------- written otherwise


@pytest.mark.parametrize("written", ["DE", "de_DE", "De-at", " de "])
def test_a_language_may_be_written_otherwise(run: Run, written: str) -> None:
    told = run("show", "--lang", written)
    assert (told.stdout, told.stderr) == (run("show", "--lang", "de").stdout, "")


@pytest.mark.usefixtures("saved")
def test_an_interview_in_a_language_written_otherwise_is_whole(run: Run) -> None:
    done = run("assess", "quick", "--company", "Acme", "--plain", "--lang", "DE", stdin="5\nq\n")
    assert "Frage 1 von 15" in done.stderr
    assert "Worüber sprechen sie?" in " ".join(done.stderr.split())
    assert "has no texts" not in done.stderr
    assert "Ein Anspruch: Dies sind die eigenen Antworten" in done.stdout


# ------------------------------------------------------------------------------------- where not all of it is there


@pytest.mark.usefixtures("saved")
def test_an_interview_without_texts_in_the_language_is_in_that_of_its_questions(run: Run) -> None:
    typed = ("--company", "Acme", "--plain", "--date", "2026-01-31")
    english = run("assess", "customer_value", *typed, stdin="1\nq\n")
    Path("acme-2026-01-31.cvp.jsonl").unlink()
    german = run("assess", "customer_value", *typed, "--lang", "de", stdin="1\nq\n")
    warning = "cvp: `customer_value` has no texts in de, only in en; it is shown in en\n"
    assert german.stderr == warning + english.stderr
    assert german.stdout == english.stdout


@pytest.mark.parametrize("how", ["scored", "saved"])
@pytest.mark.usefixtures("saved")
def test_several_questionnaires_are_told_in_a_language_that_all_have(run: Run, how: str) -> None:
    files = [folder() / "cases" / name for name in ("nike_plus.yaml", "nike_plus_value.yaml")]
    arguments: tuple[str | Path, ...] = ("assess", "--answers", files[0], "--answers", files[1])
    if how == "saved":
        for number, file in enumerate(files):
            language = ("--lang", "de") if number == 0 else ()
            assert run("assess", "--answers", file, *language, "--save", f"n{number}.json").exit_code == 0
        arguments = ("report", "n0.json", "n1.json")
    told = run(*arguments, "--lang", "de")
    assert told.stdout == run(*arguments, "--lang", "en").stdout
    assert "`customer_value` has no texts in de, only in en; it is shown in en" in told.stderr
    assert told.stderr.endswith("cvp: not all of them are there in de; all are shown in en\n")
    assert run(*arguments).stdout == told.stdout


# ---------------------------------------------------------------------------------------- compared across languages


def _kept(run: Run, when: str, language: str, version: str, english: str) -> str:
    """An assessment in a folder of its own, with its version of a questionnaire beside it."""
    asked = one_for_each_level(id="mine", version=version, languages={"de": "Deutsch"})
    first = asked.criteria[0].model_copy(update={"label": {"en": english, "de": "Warum?"}})
    asked = asked.model_copy(update={"criteria": (first, *asked.criteria[1:])})
    there = Path(when)
    there.mkdir()
    text = asked.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True)
    (there / "mine.yaml").write_text(text, "utf-8")
    answers = {first.id: asked.choices_of(first)[-1].value}
    given = {"cvp": 1, "questionnaire": "mine", "version": version, "company": "Acme", "answers": answers}
    (there / "given.yaml").write_text(json.dumps({**given, "date": f"{when}-01-31"}), "utf-8")
    done = run("assess", "--answers", there / "given.yaml", "--lang", language, "--save", there / "acme.json")
    assert done.exit_code == 0, done.stderr
    return str(there / "acme.json")


def _told(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


@pytest.fixture
def years(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Asked in German, then in English by a version in which one question's English is another."""
    monkeypatch.chdir(tmp_path)
    before = _kept(run, "2025", "de", "1.0.0", "Why?")
    return before, _kept(run, "2026", "en", "1.0.1", "Why is that so?")


def test_wording_is_compared_in_the_language_of_the_later(run: Run, years: tuple[str, str]) -> None:
    told = _told(run("compare", *years))
    assert "from version 1.0.0 to 1.0.1: 1 criterion reworded" in told
    assert "Asked before in German, after in English." in told
    assert "Warum?" not in told


def test_in_which_language_people_were_asked_is_told_in_any(run: Run, years: tuple[str, str]) -> None:
    for language in ("de", "en"):
        made = json.loads(run("compare", *years, "--lang", language, "--format", "json").stdout)
        assert (made["language"], made["before"]["language"], made["after"]["language"]) == (language, "de", "en")
        assert made["wording_compared"]
    german = _told(run("compare", *years, "--lang", "de"))
    assert "Sprache der Fragen: vorher Deutsch, nachher Englisch." in german
    assert "auf Deutsch erzählt, berührt nichts davon" in german, "its German is the same in both versions"


def test_wording_in_two_languages_is_not_called_the_same(run: Run, years: tuple[str, str]) -> None:
    for file in years:
        Path(file).with_name("mine.yaml").unlink()
    done = run("compare", *years)
    told = _told(done)
    assert "Their texts are in two languages here, so whether something is worded otherwise is not told." in told
    assert "nothing of it touches" not in told
    assert done.stderr == "cvp: no language is there for all of them; the report mixes de and en\n"


def test_of_one_questionnaire_both_are_told_in_the_language_of_the_later(run: Run, saved: Path) -> None:
    later = run("assess", "--answers", TIVO, "--date", "2014-02-12", "--lang", "de", "--save", "later.json")
    assert later.exit_code == 0
    told = run("compare", saved, "later.json")
    assert told.stderr == ""
    assert not re.search("outcome|nothing", told.stdout)
    both = run("compare", saved, "later.json", "--lang", "de")
    assert told.stdout == both.stdout
