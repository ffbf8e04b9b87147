"""JSON Lines: one object a line, whose keys are the columns. Every line is looked at before polars reads it as text."""

import codecs
import glob
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final, NoReturn

import polars as pl

from cvp.errors import Unreadable
from cvp.tables.files.sources import Source
from cvp.tables.table import CELLS, MOST_COLUMNS

FAULT: Final = "\ufdd0"
"""A key that no text has."""

_FAULTY: Final = (json.dumps({FAULT: 0}) + "\n").encode()
_LONGEST: Final = 1 << 24
_DEEPEST: Final = 32


@dataclass(frozen=True)
class Lines:
    """The keys of all objects, in the order in which they first come up, and the file that polars reads.

    `has_faults`: some lines cannot be read; in the file objects that hold FAULT stand in their place.
    """

    keys: tuple[str, ...]
    path: Path
    has_faults: bool


def examine(source: Source, spool: Path) -> Lines:
    """Looks at every line. Polars reads a copy where it would stumble over the file's name, its BOM or a line.

    Raises Unreadable with line and column where the first line is no object, a line is too long, or keys are too many.
    """
    keys: dict[str, None] = {}
    has_faults = False
    for number, line in enumerate(_lines(source.path), 1):
        try:
            keys |= {} if line.isspace() else _keys(line)
        except _Faulty as error:
            if not keys or len(line) == _LONGEST:
                raise Unreadable(f"{source.name}:{number}:{error.column}: {error}") from None
            has_faults = True
        if len(keys) > MOST_COLUMNS:
            raise Unreadable(
                f"{source.name}:{number}:1: has the key number {MOST_COLUMNS + 1:,}; no survey has so many"
            )
    if not has_faults and not glob.has_magic(str(source.path)) and not _has_bom(source.path):
        return Lines((*keys,), source.path, has_faults)
    path = spool / "lines.jsonl"
    with path.open("wb") as copy:
        copy.writelines(_FAULTY if has_faults and _fault(line) else line for line in _lines(source.path))
    return Lines((*keys,), path, has_faults)


def _lines(path: Path) -> Iterator[bytes]:
    """As they are, but for a BOM; at most _LONGEST bytes of each."""
    with path.open("rb") as file:
        first = file.readline(_LONGEST)
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from iter(lambda: file.readline(_LONGEST), b"")


def _has_bom(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8


def scan(lines: Lines) -> pl.LazyFrame:
    """The cells as text in columns `c0`, `c1`, …; what an object does not name is null. CELLS is 0 for faulty lines."""
    names = [*lines.keys, FAULT] if lines.has_faults else lines.keys
    frame = pl.scan_ndjson(lines.path, schema=dict.fromkeys(names, pl.String))
    columns = [pl.col(key).alias(f"c{index}") for index, key in enumerate(lines.keys)]
    faulty = pl.col(FAULT) if lines.has_faults else pl.lit(None)
    return frame.select(*columns, faulty.cast(pl.UInt32).alias(CELLS))


def places_of_rows(path: Path, rows: Collection[int]) -> dict[int, tuple[int, str]]:
    """Of rows, counted from 0, the line, from 1, and what is wrong with it if anything; blank lines are no rows."""
    lines = ((number, line) for number, line in enumerate(_lines(path), 1) if not line.isspace())
    return {row: (number, _fault(line)) for row, (number, line) in enumerate(lines) if row in rows}


def _fault(line: bytes) -> str:
    """What is wrong with it, and where; nothing where it can be read, or is blank."""
    try:
        _ = line.isspace() or _keys(line)
    except _Faulty as error:
        return f"{error} (at character {error.column})"
    return ""


class _Faulty(ValueError):
    """What is wrong with a line, and at which column, from 1."""

    def __init__(self, column: int, what: str) -> None:
        super().__init__(what)
        self.column = column


def _keys(line: bytes) -> dict[str, None]:
    """The keys of the object in a line. Raises _Faulty."""
    if len(line) == _LONGEST:
        raise _Faulty(1, f"is longer than {_LONGEST:,} bytes; no respondent is")
    if line.count(b"[") + line.count(b"{") > _DEEPEST and _depth(line) > _DEEPEST:
        raise _Faulty(1, f"lists or objects are nested deeper than {_DEEPEST}")
    pairs = _value(line)
    if not isinstance(pairs, tuple):
        raise _Faulty(1, 'is no object; each line must be one, as in {"id": 1}')
    keys = dict.fromkeys(key for key, _ in pairs)
    if len(keys) < len(pairs):
        raise _Faulty(1, "names a key twice; keep one of them")
    if rb"\u" in line:
        _refuse_half_characters(pairs)
    return keys


def _value(line: bytes) -> object:
    """What stands in a line, alone; an object is a tuple of pairs. Raises _Faulty."""
    try:
        text = line.decode()
        value, end = _DECODER.raw_decode(text, len(text) - len(text.lstrip()))
    except UnicodeDecodeError as error:
        raise _Faulty(error.start + 1, "is no UTF-8; JSON must be") from None
    except json.JSONDecodeError as error:
        raise _Faulty(error.colno, f"is no JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise _Faulty(1, "is nested too deep") from None
    except ValueError:
        raise _Faulty(1, "holds a number that no program can keep") from None
    if isinstance(value, tuple) and text[end:].strip():
        raise _Faulty(end + 1, "goes on after the object; write one a line")
    return value


def _refuse_half_characters(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])[1:-1]
        raise _Faulty(1, f"has half a character, {half}, without its other half") from None


def _finite(number: str) -> float:
    if not isfinite(found := float(number)):
        raise ValueError(number)
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is not allowed, write null", "", 0)


# An object is a tuple of pairs, in which a key that is there twice can be seen.
_DECODER: Final = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_refuse_constant, parse_float=_finite)


def _depth(line: bytes) -> int:
    """How deep brackets go, those in texts too: at least as deep as the values are."""
    depth = deepest = 0
    for byte in line.translate(None, _NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
