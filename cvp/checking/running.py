"""All the files of a check: remembered where nothing changed, on several cores where there are many."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cvp.checking import Named, Request, check_read, circumstances, crashed, files_below, read
from cvp.finding import Checked, Run
from cvp.loading import Finder, digest, digest_of

FEW: Final = 8
"""Up to so many files, opening the cache takes longer than checking them."""
MANY: Final = 64
"""From so many files on, starting processes is worth it."""
CHUNK: Final = 16


class Outcome(NamedTuple):
    """What became of a file: None where it was passed over; the files that the result depends on; of which bytes.

    A file can change between the reading for the cache and the reading for the rules.
    """

    checked: Checked | None
    looked: dict[str, str]
    digest: str = ""


def run(paths: Sequence[str], request: Request, remember: bool = True, jobs: int | None = None) -> Run:
    """Checks every file below the paths, in the order of the paths and then of names. Raises Unreadable."""
    files = list(files_below(paths))
    if remember and not request.against and len(files) > FEW:
        outcomes = _remembered(files, request, jobs)
    else:
        outcomes = _outcomes(files, request, jobs)
    checked = [outcomes[file] for file in files]
    passed_over = tuple(file.name for file, result in zip(files, checked, strict=True) if result is None)
    return Run(tuple(result for result in checked if result is not None), passed_over)


def _remembered(files: Sequence[Named], request: Request, jobs: int | None) -> dict[Named, Checked | None]:
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
    for file, outcome in _fresh([file for file in files if file not in known], request, jobs):
        known[file] = outcome.checked
        if outcome.checked and file in keys and outcome.digest == digests[file]:
            memory.keep(keys[file], outcome.checked, outcome.looked)
    memory.close()
    return known


def _outcomes(files: Sequence[Named], request: Request, jobs: int | None) -> dict[Named, Checked | None]:
    return {file: outcome.checked for file, outcome in _fresh(files, request, jobs)}


def _fresh(files: Sequence[Named], request: Request, jobs: int | None) -> Iterator[tuple[Named, Outcome]]:
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(files) < MANY:
        yield from ((file, _outcome(file, request)) for file in files)
    else:
        yield from _on_cores(files, request, jobs)


def _on_cores(files: Sequence[Named], request: Request, jobs: int) -> Iterator[tuple[Named, Outcome]]:
    """A file that kills its process loses its own result, and no other's."""
    lost: list[Named] = []
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    yield from _in_pool(chunks, request, jobs, lost)
    again, lost = lost, []
    yield from _in_pool([[file] for file in again], request, 1, lost)
    for file in lost:
        killed: list[Named] = []
        yield from _in_pool([[file]], request, 1, killed)
        yield from ((file, Outcome(crashed(file), {})) for file in killed)


def _in_pool(
    chunks: Sequence[Sequence[Named]], request: Request, jobs: int, lost: list[Named]
) -> Iterator[tuple[Named, Outcome]]:
    """The outcomes of the chunks, in order; the files whose process was killed are added to `lost`."""
    if not chunks:
        return
    import multiprocessing  # these take as long to import as checking a file
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs)
    before = signal.signal(signal.SIGTERM, _leave)  # so that a killed run takes its workers along
    try:
        pending = []
        for chunk in chunks:
            try:
                pending.append((chunk, pool.submit(_chunk, chunk, request)))
            except BrokenProcessPool:
                lost += chunk
        for chunk, future in pending:
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                lost += chunk
            else:
                yield from zip(chunk, outcomes, strict=True)
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.kill()  # or they would finish what they have first
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
        pool.shutdown(wait=False, cancel_futures=True)


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _chunk(files: Iterable[Named], request: Request) -> list[Outcome]:
    return [_outcome(file, request) for file in files]


def _outcome(file: Named, request: Request) -> Outcome:
    find, data = Finder(file.name), read(file)
    return Outcome(check_read(file, data, request, find), find.looked, digest(data) if isinstance(data, bytes) else "")
