"""Tables too large for one machine: read, scored and written by Spark, with the same expression as everywhere else."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cvp.errors import CvpError, MissingExtra, Unreadable, Unwritable
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

USUAL: Final = ("level", "low", "high", "settled", "secured", "uncapped_level", "scores", "coverage", "safeguards")

_READS: Final = {".csv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".orc": "orc"}
# No CSV: a cell of the table could become a formula where somebody opens it.
_WRITES: Final = {"": "parquet", ".parquet": "parquet", ".json": "json", ".jsonl": "json", ".orc": "orc"}
_CSV: Final = {"header": "true", "escape": '"', "multiLine": "true"}

# Java does not compile methods of more than 8,000 bytes. Spark makes one of the whole expression, unless it is told.
_METHOD_LIMIT: Final = ("spark.sql.codegen.hugeMethodLimit", "8000")


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that were scored, and rows that were rejected for a bad cell."""

    scored: int
    rejected: int


@contextmanager
def session(master: str | None = None) -> Iterator["SparkSession"]:
    """The Spark session that is running, else one at `master` (`local[*]`, `spark://host:7077`), stopped at the end.

    Raises MissingExtra where pyspark or Java is not there.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise MissingExtra("Spark needs pyspark, which is not there; run: pip install 'cvp-assess[spark]'") from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingExtra("Spark needs Java, which is not there; install Java 17 or newer, or set JAVA_HOME")
    running = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("cvp")
    spark = running or (builder.master(master) if master else builder).getOrCreate()
    try:
        yield spark
    finally:
        if not running:
            spark.stop()


def read(spark: "SparkSession", source: str) -> "DataFrame":
    """The table at a path or URL: CSV with a header (all cells texts), JSON Lines or ORC by its ending, else Parquet.

    Raises Unreadable.
    """
    kind = _READS.get(PurePath(source).suffix, "parquet")
    with _told(Unreadable, f"{source}: Spark cannot read it as {kind}"):
        return spark.read.format(kind).options(**_CSV if kind == "csv" else {}).load(source)


def write_scores(
    frame: "DataFrame",
    questionnaire: Questionnaire,
    target: str,
    *,
    columns: Sequence[Column] | None = None,
    date: str | None = None,
    outputs: Iterable[str] = USUAL,
    rejects: str | None = None,
) -> Counts:
    """Writes the frame's scored rows to the folder `target`, and those with a bad cell to `rejects`, with `bad_cells`.

    Both are Parquet, or JSON or ORC by their endings. The other arguments are those of `score_frame`. Raises ValueError
    as it does, and Unwritable.
    """
    from pyspark.sql import Observation
    from pyspark.sql.functions import count_if

    from cvp.tables.expression import score_frame

    outputs = tuple(outputs)
    kinds = [_kind_to_write(path) for path in (target, rejects) if path]
    scored = score_frame(frame, questionnaire, columns=columns, date=date, outputs=["is_bad", *outputs])
    seen = Observation()
    rows = scored.observe(seen, count_if("is_bad").alias("bad"), count_if(~scored.is_bad).alias("sound"))
    sound = rows.filter("NOT is_bad")
    with _small_methods(frame.sparkSession):
        _write(sound if "is_bad" in outputs else sound.drop("is_bad"), target, kinds[0])
        counts = Counts(scored=seen.get["sound"], rejected=seen.get["bad"])
        if rejects and counts.rejected:
            told = score_frame(frame, questionnaire, columns=columns, date=date, outputs=["bad_cells"])
            _write(told.filter("bad_cells <> ''"), rejects, kinds[1])
    return counts


def _kind_to_write(target: str) -> str:
    suffix = PurePath(target).suffix
    if suffix not in _WRITES:
        raise Unwritable(f"{target}: Spark writes Parquet, JSON or ORC here; end the name with .parquet, .json or .orc")
    return _WRITES[suffix]


def _write(frame: "DataFrame", target: str, kind: str) -> None:
    with _told(Unwritable, f"{target}: Spark cannot write it"):
        frame.write.format(kind).save(target)


@contextmanager
def _small_methods(spark: "SparkSession") -> Iterator[None]:
    """For what is run inside alone."""
    name, limit = _METHOD_LIMIT
    before = str(spark.conf.get(name))
    spark.conf.set(name, limit)
    try:
        yield
    finally:
        spark.conf.set(name, before)


@contextmanager
def _told(kind: type[CvpError], what: str) -> Iterator[None]:
    """Spark's error in one line."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise kind(f"{what}: {str(error).splitlines()[0]}") from None
