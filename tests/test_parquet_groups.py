"""Parquet files whose row groups are large: read in little memory, all rows in order, whatever is asked of them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from typer.testing import Result

from cvp.tables.reading import read_table
from cvp.tables.table import CELLS, PART, ROW, Table

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from buyers_table import CRITERIA, questionnaire

MANY = 3_000_000
FEW = 700_000
MOST = 700
"""MiB; reading whole row groups takes half as many again, reading by sections half as many."""
MAP = 'cvp: 1\nkeys: ["#1"]\ncells: {"*": {"0": c0, "1": c1, "2": c2, "3": c3, "4": c4}}\n'


def peak(command: list[str]) -> tuple[int, str]:
    """MiB that the run takes at most, and what it says; it is not forked, since its memory would begin with ours."""
    begin = "import os, sys; print(os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)[2].ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", begin, *command], capture_output=True, text=True, check=True)
    return int(done.stdout.splitlines()[-1]) >> 10, done.stderr


def asked_of(folder: Path) -> tuple[str, str]:
    """The paths of a questionnaire of 40 criteria and of a map."""
    asked, map_ = folder / "asked.yaml", folder / "map.yaml"
    asked.write_text(questionnaire().model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    map_.write_text(MAP)
    return str(asked), str(map_)


@pytest.mark.parametrize("group", [1 << 20, MANY], ids=["groups of a million rows", "one group"])
def test_memory_does_not_grow_with_row_groups(tmp_path: Path, group: int) -> None:
    """As many columns as a long survey has, as pandas writes them."""
    cells = (pl.int_range(MANY, eager=True) * 7919 % 5).cast(pl.Float64).to_arrow()
    source, summary = tmp_path / "in.parquet", tmp_path / "out.json"
    asked, map_ = asked_of(tmp_path)
    pq.write_table(pa.table(dict.fromkeys(("row", *CRITERIA), cells)), source, row_group_size=group)
    command = [sys.executable, "-m", "cvp", "batch", str(source), "--questionnaire", asked, "--map", map_]
    memory, said = peak([*command, "--summary", str(summary)])
    assert f"{MANY:,} rows" in said, said
    assert memory < MOST


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """Two files, each of one group, whose cells tell their rows."""
    folder = tmp_path_factory.mktemp("groups")
    number = pl.int_range(FEW, eager=True)
    for part in range(2):
        cells = {"number": number.to_arrow(), "half": (number / 2).to_arrow(), "text": number.cast(str).to_arrow()}
        pq.write_table(pa.table(cells), folder / f"{part}.parquet", row_group_size=FEW)
    return read_table(str(folder / "*.parquet"))


def test_every_row_comes_once_and_in_order(table: Table) -> None:
    assert table.count() == 2 * FEW
    found = table.numbered().collect(engine="streaming")
    assert found[ROW].to_list() == found["c0"].to_list() == [*range(FEW), *range(FEW)]
    assert found["c2"].to_list() == list(map(str, [*range(FEW), *range(FEW)]))
    assert found[PART].to_list() == [0] * FEW + [1] * FEW


def test_rows_are_counted_where_no_cell_is_read(table: Table) -> None:
    assert table.numbered().select(CELLS).collect(engine="streaming").height == 2 * FEW
    rows = table.numbered().select(pl.col(ROW).cast(pl.UInt64).sum())
    assert rows.collect(engine="streaming").item() == FEW * (FEW - 1)


def test_parts_of_it_are_the_rows_that_were_asked_for(table: Table) -> None:
    numbered = table.numbered()
    assert numbered.slice(300_000, 3).collect(engine="streaming")["c0"].to_list() == [300_000, 300_001, 300_002]
    assert numbered.head(300_000).collect(engine="streaming")["c1"].to_list() == [row / 2 for row in range(300_000)]
    assert table.frame.filter(pl.col("c0") >= FEW - 2).select("c1").collect(engine="streaming")["c1"].to_list() == [
        *[FEW / 2 - 1, FEW / 2 - 0.5],
        *[FEW / 2 - 1, FEW / 2 - 0.5],
    ]
    assert table.frame.filter(pl.col("c0") >= 5).head(2).collect(engine="streaming")["c0"].to_list() == [5, 6]


def test_a_damaged_section_is_told(tmp_path: Path, run: Callable[..., Result]) -> None:
    """What lies in the middle of the file is nought, though its end says where all is."""
    source, output = tmp_path / "in.parquet", tmp_path / "out.csv"
    asked, map_ = asked_of(tmp_path)
    cells = (pl.int_range(FEW, eager=True) * 7919 % 5).cast(pl.Float64).to_arrow()
    pq.write_table(pa.table(dict.fromkeys(("row", *CRITERIA), cells)), source)
    whole = source.read_bytes()
    third = len(whole) // 3
    source.write_bytes(whole[:third] + bytes(third) + whole[2 * third :])
    done = run("batch", str(source), "--questionnaire", asked, "--map", map_, "--output", str(output))
    assert (done.exit_code, output.exists()) == (3, False), done.output
    assert "in.parquet: cannot be read as a table: " in done.output
