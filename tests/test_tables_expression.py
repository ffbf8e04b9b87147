"""A row's outputs are what the scorer says of the same answers; shown on Polars, other engines are compared with it."""

import datetime
import doctest
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import product
from random import Random
from typing import Any, Final

import answer_tables
import polars as pl
import pytest
from answer_tables import ALL
from hypothesis import given, settings
from hypothesis import strategies as st

import cvp
from cvp.answers import AnswerSheet
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from cvp.tables.compiling import compile_plan
from cvp.tables.expression import score_frame
from questionnaires import (
    DAY,
    NOT_APPLICABLE,
    Case,
    assess,
    cases,
    criterion,
    one_for_each_level,
    questionnaire,
    recommendation,
    safeguard,
    sheet,
)

Cells = Mapping[str, Sequence[Any]]
CHOICES: Final[Mapping[str | float, str]] = {"c0": "c0", "c1": "c1", "c2": "c2", "?": "?", "-": "-"}


def outputs(asked: Questionnaire, cells: Cells, *names: str, **more: Any) -> list[Any]:
    """What is added to a frame of these columns: a value a row where one output is asked for, else a mapping."""
    frame = pl.DataFrame(dict(cells))
    made = score_frame(frame, asked, outputs=names, **more).drop(frame.columns)
    return made.to_series().to_list() if made.width == 1 else made.to_dicts()


# What the scorer says


@pytest.mark.parametrize("seed", range(6))
def test_every_output_of_a_random_row_is_what_the_scorer_says(seed: int) -> None:
    table = answer_tables.table(seed, answer_tables.ROWS // 6)
    found = outputs(table.asked, table.cells, *ALL, columns=table.columns, date=DAY)
    assert [{name: row[name] for name in table.said[0]} for row in found] == table.said


@settings(max_examples=25)
@given(cases(recommended=True))
def test_every_output_of_a_drawn_case_is_what_the_scorer_says(case: Case) -> None:
    row = {name: [cell_of(case.sheet, name)] for name in case.questionnaire.questions}
    days = {f"day_{name}": [day_of(case.sheet, name)] for name in case.questionnaire.questions}
    columns = answer_tables.columns_of(case.questionnaire, [*row, *days])
    frame = pl.DataFrame({**row, **days}, schema=dict.fromkeys([*row, *days], pl.String))
    found = score_frame(frame, case.questionnaire, columns=columns, date=DAY, outputs=ALL)
    said = answer_tables.said_of(case.questionnaire, case.sheet)
    assert found.select(list(said)).row(0, named=True) == said


def cell_of(answers: AnswerSheet, question: str) -> str | None:
    answer = answers.get(question)
    return None if answer is None else answer.choice or "-"


def day_of(answers: AnswerSheet, question: str) -> str | None:
    newest = answers[question].newest_evidence if question in answers else None
    return None if newest is None else newest.isoformat()


@given(st.integers(0, 2**32))
@settings(max_examples=8)
def test_a_row_depends_neither_on_the_other_rows_nor_on_their_order(seed: int) -> None:
    random = Random(seed)
    asked = answer_tables.drawn(random)
    rows = answer_tables.rows_of(asked, 9, random)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    columns = answer_tables.columns_of(asked, frame.columns)
    whole = score_frame(frame, asked, columns=columns, date=DAY)
    few = score_frame(frame.reverse().tail(4), asked, columns=columns, date=DAY)
    assert few.equals(whole.head(4).reverse())


def test_a_score_is_the_nearest_float_also_where_all_rows_have_the_same_weight() -> None:
    asked = questionnaire([criterion("a", 1, weight=0.1), criterion("b", 1, weight=1000000)])
    assert outputs(asked, {"a": ["c1", "c1", "c0"], "b": ["c2", "c2", "c0"]}, "score_1") == [
        *[10000000.5 / 10000001] * 2,
        0,
    ]


@pytest.mark.parametrize(
    ("weights", "scores", "passing"),
    [
        ((0.1, 0.2, 0.7), (1, 1, 0), 0.3),
        ((0.7, 0.2, 0.1), (1, 0, 0), 0.7),
        ((0.1, 0.2, 0.3), (0.6, 0.6, 0.6), 0.6),
        ((3, 3, 4), (0.1, 0.1, 0.1), 0.1),
        ((1e-7, 2e-7), (0.3, 0.3), 0.3),
        ((1000000, 0.1), (0.9, 0.9), 0.9),
        ((1000000, 1e-7), (0.1, 0.1), 0.1),
        # Beyond what fits into 64 bits.
        ((0.3333333333333333, 1000000), (0.6999999999999999, 0.6999999999999999), 0.6999999999999999),
        ((1e-16, 3e-16, 1000000), (0.1234567890123457,) * 3, 0.1234567890123457),
    ],
)
def test_a_threshold_is_compared_exactly(weights: tuple[float, ...], scores: tuple[float, ...], passing: float) -> None:
    """Every way to answer: a little less than the threshold, just that, all, don't know, not applicable."""
    first = [
        criterion(f"q{i}", 1, score * 0.999, score, 1, weight=weight)
        for i, (weight, score) in enumerate(zip(weights, scores, strict=True))
    ]
    asked = questionnaire(first, passes=(passing, 0.7, 0.7, 0.7))
    ways = list(product(map(str, CHOICES), repeat=len(first)))
    cells = {part["id"]: [way[at] for way in ways] for at, part in enumerate(first)}
    given = [answer_tables.sheet_of(asked, dict(zip(cells, way, strict=True))) for way in ways]
    found = outputs(asked, cells, "secured", "gate_1", "score_1")
    expected = [answer_tables.said_of(asked, answers) for answers in given]
    assert [(row["secured"], row["gate_1"]) for row in found] == [(e["secured"], e["gate_1"]) for e in expected]
    assert [row["score_1"] for row in found] == pytest.approx([e["score_1"] for e in expected], abs=1e-12)
    assert found[ways.index(("c1",) * len(first))]["secured"]


def test_nothing_answered_at_all() -> None:
    asked = one_for_each_level(safeguard("paid", 2))
    nothing = {name: [None] for name in (*"abcd", "paid")}
    (found,) = outputs(asked, nothing, *ALL)
    assert {name: found[name] for name in answer_tables.said_of(asked, {})} == answer_tables.said_of(asked, {})
    assert (found["level"], found["score_1"], found["coverage"]) == (1, None, 0)


def test_a_table_may_ask_only_some_of_the_questions() -> None:
    asked = one_for_each_level(safeguard("paid", 2))
    found = outputs(asked, {"b": ["c2", None, "-"], "name": ["x", "y", "z"]}, *ALL)
    expected = [answer_tables.said_of(asked, answers) for answers in (sheet(b="c2"), {}, sheet(b=NOT_APPLICABLE))]
    assert [{name: row[name] for name in expected[0]} for row in found] == expected


def test_a_question_with_one_choice_and_one_with_two_hundred() -> None:
    many = [index / 200 for index in range(201)]
    asked = questionnaire([criterion("a", 1, 0.7), criterion("b", 2, *many, must=0.9)])
    found = outputs(asked, {"a": ["c0"] * 3, "b": ["c179", "c180", "c200"]}, "level", "score_2")
    assert found == [{"level": 1, "score_2": 0.895}, {"level": 2, "score_2": 0.9}, {"level": 2, "score_2": 1}]


def test_of_two_caps_the_lower_one_says_which_gate_is_shut() -> None:
    recommendations = [recommendation("mend_first", {"a": 1}), recommendation("mend_third", {"c": 1})]
    asked = one_for_each_level(
        safeguard("paid", 1), safeguard("own_gain", 2), recommendations=recommendations, passes=(0.5, 0.5, 0.5, 0.5)
    )
    given = {**dict.fromkeys("abcd", "c1"), "paid": "c0", "own_gain": "c0"}
    said = answer_tables.said_of(asked, sheet(**given))
    assert outputs(asked, {name: [cell] for name, cell in given.items()}, "recommendation") == [said["recommendation"]]
    assert said["recommendation"] == "mend_first"


# What cells mean


def understood(cells: pl.Series, meanings: Mapping[str | float, str], **more: Any) -> list[str]:
    """What each cell of one column is taken for: a choice, of which the scores are 0, 0.5 and 1, or ? or - or bad."""
    asked = questionnaire([criterion("a", 1)])
    wanted = ["is_bad", "score_1", "coverage"]
    made = score_frame(cells.to_frame("x"), asked, columns=[Column("a", 0, meanings, **more)], outputs=wanted)
    return [_taken_for(bad, score, coverage) for _, bad, score, coverage in made.iter_rows()]


def _taken_for(bad: bool, score: float | None, coverage: float | None) -> str:
    if bad:
        return "bad"
    return "-" if coverage is None else "?" if score is None else f"c{int(score * 2)}"


def test_texts_are_compared_trimmed_and_without_regard_to_case() -> None:
    meanings: Mapping[str | float, str] = {"Not at all": "c0", "Größtenteils": "c1", "ÉVIDENT": "c2", "k.A.": "?"}
    cells = [
        "Not at all",
        " not AT all\t",
        "\u00a0NOT AT ALL\u00a0",
        "größtenteils",
        "GRÖSSTENTEILS",
        "évident",
        "K.A. ",
    ]
    assert understood(pl.Series(cells), meanings) == ["c0", "c0", "c0", "c1", "c1", "c2", "?"]
    assert understood(pl.Series([None, "", "  ", "\u00a0", "not at  all", "nan"]), meanings) == ["?"] * 4 + ["bad"] * 2


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int64, pl.Float64, pl.Float32, pl.Decimal(10, 2)])
def test_numbers_are_compared_as_numbers(dtype: Any) -> None:
    meanings: Mapping[str | float, str] = {1: "c0", 2.0: "c1", "3": "c2", 99: "?", 98: "-", -99: "-"}
    cells = pl.Series([1, 2, 3, 99, 98, 4, 0, None]).cast(dtype)
    assert understood(cells, meanings, numbers=True) == ["c0", "c1", "c2", "?", "-", "bad", "bad", "?"]


def test_numbers_that_are_written_as_texts() -> None:
    meanings: Mapping[str | float, str] = {0: "c0", 0.5: "c1", 10: "c2", "don't know": "?", -99: "-"}
    cells = ["0", "0.0", "0.5", "0,50", " 10", "10.000", "-99", "Don't know", "", "0.51", "1e1", "ten", "１０", "--1"]
    read = understood(pl.Series(cells), meanings, numbers=True)
    assert read == ["c0", "c0", "c1", "c1", "c2", "c2", "-", "?", "?", "bad", "bad", "bad", "bad", "bad"]


def test_fractions_in_few_bits_and_what_is_no_number() -> None:
    meanings: Mapping[str | float, str] = {0.1: "c0", 0.2: "c1", 0.3: "c2"}
    for dtype in (pl.Float32, pl.Float64):
        cells = pl.Series([0.1, 0.2, 0.3, 0.4, float("nan"), float("inf"), None], dtype=dtype)
        assert understood(cells, meanings, numbers=True) == ["c0", "c1", "c2", "bad", "?", "bad", "?"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pl.Series([True, False, None]), ["c2", "c0", "?"]),
        (pl.Series(["yes", "No", None], dtype=pl.Categorical), ["c2", "c0", "?"]),
        (pl.Series(["yes", "No", None], dtype=pl.Enum(["yes", "No"])), ["c2", "c0", "?"]),
        (pl.Series([None, None], dtype=pl.Null), ["?", "?"]),
        (pl.Series([None, 7.0]), ["?", "bad"]),
        (pl.Series([datetime.date(2013, 1, 1), None]), ["bad", "?"]),
    ],
)
def test_columns_of_other_types(cells: pl.Series, expected: list[str]) -> None:
    meanings: Mapping[str | float, str] = {"yes": "c2", "no": "c0", True: "c2", False: "c0"}
    assert understood(cells, meanings) == expected


def test_a_bad_cell_makes_all_else_of_its_row_null_and_its_question_is_named() -> None:
    cells: Cells = {"a": ["c2", "worse"], "b": ["c0", "c1"], "c": ["c0", "2"], "d": ["c0", None]}
    sound, bad = outputs(one_for_each_level(), cells, "is_bad", "bad_cells", *ALL)
    assert (sound["is_bad"], sound["bad_cells"]) == (False, "")
    assert (bad.pop("is_bad"), bad.pop("bad_cells")) == (True, "a c")
    assert set(bad.values()) == {None}


# When evidence is fresh


@pytest.mark.parametrize("months", [1, 12, 24])
@pytest.mark.parametrize("day", ["2013-02-12", "2012-02-29", "2013-03-31"])
def test_evidence_grows_stale_on_the_day_on_which_the_scorer_says_so(day: str, months: int) -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=months)])
    last = datetime.date.fromisoformat(day)
    days = [(last - datetime.timedelta(days=ago)).isoformat() for ago in range(0, 800, 3)]
    days = sorted({*days, *(day[:7] for day in days), *(day[:4] for day in days)})
    frame = pl.DataFrame({"a": ["c1"] * len(days), "when": days})
    column = Column("a", 0, CHOICES, dates=1)
    found = score_frame(frame, asked, columns=[column], date=day, outputs=["score_1"])["score_1"].to_list()
    sheets = [sheet(a={"choice": "c1", "evidence": ({"text": "seen", "date": when},)}) for when in days]
    assert found == [assess(asked, answers, date=day).levels[0].score for answers in sheets]
    assert {*found} == {None, 0.5}


@pytest.mark.parametrize(
    "when",
    [
        pl.Series([datetime.date(2012, 2, 11), datetime.date(2012, 2, 12), None]),
        pl.Series([datetime.datetime(2012, 2, 11, 23, 59), datetime.datetime(2012, 2, 12), None]),
        pl.Series([" 2012-02-11 23:59:59", "2012-02-12T00:00:00Z", ""]),
    ],
)
def test_days_may_be_dates_or_texts_with_a_time(when: pl.Series) -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12)])
    frame = pl.DataFrame({"when": when, "a": ["c1"] * 3})
    column = Column("a", 1, CHOICES, dates=0)
    found = score_frame(frame, asked, columns=[column], date=DAY, outputs=["score_1"])
    assert found["score_1"].to_list() == [None, 0.5, 0.5]


def test_a_day_that_is_none_is_a_bad_cell() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12)])
    days = ["12.02.2013", "2012-13-01", "2012-02-3", "2013-02-29", "yesterday"]
    frame = pl.DataFrame({"a": ["c1"] * len(days), "when": days})
    found = score_frame(frame, asked, columns=[Column("a", 0, CHOICES, dates=1)], date=DAY, outputs=["is_bad"])
    assert found["is_bad"].to_list() == [True] * len(days)


# Which outputs there are


def test_without_a_wish_a_row_is_told_the_usual_outputs() -> None:
    frame = pl.DataFrame({"who": ["x"], "a": ["c2"], "b": ["c1"]})
    made = score_frame(frame, one_for_each_level())
    assert made.columns[:5] == ["who", "a", "b", "is_bad", "level"]
    assert {"low", "high", "score_4", "coverage", "safeguards"} < {*made.columns}


def test_only_the_outputs_that_are_asked_for_are_added_in_their_order() -> None:
    frame = pl.DataFrame({"a": ["c2"]})
    made = score_frame(frame, one_for_each_level(), outputs=["gate_2", "level", "scores", "score_1"])
    assert made.columns == ["a", "gate_2", "level", "score_1", "score_2", "score_3", "score_4"]
    assert made.schema["level"] == pl.Int64


def test_numbers_in_columns_named_like_questions_are_scores() -> None:
    asked = one_for_each_level(safeguard("paid", 2))
    assert outputs(asked, {"a": [1, 0], "b": [0.5, 1.0], "paid": ["c0", "c1"]}, "scores", "safeguards") == [
        {"score_1": 1, "score_2": 0.5, "score_3": None, "score_4": None, "safeguards": "paid"},
        {"score_1": 0, "score_2": 1, "score_3": None, "score_4": None, "safeguards": ""},
    ]


def test_two_safeguards_that_are_hit_are_both_named() -> None:
    asked = one_for_each_level(safeguard("paid", 2), safeguard("own_gain", 3), safeguard("third", 3))
    assert outputs(asked, {"paid": ["c0"], "own_gain": ["c0"], "third": ["c2"]}, "safeguards") == ["paid own_gain"]


@pytest.mark.parametrize(
    ("cells", "names", "message"),
    [
        ({"a": ["c0"]}, ["levle"], "there is no output levle; there are is_bad, bad_cells, level"),
        ({"a": ["c0"], "Level": [1]}, ["level"], "the frame has a column level already"),
        ({"x": ["c0"]}, ["level"], "no column is named like a question of small"),
    ],
)
def test_what_does_not_fit_is_told(cells: Cells, names: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        outputs(one_for_each_level(), cells, *names)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([Column("z", 0, CHOICES)], "z is no question of small"),
        ([Column("a", 0, {"yes": "c9"})], "a has no choice c9; it has c0, c1, c2, \\?, -"),
        ([Column("a", 0, CHOICES), Column("a", 1, CHOICES)], "a has two columns"),
        ([Column("a", 0, {"Yes": "c2", "yes ": "c0"})], '"Yes" and "yes " are compared as equal'),
        ([Column("a", 0, CHOICES, dates=1)], "give the assessment's date"),
    ],
)
def test_columns_that_cannot_be_are_told(columns: list[Column], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compile_plan(questionnaire([criterion("a", 1, fresh_for=12), criterion("b", 2)]), columns)


def test_columns_of_the_frame_that_look_like_ours_stay_as_they_are() -> None:
    frame = pl.DataFrame({"cvp_word0": [7], "CVP__look0": [8], "a": ["c2"]})
    made = score_frame(frame, one_for_each_level(), outputs=["score_1"])
    assert made.row(0) == (7, 8, "c2", 1)


def test_lens_values_whose_columns_would_have_one_name_are_refused() -> None:
    lenses = {"a_b": {"label": "x", "values": {"c": "C"}}, "a": {"label": "y", "values": {"b_c": "C"}}}
    with pytest.raises(ValueError, match="two values of lenses would have one column"):
        outputs(one_for_each_level(lenses=lenses), {"a": ["c2"]}, "lenses")


def test_lazy_frames_stay_lazy_and_stream() -> None:
    frame = pl.LazyFrame({"a": ["c2"] * 10, "b": ["c0"] * 10})
    made = score_frame(frame, one_for_each_level(), outputs=["level", "weakest"])
    assert isinstance(made, pl.LazyFrame)
    assert made.collect(engine="streaming").unique().rows() == [("c2", "c0", 1, "b")]


# As people get it


def test_the_example_of_the_docstring_does_what_it_says() -> None:
    runner = doctest.DocTestRunner()
    (example,) = doctest.DocTestFinder(recurse=False).find(score_frame, "score_frame", globs={})
    assert runner.run(example) == doctest.TestResults(failed=0, attempted=len(example.examples))
    assert example.examples


def test_cvp_has_it_and_loads_no_dataframe_library_before_it_is_asked_for() -> None:
    code = "import cvp, sys; assert 'narwhals' not in sys.modules; cvp.score_frame; assert 'narwhals' in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert cvp.score_frame is score_frame


def test_without_narwhals_it_says_the_line_that_installs_it() -> None:
    code = "import sys; sys.modules['narwhals'] = None; import cvp; cvp.score_frame"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(
        "score_frame needs narwhals, which is not installed; run: pip install 'cvp-assess[tables]'"
    )


def test_the_package_has_no_other_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'score_frames'"):
        cvp.score_frames  # noqa: B018
