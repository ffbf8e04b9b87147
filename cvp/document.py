"""A file as data, with the place of every key and value. Nothing here knows YAML or JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | tuple[Value, ...] | dict[str, Value]"
Route: TypeAlias = tuple[str | int, ...]
"""How to get to a value from the top: `("criteria", 3, "label")`."""

Span: TypeAlias = tuple[int, int, int, int]
"""First line and column, last line and the column after the last character; all from 0, as the parser counts."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; lines and columns from 1, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """What mends a fault: the text that takes the place of what stands there."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a route or a place of a document, before a rule's id is stamped on it.

    `kind` names the faults that the reader finds; rules leave it empty. `on_key` points at the key, not its value.
    `edits` mend it without a change of meaning, where that can be done safely.
    """

    message: str
    route: Route = ()
    place: Place | None = None
    on_key: bool = False
    kind: str = ""
    help: str = ""
    edits: tuple[Edit, ...] = ()


def place_of(span: Span) -> Place:
    return Place(span[0] + 1, span[1] + 1, span[2] + 1, span[3] + 1)


@dataclass(frozen=True)
class Document:
    """One file: its name as the user gave it, its text, its data, and where each part of the data stands.

    `values` and `keys` map routes to spans. `faults` holds what the reader found wrong; where the text is no
    document at all, `data` is None.
    """

    name: str
    text: str = field(repr=False)
    data: Value = None
    values: Mapping[Route, Span] = field(default_factory=dict, repr=False)
    keys: Mapping[Route, Span] = field(default_factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()

    def place(self, route: Route, on_key: bool = False) -> Place:
        """Where `route` stands, or the nearest part above it that is in the file."""
        span = (self.keys.get(route) if on_key else None) or self.values.get(route)
        if span:
            return place_of(span)
        for depth in range(len(route) - 1, 0, -1):
            upper = route[:depth]
            if upper in self.values:
                return place_of(self.keys.get(upper, self.values[upper]))
        return Place(1, 1, 1, 1)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line(self, number: int) -> str:
        """A line of the text, counted from 1; empty where there is none."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def at(self, route: Route) -> Value:
        """The value at `route`; None where there is none."""
        value = self.data
        for step in route:
            value = step_into(value, step)
        return value


def step_into(value: Value, step: str | int) -> Value:
    """One step down a route; None where it leads nowhere."""
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
