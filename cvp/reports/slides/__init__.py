"""A deck of slides for PowerPoint, with charts and tables of its own kind: a slide a section, or as many as it needs.

The story becomes pieces (`setting`), pieces stand on pages (`paging`), pages are drawn (`drawing`). Whatever was
shortened to fit is whole in the notes of its slide.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import TypeVar, cast

from pptx.presentation import Presentation as Deck

from cvp.reports import Look
from cvp.reports.fitting import fitted
from cvp.reports.palette import Palette, palette
from cvp.reports.slides.drawing import draw
from cvp.reports.slides.measuring import lines_of
from cvp.reports.slides.opening import open_deck
from cvp.reports.slides.paging import Placed, pages
from cvp.reports.slides.sealing import EPOCH, sealed
from cvp.reports.slides.setting import pieces_of
from cvp.reports.slides.spelling import spell
from cvp.reports.slides.theme import FOOT_SIZE, FOOT_WIDTH, add_slide, empty_deck
from cvp.reports.slides.typesetting import SIZES
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Section, Story
from cvp.speaking import _
from cvp.text import printable

Part = TypeVar("Part")

MOST_TITLE = 56
MOST_NAME = 60
MOST_FOOTER = 150


def render(subject: object, look: Look) -> bytes:
    """The story as a PPTX file, the same bytes for the same subject. Raises Unreadable for a logo that is no picture.

    A user's own templates are for text formats; a deck is dressed by title, client, logo and accent.
    """
    story, colours = cleaned(story_of(subject)), palette(look.brand.accent)
    title = printable(look.brand.title) or story.title
    deck = empty_deck(colours)
    _date(deck, story, title)
    open_deck(deck, story, replace(look.brand, title=title, client=printable(look.brand.client)), colours)
    footer = _footer(story, title)
    for section in story.sections:
        _draw_section(deck, section, footer, colours)
    spell(deck, story.language)
    out = BytesIO()
    deck.save(out)
    return sealed(out.getvalue())


def _footer(story: Story, title: str) -> str:
    """On one line; where not all has room, without the title, which stands on the first slide."""
    foot = [fitted(story.subject, MOST_NAME), fitted(title, MOST_NAME), story.footer]
    for parts in (foot, [foot[0], foot[2]]):
        line = " · ".join(filter(None, parts))
        if lines_of(line, FOOT_WIDTH, FOOT_SIZE, False) == 1:
            return line
    return fitted(line, MOST_FOOTER)


def cleaned(part: Part) -> Part:
    """Every text in it printable: XML has no place for control characters."""
    if isinstance(part, str):
        return cast(Part, printable(part))
    if isinstance(part, tuple):
        return cast(Part, tuple(cleaned(item) for item in part))
    if is_dataclass(part) and not isinstance(part, type):
        return cast(Part, replace(part, **{field.name: cleaned(getattr(part, field.name)) for field in fields(part)}))
    return part


def _draw_section(deck: Deck, section: Section, footer: str, colours: Palette) -> None:
    layouts = [pages(pieces_of(section, sizes)) for sizes in SIZES]
    fewest = min(map(len, layouts))
    for number, page in enumerate(next(layout for layout in layouts if len(layout) == fewest)):
        slide = add_slide(deck, footer)
        title = fitted(section.title, MOST_TITLE)
        assert slide.shapes.title
        slide.shapes.title.text_frame.text = _("{title}, continued").format(title=title) if number else title
        for placed in page:
            draw(slide, placed, colours)
        said = [*(section.notes if number == 0 else ()), *_whole(page)]
        if said:
            frame = slide.notes_slide.notes_text_frame
            assert frame
            frame.text = "\n".join(said)


def _whole(page: tuple[Placed, ...]) -> Iterator[str]:
    """What was shortened on the page, once each."""
    return iter(dict.fromkeys(run.whole for placed in page for run in placed.piece.runs if run.whole))


def _date(deck: Deck, story: Story, title: str) -> None:
    """Whose deck it is, and of the day of what it reports."""
    days = re.findall(r"\d{4}-\d{2}-\d{2}", story.date)
    day = datetime.fromisoformat(days[-1]) if days else datetime(*EPOCH)
    about = deck.core_properties
    about.author = about.last_modified_by = "cvp"
    about.title, about.subject, about.language = title[:255], story.subject[:255], story.language
    about.comments = story.basis[:255]
    about.created = about.modified = day
    about.revision = 1
