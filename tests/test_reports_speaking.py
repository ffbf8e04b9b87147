"""Reports in the language of their subject: which that is, for every subject and format; and what stays English."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from assessments import answered, room, zipcar
from batch_picture import summary
from claims import claim
from claims import summary as measured
from comparisons import three
from pptx import Presentation

from cvp.assessment import Assessment
from cvp.assessment.joined import join
from cvp.catalogue import folder
from cvp.comparing import compare, explain
from cvp.comparing.claiming import compare_claim
from cvp.items import analysis_of
from cvp.items.tallies import Answers, Tallies
from cvp.loading import load_questionnaire
from cvp.reports import FORMATS, InLanguage, Look, questionnaire_text, report
from cvp.reports.brand import Brand
from cvp.reports.labels import label
from cvp.reports.sentences import gate_state
from cvp.speaking import ENGLISH, speaking, spoken
from cvp.summaries import measure_in

FOR_PROGRAMS: Final = tuple(name for name, known in FORMATS.items() if known.for_programs)
BRACES: Final = "{0} {client} {client.__class__} {"
COMMA, POINT = re.compile(r"\b[01],\d\d\b"), re.compile(r"(?<![\d.])[01]\.\d\d\b(?!\.)")


def told(language: str, one: Assessment | None = None) -> Assessment:
    """As if it had been scored in the language."""
    return (one or zipcar()).model_copy(update={"language": language})


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ("Safeguard", "State", "Answer")),
        ("de", ("Schutzfrage", "Stand", "Antwort")),
        ("es", ("Salvaguarda", "Estado", "Respuesta")),
        ("fr", ("Garde-fou", "État", "Réponse")),
    ],
)
def test_safeguards_stand_under_their_heads_in_every_language(language: str, heads: tuple[str, ...]) -> None:
    page = text_of(told(language), "html")
    head = page[page.rindex("<thead>", 0, page.index(f">{heads[0]}<")) :].split("</thead>", maxsplit=1)[0]
    assert re.findall("<th[^>]*>([^<]+)<", head) == list(heads)
    assert re.search(r"^ +" + r" +".join(heads) + "$", text_of(told(language), "terminal"), re.MULTILINE)


def text_of(subject: object, name: str, look: Look | None = None) -> str:
    made = report(name).render(subject, look or Look())
    assert isinstance(made, str)
    return made


def joined() -> object:
    other = zipcar().questionnaire.model_copy(update={"id": "other"})
    return join([told("de"), zipcar().model_copy(update={"questionnaire": other})])


def beside_buyers() -> object:
    measure = measure_in("s.json", json.dumps(measured((0, 40, 20, 0))).encode())
    return compare_claim(told("de", claim()), measure)


def by_many() -> object:
    found = summary()
    return replace(found, questionnaire=found.questionnaire.model_copy(update={"default_language": "de"}))


def items() -> object:
    asked = load_questionnaire("buyers").model_copy(update={"default_language": "de"})
    answers = {key: Answers((20, 30, *(0,) * (len(asked.choices_of(q)) - 2))) for key, q in asked.questions.items()}
    return analysis_of(asked, Tallies(50, answers))


REPORTED: Final[Mapping[str, Callable[[], object]]] = {
    "an assessment": lambda: told("de"),
    "a room": lambda: told("de", room()),
    "several questionnaires": joined,
    "a comparison": lambda: compare([told("de", one) for one in three()]),
    "a claim": beside_buyers,
    "an answer": lambda: explain(told("de"), zipcar().criteria[0].id),
    "many rows": by_many,
    "items": items,
}


@pytest.mark.parametrize("subject", REPORTED)
def test_a_report_is_in_the_language_of_its_subject(subject: str) -> None:
    made = REPORTED[subject]()
    assert isinstance(made, InLanguage)
    assert made.language == "de"
    assert COMMA.search(text_of(made, "terminal"))
    assert spoken() == ENGLISH


@pytest.mark.parametrize("name", ["terminal", "html", "markdown", "svg"])
def test_no_figure_keeps_its_english_mark(name: str) -> None:
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", "", text_of(told("de"), name), flags=re.DOTALL)
    assert COMMA.search(shown)
    assert not POINT.findall(shown)


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_what_programs_read_says_the_same_in_every_language(name: str) -> None:
    with speaking("de"):
        made = text_of(told("de", room()), name)
    assert made.replace('"language": "de"', '"language": "en"') == text_of(told("en", room()), name)


@pytest.mark.parametrize("language", ["it", "en-GB", ""])
def test_a_language_that_cvp_does_not_speak_is_english(language: str) -> None:
    assert text_of(told(language), "terminal") == text_of(told("en"), "terminal")


def test_a_regional_language_is_its_main_one() -> None:
    assert text_of(told("de-AT"), "terminal") == text_of(told("de"), "terminal")


def test_charts_of_a_deck_label_no_other_points_than_in_english() -> None:
    """PowerPoint rounds and marks decimals by itself; only a point that it would round otherwise has words of ours."""
    own = [_labelled(report("pptx").render(told(language), Look())) for language in ("de", "en")]
    assert own[0] == own[1]


def _labelled(deck: str | bytes) -> int:
    assert isinstance(deck, bytes)
    charts = [shape.chart for slide in Presentation(BytesIO(deck)).slides for shape in slide.shapes if shape.has_chart]
    assert charts
    return sum(chart._chartSpace.xml.count("<c:rich>") for chart in charts)


def test_a_users_own_template_speaks_it_too(tmp_path: Path) -> None:
    (tmp_path / "report.html.jinja").write_text("{{ 0.5|two_decimals }} {{ _('and') }}", encoding="utf-8")
    made = text_of(told("de"), "html", Look(brand=Brand(templates=tmp_path)))
    assert made == "0,50 und"


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_no_foreign_text_is_a_template(name: str) -> None:
    made = text_of(told("en"), name, Look(brand=Brand(title=BRACES, client=BRACES)))
    for shown in (f"prepared for {BRACES}", BRACES):
        assert shown.replace("_", "\\_" if name == "markdown" else "_") in made


@pytest.mark.parametrize("width", [45, 60, 80])
def test_long_words_stay_on_their_line_of_the_ladder(width: int) -> None:
    tivo = answered(folder() / "cases" / "tivo.yaml")[2]
    rungs = re.findall(r"^.{3}([1-4])  .*  \d\.\d\d (.*)$", text_of(tivo, "terminal", Look(width)), re.MULTILINE)
    assert rungs[:4] == [(str(level.level), gate_state(tivo, level)) for level in reversed(tivo.levels)]


def test_a_name_that_asks_has_no_colon() -> None:
    assert (label("Why?"), label("{x}")) == ("Why?", "{x}:")


def test_a_questionnaire_is_shown_in_the_language_wanted_and_else_in_its_own() -> None:
    english = load_questionnaire("quick")
    german = english.model_copy(update={"default_language": "de"})
    assert questionnaire_text.render(english, Look(), "de") == questionnaire_text.render(german, Look())
    assert " 0,70)" in questionnaire_text.render(german, Look())
    assert " 0.70)" in questionnaire_text.render(english, Look())
