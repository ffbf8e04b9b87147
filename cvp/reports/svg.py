"""The ladder alone, as a picture for a blog: SVG without a script, a font or a request."""

from typing import Final

from cvp.comparing.claim import ClaimComparison
from cvp.errors import WrongUsage
from cvp.reports import Look
from cvp.reports.html import in_html
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Figure, Story
from cvp.reports.story.charts import Ladder
from cvp.reports.story.claim import buyers_ladder
from cvp.reports.templates import fill_ours

TEMPLATE: Final = "ladder.svg.jinja"


def render(subject: object, look: Look) -> str:
    """The first ladder of the story, or that of a claim's buyers. Raises WrongUsage for a story that has none."""
    story = story_of(subject)
    ladder = buyers_ladder(subject) if isinstance(subject, ClaimComparison) else _first_ladder(story)
    if ladder is None:
        raise WrongUsage("--format svg: draws the ladder, and there is none here; take html or markdown")
    return fill_ours(TEMPLATE, story, look, in_html, chart=ladder)


def _first_ladder(story: Story) -> Ladder | None:
    blocks = (block for section in story.sections for block in section.blocks)
    charts = (block.chart for block in blocks if isinstance(block, Figure))
    return next((chart for chart in charts if isinstance(chart, Ladder)), None)
