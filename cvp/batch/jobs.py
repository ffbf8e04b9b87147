"""A batch's rows scored, counted and written: counted alone, straight into their file, or by blocks that are kept."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from cvp.batch.counting import Counted, Counting, first_rows
from cvp.batch.cubes import Cube
from cvp.batch.keeping import Identity, Kept, refuse_changed
from cvp.batch.months import doubts_in
from cvp.batch.passing import NONE_REJECTED, Ask, Passage, Query, flow_of, passed, rejected_of
from cvp.batch.placing import Placing
from cvp.batch.rejecting import shown_rejects
from cvp.batch.scored import TOLD, Rows, block_size
from cvp.batch.telling import AGAIN, RESUME, written_by_polars
from cvp.batch.wishes import Wishes
from cvp.batch.writing import Write, rows_out
from cvp.errors import CvpError, Unreadable
from cvp.progress import Progress
from cvp.segments import Flow
from cvp.text import one_line


class TooManyRejects(CvpError):
    """More rows mean nothing than `--max-rejects` allows."""


class _Learned(Exception):
    """Rows must be scored again."""


@dataclass(frozen=True)
class Found:
    """Where the rows went, which were rejected (as in `Passage`), and their counts where they are wanted.

    `said` are sentences to print.
    """

    flow: Flow
    rejected: pl.DataFrame
    counted: Counted | None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """Rows and what is to be done with them. Raises Unreadable, Unwritable, WrongUsage and TooManyRejects."""

    rows: Rows
    wishes: Wishes
    identity: Identity
    counting: Counting | None
    files: Placing

    def counted_alone(self) -> Found:
        """No row is written."""
        while True:
            try:
                if self.wishes.max_rejects is not None:
                    self._pass(self._blocks([]))
                found = self._counted(self._as_scored)
                self._learn(found.rejected)
            except _Learned:
                continue
            self._refuse(found.flow)
            return found

    def straight(self, kept: Kept, write: Write) -> Found:
        """The rows are written and counted as they are scored."""
        said = list[str]()

        def put(frame: pl.LazyFrame) -> pl.DataFrame:
            with written_by_polars():
                said[:] = write(rows_out(frame, self.rows.keys), file)
            return pl.DataFrame()

        ask = partial(self._as_scored, outputs=self._outputs)

        def once() -> Passage:
            return passed(ask, put, self.counting.cubes(ask) if self.counting else ())

        with self._target(kept) as file:
            found = once()
            while found.flow.rejected and self.rows.learn(found.rejected):
                found = once()
            self._refuse(found.flow)
            return self._found(found, ask, said)

    def by_blocks(self, kept: Kept, write: Write) -> Found:
        """Blocks of scored rows are kept, then counted and written; what an earlier run kept is not scored again."""
        self.rows.know(kept.later)
        while True:
            try:
                self._pass(self._blocks(self._outputs, kept))
                if not kept.has_rows:
                    self._refuse(Flow())
                with kept.checked():
                    found = self._counted(lambda query: iter([query(kept.rows())]))
                self._learn(found.rejected)
            except _Learned:
                kept.begin_anew(self.rows.later)
            else:
                break
        self._refuse(found.flow)
        with self._target(kept) as file, kept.checked():
            said = write(rows_out(kept.rows(), self.rows.keys), file)
        return replace(found, said=(*found.said, *said))

    @property
    def _outputs(self) -> list[str]:
        return list(dict.fromkeys([*TOLD, *(self.counting.outputs if self.counting else ())]))

    def _counted(self, ask: Ask) -> Found:
        """By a pass for each cube; the first tells where the rows went."""
        if not self.counting:
            return self._found(passed(ask, flow_of), ask)
        first, *others = self.counting.cubes(ask)
        found = passed(ask, partial(_collected, first))
        more = {cube: cube.together(list(ask(partial(_collected, cube)))) for cube in others}
        return self._found(replace(found, cubes={first: first.together(found.found), **more}), ask)

    def _found(self, found: Passage, ask: Ask, said: Sequence[str] = ()) -> Found:
        counted = self.counting.counted(found.cubes) if self.counting else None
        undated = self._undated(ask) if counted and "" in (counted.months or ()) else ()
        spelt = counted.said if counted else ()
        return Found(found.flow, found.rejected, counted, (*said, *spelt, *undated))

    def _undated(self, ask: Ask) -> Iterator[str]:
        """Why rows are in no month, where it is not that their days are empty."""
        if self.counting and self.counting.date:
            yield from doubts_in(*self.counting.date, partial(first_rows, ask))

    def _as_scored(self, query: Query, outputs: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """Puts a query to the rows while they are scored."""
        wanted = outputs if outputs is not None else self.counting.outputs if self.counting else ()
        with Progress(self.rows.total) as progress:
            yield from self.rows.ask(wanted, query, progress.step)

    def _blocks(self, outputs: Sequence[str], kept: Kept | None = None) -> Iterator[pl.DataFrame]:
        """Those of an earlier run, then fresh ones, which are kept."""
        size = block_size()
        done = number = 0
        for block in kept.blocks() if kept else ():
            done += block.height
            number += 1
            yield block
            if block.height < size:  # the last of all
                return
        with Progress(self.rows.total, done) as progress:
            for block in self.rows.blocks(outputs, size, done):
                if kept:
                    kept.keep(number, block)
                number += 1
                progress.step(block.height)
                yield block

    def _pass(self, blocks: Iterator[pl.DataFrame]) -> None:
        """Goes through the blocks. Raises TooManyRejects as soon as there are more than allowed."""
        found = NONE_REJECTED
        seen = 0
        for block in blocks:
            seen += block.height
            if self.wishes.max_rejects is None:
                continue
            found = pl.concat([found, rejected_of(block)])
            if found.height > self.wishes.max_rejects:
                self._learn(found)
                raise TooManyRejects("\n".join(self._too_many(found, seen)))

    def _too_many(self, found: pl.DataFrame, seen: int) -> Iterator[str]:
        """Lines that say so, the first of them all; the rejects take their place alone."""
        yield (
            f"stopped: {found.height:,} of the first {seen:,} rows rejected, more than --max-rejects "
            f"{self.wishes.max_rejects:,}; no row was written"
        )
        yield from shown_rejects(self.rows, found, self.wishes.rejects, self.files)
        self.files.place()

    def _learn(self, rejected: pl.DataFrame) -> None:
        """Raises _Learned where rejected rows tell what cells mean that the first rows did not show."""
        if rejected.height and self.rows.learn(rejected):
            raise _Learned

    def _refuse(self, flow: Flow) -> None:
        """There is nothing to score in a header alone, and rows of two versions of a file would be scored as one."""
        assert flow.balances, flow
        if not flow.rows_in:
            name = one_line(self.wishes.inputs[0])
            raise Unreadable(f"{name}: has a header and no row under it; export the answers again")
        refuse_changed(self.identity)

    def _target(self, kept: Kept) -> AbstractContextManager[Path]:
        """An empty file, which where all goes well takes the target's place or goes to standard output."""
        target = self.wishes.target
        if target:
            return self.files.file(target, RESUME if kept.has_rows else AGAIN, comes_last=True)
        return self.files.standard_output(kept.folder)


def _collected(cube: Cube, frame: pl.LazyFrame) -> pl.DataFrame:
    return cube.of(frame).collect(engine="streaming")
