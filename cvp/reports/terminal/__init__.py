"""The report on a terminal: one screen that says it all, then the details."""

from collections.abc import Iterator

from rich.text import Text

from cvp.assessment import Assessment
from cvp.reports import Look
from cvp.reports.terminal import details
from cvp.reports.terminal.first_screen import first_screen
from cvp.reports.terminal.layout import Page, Part
from cvp.reports.terminal.printing import printed


def render(subject: object, look: Look) -> str:
    """The whole report for a screen of `look.width` columns, with ANSI colours where it has colour."""
    page = Page(look)
    if isinstance(subject, Assessment):
        return printed(_parts(subject, page), look)
    from cvp.reports.story import story_of
    from cvp.reports.terminal.blocks import parts_of

    return printed(parts_of(story_of(subject), page), look)


def _parts(a: Assessment, page: Page) -> Iterator[Part]:
    yield from first_screen(a, page)
    yield from _section("Gates", details.gates(a, page))
    yield from _section("Answers", details.answers(a, page))
    yield from _section("Lenses", details.lenses(a, page))
    yield from _section("Safeguards", details.safeguards(a, page))
    yield from _section("The room", details.room(a, page))
    yield from _section("Open questions, the most telling first", details.open_questions(a, page))
    yield from _section("Single answers that would change the level", details.flips(a, page))
    yield from _section("The way to Level 4", details.path(a, page))
    yield from _section("Before and after", details.before_and_after(a, page))
    yield from _section("The first buyers to ask", details.first_buyers(a, page))
    yield from _section("Sources and versions", details.versions(a, page))


def _section(title: str, parts: Iterator[Part]) -> Iterator[Part]:
    """The title and what is under it; nothing where there is nothing."""
    for number, part in enumerate(parts):
        if number == 0:
            yield Text("")
            yield Text(title, style="bold")
        yield part
