"""Findings as text, for a person or for a program: one module a format, each with `render(run, look)`."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from cvp.finding import Run


@dataclass(frozen=True, slots=True)
class Show:
    """How findings are shown: in colour or not, and with a count of each rule at the end."""

    colour: bool = False
    statistics: bool = False


class Diagnostics(Protocol):
    """What a module of this folder offers."""

    def render(self, run: Run, show: Show) -> str:
        """All of the run, ending with a line feed."""


FORMATS: Final[Mapping[str, str]] = {
    "text": "cvp.diagnostics.text",
}
"""The module of each format."""


def diagnostics(name: str) -> Diagnostics:
    """The diagnostics of a format in FORMATS."""
    return cast(Diagnostics, import_module(FORMATS[name]))
