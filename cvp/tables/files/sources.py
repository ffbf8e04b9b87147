"""Where a table comes from: regular files, patterns that name several, and standard input."""

import glob
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from typing import Final

from cvp.errors import Unreadable
from cvp.text import one_line

STDIN: Final = "-"
ENDINGS: Final = (".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods", ".parquet", ".jsonl", ".ndjson")
"""What the names of tables end with, for whoever must tell them from other files; `kind_of` looks inside."""

_UNSEEN: Final = (".", "_")
_LOG: Final = "_delta_log"
_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: Final = 512


class Kind(StrEnum):
    """How a file holds a table."""

    DELIMITED = "CSV"
    JSON_LINES = "JSON Lines"
    PARQUET = "Parquet"
    SPREADSHEET = "spreadsheet"


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file: where it lies, and the name by which messages call it, printable and on one line.

    `folders` are the names of those between it and what was named: a folder, or a pattern's part without wildcards.
    """

    path: Path
    name: str
    folders: tuple[str, ...] = ()


def sources_of(name: str, spool: Path) -> tuple[Source, ...]:
    """The files that a name or a pattern names, in the order of their names; `-` is copied to the folder `spool`.

    A folder is the parts of Parquet in it. Raises Unreadable where one is missing or no regular file.
    """
    if name == STDIN:
        return (_spooled(spool),)
    if glob.has_magic(name) and not _exists(name):
        files = sorted(glob.glob(name, recursive=True))
        if not files:
            raise Unreadable(f"{one_line(name)}: no file has such a name; check the pattern and the folder")
        return tuple(_regular(file, _fixed(name)) for file in files)
    return tuple(_regular(file, Path(name)) for file in parts_in(name)) or (_regular(name),)


def parts_in(folder: str) -> list[str]:
    """The Parquet files in a folder and those below it. Empty where the name is no folder's.

    Raises Unreadable where a log beside them says which of them count.
    """
    found = []
    for path, names in visible_in(folder):
        if os.path.isdir(os.path.join(path, _LOG)):
            raise Unreadable(
                f"{one_line(path)}: is a Delta table, whose folder may also hold rows that were deleted or replaced; "
                "export it as one table, as Parquet or CSV, and give that"
            )
        found += [os.path.join(path, name) for name in names if name.lower().endswith(".parquet")]
    return sorted(found)


def visible_in(folder: str) -> Iterator[tuple[str, list[str]]]:
    """A folder and those below it, each with the names of its files, in order; links to folders are not followed.

    Neither what is hidden (`.…`) nor what engines and tools keep for themselves (`_…`).
    """
    for path, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith(_UNSEEN))
        yield path, sorted(name for name in names if not name.startswith(_UNSEEN))


def _fixed(pattern: str) -> Path:
    """The folder that a pattern names before its first wildcard."""
    return Path(*takewhile(lambda name: not glob.has_magic(name), Path(pattern).parent.parts))


def kind_of(source: Source) -> Kind:
    """What the file's first bytes say it is; its ending counts for little. Raises Unreadable where that is no table."""
    with source.path.open("rb") as file:
        start = file.read(_MAGIC)
    if not start:
        raise Unreadable(f"{source.name}: is empty; give a table with a header row")
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith((b"PK\x03\x04", _EXCEL)):
        return Kind.SPREADSHEET
    for magic, what in (
        (b"\x1f\x8b", "is compressed with gzip; unpack it first"),
        (b"%PDF", "is a PDF; export the answers as CSV or XLSX"),
        (b"\x28\xb5\x2f\xfd", "is compressed with zstd; unpack it first"),
    ):
        if start.startswith(magic):
            raise Unreadable(f"{source.name}: {what}")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Unreadable(f"{source.name}: is a web page or XML; open it in a spreadsheet and save it as XLSX or CSV")
    if text.startswith(b"["):
        raise Unreadable(f"{source.name}: is JSON, but not one object a line; write JSON Lines, as `jq -c '.[]'` does")
    return Kind.JSON_LINES if text.startswith(b"{") else Kind.DELIMITED


def _exists(name: str) -> bool:
    try:
        return os.path.lexists(name)
    except ValueError:
        return False


def _regular(name: str, given: Path | None = None) -> Source:
    """The file, which was found in a folder that was `given`."""
    shown = one_line(name)
    try:
        mode = os.stat(name).st_mode
        if stat.S_ISREG(mode):
            with open(name, "rb"):
                folders = Path(name).parent.parts[len(given.parts) :] if given else ()
                return Source(Path(name), shown, folders)
    except FileNotFoundError:
        raise Unreadable(f"{shown}: there is no such file; check the spelling and the folder") from None
    except PermissionError:
        raise Unreadable(f"{shown}: may not be read by you; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a usable file name").lower()
        raise Unreadable(f"{shown}: cannot be opened: {reason}") from None
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{shown}: is a folder; give a file, or a pattern such as {shown}/*.csv")
    raise Unreadable(f"{shown}: is no regular file; pipe it in and give `-`")


def _spooled(spool: Path) -> Source:
    """Standard input in a file, since it is read more than once."""
    if sys.stdin is None or sys.stdin.closed:
        raise Unreadable("standard input: is closed; give a file")
    path = spool / "stdin"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
    return Source(path, "standard input")
