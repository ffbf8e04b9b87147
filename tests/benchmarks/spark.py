"""How fast Spark scores a table: python tests/benchmarks/spark.py ROWS [--rounds N]

Makes a Parquet table of 40 criteria (numbers from 0 to 4) and, in one session on this machine's cores, lets Spark read
it and sum all 40 columns (the floor), count the rows by level, and write a row each, as `cvp batch` does: what tells
the rows apart, and the outputs. Beside the latter stand what plain Spark takes to write as many columns that it makes
of all 40, and to copy the table with them. Prints the median time of each, that of a thousand rows (what a query costs
before it sees any), the median of its ratios to the floor of the same round, and the ratio of what the rows alone took
to the same of the floor; the first round, in which Java warms up, is left out.
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
    from pyspark.sql import DataFrame, SparkSession

OUTPUTS = ("level", "low", "high", "scores")


def ways(spark: "SparkSession", source: Path, target: Path) -> dict[str, Callable[[], object]]:
    from pyspark.sql import functions

    asked = buyers_table.questionnaire()
    meanings: dict[str | float, str] = {float(number): f"c{number}" for number in range(5)}
    columns = [Column(name, at, meanings, numbers=True) for at, name in enumerate(buyers_table.CRITERIA, start=1)]

    def table() -> "DataFrame":
        return read(spark, str(source))

    def floor() -> object:
        return table().agg(*(functions.sum(name) for name in buyers_table.CRITERIA)).collect()

    def counted() -> object:
        with tuned(spark):
            return score_frame(table(), asked, columns=columns, outputs=["level"]).groupBy("level").count().collect()

    def plain(*kept: str) -> Callable[[], object]:
        known = {name: functions.coalesce(functions.col(name), functions.lit(0)) for name in buyers_table.CRITERIA}
        parts = [[known[name] for name in names] for names in buyers_table.LEVELS.values()]
        made = [sum(part[1:], part[0]) / 40.0 for part in parts] + [functions.least(*part) for part in parts[:3]]
        named = [column.alias(f"made{number}") for number, column in enumerate(made)]
        return lambda: table().select(*kept, *named).write.parquet(str(target))

    def a_row_each() -> object:
        return write_scores(table(), asked, str(target), columns=columns, outputs=OUTPUTS, keep=[0])

    made = {"floor": floor, "counted": counted, "plain rows": plain("row"), "a row each": a_row_each}
    return {**made, "plain copy": plain("*")}


def timed(way: Callable[[], object], target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, session("local[*]") as spark:
        target = Path(folder, "target.parquet")
        many, few = Path(folder, "many.parquet"), Path(folder, "few.parquet")
        buyers_table.make(many, wish.rows, labels=False)
        buyers_table.make(few, 1_000, labels=False)
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(wish.rounds + 1):
            for (name, large), small in zip(
                ways(spark, many, target).items(), ways(spark, few, target).values(), strict=True
            ):
                found.setdefault(name, []).append((timed(large, target), timed(small, target)))
    print(f"{'':<12}{'seconds':>9}{'of 1,000':>10}{'to the floor':>14}{'rows alone':>12}")
    floors = found["floor"][1:]
    for name, (_, *times) in found.items():
        whole = statistics.median(one / base for (one, _), (base, _) in zip(times, floors, strict=True))
        alone = statistics.median((a - b) / (c - d) for (a, b), (c, d) in zip(times, floors, strict=True))
        seconds, begun = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"{name:<12}{seconds:9.2f}{begun:10.2f}{whole:14.2f}{alone:12.2f}")


if __name__ == "__main__":
    main()
