"""The report on a terminal: one screen that says it all, then the details."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.reports import Look
from cvp.reports.terminal import details
from cvp.reports.terminal.first_screen import first_screen
from cvp.reports.terminal.layout import Page, Part
from cvp.reports.terminal.printing import printed
from cvp.speaking import N_, _

VERSIONS: Final = N_("Sources and versions")


def render(subject: object, look: Look) -> str:
    """The whole report for a screen of `look.width` columns, with ANSI colours where it has colour."""
    page = Page(look)
    if isinstance(subject, Assessment):
        return printed(_parts(subject, page), look)
    if isinstance(subject, Joined):
        return printed(_joined(subject, page), look)
    from cvp.reports.story import story_of
    from cvp.reports.terminal.blocks import parts_of

    return printed(parts_of(story_of(subject), page), look)


def _parts(a: Assessment, page: Page) -> Iterator[Part]:
    yield from first_screen(a, page)
    yield from _details(a, page)
    yield from _section(_(VERSIONS), details.versions(a, page))


def _joined(joined: Joined, page: Page) -> Iterator[Part]:
    """The leading assessment as it is told alone, the others beside it and after it."""
    from cvp.reports.story.joined import added, together
    from cvp.reports.terminal.blocks import section_parts

    yield from first_screen(joined.lead, page)
    yield from section_parts(together(joined), page)
    yield from _details(joined.lead, page)
    for section in added(joined):
        yield from section_parts(section, page)
    yield from _section(_(VERSIONS), (part for a in joined.assessments for part in details.versions(a, page)))


def _details(a: Assessment, page: Page) -> Iterator[Part]:
    yield from _section(_("Gates"), details.gates(a, page))
    yield from _section(_("Answers"), details.answers(a, page))
    yield from _section(_("Lenses"), details.lenses(a, page))
    yield from _grid(a, page)
    yield from _section(_("Safeguards"), details.safeguards(a, page))
    yield from _section(_("The room"), details.room(a, page))
    yield from _section(_("Open questions, the most telling first"), details.open_questions(a, page))
    yield from _section(_("Single answers that would change the level"), details.flips(a, page))
    yield from _section(_("The way to Level 4"), details.path(a, page))
    yield from _section(_("Before and after"), details.before_and_after(a, page))
    yield from _section(_("The first buyers to ask"), details.first_buyers(a, page))


def _grid(a: Assessment, page: Page) -> Iterator[Part]:
    """Where the questionnaire crosses two lenses."""
    if a.grid:
        from cvp.reports.story.grid import grid
        from cvp.reports.terminal.blocks import section_parts

        if (section := grid(a)).blocks:
            yield from section_parts(section, page)


def _section(title: str, parts: Iterator[Part]) -> Iterator[Part]:
    """The title and what is under it; nothing where there is nothing."""
    for number, part in enumerate(parts):
        if number == 0:
            yield Text("")
            yield Text(title, style="bold")
        yield part
