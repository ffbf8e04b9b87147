"""Where a table comes from: regular files, patterns that name several, and standard input."""

import glob
import os
import shutil
import stat
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from cvp.errors import Unreadable
from cvp.text import one_line

STDIN: Final = "-"
ENDINGS: Final = (".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods", ".parquet", ".jsonl", ".ndjson")
"""What the names of tables end with, for whoever must tell them from other files; `kind_of` looks inside."""

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
    """A regular file: where it lies, and the name by which messages call it, printable and on one line."""

    path: Path
    name: str


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
        return tuple(_regular(file) for file in files)
    return tuple(_regular(file) for file in parts_in(name)) or (_regular(name),)


def parts_in(folder: str) -> list[str]:
    """The Parquet files in a folder and those below it, but for hidden ones and what engines keep beside them (`_…`).

    None where the name is no folder's.
    """
    found = []
    for path, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith((".", "_"))]
        found += [os.path.join(path, name) for name in names if _is_part(name)]
    return sorted(found)


def _is_part(name: str) -> bool:
    return name.lower().endswith(".parquet") and not name.startswith((".", "_"))


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


def _regular(name: str) -> Source:
    shown = one_line(name)
    try:
        mode = os.stat(name).st_mode
        if stat.S_ISREG(mode):
            with open(name, "rb"):
                return Source(Path(name), shown)
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
