"""A Spark frame's scored rows, written by Spark."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeAlias

import narwhals as nw

from cvp.errors import Unwritable
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from cvp.tables.expression import named_columns, score_frame
from cvp.tables.expression.outputs import OF_BAD_ROWS
from cvp.tables.expression.outputs import USUAL as USUAL_OF_ALL
from cvp.tables.spark.opening import spark_told
from cvp.tables.spark.tuning import tuned

if TYPE_CHECKING:
    from pyspark.sql import Column as SparkColumn
    from pyspark.sql import DataFrame

USUAL: Final = tuple(name for name in USUAL_OF_ALL if name not in OF_BAD_ROWS)
"""What a row is told where nothing else is asked for; those with a bad cell are not written."""

Learn: TypeAlias = Callable[["DataFrame"], Sequence[Column] | None]
"""Rows with bad cells → the columns, where these tell more of what cells mean, else None."""

# No CSV: a cell of the table could become a formula where somebody opens it.
_WRITES: Final = {"": "parquet", ".parquet": "parquet", ".json": "json", ".jsonl": "json", ".orc": "orc"}

_SMALL: Final = ("level", "low", "high")
"""Outputs of few numbers, of the type that other engines' files have."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that were scored, those that were rejected for a bad cell, and those in which nothing is answered."""

    scored: int
    rejected: int
    left_out: int = 0


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

    Rows are left out in which no question's column has a cell. Both are Parquet, or JSON or ORC by their endings.
    `keep` are the positions (from 0) of the columns that stand beside the outputs in `target`, all if left out: most of
    the time goes into writing. `learn` is asked about rows with bad cells; while these tell more of what cells mean,
    all rows are written again. What it raises is raised, with no `target` left. The other arguments are those of
    `score_frame`. Raises ValueError as it does, and Unwritable.
    """
    outputs = tuple(outputs)
    kinds = [kind_to_write(path) for path in (target, rejects) if path]
    width = len(frame.columns)
    kept = [*(range(width) if keep is None else keep), *([width] if "is_bad" in outputs else [])]
    known = named_columns(questionnaire, nw.from_native(frame).collect_schema()) if columns is None else columns
    asked = [column.position for column in known]

    def scored(*wanted: str) -> "DataFrame":
        return score_frame(frame, questionnaire, columns=columns, date=date, outputs=wanted)

    def write(mode: str) -> Counts:
        found = scored("is_bad", *outputs)
        return _write_sound(found, asked, [*kept, *range(width + 1, len(found.columns))], target, kinds[0], mode)

    with tuned(frame.sparkSession):
        counts = write("error")
        with _none_left(frame, target):
            while learn and counts.rejected and (more := learn(scored("is_bad").filter("is_bad").drop("is_bad"))):
                columns = more
                counts = write("overwrite")
        if rejects and counts.rejected:
            _write(_rejected(scored("bad_cells"), asked), rejects, kinds[1])
    return counts


def _write_sound(
    scored: "DataFrame", asked: Collection[int], positions: Iterable[int], target: str, kind: str, mode: str
) -> Counts:
    """Writes some columns of the rows that count and have no bad cell."""
    from pyspark.sql import Observation
    from pyspark.sql.functions import col, count_if, when

    # Were the rows filtered first, Spark would look at every cell for that, and again for the scores.
    seen = Observation()
    names = scored.columns
    is_bad = col(f"c{names.index('is_bad')}")
    state = when(_is_blank(scored, asked), "blank").when(is_bad, "bad").otherwise("sound")
    rows = _by_position(scored).withColumn("state", state)
    rows = rows.observe(seen, *(count_if(col("state") == name).alias(name) for name in ("sound", "bad", "blank")))
    sound = rows.filter(col("state") == "sound")
    told = {at: col(f"c{at}").cast("byte") if names[at] in _SMALL else col(f"c{at}") for at in positions}
    _write(sound.select(*(cell.alias(names[at]) for at, cell in told.items())), target, kind, mode)
    return Counts(scored=seen.get["sound"], rejected=seen.get["bad"], left_out=seen.get["blank"])


def _rejected(scored: "DataFrame", asked: Collection[int]) -> "DataFrame":
    """The rows that count and have a bad cell."""
    from pyspark.sql.functions import col, when

    names = scored.columns
    bad_cells = col(f"c{names.index('bad_cells')}")
    return _by_position(scored).filter(when(_is_blank(scored, asked), "").otherwise(bad_cells) != "").toDF(*names)


def _by_position(frame: "DataFrame") -> "DataFrame":
    """With columns `c0`, `c1`, …, since Spark cannot call by its name what has a dot in it."""
    return frame.toDF(*(f"c{position}" for position in range(len(frame.columns))))


def _is_blank(frame: "DataFrame", asked: Collection[int]) -> "SparkColumn":
    """Whether none of the columns `asked` has a cell; they are called by position."""
    from pyspark.sql.functions import col, isnan
    from pyspark.sql.types import DoubleType, FloatType, StringType

    def is_empty(position: int) -> "SparkColumn":
        cell, dtype = col(f"c{position}"), frame.schema.fields[position].dataType
        if isinstance(dtype, StringType):
            return cell.isNull() | (cell == "")
        return cell.isNull() | isnan(cell) if isinstance(dtype, DoubleType | FloatType) else cell.isNull()

    return reduce(and_, map(is_empty, asked))


def kind_to_write(target: str) -> str:
    """The format that a folder's ending means. Raises Unwritable where Spark does not write that here."""
    suffix = PurePath(target).suffix
    if suffix not in _WRITES:
        raise Unwritable(f"{target}: Spark writes Parquet, JSON or ORC here; end the name with .parquet, .json or .orc")
    return _WRITES[suffix]


def _write(frame: "DataFrame", target: str, kind: str, mode: str = "error") -> None:
    with spark_told(Unwritable, f"{target}: Spark cannot write it"):
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
