"""Whether a CSV file is what polars takes it for: UTF-8, quotation marks in pairs, as many cells in every row.

polars fills short rows up without a word, and does not notice long ones where it is asked for few columns. So all
delimiters and line ends are looked at first, which takes a fraction of the time that reading the cells does.
"""

import codecs
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20
_LF: Final = 10


@dataclass(frozen=True, slots=True)
class Structure:
    """What a look at all bytes showed.

    `regular` is whether every row has as many cells as it should; then `rows` are all, header rows too, and
    `blank_tail` is whether blank lines follow the last. `bad_byte` is the offset of the first byte that is not UTF-8,
    and `spoke_utf8` whether there was a character of several bytes before it.
    """

    regular: bool = False
    rows: int = 0
    blank_tail: bool = False
    quoted: bool = False
    bad_byte: int | None = None
    spoke_utf8: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The bytes of a file from `start` to `stop`, where rows should have `width` cells; the last row ends at `end`."""

    path: Path
    delimiter: str
    width: int
    start: int
    stop: int
    end: int


class Look:
    """What the bytes of a section showed, and of those that follow it."""

    def __init__(self, section: Section) -> None:
        self._text = _Text()
        self._rows = _Rows(section.delimiter.encode(), section.width)
        self._at = section.start
        self.on(section)

    @property
    def is_between_rows(self) -> bool:
        """Whether a row may begin here, whatever comes."""
        return not self._text.pending and self._rows.is_between

    def on(self, section: Section) -> None:
        """Goes on through the next section."""
        for chunk in _chunks(section.path, section.start, section.stop):
            if self._text.bad_byte is not None:
                return
            self._text.take(chunk, self._at)
            self._rows.take(chunk[: max(0, section.end - self._at)])
            self._at += len(chunk)

    def add(self, following: "Look") -> None:
        """Another look, which began where this one ended, between rows."""
        self._text.add(following._text)
        self._rows.add(following._rows)
        self._at = following._at

    def structure(self, blank_tail: bool) -> Structure:
        """At the end of the file."""
        text, rows = self._text, self._rows
        if text.pending and text.bad_byte is None:
            text.bad_byte = self._at - len(text.pending)
        if text.bad_byte is not None:
            return Structure(bad_byte=text.bad_byte, spoke_utf8=text.spoke_utf8)
        return Structure(rows.finish(), rows.count, blank_tail, rows.quoted, spoke_utf8=text.spoke_utf8)


class _Text:
    """Whether chunks are UTF-8; `pending` is the beginning of a character whose end has not come."""

    def __init__(self) -> None:
        self.pending = b""
        self.spoke_utf8 = False
        self.bad_byte: int | None = None

    def take(self, chunk: bytes, offset: int) -> None:
        if not self.pending and chunk.isascii():
            return
        data = self.pending + chunk
        try:
            _, read = codecs.utf_8_decode(data, "strict", False)
        except UnicodeDecodeError as error:
            self.bad_byte = offset - len(self.pending) + error.start
            self.spoke_utf8 = self.spoke_utf8 or not data[: error.start].isascii()
        else:
            self.pending = data[read:]
            self.spoke_utf8 = self.spoke_utf8 or not data[:read].isascii()

    def add(self, following: "_Text") -> None:
        if self.bad_byte is None:
            self.pending, self.bad_byte = following.pending, following.bad_byte
            self.spoke_utf8 |= following.spoke_utf8


class _Rows:
    """Whether all rows have so many cells: then what is left of each, its delimiters and its end, is the same.

    Every second quotation mark is taken to end what is quoted. That goes wrong where one stands inside a cell that is
    not quoted, with a delimiter or line end between it and the next: `delimited` deals with that.
    """

    def __init__(self, delimiter: bytes, width: int) -> None:
        self.count = 0
        self.quoted = False
        self._row = delimiter * (width - 1) + b"\n"
        self._unquoted, self._quoted = _all_but(delimiter + b"\n"), _all_but(b'"\n' + delimiter)
        self._regular, self._inside, self._left = True, False, b""

    @property
    def is_between(self) -> bool:
        return self._regular and not self._inside and not self._left

    def take(self, chunk: bytes) -> None:
        if not self._regular:
            return
        if self._inside or b'"' in chunk:
            self.quoted = True
            parts, self._inside = _parted(chunk, self._quoted, self._inside)
            marks = b"".join(parts[::2])
        else:
            marks = chunk.translate(None, self._unquoted)
        whole, end, self._left = (self._left + marks).rpartition(b"\n")
        rows = len(whole + end) // len(self._row)
        self.count += rows
        self._regular = whole + end == self._row * rows

    def add(self, following: "_Rows") -> None:
        self.count += following.count
        self.quoted |= following.quoted
        self._regular, self._inside, self._left = following._regular, following._inside, following._left

    def finish(self) -> bool:
        self.take(b"\n")
        return self._regular and not self._inside


def _parted(chunk: bytes, others: bytes, inside: bool) -> tuple[list[bytes], bool]:
    """What is left of a chunk without the `others`, outside and inside quotation marks in turn, outside first.

    Whether its end is inside comes second. Two quotation marks with nothing left between them change nothing, which is
    what most cells come down to.
    """
    parts = chunk.translate(None, others).replace(b'""', b"").split(b'"')
    ends_inside = inside ^ (len(parts) % 2 == 0)
    return [b"", *parts] if inside else parts, ends_inside


def lines_of_rows(path: Path, rows: Collection[int]) -> dict[int, int]:
    """The lines, from 1, at which rows of the file begin, counted from 0 with its header: cells may hold line ends."""
    found = {0: 1}
    rows_before = lines_before = 0
    inside = False
    for chunk in _chunks(path, 0, path.stat().st_size):
        parts, inside = _parted(chunk, _all_but(b'"\n'), inside)
        # What is left are line ends: LF between rows, VT within cells.
        ends = b"".join(part.replace(b"\n", b"\v") if number % 2 else part for number, part in enumerate(parts))
        if any(rows_before < row <= rows_before + len(ends) for row in rows):
            between = (index for index, end in enumerate(ends) if end == _LF)
            found |= {rows_before + count: lines_before + index + 2 for count, index in enumerate(between, 1)}
        rows_before += ends.count(b"\n")
        lines_before += len(ends)
    return {row: found[row] for row in rows}


def _chunks(path: Path, start: int, stop: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(min(_CHUNK, stop - file.tell())):
            yield chunk


def _all_but(kept: bytes) -> bytes:
    return bytes(set(range(256)) - set(kept))
