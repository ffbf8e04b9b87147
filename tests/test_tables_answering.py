"""Which column answers which question and what cells mean, what is asked for where that is not clear, and the map."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.errors import UnknownName, Unmatched, Unreadable
from cvp.finding import Invalid
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.fitting import questions_fitting
from cvp.tables.answering.looking import FIRST_ROWS
from cvp.tables.answering.map_writing import write_map
from cvp.tables.answering.mapping import NO_MAP, Map, read_map
from cvp.tables.answering.matched import Matched, match
from cvp.tables.expression import score_frame
from cvp.tables.reading import read_table
from cvp.tables.table import Table
from questionnaires import assess, criterion, one_for_each_level, questionnaire, sheet

ASKED = questionnaire(
    [
        criterion("price", 1, 0, 0.1, 0.5, 1) | {"label": "What do they say about the price?"},
        criterion("job", 2, 0, 0.5, 1) | {"label": {"en": "Is the job done?", "de": "Ist es erledigt?"}},
        criterion("bond", 3, 0, 1, fresh_for=12) | {"label": "Would they miss you?"},
        criterion("capital", 4, 0, 0.5, 1) | {"label": "Who gains?"},
    ],
    languages={"en": "English", "de": "Deutsch"},
)


def table_of(folder: Path, text: str) -> Table:
    (folder / "answers.csv").write_text(text, "utf-8")
    return read_table(str(folder / "answers.csv"))


def map_of(folder: Path, text: str, asked: Questionnaire = ASKED) -> Map:
    (folder / "map.yaml").write_text(text, "utf-8")
    return read_map(str(folder / "map.yaml"), asked)


def matched(folder: Path, text: str, map_: str = "", asked: Questionnaire = ASKED) -> Matched:
    return match(table_of(folder, text), asked, map_of(folder, map_, asked) if map_ else NO_MAP)


def doubts(folder: Path, text: str, map_: str = "", asked: Questionnaire = ASKED) -> str:
    with pytest.raises(Unmatched) as caught:
        matched(folder, text, map_, asked)
    assert caught.value.exit_code == 3
    return str(caught.value).replace(f"{folder}/", "")


def meanings(found: Matched, question: str) -> Mapping[str | float, str]:
    return next(column.meanings for column in found.way.columns if column.question == question)


def columns(found: Matched) -> dict[str, int]:
    return {column.question: column.position for column in found.way.columns}


# ---------------------------------------------------------------------------------------------------- columns


def test_columns_that_a_map_calls_by_number_fit_where_they_are_there(tmp_path: Path) -> None:
    layout = table_of(tmp_path, "x,y\n1,c0\n").layout
    map_ = map_of(tmp_path, 'columns: {price: "#2", job: y, bond: "#3", capital: "#0"}')
    assert questions_fitting(layout, ASKED, map_) == 2


def test_columns_are_known_by_id_and_by_label_in_any_language(tmp_path: Path) -> None:
    found = matched(tmp_path, "id,Who gains?:,note,ist es  erledigt? *,PRICE\n1,c0,x,c1,c2\n")
    assert columns(found) == {"price": 4, "job": 3, "capital": 1}
    assert found.unasked == ("bond",)
    assert found.keys == (0,)
    assert found.notes[1:] == (
        "Found the columns of 3 questions: 1 by id and 2 by label.",
        (
            "Not asked, and counted as unanswered: `bond`. Where a column answers one, say so in a map (--map FILE), "
            'as in\n  columns: {bond: "#3"}'
        ),
        "Columns that answer nothing: #3 note.",
    )


def test_a_close_label_is_named_and_asked_for(tmp_path: Path) -> None:
    message = doubts(tmp_path, "id,Would they mis you?,price\n1,c0,c0\n")
    assert message == (
        "answers.csv: column #2 Would they mis you? is close to `bond`, but not equal; say which in a map (--map FILE),"
        ' as in\n  columns: {bond: "#2"}  # or null, where none of them is'
    )
    text = "id,Would they mis you?,price\n1,c1,c0\n"
    assert columns(matched(tmp_path, text, 'columns: {bond: "#2"}')) == {"price": 2, "bond": 1}
    assert columns(matched(tmp_path, text, "columns: {bond: null}")) == {"price": 2}
    assert columns(matched(tmp_path, text, "columns: {bond: Would they mis you?}")) == {"price": 2, "bond": 1}


@pytest.mark.parametrize(
    "header",
    ["1. Would they miss you?", "Q3: would they miss you?", "12) Would they miss you?", "(2) Would they miss you? *",
     "<strong>Would they&nbsp;miss <i>you</i>?</strong><br>", "Would <b>they</b><br/>miss you&#63;"],
)  # fmt: skip
def test_a_number_before_a_label_and_html_around_it_are_passed_over(tmp_path: Path, header: str) -> None:
    assert columns(matched(tmp_path, f'"{header}",price\nc1,c0\n')) == {"price": 1, "bond": 0}


def test_a_column_for_a_question_is_offered_by_how_like_its_header_is(tmp_path: Path) -> None:
    text = "Zeitstempel,Country,Who is it that gains?,price\n1,AT,c0,c1\n"
    unasked = "Not asked, and counted as unanswered: `job`, `bond` and `capital`."
    said = f"{unasked} Where a column answers one, say so in a map (--map FILE), as in\n  columns: "
    assert f'{said}{{capital: "#3"}}' in matched(tmp_path, text).notes
    assert f'{said}{{job: "#N"}}' in matched(tmp_path, text.replace("Who is it that gains?", "Size")).notes
    assert unasked in matched(tmp_path, text, "columns: {job: null, bond: null, capital: null}").notes


def test_two_columns_for_one_question_are_asked_about(tmp_path: Path) -> None:
    text = "price,What do they say about the price?,price\nc0,c1,c2\n"
    message = doubts(tmp_path, text)
    assert "several columns answer `price`: #1 price, #2 What do they say about the price?, #3 price" in message
    assert columns(matched(tmp_path, text, 'columns: {price: "#3"}')) == {"price": 2}


def test_one_column_that_fits_two_questions_is_asked_about(tmp_path: Path) -> None:
    asked = questionnaire([criterion("a", 1) | {"label": "Same?"}, criterion("b", 2) | {"label": "same?"}])
    message = doubts(tmp_path, "Same?\nc0\n", asked=asked)
    assert message.startswith("answers.csv: column #1 Same? answers several questions, `a`, `b`; say which in a map")
    assert columns(matched(tmp_path, "Same?\nc0\n", "columns: {b: Same?, a: null}", asked)) == {"b": 0}


def test_where_nothing_matches_it_is_told_what_was_looked_for(tmp_path: Path) -> None:
    message = doubts(tmp_path, "Timestamp,foo\n1,2\n")
    assert message.startswith(
        "answers.csv: no column answers a question of `small`. Read as a Google Forms export, since"
    )
    for part in ("`price`, `job`, `bond`, `capital`", "#1 Timestamp, #2 foo", "limesurvey", "columns: {price: HEADER}"):
        assert part in message


def test_foreign_texts_are_shown_on_one_line_and_steer_nothing(tmp_path: Path) -> None:
    message = doubts(tmp_path, 'id,"\x1b[2Jfoo\nbar",x\n1,2,3\n')
    assert "#2 \\x1b[2Jfoo bar" in message
    message = doubts(tmp_path, 'price\n"\x1b]0;evil\n"\n')
    assert "\x1b" not in message
    assert "`\\x1b]0;evil`" in message


# ------------------------------------------------------------------------------------------------------ cells


def test_values_labels_numbers_and_words_each_in_its_column(tmp_path: Path) -> None:
    found = matched(tmp_path, "price,job,bond\n4,Choice 1,c0\n1,?,n/a\n,don't know,\n")
    assert meanings(found, "price")[1.0] == "c0"
    assert meanings(found, "price")[4.0] == "c3"
    assert (meanings(found, "job")["choice 1"], meanings(found, "job")["?"]) == ("c1", "?")
    assert (meanings(found, "bond")["c0"], meanings(found, "bond")["n/a"]) == ("c0", "-")
    assert "c0" not in meanings(found, "job")
    assert "Numbers are read as those of choices: 1 is the first." in found.notes


@pytest.mark.parametrize(
    ("cells", "one"),
    [("1;1;1\n4;1;1", "c0"), ("1;1;1\n0;1;1", "c3"), ("1;1;1\n0,1;;1", "c3"), ("1;1;1\n;;\n0.5;1;", "c3")],
)
def test_numbers_are_read_alike_in_all_columns(tmp_path: Path, cells: str, one: str) -> None:
    """A one is the first choice, or the best, by what the other columns hold."""
    found = matched(tmp_path, f"price;job;capital\n{cells}\n")
    assert meanings(found, "price")[1.0] == one
    assert meanings(found, "job")[1.0] == {"c0": "c0", "c3": "c2"}[one]


def test_ones_alone_are_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price,job\n1,1\n1,\n")
    said = "column #1 price answers `price`, but holds 1 alone (so does 1 more column), which may be the first choice"
    assert said in message
    assert message.count("holds 1 alone") == 1
    assert "reads: {price: numbers}  # or scores" in message
    for reads in ('{"*": scores}', "{price: scores}"):
        found = matched(tmp_path, "price,job\n1,1\n1,\n", f"reads: {reads}")
        assert (meanings(found, "price")[1.0], meanings(found, "job")[1.0]) == ("c3", "c2")


def test_the_whole_table_is_looked_at_before_asking(tmp_path: Path) -> None:
    text = "price,job\n" + "1,\n" * (FIRST_ROWS + 5) + "3,\n"
    assert meanings(matched(tmp_path, text), "price")[1.0] == "c0"


def test_numbers_from_zero_are_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price\n0\n1\n2\n3\n")
    said = "holds `0`, `1`, `2` and `3`, which are no numbers from 1 to 4; where 0 is the first choice, say so"
    assert said in message
    for said in ('cells: {price: {"0": c0, "1": c1, "2": c2, "3": c3}}', 'reads: {"*": numbers_from_0}'):
        found = matched(tmp_path, "price\n0\n1\n2\n3\n", said)
        assert [meanings(found, "price")[number] for number in (0.0, 1.0, 2.0, 3.0)] == ["c0", "c1", "c2", "c3"]


def test_numbers_that_are_no_choices_are_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price\n0\n3\n2\n0.25\n")
    assert "which are neither all numbers from 1 to 4 nor all scores; say what they mean in the map" in message
    assert 'cells: {price: {"0": VALUE}}' in message


def test_numbers_in_one_column_and_scores_in_another_are_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price,job\n4,0.5\n2,1\n")
    assert "column #1 price answers `price`, but holds numbers of choices, and other columns scores" in message
    found = matched(tmp_path, "price,job\n4,0.5\n2,1\n", "reads: {job: scores}")
    assert (meanings(found, "price")[4.0], meanings(found, "job")[1.0]) == ("c3", "c2")


def test_numbers_of_choices_may_stand_among_texts(tmp_path: Path) -> None:
    found = matched(tmp_path, "price,job\nc0,Choice 1\n4,1\n?,3\n")
    assert (meanings(found, "price")["c0"], meanings(found, "price")[4.0]) == ("c0", "c3")
    assert (meanings(found, "job")["choice 1"], meanings(found, "job")[1.0]) == ("c1", "c0")


def test_texts_and_scores_in_one_column_are_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price,job\nchoice 1,4\n0,c0\n")
    assert "holds both texts and numbers that may be answers, as `choice 1` and `0`; say which in the map" in message
    assert "reads: {price: values}  # or labels, numbers, scores or numbers_from_0" in message
    found = matched(tmp_path, "price,job\nchoice 1,c0\n0,c0\n", "reads: {price: labels}")
    assert set(meanings(found, "price").values()) == {"c0", "c1", "c2", "c3", "?", "-"}
    assert 0.0 not in meanings(found, "price")


def test_a_column_without_an_answer_is_asked_about(tmp_path: Path) -> None:
    message = doubts(tmp_path, "price,job\nA1,c0\nA2,c1\n")
    assert "column #1 price answers `price`, but holds `A1` and `A2`, none of which is an answer to it" in message
    found = matched(tmp_path, "price,job\nA1,c0\nA2,c1\n", "cells: {price: {A1: c3, a2: '?'}}")
    assert (meanings(found, "price")["A1"], meanings(found, "price")["a2"]) == ("c3", "?")


def test_codes_for_missing_are_only_known_from_the_map(tmp_path: Path) -> None:
    text = "price,job\n4,2\n99,-99\n"
    found = matched(tmp_path, text)
    said = (
        "Rows are rejected for cells that mean nothing: `99` (column #1 price) and `-99` (column #2 job). Mend them, "
    )
    assert found.notes[-1].startswith(said)
    assert found.notes[-1].endswith('as in\n  cells: {price: {"99": "?"}, job: {"-99": "?"}}')
    assert 99.0 not in meanings(found, "price")
    found = matched(tmp_path, text, 'cells: {"*": {"99": "?", "-99": "-"}}')
    assert (meanings(found, "price")[99.0], meanings(found, "job")[-99.0]) == ("?", "-")
    assert not any("mean nothing" in note for note in found.notes)


ALIKE = questionnaire([criterion(key, level, 0, 0.5, 1) for level, key in enumerate(("a", "b", "c", "d"), 1)])
"""Whose questions have as many choices."""


def test_a_place_stands_for_a_choice_of_any_question(tmp_path: Path) -> None:
    found = matched(tmp_path, "a,b\nA1,A3\nA2,A2\n", 'cells: {"*": {A1: "#1", A2: "#2", A3: "#3"}}', ALIKE)
    assert [meanings(found, "a")[code] for code in ("A1", "A2", "A3")] == ["c0", "c1", "c2"]
    found = matched(tmp_path, "price,job\nA1,c0\nA4,c1\n", 'cells: {price: {A1: "#1", A4: "#4"}}')
    assert (meanings(found, "price")["A1"], meanings(found, "price")["A4"]) == ("c0", "c3")


@pytest.mark.parametrize("code", ["A{}", "AO0{}", "a_{}", "{}/3", "{} / 3"])
def test_codes_are_asked_about_once_with_the_map_that_says_them(tmp_path: Path, code: str) -> None:
    one, two, three = (code.format(number) for number in (1, 2, 3))
    text = f"a,b,c,d\n{one},{two},{three},{one}\n{three},{one},{two},{two}\n"
    message = doubts(tmp_path, text, asked=ALIKE)
    assert "none of which is an answer to it (nor in 3 more columns); say in the map which choice each" in message
    assert message.count("answers.csv: ") == 1
    found = matched(tmp_path, text, message.rpartition("\n")[2].strip(), ALIKE)
    assert [meanings(found, key)[three] for key in "abcd"] == ["c2"] * 4


@pytest.mark.parametrize("code", ["{}/5", "{} times", "B1{}"])
def test_what_is_no_code_of_a_choice_is_not_offered_as_one(tmp_path: Path, code: str) -> None:
    message = doubts(tmp_path, f"a\n{code.format(1)}\n{code.format(2)}\n", asked=ALIKE)
    assert f'cells: {{a: {{"{code.format(1)}": VALUE}}}}' in message


@pytest.mark.parametrize(
    "counted", ["{} - {}", "{}. {}", "({}) {}", "{}) {}", "{}: {}", "{} = {}", "{} – {}", "{} ({})"]
)
def test_a_number_before_an_answer_is_passed_over(tmp_path: Path, counted: str) -> None:
    first, second = counted.format(1, "Choice 1"), counted.format(9, "don't know")
    found = matched(tmp_path, f"job,capital\n{first},c0\n{second},c1\n")
    assert (meanings(found, "job")[first], meanings(found, "job")[second]) == ("c1", "?")
    assert f"Numbers before answers are passed over, as in `{first}`." in found.notes


def test_a_range_is_no_number_before_an_answer(tmp_path: Path) -> None:
    labels = ("Fewer", "20 orders", "1 - 2 orders")
    rising = [{"value": f"v{at}", "label": label, "score": at / 2} for at, label in enumerate(labels)]
    asked = questionnaire([{**criterion("a", 1), "choices": tuple(rising)}])
    found = matched(tmp_path, "a\nfewer\n1 - 2 orders\n10 - 20 orders\n", asked=asked)
    assert meanings(found, "a")["1 - 2 orders"] == "v2"
    assert "10 - 20 orders" not in meanings(found, "a")
    assert "`10 - 20 orders` (column #1 a)" in found.notes[-1]


def test_numbers_beyond_the_choices_are_those_of_a_longer_scale(tmp_path: Path) -> None:
    text = "a,b\n1,4\n5,2\n3,5\n"
    (note,) = [note for note in matched(tmp_path, text, asked=ALIKE).notes if "rejected" in note]
    assert "rejected for numbers beyond the choices: `5` (in 2 columns) and `4` (column #2 b)." in note
    assert "its lower numbers mean other choices than they seem to" in note
    assert '"?"' not in note.partition("as in")[2]
    suggested = note.rpartition("\n")[2].strip()
    assert suggested == 'cells: {"*": {"1": "#N", "2": "#N", "3": "#N", "4": "#N", "5": "#N"}}'
    with pytest.raises(Unmatched, match=r'`#N` is no choice .* from "#1", the first, to "#3", the last'):
        map_of(tmp_path, suggested, ALIKE)
    places = suggested
    for number, place in enumerate((1, 1, 2, 3, 3), 1):
        places = places.replace(f'"{number}": "#N"', f'"{number}": "#{place}"')
    found = matched(tmp_path, text, places, ALIKE)
    assert [meanings(found, "a")[str(number)] for number in range(1, 6)] == ["c0", "c0", "c1", "c2", "c2"]
    assert not any("rejected" in note for note in found.notes)


def test_numbers_from_zero_beyond_the_choices_are_asked_about_once(tmp_path: Path) -> None:
    message = doubts(tmp_path, "a,b\n0,10\n7,0\n3,9\n", asked=ALIKE)
    assert "holds numbers beyond the choices, `0`, `3` and `7` (so does 1 more column)" in message
    assert message.count("answers.csv: ") == 1
    assert 'cells: {"*": {"0": "#N", "1": "#N"' in message
    assert '"10": "#N"}}' in message


def test_a_scale_too_long_for_a_map_is_to_be_recoded(tmp_path: Path) -> None:
    rows = "".join(f"{number},{100 - number}\n" for number in range(0, 101, 4))
    message = doubts(tmp_path, f"a,b\n{rows}", asked=ALIKE)
    assert "`a` has 3 choices, and its column numbers up to 100, too many to say of each which choice" in message
    assert "recode them to 1…3 in the table" in message
    assert ("cells:" in message, message.count("answers.csv: ")) == (False, 1)
    mapped = doubts(tmp_path, f"a,b\n{rows}", 'cells: {"*": {"0": "#1", "4": "#1", "8": "#1"}}', ALIKE)
    assert ("recode them" in mapped, "cells:" in mapped) == (True, False)


def test_what_a_map_gives_is_not_asked_for_again(tmp_path: Path) -> None:
    given = 'cells: {"*": {"0": "#1", "1": "#1", "2": "#1", "3": "#2", "4": "#2"}}'
    rows = "".join(f"{number},{7 - number}\n" for number in range(8))
    message = doubts(tmp_path, f"a,b\n{rows}", given, ALIKE)
    assert message.endswith('cells: {"*": {"5": "#N", "6": "#N", "7": "#N"}}')


def test_a_map_that_says_how_one_column_is_read_leaves_the_doubt_about_others(tmp_path: Path) -> None:
    message = doubts(tmp_path, "a,b\n0,10\n7,0\n3,9\n", "reads: {a: numbers}", ALIKE)
    assert "column #2 b answers `b`, but holds numbers beyond the choices, `0`, `10` and `9`." in message


def test_a_code_for_missing_is_no_scale(tmp_path: Path) -> None:
    note = matched(tmp_path, "a,b\n1,9\n2,3\n9,1\n3,2\n", asked=ALIKE).notes[-1]
    assert "cells that mean nothing: `9` (in 2 columns)" in note
    assert note.endswith('cells: {"*": {"9": "?"}}')


def test_a_number_between_scores_is_an_answer(tmp_path: Path) -> None:
    note = matched(tmp_path, "a,b\n0,0.5\n0.95,1\n0.5,0.25\n1,-9\n", asked=ALIKE).notes[-1]
    assert '"0.95": "#N"' in note
    assert '"0.25": "#N"' in note
    assert '"-9": "?"' in note


def test_codes_come_in_their_order(tmp_path: Path) -> None:
    text = "a,b\nA2,A3\nA3,A1\nA1,A2\n"
    made = write_map(table_of(tmp_path, text), ALIKE)
    assert re.findall(r'"(A\d)": "#\d" #', made) == ["A1", "A2", "A3"]


@pytest.mark.parametrize("word", ["na", "N.A.", "Nicht anwendbar", "sans objet"])
def test_usual_words_for_not_applicable_are_offered_as_such(tmp_path: Path, word: str) -> None:
    notes = matched(tmp_path, f"price,job\nc0,c0\n{word},c1\n").notes
    assert notes[-1].endswith(f'cells: {{price: {{"{word}": "-"}}}}') or not any("rejected" in note for note in notes)


def test_words_in_a_language_that_nobody_uses_cost_nothing(tmp_path: Path) -> None:
    found = matched(tmp_path, "price\nc0\n")
    assert {"?", "weiß nicht"} <= set(map(str, meanings(found, "price")))
    assert "no sabe" not in meanings(found, "price")
    assert meanings(matched(tmp_path, "price,job\nc0,c0\nc1,NO SABE\n"), "price")["no sabe"] == "?"


def test_days_where_answers_should_be_are_asked_about(tmp_path: Path) -> None:
    pl.DataFrame({"price": ["c0"], "job": ["2013-02-12"]}).with_columns(pl.col("job").str.to_date()).write_parquet(
        tmp_path / "a.parquet"
    )
    with pytest.raises(Unmatched, match="column #2 job answers `job`, but holds neither texts nor numbers"):
        match(read_table(str(tmp_path / "a.parquet")), ASKED)


def test_a_column_of_numbers_is_said_to_be_one(tmp_path: Path) -> None:
    pl.DataFrame({"price": [1, 4, None], "job": [0.5, 1.0, float("nan")]}).write_parquet(tmp_path / "a.parquet")
    found = match(read_table(str(tmp_path / "a.parquet")), ASKED, map_of(tmp_path, "reads: {job: scores}"))
    assert [(column.numbers, dict(column.meanings)) for column in found.way.columns] == [
        (True, {1.0: "c0", 2.0: "c1", 3.0: "c2", 4.0: "c3"}),
        (True, {0.0: "c0", 0.5: "c1", 1.0: "c2"}),
    ]


def test_numbers_that_are_labels_are_known_in_a_column_of_numbers(tmp_path: Path) -> None:
    choices = tuple({"value": f"v{number}", "label": str(number), "score": number / 10} for number in range(11))
    asked = questionnaire([{**criterion("likely", 1), "choices": choices}])
    pl.DataFrame({"likely": [0.0, 10.0, 1.0]}).write_parquet(tmp_path / "a.parquet")
    (column,) = match(read_table(str(tmp_path / "a.parquet")), asked).way.columns
    assert (column.numbers, [column.meanings[float(number)] for number in (0, 1, 10)]) == (True, ["v0", "v1", "v10"])


# ------------------------------------------------------------------------------------------------------ rows


def why_left_out(found: Matched) -> list[str | None]:
    return found.way.scan.frame.select(found.way.scan.left_out.alias("why")).collect()["why"].to_list()


def test_rows_without_an_answer_are_left_out(tmp_path: Path) -> None:
    found = matched(tmp_path, 'id,price,job\n1,c0,\n2,,\n3,"",""\n,,c1\n')
    assert why_left_out(found) == [None, "nothing answered", "nothing answered", None]


def test_the_map_says_which_rows_do_not_count_and_what_is_kept(tmp_path: Path) -> None:
    text = "who,country,kind,day,price,bond\na,DE,Test,2012-01-01,c0,c0\nb,AT, real,2012-06-01,c1,c1\n"
    found = matched(
        tmp_path,
        text,
        'leave_out: {kind: [TEST, demo]}\nkeys: [who, "#4"]\nsegments: [Country]\ndates: {bond: day}\ncvp: 1\n',
    )
    assert why_left_out(found) == ["left out by the map", None]
    assert found.keys == (0, 3)
    assert found.segments == (1,)
    assert {column.question: column.dates for column in found.way.columns} == {"price": None, "bond": 3}
    for_all = matched(tmp_path, text, "dates: day")
    assert {column.dates for column in for_all.way.columns} == {3}


def test_cells_by_which_a_map_leaves_nothing_out_are_told(tmp_path: Path) -> None:
    text = "country,price\nGermany,c0\nAustria,c1\n,c2\n"
    found = matched(tmp_path, text, "leave_out: {country: [germany, Deutschland, '']}")
    said = "The map's `leave_out` leaves no row out by `Deutschland`: column #1 country holds `Germany` and `Austria`."
    assert said in found.notes
    found = matched(tmp_path, text, "leave_out: {country: [germany, '']}")
    assert not any("leave_out" in note for note in found.notes)


def test_rows_that_do_not_count_do_not_say_what_cells_are(tmp_path: Path) -> None:
    text = "kind,price\ntest,0\ntest,0.5\nreal,1\nreal,4\n"
    assert meanings(matched(tmp_path, text, "leave_out: {kind: [test]}"), "price")[1.0] == "c0"


def test_the_result_is_what_the_scorer_says(tmp_path: Path) -> None:
    asked = one_for_each_level()
    text = "id;About A;b;c;d\n1;choice 2;3;c2;1\n2;?;2;c1;0,5\n3;choice 0;;n/a;0\n"
    found = matched(tmp_path, text.replace("About A", "about a"), "reads: {b: numbers, d: scores}", asked)
    outputs = ["level", "low", "high", "is_bad"]
    scored = score_frame(found.way.scan.frame, asked, columns=found.way.columns, outputs=outputs)
    sheets = [
        sheet(a="c2", b="c2", c="c2", d="c2"),
        sheet(a="?", b="c1", c="c1", d="c1"),
        sheet(a="c0", c={"not_applicable": "so"}, d="c0"),
    ]
    expected = [(one.level, one.low, one.high, False) for one in (assess(asked, given) for given in sheets)]
    assert scored.select("level", "low", "high", "is_bad").collect().rows() == expected


# ---------------------------------------------------------------------------------------------------- the map


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns: {prize: x}", "map.yaml:1:11: `small` asks no question `prize`; did you mean `price`?"),
        (
            "cells:\n  price: {a: c9}",
            "map.yaml:2:11: `c9` is no choice that `price` has; its choices are c0, c1",
        ),
        (
            'cells: {price: {a: "#5"}}',
            '`#5` is no choice that `price` has; write its place, from "#1", the first, to "#4", the last',
        ),
        (
            'cells: {"*": {a: "#1"}}',
            "map.yaml:1:15: `#1` is no choice that all questions share; they have choices of different number, so say",
        ),
        ('cells: {price: {a: "1"}}', 'is no choice that `price` has; where you mean its place, write "#1"'),
        ('cells: {"*": {a: c2}}', "map.yaml:1:15: `c2` is no choice that all questions share"),
        ("reads: {prices: labels}\ndates: {jobs: day}", "map.yaml:2:9: `small` asks no question `jobs`"),
    ],
)
def test_a_map_that_names_what_is_not_there(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Unmatched) as caught:
        map_of(tmp_path, text)
    assert message in str(caught.value).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colums: {price: x}", (1, 1)),
        ("reads: {price: texts}", (1, 16)),
        ("columns: {price: 3}", (1, 18)),
        ("cells: {price: {99: '?'}}\nkeys: who", (2, 7)),
        ("- price", (1, 1)),
        ("columns: {price: x, price: y}", (1, 21)),
        ("cvp: 2", (1, 6)),
        ("columns:\n  price: #2", (2, 3)),
        ("keys: #2", (1, 1)),
    ],
)
def test_a_map_of_the_wrong_form_is_invalid_at_its_place(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    with pytest.raises(Invalid) as caught:
        map_of(tmp_path, text)
    assert (caught.value.findings[0].place.line, caught.value.findings[0].place.column) == place


def test_a_map_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_map(str(tmp_path / "none.yaml"), ASKED)


@pytest.mark.parametrize(
    "said", ["columns: {price: Prise}", "keys: [Prise]", "segments: [Prise]", "dates: {price: Prise}"]
)
def test_a_map_that_names_a_column_that_is_not_there(tmp_path: Path, said: str) -> None:
    with pytest.raises(
        UnknownName, match=r"map\.yaml:1:\d+: .*answers\.csv: has no column `Prise`; did you mean `price`\?"
    ):
        matched(tmp_path, "id,price,job\n1,c0,c1\n", said)
    with pytest.raises(UnknownName, match=r"map\.yaml:1:\d+: .*answers\.csv: has no column `Prise`"):
        write_map(table_of(tmp_path, "id,price,job\n1,c0,c1\n"), ASKED, map_of(tmp_path, said))


@pytest.mark.parametrize("column", ["price", '"#2"'])
def test_a_map_that_gives_one_column_to_two_questions(tmp_path: Path, column: str) -> None:
    text, said = "id,price,other\n1,c0,c1\n", f"columns:\n  price: price\n  job: {column}\n"
    message = "map.yaml:3:3: `price` and `job` are both given column #2 price; a column answers one question"
    assert doubts(tmp_path, text, said).startswith(message)
    with pytest.raises(Unmatched, match="`price` and `job` are both given column #2 price"):
        write_map(table_of(tmp_path, text), ASKED, map_of(tmp_path, said))


@pytest.mark.parametrize("text", ["{}", "columns: # none\ncells:\n  # price: {a: c1}\nreads:\ndates:\nleave_out:"])
def test_an_empty_map_says_nothing(tmp_path: Path, text: str) -> None:
    assert map_of(tmp_path, text).said == NO_MAP.said


def test_a_column_s_number_that_is_a_comment_is_told_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        map_of(tmp_path, "columns:\n  price: #2\n  job: # none has it\n")
    (finding,) = caught.value.findings
    assert finding.message == "`price` is empty, since `#2` without quotation marks is a comment"
    assert finding.help == 'put it in quotation marks: "#2", or write null for none'


def test_a_map_to_start_from(tmp_path: Path) -> None:
    text = 'id,price,Is the job done?,"odd\nheader",Would they mis you?\n1,A4,2,x,c0\n2,c2,3,y,c1\n'
    written = write_map(table_of(tmp_path, text), ASKED).replace(f"{tmp_path}/", "")
    assert written == (
        "# What cvp makes of answers.csv, for `small`.\n"
        "# Change what is wrong, take the # off what is missing, and give this file with --map.\n"
        "# Read as a plain table, since no survey tool's marks are in its header.\n"
        "# Not clear: answers.csv: column #5 Would they mis you? is close to `bond`, but not equal; say which in a map "
        "(--map FILE), as in\n"
        '#     columns: {bond: "#5"}  # or null, where none of them is\n'
        "cvp: 1\n"
        "dialect: plain\n"
        "\n"
        '# Question: its column, by header or by number ("#3" is the third); null where it has none.\n'
        "columns:\n"
        '  price: "price" # What do they say about the price?\n'
        '  job: "Is the job done?" # Is the job done?\n'
        '  # bond: "#5" # #5 Would they mis you?: close, but not equal # Would they miss you?\n'
        '  # capital: "#N" # no column found; write its number or header # Who gains?\n'
        "\n"
        '# Question, or "*" for all: what its cells are: values, labels, numbers (1 is the first choice), scores\n'
        '# or numbers_from_0, as in "*": labels\n'
        "reads:\n"
        "  price: values\n"
        "  job: numbers\n"
        "\n"
        '# Question, or "*": what further cells mean: a choice\'s value or place ("#1" is the first),\n'
        '# "?" (don\'t know) or "-" (not applicable), as in "*": {"99": "?"}\n'
        "cells:\n"
        "  price:\n"
        '    # "A4": "?" # not understood; is this what it means?\n'
        "\n"
        "# Columns to keep beside the results, since they tell respondents apart.\n"
        'keys: ["id"]\n'
        "# Columns to count by, such as a country.\n"
        "segments: []\n"
        '# Question, or "*" for all: the column with the day of its newest evidence, where answers grow stale,\n'
        '# as in "*": "#3"\n'
        "dates:\n"
        '# Column: the cells of rows that do not count, as in "#4": ["test"]\n'
        "leave_out:\n"
    )


def test_what_a_map_leaves_open_is_filled_in_by_taking_the_comment_off(tmp_path: Path) -> None:
    text = "id,Would they mis you?,price,job,Who?\n1,c0,A1,c0,c1\n2,c1,A4,c9,c0\n3,c1,A2,c2,c0\n"
    written = write_map(table_of(tmp_path, text), ASKED)
    filled = re.sub("(?m)^( +)# ", r"\1", written).replace("#N", "Who?")
    found = matched(tmp_path, text, filled)
    assert columns(found) == {"price": 2, "job": 3, "bond": 1, "capital": 4}
    assert [meanings(found, "price")[code] for code in ("A1", "A2", "A3", "A4")] == ["c0", "c1", "c2", "c3"]
    assert meanings(found, "job")["c9"] == "?"


def test_a_map_that_is_written_by_another_says_all_that_this_says(tmp_path: Path) -> None:
    text = "who,country,day,price,b,job,capital\na,DE,2012-01-01,k.A.,c1,2,A1\nb,AT,2012-06-01,4,c0,3,A3\n"
    said = (
        'cells: {"*": {"k.A.": "?"}, price: {"x: y": c1, "9\\n": "#2"}}\nkeys: ["#1", day]\nsegments: [Country]\n'
        'dates: {"*": day, bond: "#3"}\nleave_out: {country: ["", CH]}\ncolumns: {bond: b, capital: null}\n'
        "reads: {bond: values}"
    )
    before = map_of(tmp_path, said).said
    table = table_of(tmp_path, text)
    after = map_of(tmp_path, write_map(table, ASKED, map_of(tmp_path, said))).said
    assert (after.cells, after.keys, after.segments) == (before.cells, before.keys, before.segments)
    assert (after.dates, after.leave_out) == (before.dates, before.leave_out)
    assert after.columns == {**before.columns, "price": "price", "job": "job"}
    assert after.reads == {"price": "numbers", "job": "numbers", **before.reads}
    for_all = write_map(table, ASKED, map_of(tmp_path, 'reads: {"*": numbers}\nkeys: []'))
    assert map_of(tmp_path, for_all).said.reads == {"*": "numbers"}
    assert map_of(tmp_path, for_all).said.keys == ()


def test_a_map_is_written_of_a_table_that_nothing_is_known_of(tmp_path: Path) -> None:
    written = write_map(table_of(tmp_path, "a,b\n1,2\n"), ASKED)
    assert map_of(tmp_path, written).said.columns == {}
    assert "# Not clear: " in written
    assert written.count("no column found; write its number or header") == 4


HEADERS = st.sampled_from(
    [
        "price",
        "job",
        "Ist es erledigt?",
        "Who gains?",
        "other",
        "",
        "id",
        "#",
        "a: b",
        '"q"',
        "x # y",
        "\x1b[2J",
        "é\nü",
    ]
)
CELLS = st.sampled_from(["c0", "choice 1", "1", "2", "0.5", "?", "", "99", "A: b", "#x"])


@given(st.lists(HEADERS, min_size=1, max_size=6), st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4))
def test_a_map_that_was_written_says_what_was_made_of_the_table(
    tmp_path_factory: pytest.TempPathFactory, headers: list[str], rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("map")
    table = table_of(folder, _csv([headers, *(row[: len(headers)] for row in rows)]))
    map_ = map_of(folder, write_map(table, ASKED))
    assert map_.said.dialect == table.dialect
    try:
        found = match(table, ASKED)
    except Unmatched:
        return
    again = match(table, ASKED, map_)
    assert again.keys == found.keys
    for one, other in zip(again.way.columns, found.way.columns, strict=True):
        assert (one.question, one.position) == (other.question, other.position)
        assert set(other.meanings.items()) >= set(one.meanings.items())


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    return "".join(",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
