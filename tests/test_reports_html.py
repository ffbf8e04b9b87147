"""The HTML report as a browser reads it, parsed and not grepped: what is in it, and that nothing of a client's is."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from assessments import HOSTILE, LONG, REPORTED, hostile, zipcar
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st

from cvp.assessment import Assessment
from cvp.reports import Look, report
from cvp.reports.brand import Brand, Logo
from cvp.reports.fitting import fitted
from cvp.reports.palette import contrast, palette
from cvp.reports.templates import css_string

VOID = {"meta", "link", "img", "br", "hr", "input"}
BY_NAME = pytest.mark.parametrize("assessment", REPORTED.values(), ids=REPORTED)
Made = Callable[[], Assessment]


class Read(HTMLParser):
    """Tags, attributes and texts; and whether every element is closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def html_of(assessment: Assessment, brand: Brand = Brand()) -> str:  # noqa: B008 - frozen
    made = report("html").render(assessment, Look(brand=brand))
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("name", REPORTED)
def test_the_file_is_what_it_was(name: str) -> None:
    assert_golden(f"report_{name}.html", html_of(REPORTED[name]()))


@BY_NAME
def test_it_runs_nothing_and_asks_for_nothing(assessment: Made) -> None:
    read = Read(html_of(assessment()))
    assert not {"script", "iframe", "object", "embed", "form", "base", "link", "a:href"} & set(read.tags)
    assert [name for name, _ in read.attributes if name.startswith("on")] == []
    targets = [value for name, value in read.attributes if name in ("href", "src", "xlink:href", "action")]
    assert targets
    assert [target for target in targets if not target.startswith("#")] == []
    policies = [value for name, value in read.attributes if name == "content" and value.startswith("default-src")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


@BY_NAME
def test_headings_come_in_order(assessment: Made) -> None:
    headings = Read(html_of(assessment())).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))


def test_hostile_texts_are_shown_and_not_obeyed() -> None:
    """The tags are those of a harmless report, and the texts come back as they were written."""
    read = Read(html_of(hostile()))
    assert set(read.tags) <= set(Read(html_of(zipcar())).tags)
    assert read.texts.count(HOSTILE) > 20
    assert LONG in read.texts
    assert f"{HOSTILE}: Level 2: {HOSTILE}" in read.texts  # the title


def test_control_characters_are_written_out() -> None:
    company = "Acme\x1b]0;owned\x07\u202egnp.exe\x00"
    texts = Read(html_of(zipcar().model_copy(update={"company": company}))).texts
    assert "Acme\\x1b]0;owned\\x07\\u202egnp.exe\\x00" in texts


def test_a_brand_dresses_it() -> None:
    logo = Logo(b"\x89PNG\r\n\x1a\n", "image/png")
    text = html_of(zipcar(), Brand("Our <title>", "The client & co", logo, "#7a1f5c"))
    read = Read(text)
    assert "Our <title>" in read.texts
    assert any("prepared for The client & co" in part for part in read.texts)
    assert ("src", "data:image/png;base64,iVBORw0KGgo=") in read.attributes
    assert "--accent:#7a1f5c" in text


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_every_accent_leaves_texts_readable(colour: int, dark: bool) -> None:
    """WCAG 2.2, level AA: 4.5 to 1 for texts, 3 to 1 for marks."""
    p = palette(f"#{colour:06x}", dark)
    texts = [(p.ink, p.paper), (p.ink, p.panel), (p.quiet, p.paper), (p.quiet, p.panel), (p.on_accent, p.accent)]
    texts += [(colour, behind) for colour in (p.accent, p.good, p.bad) for behind in (p.paper, p.panel)]
    texts += [(p.ink, shade) for shade in (*p.heat, p.line, p.soft)]
    assert [pair for pair in texts if contrast(*pair) < 4.5] == []
    assert contrast(p.mark, p.paper) >= 3


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@given(st.text())
def test_a_text_in_the_style_sheet_ends_no_string_and_no_element(text: str) -> None:
    assert re.fullmatch(r"([a-zA-Z0-9]|\\[0-9a-f]{1,6} )*", css_string(text))


@given(st.text(), st.integers(1, 40))
def test_a_fitted_text_fits(text: str, columns: int) -> None:
    line = re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()
    shown = fitted(text, columns)
    assert len(shown.replace("…", "")) <= columns or any(ord(sign) > 0x2FF for sign in shown)
    assert shown == line or (shown.endswith("…") and line.startswith(shown[:-1]))


@pytest.mark.parametrize("name", REPORTED)
def test_the_ladder_is_a_picture_of_its_own(name: str) -> None:
    made = report("svg").render(REPORTED[name](), Look())
    assert isinstance(made, str)
    assert_golden(f"report_{name}.svg", made)
    tree = ET.fromstring(made)
    names = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert names == {"svg", "title", "desc", "style", "defs", "pattern", "rect", "text", "line", "circle"}
    title = tree.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == f"{REPORTED[name]().company}: Level {REPORTED[name]().level}: " + (
        REPORTED[name]().levels[REPORTED[name]().level - 1].name
    )
