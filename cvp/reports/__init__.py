"""One module a format, each with `render(subject, look)`; imported when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, cast, runtime_checkable

from cvp import formats
from cvp.assessment import Assessment
from cvp.errors import WrongUsage
from cvp.reports.brand import Brand
from cvp.speaking import ENGLISH, speaking


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader's screen or paper can show: columns, whether colour, and whether more than ASCII; whose it is."""

    width: int = 80
    colour: bool = False
    ascii_only: bool = False
    brand: Brand = Brand()  # noqa: RUF009 - frozen


class Report(Protocol):
    """What a module of this folder offers."""

    def render(self, subject: object, look: Look) -> str | bytes:
        """The whole report; a text ends with a line feed. Raises WrongUsage for a subject that it cannot draw."""


@runtime_checkable
class InLanguage(Protocol):
    """A subject that was asked or scored in a language, as in `de`: its report is in the same."""

    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Format(formats.Format):
    """What is `for_programs` is in English whatever the subject's language, so that the same words are the same."""

    for_programs: bool = False


@dataclass(frozen=True, slots=True)
class _Speaking:
    """A report in the language of its subject; the one place that decides it."""

    module: Report
    for_programs: bool

    def render(self, subject: object, look: Look) -> str | bytes:
        language = ENGLISH if self.for_programs or not isinstance(subject, InLanguage) else subject.language
        with speaking(language):
            return self.module.render(subject, look)


TERMINAL: Final = "terminal"
"""The one format that fits itself to the screen; all others are files, in UTF-8 or bytes."""

FORMATS: Final[Mapping[str, Format]] = {
    TERMINAL: Format("cvp.reports.terminal", (".txt",)),
    "json": Format("cvp.reports.json_text", (".json",), for_programs=True),
    "html": Format("cvp.reports.html", (".html", ".htm")),
    "markdown": Format("cvp.reports.markdown", (".md", ".markdown")),
    "pptx": Format("cvp.reports.slides", (".pptx",), extra="slides"),
    "csv": Format("cvp.reports.csv_text", (".csv",), for_programs=True),
    "svg": Format("cvp.reports.svg", (".svg",)),
}


def report(name: str) -> Report:
    """The report of a format in FORMATS, in the language of whatever it renders. Raises MissingExtra."""
    chosen = FORMATS[name]
    return _Speaking(cast(Report, formats.load(chosen, f"--format {name}")), chosen.for_programs)


def assessment_of(subject: object, name: str) -> Assessment:
    """The subject, where it is an assessment: some formats draw nothing else. Raises WrongUsage."""
    if isinstance(subject, Assessment):
        return subject
    raise WrongUsage(f"--format {name}: shows assessments alone; take html or markdown")
