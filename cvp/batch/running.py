"""A batch from its rows to what people get: files of rows, of assessments and of rejects, and a summary."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cvp.batch.assessments import locked_folder, write_assessments
from cvp.batch.counting import Counting, columns_of
from cvp.batch.jobs import Found, Job, TooManyRejects
from cvp.batch.keeping import Identity, Kept, refuse_changed
from cvp.batch.opening import Batch
from cvp.batch.placing import Placing
from cvp.batch.rejecting import shown_rejects
from cvp.batch.scored import Rows
from cvp.batch.wishes import Wishes
from cvp.batch.writing import refuse_what_is_no_file, writer_of
from cvp.errors import Unmatched, Unreadable, Unwritable
from cvp.questionnaire import Questionnaire
from cvp.segments import Flow, Group, Summary, added, segment_of, trend_of

if TYPE_CHECKING:
    from cvp.items import ItemAnalysis


@dataclass(frozen=True)
class Done:
    """What became of a batch: the rows by where they went, the summary, sentences to print, and how questions work.

    `files` are those that were written.
    """

    flow: Flow
    summary: Summary | None
    said: tuple[str, ...] = ()
    items: "ItemAnalysis | None" = None
    files: tuple[str, ...] = ()


def run(
    batch: Batch,
    wishes: Wishes,
    files: Placing,
    report: Callable[[Done, Placing], None] | None = None,
) -> Done:
    """Scores, counts and writes. Raises Unreadable, Unwritable, WrongUsage and TooManyRejects.

    The `files`, which this enters, take their places together, when all are whole; `report` makes more of them.
    """
    rows, questionnaire = batch.rows, batch.questionnaire
    if wishes.target:
        refuse_what_is_no_file(wishes.target)
    by_column = columns_of(rows.keys, batch.by)
    dated = next(iter(columns_of(rows.keys, [batch.date]).items())) if batch.date else None
    counting = Counting(questionnaire, by_column, dated) if wishes.summary else None
    noted = {*rows.notes}
    with _told_of_change(batch.identity), ExitStack() as locks:
        if wishes.assessments:
            locks.enter_context(locked_folder(wishes.assessments, wishes.resume))
        locks.enter_context(files)
        job = Job(rows, wishes, batch.identity, counting, files)
        with _written(job) if wishes.output else nullcontext(job.counted_alone()) as found:
            said = [note for note in rows.notes if note not in noted] + [*found.said]
            said += shown_rejects(rows, found.rejected, wishes.rejects, files)
            if wishes.assessments:
                count = write_assessments(rows.assessments(), Path(wishes.assessments), files)
                said.append(f"{count:,} assessments are in {wishes.assessments}.")
            summary = _summary(found, batch, wishes) if found.counted else None
            items = _items(rows, questionnaire, wishes) if wishes.items else None
            done = Done(found.flow, summary, tuple(said), items)
            if report:
                report(done, files)
            files.place()
    return replace(done, files=files.placed)


@contextmanager
def _told_of_change(identity: Identity) -> Iterator[None]:
    """Where an input was changed, that is what went wrong, whatever came of it."""
    try:
        yield
    except (Unreadable, Unwritable):
        refuse_changed(identity)
        raise


@contextmanager
def _written(job: Job) -> Iterator[Found]:
    """By blocks where these may be wanted: to go on after a kill, or to stop before all is read.

    What was kept goes when the block is left with all files in their places.
    """
    assert job.wishes.output
    write = writer_of(job.wishes.output)
    with _kept(job.wishes, job.identity) as kept:
        job.files.parts = kept.folder
        is_straight = not kept.found and job.wishes.max_rejects is None and job.rows.are_soon_scored
        try:
            found = job.straight(kept, write) if is_straight else job.by_blocks(kept, write)
            yield replace(found, said=(*kept.said, *found.said))
        except BaseException as error:
            if is_straight or job.files.is_done or isinstance(error, Unreadable | Unmatched | TooManyRejects):
                kept.remove()
            raise
        kept.remove()


@contextmanager
def _kept(wishes: Wishes, identity: Identity) -> Iterator[Kept]:
    """Where blocks are kept: beside the target, or for standard output where temporary files are."""
    if wishes.target:
        with Kept(wishes.target, identity, wishes.resume) as kept:
            yield kept
        return
    with tempfile.TemporaryDirectory(prefix="cvp-") as folder, Kept(Path(folder, "rows.csv"), identity, False) as kept:
        yield kept


def _items(rows: Rows, questionnaire: Questionnaire, wishes: Wishes) -> "ItemAnalysis":
    """A pass of its own, once all else is done."""
    from cvp.batch.items import analyse
    from cvp.batch.tables import Tables

    assert isinstance(rows, Tables), "folders are refused"
    return analyse(rows, questionnaire, source=wishes.source, min_group=wishes.min_group)


def _summary(found: Found, batch: Batch, wishes: Wishes) -> Summary:
    counted = found.counted
    assert counted
    total = added(next(iter(counted.groups.values())).values())
    segments = tuple(segment_of(name, counted.groups[name], wishes.min_group) for name in batch.by)
    months = counted.months
    trend = trend_of(batch.date, months, wishes.min_group) if batch.date and months is not None else None
    return Summary(
        questionnaire=batch.questionnaire,
        source=wishes.source,
        date=wishes.date,
        flow=found.flow,
        total=Group("all", total),
        segments=segments,
        trend=trend,
        min_group=wishes.min_group,
        self_selected=wishes.self_selected,
    )
