"""What reports are made of: texts, lists, tables, cards and pictures, in sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from cvp.reports.story.charts import Chart

Tone: TypeAlias = Literal["", "good", "bad", "quiet"]
"""How a text is meant; never said by colour alone."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of ours or of the client's; `lead` is one that is read first."""

    text: str
    lead: bool = False
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Entries of equal rank, or of an order where `ordered`; under a title where they have one."""

    entries: tuple[str, ...]
    ordered: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `number` where it is one, unrounded, beside how it is shown."""

    text: str
    number: float | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; `right` are the columns that hold numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with a title (or none), a few words beside it, and named texts: a move, an answer."""

    title: str
    aside: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    chart: Chart
    caption: str = ""


Block: TypeAlias = Paragraph | Bullets | Table | Card | Figure


def runs(blocks: Iterable[Block]) -> list[tuple[str, tuple[Block, ...]]]:
    """Blocks of one kind in a row, which a format may set side by side; each run with its kind's name in small."""
    return [(kind, tuple(run)) for kind, run in groupby(blocks, lambda block: type(block).__name__.lower())]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: `key` names it in links, `notes` are for the one who presents it."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A whole report. `headline` is the result in one line, `basis` what kind of result; `footer` names versions."""

    title: str
    subject: str
    date: str
    language: str
    headline: str
    basis: str
    sections: tuple[Section, ...]
    footer: str = ""
    level: int | None = None
