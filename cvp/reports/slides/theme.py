"""An empty deck of 16 to 9 in a brand's colours: what python-pptx begins with, made plain.

Every colour but those of heat maps is one of the theme, so that a change of theme in PowerPoint re-dresses the deck.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.util import Pt

from cvp.reports.palette import Palette
from cvp.reports.slides.paging import HEIGHT, MARGIN, ROOM_X, ROOM_Y, TOP, WIDTH

FONT: Final = "Arial"
"""A deck can name one font and no second choice; this one, or one of its widths, is everywhere."""

TITLE_SIZE: Final = 26
FOOT_TOP: Final = 505.0
FOOT_HEIGHT: Final = 20.0
FOOT_SIZE: Final = 9.5
NUMBER_WIDTH: Final = 70.0
FOOT_WIDTH: Final = ROOM_X - NUMBER_WIDTH
_TITLE, _SLIDE = "Title Slide", "Title Only"
_DROPPED: Final = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
"""Of the empty deck: a picture of it, and that it was made on another machine."""


def empty_deck(palette: Palette) -> Deck:
    """No slide, and two layouts: a title slide, and a slide with a title."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    # The type names another shape, 4 to 3.
    deck.part._element.sldSz.attrib.pop("type", None)
    for layout in list(deck.slide_layouts):
        if layout.name not in (_TITLE, _SLIDE):
            deck.slide_layouts.remove(layout)
    _drop_leftovers(deck)
    _colour(deck.slide_master, palette)
    _arrange(deck.slide_master)
    for layout in deck.slide_layouts:
        _arrange_layout(layout)
    return deck


def _drop_leftovers(deck: Deck) -> None:
    package = deck.part.package
    for key, rel in list(package._rels.items()):
        if rel.reltype in _DROPPED:
            package.drop_rel(key)
    for key, rel in list(deck.part.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            deck.part.rels.pop(key)
    for key, rel in list(deck.slide_master.part.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            deck.slide_master.part.rels.pop(key)


def _colour(master: SlideMaster, p: Palette) -> None:
    """Colours and fonts of the theme."""
    colours = {
        "dk1": p.ink,
        "lt1": p.paper,
        "dk2": p.quiet,
        "lt2": p.panel,
        "accent1": p.accent,
        "accent2": p.soft,
        "accent3": p.good,
        "accent4": p.bad,
        "accent5": p.line,
        "accent6": p.mark,
        "hlink": p.accent,
        "folHlink": p.quiet,
    }
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    for entry in scheme:
        entry.clear()
        colour = colours[entry.tag.rpartition("}")[2]]
        entry.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour[1:].upper()}"/>'))
    for script in ("latin", "cs"):
        for font in theme.iter(qn(f"a:{script}")):
            font.set("typeface", FONT)
    for fonts in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
        for font in fonts.findall(qn("a:font")):
            fonts.remove(font)
    part.blob = serialize_part_xml(theme)


def _arrange(master: SlideMaster) -> None:
    """Title on the left, footer and number below."""
    number_left = MARGIN + ROOM_X - NUMBER_WIDTH
    places = {
        "TITLE": (MARGIN, 26, ROOM_X, 44),
        "BODY": (MARGIN, TOP, ROOM_X, ROOM_Y),
        "FOOTER": (MARGIN, FOOT_TOP, FOOT_WIDTH, FOOT_HEIGHT),
        "SLIDE_NUMBER": (number_left, FOOT_TOP, NUMBER_WIDTH, FOOT_HEIGHT),
    }
    for shape in _of_kind(master.placeholders, *places):
        _put(shape, *places[_kind(shape)])
    for shape in _of_kind(master.placeholders, "DATE"):
        _remove(shape)
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(TITLE_SIZE * 100))
    title.find(qn("a:defRPr")).set("b", "1")
    for shape in _of_kind(master.placeholders, "FOOTER", "SLIDE_NUMBER"):
        _small(shape, "r" if _kind(shape) == "SLIDE_NUMBER" else "l")


def _small(shape: Shape, align: str) -> None:
    level = shape._element.find(f".//{qn('a:lvl1pPr')}")
    level.set("algn", align)
    level.find(qn("a:defRPr")).set("sz", str(round(FOOT_SIZE * 100)))
    colour = level.find(f".//{qn('a:schemeClr')}")
    colour.clear()
    colour.set("val", "tx2")


def _kind(shape: Shape) -> str:
    return shape.placeholder_format.type.name


def _of_kind(shapes: Iterable[Shape], *kinds: str) -> list[Shape]:
    return [shape for shape in shapes if _kind(shape) in kinds]


def _remove(shape: Shape) -> None:
    shape._element.getparent().remove(shape._element)


def _put(shape: Shape, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _arrange_layout(layout: SlideLayout) -> None:
    for shape in list(layout.placeholders):
        match _kind(shape):
            case "DATE":
                _remove(shape)
            case "CENTER_TITLE":
                _put(shape, MARGIN, 150, 600, 96)
            case "SUBTITLE":
                _put(shape, MARGIN, 256, 600, 56)
    if layout.name == _SLIDE:
        layout.shapes._spTree.append(_rule(MARGIN, 74, 56, 3))
    else:
        layout.shapes._spTree.append(_rule(0, 0, 14, HEIGHT))


def _rule(left: float, top: float, width: float, height: float) -> object:
    """A bar in the accent, drawn on a layout."""
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}>"
        "<p:nvSpPr><p:cNvPr id='99' name='Rule'/><p:cNvSpPr/><p:nvPr userDrawn='1'/></p:nvSpPr>"
        f"<p:spPr><a:xfrm><a:off x='{Pt(left)}' y='{Pt(top)}'/><a:ext cx='{Pt(width)}' cy='{Pt(height)}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val='accent1'/></a:solidFill>"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def add_title_slide(deck: Deck) -> Slide:
    slide: Slide = deck.slides.add_slide(_layout(deck, _TITLE))
    return slide


def add_slide(deck: Deck, footer: str) -> Slide:
    """With a footer and its number, which python-pptx leaves out."""
    layout = _layout(deck, _SLIDE)
    slide: Slide = deck.slides.add_slide(layout)
    for shape in _of_kind(layout.placeholders, "FOOTER", "SLIDE_NUMBER"):
        slide.shapes._spTree.append(deepcopy(shape._element))
    for shape in _of_kind(slide.placeholders, "FOOTER"):
        shape.text_frame.text = footer
        # LibreOffice does not look up the footer's type in the master.
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        font = paragraph.runs[0].font
        font.size, font.name, font.color.theme_color = Pt(FOOT_SIZE), "+mn-lt", MSO_THEME_COLOR.TEXT_2
    return slide


def _layout(deck: Deck, name: str) -> SlideLayout:
    return next(layout for layout in deck.slide_layouts if layout.name == name)
