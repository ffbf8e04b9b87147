"""What holds for every exported form, and the forms that are texts: CSV, Markdown, HTML."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from browser import CHROMIUM, CHROMIUM_MISSING, browser
from exported import bilingual
from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook
from real import needs
from typer.testing import Result

from cvp.errors import WrongUsage
from cvp.exports import FORMATS, Edition, export, wording
from cvp.formats import format_of
from cvp.loading import load_questionnaire
from cvp.matching import NOT_APPLICABLE, WORDS
from cvp.questionnaire import Questionnaire
from cvp.speaking import TRANSLATED
from questionnaires import choices, criterion, questionnaire

Run = Callable[..., Result]

ENGLISH = Edition("en")
ONE_LANGUAGE = ("csv", "markdown", "html")
NASTY = "<script>alert(1)</script> [x](https://evil.example) *b* `c` | \x1b]0;t\x07 \u202e"


def text_of(name: str, asked: Questionnaire, edition: Edition = ENGLISH) -> str:
    """Everything that a form says, whatever it is packed in."""
    form = export(name, asked, edition)
    if isinstance(form, str):
        return unescape(form) if name == "html" else form
    book = CalamineWorkbook.from_filelike(io.BytesIO(form))
    return json.dumps([book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names], ensure_ascii=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_question_is_asked_with_its_choices_in_order(name: str) -> None:
    asked = load_questionnaire("buyers")
    text, rest = text_of(name, asked), 0
    for question in (*asked.questions.values(), *asked.about):
        rest = text.index(asked.say(question.label), rest)
    for choice in (*asked.choices_of(asked.criteria[0]), *asked.about[0].choices):
        assert asked.say(choice.label) in text
    assert text.count("Don't know") >= len(asked.questions)


@pytest.mark.parametrize("name", FORMATS)
def test_buyers_see_no_level_no_safeguard_and_no_guidance(name: str) -> None:
    asked = load_questionnaire("buyers")
    text = text_of(name, asked)
    for level in asked.levels.values():
        assert asked.say(level.name) not in text
    assert not [guard.id for guard in asked.safeguards if guard.why and asked.say(guard.why) in text]
    assert "safeguard" not in text.lower()
    assert asked.criteria[0].guidance
    assert asked.say(asked.criteria[0].guidance) not in text


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_form_every_time(name: str) -> None:
    assert export(name, bilingual(), ENGLISH) == export(name, bilingual(), ENGLISH)


@pytest.mark.parametrize("name", ONE_LANGUAGE)
def test_one_language_is_chosen_and_falls_back(name: str) -> None:
    german = text_of(name, bilingual(), Edition("de"))
    assert ("Wie weit?" in german, "How far?" in german) == (True, False)
    assert "about c2" in german  # which has no German
    assert "Weiß nicht" in german


@pytest.mark.parametrize("name", FORMATS)
def test_guidance_is_for_those_who_ask_for_it(name: str) -> None:
    asked = bilingual(perspective="buyer")
    if not FORMATS[name].guidance:
        with pytest.raises(WrongUsage, match="take one of xlsform, markdown, html"):
            export(name, asked, Edition("en", guidance=True))
        return
    assert "Ask for proof." in text_of(name, asked, Edition("en", guidance=True))
    assert "Ask for proof." not in text_of(name, asked)


def test_what_forms_say_for_no_answer_is_read_back_in_every_language() -> None:
    for message, meant in ((wording.DONT_KNOW, "?"), (wording.NOT_APPLICABLE, NOT_APPLICABLE)):
        words = wording.in_every_language(message)
        assert isinstance(words, dict)
        assert words.keys() == {"en", *TRANSLATED}
        assert {WORDS[language][text.lower()] for language, text in words.items()} == {meant}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.xlsx", "xlsform"),
        ("A.JSON", "surveyjs"),
        ("a.csv", "csv"),
        ("a.md", "markdown"),
        ("a.htm", "html"),
        ("", None),
    ],
)
def test_an_ending_means_a_format(file: str, name: str | None) -> None:
    assert format_of(file, FORMATS) == name


def test_csv_has_a_row_a_question() -> None:
    header, first, *_, last = csv.reader(io.StringIO(text_of("csv", bilingual())))
    assert header == ["id", "question", "hint", *(f"choice {number}" for number in range(1, 6))]
    assert first == ["a", "How far?", "Roughly.", "choice 0", "choice 1", "choice 2", "Don't know", "Not applicable"]
    assert last == ["role", "Who are you?", "", "I buy", "I use", "", "", ""]


def test_csv_holds_no_formulas() -> None:
    asked = questionnaire([criterion("q1", 1, label="=1+1", hint="@x", choices=({**choices(0)[0], "label": "-2"},))])
    assert next(csv.reader(io.StringIO(text_of("csv", asked).partition("\n")[2])))[1:4] == ["'=1+1", "'@x", "'-2"]


def test_answers_to_questions_that_were_pasted_are_read_back(tmp_path: Path, run: Run) -> None:
    """As Google Forms exports them: by labels, in the language of the form."""
    _, *rows = csv.reader(io.StringIO(text_of("csv", bilingual(), Edition("de"))))
    questions = [row for row in rows if row[0] != "role"]
    answers = [["2026-11-21 10:00:00", *(row[3 + place] for row in questions)] for place in (0, 1)]
    answers.append(["2026-11-21 10:00:00", *(filled(row)[-2] for row in questions)])
    answers.append(["2026-11-21 10:00:00", *(filled(row)[-1] for row in questions)])
    source, target = tmp_path / "form.csv", tmp_path / "out.jsonl"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Zeitstempel", *(row[1] for row in questions)], *answers])
    (tmp_path / "asked.yaml").write_text(bilingual().model_dump_json(by_alias=True, exclude_defaults=True))
    asked = ["--questionnaire", tmp_path / "asked.yaml", "--dialect", "google_forms"]
    done = run("batch", source, *asked, "--output", target)
    assert done.exit_code == 0, done.stderr
    assert "6 by label" in done.stderr
    found = [json.loads(line) for line in target.read_text().splitlines()]
    assert [(row["low"], row["high"]) for row in found] == [(1, 1), (2, 2), (1, 4), (1, 1)]


def filled(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


def test_markdown_is_boxes_under_questions() -> None:
    text = text_of("markdown", bilingual())
    assert "**1. How far?**\n\nRoughly.\n\n- [ ] choice 0\n- [ ] choice 1\n- [ ] choice 2\n- [ ] Don't know\n" in text
    assert "\n## About you\n\n**7. Who are you?**\n\n- [ ] I buy\n" in text
    assert "Name: " in text
    assert "Name: " not in text_of("markdown", bilingual(perspective="buyer"))


def nasty() -> Questionnaire:
    options = tuple({**choice, "label": NASTY} for choice in choices(0, 1))
    return questionnaire(
        [criterion("q1", 1, label=NASTY, hint=NASTY, guidance=NASTY, choices=options)], title=NASTY
    )  # fmt: skip


def test_texts_do_not_steer_markdown() -> None:
    page = MarkdownIt("commonmark").render(text_of("markdown", nasty(), Edition("en", guidance=True)))
    assert not set(re.findall(r"<(\w+)", page)) - {"h1", "p", "strong", "ul", "li", "blockquote"}
    assert page.count("[x](https://evil.example) *b* `c` |") == 6


def html_of(asked: Questionnaire, edition: Edition = ENGLISH) -> str:
    form = export("html", asked, edition)
    assert isinstance(form, str)
    return form


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    folder = tmp_path_factory.mktemp("pages")

    def page(html: str) -> Path:
        path = folder / "form.html"
        path.write_text(html, encoding="utf-8")
        return path

    yield page


def test_texts_do_not_steer_html(pages: Callable[[str], Path]) -> None:
    needs(bool(CHROMIUM), CHROMIUM_MISSING)
    with browser() as page:
        page.open(pages(html_of(nasty(), Edition("en", guidance=True))))
        assert page.complaints == page.requests == []
        assert page.run("document.querySelectorAll('script, a, img').length") == 0
        assert page.run("document.querySelector('.label').textContent").startswith("<script>alert(1)</script> [x]")


@pytest.mark.parametrize(("name", "sheets"), [("buyers", 3), ("level4", 8)])
def test_html_prints_on_few_pages_with_no_question_cut(
    pages: Callable[[str], Path], tmp_path: Path, name: str, sheets: int
) -> None:
    needs(bool(CHROMIUM), CHROMIUM_MISSING)
    needs(bool(shutil.which("pdftotext")), "pdftotext is not installed; install the package poppler-utils")
    asked = load_questionnaire(name)
    with browser() as page:
        page.open(pages(html_of(asked)), media="print")
        assert page.complaints == page.requests == []
        (tmp_path / "form.pdf").write_bytes(page.pdf())
    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "form.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    papers = text.split("\f")[:-1]
    assert len(papers) <= sheets
    assert sum(paper.count("Not applicable") for paper in papers) == len(asked.questions)
    for paper in papers:  # as many questions end on a page as begin there
        begun = len(re.findall(r"^\d+\. ", paper, flags=re.MULTILINE))
        assert begun >= paper.count("Not applicable") >= begun - len(asked.about)


def test_html_says_its_language() -> None:
    assert '<html lang="de">' in text_of("html", bilingual(), Edition("de"))
