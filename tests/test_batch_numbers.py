"""CSV columns of whole numbers are read as numbers; a cell further on that is none changes the speed and no result."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from typer.testing import Result

from cvp.tables.answering import LOOKED_AT, match
from cvp.tables.mapping import read_map
from cvp.tables.reading import read_table
from questionnaires import one_for_each_level, safeguard

Run = Callable[..., Result]
ASKED = one_for_each_level(safeguard("paid", 2))
HEADER = ["who", "country", "a", "b", "c", "d", "paid"]
MAP = "cvp: 1\nkeys: [who]\nreads: {'*': numbers}\ncells: {'*': {'-1': '-', '99': '?'}}\n"
NUMBERS = ["+1", " 1", "01", "-1", "99", "", "7"]
OTHERS = ["1 ", "2.0", "2,0", "NA", "?", "40000", "０", "1e0", "c1"]
CSV_ROWS = Sequence[Sequence[object]]


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[[CSV_ROWS], dict[str, object]]:
    """By respondent what is said of him, in the rows, the rejects and the summary."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CVP_BLOCK", "4096")
    Path("asked.yaml").write_text(ASKED.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    Path("map.yaml").write_text(MAP)

    def score(rows: CSV_ROWS) -> dict[str, object]:
        with open("in.csv", "w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        given = ["in.csv", "--questionnaire", "asked.yaml", "--map", "map.yaml", "--by", "country"]
        files = ["-o", "out.csv", "--rejects", "bad.csv", "--summary", "summary.csv"]
        done = run("batch", *given, *files)
        alone = run("batch", *given, "--summary", "alone.csv")
        assert done.exit_code == alone.exit_code <= 1, done.output
        assert Path("summary.csv").read_text() == Path("alone.csv").read_text(), "counted as they are scored"
        found: dict[str, object] = {"": Path("summary.csv").read_text()}
        for name, key in (("out.csv", "row"), ("bad.csv", "line")):
            with open(name, newline="") as file:
                for row in csv.DictReader(file):
                    del row[key]  # where it stands differs
                    found[f"{row['who']} in {name}"] = row
        return found

    return score


def is_read_as_numbers() -> bool:
    matched = match(read_table("in.csv"), ASKED, read_map("map.yaml", ASKED))
    return len(matched.ways(())) == 2


@pytest.mark.parametrize("strange", [NUMBERS, NUMBERS + OTHERS])
def test_a_strange_cell_is_read_alike_first_and_last(
    strange: Sequence[str], score: Callable[[CSV_ROWS], dict[str, object]]
) -> None:
    plain = [[f"p{i}", "0" + str(i % 2), i % 3 + 1, 3, "", i % 2 + 1, 3] for i in range(LOOKED_AT + 5_000)]
    rows = [
        [f"s{place} {cell!r}", "01", *[cell if at == place else 2 for at in range(5)]]
        for cell in strange
        for place in range(5)
    ]
    last = score([*plain, *rows])
    assert is_read_as_numbers()
    first = score([*rows, *plain])
    assert not is_read_as_numbers()
    assert first.keys() == last.keys()
    assert {key: last[key] for key in last if last[key] != first[key]} == {}


def test_texts_that_read_as_one_number_and_mean_two_things_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("who,a,b\nr1,1,1\nr2,01,2\n")
    (tmp_path / "map.yaml").write_text("cvp: 1\ncells: {a: {'1': c0, '01': c2}}\nreads: {b: numbers}\n")
    matched = match(read_table(str(tmp_path / "in.csv")), ASKED, read_map(str(tmp_path / "map.yaml"), ASKED))
    faster, _ = matched.ways(())
    types = faster.scan.frame.collect_schema()
    assert types["c1"] == pl.String
    assert types["c2"] == pl.Int16
