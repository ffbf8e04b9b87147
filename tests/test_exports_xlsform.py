"""`cvp export --to xlsform`: pyxform and ODK Validate have nothing against the form, and it finds cvp's level."""

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import answer_tables
import pytest
from exported import Answers, Filled, bilingual, drawn_answers, fill_xlsform, said_by_cvp, said_by_form, xform_of
from python_calamine import CalamineWorkbook
from typer.testing import Result

from cvp.errors import MissingExtra, WrongUsage
from cvp.exports import Edition, export
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from questionnaires import choices, criterion, questionnaire

Run = Callable[..., Result]
Row = Mapping[str, object]


def form_of(asked: Questionnaire, edition: Edition | None = None) -> bytes:
    form = export("xlsform", asked, edition or Edition(asked.default_language))
    assert isinstance(form, bytes)
    return form


def rows_of(form: bytes, sheet: str) -> list[Row]:
    """The filled cells of a sheet's rows, by column."""
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name(sheet).to_python()
    return [{str(name): cell for name, cell in zip(header, row, strict=True) if cell != ""} for row in rows]


@pytest.fixture(scope="module")
def buyers() -> Questionnaire:
    return load_questionnaire("buyers")


@pytest.fixture(scope="module")
def answers(buyers: Questionnaire) -> list[Answers]:
    return drawn_answers(buyers, 200, Random(1))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, buyers: Questionnaire, answers: list[Answers]) -> list[Filled]:
    """What JavaRosa keeps of those answers."""
    return fill_xlsform(tmp_path_factory.mktemp("form"), form_of(buyers), answers)


def test_the_form_finds_the_level_that_cvp_finds(
    buyers: Questionnaire, answers: list[Answers], results: list[Filled]
) -> None:
    for given, result in zip(answers, results, strict=True):
        assert said_by_form(result) == pytest.approx(said_by_cvp(buyers, given), abs=1e-12), given
    assert {result["_cvp_level"] for result in results} == set("1234")


@pytest.mark.parametrize("seed", [2])
def test_so_it_does_for_any_questionnaire(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    asked = answer_tables.drawn(random)
    answers = drawn_answers(asked, 50, random)
    for given, result in zip(answers, fill_xlsform(tmp_path, form_of(asked), answers), strict=True):
        assert said_by_form(result) == pytest.approx(said_by_cvp(asked, given), abs=1e-9), given


@pytest.mark.parametrize("name", ["level4", "quick"])
def test_shipped_questionnaires_are_sound_forms(tmp_path: Path, name: str) -> None:
    xform_of(tmp_path, form_of(load_questionnaire(name)))


def test_the_sheets_follow_the_conventions() -> None:
    form = form_of(bilingual())
    first, second, *_ = rows_of(form, "survey")
    assert first == {
        "type": "select_one _a",
        "name": "a",
        "label::English (en)": "How far?",
        "label::Deutsch (de)": "Wie weit?",
        "hint::English (en)": "Roughly.",
        "hint::Deutsch (de)": "Etwa.",
        "required": "yes",
    }
    assert (second["type"], second["guidance_hint::English (en)"]) == ("select_one extent", "Ask for proof.")
    english, german = "label::English (en)", "label::Deutsch (de)"
    assert [row for row in rows_of(form, "choices") if row["list_name"] == "extent"] == [
        {"list_name": "extent", "name": "c0", english: "choice 0", german: "Wahl c0", "score": 0},
        {"list_name": "extent", "name": "c1", english: "choice 1", german: "Wahl c1", "score": 1},
        {"list_name": "extent", "name": "?", english: "Don't know", german: "Weiß nicht"},
        {"list_name": "extent", "name": "n/a", english: "Not applicable", german: "Trifft nicht zu"},
    ]
    assert rows_of(form, "settings") == [
        {
            "form_title": "What we do",
            "form_id": "small",
            "name": "_form",
            "version": "1.0.0",
            "default_language": "English (en)",
        }
    ]


def test_it_opens_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    form = form_of(bilingual(), Edition("de"))
    assert rows_of(form, "settings")[0]["default_language"] == "Deutsch (de)"
    assert '<translation lang="Deutsch (de)" default="true()">' in xform_of(tmp_path, form).read_text("utf-8")


def test_respondents_choose_about_themselves_or_not() -> None:
    role = next(row for row in rows_of(form_of(bilingual()), "survey") if row["name"] == "role")
    assert (role["type"], role["required"]) == ("select_one _role", "no")


def test_buyers_are_not_shown_what_facilitators_are() -> None:
    def guided(edition: Edition) -> bool:
        asked = bilingual(perspective="buyer")
        return any("guidance" in column for row in rows_of(form_of(asked, edition), "survey") for column in row)

    assert (guided(Edition("en")), guided(Edition("en", guidance=True))) == (False, True)


HOSTILE = (
    '=HYPERLINK("https://evil.example")',
    "${nobody}",
    "<b>bold</b> & *more* _yet_",
    "# big",
    "a\x1b[31m\tb\n\nc",
)


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    options = [{**choice, "label": text} for choice, text in zip(choices(0, 0.2, 0.4, 0.6, 1), HOSTILE, strict=True)]
    asked = questionnaire(
        [criterion("q1", 1, label=f"{' '.join(HOSTILE)}", hint=HOSTILE[1], choices=tuple(options))],
        title=HOSTILE[1],
        languages={"en": "English: (UK)::x"},
    )
    form = form_of(asked)
    xform_of(tmp_path, form)
    survey, options_there = rows_of(form, "survey")[0], rows_of(form, "choices")
    assert survey["hint::English UK x (en)"] == "$\u2060{nobody}"
    assert [row["label::English UK x (en)"] for row in options_there[:4]] == [
        HOSTILE[0],
        "$\u2060{nobody}",
        "<\u2060b>bold<\u2060/b> & \\*more\\* \\_yet\\_",
        "\\# big",
    ]


@pytest.mark.parametrize("names", [("data", "name", "type", "true"), ("label", "hint", "today", "instanceid")])
def test_any_id_will_do(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Also those that mean something elsewhere in a form."""
    xform_of(tmp_path, form_of(questionnaire([criterion(name, level) for level, name in enumerate(names, 1)])))


def test_a_name_that_forms_keep_for_themselves_is_refused() -> None:
    with pytest.raises(WrongUsage, match="`meta`"):
        form_of(questionnaire([criterion("meta", 1)]))


def test_what_no_cell_can_hold_is_refused() -> None:
    asked = questionnaire([criterion(f"criterion_number_{number}", 1) for number in range(600)])
    with pytest.raises(WrongUsage, match=r"`_cvp_points_1` would take .* take surveyjs"):
        form_of(asked)


@pytest.mark.parametrize("tool", ["odk_central", "kobotoolbox"])
def test_exports_are_read_back_without_being_told(
    tmp_path: Path, run: Run, tool: str, buyers: Questionnaire, results: list[Filled]
) -> None:
    source, target = tmp_path / "export.csv", tmp_path / "levels.jsonl"
    fields = list(dict.fromkeys(key for result in results for key in result if key != "meta"))
    before, after, delimiter = (
        (["SubmissionDate"], ["KEY"], ",")
        if tool == "odk_central"
        else (["start"], ["_id", "_uuid", "_submission_time"], ";")
    )
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([*before, *fields, *after])
        for number, result in enumerate(results):
            around = [["2026-11-21T10:00:00Z"], [f"uuid:{number}{name}" for name in after]]
            writer.writerow([*around[0], *(result.get(field, "") for field in fields), *around[1]])
    done = run("batch", source, "--questionnaire", "buyers", "--by", buyers.about[0].id, "--output", target)
    assert done.exit_code == 0, done.stderr
    assert "18 by id" in done.stderr
    found = [json.loads(line)["level"] for line in target.read_text().splitlines()]
    assert found == [int(result["_cvp_level"]) for result in results]


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "cvp.exports.xlsform", raising=False)
    with pytest.raises(MissingExtra, match=r"needs xlsxwriter, .* pip install 'cvp-assess\[forms\]'"):
        export("xlsform", bilingual(), Edition("en"))


def test_odk_validate_would_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a function that is not there: so that a form without objections means something."""
    from cvp.exports import xlsform

    monkeypatch.setattr(xlsform, "GRAMMAR", replace(xlsform.GRAMMAR, choose="no_such_function"))
    with pytest.raises(AssertionError, match="no_such_function"):
        xform_of(tmp_path, form_of(bilingual()))
