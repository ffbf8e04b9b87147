"""Files that a command writes: none twice, and none that it reads."""

import glob
import os
from collections.abc import Iterator, Sequence

from cvp.errors import WrongUsage

STANDARD = "-"


def refuse_to_write_over(written: Sequence[str | None], read: Sequence[str | None]) -> None:
    """Looks at what patterns and folders mean, and through links. Raises WrongUsage; None and `-` are no files."""
    targets = [name for name in written if name and name != STANDARD]
    sources = list(_files_of(read))
    for position, name in enumerate(targets):
        if any(_is_same(name, other) for other in targets[:position]):
            raise WrongUsage(f"{name}: is to be written twice; name two files")
        if any(_is_same(name, source) for source in sources):
            raise WrongUsage(f"{name}: is an input too, and would be written over; name another file")


def _files_of(names: Sequence[str | None]) -> Iterator[str]:
    for name in filter(None, names):
        for found in glob.glob(name, recursive=True) or [name]:
            yield found
            yield from (os.path.join(path, file) for path, _, files in os.walk(found) for file in files)


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other) or os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there, or no name of a file
        return False
