"""`cvp batch` as a stranger with ten real-looking exports: thirty buyers, and the levels that the scorer gives them."""

import csv
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl
import pytest
import survey_tools
from survey_tools import TOOLS, Export, delimited, people, scored
from test_batch import write_questionnaire
from typer.testing import Result

from cvp.questionnaire import Questionnaire
from questionnaires import DAY, Part, assess, criterion, questionnaire, sheet

Run = Callable[..., Result]

WANTED: Final = ["--questionnaire", "buyers", "--date", DAY, "--output", "out.csv"]
CODES: Final = 'cvp: 1\ncells: {"*": {"88": "?", "99": "-"}}\n'
"""What REDCap's user numbered "don't know" and "not applicable" is told by a map."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("map.yaml").write_text(CODES)
    return tmp_path


def saved(export: Export) -> str:
    Path(export.name).write_bytes(export.data)
    return export.name


def rows_out(path: str = "out.csv") -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def levels(rows: Sequence[Mapping[str, str]]) -> list[tuple[int, int, int]]:
    return [(int(row["level"]), int(row["low"]), int(row["high"])) for row in rows]


def said_by_the_scorer() -> list[tuple[int, int, int]]:
    return [(one.level, one.low, one.high) for one in scored()]


def test_the_thirty_are_at_every_level() -> None:
    assert {one.level for one in scored()} == {1, 2, 3, 4}
    assert len({(one.low, one.high) for one in scored()}) > 5


@pytest.mark.parametrize("tool", TOOLS)
def test_each_export_gives_the_levels_that_the_scorer_gives(tool: str, run: Run) -> None:
    export = TOOLS[tool]()
    codes = ["--map", "map.yaml"] if tool == "redcap" else []
    done = run("batch", saved(export), *WANTED, *codes, "--rejects", "bad.csv")
    assert done.exit_code == 0, done.stderr
    assert levels(rows_out()) == said_by_the_scorer()
    assert [row[export.key].removesuffix(".0") for row in rows_out()] == list(export.keys)
    said = " ".join(done.stderr.split())
    assert export.why in said
    assert "Found the columns of 18 questions" in said
    left = sum(export.left_out.values())
    why = ", ".join(f"{count} {reason}" for reason, count in export.left_out.items())
    assert f"{30 + left} rows in = 30 scored + 0 rejected + {left} left out{f' ({why})' if why else ''}." in said
    assert len(rows_out("bad.csv")) == 0


def test_codes_of_the_survey_s_own_are_rejected_until_a_map_says_what_they_mean(run: Run) -> None:
    name = saved(survey_tools.redcap())
    done = run("batch", name, *WANTED, "--rejects", "bad.csv")
    without = [p for p in people() if not {"?", "-"} & {*p.answers.values()}]
    assert done.exit_code == 1
    assert [row["record_id"] for row in rows_out()] == [str(person.number) for person in without]
    told = rows_out("bad.csv")
    assert {row["cell"] for row in told} == {"88", "99"}
    assert len({row["line"] for row in told}) == 30 - len(without)
    assert f"31 rows in = {len(without)} scored + {30 - len(without)} rejected + 1 left out" in done.stderr


def test_kobotoolbox_s_row_of_tags_is_a_header(run: Run) -> None:
    header, *rest = survey_tools.kobotoolbox().data.decode().splitlines(keepends=True)
    tags = ";".join(f'"{"#level" if 2 <= place < 20 else ""}"' for place in range(header.count('";"') + 1))
    Path("tagged.csv").write_bytes("".join([header, f"{tags}\r\n", *rest]).encode())
    done = run("batch", "tagged.csv", *WANTED)
    assert done.exit_code == 0, done.stderr
    assert "31 rows in = 30 scored + 0 rejected + 1 left out" in done.stderr


# ------------------------------------------------------------------------------------------- how the file comes


def process(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "cvp", "batch", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)


@pytest.mark.parametrize("tool", ["limesurvey", "microsoft_forms"])
def test_a_file_may_be_piped_through(tool: str) -> None:
    done = process("-", *WANTED[:-1], "-", stdin=TOOLS[tool]().data)
    assert done.returncode == 0, done.stderr
    assert levels(list(csv.DictReader(done.stdout.decode().splitlines()))) == said_by_the_scorer()


def test_waves_of_one_survey_are_given_as_a_pattern(run: Run) -> None:
    export = survey_tools.google_forms()
    for wave in (1, 2):
        Path(f"wave {wave}.csv").write_bytes(export.data)
    done = run("batch", "wave *.csv", *WANTED)
    assert done.exit_code == 0, done.stderr
    assert levels(rows_out()) == said_by_the_scorer() * 2
    assert {(row["file"], row["row"]) for row in rows_out()} >= {("wave 1.csv", "1"), ("wave 2.csv", "30")}


def test_a_spreadsheet_saved_as_ods(run: Run) -> None:
    Path("answers.ods").write_bytes(survey_tools.opendocument(survey_tools.microsoft_forms_rows()))
    done = run("batch", "answers.ods", *WANTED)
    assert done.exit_code == 0, done.stderr
    assert levels(rows_out()) == said_by_the_scorer()


@pytest.mark.parametrize("ending", [".jsonl", ".parquet"])
def test_what_is_no_spreadsheet_keeps_texts_as_they_are(ending: str, run: Run) -> None:
    """Programs read it, to which `=` is a sign like any other; only CSV and XLSX are opened where it is a formula."""
    Path("hostile.csv").write_bytes(delimited([["respondent", "compared_by"], ["=1+1", "outcome"], ["@x", "outcome"]]))
    assert run("batch", "hostile.csv", *WANTED[:-1], f"out{ending}").exit_code == 0
    found = pl.read_parquet("out.parquet") if ending == ".parquet" else pl.read_ndjson("out.jsonl")
    assert found["respondent"].to_list() == ["=1+1", "@x"]


def test_what_is_compressed_is_to_be_unpacked_first(run: Run) -> None:
    import gzip

    Path("answers.csv.gz").write_bytes(gzip.compress(survey_tools.plain().data))
    done = run("batch", "answers.csv.gz", *WANTED)
    assert (done.exit_code, "is compressed with gzip; unpack it first" in done.stderr) == (3, True)


# --------------------------------------------------------------------------- a survey in two languages, from Excel


SCALE: Final = (
    ("nie", "Never", "Nie"),
    ("oft", "Often, if asked", "Öfter; wenn gefragt"),
    ("stets", "Always", "Stets"),
)
ASKED: Final = (
    ("Do you get it whole?", "Kommt es vollständig an?"),
    ("Does it do the job?", "Erfüllt es den Zweck?"),
    ("Would you miss it?", "Würden Sie’s vermissen – wirklich?"),
    ("Does it make you known?", "Macht es Sie bekannt?"),
)
ANSWERS: Final = tuple({f"q{n}": SCALE[(person // n) % 3][0] for n in range(1, 5)} for person in range(12))
WORDS: Final = {**{value: german for value, _, german in SCALE}, "?": "Weiß nicht", "-": "Trifft nicht zu"}


@pytest.fixture
def asked() -> Questionnaire:
    """A questionnaire in English and German, in the file `asked.yaml`."""
    choices = tuple({"value": v, "label": {"en": en, "de": de}, "score": n / 2} for n, (v, en, de) in enumerate(SCALE))
    criteria = [
        {**criterion(f"q{level}", level), "label": {"en": en, "de": de}, "choices": choices}
        for level, (en, de) in enumerate(ASKED, 1)
    ]
    made = questionnaire(criteria, default_language="en", languages={"en": "English", "de": "Deutsch"})
    write_questionnaire(Path(), made)
    return made


def german(answers: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """The answers as a German form hands them out."""
    own = ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"]
    rows = [[*own, *(text for _, text in ASKED), "Ausgaben in €"]]
    for number, given in enumerate(answers, 1):
        meta = [str(number), "05.10.2026 09:30:11", "05.10.2026 09:34:11", "anonymous", ""]
        rows.append([*meta, *(WORDS[cell] for cell in given.values()), f"{number},5"])
    return rows


def levels_of(asked: Questionnaire, answers: Sequence[Mapping[str, str]]) -> list[tuple[int, int, int]]:
    """What the scorer says of such answers."""
    unfit: Part = {"not_applicable": "so said"}
    sheets = [{key: unfit if cell == "-" else cell for key, cell in one.items() if cell} for one in answers]
    found = [assess(asked, sheet(**one)) for one in sheets]
    return [(one.level, one.low, one.high) for one in found]


OF_ASKED: Final = ["--questionnaire", "asked.yaml", *WANTED[2:]]


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_german_answers_as_excel_saves_them(delimiter: str, encoding: str, asked: Questionnaire, run: Run) -> None:
    answers = [{**one, **more} for one, more in zip(ANSWERS, [{"q2": "?"}, {"q4": "-"}, *[{}] * 10], strict=True)]
    Path("antworten.csv").write_bytes(delimited(german(answers), delimiter, encoding))
    done = run("batch", "antworten.csv", *OF_ASKED)
    assert done.exit_code == 0, done.stderr
    assert levels(rows_out()) == levels_of(asked, answers)
    assert ("it is no UTF-8" in done.stderr) == (encoding != "utf-8-sig")


@pytest.mark.usefixtures("asked")
def test_a_header_that_begins_in_german_suggests_the_flag_that_reads_it(run: Run) -> None:
    rows = german(ANSWERS)
    rows[0][2] = "Abgeschickt"  # somebody called it otherwise
    Path("antworten.csv").write_bytes(delimited(rows, ";", "cp1252"))
    done = run("batch", "antworten.csv", *OF_ASKED)
    assert "if so, give --dialect microsoft_forms" in done.stderr
    assert [row["ID"] for row in rows_out()] == [str(number) for number in range(1, 13)]


def test_decimal_commas_are_scores(asked: Questionnaire, run: Run) -> None:
    worth = {"nie": "0", "oft": "0,5", "stets": "1"}
    cells = [[str(number), *(worth[cell] for cell in one.values())] for number, one in enumerate(ANSWERS)]
    Path("antworten.csv").write_bytes(delimited([["id", "q1", "q2", "q3", "q4"], *cells], ";", "cp1252"))
    done = run("batch", "antworten.csv", *OF_ASKED)
    assert "Numbers are read as scores, from 0 to 1." in done.stderr
    assert levels(rows_out()) == levels_of(asked, ANSWERS)


def test_limesurvey_in_german_leaves_unfinished_responses_out(asked: Questionnaire, run: Run) -> None:
    """Its headers are texts unless codes are asked for; a missing day of submission tells who gave up."""
    own = ["Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache", "Zufallsstartwert", "Datum gestartet"]
    rows = [[*own, "Datum letzte Aktivität", *(text for _, text in ASKED)]]
    for number, one in enumerate(ANSWERS, 1):
        sent = "2026-10-05 09:34:11" if number <= 10 else ""
        meta = [str(number), sent, "4", "de", "179", "2026-10-05 09:30:11", "2026-10-05 09:34:11"]
        rows.append([*meta, *(WORDS[cell] for cell in one.values())])
    Path("results-survey7.csv").write_bytes(delimited(rows, encoding="utf-8-sig", quoted=True))
    done = run("batch", "results-survey7.csv", *OF_ASKED)
    assert "Read as a LimeSurvey export" in done.stderr
    assert "12 rows in = 10 scored + 0 rejected + 2 left out (2 unfinished)." in done.stderr
    assert levels(rows_out()) == levels_of(asked, ANSWERS[:10])
