"""`cvp batch --engine spark`: the rows out are those of Polars."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from real import needs
from test_batch import HEADER, SOUND, table, write_questionnaire
from test_batch_later import BAD, LABELS, NUMBERS, ZEROS
from typer.testing import Result

from cvp.loading import load_questionnaire
from questionnaires import one_for_each_level, safeguard

Both = Callable[..., tuple[Result, Result]]


def if_spark_is_there() -> None:
    needs(find_spec("pyspark") is not None, "pyspark is not installed; run: pip install 'cvp-assess[spark]'")
    needs(shutil.which("java") is not None, "there is no Java")


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]) -> Both:
    """Runs it on Polars and on Spark. Java may run already, in another folder: so all paths are whole."""
    if_spark_is_there()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))

    def both(name: str) -> tuple[Result, Result]:
        common = ("batch", tmp_path / name, "--questionnaire", asked)
        here = run(*common, "-o", "here.parquet")
        spark = ("--engine", "spark", "--master", "local[1]")
        return here, run(*common, "-o", tmp_path / "there", "--rejects", tmp_path / "bad", *spark)

    return both


def rows_here_and_there() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """By respondent; Spark knows no row by its number, and the questionnaire has no recommendation."""
    here = pl.read_parquet("here.parquet").drop("row", "recommendation")
    there = pl.read_parquet("there/*.parquet")
    assert there.columns == here.columns
    return here.sort("respondent").rows(), there.sort("respondent").rows()


def mean_nothing(done: Result) -> list[str]:
    """What is said of cells that mean nothing."""
    return [line for line in done.stderr.splitlines() if "that mean nothing" in line]


def test_spark_writes_the_same_rows(both: Both) -> None:
    rows = [[f"r{n}", "DE", f"c{n % 3}", f"c{n % 2}", "c1", "?", "c2", "high"] for n in range(20)]
    table("in.csv", *rows, [*SOUND[:2], "what?", *SOUND[3:], "low"], header=[*HEADER, "Level"])
    here, there = both("in.csv")
    assert here.exit_code == there.exit_code == 1, there.output
    assert "21 rows in = 20 scored + 1 rejected + 0 left out" in there.stderr
    polars, spark = rows_here_and_there()
    assert spark == polars
    assert pl.read_parquet("bad/*.parquet")["bad_cells"].to_list() == ["a"]


def test_rows_in_which_nothing_is_answered_are_left_out(both: Both) -> None:
    rows = [["r1", "DE", "c1"], ["r2", "FR"], ["r3", "AT", "what?"], ["r4", "DE", "?"]]
    table("in.csv", *([*row, *[""] * (len(HEADER) - len(row))] for row in rows), header=HEADER)
    pl.DataFrame({"respondent": ["r1", "r2"], "a": [None, 2.0], "b": [float("nan"), None]}).write_parquet("in.parquet")
    for name, count in {
        "in.csv": "4 rows in = 2 scored + 1 rejected + 1 left out (1 nothing answered)",
        "in.parquet": "2 rows in = 1 scored + 0 rejected + 1 left out (1 nothing answered)",
    }.items():
        here, there = both(name)
        assert (count in here.stderr, count in there.stderr) == (True, True), there.output
        polars, spark = rows_here_and_there()
        assert spark == polars
        for folder in ("there", "bad"):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (";", "utf-8-sig")])
def test_a_csv_is_read_as_it_is_written(delimiter: str, encoding: str, both: Both) -> None:
    rows = [HEADER, ["Ägir", "DE", "c1", "c2", "c1", "c0", "c2"], ["r2", "a,b", "", "", "c1", "", ""]]
    Path("in.csv").write_text("\n".join(delimiter.join(row) for row in rows) + "\n", encoding=encoding)
    _, there = both("in.csv")
    assert there.exit_code == 0, there.output
    polars, spark = rows_here_and_there()
    assert spark == polars
    assert "Ägir" in pl.read_parquet("there/*.parquet")["respondent"].to_list()


@pytest.mark.parametrize("name", ["parts", "parts/*/*.parquet"])
def test_parts_have_the_columns_of_their_folders(name: str, both: Both) -> None:
    for country in ("DE", "01"):
        folder = Path("parts", f"country={country}")
        folder.mkdir(parents=True)
        pl.DataFrame({"respondent": [f"r{country}"], "a": ["c1"]}).write_parquet(folder / "part-0.parquet")
    _, there = both(name)
    assert there.exit_code == 0, there.output
    assert "Exception" not in there.stderr
    here = pl.read_parquet("here.parquet").drop("row", "file", "recommendation").sort("respondent")
    assert pl.read_parquet("there/*.parquet").sort("respondent").rows() == here.rows()


def test_cells_of_json_are_texts(both: Both) -> None:
    Path("in.jsonl").write_text('{"respondent": 1, "a": "c1", "b": null}\n{"respondent": 2, "a": "?", "c": "c2"}\n')
    _, there = both("in.jsonl")
    assert there.exit_code == 0, there.output
    names = ["respondent", "level", "low", "high"]
    here, found = pl.read_parquet("here.parquet", columns=names), pl.read_parquet("there/*.parquet", columns=names)
    assert found.schema == here.schema
    assert found.sort("respondent").equals(here.sort("respondent"))


def test_a_part_that_is_damaged_is_told_in_a_line(both: Both) -> None:
    pl.DataFrame({"respondent": ["r1"], "a": ["c1"]}).write_parquet("in.parquet")
    Path(".in.parquet.crc").write_bytes(b"crc\0\0\0\2\0\0\0\0\0")
    _, there = both("in.parquet")
    assert there.exit_code == 3, there.output
    (told,) = [line for line in there.stderr.splitlines() if "in.parquet" in line]
    assert told.startswith("cvp: ")
    assert "in.parquet: Spark cannot read it as parquet: Checksum error: " in told


def test_an_ending_that_spark_does_not_write_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    table(str(tmp_path / "in.csv"), ["r1", "c1"], header=["respondent", "a"])
    done = run("batch", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--engine", "spark")
    assert (done.exit_code, "end the name with .parquet" in done.stderr) == (3, True), done.output


def test_an_empty_number_is_no_answer(both: Both) -> None:
    cells = {"respondent": ["r1", "r2", "r3"], "a": [1.0, float("nan"), None], "b": [2.0, 3.0, 1.0]}
    pl.DataFrame(cells).write_parquet("in.parquet")
    _, there = both("in.parquet")
    assert there.exit_code == 0, there.output
    polars, spark = rows_here_and_there()
    assert spark == polars


def test_texts_that_first_rows_do_not_show_are_learned_of(both: Both) -> None:
    table("in.csv", *NUMBERS, *LABELS, *BAD, header=HEADER)
    here, there = both("in.csv")
    assert here.exit_code == there.exit_code == 1, there.output
    assert f" in = {len(NUMBERS) + len(LABELS):,} scored + 50 rejected" in there.stderr
    told = [(line.count("`what?` (column #3 a)"), line.count(" and 47 more.")) for line in mean_nothing(there)]
    assert told == [(1, 1)]
    polars, spark = rows_here_and_there()
    assert spark == polars


def test_numbers_that_first_rows_do_not_show_are_learned_of(both: Both) -> None:
    rows = [[*row[:2], *(float(str(cell)) for cell in row[2:])] for row in [*NUMBERS, *NUMBERS[:3]]]
    rows[-1][5], rows[-2][5], rows[-3][4] = 2.0, 3.0, 9.0
    pl.DataFrame([[f"r{index}", *row[1:]] for index, row in enumerate(rows)], HEADER, orient="row").write_parquet(
        "in.parquet"
    )
    here, there = both("in.parquet")
    assert here.exit_code == there.exit_code == 1, there.output
    assert mean_nothing(there) == mean_nothing(here)
    polars, spark = rows_here_and_there()
    assert spark == polars


def test_what_is_not_clear_is_asked_however_late(both: Both) -> None:
    table("in.csv", *NUMBERS, *ZEROS, header=HEADER)
    here, there = both("in.csv")
    assert here.exit_code == there.exit_code == 3, there.output
    assert "say what they mean in the map, as in" in there.stderr
    assert there.stderr.splitlines()[-2:] == here.stderr.splitlines()[-2:]
    assert not Path("there").exists()
    assert not Path("bad").exists()


def test_only_cvp_is_heard_whatever_spark_makes_of_it(tmp_path: Path) -> None:
    """The longest questionnaire that ships makes more of a method than Java takes."""
    if_spark_is_there()
    asked = load_questionnaire("level4")
    values = {key: asked.choices_of(question)[0].value for key, question in asked.questions.items()}
    table(str(tmp_path / "in.csv"), ["r1", *values.values()], header=["respondent", *values])
    batch = [sys.executable, "-m", "cvp", "batch", str(tmp_path / "in.csv"), "--questionnaire", "level4"]
    more = ["-o", str(tmp_path / "there"), "--engine", "spark", "--master", "local[1]"]
    done = subprocess.run([*batch, *more], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "there" / "*.parquet")["recommendation"].to_list()[0]
    assert "Exception" not in done.stderr
    assert "codegen" not in done.stderr.casefold()
