"""Work that is the same for many items, on several cores; an item that kills its process costs no other its result."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from cvp.workers.crew import Crew, Method, Reply

Item = TypeVar("Item")
Result = TypeVar("Result")

MANY: Final = 64
"""From so many items on, starting processes is worth it."""
CHUNK: Final = 16
"""Items that a process takes at a time."""
AHEAD: Final = 4
"""Chunks a process that may be done before their turn: so many results wait, and no more."""


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    killed: Callable[[Item], Result],
    jobs: int | None = None,
    method: "Method" = None,
) -> Generator[list[Result]]:
    """The results in the order of the items, a chunk at a time; few items and one core start no process.

    `killed` makes the result of an item that kills its process, also when nothing runs beside it. `jobs` are
    processes, one a core where left out; `method` is how they start, multiprocessing's own where left out. `work`,
    items and results must pickle. Raises what `work` raises, in its turn.
    """
    jobs = jobs or os.cpu_count() or 1
    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    if jobs == 1 or len(items) < MANY:
        yield from ([work(item) for item in chunk] for chunk in chunks)
        return
    from cvp.workers.crew import Crew

    with Crew(work, method) as crew:
        yield from _in_order(crew, chunks, killed, min(jobs, len(chunks)))


def _in_order(
    crew: "Crew[Item, Result]", chunks: Sequence[Sequence[Item]], killed: Callable[[Item], Result], jobs: int
) -> Iterator[list[Result]]:
    done: dict[int, Reply[Result]] = {}
    lost: list[int] = []
    begun = turn = 0
    while turn < len(chunks):
        while not lost and len(crew.busy) < jobs and begun < min(len(chunks), turn + AHEAD * jobs):
            crew.begin(begun, chunks[begun])
            begun += 1
        if turn in done:
            yield done.pop(turn).opened()
            turn += 1
        elif crew.busy:
            for number, reply in crew.replies():
                if reply is None:
                    lost.append(number)
                else:
                    done[number] = reply
        else:  # nothing else runs that could have taken the memory
            number = lost.pop()
            done[number] = crew.one_by_one(chunks[number], killed)
