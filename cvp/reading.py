"""A YAML or JSON file → Document, whatever is in it."""

import codecs
import json
import os
import re
import stat
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from cvp.document import Document, Edit, Fault, Place
from cvp.errors import Unreadable
from cvp.events import MAX_FAULTS, Built, build
from cvp.text import UNPRINTABLE, escaped

MAX_BYTES: Final = 4 * 1024 * 1024
STDIN: Final = "-"

_SURROGATE_PAIR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def read_document(name: str | Path) -> Document:
    """The document in a regular file of at most 4 MiB, or on standard input (`-`). Raises Unreadable."""
    return parse_document(str(name), read_bytes(str(name)))


def parse_document(name: str, data: bytes) -> Document:
    """The document in `data`. What is wrong with it is in its `faults`, at most 50; nothing is raised."""
    text, fault = _decoded(data)
    if fault:
        return Document(name, "", faults=(fault,))
    legible = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    faults = list(islice(_unprintable(legible), MAX_FAULTS))
    if faults:
        legible = UNPRINTABLE.sub("\ufffd", legible)
    # Few texts hold an escape at all, which is seen thirty times faster than by the pattern.
    pairs = "\\u" in legible and _SURROGATE_PAIR.search(legible) and _is_json(legible)
    built = _build_json(legible) if pairs else build(legible)
    return Document(name, text, built.value, built.values, built.keys, tuple((faults + built.faults)[:MAX_FAULTS]))


def read_bytes(name: str) -> bytes:
    """What is in the file, or on standard input (`-`). Raises Unreadable."""
    if name == STDIN:
        if sys.stdin is None or sys.stdin.closed:
            raise Unreadable("standard input: is closed; give a file")
        return _at_most("standard input", sys.stdin.buffer)
    try:
        # Not blocking, since opening a pipe that nobody writes to would wait for ever.
        descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name}: {_reason(error)}") from None
    if not stat.S_ISREG(mode := os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(
            f"{name}: is {'a folder' if stat.S_ISDIR(mode) else 'no regular file'}; give a YAML or JSON file"
        )
    with open(descriptor, "rb") as file:
        return _at_most(name, file)


def _at_most(name: str, file: BinaryIO) -> bytes:
    try:
        data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{name}: {_reason(error)}") from None
    if len(data) > MAX_BYTES:
        raise Unreadable(f"{name}: is larger than 4 MiB, which no questionnaire or answers file is; split it")
    return data


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the spelling and the folder"
    if isinstance(error, PermissionError):
        return "may not be read by you; check its permissions"
    return f"cannot be opened: {(getattr(error, 'strerror', None) or 'not a usable file name').lower()}"


def _decoded(data: bytes) -> tuple[str, Fault | None]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", Fault("the file is in UTF-16; save it as UTF-8", place=Place(1, 1, 1, 1), kind="encoding")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = (
            f"byte 0x{data[error.start]:02x} is not UTF-8 (perhaps Latin-1 or Windows-1252); save the file as UTF-8"
        )
        return "", Fault(message, place=Place(line, column, line, column + 1), kind="encoding")


def _unprintable(legible: str) -> Iterator[Fault]:
    line, line_start = 1, 0
    for match in UNPRINTABLE.finditer(legible):
        line += legible.count("\n", line_start, match.start())
        line_start = legible.rfind("\n", 0, match.start()) + 1
        column = match.start() - line_start + 1
        message = f"the file holds {escaped(match.group())}, which is not to be printed; take it out"
        place = Place(line, column, line, column + 1)
        yield Fault(message, place=place, kind="control", edits=(Edit(place, ""),))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _build_json(text: str) -> Built:
    """JSON writes characters past U+FFFF as two escapes, which YAML refuses; YAML has one, two characters shorter."""
    built = build(_SURROGATE_PAIR.sub(_merged, text))
    pairs = {number: _ends_of_pairs(line) for number, line in enumerate(text.split("\n"))}

    def moved(line: int, column: int) -> int:
        """Two columns further for each pair before."""
        return column + 2 * bisect_right(pairs.get(line, ()), column)

    for spans in (built.values, built.keys):
        for route, (line, column, end_line, end_column) in spans.items():
            spans[route] = (line, moved(line, column), end_line, moved(end_line, end_column))
    built.faults = [replace(fault, place=_moved_place(fault.place, moved)) for fault in built.faults]
    return built


def _moved_place(place: Place | None, moved: Callable[[int, int], int]) -> Place | None:
    if place is None:
        return None
    start, end = moved(place.line - 1, place.column - 1), moved(place.end_line - 1, place.end_column - 1)
    return Place(place.line, start + 1, place.end_line, end + 1)


def _ends_of_pairs(line: str) -> list[int]:
    """Where each pair of a line ends once it is written as one escape."""
    return [match.end() - 2 * number for number, match in enumerate(_SURROGATE_PAIR.finditer(line), 1)]


def _merged(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"
