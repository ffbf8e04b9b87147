"""The Markdown report through a real CommonMark renderer."""

import pytest
from assessments import HOSTILE, LONG, REPORTED, hostile, zipcar
from golden_files import assert_golden
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cvp.assessment import Assessment
from cvp.reports import Look, report
from cvp.reports.brand import Brand
from cvp.reports.markdown.escaping import in_markdown
from cvp.text import one_line

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def markdown_of(assessment: Assessment, brand: Brand = Brand()) -> str:  # noqa: B008 - frozen
    made = report("markdown").render(assessment, Look(brand=brand))
    assert isinstance(made, str)
    return made


def tokens(markdown: str) -> list[Token]:
    """All of them, those inside lines too."""
    found = RENDERER.parse(markdown)
    return [part for token in found for part in (token, *(token.children or ()))]


def shown(token: Token) -> str:
    """What a reader sees of an inline token."""
    return "".join(child.content for child in token.children or ())


@pytest.mark.parametrize("name", REPORTED)
def test_the_file_is_what_it_was(name: str) -> None:
    assert_golden(f"report_{name}.md", markdown_of(REPORTED[name]()))


def test_hostile_texts_are_shown_and_not_obeyed() -> None:
    """No element but those of a harmless report, no HTML, and the texts come back as they were written."""
    found = tokens(markdown_of(hostile()))
    kinds = {token.type for token in found}
    assert kinds <= {token.type for token in tokens(markdown_of(zipcar()))}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "fence", "code_block"}
    lines = [shown(token) for token in found if token.type == "inline"]
    assert lines[0] == HOSTILE
    assert sum(HOSTILE in line for line in lines) > 20
    assert any(one_line(LONG) in line for line in lines)


@pytest.mark.parametrize("name", REPORTED)
def test_every_row_has_the_cells_of_its_header(name: str) -> None:
    """A bar in a cell would end it."""
    widths: list[int] = []
    for token in tokens(markdown_of(REPORTED[name]())):
        match token.type:
            case "thead_open":
                widths = []
            case "tr_open":
                widths.append(0)
            case "th_open" | "td_open":
                widths[-1] += 1
            case "table_close":
                assert len(set(widths)) == 1
                assert len(widths) > 1
    # A row that is no part of a table would be a paragraph that begins with a bar.
    assert not [t for t in tokens(markdown_of(REPORTED[name]())) if t.type == "inline" and shown(t).startswith("| ")]


NASTY = st.text(st.sampled_from("\\`*_[]<>|~&$#!+-=:.)(\"'@{} \t\n019azé漢😀")) | st.text()


@given(NASTY)
@example("1. one")
@example("- [x] done")
@example("=====")
@example("https://evil.example www.evil.example")
@example("&lt; &amp; \\")
@example("~~gone~~ **bold** `code` $x$")
def test_any_text_reads_as_it_was_written(text: str) -> None:
    """In a paragraph, an entry of a list, a heading and a cell of a table."""
    told = in_markdown(text)
    wanted = one_line(text)
    if not wanted:
        return
    for pattern in ("{}\n", "- {}\n", "### {}\n", "> {}\n", "| a | b |\n| --- | --- |\n| {} | x |\n"):
        inlines = [token for token in RENDERER.parse(pattern.format(told)) if token.type == "inline"]
        here = inlines[2] if "---" in pattern else inlines[0]
        assert shown(here) == wanted, pattern
        assert {child.type for child in here.children or ()} <= {"text", "text_special"}


def test_a_brand_dresses_it() -> None:
    lines = [shown(t) for t in tokens(markdown_of(zipcar(), Brand("*Ours*", "A|B"))) if t.type == "inline"]
    assert lines[1] == "*Ours*, 2013-02-12, prepared for A|B"
