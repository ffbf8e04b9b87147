"""Several questionnaires in one report: which leads, what each adds, what is refused, and every format of it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from assessments import HOSTILE, answered, hostile, room, zipcar
from decks import deck_of, paragraphs, title
from golden_files import assert_golden
from jsonschema import Draft7Validator
from typer.testing import Result

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined, join
from cvp.catalogue import folder
from cvp.errors import DifferentCompanies, WrongUsage
from cvp.finding import Invalid
from cvp.loading import load_assessments, load_questionnaire
from cvp.reports import FORMATS, Look, report, sentences
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Bullets, Card, Section, Table
from cvp.schemas import joined_schema

Run = Callable[..., Result]

CASES = folder() / "cases"
LEVEL4, VALUE = CASES / "nike_plus.yaml", CASES / "nike_plus_value.yaml"
PORTFOLIO, REFERENCES = CASES / "national_instruments.yaml", CASES / "microsoft_references.yaml"
INFORMING = ("community_portfolio", "community_value", "customer_value", "reference_program")


def case(file: Path) -> Assessment:
    return answered(file)[2]


def three() -> Joined:
    return join([case(PORTFOLIO), case(REFERENCES), case(LEVEL4)], "Acme")


def sections(joined: Joined) -> dict[str, Section]:
    return {section.key: section for section in story_of(joined).sections}


def saved(tmp_path: Path, *files: Path) -> list[Path]:
    made = []
    for file in files:
        made.append(tmp_path / f"{file.stem}.json")
        made[-1].write_text(case(file).to_json())
    return made


@pytest.mark.parametrize("name", INFORMING)
def test_a_questionnaire_says_how_it_informs_level4(name: str, run: Run) -> None:
    informs = load_questionnaire(name).informs
    assert informs.keys() == {"level4"}
    words = " ".join(str(informs["level4"]).split())
    assert f"For level4: {words}" in " ".join(run("show", name).stdout.split())


def test_the_one_that_others_inform_leads_in_whatever_order_they_come() -> None:
    made = three()
    assert [a.questionnaire.id for a in made.assessments] == ["level4", "community_portfolio", "reference_program"]
    assert made.level == case(LEVEL4).level
    assert {a.company for a in made.assessments} == {"Acme"}
    apart = join([case(PORTFOLIO), case(REFERENCES)], "Acme")
    assert apart.lead.questionnaire.id == "community_portfolio"


def test_two_by_one_questionnaire_or_of_two_companies_are_not_joined() -> None:
    with pytest.raises(WrongUsage, match="two assessments are by `level4`"):
        join([case(LEVEL4), zipcar()], "Acme")
    with pytest.raises(DifferentCompanies, match="are about National Instruments and Nike"):
        join([case(PORTFOLIO), case(LEVEL4)])


def test_the_leading_one_is_told_whole_and_the_others_in_a_section_each() -> None:
    made = three()
    story, lead = story_of(made), story_of(made.lead)
    assert (story.headline, story.level, story.basis) == (lead.headline, lead.level, lead.basis)
    assert story.date == "2006-09-14 to 2013-12-31"
    keys = [section.key for section in story.sections]
    assert len(set(keys)) == len(keys)
    own = [section for section in lead.sections if section.key not in ("evidence", "versions")]
    assert keys[:2] == ["summary", "together"]
    assert [section for section in story.sections if section in own] == own
    added = [section for section in story.sections if section.key.startswith("added")]
    assert [section.title for section in added] == [a.questionnaire.title for a in made.others]
    assert all(a.questionnaire.sha256[:12] in story.footer for a in made.assessments)


def test_side_by_side_says_what_each_adds_and_its_first_moves_but_no_sum() -> None:
    made = three()
    section = sections(made)["together"]
    cards = [block for block in section.blocks if isinstance(block, Card)]
    for card, a in zip(cards, made.others, strict=True):
        assert dict(card.fields)["What it adds"] == a.questionnaire.informs["level4"]
        assert card.aside == sentences.level_line(a)
    moves = {block.title: block.entries for block in section.blocks if isinstance(block, Bullets)}
    steps = case(PORTFOLIO).path.steps
    told = "First moves by “Your portfolio of customer communities”, 41 working days in 4 moves in all"
    assert moves == {told: tuple(f"{m.label} ({m.effort} days)" for m in steps[:3])}
    table = next(block for block in section.blocks if isinstance(block, Table))
    shown = [[cell.text for cell in row] for row in table.rows]
    assert shown[1] == ["Your portfolio of customer communities, 2006-09-14", "3 (1 to 4)", "8 of 25", "4", "41"]


def test_an_added_section_has_its_ladder_its_grid_its_gaps_and_every_move() -> None:
    blocks = sections(three())["added-1"].blocks
    charts = [type(block.chart).__name__ for block in blocks if hasattr(block, "chart")]
    assert charts == ["Ladder", "Matrix"]
    assert [block.title for block in blocks if isinstance(block, Bullets)][:2] == ["Strengths", "Gaps"]
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == [move.label for move in case(PORTFOLIO).path.steps]


def test_answers_to_several_questionnaires_make_one_report(run: Run, tmp_path: Path) -> None:
    made, kept = tmp_path / "nike.html", tmp_path / "nike.json"
    done = run("assess", "--answers", VALUE, "--answers", LEVEL4, "--save", kept, "-o", made)
    assert done.exit_code == 0, done.stderr
    named = run("assess", "level4", "customer_value", "--answers", VALUE, "--answers", LEVEL4, "--format", "html")
    assert named.stdout == made.read_text()
    assert run("report", kept, "--format", "html").stdout == made.read_text()
    assert run("report", *saved(tmp_path, VALUE, LEVEL4), "--format", "html").stdout == made.read_text()
    assert json.loads(kept.read_text())["cvp"] == "joined/1"


def test_a_terminal_of_eighty_columns(run: Run) -> None:
    done = run("assess", "--answers", VALUE, "--answers", LEVEL4)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert_golden("joined_80.txt", done.stdout)


@pytest.mark.parametrize("width", [20, 30, 60, 120])
def test_every_width(width: int) -> None:
    text = str(report("terminal").render(three(), Look(width)))
    assert max(map(len, text.splitlines())) <= width
    assert "crossings nobody serves yet" in " ".join(text.split())


def test_several_respondents_of_one_of_the_questionnaires_are_a_room(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(VALUE.read_text())
    done = run("assess", "--answers", VALUE, "--answers", LEVEL4, "--answers", other, "--format", "json")
    lead, added = json.loads(done.stdout)["assessments"]
    assert (lead["questionnaire"]["id"], lead["room"]) == ("level4", None)
    assert added["room"]["respondents"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["level4", "customer_value"], 2, "one questionnaire is asked at a time"),
        (["level4", "community_value", "--answers", LEVEL4], 2, "community_value: no --answers file is for it"),
        (["level4", "level4", "--answers", LEVEL4], 2, "QUESTIONNAIRE level4: is given twice"),
        (["level4", "--answers", LEVEL4, "--answers", VALUE], 3, "CVP502"),
        (["--answers", LEVEL4, "--answers", PORTFOLIO], 3, "are about Nike+ and National Instruments"),
        (["--answers", LEVEL4, "--answers", VALUE, "--budget", "9"], 2, "each questionnaire has its own"),
        (["--answers", LEVEL4, "--answers", VALUE, "--lang", "eo"], 0, "`customer_value` has no texts in eo"),
    ],
)
def test_what_does_not_go_together_is_said(run: Run, arguments: list[str | Path], code: int, said: str) -> None:
    done = run("assess", *arguments)
    assert done.exit_code == code
    assert said in done.stderr


def test_several_companies_and_days_need_a_word(run: Run, tmp_path: Path) -> None:
    files = saved(tmp_path, PORTFOLIO, LEVEL4)
    refused = run("report", *files)
    assert refused.exit_code == 3
    assert "say with --company who it is" in refused.stderr
    done = run("report", *files, "--company", "Acme")
    assert done.exit_code == 0
    assert done.stdout.startswith("Acme\n")
    assert "of different days, from 2006-09-14 to 2013-12-31" in done.stderr
    again = run("report", files[0], files[0], "--company", "Acme")
    assert again.exit_code == 2
    assert "two assessments are by `community_portfolio`" in again.stderr


def test_fail_under_is_about_the_leading_one(run: Run, tmp_path: Path) -> None:
    low, high = CASES / "instagram_policy.yaml", VALUE
    files = ["--answers", low, "--answers", high, "--company", "Acme", "-o", tmp_path / "report.md"]
    level = case(low).level
    assert run("assess", *files, "--fail-under", level).exit_code == 0
    assert run("assess", *files, "--fail-under", level + 1).exit_code == 1


def test_the_foot_of_a_slide_names_every_questionnaire_whole() -> None:
    story = story_of(three())
    slides = list(deck_of(three()).slides)[1:]
    assert slides
    assert all(any(story.footer in text for text in paragraphs(slide)) for slide in slides)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_each_finds(name: str) -> None:
    made = report(name).render(three(), Look())
    assert made == report(name).render(three(), Look())
    if isinstance(made, bytes):
        titles = [title(slide) for slide in deck_of(three()).slides]
        assert {"The questionnaires side by side", "Your customer references"} <= set(titles)
    elif name == "svg":
        assert "The Level 4 value proposition" in made
        assert made.count("<svg") == str(report("svg").render(three().lead, Look())).count("<svg")
    elif name != "csv":
        assert all(a.questionnaire.title in made for a in three().assessments)


def test_csv_names_the_questionnaire_of_each_question() -> None:
    rows = list(csv.DictReader(io.StringIO(str(report("csv").render(three(), Look())))))
    for a in three().assessments:
        ids = [row["id"] for row in rows if row["questionnaire"] == a.questionnaire.id]
        assert ids == [*(c.id for c in a.criteria), *(s.id for s in a.safeguards)]


def test_json_fits_its_schema_and_comes_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "joined.json"
    file.write_text(three().to_json())
    Draft7Validator(joined_schema()).validate(json.loads(file.read_text()))
    assert json.loads(run("schema", "joined").stdout) == joined_schema()
    assert load_assessments(str(file)) == three().assessments
    one = run("compare", file, *saved(tmp_path, LEVEL4))
    assert one.exit_code == 3
    assert "give the file of one" in one.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"date": "2006-09-14"', '"date": "yesterday"', "`date` is no day"),
        ('"level": 3', '"level": 9', ""),
        ('"assessments": [', '"assessments": [],"more": [', ""),
    ],
)
def test_a_saved_file_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "joined.json"
    text = three().to_json()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(Invalid) as raised:
        load_assessments(str(file))
    assert any(said in finding.message for finding in raised.value.findings)
    assert all(finding.place.line > 1 for finding in raised.value.findings)


def test_a_hostile_one_among_them_stays_text() -> None:
    made = join([room(), hostile()], HOSTILE)
    assert "<script>" not in str(report("html").render(made, Look()))
    assert "\x1b" not in str(report("terminal").render(made, Look()))
    for name in ("pptx", "markdown", "csv", "svg"):
        assert report(name).render(made, Look())
