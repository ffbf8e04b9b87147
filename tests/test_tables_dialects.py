"""Ten exports of five people's answers to `quick`, laid out as each survey tool does, and the traps of each.

The files were made for these tests, after what the tools' makers write and what public scripts read; names, addresses
and answers are invented.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import xlsxwriter

from cvp.errors import Unmatched
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import read_map
from cvp.tables.answering.matched import Matched, match
from cvp.tables.columns import SPACES
from cvp.tables.dialects import DIALECTS, recognised
from cvp.tables.layout import Head
from cvp.tables.reading import read_table
from questionnaires import criterion, questionnaire

EXPORTS: Final = Path(__file__).parent / "examples" / "exports"
Rows: TypeAlias = list[list[str]]
Given: TypeAlias = list[dict[str, str]]

PEOPLE: Final[Given] = [
    {key: value for key, value in person.items() if value}
    for person in csv.DictReader((EXPORTS / "people.txt").read_text("utf-8").splitlines(), delimiter=" ")
]
"""What the five people answered, by question: the values of their choices."""


@cache
def quick() -> Questionnaire:
    return load_questionnaire("quick")


def answers_in(matched: Matched) -> Given:
    """What each row that counts answers, read by the columns' meanings as their contract says."""
    frame = matched.way.scan.counting.collect()
    people: Given = [{} for _ in range(frame.height)]
    for column in matched.way.columns:
        assert frame.columns[column.position] == f"c{column.position}"
        meanings = {_key(cell): value for cell, value in column.meanings.items()}
        for person, cell in zip(people, frame[f"c{column.position}"], strict=True):
            if cell is not None and cell != "":
                person[column.question] = meanings[_key(cell)]
    return people


def _key(cell: str | float) -> str | float:
    if isinstance(cell, str):
        text = cell.strip(SPACES).lower()
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return text
    return float(cell)


def left_out(matched: Matched) -> list[str]:
    return matched.way.scan.frame.select(matched.way.scan.left_out.alias("why")).collect()["why"].drop_nulls().to_list()


def read(path: Path, dialect: str | None = None) -> Matched:
    return match(read_table(str(path), dialect), quick())


REASONS: Final = {
    "qualtrics": ["a preview", "unfinished"],
    "typeform": ["unfinished"],
    "limesurvey": ["unfinished"],
    "odk_central": ["rejected by a reviewer"],
    "kobotoolbox": ["rejected by a reviewer"],
    "redcap": ["unfinished"],
}
KEYS: Final = {
    "qualtrics": "ResponseId",
    "google_forms": "Timestamp",
    "microsoft_forms": "ID",
    "typeform": "#",
    "surveymonkey": "Respondent ID",
    "limesurvey": "id",
    "odk_central": "KEY",
    "kobotoolbox": "_uuid",
    "redcap": "record_id",
    "plain": "respondent",
}


def test_there_is_an_example_of_each_dialect() -> None:
    assert {path.stem for path in EXPORTS.glob("*.csv")} == set(DIALECTS) == set(KEYS)
    assert len(DIALECTS) == 10


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_export_is_recognised_and_read_right(dialect: str) -> None:
    matched = read(EXPORTS / f"{dialect}.csv")
    assert matched.table.dialect == dialect
    assert answers_in(matched) == PEOPLE
    assert left_out(matched) == REASONS.get(dialect, [])
    assert [matched.table.headers[position] for position in matched.keys] == [KEYS[dialect]]
    assert matched.unasked == ()
    assert matched.notes[0].startswith(f"Read as {DIALECTS[dialect].NAME}, since ")
    assert not any("mean nothing" in note for note in matched.notes)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_flag_gives_the_same_as_recognising(dialect: str) -> None:
    matched = read(EXPORTS / f"{dialect}.csv", dialect.replace("_", "-").upper())
    assert answers_in(matched) == PEOPLE
    assert matched.notes[0].endswith(", as you said.")


def header_of(dialect: str) -> Head:
    return read_table(str(EXPORTS / f"{dialect}.csv")).parts[0].head


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_dialect_takes_another_s_export_for_its_own(dialect: str) -> None:
    head = header_of(dialect)
    takers = [name for name, module in DIALECTS.items() if module.recognise(head)]
    assert takers == list(dict.fromkeys((dialect, "plain")))


# ------------------------------------------------------------------------------------ the same, otherwise exported


def rows_of(dialect: str) -> Rows:
    part = read_table(str(EXPORTS / f"{dialect}.csv")).parts[0]
    text = (EXPORTS / f"{dialect}.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=part.delimiter))


def written(path: Path, rows: Iterable[Iterable[object]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_text(text.getvalue(), encoding, newline="")
    return path


def as_sheet(path: Path, rows: Rows) -> Path:
    """The rows as a spreadsheet has them: what is a number is one, and comes back as 3.0."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    write = page.write_number if cell.replace(".", "", 1).isdigit() else page.write_string
                    write(number, column, float(cell) if write == page.write_number else cell)
    return path


@pytest.mark.parametrize("dialect", DIALECTS)
def test_exports_that_went_through_a_spreadsheet(tmp_path: Path, dialect: str) -> None:
    rows = [[cell.replace(",", ".") if dialect == "plain" else cell for cell in row] for row in rows_of(dialect)]
    if dialect == "qualtrics":
        del rows[2]  # its XLSX has no import ids
    matched = read(as_sheet(tmp_path / "answers.xlsx", rows))
    assert matched.table.dialect == dialect
    assert answers_in(matched) == PEOPLE
    assert left_out(matched) == REASONS.get(dialect, [])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16")])
def test_exports_that_excel_saved_again(tmp_path: Path, dialect: str, delimiter: str, encoding: str) -> None:
    rows = [[*cells[:-1], f"{cells[-1]} "] for cells in rows_of(dialect)]
    matched = read(written(tmp_path / "answers.csv", rows, delimiter, encoding))
    assert (matched.table.dialect, answers_in(matched)) == (dialect, PEOPLE)


def edited(dialect: str, edit: Callable[[Rows], object]) -> Rows:
    rows = rows_of(dialect)
    edit(rows)
    return rows


def _first(row: list[str], *cells: str) -> None:
    row[: len(cells)] = cells


@pytest.mark.parametrize(
    ("dialect", "cells"),
    [
        ("google_forms", ("Zeitstempel",)),
        ("google_forms", ("Horodateur",)),
        ("surveymonkey", ("Befragten-ID", "Collector-ID", "Anfangsdatum", "Enddatum")),
    ],
)
def test_a_header_in_another_language_suggests_the_dialect(
    tmp_path: Path, dialect: str, cells: tuple[str, ...]
) -> None:
    path = written(tmp_path / "answers.csv", edited(dialect, lambda rows: _first(rows[0], *cells)))
    table = read_table(str(path))
    assert table.dialect == "plain"
    assert f"if so, give --dialect {dialect}" in table.remarks[0]
    assert answers_in(read(path, dialect)) == PEOPLE


def numbered(rows: Rows, first: int, header_rows: int, columns: range) -> None:
    """Turns labels into the numbers of their choices."""
    for row in rows[header_rows:]:
        for column, question in zip(columns, quick().questions.values(), strict=True):
            labels = [quick().say(choice.label) for choice in quick().choices_of(question)]
            if row[column]:
                row[column] = str(labels.index(row[column]) + first)


def test_qualtrics_with_numbers_in_place_of_texts(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        numbered(rows, 1, 3, range(17, 32))
        for row in rows[3:]:
            row[2] = {"IP Address": "0", "Survey Preview": "1"}[row[2]]
            row[6] = {"True": "1", "False": "0"}[row[6]]

    matched = read(written(tmp_path / "answers.csv", edited("qualtrics", edit)))
    assert answers_in(matched) == PEOPLE
    assert left_out(matched) == REASONS["qualtrics"]
    assert "Numbers are read as those of choices: 1 is the first." in matched.notes


@pytest.mark.parametrize(
    ("yes", "no"),
    [("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"), ("VERO", "FALSO"), ("WAAR", "ONWAAR")],
)
def test_qualtrics_that_excel_saved_in_another_language(tmp_path: Path, yes: str, no: str) -> None:
    def edit(rows: Rows) -> None:
        for row in rows[3:]:
            row[6] = {"True": yes, "False": no}[row[6]]

    matched = read(written(tmp_path / "answers.csv", edited("qualtrics", edit)))
    assert left_out(matched) == REASONS["qualtrics"]
    assert not any("may mark rows" in note for note in matched.notes)


def test_a_word_that_may_mark_rows_is_told_with_what_leaves_them_out(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        for row in rows[3:]:
            row[6] = {"True": "True", "False": "Fałsz"}[row[6]]

    path = written(tmp_path / "answers.csv", edited("qualtrics", edit))
    (note,) = (note for note in read(path).notes if "may mark rows" in note)
    assert "Column #7 Finished holds `Fałsz`, which may mark rows that do not count" in note
    (tmp_path / "map.yaml").write_text(note.partition("as in\n")[2])
    mapped = match(read_table(str(path)), quick(), read_map(str(tmp_path / "map.yaml"), quick()))
    assert left_out(mapped) == ["a preview", "left out by the map"]
    assert not any("may mark rows" in note for note in mapped.notes)


def test_only_rows_that_count_are_told_of_with_empty_cells_called_so(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        finished = [row for row in rows[3:] if row[6] == "True" and row[2] == "IP Address"]
        finished[0][6] = ""
        preview = next(row for row in rows[3:] if "Preview" in str(row[2]))
        preview[6] = "Fałsz"

    path = written(tmp_path / "answers.csv", edited("qualtrics", edit))
    (note,) = (note for note in read(path).notes if "may mark rows" in note)
    assert "Column #7 Finished holds empty cells, which may mark rows that do not count" in note
    assert "Fałsz" not in note


def test_qualtrics_question_of_which_several_choices_may_be_ticked(tmp_path: Path) -> None:
    last = list(quick().questions.values())[-1]
    labels = [quick().say(choice.label) for choice in quick().choices_of(last)]

    def edit(rows: Rows) -> None:
        for number, row in enumerate(rows):
            cell = row.pop()
            if number == 0:
                row += [f"Q15_{index + 1}" for index in range(len(labels))]
            elif number == 1:
                row += [f"{cell} - Selected Choice - {label}" for label in labels]
            elif number == 2:
                row += [json.dumps({"ImportId": "QID15", "choiceId": str(index + 1)}) for index in range(len(labels))]
            else:
                row += [label if label == cell else "" for label in labels]

    assert answers_in(read(written(tmp_path / "answers.csv", edited("qualtrics", edit)))) == PEOPLE


def test_several_boxes_ticked_are_no_answer(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        rows[1][-5:-1] = ["1", "1", "0", "0"]
        rows[2][-5:-1] = ["0", "0", "0", "0"]

    rows = edited("redcap", edit)
    matched = read(written(tmp_path / "answers.csv", rows))
    column = matched.way.columns[-1]
    values = [choice.value for choice in quick().choices_of(quick().questions[column.question])]
    cells = matched.way.scan.frame.collect()[f"c{column.position}"].to_list()
    assert cells[:3] == [f"{values[0]} {values[1]}", None, PEOPLE[2][column.question]]
    assert cells[0] not in column.meanings


def test_a_box_headed_no_is_ticked_by_the_word_no(tmp_path: Path) -> None:
    labels = ({"value": "no", "label": "No", "score": 0}, {"value": "yes", "label": "Yes", "score": 1})
    asked = questionnaire([{**criterion("q", 1), "label": "Is it so?", "choices": labels}])
    rows = [
        ["Respondent ID", "Collector ID", "Is it so?", ""],
        ["", "", "No", "Yes"],
        ["1", "9", "No", ""],
        ["2", "9", "", "Yes"],
    ]
    matched = match(read_table(str(written(tmp_path / "answers.csv", rows))), asked)
    assert answers_in(matched) == [{"q": "no"}, {"q": "yes"}]


def test_surveymonkey_matrix_statements_are_tried_as_labels(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        for column in range(9, 20):
            rows[1][column], rows[0][column] = rows[0][column], "Please rate" if column == 9 else ""

    assert answers_in(read(written(tmp_path / "answers.csv", edited("surveymonkey", edit)))) == PEOPLE


def _limesurvey_texts(rows: Rows) -> None:
    _first(rows[0], "Response ID", "Date submitted", "Last page", "Start language", "Seed")
    rows[0][5:] = [quick().say(question.label) for question in quick().questions.values()]


def _limesurvey_codes_and_texts(rows: Rows) -> None:
    texts = ("Response ID", "Date submitted", "Last page", "Start language", "Seed")
    labels = [*texts, *(quick().say(question.label) for question in quick().questions.values())]
    rows[0][:] = [f"{code}. {label}" for code, label in zip(rows[0], labels, strict=True)]


def _limesurvey_array(rows: Rows) -> None:
    rows[0][5:] = [f"M1[{code}]" for code in rows[0][5:]]


@pytest.mark.parametrize("edit", [_limesurvey_texts, _limesurvey_codes_and_texts, _limesurvey_array])
def test_limesurvey_headers_of_each_kind(tmp_path: Path, edit: Callable[[Rows], None]) -> None:
    matched = read(written(tmp_path / "answers.csv", edited("limesurvey", edit), ";", "utf-8-sig"))
    assert (matched.table.dialect, answers_in(matched)) == ("limesurvey", PEOPLE)
    assert left_out(matched) == ["unfinished"]


def test_limesurvey_answer_codes_ask_for_the_map(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        numbered(rows, 1, 1, range(5, 20))
        for row in rows[1:]:
            row[5:] = [f"A{cell}" if cell else "" for cell in row[5:]]

    path = written(tmp_path / "answers.csv", edited("limesurvey", edit), ";")
    with pytest.raises(Unmatched, match=r"column #6 buyerstalkprice answers `buyers_talk_price`, but holds `A\d`"):
        read(path)


def test_redcap_with_labels(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        boxes = rows[0][-5:-1]
        _first(rows[0], "Record ID", "Event Name", "Survey Identifier", "Survey Timestamp")
        labels = [quick().say(question.label) for question in quick().questions.values()]
        rows[0][4:] = [*labels[:-1], *boxes, "Complete?"]
        for row in rows[1:]:
            row[-1] = {"2": "Complete", "0": "Incomplete"}[row[-1]]

    matched = read(written(tmp_path / "answers.csv", edited("redcap", edit)))
    assert (matched.table.dialect, answers_in(matched), left_out(matched)) == ("redcap", PEOPLE, ["unfinished"])


def test_odk_values_stay_texts_when_groups_have_groups(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        rows[0][:] = [f"a-{header}" if header.startswith("level") else header for header in rows[0]]

    assert answers_in(read(written(tmp_path / "answers.csv", edited("odk_central", edit)))) == PEOPLE


def test_kobo_with_labels(tmp_path: Path) -> None:
    questions = list(quick().questions.values())

    def edit(rows: Rows) -> None:
        rows[0][2:16] = [quick().say(question.label) for question in questions[:-1]]
        for row in rows[1:]:
            for column, question in enumerate(questions[:-1], 2):
                labels = {choice.value: quick().say(choice.label) for choice in quick().choices_of(question)}
                row[column] = labels.get(row[column], "")

    matched = read(written(tmp_path / "answers.csv", edited("kobotoolbox", edit), ";"))
    assert (matched.table.dialect, answers_in(matched)) == ("kobotoolbox", PEOPLE)


def test_a_tool_s_column_answers_nothing_though_a_question_has_its_name() -> None:
    asked = questionnaire([criterion("status", 1), criterion("awards", 2)])
    table = read_table(str(EXPORTS / "qualtrics.csv"))
    with pytest.raises(Unmatched, match="no column answers a question"):
        match(table, asked)


@pytest.mark.parametrize("cells", [[], [""], ["x"], ["\x00"], ["{"], ["#", "#"], ["Timestamp"], ["ID", "Start time"]])
def test_every_dialect_lays_out_any_head(cells: list[str]) -> None:
    for rows in ([cells], [cells, []], [cells, cells, ['{"ImportId": 1}']]):
        head = Head(tuple(map(tuple, rows)))
        assert recognised(head)[0] in DIALECTS
        for dialect in DIALECTS.values():
            layout = dialect.layout(head)
            assert len(layout.headings) == len(cells)


def test_google_quiz_columns_are_the_tool_s(tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row[2:2] = [f"{row[1]} [Score]", f"{row[1]} [Feedback]"] if number == 0 else ["1.00 / 1", ""]

    matched = read(written(tmp_path / "answers.csv", edited("google_forms", edit)))
    assert answers_in(matched) == PEOPLE
    assert not any("Score" in note for note in matched.notes)
