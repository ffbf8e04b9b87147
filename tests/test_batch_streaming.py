"""Blocks of a lazy frame: in order, all of them, and no further ahead of their reader than one or two."""

import time
from collections.abc import Callable

import polars as pl
import pytest

from cvp.batch.streaming import blocks_of

ROWS = 200_000


def counted(seen: list[int], then: Callable[[], None] = lambda: None) -> pl.LazyFrame:
    """A frame that says how many rows have gone through it, in parts of ten thousand."""

    def look(rows: pl.Series) -> pl.Series:
        seen.append(len(rows))
        then()
        return rows

    number = pl.int_range(10_000).alias("n")
    parts = [pl.LazyFrame({"part": [part]}).with_columns(n=pl.lit(0)).select("part") for part in range(ROWS // 10_000)]
    frames = [part.join(pl.LazyFrame().select(number), how="cross") for part in parts]
    return pl.concat(frames).with_columns(pl.col("n").map_batches(look, return_dtype=pl.Int64, is_elementwise=True))


@pytest.mark.parametrize("size", [7_000, 10_000, 1_000_000])
def test_all_rows_come_in_order(size: int) -> None:
    frame = counted([])
    blocks = list(blocks_of(frame, size))
    assert all(block.height <= size for block in blocks)
    assert pl.concat(blocks).equals(frame.collect())


def test_the_engine_waits_for_a_slow_reader() -> None:
    seen: list[int] = []
    blocks = blocks_of(counted(seen), 10_000)
    next(blocks)
    time.sleep(0.5)
    ahead = sum(seen)
    assert ahead < ROWS, "all was made before the second block was asked for"
    assert sum(block.height for block in blocks) == ROWS - 10_000


def test_who_leaves_stops_the_engine() -> None:
    seen: list[int] = []
    blocks = blocks_of(counted(seen), 10_000)
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    made = sum(seen)
    time.sleep(0.3)
    assert sum(seen) == made < ROWS


def test_what_goes_wrong_in_the_engine_is_raised_to_the_reader() -> None:
    def fail() -> None:
        raise RuntimeError("the fifth part is bad")

    with pytest.raises(RuntimeError, match="fifth part"):
        list(blocks_of(counted([], fail), 10_000))
