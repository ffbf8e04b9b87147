"""CSV rows read one by one with their lines, strictly: slow, and exact about what is wrong with a quotation mark."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cvp.errors import Unreadable
from cvp.text import one_line

LONGEST_CELL: Final = 1 << 24
"""Characters. Python's own limit of 131,072 is less than some people write; without any, one mark swallows a file."""

_EXCERPT: Final = 30


def rows_with_lines(path: Path, name: str, delimiter: str, skip: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each row that is no blank line, with the line that it begins at, from 1; `skip` lines are passed over.

    The file is UTF-8. Raises Unreadable with the line and column where a quotation mark opens a cell that does not end.
    """
    allow_long_cells()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in range(skip):
            file.readline()
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        before = 0
        try:
            for row in reader:
                if row:
                    yield skip + before + 1, row
                before = reader.line_num
        except csv.Error:
            place = _opening(path, delimiter, skip + before)
            raise Unreadable(f"{name}:{place}; close it, or double it where it belongs to the text") from None


def allow_long_cells() -> None:
    """Raises the limit of Python's csv module, which all of a process shares."""
    if csv.field_size_limit() < LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)


def _opening(path: Path, delimiter: str, lines_before: int) -> str:
    """Line, column and a sentence of the quotation mark that opens the faulty cell of the row after so many lines."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in range(lines_before):
            file.readline()
        text = file.read(LONGEST_CELL)
    start, problem = _faulty_cell(text, delimiter)
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    line, column = lines_before + 1 + before.count("\n"), len(before) - before.rfind("\n")
    shown = one_line(text[start + 1 : start + 1 + _EXCERPT])
    return f"{line}:{column}: the quotation mark that opens a cell here (`{shown}…`) {problem}"


def _faulty_cell(text: str, delimiter: str) -> tuple[int, str]:
    """Where the first cell begins whose closing mark is missing, or has something else after it than the cell's end."""
    ends = re.compile(rf"[{delimiter}\r\n]")
    start = 0
    while start < len(text):
        if text[start] != '"':
            end = ends.search(text, start)
            start = end.end() if end else len(text)
            continue
        closing = text.find('"', start + 1)
        while closing >= 0 and text[closing + 1 : closing + 2] == '"':
            closing = text.find('"', closing + 2)
        if closing < 0:
            break
        if text[closing + 1 : closing + 2] not in ("", delimiter, "\r", "\n"):
            return start, "closes before the cell ends"
        start = closing + 2
    return min(start, len(text) - 1), "is never closed"
