"""A Spark frame's scored rows, written by Spark."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeAlias

from cvp.errors import Unwritable
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from cvp.tables.spark.opening import told
from cvp.tables.spark.tuning import tuned

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

USUAL: Final = ("level", "low", "high", "settled", "secured", "uncapped_level", "scores", "coverage", "safeguards")

Learn: TypeAlias = Callable[["DataFrame"], Sequence[Column] | None]
"""Rows with bad cells → the columns, where these tell more of what cells mean, else None."""

# No CSV: a cell of the table could become a formula where somebody opens it.
_WRITES: Final = {"": "parquet", ".parquet": "parquet", ".json": "json", ".jsonl": "json", ".orc": "orc"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that were scored, and rows that were rejected for a bad cell."""

    scored: int
    rejected: int


def write_scores(
    frame: "DataFrame",
    questionnaire: Questionnaire,
    target: str,
    *,
    columns: Sequence[Column] | None = None,
    date: str | None = None,
    outputs: Iterable[str] = USUAL,
    rejects: str | None = None,
    keep: Collection[int] | None = None,
    learn: Learn | None = None,
) -> Counts:
    """Writes the frame's scored rows to the folder `target`, and those with a bad cell to `rejects`, with `bad_cells`.

    Both are Parquet, or JSON or ORC by their endings. `keep` are the positions (from 0) of the columns that stand
    beside the outputs in `target`, all if left out: most of the time goes into writing. `learn` is asked about rows
    with bad cells; while these tell more of what cells mean, all rows are written again. What it raises is raised, with
    no `target` left. The other arguments are those of `score_frame`. Raises ValueError as it does, and Unwritable.
    """
    from cvp.tables.expression import score_frame

    outputs = tuple(outputs)
    kinds = [_kind_to_write(path) for path in (target, rejects) if path]
    width = len(frame.columns)
    kept = [*(range(width) if keep is None else keep), *([width] if "is_bad" in outputs else [])]

    def scored(*wanted: str) -> "DataFrame":
        return score_frame(frame, questionnaire, columns=columns, date=date, outputs=wanted)

    def write(mode: str) -> Counts:
        found = scored("is_bad", *outputs)
        return _write_sound(found, [*kept, *range(width + 1, len(found.columns))], target, kinds[0], mode)

    with tuned(frame.sparkSession):
        counts = write("error")
        with _none_left(frame, target):
            while learn and counts.rejected and (known := learn(scored("is_bad").filter("is_bad").drop("is_bad"))):
                columns = known
                counts = write("overwrite")
        if rejects and counts.rejected:
            _write(scored("bad_cells").filter("bad_cells <> ''"), rejects, kinds[1])
    return counts


def _write_sound(scored: "DataFrame", positions: Iterable[int], target: str, kind: str, mode: str) -> Counts:
    """Writes some columns of the rows without a bad cell."""
    from pyspark.sql import Observation
    from pyspark.sql.functions import col, count_if

    # Were the rows filtered first, Spark would look at every cell for that, and again for the scores.
    seen = Observation()
    rows = scored.observe(seen, count_if("is_bad").alias("bad"), count_if(~scored.is_bad).alias("sound"))
    names = scored.columns
    plain = rows.filter("NOT is_bad").toDF(*(f"c{position}" for position in range(len(names))))
    _write(plain.select(*(col(f"c{at}").alias(names[at]) for at in positions)), target, kind, mode)
    return Counts(scored=seen.get["sound"], rejected=seen.get["bad"])


def _kind_to_write(target: str) -> str:
    suffix = PurePath(target).suffix
    if suffix not in _WRITES:
        raise Unwritable(f"{target}: Spark writes Parquet, JSON or ORC here; end the name with .parquet, .json or .orc")
    return _WRITES[suffix]


def _write(frame: "DataFrame", target: str, kind: str, mode: str = "error") -> None:
    with told(Unwritable, f"{target}: Spark cannot write it"):
        frame.write.format(kind).mode(mode).save(target)


@contextmanager
def _none_left(frame: "DataFrame", target: str) -> Iterator[None]:
    """Takes away what was written where anything goes wrong: it may be wrong too."""
    try:
        yield
    except BaseException:
        if java := getattr(frame.sparkSession, "_jvm", None):
            path = java.org.apache.hadoop.fs.Path(target)
            session = java.org.apache.spark.sql.SparkSession.active()
            path.getFileSystem(session.sessionState().newHadoopConf()).delete(path, True)
        raise
