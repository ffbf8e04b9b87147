"""How fast tables are scored: python tests/benchmarks/scoring_tables.py ROWS [--labels] [--csv] [--type T] [--only …]

Makes a table of 40 criteria and a segment (Parquet or CSV; numbers from 0 to 4, or the choices' labels) and scores it
in processes of their own: the floor, which reads and sums all columns of answers, or the lengths of their texts; ours,
counted by level, by segment and level, and a row each; and the same scores by hand with Polars, DuckDB and pandas, and
in a loop over pydantic models. Prints for each the median time, the medians of its ratios to the floor in the same
round, and the most memory.
"""

import argparse
import compileall
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import buyers_table
import scoring_by_hand

if TYPE_CHECKING:
    import polars as pl

NAMES: Final = ("floor", "ours, counted", "ours, segments", "ours", "Polars", "DuckDB", "pandas", "pydantic")
SAMPLE: Final = 5000
"""Rows of the loop over pydantic models, whose time is scaled to all rows."""


def run(name: str, source: Path, labels: bool) -> None:
    """What one process does."""
    target = source.with_name("scores.parquet")
    if name == "floor":
        _floor(source, labels)
    elif name == "ours, counted":
        _counted(source, labels, "level", "is_bad")
    elif name == "ours, segments":
        _counted(source, labels, "segment", "level", "is_bad")
    elif name == "ours":
        _scored(source, labels, ["is_bad", "level", "low", "high", "scores"]).sink_parquet(target)
    elif name == "pydantic":
        scoring_by_hand.pydantic(source, SAMPLE, labels)
    else:
        getattr(scoring_by_hand, name.lower())(source, target, labels)


def _floor(source: Path, labels: bool) -> None:
    import polars as pl

    columns = pl.col(buyers_table.CRITERIA)
    table = pl.scan_csv(source, infer_schema=not labels) if source.suffix == ".csv" else pl.scan_parquet(source)
    table.select(columns.str.len_bytes().sum() if labels else columns.sum()).collect(engine="streaming")


def _counted(source: Path, labels: bool, *by: str) -> None:
    scored = _scored(source, labels, ["is_bad", "level"])
    import polars as pl

    scored.group_by(by).agg(pl.len()).collect(engine="streaming")


def _scored(source: Path, labels: bool, outputs: list[str]) -> "pl.LazyFrame":
    from cvp.tables.engine import need_polars

    need_polars("scoring")  # as `cvp batch` does
    import narwhals as nw
    import polars as pl

    from cvp.tables.columns import Column
    from cvp.tables.compiling import compile_plan
    from cvp.tables.expression import add_scores

    table = pl.scan_csv(source, infer_schema=not labels) if source.suffix == ".csv" else pl.scan_parquet(source)
    meanings: dict[str | float, str] = {}
    for position, label in enumerate(buyers_table.LABELS):
        meanings[label if labels else position] = f"c{position}"
    columns = [Column(name, at, meanings, not labels) for at, name in enumerate(buyers_table.CRITERIA, start=1)]
    plan = compile_plan(buyers_table.questionnaire(), columns)
    scored: pl.LazyFrame = nw.to_native(add_scores(nw.from_native(table), plan, outputs, beside=["segment"]))
    return scored


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds by the clock, seconds of all cores, MiB at the most."""

    seconds: float
    cpu: float
    memory: float


def command_for(name: str, source: Path, rows: int, labels: bool) -> list[str]:
    command = [sys.executable, __file__, str(rows), "--process", name, "--source", str(source)]
    return [*command, "--labels"] if labels else command


def measured(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(source: Path, rows: int, labels: bool, rounds: int, names: list[str]) -> None:
    found: dict[str, list[Cost]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(measured(command_for(name, source, rows, labels)))
    print(f"{'':<16}{'seconds':>9}{'to the floor':>15}{'CPU to the floor':>19}{'MiB':>8}")
    for name, costs in found.items():
        times = rows / SAMPLE if name == "pydantic" else 1
        pairs = list(zip(costs, found["floor"], strict=True))
        seconds = times * statistics.median(cost.seconds for cost in costs)
        ratio = times * statistics.median(cost.seconds / floor.seconds for cost, floor in pairs)
        cpu = times * statistics.median(cost.cpu / floor.cpu for cost, floor in pairs)
        print(f"{name:<16}{seconds:9.2f}{ratio:15.2f}{cpu:19.2f}{max(cost.memory for cost in costs):8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("--labels", action="store_true")
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--type", choices=buyers_table.TYPES, default=buyers_table.TYPES[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=NAMES[1:], default=NAMES[1:])
    parser.add_argument("--process", choices=("make", *NAMES), help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.process == "make":  # apart, since a process's memory is counted from its parent's on
        buyers_table.make(wish.source, wish.rows, wish.labels, wish.type)
        return
    if wish.process:
        run(wish.process, wish.source, wish.labels)
        return
    compileall.compile_dir(Path(__file__).parents[2] / "cvp", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "buyers.csv" if wish.csv else "buyers.parquet")
        measured([*command_for("make", source, wish.rows, wish.labels), "--type", wish.type])
        cells = "labels" if wish.labels else "numbers" if wish.csv else wish.type
        kind = f"{cells} in {source.suffix[1:]}"
        print(f"{wish.rows:,} rows, {kind}, {source.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
        compare(source, wish.rows, wish.labels, wish.rounds, [NAMES[0], *wish.only])


if __name__ == "__main__":
    main()
