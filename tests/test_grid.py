"""Two lenses crossed: what a cell says, what is missing, and every format that shows it."""

import csv
import io
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from assessments import HOSTILE, answered
from decks import deck_of, paragraphs
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st

from cvp.assessment import Assessment
from cvp.catalogue import folder, shipped
from cvp.changes import changes
from cvp.commands.failing import TYPED
from cvp.finding import Invalid
from cvp.loading import Finder, load_assessment, load_questionnaire
from cvp.questionnaire import Questionnaire, Selection
from cvp.reading import parse_document
from cvp.reports import Look, report
from cvp.reports.palette import STEPS
from cvp.reports.story.blocks import Bullets, Figure, Paragraph
from cvp.reports.story.chart_tables import table_of
from cvp.reports.story.charts import Matrix
from cvp.reports.story.grid import grid
from cvp.rules import BY_CODE, check
from cvp.rules.subject import subject_of
from questionnaires import NOT_APPLICABLE, Part, assess, criterion, questionnaire, sheet

PORTFOLIO = folder() / "cases" / "national_instruments.yaml"
PLACES = ("forum", "circle")
ROLES = ("guide", "maker")


def crossed(*criteria: Part, **more: Any) -> Questionnaire:
    """A questionnaire of these criteria, with a grid of places by roles."""
    lenses = {
        "place": {"label": "Place", "values": {key: key.title() for key in PLACES}},
        "role": {"label": "Role", "values": {key: key.title() for key in ROLES}},
    }
    return questionnaire(criteria, **{"lenses": lenses, "grid": {"rows": "place", "columns": "role"}, **more})


def at(name: str, place: str, role: str, **more: Any) -> Part:
    return criterion(name, 1, lenses={"place": place, "role": role}, **more)


def matrix(assessment: Assessment) -> Matrix:
    charts = [block.chart for block in grid(assessment).blocks if isinstance(block, Figure)]
    assert len(charts) == 1
    assert isinstance(charts[0], Matrix)
    return charts[0]


def cells(assessment: Assessment) -> list[list[str]]:
    return [[cell.words for cell in row] for _, row in matrix(assessment).rows]


def named(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    return {block.title: block.entries for block in grid(assessment).blocks if isinstance(block, Bullets)}


def portfolio() -> Assessment:
    return answered(PORTFOLIO)[2]


def test_a_cell_says_its_mean_or_why_there_is_none() -> None:
    asked = crossed(
        at("a", "forum", "guide", weight=3.0), at("b", "forum", "guide"), at("c", "forum", "maker"),
        at("d", "circle", "guide"),
    )  # fmt: skip
    made = assess(asked, sheet(a="c2", b="c0", c="?", d=NOT_APPLICABLE))
    assert cells(made) == [["0.75", "?", "0.75?"], ["n/a", "–", "n/a"], ["0.75", "?", ""]]
    made = assess(asked, sheet(a="c2", c="c1"))
    assert cells(made) == [["1.00?", "0.50", "0.88?"], ["?", "–", "?"], ["1.00?", "0.50", ""]]
    said = [block.text for block in grid(made).blocks if isinstance(block, Paragraph)]
    assert said == ["3 of 4 crossings are asked, 2 answered.", "– not asked; ? open, behind a score in part."]


@given(st.data())
def test_cells_and_means_are_those_of_the_lenses(data: st.DataObject) -> None:
    """A cell by the definition; a row's and a column's mean as the lens across the levels has it."""
    places, roles, weights = st.sampled_from(PLACES), st.sampled_from(ROLES), st.sampled_from((0.1, 0.2, 1, 2.5))
    drawn = [
        (f"q{n}", data.draw(places), data.draw(roles), data.draw(weights)) for n in range(data.draw(st.integers(1, 7)))
    ]
    asked = crossed(*(at(name, place, role, weight=weight) for name, place, role, weight in drawn))
    answers = {name: data.draw(st.sampled_from(["c0", "c1", "c2"])) for name, *_ in drawn}
    made = assess(asked, sheet(**answers))
    chart = matrix(made)
    for row, (_, shown) in zip(PLACES, chart.rows, strict=False):
        for column, cell in zip(ROLES, shown, strict=False):
            here = [(Fraction(str(w)), Fraction(answers[n][1]) / 2) for n, p, r, w in drawn if (p, r) == (row, column)]
            mean = sum(w * score for w, score in here) / sum(w for w, _ in here) if here else None
            assert cell.share == (None if mean is None else float(mean))
    by_rows, by_columns = ([value.score for value in lens.values] for lens in made.lenses)
    assert [row[-1].share for _, row in chart.rows[:-1]] == by_rows
    assert [cell.share for cell in chart.rows[-1][1][:-1]] == by_columns


def test_what_does_for_a_gate_is_no_weakness_and_what_does_not_no_strength() -> None:
    """The gate needs 0.7."""
    scores = (0, 0.5, 0.75, 1)
    asked = crossed(
        *(
            criterion(name, 1, *scores, lenses={"place": place, "role": role})
            for name, place, role in (("a", "forum", "guide"), ("b", "forum", "maker"), ("c", "circle", "guide"))
        )
    )
    assert named(assess(asked, sheet(a="c2", b="c3", c="c3"))) == {"Strongest": ("Circle, Guide (1.00)",)}
    assert named(assess(asked, sheet(a="c1", b="c1", c="c1"))) == {"Weakest": ("Forum, Guide (0.50)",)}


def test_what_is_missing_is_named_first() -> None:
    asked = crossed(
        at("a", "forum", "guide"), at("b", "forum", "maker"), at("c", "circle", "guide"), at("d", "circle", "maker")
    )
    assert named(assess(asked, sheet(a="c0", b="c2", c="c1", d="?"))) == {
        "Missing": ("Forum, Guide",),
        "Weakest": ("Circle, Guide (0.50)",),
        "Strongest": ("Forum, Maker (1.00)",),
        "Open": ("Circle, Maker",),
    }


def test_without_a_grid_or_a_crossing_there_is_no_section() -> None:
    plain = questionnaire([criterion("a", 1)])
    assert not grid(assess(plain, sheet(a="c2"))).blocks
    assert "grid" not in assess(plain, sheet(a="c2")).to_json()
    empty = crossed(criterion("a", 1))
    assert not grid(assess(empty, sheet(a="c2"))).blocks
    assert "The grid" not in str(report("terminal").render(assess(empty, sheet(a="c2")), Look()))


def test_the_portfolio_crosses_six_types_with_five_roles_and_asks_sixteen_crossings() -> None:
    asked = load_questionnaire("community_portfolio")
    assert asked.grid
    rows, columns = asked.lenses[asked.grid.rows], asked.lenses[asked.grid.columns]
    assert (len(rows.values), len(columns.values)) == (6, 5)
    pairs = {(c.lenses["type"], c.lenses["role"]) for c in asked.criteria if "type" in c.lenses}
    assert len(pairs) == 16
    shown = cells(portfolio())
    assert sum(cell == "–" for row in shown[:-1] for cell in row[:-1]) == 30 - 16


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_a_terminal_it_fits_the_width(width: int) -> None:
    text = str(report("terminal").render(portfolio(), Look(width)))
    part = text[text.index("\nThe grid\n") : text.index("\nSafeguards\n")].strip("\n") + "\n"
    assert max(map(len, part.splitlines())) <= width
    assert_golden(f"grid_{width}.txt", part)


def test_a_narrow_or_plain_terminal_still_tells_every_crossing() -> None:
    narrow = str(report("terminal").render(portfolio(), Look(30)))
    assert "Consultants: 1.00" in " ".join(narrow.split())
    plain = str(report("terminal").render(portfolio(), Look(80, ascii_only=True))).encode("ascii", TYPED).decode()
    assert "D Guides" in plain
    assert not set("▁▂▃▄▅▆▇█") & set(plain)


def test_html_shades_every_score_beside_its_number() -> None:
    page = str(report("html").render(portfolio(), Look()))
    table = page[page.index('<table class="matrix"') :].split("</table>", maxsplit=1)[0]
    shaded = re.findall(r'class="right"><svg [^>]*><rect [^>]*class="heat-([0-9])"/></svg>\s*([0-9.?]+)</td>', table)
    assert len(shaded) == sum(cell.share is not None for _, row in matrix(portfolio()).rows for cell in row)
    assert all(int(step) == min(STEPS - 1, int(float(words.strip("?")) * STEPS)) for step, words in shaded)
    assert table.count('<th scope="col"') == 7
    assert table.count('<th scope="row"') == 7
    assert "The same as a table" not in page[page.index('class="matrix"') :].split("</figure>", maxsplit=1)[0]


def test_markdown_and_slides_have_the_same_table() -> None:
    line = "| Private circle of lead customers | 0.75 | – | 1.00 | – | – | 0.83 |"
    assert line in str(report("markdown").render(portfolio(), Look()))
    slides = [paragraphs(slide) for slide in deck_of(portfolio()).slides]
    whole = [said for said in slides if {"Type of community", "Collaborative design", "0.88?", "Mean"} <= set(said)]
    assert whole, "the grid stands on one slide"
    assert table_of(matrix(portfolio())).headers[-1] == "Mean"


def test_csv_says_in_which_crossing_a_criterion_stands() -> None:
    rows = list(csv.DictReader(io.StringIO(str(report("csv").render(portfolio(), Look())))))
    heard = next(row for row in rows if row["id"] == "need_heard")
    assert (heard["grid_row"], heard["grid_column"]) == ("private", "consultant")
    assert {row["grid_row"] for row in rows if row["kind"] == "safeguard"} == {""}


def test_hostile_names_are_shown_as_they_are() -> None:
    lenses = {
        "place": {"label": HOSTILE, "values": {"forum": HOSTILE}},
        "role": {"label": HOSTILE, "values": {"guide": HOSTILE}},
    }
    made = assess(crossed(at("a", "forum", "guide"), lenses=lenses), sheet(a="c1"))
    assert "<script>" not in str(report("html").render(made, Look()))
    assert HOSTILE in str(report("terminal").render(made, Look(120)))
    for name in ("pptx", "markdown", "csv"):
        assert report(name).render(made, Look())


def test_a_saved_grid_must_cross_lenses_that_are_there(tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(portfolio().to_json())
    assert load_assessment(str(saved)) == portfolio()
    saved.write_text(portfolio().to_json().replace('"rows": "type"', '"rows": "kind"'))
    with pytest.raises(Invalid) as raised:
        load_assessment(str(saved))
    assert [finding.message for finding in raised.value.findings] == ["`grid` names a lens that is not there"]


def test_a_selection_keeps_the_grid_with_its_lenses() -> None:
    asked = crossed(at("a", "forum", "guide"), criterion("b", 1, lenses={"place": "forum"}), criterion("c", 1))
    for picked, kept in ((("a", "c"), True), (("b", "c"), False), (("c",), False)):
        parts = {"cvp": 1, "id": "part", "version": "1.0.0", "title": "A part"}
        selection = Selection.model_validate({**parts, "picks": {"from": "small", "criteria": picked}})
        assert (selection.of(asked).grid is not None) is kept


def test_a_new_grid_or_text_on_what_is_informed_is_a_patch() -> None:
    part = at("a", "forum", "guide")
    before = crossed(part, grid=None)
    told = [(c.sentence, c.needs) for c in changes(before, crossed(part, informs={"level4": "More."}))]
    assert told == [
        ("the text on what it adds to `level4` is new", "patch"),
        ("the grid is new: place by role", "patch"),
    ]


@pytest.mark.parametrize(
    ("rows", "columns", "code"), [("type", "type", "CVP217"), ("rolle", "type", "CVP217"), ("type", "role", None)]
)
def test_a_grid_names_two_different_lenses(rows: str, columns: str, code: str | None) -> None:
    file = shipped()["community_portfolio"]
    text = file.read_text().replace("grid: {rows: type, columns: role}", f"grid: {{rows: {rows}, columns: {columns}}}")
    subject = subject_of(parse_document(str(file), text.encode()), Finder(str(file)))
    found = check(subject, [BY_CODE["CVP217"], BY_CODE["CVP218"]])
    assert [finding.code for finding in found] == ([code] if code else [])
