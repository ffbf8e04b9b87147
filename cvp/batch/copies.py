"""Files that are there twice, by their bytes, whatever they are called and whether they are links."""

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from filecmp import cmp
from typing import Final

_START: Final = 1 << 16


def copies_in(files: Sequence[str | os.PathLike[str]]) -> Iterator[tuple[int, int]]:
    """The number of each file that holds the same bytes as one before it, and of the first of these.

    Thousands of files are soon told apart, by their sizes and then by how they begin. What cannot be read is no copy.
    """
    sizes = [_size(file) for file in files]
    shared = {size for size, count in Counter(sizes).items() if count > 1 and size is not None}
    seen: dict[tuple[int, bytes], list[int]] = {}
    for number, (file, size) in enumerate(zip(files, sizes, strict=True)):
        if size not in shared or size is None:
            continue
        with suppress(OSError):
            alike = seen.setdefault((size, _start(file)), [])
            first = next((one for one in alike if cmp(files[one], file, shallow=False)), None)
            if first is None:
                alike.append(number)
            else:
                yield number, first


def _size(file: str | os.PathLike[str]) -> int | None:
    """None where it is no regular file: a pipe would be waited for."""
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _start(file: str | os.PathLike[str]) -> bytes:
    with open(file, "rb") as opened:
        return hashlib.sha256(opened.read(_START)).digest()
