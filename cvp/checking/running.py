"""All the files of a check: remembered where nothing changed, on several cores where there are many."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from cvp.checking import Named, Request, check_read, circumstances, crashed, files_below, read
from cvp.finding import Checked, Run
from cvp.loading import Finder, digest, digest_of
from cvp.progress import Progress
from cvp.workers import spread

FEW: Final = 8
"""Up to so many files, opening the cache takes longer than checking them."""


class Outcome(NamedTuple):
    """What became of a file: None where it was passed over; the files that the result depends on; of which bytes.

    A file can change between the reading for the cache and the reading for the rules.
    """

    checked: Checked | None
    looked: dict[str, str]
    digest: str = ""


def run(paths: Sequence[str], request: Request, remember: bool = True, jobs: int | None = None) -> Run:
    """Checks every file below the paths, in the order of the paths and then of names. Raises Unreadable.

    A KeyboardInterrupt says how many files were checked.
    """
    files = list(files_below(paths))
    find = _remembered if remember and not request.against and len(files) > FEW else _outcomes
    with Progress(lambda: len(files), unit="files") as progress:
        try:
            outcomes = find(files, request, jobs, progress)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"{progress.done:,} of {len(files):,} files checked") from None
    checked = [outcomes[file] for file in files]
    passed_over = tuple(file.name for file, result in zip(files, checked, strict=True) if result is None)
    return Run(tuple(result for result in checked if result is not None), passed_over)


def _remembered(
    files: Sequence[Named], request: Request, jobs: int | None, progress: Progress
) -> dict[Named, Checked | None]:
    """Recalls what is known, checks the rest, and keeps that. What is passed over is not kept: it is cheap to see."""
    from cvp.checking.remembering import Memory, key_of  # a database: not for a few files

    memory = Memory(digest_of)
    keys: dict[Named, str] = {}
    digests: dict[Named, str] = {}
    known: dict[Named, Checked | None] = {}
    for file in files:
        if isinstance(data := read(file), bytes):
            digests[file] = digest(data)
            keys[file] = key_of(digests[file], *circumstances(file))
            if found := memory.recall(keys[file], file.name):
                known[file] = found
                progress.step(1)
    for file, outcome in _fresh([file for file in files if file not in known], request, jobs, progress):
        known[file] = outcome.checked
        if outcome.checked and file in keys and outcome.digest == digests[file]:
            memory.keep(keys[file], outcome.checked, outcome.looked)
    memory.close()
    return known


def _outcomes(
    files: Sequence[Named], request: Request, jobs: int | None, progress: Progress
) -> dict[Named, Checked | None]:
    return {file: outcome.checked for file, outcome in _fresh(files, request, jobs, progress)}


def _fresh(
    files: Sequence[Named], request: Request, jobs: int | None, progress: Progress
) -> Iterator[tuple[Named, Outcome]]:
    chunks = spread(partial(_outcome, request=request), files, _killed, jobs)
    for file, outcome in zip(files, chain.from_iterable(chunks), strict=True):
        progress.step(1)
        yield file, outcome


def _killed(file: Named) -> Outcome:
    return Outcome(crashed(file), {})


def _outcome(file: Named, request: Request) -> Outcome:
    find, data = Finder(file.name), read(file)
    return Outcome(check_read(file, data, request, find), find.looked, digest(data) if isinstance(data, bytes) else "")
