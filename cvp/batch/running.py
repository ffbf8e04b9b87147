"""A batch from its rows to its files: blocks scored, kept, counted; then the rows out, and the rejects."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from cvp.batch.assessments import write_assessments
from cvp.batch.counting import NONE_REJECTED, Ask, Counted, Counting, columns_of, flow_of, rejected_in, rejected_of
from cvp.batch.keeping import Identity, Kept, changed_since
from cvp.batch.progress import Progress, is_watched
from cvp.batch.rejecting import NAMED, told_rejects, write_rejects
from cvp.batch.scored import BLOCK, COUNTED, TOLD, Rows
from cvp.batch.wishes import Wishes
from cvp.batch.writing import Write, beside, refuse_what_is_no_file, rows_out, writer_of
from cvp.errors import CvpError, Unreadable
from cvp.questionnaire import Questionnaire
from cvp.segments import Flow, Group, Summary, added, segment_of, trend_of
from cvp.text import one_line

if TYPE_CHECKING:
    from cvp.items import ItemAnalysis


class TooManyRejects(CvpError):
    """More rows mean nothing than `--max-rejects` allows."""


@dataclass(frozen=True)
class Done:
    """What became of a batch: the rows by where they went, the summary, sentences to print, and how questions work."""

    flow: Flow
    summary: Summary | None
    said: tuple[str, ...] = ()
    items: "ItemAnalysis | None" = None


def run(
    rows: Rows, questionnaire: Questionnaire, wishes: Wishes, by: Sequence[str], date: str | None, identity: Identity
) -> Done:
    """Scores, counts and writes. Raises Unreadable, Unwritable, WrongUsage and TooManyRejects.

    `by` and `date` are kept columns of the rows; `identity` is what the blocks depend on.
    """
    if wishes.target and wishes.output != "-":
        refuse_what_is_no_file(wishes.target)
    write = writer_of(wishes.output) if wishes.output else None
    outputs = list(dict.fromkeys([*(TOLD if write else ()), *(COUNTED if wishes.summary else ())]))
    by_column = columns_of(rows.keys, by)
    dated = next(iter(columns_of(rows.keys, [date]).items())) if date else None
    said: list[str] = []
    with _kept(wishes, identity) as kept:
        if kept and kept.passed_over:
            said.append("An unfinished run was thrown away and begun anew; --resume would have gone on with it.")
        if kept:
            _pass(_blocks(rows, outputs, kept), rows, wishes, kept)
            if not kept.has_rows:
                _refuse_nothing(Flow(), wishes, kept)
        elif wishes.max_rejects is not None:
            _pass(_blocks(rows, [], None), rows, wishes)
        ask = _asking(rows, outputs, kept)
        counted = Counting(questionnaire, by_column, dated).of(ask) if wishes.summary else None
        flow = counted.flow if counted else flow_of(ask)
        rejected = rejected_in(ask) if flow.rejected else NONE_REJECTED
        assert flow.balances, flow
        _refuse_nothing(flow, wishes, kept)
        _refuse_changed(identity, kept)
        if kept and write:
            said += _write_rows(kept, rows.keys, write, wishes)
        if wishes.assessments:
            count = write_assessments(rows.assessments(), Path(wishes.assessments))
            said.append(f"{count:,} assessments are in {wishes.assessments}.")
        said += _tell_rejects(rows, rejected, wishes)
        if kept:
            kept.remove()
    summary = _summary(counted, questionnaire, wishes, by, date) if counted else None
    return Done(flow, summary, tuple(said), _items(rows, questionnaire, wishes) if wishes.items else None)


def _asking(rows: Rows, outputs: Sequence[str], kept: Kept | None) -> Ask:
    """Puts queries to the kept blocks or, where nothing is kept, to the rows as they are scored."""
    if kept:
        return lambda query: iter([query(kept.rows())])
    total = rows.total() if is_watched() else None

    def ask(query: Callable[[pl.LazyFrame], pl.DataFrame]) -> Iterator[pl.DataFrame]:
        progress = Progress(total)
        try:
            yield from rows.ask(outputs, query, progress.step)
        finally:
            progress.end()

    return ask


def _pass(blocks: Iterator[pl.DataFrame], rows: Rows, wishes: Wishes, kept: Kept | None = None) -> None:
    """Goes through the blocks. Raises TooManyRejects as soon as there are more than allowed."""
    found = NONE_REJECTED
    seen = 0
    for block in blocks:
        seen += block.height
        if wishes.max_rejects is None:
            continue
        found = pl.concat([found, rejected_of(block)])
        if found.height > wishes.max_rejects:
            if kept:
                kept.remove()
            raise TooManyRejects(
                f"stopped: {found.height:,} rows rejected of the first {seen:,}, more than --max-rejects "
                f"{wishes.max_rejects}; no row was written. {'; '.join(_tell_rejects(rows, found, wishes))}"
            )


def _items(rows: Rows, questionnaire: Questionnaire, wishes: Wishes) -> "ItemAnalysis":
    """A pass of its own, once all else is done."""
    from cvp.batch.items import analyse
    from cvp.batch.tables import Tables

    assert isinstance(rows, Tables), "folders are refused"
    return analyse(rows, questionnaire, source=wishes.source, min_group=wishes.min_group)


@contextmanager
def _kept(wishes: Wishes, identity: Identity) -> Iterator[Kept | None]:
    """Where blocks are kept: beside the target, or for standard output where temporary files are."""
    if not wishes.output:
        yield None
    elif wishes.output == "-":
        with (
            tempfile.TemporaryDirectory(prefix="cvp-") as folder,
            Kept(Path(folder, "rows.csv"), identity, False) as kept,
        ):
            yield kept
    else:
        with Kept(Path(wishes.output), identity, wishes.resume) as kept:
            yield kept


def _blocks(rows: Rows, outputs: Sequence[str], kept: Kept | None) -> Iterator[pl.DataFrame]:
    """Those of an earlier run, then fresh ones, which are kept."""
    size = block_size()
    done = number = 0
    for block in kept.blocks() if kept else ():
        done += block.height
        number += 1
        yield block
        if block.height < size:  # the last of all
            return
    progress = Progress(rows.total() if is_watched() else None, done)
    try:
        for block in rows.blocks(outputs, size, done):
            if kept:
                kept.keep(number, block)
            number += 1
            progress.step(block.height)
            yield block
    finally:
        progress.end()


def _refuse_nothing(flow: Flow, wishes: Wishes, kept: Kept | None) -> None:
    """There is nothing to score in a header alone."""
    if flow.rows_in:
        return
    if kept:
        kept.remove()
    raise Unreadable(f"{one_line(wishes.inputs[0])}: has a header and no row under it; export the answers again")


def _refuse_changed(identity: Identity, kept: Kept | None) -> None:
    """Rows of two versions of a file would be scored as one."""
    if name := changed_since(identity):
        if kept:
            kept.remove()
        raise Unreadable(f"{one_line(name)}: was changed while it was read; run it again")


def block_size() -> int:
    """Rows of a block; tests have small ones."""
    return int(os.environ.get("CVP_BLOCK", "0")) or BLOCK


def _write_rows(kept: Kept, keys: Sequence[str], write: Write, wishes: Wishes) -> Sequence[str]:
    frame = rows_out(kept.rows(), keys)
    if wishes.output != "-":
        assert wishes.target
        with beside(wishes.target) as temporary:
            return write(frame, temporary)
    with beside(kept.folder / "rows.csv") as temporary:
        said = write(frame, temporary)
    _print_file(kept.folder / "rows.csv")
    return said


def _print_file(file: Path) -> None:
    import shutil
    import sys

    sys.stdout.flush()
    with file.open("rb") as opened:
        shutil.copyfileobj(opened, sys.stdout.buffer, 1 << 20)
    sys.stdout.buffer.flush()


def _tell_rejects(rows: Rows, rejected: pl.DataFrame, wishes: Wishes) -> list[str]:
    if wishes.rejects:
        write_rejects(rows.rejects(rejected), rows.keys, Path(wishes.rejects))
        return [f"What is wrong with rejected rows is in {wishes.rejects}."] if rejected.height else []
    said = list(told_rejects(rows.rejects(rejected.head(NAMED)))) if rejected.height else []
    more = rejected.height - NAMED
    return [*said, *([f"and {more:,} more rows; --rejects FILE keeps them all"] if more > 0 else [])]


def _summary(
    counted: Counted, questionnaire: Questionnaire, wishes: Wishes, by: Sequence[str], date: str | None
) -> Summary:
    total = added(next(iter(counted.groups.values())).values())
    segments = tuple(segment_of(name, counted.groups[name], wishes.min_group) for name in by)
    trend = trend_of(date, counted.months, wishes.min_group) if date and counted.months is not None else None
    return Summary(
        questionnaire=questionnaire,
        source=wishes.source,
        date=wishes.date,
        flow=counted.flow,
        total=Group("all", total),
        segments=segments,
        trend=trend,
        min_group=wishes.min_group,
        self_selected=wishes.self_selected,
    )
