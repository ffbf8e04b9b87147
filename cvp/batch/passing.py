"""Where scored rows go, told while they pass: on their way to a file, or to be counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeAlias

import polars as pl

from cvp.batch.cubes import Cube
from cvp.batch.scored import LEFT_OUT, REASON, REJECTED, SOUND, SOURCE, STATUS
from cvp.segments import Flow
from cvp.tables.table import PART, ROW

Query: TypeAlias = Callable[[pl.LazyFrame], pl.DataFrame]
Ask: TypeAlias = Callable[[Query], Iterator[pl.DataFrame]]
"""Puts a query to scored rows: what it finds in each of the frames that they lie in."""

NONE_REJECTED: Final = pl.DataFrame(schema={SOURCE: pl.UInt32, PART: pl.UInt32, ROW: pl.UInt32})
_MOST_HELD: Final = 1 << 15
"""Rows of a cube's parts that are held before they are put together."""


@dataclass(frozen=True)
class Passage:
    """What a query found in each frame; where its rows went, which were rejected (as NONE_REJECTED, sorted); cubes."""

    found: Sequence[pl.DataFrame]
    flow: Flow
    rejected: pl.DataFrame
    cubes: Mapping[Cube, pl.DataFrame]


def passed(rows: Ask, query: Query, cubes: Sequence[Cube] = ()) -> Passage:
    """Puts the query to rows that are watched meanwhile; the cubes are counted on the way."""
    watched: list[_Watch] = []

    def put(frame: pl.LazyFrame) -> pl.DataFrame:
        watch = _Watch(cubes)
        found = query(watch.over(frame))
        watched.append(watch)  # a frame that failed is followed by another
        return found

    found = list(rows(put))
    return Passage(
        found,
        sum((watch.flow for watch in watched), Flow()),
        pl.concat([NONE_REJECTED, *(part for watch in watched for part in watch.rejected)]).sort(pl.all()),
        {cube: cube.together([part for watch in watched for part in watch.cubes[cube]]) for cube in cubes},
    )


def flow_of(frame: pl.LazyFrame) -> pl.DataFrame:
    """A query for where the rows go alone."""
    return frame.select(pl.col(STATUS).max()).collect(engine="streaming")


def rejected_of(block: pl.DataFrame) -> pl.DataFrame:
    """The rejected rows of one block."""
    return block.filter(pl.col(STATUS) == REJECTED).select(NONE_REJECTED.columns)


class _Watch:
    """What passed through a frame, once that was collected."""

    def __init__(self, cubes: Sequence[Cube]) -> None:
        self.cubes: dict[Cube, list[pl.DataFrame]] = {cube: [] for cube in cubes}
        self.rejected: list[pl.DataFrame] = []
        self._sound: list[int] = []
        self._others: list[pl.DataFrame] = []
        self._adding = Lock()

    def over(self, scored: pl.LazyFrame) -> pl.LazyFrame:
        """The scored rows, which are looked at as they pass, by many threads."""
        columns = scored.collect_schema() if self.cubes else (STATUS, REASON, *NONE_REJECTED.columns)
        look = pl.struct(*columns).map_batches(self._look, return_dtype=pl.Int8, is_elementwise=True)
        return scored.with_columns(look.alias(STATUS))

    @property
    def flow(self) -> Flow:
        scored = sum(self._sound)
        sound = Flow(rows_in=scored, scored=scored)
        return sound + _flow_in(pl.concat(self._others)) if self._others else sound

    def _look(self, rows: pl.Series) -> pl.Series:
        status = rows.struct.field(STATUS)
        others = rows.filter(status != SOUND).struct.unnest()
        self._sound.append(len(rows) - others.height)
        if others.height:
            self._others.append(others.group_by(STATUS, REASON).len("n"))
            self.rejected.append(rejected_of(others))
        for cube, parts in self.cubes.items():
            found = cube.of(rows.struct.unnest().lazy()).collect(engine="in-memory")
            with self._adding:
                parts.append(found)
                if sum(part.height for part in parts) > max(_MOST_HELD, 2 * parts[0].height):
                    parts[:] = [cube.together(parts)]
        return status


def _flow_in(counts: pl.DataFrame) -> Flow:
    """Where the rows went, given how many (`n`) by STATUS and REASON."""
    by_status = dict(counts.group_by(STATUS).agg(pl.col("n").sum()).iter_rows())
    left = counts.filter(pl.col(STATUS) == LEFT_OUT).group_by(REASON).agg(pl.col("n").sum()).iter_rows()
    return Flow(sum(by_status.values()), by_status.get(SOUND, 0), by_status.get(REJECTED, 0), dict(left))
