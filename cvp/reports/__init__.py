"""One module a format, each with `render(assessment, look)`; imported when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from cvp.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader's screen or paper can show: columns, whether colour, and whether more than ASCII."""

    width: int = 80
    colour: bool = False
    ascii_only: bool = False


class Report(Protocol):
    """What a module of this folder offers."""

    def render(self, assessment: Assessment, look: Look) -> str:
        """The whole report, ending with a line feed."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format's module, and the endings of `--output` that mean it."""

    module: str
    endings: tuple[str, ...]


FORMATS: Final[Mapping[str, Format]] = {
    "terminal": Format("cvp.reports.terminal", (".txt",)),
    "json": Format("cvp.reports.json_text", (".json",)),
}


def report(name: str) -> Report:
    """The report of a format in FORMATS."""
    return cast(Report, import_module(FORMATS[name].module))


def format_of(file_name: str) -> str | None:
    """The format that a file's ending means; None for an ending that means none."""
    return next((name for name, f in FORMATS.items() if file_name.lower().endswith(f.endings)), None)
