"""`cvp batch` with exports that a German office or a program saved again: the same answers, otherwise spelt."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from test_tables_dialects import PEOPLE, REASONS, answers_in, edited, left_out, quick, read, rows_of, written
from typer.testing import Result

from cvp.tables.answering.mapping import read_map
from cvp.tables.answering.matched import match
from cvp.tables.reading import read_table

Run = Callable[..., Result]

QUICK: Final = ["--questionnaire", "quick", "--date", "2026-10-05", "--output"]
STATUS, FINISHED = 2, 6
NUMBERS: Final = {"IP Address": "0", "Survey Preview": "1", "True": "1", "False": "0"}
FORMS: Final = {
    "de": ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"),
    "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"),
    "es": ("Id", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"),
}
"""How Microsoft Forms begins."""


def in_language(rows: list[list[str]], language: str) -> None:
    """Turns the labels that stand in Microsoft Forms' rows, with `;` behind some, into another language's."""
    labels = {
        quick().say(choice.label): quick().say(choice.label, language)
        for question in quick().questions.values()
        for choice in quick().choices_of(question)
    }
    rows[0][:5] = FORMS[language]
    rows[0][5:] = [quick().say(question.label, language) for question in quick().questions.values()]
    for row in rows[1:]:
        bare = [cell.removesuffix(";") for cell in row[5:]]
        row[5:] = [labels[text] + cell[len(text) :] if text else "" for text, cell in zip(bare, row[5:], strict=True)]


@pytest.mark.parametrize("spelt", [{"0": "0.0", "1": "1.0"}, {"0": "0,0", "1": "1,0"}, {"0": ",00", "1": "+01"}])
def test_qualtrics_leaves_the_same_rows_out_however_its_numbers_are_spelt(
    spelt: Mapping[str, str], tmp_path: Path
) -> None:
    def edit(rows: list[list[str]]) -> None:
        for row in rows[3:]:
            for column in (STATUS, FINISHED):
                row[column] = spelt[NUMBERS[row[column]]]

    matched = read(written(tmp_path / "answers.csv", edited("qualtrics", edit), ";", "utf-8-sig"))
    assert left_out(matched) == REASONS["qualtrics"]
    assert answers_in(matched) == PEOPLE
    assert not any("may mark rows" in note for note in matched.notes)


@pytest.mark.parametrize("spelt", [{"0": "0.0", "2": "2.0"}, {"0": "0,0", "2": "2,0"}])
def test_redcap_leaves_incomplete_rows_out_however_its_numbers_are_spelt(
    spelt: Mapping[str, str], tmp_path: Path
) -> None:
    def edit(rows: list[list[str]]) -> None:
        for row in rows[1:]:
            row[-1] = spelt[row[-1]]

    matched = read(written(tmp_path / "answers.csv", edited("redcap", edit), ";"))
    assert left_out(matched) == REASONS["redcap"]
    assert not any("may mark rows" in note for note in matched.notes)


def test_a_map_s_number_leaves_rows_out_however_either_is_spelt(tmp_path: Path) -> None:
    rows = rows_of("plain")
    for number, row in enumerate(rows):
        row.append("wave" if number == 0 else "2,0" if number == 1 else "1,0")
    path = written(tmp_path / "answers.csv", rows, ";")
    (tmp_path / "map.yaml").write_text('leave_out: {wave: ["2"]}')
    matched = match(read_table(str(path)), quick(), read_map(str(tmp_path / "map.yaml"), quick()))
    assert left_out(matched) == ["left out by the map"]
    assert not any("leaves no row out" in note for note in matched.notes)


@pytest.mark.parametrize("language", FORMS)
def test_microsoft_forms_in_other_languages_is_read_without_a_flag(language: str, tmp_path: Path) -> None:
    rows = edited("microsoft_forms", lambda rows: in_language(rows, language))
    matched = read(written(tmp_path / "answers.csv", rows, ";", "utf-8-sig"))
    assert (matched.table.dialect, answers_in(matched)) == ("microsoft_forms", PEOPLE)
    assert (matched.keys, matched.table.layout.date) == ((0,), 2)
    first, second, third = (f"`{header}`" for header in ("ID", *FORMS[language][1:3]))
    assert matched.notes[0].endswith(f"its first headers are {first}, {second} and {third}.")
    assert not any(header in note for note in matched.notes[1:] for header in FORMS[language][3:])


def test_what_cannot_be_read_suggests_the_dialect_whose_first_header_is_there(tmp_path: Path, run: Run) -> None:
    def edit(rows: list[list[str]]) -> None:
        in_language(rows, "de")
        for row in rows:
            del row[2]
        for row in rows[1:]:
            row[4:] = [f"{cell.removesuffix(';')};" if cell else "" for cell in row[4:]]

    path = written(tmp_path / "antworten.csv", edited("microsoft_forms", edit))
    done = run("batch", path, *QUICK, tmp_path / "out.csv")
    assert done.exit_code == 3
    assert "if so, give --dialect microsoft_forms" in " ".join(done.stderr.split())
    assert run("batch", path, *QUICK, tmp_path / "out.csv", "--dialect", "microsoft_forms").exit_code == 0
