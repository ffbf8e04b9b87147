"""The ladder alone, as a picture for a blog: SVG without a script, a font or a request."""

from typing import Final

from cvp.errors import WrongUsage
from cvp.reports import Look
from cvp.reports.html import in_html
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Figure
from cvp.reports.story.charts import Ladder
from cvp.reports.templates import fill_ours

TEMPLATE: Final = "ladder.svg.jinja"


def render(subject: object, look: Look) -> str:
    """The first ladder of the story. Raises WrongUsage for a story that has none."""
    story = story_of(subject)
    blocks = (block for section in story.sections for block in section.blocks)
    charts = (block.chart for block in blocks if isinstance(block, Figure))
    ladder = next((chart for chart in charts if isinstance(chart, Ladder)), None)
    if ladder is None:
        raise WrongUsage("--format svg: draws the ladder, and there is none here; take html or markdown")
    return fill_ours(TEMPLATE, story, look, in_html, chart=ladder)
