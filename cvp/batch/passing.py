"""Rows on their way to a file: counted by where they go, and the rejected ones remembered, while they pass."""

import polars as pl

from cvp.batch.counting import NONE_REJECTED, flow_in, rejected_of
from cvp.batch.scored import REASON, SOUND, STATUS
from cvp.segments import Flow


class Passing:
    """What passed through a frame that `watched` gave: `flow` and `rejected` are whole once it was collected."""

    def __init__(self) -> None:
        self._sound: list[int] = []
        self._others: list[pl.DataFrame] = []
        self._rejected: list[pl.DataFrame] = []

    def watched(self, scored: pl.LazyFrame) -> pl.LazyFrame:
        """The scored rows, which are looked at as they pass, by many threads."""
        columns = pl.struct(STATUS, REASON, *NONE_REJECTED.columns)
        return scored.with_columns(
            columns.map_batches(self._look, return_dtype=pl.Int8, is_elementwise=True).alias(STATUS)
        )

    @property
    def flow(self) -> Flow:
        scored = sum(self._sound)
        sound = Flow(rows_in=scored, scored=scored)
        return sound + flow_in(pl.concat(self._others)) if self._others else sound

    @property
    def rejected(self) -> pl.DataFrame:
        """By SOURCE, `part` and `row`, as `counting.rejected_in` gives them."""
        return pl.concat([NONE_REJECTED, *self._rejected]).sort(pl.all())

    def _look(self, rows: pl.Series) -> pl.Series:
        status = rows.struct.field(STATUS)
        others = rows.filter(status != SOUND).struct.unnest()
        self._sound.append(len(rows) - others.height)
        if others.height:
            self._others.append(others.group_by(STATUS, REASON).len("n"))
            self._rejected.append(rejected_of(others))
        return status
