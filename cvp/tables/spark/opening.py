"""Spark's session, what it reads, and its complaints as messages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob, has_magic
from itertools import takewhile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from cvp.errors import CvpError, MissingExtra, Unreadable, missing
from cvp.tables.spark.tuning import OURS, reading
from cvp.text import one_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_READS: Final = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "json"),
    ".orc": "orc",
}
_CSV: Final = {"header": "true", "escape": '"', "multiLine": "true"}
_IN_JAVA: Final = {"utf-8-sig": "utf-8", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "cp1252": "windows-1252"}
_JSON: Final = {"primitivesAsString": "true"}


@contextmanager
def session(master: str | None = None) -> Iterator["SparkSession"]:
    """The Spark session that is running, else one at `master` (`local[*]`, `spark://host:7077`), stopped at the end.

    Raises MissingExtra where pyspark or Java is not there.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise missing("Spark", "pyspark", "spark") from None
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
    """The table at a path or URL: CSV with a header or JSON Lines by its ending (all cells texts), ORC, else Parquet.

    Delimiter and encoding of a CSV are told by its first bytes where it lies here; elsewhere it has commas, or tabs by
    its ending, and is UTF-8. Folders that are called `country=DE` make a column of Parquet and ORC. Raises Unreadable.
    """
    kind = _READS.get(PurePath(source).suffix, "parquet")
    options = _csv_options(source) if kind == "csv" else _JSON if kind == "json" else _base(source)
    with spark_told(Unreadable, f"{source}: Spark cannot read it as {kind}"), reading(spark):
        return spark.read.format(kind).options(**options).load(source)


def _csv_options(source: str) -> dict[str, str]:
    """How its first file is written, as far as it can be looked at."""
    from cvp.tables.files.delimited import written
    from cvp.tables.files.sources import Source

    first = next((Path(path) for path in sorted(glob(source)) if os.path.isfile(path)), None)
    if first is None:
        return {**_CSV, "sep": "," if PurePath(source).suffix == ".csv" else "\t"}
    encoding, delimiter = written(Source(first, one_line(str(first))))
    return {**_CSV, "sep": delimiter, "encoding": _IN_JAVA.get(encoding, encoding)}


def _base(source: str) -> dict[str, str]:
    """The folder below which folders' names are a column's cells, where a pattern goes through folders."""
    folders = source.split("/")[:-1]
    plain = list(takewhile(lambda name: not has_magic(name) and "=" not in name, folders))
    return {"basePath": "/".join(plain)} if 0 < len(plain) < len(folders) else {}


@contextmanager
def spark_told(kind: type[CvpError], what: str) -> Iterator[None]:
    """Spark's error in one line."""
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        said = _cause(error.java_exception) if isinstance(error, Py4JJavaError) else str(error)
        raise kind(f"{what}: {one_line(said.splitlines()[0])}") from None


def _cause(error: Any) -> str:
    """What Java says that went wrong first."""
    while cause := error.getCause():
        error = cause
    return str(error.getMessage() or error.toString())
