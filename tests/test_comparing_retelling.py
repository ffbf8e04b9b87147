"""What was saved in one language, told in another: the same as if it had been asked and scored in that."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from assessments import CASES, room

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.catalogue import folder
from cvp.comparing.retelling import relabelled, retold
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.path import Constraints
from cvp.questionnaire import Questionnaire
from cvp.scoring import score
from cvp.summaries import measure_in

ASKED = load_questionnaire("level4")
ANSWERS = load_answers(str(folder() / "cases" / "tivo.yaml"), Finder(str(folder() / "cases" / "tivo.yaml")))[0]


def tivo(language: str, constraints: Constraints | None = None, answers: AnswerSheet | None = None) -> Assessment:
    given = answers or ANSWERS.answers
    assert given
    limits = constraints or Constraints()
    return score(
        ASKED, [given], company="TiVo", date="2013-02-12", language=language, answered_by="us", constraints=limits
    )


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_it_is_as_if_it_had_been_scored_in_the_language(language: str) -> None:
    assert retold(tivo("en"), ASKED, language) == tivo(language)
    assert retold(tivo(language), ASKED, "en") == tivo("en")


def test_a_saved_one_comes_back_whole() -> None:
    saved = Assessment.model_validate_json(tivo("en").to_json())
    told = retold(saved, ASKED, "de")
    assert told
    assert told.to_json() == tivo("de").to_json()


def test_the_limits_of_its_path_are_kept() -> None:
    limits = Constraints(40, frozenset({ASKED.recommendations[0].id, ASKED.recommendations[3].id}))
    assert retold(tivo("en", limits), ASKED, "de") == tivo("de", limits)
    assert tivo("en", limits).path != tivo("en").path


def test_answers_of_every_kind_survive() -> None:
    first, second, third = list(ASKED.questions)[:3]
    changed = {
        first: {"not_applicable": "Wir verkaufen nichts"},
        second: {"choice": "?", "note": "Assumed: nobody knows"},
        third: {"choice": ASKED.choices_of(ASKED.questions[third])[0].value, "evidence": ({"text": "x"},)},
    }
    answers = ANSWERS.model_validate({**ANSWERS.model_dump(), "answers": {**(ANSWERS.answers or {}), **changed}})
    assert answers.answers
    assert retold(tivo("en", answers=answers.answers), ASKED, "de") == tivo("de", answers=answers.answers)


@cache
def quick() -> Questionnaire:
    return load_questionnaire("quick")


def test_a_room_keeps_its_votes_and_gets_its_words() -> None:
    told = retold(room(), quick(), "de")
    assert told
    assert told.room
    assert room().room
    first, before = told.room.criteria[0], room().room.criteria[0]  # type: ignore[union-attr] # just asserted
    assert (first.rounds, first.lowest) == (before.rounds, before.lowest)
    assert first.short == quick().short(quick().questions[first.id], "de") != before.short
    assert retold(told, quick(), "en") == room()


def _lower(_: Assessment) -> dict[str, object]:
    return {"level": 1}


def _no_question(a: Assessment) -> dict[str, object]:
    assert a.room
    lost = a.room.criteria[0].model_copy(update={"id": "nobody_asked"})
    return {"room": a.room.model_copy(update={"criteria": (lost,)})}


def _no_answer(a: Assessment) -> dict[str, object]:
    first = a.criteria[0]
    empty = first.answer.model_copy(update={"state": "not_applicable", "note": ""})
    return {"criteria": (first.model_copy(update={"answer": empty}), *a.criteria[1:])}


@pytest.mark.parametrize("change", [_lower, _no_question, _no_answer])
def test_what_was_changed_is_not_told(change: Callable[[Assessment], dict[str, object]]) -> None:
    assert retold(room().model_copy(update=change(room())), quick(), "de") is None


@pytest.mark.parametrize("case", [case for case in CASES if case.stem != "tivo"][::6], ids=lambda case: case.stem)
def test_every_shipped_case_can_be_told(case: Path) -> None:
    answers, asked = load_answers(str(case), Finder(str(case)))
    assert answers.answers
    made = score(asked, [answers.answers], company=answers.company, date=answers.date or "2026-01-31")
    told = retold(made, asked, asked.language_for("de"))
    assert told
    assert told.level == made.level


def test_labels_of_a_measure() -> None:
    asked = load_questionnaire("buyers")
    key, lens = next(iter(asked.questions)), next(iter(asked.lenses))
    item = {"label": "l", "short": "s", "level": 1, "mirrors": [], "mean": 0.5, "n": 7}
    group = {"group": "all", "n": 7, "levels": dict.fromkeys("1234", 0) | {"1": 7}, "not_secured": 0}
    scores = {level: {"mean": 0.5, "n": 7} for level in "1234"}
    summary = {
        "cvp": "batch/1",
        "questionnaire": {"id": asked.id, "version": "1.0.0", "sha256": asked.sha256, "perspective": "buyer"},
        "date": "2026-01-31",
        "self_selected": False,
        "min_group": 5,
        "rows": {"scored": 7, "rejected": 0, "left_out": {}},
        "all": {**group, "scores": scores},
        "segments": [],
        "items": [{**item, "id": key}, {**item, "id": "unheard_of"}],
        "lenses": [{"id": lens, "label": "l", "values": []}, {"id": "unheard_of", "label": "l", "values": []}],
    }
    told = relabelled(measure_in("s.json", json.dumps(summary).encode()), asked, "de")
    assert told.items
    assert told.lenses
    said = asked.questions[key]
    assert [(item.label, item.short) for item in told.items] == [
        (asked.say(said.label, "de"), asked.short(said, "de")),
        ("l", "s"),
    ]
    assert [found.label for found in told.lenses] == [asked.say(asked.lenses[lens].label, "de"), "l"]
