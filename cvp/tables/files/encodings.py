"""What a CSV file's bytes are: UTF-8, UTF-16 as Excel writes it, or Windows-1252; and its text in UTF-8."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cvp.errors import Unreadable
from cvp.tables.files.sources import Source
from cvp.tables.files.structure import Structure

FIRST: Final = 1 << 20
_CHUNK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class FirstText:
    """The text at a file's beginning, and the byte at which it begins, after a BOM."""

    text: str
    first_byte: int


def name_of(encoding: str) -> str:
    """What people call the encoding."""
    return _NAMES.get(encoding, "Windows-1252")


def encoding_of(source: Source, structure: Structure | None = None) -> str:
    """Python's name of the encoding, by the first bytes; with the structure of a file that is not UTF-8, by that.

    Raises Unreadable for what is no text, and for UTF-8 that is damaged.
    """
    if structure and structure.bad_byte is not None:
        if not structure.spoke_utf8:
            return "cp1252"
        place = _place(source, structure.bad_byte, "utf-8")
        raise Unreadable(f"{source.name}:{place}: is UTF-8 up to here, and then it is not; export the table again")
    with source.path.open("rb") as file:
        start = file.read(4096)
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding
    if b"\x00" not in start:
        return "utf-8"
    if not any(start):
        raise Unreadable(f"{source.name}:1:1: holds nothing but NUL; this is no table")
    evens, odds = start[::2].count(0), start[1::2].count(0)
    if max(evens, odds) > len(start) * 0.3 and min(evens, odds) * 10 < max(evens, odds):
        return "utf-16-be" if evens > odds else "utf-16-le"
    place = _place(source, start.index(0), "latin-1")
    raise Unreadable(f"{source.name}:{place}: holds a NUL, so this is no text; give a CSV, XLSX or Parquet file")


def as_utf8(source: Source, encoding: str, spool: Path) -> Path:
    """The file's text in a UTF-8 file in the spool. Raises Unreadable at the first byte that is no text."""
    path = spool / f"{source.path.name[:80]}.utf8"
    offset = 0
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.path.open("rb") as file, path.open("wb") as out:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                place = f"{source.name}: byte {offset + error.start + 1:,}"
                raise Unreadable(f"{place} is neither UTF-8 nor {name_of(encoding)}; save the file as UTF-8") from None
            out.write(text.encode("utf-8", "surrogatepass"))
            if not chunk:
                return path
            offset += len(chunk)


def first_text(path: Path) -> FirstText:
    """The beginning of a file that is UTF-8 or nearly so, in whole lines where it is long."""
    with path.open("rb") as file:
        data = file.read(FIRST)
    text = data.removeprefix(codecs.BOM_UTF8)
    if len(data) == FIRST and b"\n" in text:
        text = text[: text.rindex(b"\n") + 1]
    return FirstText(text.decode("utf-8", "replace"), len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)


def _place(source: Source, offset: int, encoding: str) -> str:
    """Line and column of a byte, from 1."""
    with source.path.open("rb") as file:
        line, last = 1, b""
        while offset > 0 and (chunk := file.read(min(_CHUNK, offset))):
            line += chunk.count(b"\n")
            last = (last + chunk).rpartition(b"\n")[2][-_CHUNK:]
            offset -= len(chunk)
    return f"{line}:{len(last.decode(encoding, 'replace')) + 1}"
