"""Markdown for a pull request or a wiki: CommonMark with GitHub's tables; pictures are tables with bars of signs."""

import re
from typing import Final

from cvp.reports import Look
from cvp.reports.markdown.escaping import in_markdown
from cvp.reports.story import story_of
from cvp.reports.templates import fill

TEMPLATE: Final = "report.md.jinja"


def render(subject: object, look: Look) -> str:
    """The story in our template, or in the user's own."""
    return re.sub(r"\n{3,}", "\n\n", fill(TEMPLATE, story_of(subject), look, in_markdown))
