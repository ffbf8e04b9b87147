"""Numbers before labels say what numbers alone mean, in all columns and files; where they contradict, it is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_batch import rows_of, table
from typer.testing import Result

from cvp.errors import Unmatched
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.looking import FIRST_ROWS
from cvp.tables.answering.mapping import NO_MAP, read_map
from cvp.tables.answering.matched import Matched, match
from cvp.tables.expression import score_frame
from cvp.tables.reading import read_table
from questionnaires import criterion, questionnaire

Run = Callable[..., Result]
SHARE = (("none", "None", 0), ("some", "Few", 0.4), ("half", "Half", 0.7), ("most", "Most", 1))


def asking(*labels: str) -> Questionnaire:
    """Four questions, each with the same four choices, and one with three."""
    choices = tuple(
        {"value": value, "label": label or known, "score": score}
        for (value, known, score), label in zip(SHARE, labels or [""] * 4, strict=True)
    )
    alike = [criterion(key, level) | {"choices": choices} for level, key in enumerate(("a", "b", "c", "d"), 1)]
    return questionnaire([*alike, criterion("other", 4, 0, 0.5, 1)])


ASKED = asking()


def matched(folder: Path, text: str, asked: Questionnaire = ASKED, map_: str = "") -> Matched:
    (folder / "in.csv").write_text(text)
    (folder / "map.yaml").write_text(map_)
    said = read_map(str(folder / "map.yaml"), asked) if map_ else NO_MAP
    return match(read_table(str(folder / "in.csv")), asked, said)


def score_1(found: Matched, asked: Questionnaire = ASKED) -> list[float | None]:
    frame = found.way.scan.frame.collect()
    return score_frame(frame, asked, columns=found.way.columns, outputs=["score_1"])["score_1"].to_list()


@pytest.mark.parametrize(
    ("cells", "scores"),
    [
        (["1 - None", "2", "3", "4 - Most"], [0, 0.4, 0.7, 1]),
        (["0 - None", "1", "2", "3 - Most"], [0, 0.4, 0.7, 1]),
        (["0 (None)", "1", "2", "3"], [0, 0.4, 0.7, 1]),
        (["4) None", "1. Most", "3: Few", "2 - Half", "1", "2", "3", "4"], [0, 1, 0.4, 0.7, 1, 0.7, 0.4, 0]),
        (["1 - None", "4 - Most", "5 - don't know", "2", "5"], [0, 1, None, 0.4, None]),
    ],
)
def test_numbers_alone_mean_what_numbers_before_labels_say(
    cells: list[str], scores: list[float | None], tmp_path: Path
) -> None:
    found = matched(tmp_path, "a,b\n" + "".join(f"{cell},None\n" for cell in cells))
    assert score_1(found) == scores
    beside = matched(tmp_path, "a,b\n" + "".join(f"{alone(cell)},{cell}\n" for cell in cells))
    assert score_1(beside) == scores, "and so they do in other columns"


def alone(cell: str) -> str:
    return cell[0]


@pytest.mark.parametrize(
    ("ends", "bare", "shown"),
    [
        (("4 - None", "1 - Most"), ("2", "3"), '{a: {"1": most, "2": "#N", "3": "#N", "4": none}}'),
        (("1 - None", "5 - Most"), ("2", "3", "4"), '{a: {"1": none, "2": "#N", "3": "#N", "4": "#N", "5": most}}'),
        (("2 - Half",), ("1", "3"), '{a: {"1": "#N", "2": half, "3": "#N"}}'),
        (("1 - None", "1 - Most"), ("1", "2"), '{a: {"1": "#N", "2": "#N"}}'),
    ],
)
def test_numbers_that_no_reading_explains_are_asked_about(
    ends: tuple[str, ...], bare: tuple[str, ...], shown: str, tmp_path: Path
) -> None:
    text = "a\n" + "\n".join([*ends, *bare]) + "\n"
    with pytest.raises(
        Unmatched, match=r"whose meaning is open, as `. - [A-Z].*` does not count the 4 choices"
    ) as told:
        matched(tmp_path, text)
    assert f"cells: {shown}" in str(told.value)
    with pytest.raises(Unmatched, match="`#N` is no choice"):
        matched(tmp_path, text, map_=f"cells: {shown}\n")
    found = matched(
        tmp_path, text, map_="cells: {a: {" + ", ".join(f'"{n}": "#{n}"' for n in "1234") + ', "5": "#4"}}\n'
    )
    assert score_1(found)[len(ends) :] == [{"1": 0, "2": 0.4, "3": 0.7, "4": 1}[cell] for cell in bare]


def test_one_question_is_put_for_all_columns_with_the_same_choices(tmp_path: Path) -> None:
    with pytest.raises(Unmatched) as told:
        matched(tmp_path, "a,b,c,other\n4 - None,2,3,choice 1\n1 - Most,3,2,choice 2\n")
    assert str(told.value).count("in.csv: ") == 1
    assert "(so does 1 more column)" in str(told.value)


def test_a_map_says_how_numbers_are_read_beside_labels_with_numbers(tmp_path: Path) -> None:
    found = matched(tmp_path, "a\n0 - None\n1\n2\n3 - Most\n", map_='reads: {"*": numbers_from_0}\n')
    assert score_1(found) == [0, 0.4, 0.7, 1]


def test_numbers_in_labels_of_the_questionnaire_say_it_too(tmp_path: Path) -> None:
    asked = asking("0 - None", "1 - Few", "2 - Half", "3 - Most")
    found = matched(tmp_path, "a,b\n1,2 - Half\n2,\n3,\n", asked)
    assert score_1(found, asked) == [0.4, 0.7, 1]
    assert "Numbers alone mean what numbers before labels say, as in `0 - None`." in found.notes
    scores = matched(tmp_path, "a\n0\n0.4\n1\n", asked)
    assert score_1(scores, asked) == [0, 0.4, 1], "but scores are scores"


def test_labels_that_are_numbers_leave_other_numbers_open(tmp_path: Path) -> None:
    asked = asking("0", "1", "2", "3 or more")
    assert score_1(matched(tmp_path, "a\n0\n1\n2\n3 or more\n", asked), asked) == [0, 0.4, 0.7, 1]
    said = "holds `3`, which may be numbers of choices or not, since labels such as `0` are numbers themselves"
    with pytest.raises(Unmatched, match=said):
        matched(tmp_path, "a\n1\n2\n3\n", asked)


def test_where_some_numbers_begin_at_0_those_of_other_choices_may_as_well(tmp_path: Path) -> None:
    text = "a,b,other\n0 - None,1,1\n3 - Most,2,2\n"
    with pytest.raises(Unmatched, match="answers `other`, but holds `1` and `2`, which may begin at 1 or at 0") as told:
        matched(tmp_path, text)
    assert "reads: {other: numbers}  # or numbers_from_0" in str(told.value)
    found = matched(tmp_path, text, map_="reads: {other: numbers}\n")
    assert found.way.columns[-1].meanings[1.0] == "c0"
    matched(tmp_path, "a,b,other\n0 - None,1,1\n3 - Most,2,3\n")


@pytest.mark.parametrize("count", [0, FIRST_ROWS + 10])
def test_files_tell_each_other_and_so_do_rows_further_down(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("asked.yaml").write_text(ASKED.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True))
    numbers = [[f"n{at}", at % 2 + 1, 1, 2, 2] for at in range(count or 4)]
    labels = [
        ["l1", "0 - None", "1 - Few", "2 - Half", "3 - Most"],
        ["l2", "3 - Most", "2 - Half", "1 - Few", "0 - None"],
    ]
    header = ["respondent", "a", "b", "c", "d"]
    if count:
        table("one.csv", *numbers, *labels, header=header)
        table("two.csv", *labels, *numbers, header=header)
        several = [["one.csv"], ["two.csv"]]
    else:
        table("one.csv", *numbers, header=header)
        table("two.csv", *labels, header=header)
        several = [["one.csv", "two.csv"], ["two.csv", "one.csv"]]
    said = []
    for files in several:
        done = run("batch", *files, "--questionnaire", "asked.yaml", "-o", "out.csv")
        assert done.exit_code == 0, done.output
        said.append({row["respondent"]: row["score_1"] for row in rows_of("out.csv")})
    assert said[0] == said[1]
    assert {key: said[0][key] for key in ("n0", "n1", "l1", "l2")} == {
        "n0": "0.4",
        "n1": "0.7",
        "l1": "0.0",
        "l2": "1.0",
    }
