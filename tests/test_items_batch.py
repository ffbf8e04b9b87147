"""The pass over tables that item analysis makes: it counts the rows that are scored, in any order and in any parts."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

import polars as pl
import pytest
from simulated_buyers import NOT_APPLICABLE, simulate
from test_items import Buyer, tallied

from cvp.answers import DONT_KNOW
from cvp.batch import items
from cvp.batch.items import analyse
from cvp.batch.tables import open_tables
from cvp.batch.wishes import Wishes
from cvp.items import ItemAnalysis, analysis_of
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from questionnaires import DAY, criterion, questionnaire, safeguard


@pytest.fixture(scope="module")
def buyers() -> Questionnaire:
    return load_questionnaire("buyers")


def written(path: Path, rows: Sequence[Buyer], header: Sequence[str]) -> str:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def of_tables(asked: Questionnaire, *files: str, map_: str | None = None) -> ItemAnalysis:
    tables = open_tables(Wishes(inputs=files, date=DAY, map=map_), asked)
    return analyse(tables, asked, source="a table", min_group=5)


def expected(asked: Questionnaire, rows: Sequence[Buyer]) -> ItemAnalysis:
    return analysis_of(asked, tallied(asked, rows), source="a table", date=DAY, min_group=5)


def small(**more: object) -> Questionnaire:
    criteria = [criterion("a", 1), criterion("b", 2, 0, 0.3, 0.7, 1), criterion("c", 2, **more), criterion("d", 4)]
    return questionnaire(criteria, [safeguard("s", 2)], perspective="buyer")


def drawn(asked: Questionnaire, count: int, seed: int) -> list[Buyer]:
    random = Random(seed)
    cells = {
        key: [*(choice.value for choice in asked.choices_of(question)), DONT_KNOW, NOT_APPLICABLE, ""]
        for key, question in asked.questions.items()
    }
    # A row without a single answer is left out.
    return [{"a": "c1", **{key: random.choice(cells[key]) for key in cells if key != "a"}} for _ in range(count)]


def test_a_table_is_counted_as_one_counts_by_hand(buyers: Questionnaire, tmp_path: Path) -> None:
    rows = simulate(buyers, 300, 11, (1, 1, 1, 1))
    file = written(tmp_path / "in.csv", rows, list(buyers.questions))
    assert of_tables(buyers, file) == expected(buyers, rows)


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_in_blocks_as_at_once_and_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    asked = small()
    rows = drawn(asked, 100, 12)
    monkeypatch.setattr(items, "AT_ONCE", at_once)
    file = written(tmp_path / "in.csv", Random(1).sample(rows, len(rows)), list(asked.questions))
    assert of_tables(asked, file) == expected(asked, rows)


def test_numbers_and_labels_count_like_values(tmp_path: Path) -> None:
    asked = small()
    rows = drawn(asked, 80, 13)
    spelled = {f"c{place}": f"choice {place}" for place in range(4)} | {DONT_KNOW: "Don't know", "": "  "}
    labels = [{key: spelled.get(cell, cell) for key, cell in row.items()} for row in rows]
    file = written(tmp_path / "in.csv", labels, list(asked.questions))
    assert of_tables(asked, file) == expected(asked, rows)


def test_rejected_rows_and_those_that_answer_nothing_do_not_count(tmp_path: Path) -> None:
    asked = small()
    rows = drawn(asked, 60, 14)
    wrong = [{**rows[0], "b": "never heard of"}, dict.fromkeys(asked.questions, "")]
    file = written(tmp_path / "in.csv", [*rows, *wrong], list(asked.questions))
    with open(file, "a") as more:
        more.write("c1,c1,c1,c1,c1,one too many\n")
    assert of_tables(asked, file) == expected(asked, rows)


def test_old_evidence_counts_and_a_day_that_is_none_rejects_its_row(tmp_path: Path) -> None:
    asked = small(fresh_for=12)
    days = ["2001-05-31", "2013-01-01", "", "next week"]
    rows = [{**row, "day": days[number % 4]} for number, row in enumerate(drawn(asked, 80, 15))]
    file = written(tmp_path / "in.csv", rows, [*asked.questions, "day"])
    map_ = tmp_path / "map.yaml"
    map_.write_text("cvp: 1\ndates: {c: day}\n")
    assert of_tables(asked, file, map_=str(map_)) == expected(asked, [row for row in rows if row["day"] != "next week"])


def test_tables_that_ask_different_questions(tmp_path: Path) -> None:
    asked = small()
    all_of_it, some = drawn(asked, 50, 16), drawn(asked, 40, 17)
    one = written(tmp_path / "one.csv", all_of_it, list(asked.questions))
    few = [{key: row[key] for key in ("a", "b")} for row in some]
    two = written(tmp_path / "two.csv", few, ["a", "b"])
    found = of_tables(asked, one, two)
    assert found.rows == 90
    rows = {item.id: item.answers.rows for item in found.items}
    assert rows == {"a": 90, "b": 90, "c": 50, "d": 50, "s": 50}
    other = of_tables(asked, two)
    assert [item.id for item in other.items] == ["a", "b"]


def test_a_spreadsheet_of_numbers(tmp_path: Path) -> None:
    """Numbers of choices, from 1; an empty cell is unanswered."""
    asked = small()
    rows = [{**row, "a": "c1"} for row in drawn(asked, 60, 18)]
    numbers = {f"c{place}": place + 1 for place in range(4)}
    known = [{key: cell if cell in numbers else "" for key, cell in row.items()} for row in rows]
    frame = pl.DataFrame([{key: numbers.get(cell) for key, cell in row.items()} for row in known])
    frame.write_parquet(tmp_path / "in.parquet")
    (tmp_path / "map.yaml").write_text('cvp: 1\nreads: {"*": numbers}\n')
    assert of_tables(asked, str(tmp_path / "in.parquet"), map_=str(tmp_path / "map.yaml")) == expected(asked, known)
