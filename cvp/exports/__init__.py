"""A questionnaire as a form of another tool: one module a format, each with `render(questionnaire, edition)`.

All forms ask the same (`entries.py`), by the ids of the questionnaire, so that `cvp batch` reads their answers back
without being told. No respondent is shown a level, a score, or which question is a safeguard.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, cast

from cvp import formats
from cvp.errors import WrongUsage
from cvp.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Edition:
    """How a form is made: the language that it is in or opens in, and whether it tells what is for facilitators."""

    language: str
    guidance: bool = False


class Export(Protocol):
    """What a module of this folder offers."""

    def render(self, questionnaire: Questionnaire, edition: Edition) -> str | bytes:
        """The whole form; a text ends with a line feed."""


@dataclass(frozen=True, slots=True)
class Format(formats.Format):
    """A form that has a place for guidance, or none."""

    guidance: bool = True


FORMATS: Final[Mapping[str, Format]] = {
    "xlsform": Format("cvp.exports.xlsform", (".xlsx",), extra="forms"),
    "surveyjs": Format("cvp.exports.surveyjs", (".json",), guidance=False),
    "csv": Format("cvp.exports.csv_form", (".csv",), guidance=False),
    "markdown": Format("cvp.exports.markdown_form", (".md", ".markdown")),
    "html": Format("cvp.exports.html_form", (".html", ".htm")),
}


def export(name: str, questionnaire: Questionnaire, edition: Edition) -> str | bytes:
    """The questionnaire in a format of FORMATS. Raises MissingExtra, and WrongUsage for guidance without a place."""
    chosen = FORMATS[name]
    if edition.guidance and not chosen.guidance:
        known = ", ".join(other for other, format_ in FORMATS.items() if format_.guidance)
        raise WrongUsage(f"--to {name}: has no place for --guidance; leave that out, or take one of {known}")
    return cast(Export, formats.load(chosen, f"--to {name}")).render(questionnaire, edition)
