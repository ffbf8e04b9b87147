"""One HTML page to print: boxes to tick, in one language; no script, no request."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from cvp.exports import Edition
from cvp.exports.paper import paper_of
from cvp.questionnaire import Questionnaire
from cvp.reports.html import in_html
from cvp.reports.templates import SETTINGS


def render(questionnaire: Questionnaire, edition: Edition) -> str:
    return _template().render(paper=paper_of(questionnaire, edition))


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, finalize=in_html, **SETTINGS).get_template("paper.html.jinja")  # noqa: S701
