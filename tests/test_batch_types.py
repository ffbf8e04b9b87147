"""Columns of any type beside the answers: kept in every format, and never what stops a run."""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from test_batch import asked as asked  # noqa: PLC0414 - a fixture
from test_batch import read
from typer.testing import Result

from cvp.batch.writing import WRITERS

Run = Callable[..., Result]

CELLS = {
    "list": pa.array([["x", "=y"], None]),
    "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int32())),
    "struct": pa.array([{"n": 1}, None]),
    "bytes": pa.array([b"\xff\x00", None]),
    "text": pa.array([b"r1", None]),
    "lasted": pa.array([90_061_000_000_000, None], pa.duration("ns")),
    "early": pa.array([-999_999, -999_999], pa.int32()).cast(pa.date32()),
    "moment": pa.array([datetime.datetime(2020, 1, 1, 1, 2, 3), None], pa.timestamp("us", "+02:00")),
}
SPELLED = {
    "list": '["x", "=y"]',
    "map": '{"k": 1}',
    "struct": '{"n": 1}',
    "bytes": "ff00",
    "text": "r1",
    "lasted": "P1DT1H1M1S",
}
GROUPS = {**SPELLED, "early": "-0768-02-05", "moment": "2020-01-01 03:02:03.000000+02:00"}


@pytest.fixture
def survey(asked: Path) -> Path:
    """A row that counts, and one that means nothing."""
    pq.write_table(pa.table({"a": ["c1", "what?"], **CELLS}), "in.parquet")
    return asked


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".ndjson"])
def test_columns_that_answer_nothing_are_kept_as_far_as_a_format_holds_them(
    ending: str, survey: Path, run: Run
) -> None:
    done = run("batch", "in.parquet", "--questionnaire", survey, "-o", f"out{ending}", "--rejects", "bad.csv")
    assert done.exit_code == 1, done.output
    if ending in (".csv", ".xlsx"):
        (row,) = read(Path(f"out{ending}")).to_dicts()
        assert {name: row[name] for name in SPELLED} == SPELLED
    elif ending == ".jsonl":
        row = json.loads(Path("out.jsonl").read_text())
        assert (row["list"], row["struct"], row["bytes"]) == (["x", "=y"], {"n": 1}, "ff00")
    else:
        types = pl.read_parquet_schema("out.parquet")
        assert [types[name] for name in ("list", "bytes", "early")] == [pl.List(pl.String), pl.Binary(), pl.Date()]
    assert "-0768-02-05" in Path("bad.csv").read_text()


@pytest.mark.parametrize("column", CELLS)
def test_rows_can_be_counted_by_any_column(column: str, survey: Path, run: Run) -> None:
    wishes = ["--by", column, "--min-group", "1", "--summary", "out.json"]
    done = run("batch", "in.parquet", "--questionnaire", survey, *wishes)
    assert done.exit_code == 1, done.output
    (segment,) = json.loads(Path("out.json").read_text())["segments"]
    assert [group["group"] for group in segment["groups"]] == [GROUPS[column]]


@pytest.mark.parametrize("column", ["list", "struct", "bytes", "moment", "lasted"])
def test_respondents_are_told_apart_by_any_column(column: str, survey: Path, run: Run) -> None:
    Path("map.yaml").write_text(f"keys: [{column}]")
    pq.write_table(pa.table({"a": ["c1", "c1"], column: pa.concat_arrays([CELLS[column][:1]] * 2)}), "twice.parquet")
    done = run("batch", "twice.parquet", "--questionnaire", survey, "--map", "map.yaml", "-o", "out.csv")
    assert done.exit_code == 0, done.output
    assert f"1 respondent is there more than once, by `{column}`: `{SPELLED.get(column, '2020')}" in done.stderr


@pytest.mark.parametrize("column", SPELLED)
def test_rows_can_be_left_out_by_any_column(column: str, survey: Path, run: Run) -> None:
    pq.write_table(pa.table({"a": ["c1", "c1"], column: CELLS[column]}), "in.parquet")
    Path("map.yaml").write_text(f"leave_out: {{{column}: [{json.dumps(SPELLED[column])}]}}")
    done = run("batch", "in.parquet", "--questionnaire", survey, "--map", "map.yaml", "-o", "out.csv")
    assert "2 rows in = 1 scored + 0 rejected + 1 left out" in done.stderr, done.output


@pytest.mark.parametrize(
    ("digits", "places", "cells", "written"),
    [
        (38, 0, ["12345678901234567", "12345678901234568"], ["12345678901234567", "12345678901234568"]),
        (38, 0, ["9" * 38, "1"], ["9" * 38, "1"]),
        (6, 0, ["1001", "7"], ["1001", "7"]),
        (30, 2, ["1234567890123456789.25", "0.50"], ["1234567890123456789.25", "0.50"]),
        (10, 2, ["1234.25", "0.50"], ["1234.25", "0.5"]),
    ],
)
def test_decimals_keep_their_digits(
    digits: int, places: int, cells: list[str], written: list[str], asked: Path, run: Run
) -> None:
    decimals = pa.array([Decimal(cell) for cell in cells], pa.decimal128(digits, places))
    pq.write_table(pa.table({"a": ["c1", "c2"], "id": decimals}), "in.parquet")
    done = run("batch", "in.parquet", "--questionnaire", asked, "-o", "out.csv", "--by", "id", "--min-group", "1")
    assert done.exit_code == 0, done.output
    assert pl.read_csv("out.csv", infer_schema=False)["id"].to_list() == written


@pytest.mark.parametrize("places", [0, 2])
@pytest.mark.parametrize("digits", [5, 38])
def test_decimals_are_answers(digits: int, places: int, asked: Path, run: Run) -> None:
    decimals = pa.array([Decimal(0), Decimal(1), None], pa.decimal128(digits, places))
    pq.write_table(pa.table({"a": decimals, "b": ["c1"] * 3}), "in.parquet")
    Path("map.yaml").write_text("cells: {a: {0: c0, 1: c1}}")
    done = run("batch", "in.parquet", "--questionnaire", asked, "--map", "map.yaml", "-o", "out.csv")
    assert done.exit_code == 0, done.output


def test_whole_numbers_that_a_sheet_would_round_are_texts_there(asked: Path, run: Run) -> None:
    long, short = 1_234_567_890_123_456_789, 999_999_999_999_999
    pl.DataFrame({"a": ["c1", "c2"], "id": [long, short]}).write_parquet("in.parquet")
    done = run("batch", "in.parquet", "--questionnaire", asked, "-o", "out.xlsx")
    assert done.exit_code == 0, done.output
    assert [str(cell).removesuffix(".0") for cell in read(Path("out.xlsx"))["id"]] == [str(long), str(short)]


def test_infinity_is_a_text_in_a_sheet(asked: Path, run: Run) -> None:
    pl.DataFrame({"a": ["c1", "c2"], "n": [float("inf"), -0.5]}).write_parquet("in.parquet")
    done = run("batch", "in.parquet", "--questionnaire", asked, "-o", "out.xlsx")
    assert done.exit_code == 0, done.output
    assert [str(cell) for cell in read(Path("out.xlsx"))["n"]] == ["inf", "-0.5"]


def test_decimals_that_nothing_reads_are_left_out_and_named(asked: Path, run: Run) -> None:
    wide = pa.array([Decimal(1)]).cast(pa.decimal256(50, 2))
    pq.write_table(pa.table({"a": ["c1"], "sum": wide}), "in.parquet")
    done = run("batch", "in.parquet", "--questionnaire", asked, "-o", "out.csv")
    assert done.exit_code == 0, done.output
    assert "Column `sum` has decimals of more than 38 digits, which are not read: it stays empty." in done.stderr
    pq.write_table(pa.table({"a": wide, "b": ["c1"]}), "in.parquet")
    done = run("batch", "in.parquet", "--questionnaire", asked, "-o", "out.csv")
    assert (done.exit_code, "holds neither texts nor numbers" in done.stderr) == (3, True), done.output
