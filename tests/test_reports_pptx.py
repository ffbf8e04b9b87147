"""The deck, read back: nothing is lost, charts hold the story's figures, nothing foreign is obeyed."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final, TypeAlias
from zipfile import ZipFile

import pytest
from assessments import HOSTILE, LONG, REPORTED, hostile, room, zipcar
from decks import SUBJECTS, deck_bytes, deck_of, notes, paragraphs, sheet, title
from gallery import ARABIC, UNBROKEN
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape

from cvp.comparing.retelling import retold
from cvp.errors import MissingExtra, Unreadable
from cvp.loading import load_questionnaire
from cvp.reports import report
from cvp.reports.brand import Brand, Logo
from cvp.reports.slides.measuring import is_from_the_right, lines_of, width_of
from cvp.reports.slides.paging import BOTTOM, MARGIN, ROOM_X, TOP, pages
from cvp.reports.slides.pieces import Grid, GridCell, Line, Run, Words
from cvp.reports.slides.setting import pieces_of
from cvp.reports.slides.typesetting import SIZES
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Figure, Section, Table
from cvp.reports.story.cells import words
from cvp.reports.story.charts import Bars, Chart, Dots, Dumbbells, HeatMap, Ladder, Tile, Timeline, Trend
from cvp.text import printable

BY_NAME = pytest.mark.parametrize("name", SUBJECTS)
ROUNDING: Final = 2
"""In EMU, of which a point has 12,700."""

MAIN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Numbers: TypeAlias = list[tuple[str, list[float | None]]]


@pytest.fixture(scope="module")
def decks() -> dict[str, Deck]:
    return {name: deck_of(subject()) for name, subject in SUBJECTS.items()}


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_move_is_whole_beside_the_timeline(language: str) -> None:
    told = retold(zipcar(), load_questionnaire("level4"), language)
    assert told
    charts = [shape.chart for slide in deck_of(told).slides for shape in slide.shapes if shape.has_chart]
    labels = [str(label) for chart in charts for label in chart.plots[0].categories]
    for step in told.path.steps:
        assert any(label.endswith(step.label) for label in labels), step.label


def test_a_slide_begins_each_section_in_order(decks: dict[str, Deck]) -> None:
    for name, deck in decks.items():
        titles = [title(slide) for slide in deck.slides][1:]
        begun = [text for text in titles if not text.endswith(", continued")]
        assert begun == [section.title for section in story_of(SUBJECTS[name]()).sections]
        assert all(one in (other, f"{other}, continued") or one in begun for other, one in pairwise(titles))


def test_the_first_slide_says_whose_it_is_and_what_came_out(decks: dict[str, Deck]) -> None:
    first = decks["zipcar"].slides[0]
    assert title(first) == "Zipcar"
    said = paragraphs(first)
    assert {"Level 2: Gets the job done", "2013-02-12", "The Level 4 value proposition"} <= set(said)
    assert any(text.startswith("A claim: ") for text in said)


def test_executives_get_one_slide(decks: dict[str, Deck]) -> None:
    for name in REPORTED:
        assert [title(slide) for slide in decks[name].slides].count("In short") == 1
        assert "In short, continued" not in [title(slide) for slide in decks[name].slides]


@BY_NAME
def test_nothing_that_the_story_says_is_lost(decks: dict[str, Deck], name: str) -> None:
    """Each text stands on a slide, in a chart, or whole in the notes of one."""
    said = "\n".join(_everything(decks[name]))
    lost = [text for text in _texts(story_of(SUBJECTS[name]())) if _plain(text) not in said]
    assert lost == []


def _everything(deck: Deck) -> Iterator[str]:
    for slide in deck.slides:
        yield from map(_plain, (*paragraphs(slide), *notes(slide).split("\n"), notes(slide)))
        for shape in slide.shapes:
            yield _plain(shape._element._nvXxPr.cNvPr.get("descr") or "")
            if shape.has_chart:
                yield from (_plain(str(cell)) for row in sheet(_workbook(shape)) for cell in row)


def _texts(part: object) -> Iterator[str]:
    """All of a story but its keys, which no reader sees, and what the workbooks of charts hold as numbers."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, Timeline | Trend | Dots):
        yield part.alt
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in ("key", "tone", "language"):
                yield from _texts(getattr(part, field.name))


def _plain(text: str) -> str:
    return " ".join(printable(text).split())


@BY_NAME
def test_shapes_stay_on_the_slide_and_apart(decks: dict[str, Deck], name: str) -> None:
    deck = decks[name]
    assert deck.slide_width
    assert deck.slide_height
    for number, slide in enumerate(deck.slides, 1):
        boxes = [(shape.name, *_edges(shape)) for shape in slide.shapes]
        for called, left, top, right, bottom in boxes:
            assert 0 <= left < right <= deck.slide_width, (number, called)
            assert 0 <= top < bottom <= deck.slide_height, (number, called)
        for (one, l1, t1, r1, b1), (other, l2, t2, r2, b2) in combinations(boxes, 2):
            overlap = min(r1, r2) - max(l1, l2), min(b1, b2) - max(t1, t2)
            assert min(overlap) <= ROUNDING, (number, one, other)


def _edges(shape: BaseShape) -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def test_shapes_have_ids_of_their_own(decks: dict[str, Deck]) -> None:
    for deck in decks.values():
        for slide in deck.slides:
            ids = [shape.shape_id for shape in slide.shapes]
            assert len(set(ids)) == len(ids)


def test_what_is_to_be_seen_is_said_in_words(decks: dict[str, Deck]) -> None:
    logo = Logo(_png(), "image/png")
    for deck in (*decks.values(), deck_of(room(), Brand(logo=logo))):
        shapes = [shape for slide in deck.slides for shape in slide.shapes if not shape.has_text_frame]
        assert shapes
        assert [shape.name for shape in shapes if not shape._element._nvXxPr.cNvPr.get("descr")] == []


@BY_NAME
def test_charts_hold_the_figures_of_the_story(decks: dict[str, Deck], name: str) -> None:
    """In the chart as it is drawn, and the same in the workbook that opens to edit it."""
    shapes = [shape for slide in decks[name].slides for shape in slide.shapes if shape.has_chart]
    drawn = [_drawn(shape) for shape in shapes]
    for shape, series in zip(shapes, drawn, strict=True):
        head, *rows = sheet(_workbook(shape))
        assert head[1 : len(series) + 1] == [called for called, _ in series]
        for column, (_, values) in enumerate(series, 1):
            # A spreadsheet keeps sixteen digits.
            assert [row[column] for row in rows] == [v if v is None else pytest.approx(v, rel=1e-14) for v in values]
    blocks = [block for section in story_of(SUBJECTS[name]()).sections for block in section.blocks]
    charts = [block.chart for block in blocks if isinstance(block, Figure) and not isinstance(block.chart, HeatMap)]
    queue = list(drawn)
    for chart in charts:
        wanted, found = _figures(chart), queue.pop(0)
        while len(found[0][1]) < len(wanted[0][1]):  # a chart that goes on over several slides
            found = [(one, [*a, *b]) for (one, a), (_, b) in zip(found, queue.pop(0), strict=True)]
        assert found == wanted
    assert queue == []


def _workbook(shape: BaseShape) -> bytes:
    blob: bytes = shape.chart.part.chart_workbook.xlsx_part.blob  # type: ignore[attr-defined]
    return blob


def _drawn(shape: BaseShape) -> Numbers:
    plots = shape.chart.plots  # type: ignore[attr-defined]
    return [(series.name, list(series.values)) for plot in plots for series in plot.series]


def _figures(chart: Chart) -> Numbers:
    """What the chart's series must be."""
    match chart:
        case Ladder(rungs=rungs):
            return [
                ("At most", [rung.high for rung in rungs]),
                ("At least", [rung.low for rung in rungs]),
                ("Needs", [rung.passing for rung in rungs]),
                ("Score", [rung.score for rung in rungs]),
            ]
        case Bars(bars=bars):
            ends = [("At least", [bar.low for bar in bars]), ("At most", [bar.high for bar in bars])]
            return [("Share", [bar.share for bar in bars]), *(ends if bars[0].low is not None else [])]
        case Dumbbells(first=first, second=second, pairs=pairs):
            return [(first, [pair.first for pair in pairs]), (second, [pair.second for pair in pairs])]
        case Trend(label=label, points=points):
            return [(label, [value for _, value in points])]
        case Timeline(spans=spans):
            groups = list(dict.fromkeys(span.group for span in spans))
            days: Numbers = [(one, [s.end - s.start if s.group == one else None for s in spans]) for one in groups]
            return [("Days before", [span.start for span in spans]), *days]
        case Dots(polls=polls):
            rounds = [votes for poll in polls for votes in (poll.votes, poll.earlier) if votes]
            unknown = [count for poll in polls for count in ([poll.dont_know, 0] if poll.earlier else [poll.dont_know])]
            most, same = max(map(len, rounds)), len({poll.choices for poll in polls}) == 1
            names = polls[0].choices if same else ["lowest choice", *(f"choice {n + 1}" for n in range(1, most))]
            columns: Numbers = [(names[n], [v[n] if n < len(v) else 0 for v in rounds]) for n in range(most)]
            return [*columns, ("don't know", list(unknown))] if any(unknown) else columns
    raise AssertionError(chart)


def test_a_score_is_rounded_as_everywhere_else(decks: dict[str, Deck]) -> None:
    """PowerPoint would make 0.63 of 0.625."""
    charts = [s.chart for slide in decks["gallery"].slides for s in slide.shapes if s.has_chart]
    line = next(chart.plots[0].series[0] for chart in charts if chart.plots[0].series[0].name == "Score")
    assert list(line.values) == [0.75, 0.625]
    assert line.points[1].data_label.text_frame.text == "0.62"
    assert not line.points[0].data_label.has_text_frame


def test_a_heat_map_is_a_table_whose_cells_say_their_score(decks: dict[str, Deck]) -> None:
    slide = next(slide for slide in decks["zipcar"].slides if title(slide) == "The criteria")
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    shaded = {c.text: str(c.fill.fore_color.rgb) for c in table.iter_cells() if c.fill.type is not None}
    assert len(shaded) == sum(c.answer.state == "answered" for c in zipcar().criteria)
    assert all(re.search(r"\n(0\.\d\d|1\.00)  \w", text) for text in shaded)
    full = {colour for text, colour in shaded.items() if "\n1.00" in text}
    assert len(full) == 1
    assert full.isdisjoint(colour for text, colour in shaded.items() if "\n0.75" in text)
    plain = [c.text for c in table.iter_cells() if c.fill.type is None and "\n" in c.text]
    assert plain
    assert all("\n–  " in text for text in plain)


def test_notes_carry_the_evidence(decks: dict[str, Deck]) -> None:
    for name in REPORTED:
        first = {title(slide): notes(slide) for slide in reversed(list(decks[name].slides))}
        for section in story_of(REPORTED[name]()).sections:
            for note in section.notes:
                assert _plain(note) in _plain(first[section.title])


def test_the_same_bytes_for_the_same_subject() -> None:
    """In another process too, whose sets come in another order."""
    code = "import sys; sys.path.insert(0, 'tests'); import decks, assessments; "
    code += "sys.stdout.buffer.write(decks.deck_bytes(assessments.hostile()))"
    command, root = [sys.executable, "-c", code], Path(__file__).parent.parent
    elsewhere = subprocess.run(command, cwd=root, env={"PYTHONHASHSEED": "1"}, capture_output=True, check=True).stdout
    assert elsewhere == deck_bytes(hostile())
    parts = ZipFile(BytesIO(deck_bytes(zipcar()))).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_are_shown_and_not_obeyed(decks: dict[str, Deck]) -> None:
    deck = decks["hostile"]
    assert title(deck.slides[0]) == HOSTILE
    assert sum(HOSTILE in text for slide in deck.slides for text in paragraphs(slide)) > 20
    with ZipFile(BytesIO(deck_bytes(hostile()))) as parts:
        written = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))}
    assert [
        name for name, text in written.items() if "hlink" in text and "theme" not in name and "Master" not in name
    ] == []
    assert [name for name, text in written.items() if 'TargetMode="External"' in text or "hyperlink" in text] == []
    labels = [
        cell
        for slide in deck.slides
        for s in slide.shapes
        if s.has_chart
        for row in sheet(_workbook(s))
        for cell in row
    ]
    assert f"Level 3: {HOSTILE}" in labels


def test_a_long_note_is_short_on_the_slide_and_whole_in_its_notes(decks: dict[str, Deck]) -> None:
    slides = [slide for slide in decks["hostile"].slides if title(slide) == "The evidence"]
    shown = [text for slide in slides for text in paragraphs(slide) if text.startswith("Note: ")]
    assert max(map(len, shown)) < 400
    assert any(text.endswith("…") for text in shown)
    assert any(LONG in notes(slide) for slide in slides)


def test_what_xml_has_no_place_for_is_written_out(decks: dict[str, Deck]) -> None:
    deck = decks["gallery"]
    assert title(deck.slides[0]).startswith("Gallery a\\x00b\\x1b]0;owned\\x07\\u202ec\\ufffe\\udc80d")
    assert "a\\x00b\\x1b]0;owned" in notes(deck.slides[1])


def test_arabic_runs_from_the_right(decks: dict[str, Deck]) -> None:
    every = [
        p
        for slide in decks["gallery"].slides
        for s in slide.shapes
        if s.has_text_frame
        for p in s.text_frame.paragraphs
    ]
    arabic = [p for p in every if p.text == ARABIC]
    assert len(arabic) == 2
    assert {(p._p.pPr.get("rtl"), p._p.pPr.get("algn")) for p in arabic} == {("1", "r")}
    assert {p._p.pPr.get("rtl") for p in every if p.text == UNBROKEN} == {None}
    assert [run.font.name for run in arabic[0].runs] == [None, "Segoe UI Emoji"]


def test_a_brand_dresses_it() -> None:
    deck = deck_of(room(), Brand("Our <title>", "The client & co\x07", Logo(_png(), "image/png"), "#7a1f5c"))
    first = deck.slides[0]
    assert "Our <title>" in paragraphs(first)
    assert "2026-01-31, prepared for The client & co\\x07" in paragraphs(first)
    picture = next(shape for shape in first.shapes if shape.name.startswith("Logo"))
    assert picture.width == pytest.approx(3 * picture.height, abs=3)
    assert picture.image.blob == _png()
    theme = next(part for part in deck.part.package.iter_parts() if "theme1" in part.partname)
    assert b'<a:accent1><a:srgbClr val="7A1F5C"/>' in theme.blob
    assert all("Our <title>" in " ".join(paragraphs(slide)) for slide in deck.slides)


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 100), "#7a1f5c").save(out, "PNG")
    return out.getvalue()


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(Unreadable, match="--logo: cannot be shown on a slide"):
        deck_bytes(zipcar(), Brand(logo=Logo(b"\x89PNG\r\n\x1a\n", "image/png")))


def test_every_slide_is_numbered_and_names_the_versions(decks: dict[str, Deck]) -> None:
    footer = story_of(zipcar()).footer
    for slide in list(decks["zipcar"].slides)[1:]:
        kinds = {shape.placeholder_format.type.name: shape for shape in slide.placeholders}
        assert footer in kinds["FOOTER"].text_frame.text
        assert 'type="slidenum"' in kinds["SLIDE_NUMBER"]._element.xml


def test_it_says_who_made_it_and_when(decks: dict[str, Deck]) -> None:
    assert "type" not in decks["zipcar"].part._element.sldSz.attrib  # 4 to 3, of the deck that it began as
    about = decks["zipcar"].core_properties
    assert (about.author, about.last_modified_by, about.title) == ("cvp", "cvp", "The Level 4 value proposition")
    assert about.created.isoformat()[:10] == about.modified.isoformat()[:10] == "2013-02-12"
    assert decks["gallery"].core_properties.created.isoformat()[:10] == "2026-03-01"


def test_every_text_is_spelled_in_the_language_of_the_report() -> None:
    """Texts on slides, in charts and in notes, and those that are typed later."""
    german = zipcar().model_copy(update={"language": "de"})
    package = ZipFile(BytesIO(deck_bytes(german)))
    parts = [ET.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    texts = [text for part in parts for text in part.iter() if text.tag in (f"{MAIN}r", f"{MAIN}fld")]
    assert len(texts) > 100
    languages = [properties.get("lang") for text in texts for properties in text.findall(f"{MAIN}rPr")]
    assert languages == ["de-DE"] * len(texts)
    assert {element.get("lang") for part in parts for element in part.iter()} == {"de-DE", None}


def test_a_low_table_stays_whole_and_a_high_one_leaves_no_last_row_alone() -> None:
    def table(rows: int) -> Grid:
        sheet = tuple((words(str(n)),) for n in range(rows))
        (grid,) = pieces_of(Section("s", "s", (Table(("n",), sheet),)), SIZES[0])
        assert isinstance(grid, Grid)
        return grid

    def rows_of(*pieces: Words | Grid) -> list[list[int]]:
        return [[len(p.piece.rows) - 1 for p in page if isinstance(p.piece, Grid)] for page in pages(pieces)]

    high = Words((Line((Run("x"),), 270),))
    assert rows_of(high, table(5)) == [[], [5]]
    most = next(rows for rows in range(50) if len(pages([table(rows + 1)])) > 1)
    assert rows_of(table(most)) == [[most]]
    assert rows_of(table(most + 1)) == [[most - 2], [3]]


def test_a_tile_says_as_much_as_the_slide_has_room_for() -> None:
    """What is cut to fit into few slides is not cut where there is room."""
    text = "So warm that they tell new customers why they have stayed with us"
    few = HeatMap("alt", (("1 One", (Tile("a", 1.0, text),)),))
    section = Section("s", "s", (Figure(few),))
    (page,) = pages(pieces_of(section, SIZES[0]))
    assert text in "".join(run.text for run in page[0].piece.runs)
    assert len(text) > SIZES[-1].tile


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("cvp.reports.slides")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cvp-assess\[slides\]'"):
        report("pptx")


LINES = st.lists(
    st.builds(lambda text, size: Line((Run(text),), size), st.text(max_size=300), st.sampled_from([11.0, 15.0])),
    min_size=1,
    max_size=30,
)
GRIDS = st.lists(
    LINES.map(lambda lines: (GridCell(tuple(lines[:4])), GridCell(tuple(lines[4:8])))), min_size=1, max_size=20
)


@settings(max_examples=40)
@given(
    st.lists(
        LINES.map(lambda lines: Words(tuple(lines))) | GRIDS.map(lambda rows: Grid((300, 500), tuple(rows), "x")),
        max_size=4,
    )
)
def test_pages_hold_everything_in_order_and_in_their_room(pieces: list[Words | Grid]) -> None:
    made = pages(pieces)
    said = [run for page in made for placed in page for run in placed.piece.runs]
    assert said == [run for piece in pieces for run in piece.runs]
    for page in made:
        below = TOP
        for placed in page:
            box = placed.box
            assert (box.left, box.width) == (MARGIN, ROOM_X)
            assert box.top >= below
            below = box.top + box.height
            assert below <= BOTTOM + 0.001


@given(st.text(max_size=200), st.floats(20, 800), st.floats(1, 200))
def test_a_wider_box_needs_no_more_lines(text: str, width: float, more: float) -> None:
    assert lines_of(text, width + more, 12) <= lines_of(text, width, 12) + 1
    assert lines_of(text, width_of(text, 12) + 1, 12) == 1


@pytest.mark.parametrize(
    ("text", "right"), [("abc", False), ("مرحبا", True), ("1 مرحبا abc", True), ("<a> مرحبا", False), ("", False)]
)
def test_the_first_letter_says_where_a_text_begins(text: str, right: bool) -> None:
    assert is_from_the_right(text) == right
