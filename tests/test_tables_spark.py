"""The same rows on a real Spark: a standalone master and a worker, started here on the loopback interface alone."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import answer_tables
import polars as pl
import pytest
from answer_tables import ALL
from real import needs

from cvp.errors import Unreadable, Unwritable
from cvp.tables.columns import Column
from cvp.tables.expression import score_frame
from cvp.tables.spark import Counts, read, session, write_scores
from questionnaires import DAY, one_for_each_level, safeguard

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HOST: Final = "127.0.0.1"
PATIENCE: Final = 60
SETTINGS: Final = f"""
spark.ui.enabled false
spark.driver.host {HOST}
spark.driver.bindAddress {HOST}
spark.executor.memory 512m
spark.sql.shuffle.partitions 2
spark.sql.ansi.enabled true
"""

TUNED: Final = (
    *("spark.sql.codegen.hugeMethodLimit", "spark.sql.codegen.splitConsumeFuncByOperator"),
    "spark.sql.ansi.enabled",
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    needs(find_spec("pyspark") is not None, "pyspark is not installed; run: pip install 'cvp-assess[spark]'")
    needs(shutil.which("java") is not None, "there is no Java")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", HOST)
        patch.setenv("SPARK_CONF_DIR", str(folder))
        port = free_port()
        url = f"spark://{HOST}:{port}"
        with daemon("master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0", log=folder / "master"):
            wait_for("I have been elected leader", folder / "master")
            work = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder / "work"))
            with daemon("worker.Worker", "--host", HOST, *work, url, log=folder / "worker"):
                wait_for("Successfully registered", folder / "worker")
                with session(url) as running:
                    yield running


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def daemon(name: str, *arguments: str, log: Path) -> Iterator[None]:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with log.open("w") as output:
        process = subprocess.Popen(
            [program, f"org.apache.spark.deploy.{name}", *arguments], stdout=output, stderr=output
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(words: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while words not in log.read_text():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def rows_of(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "*.parquet")


def test_a_table_is_scored_and_its_bad_rows_are_kept_apart(spark: "SparkSession", tmp_path: Path) -> None:
    table = answer_tables.table(201, 40)
    source, target, rejects = tmp_path / "answers.csv", tmp_path / "scores.parquet", tmp_path / "rejects.parquet"
    bad = dict.fromkeys(table.rows[0], 'x, \n"y"')
    frame = pl.DataFrame([*table.rows, bad], schema=dict.fromkeys(bad, pl.String)).with_row_index("row")
    frame.write_csv(source)
    columns = [
        Column(c.question, c.position + 1, c.meanings, dates=None if c.dates is None else c.dates + 1)
        for c in table.columns
    ]
    settings = [spark.conf.get(name) for name in TUNED]
    counts = write_scores(
        read(spark, str(source)),
        table.asked,
        str(target),
        columns=columns,
        date=DAY,
        outputs=ALL,
        rejects=str(rejects),
    )
    assert counts == Counts(scored=40, rejected=1)
    found = rows_of(target).sort(pl.col("row").cast(int)).select(list(table.said[0])).to_dicts()
    assert found == table.said
    assert rows_of(rejects).select("row", "bad_cells").rows() == [("40", " ".join(c.question for c in columns))]
    assert [spark.conf.get(name) for name in TUNED] == settings


def test_any_column_name_will_do_and_what_is_no_number_fails_no_job(spark: "SparkSession") -> None:
    names = ["a.b", "`c`", 'what "else"?', "A.B", "x`.`y"]
    cells = ["1", "1,0", "N/A", "", None]
    frame = spark.createDataFrame([(cell,) * 5 for cell in cells], ", ".join(f"c{i} string" for i in range(5)))
    columns = [
        Column(question, at, {1: "c2", "n/a": "?"}, numbers=True)
        for at, question in enumerate(("a", "b", "c", "d", "paid"))
    ]
    scored = score_frame(frame.toDF(*names), one_for_each_level(safeguard("paid", 2)), columns=columns)
    assert scored.columns[:6] == [*names, "is_bad"]
    found = scored.select("level", "high", "score_4", "safeguards").collect()
    assert [tuple(row) for row in found] == [(4, 4, 1, "")] * 2 + [(1, 4, None, "")] * 3


@pytest.mark.parametrize("type_", ["byte", "int", "bigint", "boolean", "float", "double"])
def test_numbers_mean_the_same_as_in_polars(type_: str, spark: "SparkSession") -> None:
    """Choices by their positions, from 1 on, backwards, with gaps, and in runs that are shifted against each other."""
    meanings: list[dict[str | float, str]] = [
        {0: "c0", 1: "c1", 2: "c2"},
        {1: "c0", 2: "c1", 3: "c2", -9: "?", 99: "-"},
        {3: "c0", 2: "c1", 1: "c2", 0: "?"},
        {-1: "c0", 0: "c0", 1: "c1", 2: "c2", 4: "c1", 5: "c2", 6: "-"},
        {1: "c2", 0.1: "c0", 0.25: "c1"},
    ]
    questions = ("a", "b", "c", "d", "paid")
    columns = [
        Column(question, at, known, numbers=True)
        for at, (question, known) in enumerate(zip(questions, meanings, strict=True))
    ]
    numbers = [None, *range(-10, 8), 99, 100, 127, -128]
    kinds = {"byte": pl.Int8, "int": pl.Int32, "bigint": pl.Int64, "boolean": pl.Boolean}
    kind = {**kinds, "float": pl.Float32, "double": pl.Float64}[type_]
    cells: list[float | None] = [None, True, False] if type_ == "boolean" else [*numbers]
    if kind.is_float():
        known = [None if number is None else float(number) for number in numbers]
        cells = [*known, -0.0, 0.1, 0.25, 1.5, 2.0000001, 1e30, -1e30, float("inf"), float("-inf"), float("nan")]
    asked = one_for_each_level(safeguard("paid", 2))
    frame = pl.DataFrame(dict.fromkeys(questions, cells), dict.fromkeys(questions, kind))
    expected = score_frame(frame, asked, columns=columns, outputs=["is_bad", "bad_cells", "ranks", "level"])
    there = spark.createDataFrame([(cell,) * 5 for cell in cells], ", ".join(f"{name} {type_}" for name in questions))
    found = score_frame(there, asked, columns=columns, outputs=["is_bad", "bad_cells", "ranks", "level"])
    assert [tuple(row)[5:] for row in found.collect()] == [row[5:] for row in expected.rows()]


def test_kept_columns_stand_beside_the_outputs(spark: "SparkSession", tmp_path: Path) -> None:
    frame = spark.createDataFrame([("c2", "Acme", 1), ("c9", "Bad", 2)], "a string, `who.is.it` string, `no` int")
    target, rejects = tmp_path / "scores.parquet", tmp_path / "rejects.parquet"
    asked = one_for_each_level()
    write_scores(frame, asked, str(target), outputs=["is_bad", "score_1"], keep=[1], rejects=str(rejects))
    assert rows_of(target).to_dicts() == [{"who.is.it": "Acme", "is_bad": False, "score_1": 1}]
    assert rows_of(rejects).to_dicts() == [{"a": "c9", "who.is.it": "Bad", "no": 2, "bad_cells": "a"}]


def test_the_ending_says_how_it_is_written(spark: "SparkSession", tmp_path: Path) -> None:
    frame = spark.createDataFrame([("c2", "Acme"), ("c9", "Bad")], "a string, who string")
    target = str(tmp_path / "scores.json")
    assert write_scores(frame, one_for_each_level(), target, outputs=["is_bad", "score_1"]) == Counts(1, 1)
    (line,) = "".join(path.read_text() for path in Path(target).glob("part-*")).splitlines()
    assert json.loads(line) == {"a": "c2", "who": "Acme", "is_bad": False, "score_1": 1}
    with pytest.raises(Unwritable, match=r"scores.*: Spark cannot write it: .*already exists"):
        write_scores(frame, one_for_each_level(), target)


def test_what_spark_cannot_do_is_told_in_one_line(spark: "SparkSession", tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"nothing\.orc: Spark cannot read it as orc: .*") as told:
        read(spark, str(tmp_path / "nothing.orc"))
    assert "\n" not in str(told.value)
    frame = spark.createDataFrame([("c2",)], "a string")
    with pytest.raises(Unwritable, match=r"x\.csv: Spark writes Parquet, JSON or ORC here"):
        write_scores(frame, one_for_each_level(), "x.csv")


def test_a_session_that_runs_is_used_and_goes_on(spark: "SparkSession") -> None:
    with session("local[1]") as same:
        assert same is spark
    assert spark.range(3).count() == 3


@pytest.mark.parametrize(
    ("set_up", "words"),
    [
        ("sys.modules['pyspark.sql'] = None", "pip install 'cvp-assess[spark]'"),
        ("os.environ['PATH'] = ''; os.environ.pop('JAVA_HOME', None)", "install Java 17"),
    ],
)
def test_what_spark_needs_is_told(set_up: str, words: str) -> None:
    needs("pyspark" in set_up or find_spec("pyspark") is not None, "pyspark is not installed")
    code = f"import os, sys; {set_up}; from cvp.tables.spark import session; session().__enter__()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].startswith("cvp.errors.MissingExtra: Spark needs")
    assert words in done.stderr.splitlines()[-1]
