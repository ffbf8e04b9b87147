"""How fast whole batches are: python tests/benchmarks/batch.py ROWS [--labels] [--csv] [--type T] [--rounds N] [--only]

Makes a table of 40 criteria and a segment (Parquet or CSV; numbers from 0 to 4, or the choices' labels). Runs `cvp
batch` over it in processes of its own: counted, by segment, a row each to Parquet, a row each with a summary, to CSV.
Prints for each the median time, the medians of its ratios to the floor in the same round (Polars, streaming, which
reads the file and sums all 40 columns, or the lengths of their texts), and the most memory.
"""

import argparse
import compileall
import multiprocessing
import os
import statistics
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import buyers_table
from scoring_tables import Cost, measured

ROOT: Final = Path(__file__).parents[2]
WAYS: Final = {
    "counted": [],
    "segments": ["--by", "segment"],
    "a row each": ["--output", "scores.parquet"],
    "both": ["--output", "scores.parquet", "--by", "segment", "--summary", "summary.json"],
    "to CSV": ["--output", "scores.csv"],
}


def make(folder: Path, rows: int, labels: bool, csv: bool, dtype: str) -> Path:
    source = folder / ("buyers.csv" if csv else "buyers.parquet")
    buyers_table.make(source, rows, labels, dtype)
    model = buyers_table.questionnaire()
    (folder / "bench.yaml").write_text(model.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    (folder / "map.yaml").write_text("cvp: 1\nkeys: [row]\nreads: {}\n" if labels else MAP)
    return source


MAP: Final = 'cvp: 1\nkeys: [row]\ncells: {"*": {"0": c0, "1": c1, "2": c2, "3": c3, "4": c4}}\n'


def floor(source: Path, labels: bool) -> None:
    import polars as pl

    columns = pl.col(buyers_table.CRITERIA)
    table = pl.scan_csv(source, infer_schema=not labels) if source.suffix == ".csv" else pl.scan_parquet(source)
    table.select(columns.str.len_bytes().sum() if labels else columns.sum()).collect(engine="streaming")


def command(name: str, source: Path, labels: bool) -> list[str]:
    if name == "floor":
        return [sys.executable, __file__, "0", "--floor", str(source), *["--labels"] * labels]
    given = ["--questionnaire", "bench.yaml", "--map", "map.yaml", *WAYS[name]]
    return [sys.executable, "-m", "cvp", "batch", source.name, *given]


def compare(source: Path, labels: bool, rounds: int, names: list[str]) -> None:
    found: dict[str, list[Cost]] = {name: [] for name in names}
    os.chdir(source.parent)
    os.environ["PYTHONPATH"] = str(ROOT)
    quiet, shown, errors = os.open(os.devnull, os.O_WRONLY), os.dup(1), os.dup(2)
    for _ in range(rounds):
        for name in names:
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            found[name].append(measured(command(name, source, labels)))
            os.dup2(shown, 1)
            os.dup2(errors, 2)
    print(f"{'':<12}{'seconds':>9}{'to the floor':>15}{'CPU to the floor':>19}{'MiB':>8}")
    for name, costs in found.items():
        pairs = list(zip(costs, found["floor"], strict=True))
        seconds = statistics.median(cost.seconds for cost in costs)
        ratio = statistics.median(cost.seconds / base.seconds for cost, base in pairs)
        cpu = statistics.median(cost.cpu / base.cpu for cost, base in pairs)
        print(f"{name:<12}{seconds:9.2f}{ratio:15.2f}{cpu:19.2f}{max(cost.memory for cost in costs):8.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("--labels", action="store_true")
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--type", choices=buyers_table.TYPES, default=buyers_table.TYPES[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=WAYS, default=list(WAYS))
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.floor:
        floor(wish.floor, wish.labels)
        return
    compileall.compile_dir(ROOT / "cvp", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, since a process's memory is counted from its parent's on.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as maker:
            source = maker.submit(make, Path(folder), wish.rows, wish.labels, wish.csv, wish.type).result()
        cells = "labels" if wish.labels else "numbers" if wish.csv else wish.type
        kind = f"{cells} in {source.suffix[1:]}"
        print(f"{wish.rows:,} rows, {kind}, {source.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
        compare(source, wish.labels, wish.rounds, ["floor", *wish.only])


if __name__ == "__main__":
    main()
