"""What `cvp.score_frame` says of what it cannot score."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import cvp
from cvp.loading import load_questionnaire

QUICK = load_questionnaire("quick")
TEXTS = {"offer_clear": ["use", "wrong"], "promise_kept": ["nearly_all", "?"]}
SCORES = {"offer_clear": [1.0, 0.0], "promise_kept": [1.0, 0.0]}


def test_a_questionnaire_is_loaded_first() -> None:
    with pytest.raises(TypeError, match=r"is a str; give what cvp.loading.load_questionnaire\(\"buyers\"\) makes"):
        cvp.score_frame(pl.DataFrame(TEXTS), "quick")  # type: ignore[arg-type]


def test_one_output_may_be_named_alone() -> None:
    found = cvp.score_frame(pl.DataFrame(TEXTS), QUICK, outputs="level")
    assert found.columns == [*TEXTS, "level"]


@pytest.mark.parametrize(
    ("make", "held"),
    [
        (lambda: pd.DataFrame(SCORES, dtype=object), "Object"),
        (lambda: pd.DataFrame(SCORES).astype("category"), "Categorical of numbers"),
        (lambda: pd.DataFrame(SCORES).astype(bool), "Boolean"),
        (lambda: pl.DataFrame(SCORES).cast(pl.Boolean), "Boolean"),
    ],
)
def test_cells_that_mean_nothing_for_their_type_are_refused(make: Callable[[], Any], held: str) -> None:
    with pytest.raises(ValueError, match=f"the column offer_clear is of the type {held}, "):
        cvp.score_frame(make(), QUICK)


@pytest.mark.parametrize("dtype", ["category", object])
def test_texts_of_pandas_are_scored_whatever_their_type(dtype: Any) -> None:
    assert not cvp.score_frame(pd.DataFrame(TEXTS).astype(dtype), QUICK)["is_bad"].any()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: pd.DataFrame(TEXTS).assign(n=1).rename(columns={"n": 0}), "a column is called 0, which is no text"),
        (lambda: pd.concat([pd.DataFrame(TEXTS)] * 2, axis=1), "two columns offer_clear"),
        (lambda: pa.table([["use"], ["wrong"]], names=["offer_clear"] * 2), "two columns offer_clear"),
        (lambda: duckdb.sql("select 'use' offer_clear, 'wrong' offer_clear"), "two columns offer_clear"),
    ],
)
def test_columns_are_told_apart_by_their_names(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        cvp.score_frame(make(), QUICK)


def test_views_of_texts_are_scored_as_texts_are() -> None:
    views = pa.table(TEXTS).cast(pa.schema([(name, pa.string_view()) for name in TEXTS]))
    found = cvp.score_frame(views, QUICK, outputs="level").column("level")
    assert found.equals(cvp.score_frame(pa.table(TEXTS), QUICK, outputs="level").column("level"))


def test_a_name_that_is_nearly_a_question_is_warned_of() -> None:
    table = pl.DataFrame({"offer_clear": ["use"], "promise_kep": ["?"], "country": ["DE"]})
    with pytest.warns(UserWarning, match="the column promise_kep answers no question, and promise_kept") as told:
        cvp.score_frame(table, QUICK)
    assert len(told) == 1


def test_a_date_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match=r"the date '1\.2\.2026' is no date; write it as"):
        cvp.score_frame(pl.DataFrame(TEXTS), QUICK, date="1.2.2026")
