"""How Spark is set for an expression of thousands of parts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Java does not compile methods of more than 8,000 bytes unless it is told to, and Spark makes larger ones of the whole
# expression: then they cost several times what Spark's rows between small methods do. Those that Java compiles are best
# without methods inside that take a hundred parameters, at which its better compiler gives up.
_ALL_COMPILED: Final = "-XX:-DontCompileHugeMethods"
_LARGE_METHODS: Final = {"spark.sql.codegen.splitConsumeFuncByOperator": "false"}
_SMALL_METHODS: Final = {"spark.sql.codegen.hugeMethodLimit": "8000"}
# No step of the expression overflows, casts in vain or divides by nought; Spark need not look for that at each.
_UNCHECKED: Final = {"spark.sql.ansi.enabled": "false"}
# Of an expression too large even so, Spark says that in hundreds of lines of error, and then does without the method.
_SAYS_SO: Final = (
    "org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator",
    "org.apache.spark.sql.execution.WholeStageCodegenExec",
)
# A pattern is taken for a folder's name first, which fails at length; what no task can read is told by us, in a line.
_NOT_HEARD: Final = (
    "org.apache.spark.sql.execution.streaming.sinks.FileStreamSink",
    "org.apache.spark.executor.Executor",
    "org.apache.spark.scheduler.TaskSetManager",
)
_FOLDERS_AS_TEXTS: Final = {"spark.sql.sources.partitionColumnTypeInference.enabled": "false"}
# Where in Python an expression was made is asked and told at each of its thousands of parts. Of the encodings that Java
# knows, Windows-1252 is one of the others.
OURS: Final[dict[str, bool | float | int | str | None]] = {
    "spark.python.sql.dataFrameDebugging.enabled": "false",
    "spark.driver.defaultJavaOptions": _ALL_COMPILED,
    "spark.sql.legacy.javaCharsets": "true",
}


@contextmanager
def tuned(spark: "SparkSession") -> Iterator[None]:
    """Settings with which `score_frame` and what is done with its rows cost least; those of before at the end."""
    wanted = _UNCHECKED | (_LARGE_METHODS if _compiles_all(spark) else _SMALL_METHODS)
    with _with_settings(spark, wanted), _quiet(spark, _SAYS_SO):
        yield


@contextmanager
def reading(spark: "SparkSession") -> Iterator[None]:
    """While a table is opened: what names of folders say (`country=DE`) is text, and what fails is told once."""
    with _with_settings(spark, _FOLDERS_AS_TEXTS), _quiet(spark, _NOT_HEARD):
        yield


@contextmanager
def _with_settings(spark: "SparkSession", wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: str(spark.conf.get(name)) for name in wanted}
    _set(spark, wanted)
    try:
        yield
    finally:
        _set(spark, before)


@contextmanager
def _quiet(spark: "SparkSession", names: Sequence[str]) -> Iterator[None]:
    java = getattr(spark, "_jvm", None)  # none where Spark is elsewhere, and what it says too
    if java is None:
        yield
        return
    log = java.org.apache.logging.log4j
    context = log.LogManager.getContext(False)
    known = context.getConfiguration().getLoggers()
    before = {name: known[name].getLevel() if name in known else None for name in names}
    for name in before:
        log.core.config.Configurator.setLevel(name, log.Level.OFF)
    try:
        yield
    finally:
        for name, level in before.items():
            if level is None:  # a level of its own would let more through than there was before
                context.getConfiguration().removeLogger(name)
            else:
                log.core.config.Configurator.setLevel(name, level)
        context.updateLoggers()


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
