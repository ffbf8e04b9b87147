"""`cvp batch --engine spark`: the rows out are those of Polars."""

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from real import needs
from test_batch import HEADER, SOUND, table, write_questionnaire
from typer.testing import Result

from questionnaires import one_for_each_level, safeguard


def test_spark_writes_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    needs(find_spec("pyspark") is not None, "pyspark is not installed; run: pip install 'cvp-assess[spark]'")
    needs(shutil.which("java") is not None, "there is no Java")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    asked = write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))
    rows = [[f"r{n}", "DE", f"c{n % 3}", f"c{n % 2}", "c1", "?", "c2"] for n in range(20)]
    table("in.csv", *rows, [*SOUND[:2], "what?", *SOUND[3:]], header=HEADER)
    # Java may run already, in another folder.
    common = ("batch", tmp_path / "in.csv", "--questionnaire", asked)
    assert run(*common, "-o", "here.parquet").exit_code == 1
    done = run(
        *common, "-o", tmp_path / "there", "--rejects", tmp_path / "bad", "--engine", "spark", "--master", "local[1]"
    )
    assert (done.exit_code, "21 rows in = 20 scored + 1 rejected + 0 left out" in done.stderr) == (1, True), done.output
    outputs = ["respondent", "level", "low", "high", "settled", "score_1", "score_2", "score_3", "score_4", "coverage"]
    here = pl.read_parquet("here.parquet").select(outputs)
    there = pl.read_parquet("there/*.parquet").select(outputs).cast(here.schema)
    assert there.sort("respondent").rows() == here.sort("respondent").rows()
    assert pl.read_parquet("bad/*.parquet")["bad_cells"].to_list() == ["a"]
