"""Findings as text, for a person or for a program: one module a format, each with `render(run, show)`.

Every format shows the same findings in the same order, file names as `names.py` makes them, and foreign texts with
whatever could steer a screen written out. No format writes a time, or a path of this machine that was not given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from cvp.finding import Run, Severity


@dataclass(frozen=True, slots=True)
class Show:
    """How findings are shown: in colour or not, with a count of each rule or not, and which of them are failures."""

    colour: bool = False
    statistics: bool = False
    fail_on: Severity = Severity.INFO


class Diagnostics(Protocol):
    """What a module of this folder offers."""

    def render(self, run: Run, show: Show) -> str:
        """All of the run, ending with a line feed."""


FORMATS: Final[Mapping[str, str]] = {
    "text": "cvp.diagnostics.text",
    "concise": "cvp.diagnostics.concise",
    "json": "cvp.diagnostics.json_text",
    "github": "cvp.diagnostics.github",
    "gitlab": "cvp.diagnostics.gitlab",
    "sarif": "cvp.diagnostics.sarif",
    "junit": "cvp.diagnostics.junit",
}
"""The module of each format."""


def diagnostics(name: str) -> Diagnostics:
    """The diagnostics of a format in FORMATS."""
    return cast(Diagnostics, import_module(FORMATS[name]))
