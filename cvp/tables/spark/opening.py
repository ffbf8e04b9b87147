"""Spark's session, what it reads, and its complaints as messages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cvp.errors import CvpError, MissingExtra, Unreadable
from cvp.tables.spark.tuning import OURS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_READS: Final = {".csv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".orc": "orc"}
_CSV: Final = {"header": "true", "escape": '"', "multiLine": "true"}


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
    builder = SparkSession.builder.appName("cvp").config(map=OURS)
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
    with told(Unreadable, f"{source}: Spark cannot read it as {kind}"):
        return spark.read.format(kind).options(**_CSV if kind == "csv" else {}).load(source)


@contextmanager
def told(kind: type[CvpError], what: str) -> Iterator[None]:
    """Spark's error in one line."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise kind(f"{what}: {str(error).splitlines()[0]}") from None
