"""The first slide: what it is about, the result in a line, and what kind of result it is."""

from io import BytesIO
from typing import Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Pt

from cvp.errors import Unreadable
from cvp.reports.brand import Brand, Logo
from cvp.reports.fitting import fitted
from cvp.reports.palette import Palette
from cvp.reports.slides.drawing import describe, fill, write
from cvp.reports.slides.measuring import lines_of
from cvp.reports.slides.paging import MARGIN, WIDTH, Box
from cvp.reports.slides.pieces import Line, Run
from cvp.reports.slides.theme import add_title_slide
from cvp.reports.slides.typesetting import shortened
from cvp.reports.story.blocks import Story
from cvp.speaking import _

TEXT_WIDTH: Final = 600.0
LOGO: Final = Box(WIDTH - MARGIN - 170, 40, 170, 70)
STAIRS: Final = Box(WIDTH - MARGIN - 216, 250, 216, 140)
NAME_SIZES: Final = (40, 32, 26)
"""The largest with which the name takes two lines at most."""


def open_deck(deck: Deck, story: Story, brand: Brand, palette: Palette) -> None:
    """`brand.title` is the report's title, its own or the brand's. Raises Unreadable for a logo that is no picture."""
    slide = add_title_slide(deck)
    write(slide, Box(MARGIN, 60, TEXT_WIDTH, 44), (Line((shortened(brand.title, 110, colour="quiet"),), 16),))
    _name(slide, story)
    facts = (
        _("{date}, prepared for {client}").format(date=story.date, client=brand.client) if brand.client else story.date
    )
    write(slide, Box(MARGIN, 320, TEXT_WIDTH, 40), (Line((shortened(facts, 130, colour="quiet"),), 14),))
    write(slide, Box(MARGIN, 410, WIDTH - 2 * MARGIN, 60), (Line((shortened(story.basis, 330),), 14),))
    if story.footer:
        foot = Line((shortened(story.footer, 150, colour="quiet"),), 9.5)
        write(slide, Box(MARGIN, 505, WIDTH - 2 * MARGIN, 14), (foot,))
    if story.level:
        _stairs(slide, story.level, story.headline, palette)
    if brand.logo:
        _logo(slide, brand.logo)
    frame = slide.notes_slide.notes_text_frame
    assert frame
    frame.text = "\n".join((story.subject, story.headline, story.basis))


def _name(slide: Slide, story: Story) -> None:
    """Who it is about, and the result in a line, in the places that the layout has for them."""
    name = fitted(story.subject, 90)
    size = next((size for size in NAME_SIZES if lines_of(name, TEXT_WIDTH, size, True) <= 2), NAME_SIZES[-1])
    title, headline = slide.placeholders[0].text_frame, slide.placeholders[1].text_frame
    fill(title, (Line((Run(name, bold=True),), size),))
    fill(headline, (Line((Run(fitted(story.headline, 80), bold=True, colour="accent"),), 22),))
    title.word_wrap = headline.word_wrap = True
    title.vertical_anchor, headline.vertical_anchor = MSO_ANCHOR.BOTTOM, MSO_ANCHOR.TOP


def _stairs(slide: Slide, level: int, said: str, palette: Palette) -> None:
    """Four steps, the one that was reached in the accent."""
    group = slide.shapes.add_group_shape()
    wide, high = STAIRS.width / 4, STAIRS.height / 4
    for step in range(1, 5):
        left, top = STAIRS.left + wide * (step - 1), STAIRS.top + STAIRS.height - high * step
        bar = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide - 4), Pt(high * step))
        bar.fill.solid()
        here, below = MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2
        bar.fill.fore_color.theme_color = here if step == level else below if step < level else MSO_THEME_COLOR.ACCENT_5
        bar.line.fill.background()
        bar._element.remove(bar._element.find(qn("p:style")))  # or LibreOffice draws its shadow
        bar.text_frame.text = str(step)
        bar.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        paragraph = bar.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER
        paragraph.font.size, paragraph.font.bold = Pt(16), True
        on = palette.on_accent if step == level else palette.ink
        paragraph.font.color.rgb = RGBColor.from_string(on[1:].upper())
    describe(group, "Stairs", said)


def _logo(slide: Slide, logo: Logo) -> None:
    """In the upper right corner, as large as its place and in its own proportions."""
    try:
        picture = slide.shapes.add_picture(BytesIO(logo.data), Pt(LOGO.left), Pt(LOGO.top))
    except (OSError, ValueError) as error:
        raise Unreadable(f"--logo: cannot be shown on a slide ({error}); save it anew as PNG or JPEG") from None
    scale = min(Pt(LOGO.width) / picture.width, Pt(LOGO.height) / picture.height)
    picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
    picture.left = Emu(Pt(LOGO.left + LOGO.width) - picture.width)
    describe(picture, "Logo", _("Logo"))
