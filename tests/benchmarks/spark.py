"""How fast Spark scores a table: python tests/benchmarks/spark.py ROWS [--rounds N]

Makes a Parquet table of 40 criteria (numbers from 0 to 4) and, in one session on this machine's cores, lets Spark read
it and sum all 40 columns (the floor), count the rows by level, copy the table, and write a row each. Prints the median
time of each, and the medians of its ratios to the floor of the same round; the first round, in which Java warms up, is
left out.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import buyers_table

from cvp.tables.columns import Column
from cvp.tables.expression import score_frame
from cvp.tables.spark import read, session, tuned, write_scores

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OUTPUTS = ("level", "low", "high", "scores")


def ways(spark: "SparkSession", folder: Path) -> dict[str, Callable[[], object]]:
    from pyspark.sql import functions

    asked = buyers_table.questionnaire()
    meanings: dict[str | float, str] = {float(number): f"c{number}" for number in range(5)}
    columns = [Column(name, at, meanings, numbers=True) for at, name in enumerate(buyers_table.CRITERIA, start=1)]

    def floor() -> object:
        table = read(spark, str(folder / "buyers.parquet"))
        return table.agg(*(functions.sum(name) for name in buyers_table.CRITERIA)).collect()

    def counted() -> object:
        table = read(spark, str(folder / "buyers.parquet"))
        with tuned(spark):
            return score_frame(table, asked, columns=columns, outputs=["level"]).groupBy("level").count().collect()

    def copied() -> object:
        table = read(spark, str(folder / "buyers.parquet"))
        table.write.mode("overwrite").parquet(str(folder / "copy.parquet"))
        return None

    def a_row_each() -> object:
        table = read(spark, str(folder / "buyers.parquet"))
        shutil.rmtree(folder / "scores.parquet", ignore_errors=True)
        return write_scores(table, asked, str(folder / "scores.parquet"), columns=columns, outputs=OUTPUTS)

    return {"floor": floor, "counted": counted, "copied": copied, "a row each": a_row_each}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, session("local[*]") as spark:
        buyers_table.make(Path(folder, "buyers.parquet"), wish.rows, labels=False)
        found: dict[str, list[float]] = {}
        for _ in range(wish.rounds + 1):
            for name, way in ways(spark, Path(folder)).items():
                start = time.perf_counter()
                way()
                found.setdefault(name, []).append(time.perf_counter() - start)
    print(f"{'':<12}{'seconds':>9}{'to the floor':>15}")
    for name, times in found.items():
        ratio = statistics.median(one / base for one, base in zip(times[1:], found["floor"][1:], strict=True))
        print(f"{name:<12}{statistics.median(times[1:]):9.2f}{ratio:15.2f}")


if __name__ == "__main__":
    main()
