"""JSON Lines: one object a line, whose keys are the columns. Every line is looked at before polars reads it as text."""

import codecs
import glob
import json
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final, NoReturn

import polars as pl

from cvp.errors import Unreadable
from cvp.tables.files.sources import Source
from cvp.tables.table import CELLS, MOST_COLUMNS

_LONGEST: Final = 1 << 24
_DEEPEST: Final = 32


def keys_of(source: Source) -> tuple[str, ...]:
    """The keys of all objects, in the order in which they first come up.

    Raises Unreadable with line and column where a line is no object, names a key twice, or holds what no cell can.
    """
    keys: dict[str, None] = {}
    with source.path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
            if line.isspace():
                continue
            try:
                keys |= _keys(line if number > 1 else line.removeprefix(codecs.BOM_UTF8))
            except _Faulty as error:
                raise Unreadable(f"{source.name}:{number}:{error}") from None
            if len(keys) > MOST_COLUMNS:
                raise Unreadable(
                    f"{source.name}:{number}:1: has the key number {MOST_COLUMNS + 1:,}; no survey has so many"
                )
    return tuple(keys)


def scannable(source: Source, spool: Path) -> Path:
    """The file, or a copy where polars would take its name for a pattern, or stumble over its BOM."""
    with source.path.open("rb") as file:
        has_bom = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        if not has_bom and not glob.has_magic(str(source.path)):
            return source.path
        file.seek(len(codecs.BOM_UTF8) if has_bom else 0)
        path = spool / "lines.jsonl"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
    return path


def scan(path: Path, keys: tuple[str, ...]) -> pl.LazyFrame:
    """The cells as text in columns `c0`, `c1`, …; what an object does not name is null."""
    frame = pl.scan_ndjson(path, schema=dict.fromkeys(keys, pl.String))
    columns = [pl.col(key).alias(f"c{index}") for index, key in enumerate(keys)]
    return frame.select(*columns, pl.lit(None, pl.UInt32).alias(CELLS))


def lines_of(path: Path, rows: Collection[int]) -> dict[int, int]:
    """The lines, from 1, at which rows stand that are counted from 0: blank lines are no rows."""
    with path.open("rb") as file:
        lines = (number for number, line in enumerate(file, 1) if line.strip())
        return {row: line for row, line in enumerate(lines) if row in rows}


class _Faulty(ValueError):
    """The column, from 1, and what is wrong."""


def _keys(line: bytes) -> dict[str, None]:
    """The keys of the object in a line. Raises _Faulty."""
    if len(line) == _LONGEST:
        raise _Faulty(f"1: is longer than {_LONGEST:,} bytes; no respondent is")
    if line.count(b"[") + line.count(b"{") > _DEEPEST and _depth(line) > _DEEPEST:
        raise _Faulty(f"1: lists or objects are nested deeper than {_DEEPEST}")
    try:
        text = line.decode()
        start = len(text) - len(text.lstrip())
        pairs, end = _DECODER.raw_decode(text, start)
    except UnicodeDecodeError as error:
        raise _Faulty(f"{error.start + 1}: is no UTF-8; JSON must be") from None
    except json.JSONDecodeError as error:
        raise _Faulty(f"{error.colno}: is no JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise _Faulty("1: is nested too deep") from None
    except ValueError:
        raise _Faulty("1: holds a number that no program can keep") from None
    if not isinstance(pairs, tuple):
        raise _Faulty('1: is no object; each line must be one, as in {"id": 1}')
    if not text[end:].isspace() and text[end:]:
        raise _Faulty(f"{end + 1}: goes on after the object; write one a line")
    keys = dict.fromkeys(key for key, _ in pairs)
    if len(keys) < len(pairs):
        raise _Faulty("1: names a key twice; keep one of them")
    return keys


def _refuse_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is not allowed, write null", "", 0)


# An object is a tuple of pairs, in which a key that is there twice can be seen.
_DECODER: Final = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_refuse_constant)


def _depth(line: bytes) -> int:
    """How deep brackets go, those in texts too: at least as deep as the values are."""
    depth = deepest = 0
    for byte in line.translate(None, _NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
