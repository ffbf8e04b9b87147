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
        """The inputs, as reports name them: without their folders, where that tells them apart."""
        names = [Path(name).name or name for name in self.inputs]
        names = names if len({*names}) == len(names) else [*self.inputs]
        return ", ".join(names[:3]) + (", …" if names[3:] else "")

    @property
    def target(self) -> Path | None:
        """The file for the rows; None where they go to standard output or are not written."""
        return None if self.output in (None, "-") else Path(self.output)
