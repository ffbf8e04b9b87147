"""libyaml's events → values of YAML 1.2 core, with the span of every key and value.

The usual constructors lose places and duplicate keys, read `no` as False, expand alias bombs, and die of deep nesting
(the C one takes the process with it). A stream of events does none of that, and is read twice as fast.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

import yaml

from cvp.document import Fault, Place, Route, Scalar, Span, Value, place_of
from cvp.text import UNPRINTABLE, escaped

MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 18

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
    items: list[Value] | dict[str, Value]
    key: str | None = None
    seen: dict[str, Span] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)


def build(text: str) -> Built:
    """The values of `text`; after a fault that cannot be read over, `value` is None."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Hopeless:
        builder.built.value = None
    except yaml.MarkedYAMLError as error:
        builder.built.value = None
        builder.built.faults.append(_syntax_fault(error))
    except yaml.reader.ReaderError as error:
        builder.built.value = None
        fault = Fault(f"cannot be read as YAML: {error.reason}", place=Place(1, 1, 1, 1), kind="syntax")
        builder.built.faults.append(fault)
    return builder.built


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = error.problem or "unknown fault"
    help_ = next((help_ for part, help_ in _HELP if part in problem), "")
    place = place_of((line, column, line, column + 1))
    return Fault(f"cannot be read as YAML: {problem}", place=place, kind="syntax", help=help_)


class _Builder:
    def __init__(self) -> None:
        self.built = Built()
        self._stack: list[_Container] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._fault(event, "alias", f"an alias (*{event.anchor}) is not used here; write the value out")
            self._attach(None, _span(event), is_key=self._wants_key())
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._fault(event, "documents", "a second document starts here; put it in a file of its own")
                raise _Stop

    def _wants_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].items, dict) and self._stack[-1].key is None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_properties(event)
        span = _span(event)
        text = event.value
        plain = event.implicit[0]
        if self._wants_key():
            self._key(text, span, plain)
            return
        if plain and (not text or text[0] in _MAY_BE_NO_TEXT):
            self._attach(self._resolve(text, span), span)
            return
        if not plain and (found := UNPRINTABLE.search(text)):
            self._fault(
                event, "control", f"the text holds {escaped(found.group())}, which is not to be printed; take it out"
            )
            text = UNPRINTABLE.sub("\ufffd", text)
        self._attach(text, span)

    def _key(self, text: str, span: Span, plain: bool) -> None:
        container = self._stack[-1]
        if plain and text == "<<":
            self._fault_at(span, "alias", "a merge key (<<) is not used here; write the keys out")
        if found := UNPRINTABLE.search(text):
            self._fault_at(
                span, "control", f"the key holds {escaped(found.group())}, which is not to be printed; take it out"
            )
            text = UNPRINTABLE.sub("\ufffd", text)
        name = unicodedata.normalize("NFC", text)
        if first := container.seen.get(name):
            place = place_of(first)
            message = f"the key is there twice; the first is at {place.line}:{place.column}"
            self._fault_at(span, "duplicate", message, help_="keep one of the two")
            text = f"{text}\0{len(container.duplicates)}"
            container.duplicates.append(text)
        else:
            container.seen[name] = span
        container.key = text
        self.built.keys[(*container.route, text)] = span

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_properties(event)
        if self._wants_key():
            self._fault(event, "key", "a key must be a text; a list or a mapping is not used as one")
            raise _Hopeless
        if len(self._stack) == MAX_DEPTH:
            self._fault(event, "depth", f"nested deeper than {MAX_DEPTH} levels, which no file of cvp needs")
            raise _Hopeless
        route = self._route()
        span = _span(event)
        self.built.values[route] = (span[0], span[1], span[0], span[1] + 1)
        self._stack.append(_Container(route, {} if isinstance(event, yaml.MappingStartEvent) else []))

    def _close(self) -> None:
        container = self._stack.pop()
        for duplicate in container.duplicates:
            assert isinstance(container.items, dict)
            del container.items[duplicate]
        items = container.items
        self._put(items if isinstance(items, dict) else tuple(items))

    def _route(self) -> Route:
        if not self._stack:
            return ()
        container = self._stack[-1]
        if isinstance(container.items, dict):
            return (*container.route, container.key or "")
        return (*container.route, len(container.items))

    def _attach(self, value: Value, span: Span, is_key: bool = False) -> None:
        if is_key:
            raise _Hopeless
        self.built.values[self._route()] = span
        self._put(value)

    def _put(self, value: Value) -> None:
        if not self._stack:
            self.built.value = value
            return
        container = self._stack[-1]
        if isinstance(container.items, dict):
            container.items[container.key or ""] = value
            container.key = None
        else:
            container.items.append(value)

    def _resolve(self, text: str, span: Span) -> Scalar:
        if text in _WORDS:
            return _WORDS[text]
        if match := _INTEGER.fullmatch(text):
            sign, decimal, octal, hexadecimal = match.groups()
            if len(decimal or octal or hexadecimal) > MAX_DIGITS:
                self._fault_at(
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
        self._fault_at(span, "number", "is no finite number; if it is a text, put it in quotes")
        return 0.0

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._fault(
                event, "alias", f"an anchor (&{event.anchor}) is not used here; write the value out where it is needed"
            )
        if event.tag is not None:
            self._fault(event, "tag", "a tag (!) is not used here; take it out")

    def _fault(self, event: yaml.Event, kind: str, message: str) -> None:
        self._fault_at(_span(event), kind, message)

    def _fault_at(self, span: Span, kind: str, message: str, help_: str = "") -> None:
        self.built.faults.append(Fault(message, place=place_of(span), kind=kind, help=help_))


class _Stop(_Hopeless):
    """The rest is not read."""


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start and end
    return (start.line, start.column, end.line, end.column)
