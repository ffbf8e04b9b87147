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
_TAIL: Final = 1 << 16
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


def survey(path: Path, delimiter: str, width: int, start: int) -> Structure:
    """Looks at the bytes from `start` on, where each row should have `width` cells."""
    text = _Text()
    rows = _Rows(delimiter.encode(), width)
    end, blank_tail = _end(path)
    for offset, chunk in _chunks(path, start):
        text.take(chunk)
        if text.bad_byte is not None:
            return Structure(bad_byte=offset + text.bad_byte, spoke_utf8=text.spoke_utf8)
        rows.take(chunk[: max(0, end - offset)])
    if pending := text.pending:
        return Structure(bad_byte=path.stat().st_size - pending, spoke_utf8=text.spoke_utf8)
    return Structure(rows.finish(), rows.count, blank_tail, rows.quoted, spoke_utf8=text.spoke_utf8)


class _Text:
    """Whether chunks are UTF-8. `bad_byte` counts from the beginning of the last chunk, and may lie before it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.spoke_utf8 = False
        self.bad_byte: int | None = None

    @property
    def pending(self) -> int:
        """How many bytes of a character have come whose end has not."""
        return len(self._decoder.getstate()[0])

    def take(self, chunk: bytes) -> None:
        pending = self.pending
        if not pending and chunk.isascii():
            return
        try:
            self._decoder.decode(chunk)
            self.spoke_utf8 = True
        except UnicodeDecodeError as error:
            self.bad_byte = error.start - pending
            self.spoke_utf8 = self.spoke_utf8 or not chunk[: max(0, self.bad_byte)].isascii()


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
    for _, chunk in _chunks(path, 0):
        parts, inside = _parted(chunk, _all_but(b'"\n'), inside)
        # What is left are line ends: LF between rows, VT within cells.
        ends = b"".join(part.replace(b"\n", b"\v") if number % 2 else part for number, part in enumerate(parts))
        if any(rows_before < row <= rows_before + len(ends) for row in rows):
            between = (index for index, end in enumerate(ends) if end == _LF)
            found |= {rows_before + count: lines_before + index + 2 for count, index in enumerate(between, 1)}
        rows_before += ends.count(b"\n")
        lines_before += len(ends)
    return {row: found[row] for row in rows}


def _chunks(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        file.seek(start)
        offset = start
        while chunk := file.read(_CHUNK):
            yield offset, chunk
            offset += len(chunk)


def _all_but(kept: bytes) -> bytes:
    return bytes(set(range(256)) - set(kept))


def _end(path: Path) -> tuple[int, bool]:
    """Where the file ends but for line ends, and whether the last of these end blank lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    ends = len(tail) - len(tail.rstrip(b"\r\n"))
    return size - ends, tail[len(tail) - ends :].count(b"\n") > 1
