"""Tables too large for one machine: read, scored and written by Spark, with the same expression as everywhere else."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

# Java does not compile methods of more than 8,000 bytes unless it is told to, and Spark makes larger ones of the whole
# expression: then they cost several times what Spark's rows between small methods do. Those that Java compiles are best
# without methods inside that take a hundred parameters, at which its better compiler gives up.
_ALL_COMPILED: Final = "-XX:-DontCompileHugeMethods"
_LARGE_METHODS: Final = {"spark.sql.codegen.splitConsumeFuncByOperator": "false"}
_SMALL_METHODS: Final = {"spark.sql.codegen.hugeMethodLimit": "8000"}
# No step of the expression overflows, casts in vain or divides by nought; Spark need not look for that at each.
_UNCHECKED: Final = {"spark.sql.ansi.enabled": "false"}
# Where in Python an expression was made is asked and told at each of its thousands of parts.
_OURS: Final[dict[str, bool | float | int | str | None]] = {
    "spark.python.sql.dataFrameDebugging.enabled": "false",
    "spark.driver.defaultJavaOptions": _ALL_COMPILED,
}


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
    builder = SparkSession.builder.appName("cvp").config(map=_OURS)
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


@contextmanager
def tuned(spark: "SparkSession") -> Iterator[None]:
    """Settings with which `score_frame` and what is done with its rows cost least; those of before at the end."""
    wanted = _UNCHECKED | (_LARGE_METHODS if _compiles_all(spark) else _SMALL_METHODS)
    before = {name: str(spark.conf.get(name)) for name in wanted}
    _set(spark, wanted)
    try:
        yield
    finally:
        _set(spark, before)


def _compiles_all(spark: "SparkSession") -> bool:
    """Whether Java was told to, where the rows are scored."""
    if not str(spark.conf.get("spark.master", "")).startswith("local"):
        options = [spark.conf.get(f"spark.executor.{kind}JavaOptions", "") for kind in ("default", "extra")]
    elif java := getattr(spark, "_jvm", None):  # what it is told later, when it runs, it does not heed
        options = [str(java.java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments())]
    else:
        return False
    return any(_ALL_COMPILED in (option or "") for option in options)


def _set(spark: "SparkSession", settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        spark.conf.set(name, value)


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
    with tuned(frame.sparkSession):
        scored = score_frame(frame, questionnaire, columns=columns, date=date, outputs=["is_bad", *outputs])
        seen = Observation()
        rows = scored.observe(seen, count_if("is_bad").alias("bad"), count_if(~scored.is_bad).alias("sound"))
        sound = rows.filter("NOT is_bad")
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
def _told(kind: type[CvpError], what: str) -> Iterator[None]:
    """Spark's error in one line."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise kind(f"{what}: {str(error).splitlines()[0]}") from None
