"""Pieces on a slide: text boxes, tables, charts."""

import re
from typing import Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.text import CT_TextParagraphProperties
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from cvp.reports.palette import Palette
from cvp.reports.slides.charting import Place, draw_chart
from cvp.reports.slides.measuring import is_from_the_right
from cvp.reports.slides.paging import Box, Placed
from cvp.reports.slides.pieces import PAD_X, PAD_Y, Beside, Colour, Grid, GridCell, Line, Plot, Words

THEME: Final[dict[Colour, MSO_THEME_COLOR]] = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "quiet": MSO_THEME_COLOR.TEXT_2,
    "accent": MSO_THEME_COLOR.ACCENT_1,
    "good": MSO_THEME_COLOR.ACCENT_3,
    "bad": MSO_THEME_COLOR.ACCENT_4,
}
PLAIN_TABLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's style without fills and lines."""

EMOJI: Final = re.compile("([\u2600-\u27bf\U0001f000-\U0001faff][\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f]*)")
EMOJI_FONT: Final = "Segoe UI Emoji"
"""In runs and a font of their own: LibreOffice sets a run badly where Arabic letters stand beside emoji."""


def draw(slide: Slide, placed: Placed, palette: Palette) -> None:
    """The piece in its box."""
    box, piece = placed.box, placed.piece
    match piece:
        case Words():
            write(slide, box, piece.lines)
        case Grid():
            _grid(slide, box, piece, palette)
        case Plot():
            below = _caption(slide, box, piece.caption, piece.caption_height(box.width))
            draw_chart(Place(slide, below, palette, piece.whole), piece.chart)
            describe(slide.shapes[-1], "Chart", piece.chart.alt)
        case Beside():
            raise AssertionError("pieces side by side are placed one by one")


def describe(shape: BaseShape, name: str, alt: str) -> None:
    """A name of a few words, and what is to be seen, for those who do not see it."""
    shape.name = f"{name} {shape.shape_id}"
    shape._element._nvXxPr.cNvPr.set("descr", alt)


def _caption(slide: Slide, box: Box, caption: Line | None, height: float) -> Box:
    """The caption in the upper part of the box; the rest of the box."""
    if caption:
        write(slide, Box(box.left, box.top, box.width, height), (caption,))
    return Box(box.left, box.top + height, box.width, box.height - height)


def write(slide: Slide, box: Box, lines: tuple[Line, ...]) -> None:
    """Paragraphs in a text box without margins."""
    shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill(frame, lines)


def fill(frame: TextFrame, lines: tuple[Line, ...]) -> None:
    """Paragraphs in a frame that is empty."""
    for number, line in enumerate(lines):
        _line(frame.add_paragraph() if number else frame.paragraphs[0], line, first=not number)


def _line(paragraph: _Paragraph, line: Line, first: bool) -> None:
    if line.gap and not first:
        paragraph.space_before = Pt(line.gap)
    from_right = is_from_the_right(line.text)
    paragraph.alignment = PP_ALIGN.RIGHT if line.right != from_right else PP_ALIGN.LEFT
    properties = paragraph._p.get_or_add_pPr()
    if from_right:
        properties.set("rtl", "1")
    if line.mark:
        _mark(properties, line)
    for part in line.runs:
        for text in filter(None, EMOJI.split(part.text)):
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold = Pt(line.size), part.bold
            run.font.color.theme_color = THEME[part.colour]
            if EMOJI.match(text):
                run.font.name = EMOJI_FONT
    # An empty cell is as high as the type that would be written in it.
    paragraph._p.append(parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{round(line.size * 100)}"/>'))


def _mark(properties: CT_TextParagraphProperties, line: Line) -> None:
    """A bullet or a number of PowerPoint's own."""
    indent = Pt(line.indent)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    counted = line.mark != "•"
    start = f' startAt="{line.mark[:-1]}"' if counted else ""
    mark = f'buAutoNum {nsdecls("a")} type="arabicPeriod"{start}' if counted else f'buChar {nsdecls("a")} char="•"'
    properties.append(parse_xml(f"<a:{mark}/>"))


def _grid(slide: Slide, box: Box, grid: Grid, palette: Palette) -> None:
    below = _caption(slide, box, grid.caption, grid.caption_height())
    width = sum(grid.widths)
    frame = slide.shapes.add_table(
        len(grid.rows), len(grid.widths), Pt(below.left), Pt(below.top), Pt(width), Pt(below.height)
    )
    describe(frame, "Table", grid.alt)
    _plain(frame, grid.headed)
    for column, wide in enumerate(grid.widths):
        frame.table.columns[column].width = Pt(wide)
    for number, (row, height) in enumerate(zip(grid.rows, grid.heights(), strict=True)):
        frame.table.rows[number].height = Pt(height)
        for column, cell in enumerate(row):
            _cell(frame.table.cell(number, column), cell, palette, strong=grid.headed and number == 0)


def _plain(frame: GraphicFrame, headed: bool) -> None:
    table = frame.table
    table.first_row, table.horz_banding = headed, False
    table._tbl.get_or_add_tblPr().find(qn("a:tableStyleId")).text = PLAIN_TABLE


def _cell(cell: _Cell, given: GridCell, palette: Palette, strong: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if strong else MSO_ANCHOR.TOP
    fill(cell.text_frame, given.lines)
    properties = cell._tc.get_or_add_tcPr()
    if given.shade is not None:
        # Paper between the tiles.
        edges = "".join(_edge(side, "bg1", 3) for side in ("lnL", "lnR", "lnT", "lnB"))
    else:
        edges = _edge("lnB", "tx2" if strong else "accent5", 1.25 if strong else 0.75)
    for edge in list(parse_xml(f"<a:tcPr {nsdecls('a')}>{edges}</a:tcPr>")):
        properties.append(edge)
    if given.shade is not None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(palette.heat[given.shade][1:].upper())


def _edge(side: str, colour: str, width: float) -> str:
    fill = f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
    return f'<a:{side} w="{Pt(width)}">{fill}</a:{side}>'
