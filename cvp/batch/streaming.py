"""A lazy frame's rows in blocks, no more of them in memory than are asked for."""

import contextlib
from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Final

import polars as pl

PATIENCE: Final = 0.1
"""Seconds after which the engine looks whether anybody still wants its blocks."""


def blocks_of(frame: pl.LazyFrame, size: int, maintain_order: bool = True) -> Iterator[pl.DataFrame]:
    """Blocks of `size` rows; the last may be shorter. Raises what the engine raises.

    Polars' own `collect_batches` runs ahead of a slow reader without end; here the engine waits with its next block.
    """
    ready: Queue[pl.DataFrame | BaseException | None] = Queue(1)
    left = Event()

    def hand_over(block: pl.DataFrame | BaseException | None) -> bool:
        """Whether nobody wants more."""
        while not left.is_set():
            try:
                ready.put(block, timeout=PATIENCE)
            except Full:
                continue
            return False
        return True

    def run() -> None:
        end: BaseException | None = None
        try:
            frame.sink_batches(hand_over, chunk_size=size, maintain_order=maintain_order, engine="streaming")
        except BaseException as error:  # it is raised where the blocks are read
            end = error
        hand_over(end)

    engine = Thread(target=run, daemon=True)
    engine.start()
    try:
        while (block := ready.get()) is not None:
            if isinstance(block, BaseException):
                raise block
            yield block
    finally:
        left.set()
        with contextlib.suppress(Empty):
            ready.get_nowait()
        engine.join()
