"""Decks read back: texts, shapes, and the workbooks in which charts keep their figures."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from assessments import REPORTED
from gallery import GALLERY
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from cvp.reports import Look, report
from cvp.reports.brand import Brand

SUBJECTS: Final[dict[str, Callable[[], object]]] = {**REPORTED, "gallery": lambda: GALLERY}
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def deck_bytes(subject: object, brand: Brand | None = None) -> bytes:
    made = report("pptx").render(subject, Look(brand=brand or Brand()))
    assert isinstance(made, bytes)
    return made


def deck_of(subject: object, brand: Brand | None = None) -> Deck:
    return Presentation(BytesIO(deck_bytes(subject, brand)))


def paragraphs(slide: Slide) -> list[str]:
    """Every text on the slide but those of charts."""
    return [text for shape in slide.shapes for text in _paragraphs(shape)]


def _paragraphs(shape: BaseShape) -> Iterator[str]:
    if shape.has_text_frame:
        yield from (p.text for p in shape.text_frame.paragraphs)  # type: ignore[attr-defined]
    elif shape.has_table:
        for cell in shape.table.iter_cells():  # type: ignore[attr-defined]
            yield from (p.text for p in cell.text_frame.paragraphs)
    elif hasattr(shape, "shapes"):
        for part in shape.shapes:
            yield from _paragraphs(part)


def notes(slide: Slide) -> str:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return frame.text if frame else ""


def title(slide: Slide) -> str:
    assert slide.shapes.title
    said: str = slide.shapes.title.text_frame.text
    return said


def sheet(workbook: bytes) -> list[list[str | float | None]]:
    """The cells of the one sheet; the first row holds the names of the series, the first column the labels."""
    with ZipFile(BytesIO(workbook)) as parts:
        strings = ET.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in entry.iter(f"{_SHEET}t")) for entry in strings]
        cells = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not list(cells.iter(f"{_SHEET}f"))  # no formulas
    assert not list(cells.iter(f"{_SHEET}hyperlink"))
    rows = []
    for row in cells.iter(f"{_SHEET}row"):
        found: dict[str, str | float] = {}
        for cell in row:
            value = cell.findtext(f"{_SHEET}v")
            if value is not None:
                column = str(cell.get("r")).rstrip("0123456789")
                found[column] = texts[int(value)] if cell.get("t") == "s" else float(value)
        rows.append([found.get(column) for column in "ABCDEFGHIJ"])
    return rows
