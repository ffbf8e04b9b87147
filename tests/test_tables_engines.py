"""One expression, every dataframe library: the same rows, to the last bit. For PySpark see test_tables_spark.py."""

from collections.abc import Callable
from importlib.util import find_spec
from random import Random
from typing import Any, Final

import answer_tables
import narwhals as nw
import polars as pl
import pytest
from answer_tables import ALL
from real import needs

from cvp.tables.columns import Column
from cvp.tables.expression import score_frame
from questionnaires import DAY, criterion, one_for_each_level, questionnaire, safeguard


def _duckdb(frame: pl.DataFrame) -> Any:
    import duckdb

    return duckdb.from_arrow(frame.to_arrow())


MADE: Final[dict[str, tuple[str, Callable[[pl.DataFrame], Any]]]] = {
    "polars, lazy": ("polars", lambda frame: frame.lazy()),
    "pandas": ("pandas", lambda frame: frame.to_pandas()),
    "pandas, pyarrow": ("pandas", lambda frame: frame.to_pandas(use_pyarrow_extension_array=True)),
    "pandas, nullable": ("pandas", lambda frame: frame.to_pandas().convert_dtypes()),
    "pandas, objects": ("pandas", lambda frame: frame.to_pandas().astype(object)),
    "pyarrow": ("pyarrow", lambda frame: frame.to_arrow()),
    "duckdb": ("duckdb", _duckdb),
    "narwhals": ("polars", nw.from_native),
}
"""Library, and how a frame of it is made."""


@pytest.fixture(params=MADE)
def make(request: pytest.FixtureRequest) -> Callable[[pl.DataFrame], Any]:
    library, make = MADE[request.param]
    needs(find_spec(library) is not None, f"{library} is not installed; run: pip install {library}")
    return make


def as_polars(frame: Any) -> pl.DataFrame:
    """NaN, which is pandas' null, made null."""
    known = nw.from_native(frame)
    eager = known.collect("polars") if isinstance(known, nw.LazyFrame) else known
    return eager.to_polars().fill_nan(None)


def check(make: Callable[[pl.DataFrame], Any], frame: pl.DataFrame, *arguments: Any, **more: Any) -> pl.DataFrame:
    """Scores the frame as made by the library and as it is, and gives the outputs, which are the same."""
    given = make(frame)
    scored = score_frame(given, *arguments, **more)
    assert type(scored) is type(given)
    found = as_polars(scored)
    expected = as_polars(score_frame(frame, *arguments, **more))
    assert found.columns == expected.columns
    outputs = expected.columns[frame.width :]
    assert found.select(outputs).rows() == expected.select(outputs).rows()
    return found.select(outputs)


@pytest.mark.parametrize("seed", [101, 102])
def test_every_output_is_the_same_in_every_library(make: Callable[[pl.DataFrame], Any], seed: int) -> None:
    table = answer_tables.table(seed, max(60, answer_tables.ROWS // 30))
    frame = pl.DataFrame(table.cells, schema=dict.fromkeys(table.cells, pl.String))
    found = check(make, frame, table.asked, columns=table.columns, date=DAY, outputs=["is_bad", "bad_cells", *ALL])
    assert found.select(list(table.said[0])).to_dicts() == table.said


def test_many_rows_are_the_same_in_every_library(make: Callable[[pl.DataFrame], Any]) -> None:
    """Every cell drawn from those of a small table, which the scorer knows; `CVP_ROWS=100000` for as many rows."""
    table, random = answer_tables.table(101, 60), Random(5)
    rows = max(20_000, answer_tables.ROWS)
    cells = {name: random.choices(column, k=rows) for name, column in table.cells.items()}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    check(make, frame, table.asked, columns=table.columns, date=DAY, outputs=["is_bad", "bad_cells", *ALL])


def test_cells_mean_the_same_in_every_library(make: Callable[[pl.DataFrame], Any]) -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12), criterion("b", 2), criterion("c", 3), criterion("d", 4)])
    frame = pl.DataFrame(
        {
            "text": ["Größe", "GRÖSSE", "größe\u00a0", "ΟΔΟΣ", "οδος", "İ", "i", "", None, "é", "0"],
            "number as text": ["1", "1.0", " 1,0", "1.5", "-9", "1e0", "N/A", "", None, "2.00", "12345678901234567890"],
            "float": [1.0, 1.5, 2.0, 3.0, -9.0, 1e300, None, None, None, 1.0000001, -0.0],
            "whole": [1, 2, 3, -9, 0, 2**40, None, None, None, -(2**40), 7],
            "day": ["2013-02-01", "2012", "2012-02", "x", "", None, "2013-02-11 10:00", "2001-01-01", None, "", ""],
        }
    )
    numbers: dict[str | float, str] = {1: "c0", 1.5: "c1", 2: "c2", -9: "-", "n/a": "?"}
    columns = [
        Column("a", 0, {"größe": "c1", "Οδος": "c2", "É": "c0", "i": "?"}, dates=4),
        Column("b", 1, numbers, numbers=True),
        Column("c", 2, numbers, numbers=True),
        Column("d", 3, numbers, numbers=True),
    ]
    found = check(make, frame, asked, columns=columns, date=DAY, outputs=["bad_cells", "scores", "coverage"])
    assert found["bad_cells"].to_list()[:6] == ["", "", "d", "a c", "d", "b c d"]


def test_days_of_evidence_are_days_of_the_calendar(make: Callable[[pl.DataFrame], Any]) -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12)])
    sound = ["2012-02-29", "2000-02-29", "2013-02-28", "2012-04-30", "2012-12-31", "2013-02", "2012", "0001-01-01"]
    wrong = ["2012-02-30", "2013-02-29", "1900-02-29", "2012-04-31", "2012-12-32", "2013-13", "0000", "0000-01-01"]
    frame = pl.DataFrame({"a": ["c1"] * 16, "when": sound + wrong})
    found = check(make, frame, asked, columns=[Column("a", 0, {"c1": "c1"}, dates=1)], date=DAY, outputs=["is_bad"])
    assert found["is_bad"].to_list() == [False] * 8 + [True] * 8


def test_any_column_name_will_do(make: Callable[[pl.DataFrame], Any]) -> None:
    names = ['what "else"?', "a.b", "`c`.`d`", "x'; DROP TABLE t; --", "ünï cödé", " ", "line\nbreak", "%s{0}\\"]
    frame = pl.DataFrame({name: ["c2", "c0"] for name in names})
    asked = one_for_each_level(safeguard("paid", 2))
    columns = [
        Column(question, at, {"c0": "c0", "c2": "c2"}) for at, question in enumerate(("a", "b", "c", "d", "paid"), 2)
    ]
    assert check(make, frame, asked, columns=columns, outputs=["level"]).rows() == [(4,), (1,)]


def test_no_rows_give_no_rows(make: Callable[[pl.DataFrame], Any]) -> None:
    frame = pl.DataFrame({"a": ["c2"], "b": [0.5]}).clear()
    asked = one_for_each_level(safeguard("paid", 2))
    given = make(frame)
    assert as_polars(score_frame(given, asked, outputs=ALL)).height == 0


def test_pandas_keeps_its_index_and_takes_a_column_of_mixed_cells() -> None:
    needs(find_spec("pandas") is not None, "pandas is not installed; run: pip install pandas")
    import pandas as pd

    frame = pd.DataFrame({"a": pd.array([3, "x", None, 2.0, "3"], dtype=object)}, index=["k", "k", "z", "y", "x"])
    columns = [Column("a", 0, {3: "c2", "2": "c1"}, numbers=True)]
    scored = score_frame(frame, one_for_each_level(), columns=columns, outputs=["bad_cells", "coverage"])
    assert list(scored.index) == ["k", "k", "z", "y", "x"]
    assert list(scored["bad_cells"]) == ["", "a", "", "", ""]
    assert list(scored["coverage"].fillna(-1)) == [0.25, -1, 0, 0.25, 0.25]


def test_a_long_chain_of_cases_is_the_same_in_every_library(make: Callable[[pl.DataFrame], Any]) -> None:
    asked = questionnaire([criterion(f"q{index}", 1, 0, weight=1 + index) for index in range(70)])
    frame = pl.DataFrame({f"q{index}": ["c0", None] for index in range(70)})
    found = check(make, frame, asked, outputs=["weakest"])
    assert found["weakest"].to_list() == ["q69", None]
