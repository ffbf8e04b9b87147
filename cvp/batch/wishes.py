"""What is asked of a batch."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of `cvp batch`; None and empty where they say nothing. `language` is that of reports."""

    inputs: tuple[str, ...]
    date: str
    map: str | None = None
    dialect: str | None = None
    by: tuple[str, ...] = ()
    date_column: str | None = None
    output: str | None = None
    assessments: str | None = None
    rejects: str | None = None
    max_rejects: int | None = None
    min_group: int = 5
    resume: bool = False
    summary: bool = True
    items: bool = False
    self_selected: bool = False
    language: str | None = None

    @property
    def source(self) -> str:
        """The inputs, as reports name them."""
        return ", ".join(self.inputs[:3]) + (", …" if self.inputs[3:] else "")

    @property
    def target(self) -> Path | None:
        """The file for the rows, where they are written."""
        return None if self.output is None else Path(self.output)
