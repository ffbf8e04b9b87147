"""The rows of one table, scored: by the fastest way of reading it, and where that fails by the surest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import narwhals as nw
import polars as pl

from cvp.batch.scored import LEFT_OUT, REASON, REJECTED, SOUND, SOURCE, STATUS, kept_column
from cvp.batch.streaming import blocks_of
from cvp.batch.tables.opening import Opened
from cvp.questionnaire import Questionnaire
from cvp.tables.cells import is_told, text_of
from cvp.tables.compiling import compile_plan
from cvp.tables.expression import add_scores
from cvp.tables.reading import polars_told
from cvp.tables.table import CELLS, PART, ROW

_SMALL: Final = {
    **dict.fromkeys(("level", "low", "high"), pl.Int8),
    **dict.fromkeys(("safeguards", "recommendation"), pl.Categorical),
}
"""Types that are written in half the time; what has no value in any row gets one at all."""


class Scoring:
    """One of the inputs; `keys` are the names of all that is kept of any, `kept` the positions of its own."""

    def __init__(
        self,
        number: int,
        opened: Opened,
        questionnaire: Questionnaire,
        date: str,
        keys: Sequence[str],
        kept: Mapping[str, int],
        alone: bool,
    ) -> None:
        self._number = number
        self._table = opened.matched.table
        self._questionnaire = questionnaire
        self._date = date
        self._keys = keys
        self._kept = kept
        self._counted = {*opened.by, opened.date}
        self._alone = alone
        self._way, *self._surer = opened.ways(questionnaire)
        self._made: dict[tuple[str, ...], pl.LazyFrame] = {}

    def rows(self) -> int:
        """How many there are. Raises Unreadable."""
        with polars_told(self._table.name, self._table.parts):
            return self._table.count()

    def blocks(self, outputs: Sequence[str], size: int, skip: int) -> Iterator[pl.DataFrame]:
        """Raises Unreadable."""
        done = skip
        with polars_told(self._table.name, self._table.parts):
            while True:
                try:
                    for block in blocks_of(self._scored(self._way.scan.frame.slice(done), outputs), size):
                        done += block.height
                        yield block
                    return
                except pl.exceptions.PolarsError:
                    self._give_way()

    def ask(
        self, outputs: Sequence[str], query: Callable[[pl.LazyFrame], pl.DataFrame], seen: Callable[[int], None]
    ) -> pl.DataFrame:
        """What a query finds in the scored rows; `seen` is told of rows. Raises Unreadable."""
        with polars_told(self._table.name, self._table.parts):
            while True:
                counted: list[int] = []

                def look(rows: pl.Series, counted: list[int] = counted) -> pl.Series:
                    counted.append(len(rows))
                    seen(len(rows))
                    return rows

                looked = pl.col(STATUS).map_batches(look, return_dtype=pl.Int8, is_elementwise=True)
                try:
                    return query(self._whole(tuple(outputs)).with_columns(looked))
                except pl.exceptions.PolarsError:
                    self._give_way()
                    seen(-sum(counted))

    def _give_way(self) -> None:
        """Goes on to a surer way; raises what is being handled where there is none."""
        if not self._surer:
            raise  # noqa: PLE0704 - only called where something is
        self._way = self._surer.pop(0)
        self._made.clear()

    def _whole(self, outputs: tuple[str, ...]) -> pl.LazyFrame:
        """All rows; the expressions are made once, since that takes as long as scoring many thousands of rows."""
        if outputs not in self._made:
            self._made[outputs] = self._scored(self._way.scan.frame, outputs)
        return self._made[outputs]

    def _scored(self, frame: pl.LazyFrame, outputs: Sequence[str]) -> pl.LazyFrame:
        schema = frame.collect_schema()
        plan = compile_plan(self._questionnaire, self._way.columns, self._date)
        reason = self._way.scan.left_out
        kept = [f"c{position}" for position in self._kept.values()]
        beside = [*dict.fromkeys([ROW, PART, CELLS, *kept, *reason.meta.root_names()])]
        scored: pl.LazyFrame = add_scores(nw.from_native(frame), plan, ["is_bad", *outputs], beside=beside).to_native()
        made = [name for name in scored.collect_schema().names() if name not in schema and name != "is_bad"]
        is_bad = pl.col(CELLS).is_not_null() | (reason.is_null() & pl.col("is_bad"))
        status = pl.when(is_bad).then(REJECTED).when(reason.is_not_null()).then(LEFT_OUT).otherwise(SOUND)
        return scored.select(
            status.cast(pl.Int8).alias(STATUS),
            pl.when(~is_bad).then(reason).alias(REASON),
            pl.lit(self._number, pl.UInt32).alias(SOURCE),
            PART,
            pl.col(ROW).cast(pl.UInt32),
            *self._kept_columns(schema),
            *(pl.col(name).cast(_SMALL[name]) if name in _SMALL else name for name in made),
        )

    def _kept_columns(self, schema: Mapping[str, pl.DataType]) -> Iterator[pl.Expr]:
        parts = pl.Series([part.source.name for part in self._table.parts])
        for index, name in enumerate(self._keys):
            if name == "file":  # no kept column is called so
                kept = pl.col(PART).map_batches(parts.gather, return_dtype=pl.String, is_elementwise=True)
            else:
                kept = self._kept_column(self._kept[name], schema) if name in self._kept else pl.lit(None, pl.String)
            yield kept.alias(kept_column(index))

    def _kept_column(self, position: int, schema: Mapping[str, pl.DataType]) -> pl.Expr:
        """As it is; as text where types of several inputs may differ, or where it is counted by and cannot be named."""
        column = f"c{position}"
        is_fit = is_told(schema[column]) or position not in self._counted
        return pl.col(column) if self._alone and is_fit else text_of(column, schema[column])
