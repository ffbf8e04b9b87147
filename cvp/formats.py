"""Formats that cvp writes: each is a module, imported when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from cvp.errors import missing


@dataclass(frozen=True, slots=True)
class Format:
    """A format's module, the endings of `--output` that mean it, and the extra that its libraries come with."""

    module: str
    endings: tuple[str, ...]
    extra: str = ""


def load(format_: Format, asked: str) -> ModuleType:
    """The format's module. Raises MissingExtra, which says what was `asked`, as in `--format pptx`."""
    try:
        return import_module(format_.module)
    except ModuleNotFoundError as error:
        if not format_.extra or (error.name or "").startswith("cvp"):
            raise
        raise missing(f"{asked}:", error.name, format_.extra) from None


def format_of(file_name: str, formats: Mapping[str, Format]) -> str | None:
    """The format that a file's ending means; None for an ending that means none."""
    return next((name for name, f in formats.items() if file_name.lower().endswith(f.endings)), None)
