"""Processes that reply to chunks of work, and what happens to them when one of them or the run is killed."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from cvp.workers.interruptions import held_back, leave, let_through, uninterrupted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Result = TypeVar("Result")
Method = Literal["spawn"] | None
"""How a process starts; None is Python's own way on this system."""


class Reply(NamedTuple, Generic[Result]):
    """What became of a chunk: its results, or what was raised."""

    results: list[Result]
    error: Exception | None = None

    def opened(self) -> list[Result]:
        if self.error:
            raise self.error
        return self.results


class Worker(NamedTuple):
    process: "BaseProcess"
    pipe: "Connection[Any, Any]"

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Crew(Generic[Item, Result]):
    """The processes, each with a pipe of its own: who is killed takes nothing along but the chunk at hand.

    They end with the block, whatever ends it; a run that is itself killed takes them along, since their pipes end.
    """

    def __init__(self, work: Callable[[Item], Result], method: Method) -> None:
        self.work = work
        self.method = method
        self.idle: list[Worker] = []
        self.busy: dict[int, Worker] = {}
        self._on_termination: Any = signal.SIG_DFL

    def __enter__(self) -> "Crew[Item, Result]":
        self._on_termination = signal.signal(signal.SIGTERM, leave)
        return self

    def __exit__(self, *_: object) -> None:
        self._end([*self.idle, *self.busy.values()])
        signal.signal(signal.SIGTERM, self._on_termination)

    def begin(self, number: int, chunk: Sequence[Item]) -> None:
        """Gives the chunk to a process that has none, a new one where there is none."""
        if not self.idle:
            self._start()
        worker = self.busy[number] = self.idle.pop()
        with suppress(OSError):  # one that was killed meanwhile is noticed by its reply
            worker.pipe.send(chunk)

    def one_by_one(self, chunk: Sequence[Item], killed: Callable[[Item], Result]) -> Reply[Result]:
        """The results of a chunk that lost its process; `killed` makes that of an item that kills another.

        Nobody may be busy. Who is idle makes room, and cannot have been killed unnoticed.
        """
        self._end(self.idle)
        self.idle.clear()
        results: list[Result] = []
        for item in chunk:
            self.begin(0, [item])
            ((_, reply),) = self.replies()
            if reply and reply.error:
                return reply
            results += reply.results if reply else [killed(item)]
        return Reply(results)

    def replies(self) -> Iterator[tuple[int, Reply[Result] | None]]:
        """Waits for the next ones; None where the process was killed."""
        from multiprocessing.connection import wait

        ready = wait([worker.pipe for worker in self.busy.values()])
        for number, worker in list(self.busy.items()):
            if worker.pipe in ready:
                yield number, self._reply(number, worker)

    def _reply(self, number: int, worker: Worker) -> Reply[Result] | None:
        try:
            reply: Reply[Result] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.end()
            del self.busy[number]
            return None
        self.idle.append(self.busy.pop(number))
        return reply

    def _end(self, workers: Sequence[Worker]) -> None:
        with uninterrupted():
            for worker in workers:
                worker.end()

    def _start(self) -> None:
        with uninterrupted():
            import multiprocessing  # takes longer than a file or two

            context = multiprocessing.get_context(self.method)
            if context.get_start_method() != "fork":
                from multiprocessing.resource_tracker import ensure_running

                ensure_running()  # or the first start does, and lets interruptions through
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(self.work, ours, theirs), daemon=True)
            with held_back():
                process.start()
            theirs.close()
            self.idle.append(Worker(process, ours))


def _serve(work: Callable[[Item], Result], ours: "Connection[Any, Any]", theirs: "Connection[Any, Any]") -> None:
    """What a process does: replies to chunks until the pipe ends. An interruption is for whoever started it."""
    ours.close()  # the copy that came along would keep the pipe open
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    let_through()
    with suppress(EOFError, OSError):
        while True:
            theirs.send(_replied(work, theirs.recv()))


def _replied(work: Callable[[Item], Result], chunk: Sequence[Item]) -> Reply[Result]:
    try:
        return Reply([work(item) for item in chunk])
    except Exception as error:
        return Reply([], error)
