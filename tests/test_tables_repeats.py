"""Respondents who are there twice are named with their lines; rows that do not count, and rows of nobody, are not."""

from pathlib import Path

from cvp.tables.answering.mapping import Map, Said
from cvp.tables.answering.matched import Matched, match
from cvp.tables.answering.repeats import MOST_COMPARED, repeats_in
from cvp.tables.reading import read_table
from questionnaires import one_for_each_level


def matched(folder: Path, text: str, *keys: str, name: str = "in.csv") -> Matched:
    (folder / name).write_text(text)
    return match(read_table(str(folder / name)), one_for_each_level(), Map(Said(keys=keys or None)))


def said_of(folder: Path, text: str, *keys: str) -> list[str]:
    return said_in(folder, matched(folder, text, *(keys or ["who"])))


def said_in(folder: Path, *several: Matched) -> list[str]:
    return [one.replace(f"{folder}/", "") for one in repeats_in(several)]


def test_they_are_named_with_their_lines(tmp_path: Path) -> None:
    text = 'who,note,a\nr1,"two\nlines",c1\nr2,,c1\n r1 ,,c2\nr3,,c1\nr1,,c0\n'
    (said,) = said_of(tmp_path, text)
    assert said.startswith("1 respondent is there more than once, by `who`: `r1` (in.csv:2, in.csv:5 and in.csv:7). ")
    assert said.endswith(" Each row that is scored counts; delete what should not.")


def test_only_a_few_are_named(tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, "who,a\n" + "".join(f"r{n % 40},c1\n" for n in range(200)))
    assert said.startswith(
        "40 respondents are there more than once, by `who`: `r0` (in.csv:2, in.csv:42, in.csv:82 and"
    )
    assert "and 2 rows more)" in said
    assert "`r2` (" in said
    assert "and 37 more. Each row that is scored counts" in said


def test_nobody_is_no_repeat_and_neither_is_a_row_that_does_not_count(tmp_path: Path) -> None:
    assert said_of(tmp_path, "who,a\n,c1\n,c1\nr1,c1\nr1,\nr2,c1\n") == []
    assert said_of(tmp_path, "who,a\nr1,c1\nr2,c1\n") == []


def test_several_keys_count_together(tmp_path: Path) -> None:
    keys = ("who", "event")
    assert said_of(tmp_path, "who,event,a\nr1,first,c1\nr1,last,c1\n", *keys) == []
    (said,) = said_of(tmp_path, "who,event,a\nr1,first,c1\nr1,first,c1\n", *keys)
    assert "by `who` and `event`: `r1 first` (" in said


def test_a_long_table_is_looked_at_up_to_a_row_that_is_told(tmp_path: Path) -> None:
    whole = "who,a\n" + "".join(f"r{number},c1\n" for number in range(MOST_COMPARED))
    assert said_of(tmp_path, whole) == []
    (said,) = said_of(tmp_path, whole.replace(f"r{MOST_COMPARED - 1},", "r8,"))
    assert said.startswith("1 respondent is there more than once, by `who`: `r8` (in.csv:10 and in.csv:250001). ")
    (said,) = said_of(tmp_path, f"{whole}r8,c1\n")
    assert said == "No respondent is there more than once, by `who`, among the first 250,000 rows."
    (said,) = said_of(tmp_path, f"{whole}x,c1\n".replace("r7,", "r8,", 1))
    assert said.startswith("Among the first 250,000 rows, 1 respondent is there more than once, by `who`: `r8` (")


def test_what_a_name_holds_cannot_steer_a_terminal(tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, "who,a\nr\x1b[2J,c1\nr\x1b[2J,c1\n")
    assert "\x1b" not in said
    assert r"`r\x1b[2J` (" in said


def test_people_in_the_same_second_are_told_apart_by_their_answers(tmp_path: Path) -> None:
    rows = ["1 Oct 9:00,c1,c0", "1 Oct 9:00,c2,c0", "1 Oct 9:01,c1,c0"]
    assert said_in(tmp_path, matched(tmp_path, "\n".join(["Timestamp,a,b", *rows]))) == []
    (said,) = said_in(tmp_path, matched(tmp_path, "\n".join(["Timestamp,a,b", *rows, rows[2]])))
    assert "1 respondent is there more than once, by `Timestamp` and equal answers: `1 Oct 9:01` (in.csv:4" in said


def test_numbers_of_two_files_are_of_one_respondent_where_the_answers_are_equal(tmp_path: Path) -> None:
    one = matched(tmp_path, "id,a,b\n1,c1,c0\n2,c2,c0\n3,,c1\n", name="one.csv")
    two = matched(tmp_path, "b,a,id\nc1,c1,1\nc0,C2,2\nc1,,3\n", name="two.csv")
    (said,) = said_in(tmp_path, one, two)
    assert said.startswith("2 respondents are there more than once, by `id`: `2` (one.csv:3 and two.csv:3) and `3` (")
    assert said_in(tmp_path, one, matched(tmp_path, "name,a\n2,c2\n", "name", name="three.csv")) == []


def test_ids_that_are_nowhere_else_need_no_equal_answers(tmp_path: Path) -> None:
    header = "Respondent ID,Collector ID,a\n,,Response\n"
    one, two = (matched(tmp_path, f"{header}77,1,{cell}\n", name=f"{cell}.csv") for cell in ("c1", "c2"))
    (said,) = said_in(tmp_path, one, two)
    assert "by `Respondent ID`: `77` (c1.csv:3 and c2.csv:3)" in said
