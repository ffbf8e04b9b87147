"""The table of answers as a spreadsheet reads it, and the guard against formulas."""

import csv
import io

import pytest
from assessments import LONG, REPORTED, hostile, zipcar
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st

from cvp.assessment import Assessment
from cvp.reports import Look, report
from cvp.reports.questions import questions_of
from cvp.reports.spreadsheet import guarded


def rows_of(assessment: Assessment) -> list[dict[str, str]]:
    made = report("csv").render(assessment, Look())
    assert isinstance(made, str)
    return list(csv.DictReader(io.StringIO(made, newline="")))


@pytest.mark.parametrize("name", REPORTED)
def test_the_file_is_what_it_was(name: str) -> None:
    made = report("csv").render(REPORTED[name](), Look())
    assert isinstance(made, str)
    assert_golden(f"report_{name}.csv", made)


def test_a_row_a_criterion_and_a_safeguard() -> None:
    a, rows = zipcar(), rows_of(zipcar())
    assert [row["id"] for row in rows] == [q.id for q in questions_of(a)]
    assert {row["kind"] for row in rows} == {"criterion", "safeguard"}
    for row, criterion in zip(rows, a.criteria, strict=False):
        counts = criterion.answer.score if criterion.answer.state == "answered" else None
        assert (row["score"], row["state"]) == ("" if counts is None else str(counts), criterion.answer.state)
        assert float(row["weight"]) == criterion.weight


def test_hostile_texts_are_texts() -> None:
    rows = rows_of(hostile())
    assert rows[0]["note"] == LONG
    assert rows[-1]["note"] == "'=1+1"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@＝＋－＠\t\r\n")]


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n\0＝＋－＠"])
def test_what_would_be_a_formula_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"
    assert guarded(f" \u00a0{sign}1").startswith("'") or sign in "\t\r\n\0"
    assert guarded(f"a{sign}1") == f"a{sign}1"


@given(st.text())
def test_the_guard_adds_a_sign_and_takes_nothing(text: str) -> None:
    assert guarded(text) in (text, f"'{text}")
    assert guarded(text)[:1] not in tuple("=+-@＝＋－＠\t\r\n\0")
