"""libyaml's events → values of YAML 1.2 core, with the span of every key and value.

The usual constructors lose places and duplicate keys, read `no` as False, expand alias bombs, and die of deep nesting
(the C one takes the process with it). A stream of events does none of that, and is read twice as fast.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final, cast

import yaml

from cvp.document import Edit, Fault, Place, Route, Scalar, Span, Value, place_of
from cvp.text import UNPRINTABLE, escaped

MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 18
MAX_FAULTS: Final = 50
MAX_VALUES: Final = 30_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # wheels of PyYAML carry the C parser
_INTEGER: Final = re.compile(r"([-+]?)([0-9]+)|0o([0-7]+)|0x([0-9a-fA-F]+)", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_BE_NO_TEXT: Final = frozenset("~nNtTfF+-.0123456789")

_HELP: Final = (
    ("mapping keys are not allowed", 'a bare ? is a sign of YAML\'s own; put it in quotes: "?"'),
    ("mapping values are not allowed", "put a text that holds a colon and a space in quotes"),
    ("cannot start any token", "indent with spaces, and put a text that starts with @, `, % or a tab in quotes"),
    ("did not find expected key", "this line's indentation fits no line above it, or a quote before it is not closed"),
    ("unexpected end of stream", "a quote, bracket or brace is opened and not closed"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("did not find expected ',' or", "a bracket or brace is opened and not closed, or a comma is missing"),
    ("did not find expected '-' indicator", "this line's indentation fits no line above it"),
)


@dataclass(slots=True)
class Built:
    """What came out of a text: the value, where its parts stand, and what was wrong."""

    value: Value = None
    values: dict[Route, Span] = field(default_factory=dict)
    keys: dict[Route, Span] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Hopeless(Exception):
    """The text cannot be read on from here."""


@dataclass(slots=True)
class _Container:
    route: Route
    span: Span
    items: list[Value] | None = None
    entries: dict[str, Value] | None = None
    key: str | None = None
    seen: dict[str, Span] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)

    @property
    def wants_key(self) -> bool:
        return self.entries is not None and self.key is None

    @property
    def next_route(self) -> Route:
        return (*self.route, len(self.items)) if self.items is not None else (*self.route, self.key or "")

    def put(self, value: Value) -> None:
        if self.items is not None:
            self.items.append(value)
        elif self.entries is not None:
            self.entries[self.key or ""] = value
            self.key = None

    @property
    def value(self) -> Value:
        if self.entries is None:
            return tuple(self.items or ())
        for duplicate in self.duplicates:
            del self.entries[duplicate]
        return self.entries


def build(text: str) -> Built:
    """The values of `text`; after a fault that cannot be read over, `value` is None."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        builder.finish()
    except _Hopeless:
        pass
    except yaml.MarkedYAMLError as error:
        builder.built.faults.append(_syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        fault = Fault(f"cannot be read as YAML: {error.reason}", place=Place(1, 1, 1, 1), kind="syntax")
        builder.built.faults.append(fault)
    return builder.built


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = error.problem or "unknown fault"
    help_ = next((help_ for part, help_ in _HELP if part in problem), "")
    lines = text.rstrip("\n").split("\n")
    if line >= len(lines):  # the parser stops behind the last line, where there is nothing to show
        line, column = len(lines) - 1, len(lines[-1])
    place = place_of((line, column, line, column + 1))
    rest = lines[line][column:].rstrip()
    edits = (Edit(place, '"?"'),) if rest == "?" and "mapping keys" in problem else ()
    return Fault(f"cannot be read as YAML: {problem}", place=place, kind="syntax", help=help_, edits=edits)


class _Builder:
    def __init__(self) -> None:
        self.built = Built()
        self._stack = [_Container((), (0, 0, 0, 0), items=[])]
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(cast(yaml.ScalarEvent, event))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = self._stack.pop()
            self._stack[-1].put(closed.value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(cast(yaml.CollectionStartEvent, event))
        elif kind is yaml.AliasEvent:
            self._alias(cast(yaml.AliasEvent, event))
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents == 2:
                self._fault(_span(event), "documents", "a second document starts here; put it in a file of its own")
                raise _Stop
        elif kind is yaml.StreamEndEvent:
            self.finish()

    def finish(self) -> None:
        outermost = self._stack[0].items
        self.built.value = outermost[0] if outermost else None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        container = self._stack[-1]
        span = _span(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, span)
        text, plain = event.value, event.implicit[0]
        if container.entries is not None and container.key is None:
            self._key(container, text, span, plain)
            return
        value: Scalar = text
        if plain and (not text or text[0] in _MAY_BE_NO_TEXT):
            value = self._resolve(text, span)
        elif not plain and (found := UNPRINTABLE.search(text)):
            self._unprintable(span, "text", found.group())
            value = UNPRINTABLE.sub("\ufffd", text)
        self._put(container, value, span)

    def _put(self, container: _Container, value: Scalar, span: Span) -> None:
        values = self.built.values
        if len(values) == MAX_VALUES:
            self._fault(span, "size", f"here is value number {MAX_VALUES:,}, more than any file of cvp needs; split it")
            raise _Hopeless
        values[container.next_route if len(self._stack) > 1 else ()] = span
        container.put(value)

    def _key(self, container: _Container, text: str, span: Span, plain: bool) -> None:
        if not text.isascii() or not plain:
            if found := UNPRINTABLE.search(text):
                self._unprintable(span, "key", found.group())
                text = UNPRINTABLE.sub("\ufffd", text)
            name = unicodedata.normalize("NFC", text)
        elif (name := text) == "<<":
            self._fault(span, "alias", "a merge key (<<) is not used here; write the keys out")
        if first := container.seen.get(name):
            place = place_of(first)
            message = f"the key is there twice; the first is at {place.line}:{place.column}"
            self._fault(span, "duplicate", message, help_="keep one of the two")
            text = f"{text}\0{len(container.duplicates)}"
            container.duplicates.append(text)
        else:
            container.seen[name] = span
        container.key = text
        self.built.keys[(*container.route, text)] = span

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        container, span = self._stack[-1], _span(event)
        self._refuse_properties(event, span)
        if container.wants_key:
            self._fault(span, "key", "a key must be a text; a list or a mapping is not used as one")
            raise _Hopeless
        if len(self._stack) > MAX_DEPTH:
            self._fault(span, "depth", f"nested deeper than {MAX_DEPTH} levels, which no file of cvp needs")
            raise _Hopeless
        route = container.next_route if len(self._stack) > 1 else ()
        here = (span[0], span[1], span[0], span[1] + 1)  # the end of a block is some lines further down
        self.built.values[route] = here
        if isinstance(event, yaml.MappingStartEvent):
            self._stack.append(_Container(route, here, entries={}))
        else:
            self._stack.append(_Container(route, here, items=[]))

    def _alias(self, event: yaml.AliasEvent) -> None:
        container, span = self._stack[-1], _span(event)
        self._fault(span, "alias", f"an alias (*{event.anchor}) is not used here; write the value out")
        if container.wants_key:
            raise _Hopeless
        self._put(container, None, span)

    def _resolve(self, text: str, span: Span) -> Scalar:
        if text in _WORDS:
            return _WORDS[text]
        if match := _INTEGER.fullmatch(text):
            sign, decimal, octal, hexadecimal = match.groups()
            if len(decimal or octal or hexadecimal) > MAX_DIGITS:
                self._fault(
                    span,
                    "number",
                    f"a whole number of more than {MAX_DIGITS} digits; if it is a text, put it in quotes",
                )
                return 0
            if decimal:
                return int(sign + decimal)
            return int(octal, 8) if octal else int(hexadecimal, 16)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if math.isfinite(number):
                return number
        elif not _NOT_FINITE.fullmatch(text):
            return text
        self._fault(span, "number", "is no finite number; if it is a text, put it in quotes")
        return 0.0

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, span: Span) -> None:
        if event.anchor is not None:
            message = f"an anchor (&{event.anchor}) is not used here; write the value out where it is needed"
            self._fault(span, "alias", message)
        if event.tag is not None:
            self._fault(span, "tag", "a tag (!) is not used here; take it out")

    def _unprintable(self, span: Span, what: str, character: str) -> None:
        self._fault(span, "control", f"the {what} holds {escaped(character)}, which is not to be printed; take it out")

    def _fault(self, span: Span, kind: str, message: str, help_: str = "") -> None:
        self.built.faults.append(Fault(message, place=place_of(span), kind=kind, help=help_))
        if len(self.built.faults) == MAX_FAULTS:
            raise _Hopeless


class _Stop(Exception):
    """The rest is not read."""


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start and end
    return (start.line, start.column, end.line, end.column)
