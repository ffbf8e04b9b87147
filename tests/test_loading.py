"""Files: which are read, which are refused and why, and what comes out of the sound ones."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from texts import ANSWERS, QUESTIONNAIRE, SELECTION

from cvp.catalogue import shipped
from cvp.errors import UnknownQuestionnaire, Unreadable
from cvp.finding import Invalid
from cvp.loading import Finder, find_questionnaire, load_answers, load_questionnaire
from cvp.reading import MAX_BYTES, read_document

CASES = sorted((Path(str(shipped()["level4"])).parent / "cases").glob("*.yaml"))


def made(path: Path, make: Callable[[Path], object]) -> str:
    make(path)
    return str(path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "no regular file"),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "no regular file"),
        (lambda path: path.symlink_to("/dev/null"), "no regular file"),
        (lambda path: path.symlink_to(path), "cannot be opened"),
        (lambda path: path.symlink_to("nowhere"), "no such file"),
        (Path.as_posix, "no such file"),
    ],
    ids=["fifo", "folder", "endless device", "empty device", "link to itself", "broken link", "missing"],
)
def test_only_regular_files_are_read(tmp_path: Path, make: Callable[[Path], object], reason: str) -> None:
    name = made(tmp_path / "file.yaml", make)
    started = time.monotonic()
    with pytest.raises(Unreadable, match=reason) as caught:
        read_document(name)
    assert str(caught.value).startswith(f"{name}: ")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "name", ["a\0b.yaml", "", "x" * 5000, "/".join(["y" * 200] * 40)], ids=["NUL", "empty", "long", "deep"]
)
def test_a_name_that_no_file_can_have_is_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        read_document(name)


def test_a_file_over_four_mebibytes_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(3 * 2**30)
    started = time.monotonic()
    with pytest.raises(Unreadable, match="larger than 4 MiB"):
        read_document(path)
    assert time.monotonic() - started < 1


def test_a_file_of_exactly_four_mebibytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 6))
    assert read_document(path).data == {"a": 1}


def test_standard_input_is_read_and_limited() -> None:
    program = "from cvp.reading import read_document; print(read_document('-').data)"
    run = [sys.executable, "-c", program]
    assert subprocess.run(run, input=b"a: 1\n", capture_output=True, check=True).stdout == b"{'a': 1}\n"
    large = subprocess.run(run, input=b"#" * (MAX_BYTES + 1), capture_output=True, check=False)
    assert b"Unreadable: standard input: is larger than 4 MiB" in large.stderr


def test_a_questionnaire_is_found_by_its_path_or_the_id_of_a_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(QUESTIONNAIRE)
    assert find_questionnaire(str(path)) == str(path)
    assert Path(find_questionnaire("level4")).name == "level4.yaml"
    assert load_questionnaire(str(path)).id == "base"


@pytest.mark.parametrize(("name", "hint"), [("levl4", "did you mean `level4`"), ("zzz", "level4")])
def test_an_unknown_questionnaire_is_told_with_those_that_ship(name: str, hint: str) -> None:
    with pytest.raises(UnknownQuestionnaire, match=hint):
        load_questionnaire(name)


@pytest.mark.parametrize(
    "name", ["x" * 5000, "x" * 5000 + ".yaml", "a\0b", "a\0b.yaml"], ids=["long", "long file", "NUL", "NUL file"]
)
def test_a_name_that_is_neither_a_file_nor_an_id_is_an_error_of_ours(name: str) -> None:
    with pytest.raises((UnknownQuestionnaire, Unreadable)):
        load_questionnaire(name)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_ships_is_sound(name: str) -> None:
    assert load_questionnaire(name).id == name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_fit_the_questionnaire_that_they_name(path: Path) -> None:
    answers, questionnaire = load_answers(str(path), Finder(str(path)))
    assert answers.questionnaire == questionnaire.id


def test_a_file_of_answers_is_not_taken_for_a_questionnaire(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS)
    with pytest.raises(Unreadable, match="answers"):
        load_questionnaire(str(path))


@pytest.mark.parametrize("folder", [".", "cases"])
def test_answers_find_their_questionnaire_beside_them_or_one_folder_up(tmp_path: Path, folder: str) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    path = tmp_path / folder / "answers.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(ANSWERS)
    answers, questionnaire = load_answers(str(path), Finder(str(path)))
    assert (answers.company, questionnaire.id) == ("Acme", "base")
    assert questionnaire.sha256 == load_questionnaire(str(tmp_path / "base.yaml")).sha256


def test_answers_in_json_are_the_same_answers(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    path = tmp_path / "answers.json"
    path.write_text(
        '{"cvp": 1, "questionnaire": "base", "version": "1.0.0", "company": "Caf\\u00e9 \\ud83d\\ude00",'
        '\n\t"answers": {"price": "often", "job": {"choice": "yes", "evidence": [{"text": "x", "date": "2012-11"}]},'
        ' "bond": {"not_applicable": "none"}, "paid": "?"}}'
    )
    answers, _ = load_answers(str(path), Finder(str(path)))
    assert answers.company == "Café 😀"
    assert answers.answers
    assert answers.answers["job"].chosen == "yes"
    assert answers.answers["paid"].chosen is None


def test_answers_of_several_respondents_are_read(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    path = tmp_path / "answers.yaml"
    ballots = "ballots:\n  - {who: CFO, answers: {price: often}}\n  - {who: CMO, role: marketing, answers: {}}\n"
    path.write_text(ANSWERS[: ANSWERS.index("answers:")] + ballots)
    answers, _ = load_answers(str(path), Finder(str(path)))
    assert [ballot.who for ballot in answers.ballots or ()] == ["CFO", "CMO"]


def test_a_selection_is_the_picked_part_of_its_origin(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "some.yaml").write_text(SELECTION)
    whole, part = load_questionnaire(str(tmp_path / "base.yaml")), load_questionnaire(str(tmp_path / "some.yaml"))
    assert (part.id, list(part.questions)) == ("some", ["price", "bond"])
    assert [part.questions[key] for key in part.questions] == [whole.questions[key] for key in part.questions]
    assert [(r.id, r.lifts, r.after) for r in part.recommendations] == [
        ("talk", {"price": 1}, ()),
        ("join", {"bond": 1}, ("talk",)),
    ]
    assert part.levels == whole.levels
    assert part.sha256 != whole.sha256


def test_a_selection_of_choices_in_place_with_translated_labels(tmp_path: Path) -> None:
    translated = QUESTIONNAIRE.replace('{value: no, label: "No"', "{value: no, label: {en: No, de: Nein}")
    (tmp_path / "base.yaml").write_text(translated)
    (tmp_path / "some.yaml").write_text(SELECTION.replace("[price, bond]", "[price, job]"))
    assert list(load_questionnaire(str(tmp_path / "some.yaml")).questions) == ["price", "job"]


def test_answers_to_a_selection_find_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "some.yaml").write_text(SELECTION)
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS[: ANSWERS.index("answers:")].replace("base", "some") + "answers: {price: often}\n")
    assert load_answers(str(path), Finder(str(path)))[1].id == "some"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"a": "a"}, "a"),
        ({"a": "./a.yaml"}, "a"),
        ({"a": "b", "b": "a"}, "a"),
        ({"a": "b", "b": "c", "c": "b"}, "a"),
        ({"a": "quick"}, "a"),
    ],
    ids=["itself", "itself by path", "each other", "a circle further on", "a shipped selection"],
)
def test_a_selection_from_a_selection_is_refused(tmp_path: Path, files: dict[str, str], name: str) -> None:
    for file, origin in files.items():
        (tmp_path / f"{file}.yaml").write_text(SELECTION.replace("from: base", f"from: {origin}"))
    with pytest.raises(Invalid) as caught:
        load_questionnaire(str(tmp_path / f"{name}.yaml"))
    assert [finding.code for finding in caught.value.findings] == ["CVP211"]


def test_a_selection_from_an_unsound_questionnaire_is_refused(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE.replace("weight: 2", "weight: 0"))
    (tmp_path / "some.yaml").write_text(SELECTION)
    with pytest.raises(Invalid) as caught:
        load_questionnaire(str(tmp_path / "some.yaml"))
    assert [finding.code for finding in caught.value.findings] == ["CVP211"]


def test_the_error_names_the_file_and_the_place(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(QUESTIONNAIRE.replace("weight: 2", "wieght: 2"))
    with pytest.raises(Invalid) as caught:
        load_questionnaire(str(path))
    (finding,) = caught.value.findings
    assert (finding.file, finding.name, finding.severity.label) == (str(path), "unknown-key", "error")
    assert (finding.place.line, finding.place.column) == (27, 5)
    assert caught.value.exit_code == 3
