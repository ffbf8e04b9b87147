"""`cvp export --to surveyjs`: survey-core has nothing against the form, and finds the level that cvp finds."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

import answer_tables
import pytest
from exported import bilingual, drawn_answers, fill_surveyjs, lines_of, said_by_cvp, said_by_form
from typer.testing import Result

from cvp.catalogue import shipped
from cvp.errors import WrongUsage
from cvp.exports import Edition, export
from cvp.loading import load_questionnaire
from questionnaires import criterion, questionnaire

Run = Callable[..., Result]

SETS: Final = int(os.environ.get("CVP_FORMS", "200"))
"""Answer sets to each questionnaire; a thousand and more with `CVP_FORMS=1000`."""
ENGLISH: Final = Edition("en")


def form_of(asked: Any, edition: Edition = ENGLISH) -> str:
    form = export("surveyjs", asked, edition)
    assert isinstance(form, str)
    return form


@pytest.mark.parametrize("name", ["buyers", "quick"])
def test_the_form_finds_the_level_that_cvp_finds(tmp_path: Path, name: str) -> None:
    asked = load_questionnaire(name)
    answers = drawn_answers(asked, SETS, Random(name))
    results = fill_surveyjs(tmp_path, form_of(asked), answers)
    for given, result in zip(answers, results, strict=True):
        assert said_by_form(result) == said_by_cvp(asked, given), given
    assert {result["_cvp_level"] for result in results} == {1, 2, 3, 4}


@pytest.mark.parametrize("name", [name for name in shipped() if name not in {"buyers", "quick"}])
def test_every_questionnaire_that_ships_is_a_sound_form(tmp_path: Path, name: str) -> None:
    asked = load_questionnaire(name)
    answers = drawn_answers(asked, 10, Random(name))
    for given, result in zip(answers, fill_surveyjs(tmp_path, form_of(asked), answers), strict=True):
        assert said_by_form(result) == said_by_cvp(asked, given), given


@pytest.mark.parametrize("seed", range(6))
def test_so_it_does_for_any_questionnaire(tmp_path: Path, seed: int) -> None:
    """With must-haves, caps, weights that floats cannot hold, and levels without a question."""
    random = Random(seed)
    asked = answer_tables.drawn(random)
    answers = drawn_answers(asked, SETS // 5, random)
    for given, result in zip(answers, fill_surveyjs(tmp_path, form_of(asked), answers), strict=True):
        found, said = said_by_form(result), said_by_cvp(asked, given)
        assert found == pytest.approx(said, abs=1e-12), given
        assert found["_cvp_level"] == said["_cvp_level"]


def test_a_score_equal_to_its_threshold_passes(tmp_path: Path) -> None:
    """0.1 × 0.1 + 0.2 × 0.25 is three tenths of 0.2, exactly."""
    asked = questionnaire(
        [criterion("q1", 1, 0, 0.1, weight=0.1), criterion("q2", 1, 0, 0.25, weight=0.2), criterion("q3", 2)],
        passes=(0.2, 0.5, 0.5, 0.5),
    )
    [result] = fill_surveyjs(tmp_path, form_of(asked), [{"q1": "c1", "q2": "c1", "q3": "c2"}])
    assert result["_cvp_level"] == 2


def test_results_are_read_back_without_being_told(tmp_path: Path, run: Run) -> None:
    asked = load_questionnaire("buyers")
    answers = drawn_answers(asked, 30, Random(3))
    results = fill_surveyjs(tmp_path, form_of(asked), answers)
    source, target = tmp_path / "results.jsonl", tmp_path / "levels.jsonl"
    source.write_text(lines_of(results))
    done = run("batch", source, "--questionnaire", "buyers", "--by", asked.about[0].id, "--output", target)
    assert done.exit_code == 0, done.stderr
    assert "18 by id" in done.stderr
    found = [json.loads(line)["level"] for line in target.read_text().splitlines()]
    assert found == [result["_cvp_level"] for result in results]


def test_texts_are_in_all_languages_where_they_differ() -> None:
    form = json.loads(form_of(bilingual()))
    first, second = form["pages"][0]["elements"][:2]
    assert first["title"] == {"default": "How far?", "de": "Wie weit?"}
    assert first["description"] == {"default": "Roughly.", "de": "Etwa."}
    assert second["title"] == "about b"
    assert second["choices"][-2:] == [
        {"value": "?", "text": {"default": "Don't know", "de": "Weiß nicht"}},
        {"value": "n/a", "text": {"default": "Not applicable", "de": "Trifft nicht zu"}},
    ]
    assert "locale" not in form
    assert json.loads(form_of(bilingual(), Edition("de")))["locale"] == "de"


def test_a_text_s_default_is_in_the_language_of_the_questionnaire_where_that_has_no_english() -> None:
    asked = bilingual(languages={"fr": "Français", "de": "Deutsch"}, default_language="de")
    form = json.loads(form_of(asked, Edition("de")))
    assert (form["locale"], form["title"]) == ("de", "Was wir tun")
    assert form["pages"][0]["elements"][0]["choices"][-1]["text"] == {"default": "Trifft nicht zu", "fr": "Sans objet"}


def test_what_is_asked_about_the_respondent_may_be_left_out() -> None:
    *questions, about = json.loads(form_of(bilingual()))["pages"]
    assert [page["elements"][0].get("isRequired") for page in questions] == [True]
    assert [(element["name"], "isRequired" in element) for element in about["elements"]] == [("role", False)]


def test_braces_in_a_text_are_not_filled_in(tmp_path: Path) -> None:
    asked = questionnaire([criterion("q1", 1, label="Is it {_cvp_level}?")])
    [element] = json.loads(form_of(asked))["pages"][0]["elements"]
    assert element["title"] == "Is it ｛_cvp_level｝?"
    assert fill_surveyjs(tmp_path, form_of(asked), [{}])


def test_a_name_that_surveyjs_answers_itself_is_refused() -> None:
    with pytest.raises(WrongUsage, match="`locale`"):
        export("surveyjs", questionnaire([criterion("locale", 1)]), ENGLISH)


@pytest.mark.parametrize(
    "fault",
    [
        {"pages": [{"elements": [{"type": "radiogrup", "name": "a"}]}]},
        {"calculatedValues": [{"name": "x", "expression": "{nobody} + 1"}]},
    ],
)
def test_survey_core_would_object(tmp_path: Path, fault: dict[str, Any]) -> None:
    """To a wrong type, and to a name that is not there: so that a form without objections means something."""
    with pytest.raises(AssertionError, match=r"type is incorrect|nobody"):
        fill_surveyjs(tmp_path, json.dumps({**json.loads(form_of(bilingual())), **fault}), [{}])
