"""The deck in an office suite: it opens, shows every text of every slide, and lets none run out of its place."""

import re
import shutil
import subprocess
from html import unescape
from typing import Final

import pytest
from decks import SUBJECTS, deck_bytes, deck_of, paragraphs
from real import needs

from cvp.reports.slides.paging import BOTTOM, MARGIN, ROOM_X

BY_NAME = pytest.mark.parametrize("name", SUBJECTS)
SOFFICE: Final = shutil.which("soffice")
PDFTOTEXT: Final = shutil.which("pdftotext")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of each page, with where they end, as an office suite sets them; all decks in one run of it."""
    needs(SOFFICE is not None and PDFTOTEXT is not None, "needs LibreOffice Impress and poppler-utils")
    assert SOFFICE
    assert PDFTOTEXT
    folder = tmp_path_factory.mktemp("decks")
    for name, subject in SUBJECTS.items():
        (folder / f"{name}.pptx").write_bytes(deck_bytes(subject()))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *(str(folder / f"{name}.pptx") for name in SUBJECTS)], check=True, capture_output=True, timeout=120
    )
    made = {}
    for name in SUBJECTS:
        done = subprocess.run(
            [PDFTOTEXT, "-bbox", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True
        )
        made[name] = done.stdout.split("<page ")[1:]
    return made


@BY_NAME
def test_an_office_suite_shows_every_slide(papers: dict[str, list[str]], name: str) -> None:
    slides = list(deck_of(SUBJECTS[name]()).slides)
    assert len(papers[name]) == len(slides)
    for page, slide in zip(papers[name], slides, strict=True):
        shown = unescape("".join(re.findall(r">([^<]*)</word>", page)))
        for text in paragraphs(slide):
            if text.isascii():  # what runs from the right comes back in another order
                assert "".join(text.split()) in shown


@BY_NAME
def test_an_office_suite_lets_no_text_run_out(papers: dict[str, list[str]], name: str) -> None:
    for number, page in enumerate(papers[name][1:], 2):
        words = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        assert words
        for left, top, right, bottom, word in words:
            assert float(left) >= MARGIN - 2, (number, word)
            assert float(right) <= MARGIN + ROOM_X + 4, (number, word)
            assert float(bottom) <= BOTTOM + 2 or float(top) >= 500, (number, word)
