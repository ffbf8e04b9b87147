"""`cvp batch` on tables: a row out for each row in, equal to the scorer; what means nothing is told, never dropped."""

import csv
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import answer_tables
import polars as pl
import pytest
from answer_tables import Row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from cvp.batch.scored import in_blocks
from cvp.batch.writing import WRITERS
from cvp.commands import app
from cvp.questionnaire import Questionnaire
from questionnaires import DAY, one_for_each_level, safeguard

Run = Callable[..., Result]

HEADER = ["respondent", "country", "a", "b", "c", "d", "paid"]
SOUND = ["r1", "DE", "c2", "c2", "c1", "c0", "c2"]


def write_questionnaire(folder: Path, asked: Questionnaire) -> Path:
    path = folder / "asked.yaml"
    path.write_text(asked.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    return path


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A questionnaire in the current folder, with the criteria a, b, c, d and a safeguard."""
    monkeypatch.chdir(tmp_path)
    return write_questionnaire(tmp_path, one_for_each_level(safeguard("paid", 2)))


def table(path: str, *rows: Sequence[object], header: Sequence[str] = HEADER) -> str:
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def rows_of(path: str) -> list[dict[str, str]]:
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def read(path: Path) -> pl.DataFrame:
    match path.suffix:
        case ".csv":
            return pl.read_csv(path, infer_schema_length=None)
        case ".xlsx":
            header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            cells = [[None if cell == "" else cell for cell in row] for row in rows]
            return pl.DataFrame(cells, [str(name) for name in header], orient="row", infer_schema_length=None)
        case ".parquet":
            return pl.read_parquet(path)
    return pl.read_ndjson(path, infer_schema_length=None)


def same(made: object, said: object) -> bool:
    """Whether a cell says it; an empty text is none, and XLSX keeps sixteen digits of a number."""
    if isinstance(made, int | float) and isinstance(said, int | float):
        return abs(made - said) < 1e-14
    return (made or None) == (said or None)


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    cells = {"respondent": [f"r{number}" for number in range(len(rows))]}
    frame = pl.DataFrame({**cells, **{name: [row[name] for row in rows] for name in rows[0]}})
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".xlsx":
            frame.write_excel(path)
        case ".parquet":
            frame.write_parquet(path)
        case _:
            frame.write_ndjson(path)


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".ndjson"])
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_every_row_is_what_the_scorer_says(tmp_path: Path, ending: str, seed: int) -> None:
    random = Random(seed)
    asked = answer_tables.drawn(random)
    rows = answer_tables.rows_of(asked, 40, random)
    dates = {question: f"day_{question}" for question in asked.questions}
    mapping = {"cvp": 1, "keys": ["respondent"], "dates": dates, "cells": {"*": {"-": "-"}}}
    (tmp_path / "map.yaml").write_text(json.dumps(mapping))
    source, target = tmp_path / f"in{ending}", tmp_path / f"out{ending}"
    write_rows(source, rows)
    arguments = ["--questionnaire", write_questionnaire(tmp_path, asked), "--map", tmp_path / "map.yaml", "--date", DAY]
    done = CliRunner().invoke(app, [str(a) for a in ("batch", source, *arguments, "--output", target)])
    assert done.exit_code == 0, done.output
    found = {row["respondent"]: row for row in read(target).to_dicts()}
    counted = 0
    for number, row in enumerate(rows):
        if any(row[question] for question in asked.questions):
            made = found[f"r{number}"]
            said = answer_tables.said_of(asked, answer_tables.sheet_of(asked, row))
            names = [name for name in made if name in said]
            assert {name: made[name] for name in names if not same(made[name], said[name])} == {}
            assert len(names) == 11
            counted += 1
    assert len(found) == counted
    assert list(found) == [name for name in (f"r{number}" for number in range(len(rows))) if name in found]


def test_bad_rows_are_told_and_the_rest_is_scored(asked: Path, run: Run) -> None:
    bad = ["=2+3", "DE", "c2", "what?", "c1", "c0", "never"]
    table("in.csv", SOUND, bad, ["r3", "DE"], ["r4", "DE", "", "", "", "", ""], [*SOUND, "more"])
    done = run("batch", "in.csv", "--questionnaire", asked, "--output", "out.csv", "--rejects", "bad.csv")
    assert done.exit_code == 1
    assert "5 rows in = 1 scored + 3 rejected + 1 left out (1 nothing answered)." in done.stderr
    assert [row["respondent"] for row in rows_of("out.csv")] == ["r1"]
    told = [(row["line"], row["column"], row["cell"], row["code"], row["respondent"]) for row in rows_of("bad.csv")]
    assert told == [
        ("3", "#4 b", "what?", "CVP504", "'=2+3"),
        ("3", "#7 paid", "never", "CVP504", "'=2+3"),
        ("4", "", "", "CVP117", "r3"),
        ("6", "", "", "CVP117", "r1"),
    ]


def test_the_first_bad_rows_are_named_without_a_file_for_them(asked: Path, run: Run) -> None:
    table("in.csv", SOUND, *[[f"r{n}", "DE", "c2", f"what{n}", "c1", "c0", "c2"] for n in range(7)])
    done = run("batch", "in.csv", "--questionnaire", asked)
    assert done.exit_code == 1
    assert "in.csv:3: CVP504 column #4 b: `what0` is no answer to `b`" in done.stderr
    assert "and 2 more rows; --rejects FILE keeps them all" in done.stderr


def test_too_many_bad_rows_stop_the_run(asked: Path, run: Run) -> None:
    table("in.csv", SOUND, *[[f"r{n}", "DE", "c2", "what", "c1", "c0", "c2"] for n in range(3)])
    common = ("batch", "in.csv", "--questionnaire", asked, "--output", "out.csv", "--max-rejects")
    assert run(*common, "3").exit_code == 1
    Path("out.csv").unlink()
    done = run(*common, "2")
    assert done.exit_code == 3
    assert "more than --max-rejects 2" in done.stderr
    assert sorted(os.listdir()) == ["asked.yaml", "in.csv"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_text_becomes_a_formula(asked: Path, run: Run, ending: str) -> None:
    hostile = ['=HYPERLINK("x")', "+1", "-1", "@a", "＝1", "\tx", " =1", "\x1b[2Jx", "plain"]
    table("in.csv", *[[name, *SOUND[1:]] for name in hostile], header=["respondent", "=country", *HEADER[2:]])
    target = Path(f"out{ending}")
    assert run("batch", "in.csv", "--questionnaire", asked, "--by", "#2", "-o", target).exit_code == 0
    found = read(target) if ending == ".xlsx" else pl.DataFrame(rows_of(str(target)))
    assert found["respondent"].to_list() == [
        *('\'=HYPERLINK("x")', "'+1", "'-1", "'@a", "'＝1", "'\tx", "' =1", "\\x1b[2Jx", "plain"),
    ]
    assert "'=country" in found.columns


def test_a_sheet_says_which_texts_it_cut(asked: Path, run: Run) -> None:
    table("in.csv", ["x" * 100_000, *SOUND[1:]])
    done = run("batch", "in.csv", "--questionnaire", asked, "-o", "out.xlsx")
    assert "1 texts were cut to 32,767 characters" in done.stderr
    assert len(read(Path("out.xlsx"))["respondent"][0]) == 32_767
    assert run("batch", "in.csv", "--questionnaire", asked, "-o", "out.jsonl").exit_code == 0
    assert len(read(Path("out.jsonl"))["respondent"][0]) == 100_000


def test_inputs_with_other_headers_are_put_together_by_name(asked: Path, run: Run) -> None:
    table("one.csv", SOUND)
    table("two.csv", ["c2", "r2", "c0"], header=["a", "respondent", "b"])
    done = run("batch", "one.csv", "two.csv", "--questionnaire", asked, "-o", "out.csv")
    assert done.exit_code == 0
    found = [(row["file"], row["row"], row["respondent"], row["coverage"]) for row in rows_of("out.csv")]
    assert found == [("one.csv", "1", "r1", "1.0"), ("two.csv", "1", "r2", "0.4")]
    Path("out.csv").unlink()
    refused = run("batch", "*.csv", "--questionnaire", asked, "-o", "again.csv")
    said = "two.csv: lacks `country`, `c`, `d` and 1 more column, unlike one.csv; give them apart, without quotation"
    assert (refused.exit_code, said in refused.stderr) == (3, True), refused.stderr


def test_files_of_a_pattern_whose_columns_stand_in_other_orders_are_put_together_by_name(asked: Path, run: Run) -> None:
    table("wave1.csv", SOUND)
    table("wave2.csv", SOUND[::-1], header=HEADER[::-1])
    assert run("batch", "wave*.csv", "--questionnaire", asked, "-o", "out.csv", "--by", "country").exit_code == 0
    one, two = rows_of("out.csv")
    assert (one.pop("file"), two.pop("file")) == ("wave1.csv", "wave2.csv")
    assert one == two


def test_a_table_of_ones_is_read_as_the_others_are(asked: Path, run: Run) -> None:
    ones = ["r1", "DE", *"11111"]
    table("ones.csv", ones)
    wanted = ["--questionnaire", asked, "-o", "out.csv"]
    alone = run("batch", "ones.csv", *wanted)
    assert (alone.exit_code, "holds 1 alone (so do 4 more columns)" in alone.stderr) == (3, True), alone.stderr
    table("numbers.csv", ["r2", "AT", *"12321"])
    assert run("batch", "ones.csv", "numbers.csv", *wanted).exit_code == 0
    assert [row["score_2"] for row in rows_of("out.csv")] == ["0.0", "0.5"]
    table("scores.csv", ["r2", "AT", "0", "0.5", "1", "0", "1"])
    assert run("batch", "ones.csv", "scores.csv", *wanted).exit_code == 0
    assert [row["score_2"] for row in rows_of("out.csv")] == ["1.0", "0.5"]


@pytest.mark.parametrize("option", ["--by", "--date-column"])
def test_a_header_that_two_columns_have_is_asked_for_by_number(option: str, asked: Path, run: Run) -> None:
    table("in.csv", [*SOUND, "x", "y"], header=[*HEADER, "Shop", "shop"])
    done = run("batch", "in.csv", "--questionnaire", asked, option, "shop")
    first, second = len(SOUND) + 1, len(SOUND) + 2
    said = f"{option} shop: in.csv: has #{first} Shop, #{second} shop; say which by its number, as in '#{first}'\n"
    assert (done.exit_code, said in done.stderr) == (3, True), done.stderr
    assert run("batch", "in.csv", "--questionnaire", asked, option, f"#{second}").exit_code == 0


@pytest.mark.parametrize("option", ["--by", "--date-column"])
@pytest.mark.parametrize("header", ["Country", "  Country \n of Birth", "\u200bPaís", "STRASSE", "Straße", "Country:"])
def test_a_column_is_offered_as_it_is_written(option: str, header: str, asked: Path, run: Run) -> None:
    table("in.csv", [*SOUND, "x"], header=["respondent", "land", *HEADER[2:], header])
    given = ("batch", "in.csv", "--questionnaire", asked, option)
    done = run(*given, header.strip()[:-1])
    offered = " ".join(header.split())
    assert (done.exit_code, f"did you mean `{offered}`?" in done.stderr) == (3, True), done.stderr
    assert run(*given, offered).exit_code == 0


@pytest.mark.parametrize("headers", [["Shop", "shop"], ["\u200eShop\u200f"]])
def test_a_column_is_offered_by_number_where_its_header_would_not_do(headers: list[str], asked: Path, run: Run) -> None:
    table("in.csv", [*SOUND, *"xy"[: len(headers)]], header=[*HEADER, *headers])
    given = ("batch", "in.csv", "--questionnaire", asked, "--by")
    done = run(*given, "Shopp")
    assert (done.exit_code, "? Say which by its number, as in '#8'" in done.stderr) == (3, True), done.stderr
    assert run(*given, "#8").exit_code == 0


def test_a_kept_column_may_be_called_like_an_output(asked: Path, run: Run) -> None:
    table("in.csv", ["r1", "x", "y", "c1"], header=["respondent", "Level", "row", "a"])
    assert (
        run("batch", "in.csv", "--questionnaire", asked, "--by", "Level", "--by", "row", "-o", "o.csv").exit_code == 0
    )
    (row,) = rows_of("o.csv")
    assert (row["Level (#2)"], row["row (#3)"], row["row"]) == ("x", "y", "1")


def test_standard_input_and_output(asked: Path, run: Run) -> None:
    table("in.csv", SOUND)
    done = run("batch", "-", "--questionnaire", asked, "--output", "-", stdin=Path("in.csv").read_text())
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].startswith("1,r1,2,2,2,true,1.0,1.0,0.5,0.0,1.0,")


def test_whole_assessments_stay_in_their_folder(asked: Path, run: Run) -> None:
    names = ["../../x", "/etc/x", "Ünï", "Ünï", ""]
    table("in.csv", *[[name, *SOUND[1:]] for name in names])
    assert run("batch", "in.csv", "--questionnaire", asked, "--assessments", "all/of/them").exit_code == 0
    index = rows_of("all/of/them/index.csv")
    assert [row["name"] for row in index] == ["../../x", "/etc/x", "Ünï", "Ünï", "row 5"]
    files = {row["file"] for row in index}
    assert {*files, "index.csv"} == {*os.listdir("all/of/them")}
    assert len(files) == 5
    made = json.loads(Path("all/of/them", index[0]["file"]).read_text())
    assert (made["company"], made["level"], made["low"]) == ("../../x", 2, 2)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("in.csv", "-o", "in.csv"), 2, "is an input too"),
        (("in.csv", "-o", "./in.csv"), 2, "is an input too"),
        (("in.csv", "-o", "x.csv", "--summary", "x.csv"), 2, "is to be written twice"),
        (("in.csv", "-o", "x.doc"), 2, "its ending means no table"),
        (("in.csv", "--summary", "x.pptx"), 2, "its ending means no summary"),
        (("-", "--resume", "-o", "x.csv"), 2, "--resume"),
        (("in.csv", "--resume"), 2, "--resume"),
        (("in.csv", "-o", "no/folder/x.csv"), 3, "could not be written"),
        (("in.csv", "--by", "contry"), 3, "did you mean `country`?"),
        (("in.csv", "folder"), 2, "give them apart"),
        (("fifo",), 3, "no regular file"),
        (("in.csv", "-o", "fifo"), 2, "is no regular file"),
        (("quotes.csv",), 3, "quotes.csv:"),
        (("in.csv", "--master", "local"), 2, "--engine spark"),
        (("in.csv", "--engine", "spark", "--by", "country"), 2, "--by: is not for --engine spark"),
    ],
)
def test_what_cannot_be_is_refused(asked: Path, run: Run, arguments: Sequence[str], code: int, said: str) -> None:
    before = table("in.csv", SOUND)
    Path("folder").mkdir()
    os.mkfifo("fifo")
    Path("quotes.csv").write_text('respondent,a,b\nr1,"c1,c2\nr2,c1,c1\n')
    done = run("batch", *arguments, "--questionnaire", asked)
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    assert rows_of(before)[0]["respondent"] == "r1"
    assert sorted(os.listdir()) == ["asked.yaml", "fifo", "folder", "in.csv", "quotes.csv"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["other.csv"], "--write-map: takes one INPUT"),
        (["--by", "country"], "--by: is not for --write-map"),
        (["--output", "x.csv"], "--output: is not for --write-map"),
        (["--summary", "-"], "--summary: is not for --write-map"),
        (["--max-rejects", "0"], "--max-rejects: is not for --write-map"),
        (["--min-group", "9"], "--min-group: is not for --write-map"),
        (["--date", "2026-01-31"], "--date: is not for --write-map"),
        (["--engine", "spark"], "--engine spark: is not for --write-map"),
    ],
)
def test_a_map_is_of_one_table_and_scores_nothing(asked: Path, run: Run, more: Sequence[str], said: str) -> None:
    table("in.csv", SOUND)
    table("other.csv", SOUND)
    done = run("batch", "in.csv", *more, "--questionnaire", asked, "--write-map", "map.yaml")
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert not Path("map.yaml").exists()


def test_a_map_to_edit_is_written(asked: Path, run: Run) -> None:
    table("in.csv", SOUND)
    assert run("batch", "in.csv", "--questionnaire", asked, "--write-map", "map.yaml").exit_code == 0
    assert run("batch", "in.csv", "--questionnaire", asked, "--map", "map.yaml", "-o", "out.csv").exit_code == 0


@given(st.lists(st.integers(0, 7), max_size=8), st.integers(1, 6))
def test_blocks_hold_the_same_rows(heights: list[int], size: int) -> None:
    numbers = list(range(sum(heights)))
    frames = []
    for height in heights:
        frames.append(pl.DataFrame({"n": numbers[:height]}, schema={"n": pl.Int64}))
        numbers = numbers[height:]
    blocks = list(in_blocks(iter(frames), size))
    assert [n for block in blocks for n in block["n"].to_list()] == list(range(sum(heights)))
    assert all(block.height == size for block in blocks[:-1])
    assert all(0 < block.height <= size for block in blocks[-1:])
