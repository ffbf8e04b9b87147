"""libyaml's events → values of YAML 1.2 core, with the span of every key and value.

The usual constructors lose places and duplicate keys, read `no` as False, expand alias bombs, and die of deep nesting
(the C one takes the process with it). A stream of events does none of that, and is read twice as fast.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn, cast

import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

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


def build(text: str) -> Built:
    """The values of `text`; after a fault that cannot be read over, `value` is None."""
    builder = _Builder()
    try:
        builder.read(text)
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
        self._events: Iterator[yaml.Event] = iter(())

    def read(self, text: str) -> None:
        self._events = iter(_LOADER(text).get_event, None)
        documents = 0
        value: Value = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._fault(_span(event), "documents", "a second document starts here; put it in a file of its own")
                    break
                value = self._value(next(self._events), ())
        self.built.value = value

    def _value(self, event: yaml.Event, route: Route) -> Value:
        if type(event) is ScalarEvent:
            return self._scalar(event, route)
        if type(event) is MappingStartEvent:
            self._open(event, route)
            return self._mapping(route)
        if type(event) is SequenceStartEvent:
            self._open(event, route)
            return self._sequence(route)
        self._alias(cast(yaml.AliasEvent, event), route)
        return None

    def _mapping(self, route: Route) -> Value:
        events, keys = self._events, self.built.keys
        entries: dict[str, Value] = {}
        first: dict[str, Span] = {}
        duplicates: list[str] = []
        for event in events:
            if type(event) is MappingEndEvent:
                break
            span = _span(event)
            text = self._key(event, span)
            name = text if text.isascii() else unicodedata.normalize("NFC", text)
            if name in first:
                self._refuse_duplicate(span, first[name])
                text = f"{text}\0{len(duplicates)}"
                duplicates.append(text)
            else:
                first[name] = span
            below = (*route, text)
            keys[below] = span
            entries[text] = self._value(next(events), below)
        for duplicate in duplicates:
            del entries[duplicate]
        return entries

    def _sequence(self, route: Route) -> Value:
        items: list[Value] = []
        for event in self._events:
            if type(event) is SequenceEndEvent:
                break
            items.append(self._value(event, (*route, len(items))))
        return tuple(items)

    def _scalar(self, event: yaml.ScalarEvent, route: Route) -> Scalar:
        span = _span(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, span)
        text = event.value
        value: Scalar = text
        if not event.implicit[0]:  # in quotes, or a block
            if found := UNPRINTABLE.search(text):
                self._unprintable(span, "text", found.group())
                value = UNPRINTABLE.sub("\ufffd", text)
        elif not text or text[0] in _MAY_BE_NO_TEXT:
            value = self._resolve(text, span)
        self._place(route, span)
        return value

    def _place(self, route: Route, span: Span) -> None:
        values = self.built.values
        if len(values) >= MAX_VALUES:
            self._fault(span, "size", f"here is value number {MAX_VALUES:,}, more than any file of cvp needs; split it")
            raise _Hopeless
        values[route] = span

    def _key(self, event: yaml.Event, span: Span) -> str:
        if type(event) is not ScalarEvent:
            self._refuse_key(event, span)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, span)
        text = event.value
        if not text.isascii() or not event.implicit[0]:
            if found := UNPRINTABLE.search(text):
                self._unprintable(span, "key", found.group())
                return UNPRINTABLE.sub("\ufffd", text)
        elif text == "<<":
            self._fault(span, "alias", "a merge key (<<) is not used here; write the keys out")
        return text

    def _refuse_key(self, event: yaml.Event, span: Span) -> NoReturn:
        if isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event, span)
        else:
            self._refuse_properties(cast(yaml.CollectionStartEvent, event), span)
            self._fault(span, "key", "a key must be a text; a list or a mapping is not used as one")
        raise _Hopeless

    def _refuse_duplicate(self, span: Span, first: Span) -> None:
        place = place_of(first)
        message = f"the key is there twice; the first is at {place.line}:{place.column}"
        self._fault(span, "duplicate", message, help_="keep one of the two")

    def _open(self, event: yaml.CollectionStartEvent, route: Route) -> None:
        span = _span(event)
        self._refuse_properties(event, span)
        if len(route) >= MAX_DEPTH:
            self._fault(span, "depth", f"nested deeper than {MAX_DEPTH} levels, which no file of cvp needs")
            raise _Hopeless
        # The end of a block is some lines further down.
        self._place(route, (span[0], span[1], span[0], span[1] + 1))

    def _alias(self, event: yaml.AliasEvent, route: Route) -> None:
        span = _span(event)
        self._refuse_alias(event, span)
        self._place(route, span)

    def _refuse_alias(self, event: yaml.AliasEvent, span: Span) -> None:
        self._fault(span, "alias", f"an alias (*{event.anchor}) is not used here; write the value out")

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


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start and end
    return (start.line, start.column, end.line, end.column)
