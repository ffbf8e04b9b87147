"""One HTML file that needs nothing else: no script, no request, readable at any width, on paper, and by ear."""

from typing import Final

from markupsafe import Markup

from cvp.reports import Look
from cvp.reports.story import story_of
from cvp.reports.templates import fill
from cvp.text import printable

TEMPLATE: Final = "report.html.jinja"


def render(subject: object, look: Look) -> str:
    """The story in our template, or in the user's own."""
    return fill(TEMPLATE, story_of(subject), look, in_html)


def in_html(value: object) -> str:
    """Printable; Jinja then escapes what is not Markup."""
    return value if isinstance(value, Markup) else printable(str(value))
