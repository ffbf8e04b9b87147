"""Tables in parts, as engines write them: a folder of Parquet files, and folders in it that name a column's cells."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from test_batch import asked as asked  # noqa: PLC0414 - a fixture
from test_batch import rows_of
from typer.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def parts(asked: Path) -> Path:
    """By country, with all that engines leave beside them; the name of a country has a space."""
    for number, country in enumerate(["DE", "New%20Zealand", "__HIVE_DEFAULT_PARTITION__"]):
        folder = Path("parts", f"country={country}")
        folder.mkdir(parents=True)
        rows = pl.DataFrame({"respondent": [f"r{number}"], "a": ["c1"]})
        rows.write_parquet(folder / "part-0.parquet")
        (folder / ".part-0.parquet.crc").write_bytes(b"crc\0")
    Path("parts", "_SUCCESS").touch()
    Path("parts", "_metadata").write_bytes(b"PAR1")
    return asked


@pytest.mark.parametrize("name", ["parts", "parts/*/*.parquet"])
def test_a_folder_of_parts_is_one_table_with_the_columns_of_its_folders(name: str, parts: Path, run: Run) -> None:
    wishes = ["--by", "country", "--min-group", "1", "--summary", "out.md", "-o", "out.csv"]
    done = run("batch", name, "--questionnaire", parts, *wishes)
    assert done.exit_code == 0, done.output
    found = {row["respondent"]: row["country"] for row in rows_of("out.csv")}
    assert found == {"r0": "DE", "r1": "New Zealand", "r2": ""}
    assert "New Zealand" in Path("out.md").read_text()


def test_a_column_of_the_file_comes_before_the_name_of_its_folder(asked: Path, run: Run) -> None:
    Path("country=DE").mkdir()
    pl.DataFrame({"a": ["c1"], "country": ["FR"]}).write_parquet("country=DE/in.parquet")
    done = run("batch", "country=DE", "--questionnaire", asked, "-o", "out.csv")
    assert done.exit_code == 0, done.output
    assert [row["country"] for row in rows_of("out.csv")] == ["FR"]


@pytest.mark.parametrize("named", ["country=DE/a/in.parquet", "country=DE", "country=DE/*/*.parquet", "{}/country=DE"])
def test_folders_above_what_is_named_are_no_columns(named: str, asked: Path, run: Run) -> None:
    Path("country=DE/a").mkdir(parents=True)
    pl.DataFrame({"a": ["c1"]}).write_parquet("country=DE/a/in.parquet")
    done = run("batch", named.format(Path.cwd()), "--questionnaire", asked, "-o", "out.csv")
    assert done.exit_code == 0, done.output
    assert "country" not in rows_of("out.csv")[0]


def test_what_engines_keep_for_themselves_does_not_make_a_table_a_folder_of_answers(parts: Path, run: Run) -> None:
    Path("parts", "_spark_metadata").mkdir()
    Path("parts", "_spark_metadata", "0.json").write_text("{}")
    Path("parts", "_committed.json").write_text("{}")
    done = run("batch", "parts", "--questionnaire", parts, "-o", "out.csv")
    assert done.exit_code == 0, done.output
    assert [row["respondent"] for row in rows_of("out.csv")] == ["r0", "r1", "r2"]


@pytest.mark.parametrize("named", ["lake", "lake/survey"])
def test_a_delta_table_is_refused(named: str, asked: Path, run: Run) -> None:
    Path("lake/survey/_delta_log").mkdir(parents=True)
    Path("lake/survey/_delta_log/0.json").write_text("{}")
    pl.DataFrame({"a": ["c1"]}).write_parquet("lake/survey/part-0.parquet")
    done = run("batch", named, "--questionnaire", asked, "-o", "out.csv")
    assert (done.exit_code, Path("out.csv").exists()) == (3, False), done.output
    assert "lake/survey: is a Delta table, whose folder may also hold rows that were deleted" in done.stderr
    assert "export it as one table" in done.stderr


def test_a_folder_of_other_tables_is_told_how_to_be_named(asked: Path, run: Run) -> None:
    Path("parts").mkdir()
    Path("parts", "part-0.csv").write_text("a\nc1\n")
    done = run("batch", "parts", "--questionnaire", asked)
    assert done.exit_code == 3
    assert "parts: holds no YAML or JSON; give its tables, as 'parts/*.csv'" in done.stderr
    assert run("batch", "parts/*.csv", "--questionnaire", asked, "-o", "out.csv").exit_code == 0
