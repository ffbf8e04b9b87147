"""The HTML report in a real browser: no complaint, no request, accessible, fitting every width, whole on paper."""

import base64
import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import survey_tools
from assessments import REPORTED
from browser import CHROMIUM, CHROMIUM_MISSING, Browser, browser
from claims import claim, summary
from real import NPM, NPM_MISSING, needs
from typer.testing import Result

from cvp.comparing.claiming import compare_claim
from cvp.comparing.measure import Measure
from cvp.reports import Look, report
from cvp.reports.brand import Brand, Logo

Run = Callable[..., Result]

AXE = NPM / "axe-core" / "axe.min.js"
PDFTOTEXT = shutil.which("pdftotext")
# A serious fault in any of the rules of WCAG 2.2 A and AA, and of good practice.
JUDGE = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
  .filter(fault => ["serious", "critical"].includes(fault.impact))
  .map(fault => fault.id + ": " + fault.nodes.slice(0, 3).map(node => node.html).join(" ")))"""


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    needs(CHROMIUM is not None, CHROMIUM_MISSING)
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for name, assessment in REPORTED.items():
        made[name] = folder / f"{name}.html"
        text = report("html").render(assessment(), Look(brand=Brand(accent="#c7a008" if name == "room" else "")))
        assert isinstance(text, str)
        made[name].write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", REPORTED)
def test_a_browser_shows_it_without_complaint(page: Browser, files: dict[str, Path], name: str) -> None:
    """In light and dark, at the width of a phone and of a desk; what axe-core calls serious is a fault."""
    needs(AXE.exists(), NPM_MISSING)
    axe = AXE.read_text(encoding="utf-8")
    for width, dark in ((400, False), (1280, True)):
        page.open(files[name], width=width, dark=dark)
        assert page.complaints == []
        assert page.requests == []
        assert page.run("document.documentElement.scrollWidth") <= width
        assert page.run("document.querySelectorAll('details').forEach(part => part.open = true)") is None
        page.run(f"{axe};0")
        assert page.run(JUDGE) == []


def test_the_judges_would_see_a_fault(page: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """A script and a foreign picture are stopped by the page's own policy, which the console tells."""
    needs(AXE.exists(), NPM_MISSING)
    spoiled = tmp_path / "spoiled.html"
    script, picture = '<script>document.title = "owned"</script>', '<img src="https://evil.example/x.png">'
    faults = f'{script}{picture}<p style="color:#eee">pale words</p></main>'
    text = files["zipcar"].read_text(encoding="utf-8").replace("</main>", faults)
    spoiled.write_text(text, encoding="utf-8")
    page.open(spoiled)
    page.run(f"{AXE.read_text(encoding='utf-8')};0")
    assert {fault.partition(":")[0] for fault in page.run(JUDGE)} == {"color-contrast", "image-alt"}
    assert page.run("document.title") == "Zipcar: Level 2: Gets the job done"
    assert sum("Content Security Policy" in complaint for complaint in page.complaints) >= 2
    assert page.requests in ([], ["https://evil.example/x.png"])  # asked for, and blocked


def test_a_phone_shows_the_logo_above_the_title_and_whole_words(page: Browser, tmp_path: Path) -> None:
    file = tmp_path / "phone.html"
    text = report("html").render(REPORTED["zipcar"](), Look(brand=Brand(logo=Logo(PIXEL, "image/png"))))
    assert isinstance(text, str)
    file.write_text(text, encoding="utf-8")
    page.open(file, width=400)
    assert page.run(f"{edge('.masthead img', 'bottom')} <= {edge('h1', 'top')}")
    assert page.run(BROKEN) == []
    assert page.run("document.body.style.width = '90px'; " + BROKEN) != []  # the judge would see it


def test_a_phone_shows_all_figures_of_a_summary_and_whole_captions(page: Browser, tmp_path: Path, run: Run) -> None:
    header, *rows = csv.reader(io.StringIO(survey_tools.plain().data.decode()))
    countries = ("Switzerland", "Germany", "France")
    many = [[f"{number}", *rows[number % 30][1:], countries[number % 3]] for number in range(3_000)]
    (tmp_path / "in.csv").write_bytes(survey_tools.delimited([[*header, "country"], *many]))
    file = tmp_path / "summary.html"
    asked = ("--questionnaire", "buyers", "--by", "country", "--summary", file)
    assert run("batch", tmp_path / "in.csv", *asked).exit_code == 0
    page.open(file, width=420)
    cut = """[...document.querySelectorAll("main td.right")].filter(cell => cell.getBoundingClientRect().right >
      cell.closest(".scroll").getBoundingClientRect().right + 1).length"""
    assert page.run(cut) == 0
    page.open(file, width=280)
    assert page.run(cut) > 0  # the judge would see it
    assert page.run("Math.max(...[...document.querySelectorAll('caption *')].map(one => one.scrollWidth))") <= 240


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

# Words that begin on one line and end on another.
BROKEN = """(() => {
  const found = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  document.querySelectorAll("details").forEach(part => part.open = true);
  for (let text; text = texts.nextNode();)
    for (const word of text.parentElement.closest("svg") ? [] : text.data.matchAll(/\\p{L}{3,}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) found.push(word[0]);
    }
  return found;
})()"""


def edge(selector: str, side: str) -> str:
    return f"document.querySelector('{selector}').getBoundingClientRect().{side}"


def test_it_is_dark_where_the_reader_wants_it(page: Browser, files: dict[str, Path]) -> None:
    behind = "getComputedStyle(document.body).backgroundColor"
    page.open(files["zipcar"], dark=True)
    assert page.run(behind) == "rgb(20, 24, 28)"
    page.open(files["zipcar"], dark=True, media="print")
    assert page.run(behind) == "rgb(255, 255, 255)"


def test_the_keyboard_skips_to_the_report(page: Browser, files: dict[str, Path]) -> None:
    page.open(files["zipcar"])
    for event in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=event, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert page.run("document.activeElement.textContent") == "Skip to the report"
    assert page.run("document.activeElement.getBoundingClientRect().left") >= 0


@pytest.mark.parametrize("name", REPORTED)
def test_paper_cuts_no_table_and_no_card(page: Browser, files: dict[str, Path], tmp_path: Path, name: str) -> None:
    """A4 with page numbers; what begins on a page ends there, unless it is longer than one."""
    needs(PDFTOTEXT is not None, "pdftotext is not installed; install the package poppler-utils")
    page.open(files[name], media="print")
    parts = page.run(PARTS)
    (tmp_path / "report.pdf").write_bytes(page.pdf())
    pages = pages_of(tmp_path / "report.pdf")
    sizes = subprocess.run(["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in sizes
    assert [text.split()[:3] for text in pages] == [[str(n), "/", str(len(pages))] for n in range(1, len(pages) + 1)]
    assert len(parts) > 5
    assert [part for part in parts if not any(letters(part) in letters(text) for text in pages)] == []
    assert "The way to Level 4" not in pages[0]  # the first page is the executive's


def test_paper_cuts_no_text_that_leads_to_a_table(page: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """Wherever on the page it comes: its section is pushed down bit by bit."""
    needs(PDFTOTEXT is not None, "pdftotext is not installed; install the package poppler-utils")
    page.open(files["zipcar"], media="print")
    text = page.run(PUSHED)
    assert len(text) > 150, "it takes two lines"
    for height in range(0, 1000, 40):
        page.run(f"document.getElementById('push').style.marginTop = '{height}px'")
        (tmp_path / "report.pdf").write_bytes(page.pdf())
        assert any(letters(text) in letters(paper) for paper in pages_of(tmp_path / "report.pdf")), height


def test_paper_keeps_the_footer_with_what_stands_above_it(page: Browser, tmp_path: Path) -> None:
    """Wherever on the page the last section comes."""
    needs(PDFTOTEXT is not None, "pdftotext is not installed; install the package poppler-utils")
    measure = Measure.model_validate(summary((0, 40, 20, 0)), strict=False)
    text = report("html").render(compare_claim(claim(), measure), Look())
    assert isinstance(text, str)
    (tmp_path / "gap.html").write_text(text, encoding="utf-8")
    page.open(tmp_path / "gap.html", media="print")
    last = page.run("[...document.querySelectorAll('.section:last-child dd')].at(-1).innerText")
    for height in range(0, 1000, 30):
        page.run(f"document.querySelector('.section:last-child').style.marginTop = '{height}px'")
        (tmp_path / "gap.pdf").write_bytes(page.pdf())
        assert letters(last) in letters(pages_of(tmp_path / "gap.pdf")[-1]), height


# A text that is made to take two lines, in a section that can be pushed down.
PUSHED = """(() => {
  const text = document.querySelector("h2 + p:has(+.scroll)");
  text.textContent = "So many words as fill a line. ".repeat(7).trim();
  text.parentElement.id = "push";
  return text.textContent
})()"""

# The texts of the tables and cards that are no longer than a page, in the order of the file.
PARTS = """[...document.querySelectorAll("main table, .card")]
  .filter(part => part.offsetParent && part.getBoundingClientRect().height < 900 && !part.closest("details"))
  .map(part => [...part.querySelectorAll("caption, th, td, h3, .aside, dt, dd")].map(cell => cell.innerText).join(" "))
  .filter(text => !/[^\\u0000-\\u2fff]/.test(text))"""


def pages_of(file: Path) -> list[str]:
    """The text of each page, in the order in which it was written."""
    assert PDFTOTEXT
    done = subprocess.run([PDFTOTEXT, "-raw", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def letters(text: str) -> str:
    """What is left when lines are broken elsewhere."""
    return re.sub(r"[\s\u00ad-]+", "", text)
