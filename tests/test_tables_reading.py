"""Files of every kind and in every state: what is read out of them, and where a message says what is wrong."""

import codecs
import csv
import datetime
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cvp.errors import CvpError, MissingExtra, UnknownName, Unreadable, WrongUsage
from cvp.tables.files.sources import Kind
from cvp.tables.places import places_of
from cvp.tables.reading import polars_told, read_table
from cvp.tables.table import Table

HEADERS = ["awards", "release_say", "Anything, or; else?"]
ROWS = [["Zürich", "Before we decide", "fine; thanks"], ["", "3,5", 'a "word"\nand a line'], ["x", "y", "z"]]


def csv_text(delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([HEADERS, *ROWS])  # type: ignore[arg-type]
    return text.getvalue()


def table_of(folder: Path, data: bytes | str, name: str = "answers.csv") -> Table:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(str(path))


def cells(table: Table) -> list[list[str]]:
    """The rows as text, empty cells as ''; without those that have not as many cells as the header."""
    width = len(table.headers)
    frame = table.frame.filter(pl.col("cells").is_null()).collect()
    return [["" if cell is None else str(cell) for cell in row[:width]] for row in frame.rows()]


def irregular(table: Table) -> list[tuple[int, int]]:
    """Line and number of cells of the rows that have not as many as the header."""
    frame = table.numbered().filter(pl.col("cells").is_not_null()).collect()
    places = places_of(table, zip(frame["part"], frame["row"], strict=True))
    return [(place.line, count) for place, count in zip(places, frame["cells"], strict=True)]


def complaint(folder: Path, data: bytes | str, name: str = "answers.csv") -> str:
    """What is said of a file that cannot be read, less the file's folder."""
    with pytest.raises(Unreadable) as caught:
        table = table_of(folder, data, name)
        with polars_told(table.name, table.parts):
            table.frame.collect()
    return str(caught.value).removeprefix(f"{folder}/")


# ---------------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_delimiters_line_ends_and_quotation_marks(tmp_path: Path, delimiter: str, end: str, quoting: int) -> None:
    table = table_of(tmp_path, csv_text(delimiter, end, quoting))
    assert table.headers == tuple(HEADERS)
    assert table.parts[0].delimiter == delimiter
    assert cells(table) == ROWS


@pytest.mark.parametrize(
    ("encoding", "bom", "called"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, bom: bytes, called: str) -> None:
    table = table_of(tmp_path, bom + csv_text().encode(encoding))
    assert table.headers == tuple(HEADERS)
    assert cells(table) == ROWS
    assert table.parts[0].encoding == called
    assert any("UTF-8" in remark for remark in table.remarks) == (called != "UTF-8")


def test_an_umlaut_far_below_tells_windows_1252(tmp_path: Path) -> None:
    data = b"awards,b\n" + b"x,1\n" * 300_000 + "Zürich,2\n".encode("cp1252")
    assert cells(table_of(tmp_path, data))[-1] == ["Zürich", "2"]


def test_damaged_utf_8_is_told_with_its_place(tmp_path: Path) -> None:
    data = "awards,ä\n".encode() + b"1,\xff\n"
    assert complaint(tmp_path, data).startswith("answers.csv:2:3: is UTF-8 up to here")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_excel_s_line_that_names_the_delimiter(tmp_path: Path, end: str) -> None:
    table = table_of(tmp_path, end.join(["sep=;", "awards;b,c", "1;2,5", ""]))
    assert (table.headers, cells(table)) == (("awards", "b,c"), [["1", "2,5"]])
    assert places_of(table, [(0, 0)])[0].line == 3


def test_a_comma_in_every_question_is_no_delimiter(tmp_path: Path) -> None:
    table = table_of(tmp_path, "id;How, when;Why, who\n1;so;yes\n")
    assert table.headers == ("id", "How, when", "Why, who")


def test_line_ends_in_headers(tmp_path: Path) -> None:
    table = table_of(tmp_path, '"awards\n(one)",b\r\n1,2\r\n3,4\r\n')
    assert table.headers == ("awards\n(one)", "b")
    assert cells(table) == [["1", "2"], ["3", "4"]]
    assert [place.line for place in places_of(table, [(0, 0), (0, 1)])] == [3, 4]


def test_two_columns_with_one_header_are_two(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,a\n1,2,3\n")
    assert cells(table) == [["1", "2", "3"]]
    assert (table.position("b"), table.position("#3")) == (1, 2)
    with pytest.raises(UnknownName, match=r"#1 a, #3 a; say which by its number, as in '#1'"):
        table.position("A")
    with pytest.raises(UnknownName, match=r"no column `awadrs`; its columns are #1 a, #2 b, #3 a"):
        table.position("awadrs")
    with pytest.raises(UnknownName, match="has no column #4, but 3"):
        table.position("#4")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b;\n1;2;\n3;4;\n", [["1", "2", ""], ["3", "4", ""]]),
        ("a;b;\n1;2\n3;4\n", [["1", "2", ""], ["3", "4", ""]]),
        ("a;b\n1;2;\n3;4;;\n", [["1", "2"], ["3", "4"]]),
        ("a;b\n1;2\n\n3;4\n\n\n", [["1", "2"], ["3", "4"]]),
        ("a;b\n1;2\n3;4\n\n\n", [["1", "2"], ["3", "4"]]),
        ("\n\na;b\n1;2\n", [["1", "2"]]),
        ("a;b\n1;2", [["1", "2"]]),
        ("a;b\n", []),
        ("a;b", []),
        ('a;b\n"";""\n', [["", ""]]),
    ],
    ids=["both", "header", "rows", "blank lines", "blank tail", "blank top", "no end", "header only", "cut", "quoted"],
)
def test_trailing_delimiters_and_blank_lines_neither_add_nor_take_cells(
    tmp_path: Path, text: str, rows: list[list[str]]
) -> None:
    table = table_of(tmp_path, text)
    assert cells(table) == rows
    assert irregular(table) == []


def test_short_and_long_rows_are_kept_apart_with_their_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'a,b,c\n1,2,3\n"4\n",5\n6,7,8,9\n7,,\n8,9,10\n')
    assert cells(table) == [["1", "2", "3"], ["7", "", ""], ["8", "9", "10"]]
    assert irregular(table) == [(3, 2), (5, 4)]


def test_a_long_and_a_short_row_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c\n" + "1,2,3\n" * 50_000 + "1,2,3,4\n1,2\n")
    assert irregular(table) == [(50_002, 4), (50_003, 2)]
    assert table.frame.select("c0").collect().height == 50_002


@pytest.mark.parametrize("text", ['a,b,c\n1, "x,y", z\n', 'a,b,c\n1,5" or 6",\n2,5",6"\n'], ids=["space", "inches"])
def test_a_quotation_mark_inside_a_cell_is_a_character(tmp_path: Path, text: str) -> None:
    expected = [row for row in csv.reader(io.StringIO(text)) if len(row) == 3][1:]
    assert cells(table_of(tmp_path, text)) == expected


def test_polars_is_made_to_notice_what_such_a_mark_hid_in_a_large_file(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'a,b,c\n1, "x,y", z\n' + "1,2,3\n" * 1_500_000)
    message = r"answers\.csv:2: has 4 cells where the header has 3"
    with pytest.raises(Unreadable, match=message), polars_told(table.name, table.parts):
        table.frame.filter(pl.col("cells").is_null()).select("c0").collect()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'a,b\n1,2\n"x,4\n5,6\n',
            "answers.csv:3:1: the quotation mark that opens a cell here (`x,4 5,6…`) is never closed",
        ),
        ('a,"b\n1,2\n', "answers.csv:1:3: the quotation mark that opens a cell here (`b 1,2…`) is never closed"),
        (
            'a,b\n"1\n2",x\n3,"4\n5,"6"\n',
            'answers.csv:4:3: the quotation mark that opens a cell here (`4 5,"6"…`) closes',
        ),
        (
            'a,b\n1,"2" x\n3,4\n',
            'answers.csv:2:3: the quotation mark that opens a cell here (`2" x 3,4…`) closes before',
        ),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told_with_the_line_where_it_opened(
    tmp_path: Path, text: str, message: str
) -> None:
    assert complaint(tmp_path, text).startswith(message)
    more = text + "7,8\n" * 100_000
    assert complaint(tmp_path, more).startswith(message.partition("(")[0])


def test_a_cell_may_be_longer_than_python_s_csv_module_allows(tmp_path: Path) -> None:
    long = "x" * 200_000
    assert cells(table_of(tmp_path, f'a,b\n"{long}",1\n2,3,4\n')) == [[long, "1"]]
    assert cells(table_of(tmp_path, f"a,{long}\n1,2\n")) == [["1", "2"]]


def test_nul_in_a_cell_is_told(tmp_path: Path) -> None:
    assert complaint(tmp_path, "a,b\n1,\0\n").startswith("answers.csv:2:3: holds a NUL")


CELLS = st.text(st.sampled_from('ab,;"\n é1'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_the_rows_are_those_that_python_s_csv_module_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], all_quoted: bool, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL)
    writer.writerows([["h1", "h2", "h3"], *rows])
    table = table_of(tmp_path_factory.mktemp("csv"), text.getvalue())
    whole = [row for row in rows if len(row) == 3 or (len(row) > 3 and not any(row[3:]))]
    assert cells(table) == [row[:3] for row in whole]
    assert len(irregular(table)) == len(rows) - len(whole)


def test_lines_are_found_of_few_rows_in_a_long_file(tmp_path: Path) -> None:
    random.seed(7)
    lines = [f'{number},"{"x" * random.randrange(40)}{chr(10) * random.randrange(3)}"' for number in range(60_000)]
    table = table_of(tmp_path, "a,b\n" + "\n".join(lines) + "\n")
    wanted = [0, 1, 29_999, 59_999]
    before = [sum(line.count("\n") + 1 for line in lines[:row]) for row in wanted]
    assert [place.line for place in places_of(table, [(0, row) for row in wanted])] == [2 + count for count in before]


def test_a_large_csv_is_scanned_and_not_copied(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n" + "1,2\n" * 100_000)
    assert table.parts[0].path == tmp_path / "answers.csv"
    assert table.spool
    assert [path for path in Path(table.spool.name).rglob("*") if path.is_file()] == []


# ------------------------------------------------------------------------------------------------ other kinds


def sheet(path: Path, rows: Sequence[Sequence[object]], first: tuple[int, int] = (0, 0), name: str = "Answers") -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                write = page.write_string if isinstance(cell, str) else page.write
                if cell is not None:
                    write(first[0] + number, first[1] + column, cell)
    return path


def test_a_spreadsheet_has_numbers_days_and_texts(tmp_path: Path) -> None:
    day = datetime.date(2013, 2, 12)
    rows: list[list[object]] = [
        ["id", 2, "text", "day", "mixed", "empty"],
        [1, 0.5, "Zürich", day, 3, None],
        [2.0, None, "=x", day, "n/a", None],
    ]
    table = read_table(str(sheet(tmp_path / "a.xlsx", [*rows[:1], [None], *rows[1:]], first=(2, 1))))
    assert table.headers == ("id", "2", "text", "day", "mixed", "empty")
    frame = table.frame.collect()
    assert [frame[f"c{index}"].to_list() for index in range(6)] == [
        [1.0, 2.0], [0.5, None], ["Zürich", "=x"], [day, day], ["3", "n/a"], [None, None],
    ]  # fmt: skip
    assert [place.line for place in places_of(table, [(0, 0), (0, 1)])] == [5, 6]


def test_a_column_keeps_its_type_over_many_rows_or_becomes_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["a", "b"]]
    rows += ([number % 5, number % 2] for number in range(5_000))
    rows.append(["none", 1])
    frame = read_table(str(sheet(tmp_path / "a.xlsx", rows))).frame.collect()
    assert (frame["c0"][0], frame["c0"][-1]) == ("0", "none")
    assert frame["c1"].dtype == pl.Int64
    assert frame.height == 5_001


def test_the_first_sheet_that_holds_something_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Cover")
        for name in ("Answers", "Codes"):
            book.add_worksheet(name).write_column(0, 0, [name, 1])
    table = read_table(str(tmp_path / "a.xlsx"))
    assert table.headers == ("Answers",)
    assert table.remarks == ("Read the sheet `Answers` alone, not `Cover`, `Codes`; what is hidden is never read.",)


def workbook(path: Path, *hidden: str, **sheets: Sequence[str]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, cells in sheets.items():
            page = book.add_worksheet(name)
            page.write_column(0, 0, [cells[0], 1])
            page.write_row(0, 0, cells)
            if name in hidden:
                page.hide()
    return path


def awards_in(path: Path) -> Table:
    return read_table(str(path), fit=lambda layout: sum("awards" in heading.names for heading in layout.headings))


def test_the_sheet_that_answers_questions_is_read_wherever_it_stands(tmp_path: Path) -> None:
    table = awards_in(workbook(tmp_path / "a.xlsx", ReadMe=["Survey of 2026"], Data=["id", "awards"], Codes=["code"]))
    assert table.headers == ("id", "awards")
    assert "Read the sheet `Data` alone, not `ReadMe`, `Codes`" in table.remarks[0]
    assert awards_in(workbook(tmp_path / "b.xlsx", ReadMe=["Survey"], Notes=["note"])).headers == ("Survey",)


def test_two_sheets_that_answer_questions_are_asked_about(tmp_path: Path) -> None:
    waves = {"Wave1": ["awards"], "Wave2": ["id", "awards"]}
    with pytest.raises(Unreadable, match="several sheets answer questions, `Wave1` and `Wave2`; hide those that are"):
        awards_in(workbook(tmp_path / "a.xlsx", **waves))
    assert awards_in(workbook(tmp_path / "a.xlsx", "Wave2", **waves)).headers == ("awards",)


ODS = (
    '<?xml version="1.0"?>'
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>awards</text:p>'
    '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="{rows}">'
    '<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="3"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></o:document-content>"
)


def ods(path: Path, rows: int, columns: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", ODS.format(rows=rows, columns=columns))
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def test_an_ods_sheet(tmp_path: Path) -> None:
    table = read_table(str(ods(tmp_path / "a.ods", 2, 1)))
    assert (table.headers, table.frame.collect()["c0"].to_list()) == (("awards",), [3.0, 3.0])


def test_parquet_keeps_numbers_and_takes_nan_for_empty(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "whole": [1, 2],
            "part": [0.5, float("nan")],
            "flag": [True, None],
            "kind": pl.Series(["x", "y"], dtype=pl.Categorical),
            "a.b`c": ["1", None],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    table = read_table(str(tmp_path / "a.parquet"))
    assert table.headers == ("whole", "part", "flag", "kind", "a.b`c")
    assert table.frame.collect().rows() == [(1, 0.5, "true", "x", "1", None), (2, None, None, "y", None, None)]
    assert str(places_of(table, [(0, 1)])[0]).endswith("a.parquet:2")


def test_json_lines_have_the_keys_of_all_objects(tmp_path: Path) -> None:
    text = '{"id": 1, "awards": "jury"}\n\n{"id": 2.5, "late": true, "awards": null}\n'
    table = table_of(tmp_path, text, "a.jsonl")
    assert table.headers == ("id", "awards", "late")
    assert cells(table) == [["1", "jury", ""], ["2.5", "", "true"]]
    assert [place.line for place in places_of(table, [(0, 1), (0, 0)])] == [3, 1]


@pytest.mark.parametrize("name", ["a[1].jsonl", "a*.jsonl", "a b%41.jsonl"])
@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
def test_json_lines_under_any_name_with_a_bom_or_without(tmp_path: Path, name: str, bom: bytes) -> None:
    (tmp_path / "a1.jsonl").write_text('{"awards": "another"}\n')
    table = table_of(tmp_path, bom + b'{"awards": 1}\r\n{"awards": 2}', name)
    assert cells(table) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,}\n', "a.jsonl:1:9: is no JSON"),
        ('{"a": 1, "a": 2}\n', "a.jsonl:1:1: names a key twice"),
        ('{"a": 2} {"a": 3}\n', "a.jsonl:1:9: goes on after the object"),
        ('{"a": NaN}\n', "a.jsonl:1:1: is no JSON: nan is not allowed"),
        ('{"a": ' + "9" * 5_000 + "}\n", "a.jsonl:1:1: holds a number that no program can keep"),
        ('{"a":' + "[" * 1_000_000, "a.jsonl:1:1: lists or objects are nested deeper than 32"),
        ('{"a": "\udcff"}\n', "a.jsonl:1:8: is no UTF-8"),
        ('[{"a": 1}]\n', "a.jsonl: is JSON, but not one object a line"),
    ],
)
def test_faults_of_json_lines_have_their_place(tmp_path: Path, text: str, message: str) -> None:
    assert complaint(tmp_path, text.encode("utf-8", "surrogateescape"), "a.jsonl").startswith(message)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"a": 1,}', "is no JSON: "),
        (b'{"a":', "is no JSON: "),
        (b'{"a": 1, "a": 2}', "names a key twice; keep one of them (at character 1)"),
        (b"[1]", "is no object; "),
        (b"null", "is no object; "),
        (b'{"a": NaN}', "is no JSON: nan is not allowed"),
        (b'{"a": "\xff"}', "is no UTF-8; JSON must be (at character 8)"),
        (b'{"a": 1e400}', "holds a number that no program can keep"),
        (rb'{"a": "\ud800"}', r"has half a character, \ud800, without its other half"),
        (b'{"a": 2} {"a": 3}', "goes on after the object; write one a line (at character 9)"),
    ],
)
@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8])
def test_a_line_that_is_no_object_is_a_row_that_cannot_be_read(
    tmp_path: Path, start: bytes, line: bytes, fault: str
) -> None:
    table = table_of(tmp_path, start + b'{"a": 1}\n\n' + line + b'\n{"a": 3}\n', "a.jsonl")
    assert table.numbered().collect().select("c0", "cells", "row").rows() == [
        ("1", None, 0),
        (None, 0, 1),
        ("3", None, 2),
    ]
    place, sound = places_of(table, [(0, 1), (0, 2)])
    assert str(place).endswith("a.jsonl:3")
    assert place.fault.startswith(fault)
    assert (sound.line, sound.fault) == (4, "")


# -------------------------------------------------------------------------------------- several files, streams


def test_a_pattern_names_files_that_are_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("awards;b\n3;4\n5\n")
    (tmp_path / "a.csv").write_text("awards,b\n1,2\n")
    table = read_table(f"{tmp_path}/*.csv")
    frame = table.numbered().collect()
    assert frame.select("c0", "c1", "cells", "part", "row").rows() == [
        ("1", "2", None, 0, 0), ("3", "4", None, 1, 0), ("5", None, 1, 1, 1),
    ]  # fmt: skip
    assert [str(place).removeprefix(f"{tmp_path}/") for place in places_of(table, [(1, 1), (0, 0)])] == [
        "b.csv:3",
        "a.csv:2",
    ]


def test_files_of_other_headers_are_not_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("awards,b\n1,2\n")
    (tmp_path / "b.csv").write_text("awards,c\n3,4\n")
    with pytest.raises(Unreadable, match=r"b\.csv: lacks `b` and has `c`, unlike .*a\.csv; give them apart"):
        read_table(f"{tmp_path}/*.csv")
    (tmp_path / "b.csv").write_text("awards\n3\n")
    with pytest.raises(Unreadable, match=r"b\.csv: lacks `b`, unlike .*a\.csv; give them apart"):
        read_table(f"{tmp_path}/*.csv")
    (tmp_path / "b.csv").write_text("awards,b,b\n3,4,5\n")
    with pytest.raises(Unreadable, match=r"b\.csv: has 3 columns, .*a\.csv 2; give them apart"):
        read_table(f"{tmp_path}/*.csv")
    (tmp_path / "b.csv").write_text("b,awards\n3,4\n")
    with pytest.raises(Unreadable, match=r"b\.csv: its column #1 is `b`, in .*a\.csv `awards`; give them apart"):
        read_table(f"{tmp_path}/*.csv")


def test_a_pattern_that_names_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no file has such a name"):
        read_table(f"{tmp_path}/*.csv")


def test_a_file_whose_name_is_a_pattern_is_that_file(tmp_path: Path) -> None:
    assert table_of(tmp_path, "awards\n1\n", "a[1].csv").headers == ("awards",)


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (csv_text().encode(), sheet(tmp_path / "a.xlsx", [["awards"], [3]]).read_bytes()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        table = read_table("-")
        assert (table.headers[0], table.name) == ("awards", "standard input")
        assert table.frame.collect().height > 0


def test_what_was_written_for_a_table_goes_with_it(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1\n".encode("utf-16"))
    assert table.spool
    folder = Path(table.spool.name)
    assert list(folder.rglob("*.regular.csv"))
    table.spool.cleanup()
    assert not folder.exists()


def made(path: Path, make: Callable[[Path], object]) -> str:
    make(path)
    return str(path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "no regular file; pipe it in"),
        (lambda path: path.mkdir(), r"a folder; give a file, or a pattern"),
        (lambda path: path.symlink_to("/dev/zero"), "no regular file"),
        (lambda path: path.symlink_to(path), "cannot be opened"),
        (lambda path: path.symlink_to("nowhere"), "no such file"),
        (Path.as_posix, "no such file"),
        (lambda path: path.write_bytes(b""), "is empty"),
    ],
    ids=["fifo", "folder", "endless device", "link to itself", "broken link", "missing", "empty"],
)
def test_only_regular_files_are_read(tmp_path: Path, make: Callable[[Path], object], reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match=reason):
        read_table(made(tmp_path / "a.csv", make))
    assert time.monotonic() - started < 1


# ------------------------------------------------------------------------------------------------------ hostile

MIB = 1 << 20
SMALL = 4 * MIB


def far_cell(path: Path) -> None:
    sheet(path, [["awards"], [3]], first=(0, 0))
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "awards")
        page.write(1_048_575, 16_383, 1)


def bomb(path: Path) -> None:
    """A sheet that unpacks to 64 MiB of blanks."""
    far_cell(path)
    parts = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            with archive.open(name, "w") as part:
                if name.endswith("sheet1.xml"):
                    for _ in range(16):
                        part.write(b" " * SMALL)
                part.write(data)


def zipped_csv(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("answers.csv", "awards\n1\n")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "commas": (lambda path: path.write_bytes(b"," * SMALL), "has 4,194,305 columns"),
    "newlines": (lambda path: path.write_bytes(b"\n" * SMALL), "holds no header row"),
    "quotes": (lambda path: path.write_bytes(b'"' * (SMALL - 1)), ":1:1: the quotation mark"),
    "open quote": (lambda path: path.write_bytes(b'a,b\n1,"x\n' + b"1,2\n" * MIB), ":2:3: the quotation mark"),
    "zeros": (lambda path: path.write_bytes(bytes(SMALL)), ":1:1: holds nothing but NUL"),
    "noise": (lambda path: path.write_bytes(b"a\xff\x00" + random.Random(1).randbytes(SMALL)), "holds a NUL"),
    "brackets": (lambda path: path.write_bytes(b'{"a":' + b"[" * SMALL), "nested deeper than 32"),
    "keys": (
        lambda path: path.write_text("".join(f'{{"k{i}": 1}}\n' for i in range(200_000))),
        "no survey has so many",
    ),
    "far cell": (far_cell, "need more memory than such a file should"),
    "many repeats": (lambda path: ods(path, 10_000, 1_000), "need more memory than such a file should"),
    "more repeats": (lambda path: ods(path, 1_048_576, 16_384), "is no spreadsheet that can be read"),
    "bomb": (bomb, "would unpack to"),
    "zipped CSV": (zipped_csv, "is a ZIP archive (it holds answers.csv); unpack it"),
    "no zip": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(1000)), "is no spreadsheet that can be read"),
    "no XLS": (lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(SMALL)), "is no spreadsheet"),
    "no Parquet": (lambda path: path.write_bytes(b"PAR1" + bytes(SMALL) + b"PAR1"), "cannot be read as a table"),
    "short Parquet": (lambda path: path.write_bytes(b"PAR1"), "cannot be read as a table"),
    "gzip": (lambda path: path.write_bytes(b"\x1f\x8b" + bytes(1000)), "is compressed with gzip"),
    "HTML": (lambda path: path.write_bytes(b"<html><table>"), "is a web page or XML"),
    "PDF": (lambda path: path.write_bytes(b"%PDF-1.7"), "is a PDF"),
}

READ_IN_A_PROCESS = """
import resource, sys
from cvp.errors import CvpError
from cvp.tables.reading import read_table
try:
    read_table(sys.argv[1])
except CvpError as error:
    print(error.exit_code, str(error).replace(chr(10), " ")[:400])
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
# ru_maxrss counts the parent that this program was forked from too.
lines = open("/proc/self/status").readlines() if sys.platform == "linux" else []
peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), own.ru_maxrss)
print(sum(used.ru_utime + used.ru_stime for used in (own, others)), max(peak, others.ru_maxrss) // 1024)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_message_soon_and_in_little_memory(tmp_path: Path, name: str) -> None:
    make, message = HOSTILE[name]
    path = tmp_path / "hostile\x1b[2J"
    make(path)
    done = subprocess.run(
        [sys.executable, "-c", READ_IN_A_PROCESS, str(path)], capture_output=True, text=True, check=True
    )
    said, used = done.stdout.splitlines()
    seconds, mebibytes = map(float, used.split())
    assert message in said
    assert said.startswith("3 ")
    assert "\x1b" not in said
    assert seconds < 2
    assert mebibytes < 200


def test_damaged_parquet_never_ends_in_anything_but_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"awards": [1, 2, 3] * 100, "b": ["x", "y", None] * 100}).write_parquet(path)
    sound = path.read_bytes()
    dice = random.Random(3)
    for _ in range(150):
        data = bytearray(sound)
        for _ in range(3):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data[: dice.randrange(len(data))] if dice.random() < 0.2 else data)
        try:
            table = read_table(str(path))
            with polars_told(table.name, table.parts):
                table.frame.collect()
        except CvpError as error:
            assert str(path) in str(error)


def test_without_calamine_it_says_the_line_that_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sheet(tmp_path / "answers.xlsx", [HEADERS, *ROWS])
    (tmp_path / "python_calamine.py").write_text("raise ModuleNotFoundError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(MissingExtra) as caught:
        read_table(str(file))
    assert str(caught.value) == (
        f"{file}: needs python-calamine, which is not installed; run: pip install 'cvp-assess[tables]'"
    )


def test_a_spreadsheet_behind_a_password_is_told() -> None:
    from cvp.tables.files.spreadsheets import _why

    assert _why(8, "PasswordError: encrypted") == "is protected by a password; save it without one"
    assert "far below" in _why(-6, "memory allocation failed")


def test_what_polars_cannot_read_is_told_with_its_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, 'a,b\n1,2\n"3"x,4\n').startswith("answers.csv:3:1: the quotation mark")


def test_an_unknown_dialect(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("awards\n1\n")
    with pytest.raises(WrongUsage, match=r"--dialect qualtrix: is no dialect; did you mean qualtrics\?"):
        read_table(str(tmp_path / "a.csv"), "qualtrix")


def test_without_polars_the_line_that_installs_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("awards\n1\n")
    code = (
        "import sys, importlib.util as util\n"
        "real = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'polars' else real(name, *more)\n"
        "from cvp.errors import MissingExtra\nfrom cvp.tables.reading import read_table\n"
        "assert 'polars' not in sys.modules\n"
        "try: read_table(sys.argv[1])\nexcept MissingExtra as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.csv")], capture_output=True, text=True, check=True
    )
    assert "pip install 'cvp-assess[tables]'" in done.stdout


def test_kinds_are_told_by_content_not_by_ending(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["awards"], [3]]).rename(tmp_path / "a.csv")
    assert read_table(str(path)).parts[0].kind == Kind.SPREADSHEET
