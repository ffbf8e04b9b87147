"""Texts are read as numbers or codes where they can be; a cell further on that is neither changes no result."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from typer.testing import Result

from cvp.tables.answering.looking import FIRST_ROWS
from cvp.tables.answering.mapping import read_map
from cvp.tables.answering.matched import match
from cvp.tables.reading import read_table
from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]
ASKED = one_for_each_level(safeguard("paid", 2))
HEADER = ["who", "country", "a", "b", "c", "d", "paid"]
MAP = "cvp: 1\nkeys: [who]\nreads: {'*': numbers}\ncells: {'*': {'-1': '-', '99': '?'}}\n"
NUMBERS = ["+1", " 1", "01", "-1", "99", "", "7"]
OTHERS = ["1 ", "2.0", "2,0", "NA", "?", "40000", "０", "1e0", "c1"]
CSV_ROWS = Sequence[Sequence[object]]


@pytest.fixture(params=[".csv", ".parquet", ".jsonl"])
def name(request: pytest.FixtureRequest) -> str:
    return f"in{request.param}"


def write(name: str, rows: CSV_ROWS) -> None:
    texts = pl.DataFrame([[str(cell) for cell in row] for row in rows], dict.fromkeys(HEADER, pl.String), orient="row")
    if name == "in.csv":
        with open(name, "w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
    elif name == "in.parquet":
        texts.write_parquet(name)
    else:
        texts.write_ndjson(name)


@pytest.fixture
def score(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> Callable[[CSV_ROWS], dict[str, object]]:
    """By respondent what is said of him, in the rows, the rejects and the summary."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CVP_BLOCK", "4096")
    Path("asked.yaml").write_text(ASKED.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    Path("map.yaml").write_text(MAP)

    def score(rows: CSV_ROWS) -> dict[str, object]:
        write(name, rows)
        given = [name, "--questionnaire", "asked.yaml", "--map", "map.yaml", "--by", "country"]
        files = ["-o", "out.csv", "--rejects", "bad.csv", "--summary", "summary.csv"]
        done = run("batch", *given, *files)
        alone = run("batch", *given, "--summary", "alone.csv")
        assert done.exit_code == alone.exit_code <= 1, done.output
        assert Path("summary.csv").read_text() == Path("alone.csv").read_text(), "counted as they are scored"
        found: dict[str, object] = {"": Path("summary.csv").read_text()}
        for made, key in (("out.csv", "row"), ("bad.csv", "line")):
            with open(made, newline="") as file:
                for row in csv.DictReader(file):
                    del row[key]  # where it stands differs
                    found[f"{row['who']} in {made}"] = row
        return found

    return score


def types_read(name: str) -> list[pl.DataType]:
    """The types that the questions' columns are read as."""
    matched = match(read_table(name), ASKED, read_map("map.yaml", ASKED))
    schema = matched.ways(ASKED, ())[0].scan.frame.collect_schema()
    return [schema[f"c{column.position}"] for column in matched.way.columns]


@pytest.mark.parametrize("strange", [NUMBERS, NUMBERS + OTHERS])
def test_a_strange_cell_is_read_alike_first_and_last(
    strange: Sequence[str], name: str, score: Callable[[CSV_ROWS], dict[str, object]]
) -> None:
    plain = [[f"p{i}", "0" + str(i % 2), i % 3 + 1, 3, "", i % 2 + 1, 3] for i in range(FIRST_ROWS + 5_000)]
    rows = [
        [f"s{place} {cell!r}", "01", *[cell if at == place else 2 for at in range(5)]]
        for cell in strange
        for place in range(5)
    ]
    junk = [[f"j{i}", "01", *[f"junk {i}"] * 5] for i in range(200)]
    in_numbers = score([*plain, *rows])
    assert types_read(name) == [
        pl.Int8,
        pl.Int8,
        pl.String,
        pl.Int8,
        pl.Int8,
    ]  # nothing tells what an empty one holds
    in_codes = score([*rows, *plain])
    assert types_read(name) == [pl.Int8] * 5
    in_texts = score([*rows, *junk, *plain])
    assert types_read(name) == [pl.String] * 5
    assert in_numbers.keys() == in_codes.keys() == {key for key in in_texts if not key.startswith("j")}
    assert {key: in_codes[key] for key in in_codes if in_codes[key] != in_numbers[key]} == {}
    del in_codes[""]  # the summary counts the junk
    assert {key: in_codes[key] for key in in_codes if in_codes[key] != in_texts[key]} == {}


def test_texts_that_read_as_one_number_and_mean_two_things_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("who,a,b\nr1,1,1\nr2,01,2\n")
    (tmp_path / "map.yaml").write_text("cvp: 1\ncells: {a: {'1': c0, '01': c2}}\nreads: {b: numbers}\n")
    matched = match(read_table(str(tmp_path / "in.csv")), ASKED, read_map(str(tmp_path / "map.yaml"), ASKED))
    (faster, _) = matched.ways(ASKED, ())
    assert faster.columns[0].meanings == {-1.0: "?", -2.0: "-", 0.0: "c0", 1.0: "c1", 2.0: "c2"}
    assert faster.scan.frame.select("c1", "c2").collect().rows() == [(0, 1), (2, 2)]
