"""A CSV file's structure, looked at by several processes where the file is large: Python's bytes keep one core busy."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

from cvp.tables.files.structure import Look, Section, Structure

SHARED: Final = 1 << 27
"""Bytes of a section for which a process is started."""
_TAIL: Final = 1 << 16


def survey(path: Path, delimiter: str, width: int, start: int) -> Structure:
    """Looks at the bytes from `start` on, where each row should have `width` cells."""
    size = path.stat().st_size - start
    # Signals, which processes need, are for the main thread alone.
    is_main = threading.current_thread() is threading.main_thread()
    count = min(os.cpu_count() or 1, size // SHARED) if is_main else 1
    sections, blank_tail = sections_of(path, delimiter, width, start, count)
    with _looked_at(sections[1:]) as found:
        return joined(sections, found).structure(blank_tail)


def sections_of(path: Path, delimiter: str, width: int, start: int, count: int) -> tuple[list[Section], bool]:
    """About as many sections, all but the first beginning behind a line feed; and whether blank lines end the file."""
    end, blank_tail = _end(path)
    size = path.stat().st_size
    cuts = {start, size}
    with path.open("rb") as file:
        for number in range(1, count):
            file.seek(start + (size - start) * number // count)
            file.readline(SHARED)
            cuts.add(file.tell())
    return [Section(path, delimiter, width, *ends, end) for ends in pairwise(sorted(cuts))], blank_tail


def joined(sections: Sequence[Section], found: Callable[[int], Look | None]) -> Look:
    """A look at the first section and what was `found` in each that follows, counted from 0."""
    first, *others = sections
    look = Look(first)
    for number, section in enumerate(others):
        # A section begins behind a line feed, which may be inside a cell.
        if look.is_between_rows and (following := found(number)):
            look.add(following)
        else:
            look.on(section)
    return look


@contextmanager
def _looked_at(sections: Sequence[Section]) -> Iterator[Callable[[int], Look | None]]:
    """Waits for the look at one of the sections, each in a process of its own; None where that was killed."""
    if not sections:
        yield lambda _: None
        return
    from cvp.workers.crew import Crew

    looks: dict[int, Look | None] = {}
    with Crew(Look, "spawn") as crew:  # threads of a dataframe engine may be there, which a fork would not take along
        for number, section in enumerate(sections):
            crew.begin(number, [section])

        def found(number: int) -> Look | None:
            while number not in looks:
                looks.update((at, reply.opened()[0] if reply else None) for at, reply in crew.replies())
            return looks[number]

        yield found


def _end(path: Path) -> tuple[int, bool]:
    """Where the file ends but for line ends, and whether the last of these end blank lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    ends = len(tail) - len(tail.rstrip(b"\r\n"))
    return size - ends, tail[len(tail) - ends :].count(b"\n") > 1
