"""`cvp assess --answers` as scripts and people call it: output, files, exit codes, what it says of bad input."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_files import assert_golden
from jsonschema import Draft7Validator
from real import needs
from typer.testing import Result

from cvp.catalogue import folder
from cvp.commands.failing import TYPED
from cvp.schemas import assessment_schema

Run = Callable[..., Result]

ZIPCAR = folder() / "cases" / "zipcar.yaml"
CVP = [sys.executable, "-m", "cvp"]
HOSTILE = "<script>alert(1)</script>[red]=HYPERLINK(x)[/] [link=https://x.example]Ltd"
ANSWERS = 'cvp: 1\nquestionnaire: level4\nversion: "1.0.0"\ncompany: Acme\ndate: "2026-01-31"\nanswers:\n'


def shell(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return subprocess.run([*CVP, *map(str, arguments)], env=clean | environment, capture_output=True, check=False)


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_the_report_fits_every_width(width: int) -> None:
    done = shell("assess", "--answers", ZIPCAR, COLUMNS=str(width), PYTHONUTF8="1")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert max(len(line) for line in text.splitlines()) <= width
    assert_golden(f"zipcar_{width}.txt", text)


@pytest.mark.parametrize("case", ["tivo", "instagram_policy", "invented_paid_fans", "pc_makers", "amazon_reviewers"])
def test_the_report_of_a_case(case: str) -> None:
    text = shell("assess", "--answers", ZIPCAR.with_stem(case), PYTHONUTF8="1").stdout.decode()
    assert_golden(f"{case}.txt", text)


def test_colour_is_only_where_it_is_wanted() -> None:
    assert b"\x1b" not in shell("assess", "--answers", ZIPCAR).stdout
    assert b"\x1b" not in shell("assess", "--answers", ZIPCAR, FORCE_COLOR="1", NO_COLOR="1").stdout
    coloured = shell("assess", "--answers", ZIPCAR, FORCE_COLOR="1", PYTHONUTF8="1").stdout.decode()
    assert_golden("zipcar_coloured.txt", coloured)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_poor_encoding_gets_plain_signs(encoding: str) -> None:
    done = shell("assess", "--answers", ZIPCAR, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    text = done.stdout.decode(encoding)
    assert text.isascii() == (encoding == "ascii")
    assert ("“Full price known”" in text) == (encoding == "cp1252")
    assert_golden("zipcar_ascii.txt", text.encode("ascii", TYPED).decode())


def test_letters_that_an_encoding_lacks_are_written_without_their_accents() -> None:
    said = {
        language: shell("assess", "--answers", ZIPCAR, "--lang", language, PYTHONIOENCODING="ascii").stdout.decode()
        for language in ("de", "es", "fr")
    }
    assert 'Was zuerst zu klaeren ist: "Voller Preis bekannt", "Pruefbare Aussagen"' in said["de"]
    assert "<<Precio completo conocido>>" in said["es"]
    assert "Ce qu'il faut etablir d'abord : << Prix complet connu >>" in said["fr"]
    assert not re.search(r"\\[xu]", "".join(said.values()))


def test_columns_of_nothing_are_no_columns() -> None:
    assert b"Level 2" in shell("assess", "--answers", ZIPCAR, COLUMNS="0").stdout


def test_json_fits_its_schema(run: Run) -> None:
    result = run("assess", "--answers", ZIPCAR, "--format", "json")
    assert result.exit_code == 0
    assessment = json.loads(result.stdout)
    schema = assessment_schema()
    Draft7Validator.check_schema(schema)
    Draft7Validator(schema).validate(assessment)
    assert (assessment["cvp"], assessment["level"]) == ("assessment/1", 2)
    assert_golden("zipcar.json", result.stdout)


def test_the_ending_of_the_output_means_its_format(run: Run, tmp_path: Path) -> None:
    result = run("assess", "--answers", ZIPCAR, "--output", tmp_path / "z.json", "--save", tmp_path / "s.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"cvp: saved to {tmp_path / 's.json'}\n"
    assert (tmp_path / "z.json").read_bytes() == (tmp_path / "s.json").read_bytes()
    assert run("assess", "--answers", ZIPCAR, "--output", tmp_path / "z.txt").exit_code == 0
    assert "Level 2" in (tmp_path / "z.txt").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.json", "z.json", "z.txt"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--fail-under", "2"], 0, ""),
        (["--fail-under", "3"], 1, ""),
        (["--format", "html5"], 2, "there are terminal, json"),
        (["--output", "report.xyz"], 2, "its ending means no format"),
        (["--output", "report.PDF"], 2, "take report.html and print that as PDF"),
        (["--date", "yesterday"], 2, "write it as 2013-02-12"),
        (["--output", "/no/such/folder/x.json"], 3, "no such file or directory"),
    ],
)
def test_exit_codes_and_what_they_say(run: Run, arguments: list[str], code: int, said: str) -> None:
    result = run("assess", "--answers", ZIPCAR, *arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_buyers_are_asked_in_their_own_words_and_nothing_of_that_is_saved(run: Run, tmp_path: Path) -> None:
    told = run("assess", "--answers", ZIPCAR, "--save", tmp_path / "z.json", "--format", "markdown").stdout
    assert "| How many of your orders were fulfilled as promised? | At least 9 of 10 |" in told
    assert run("report", tmp_path / "z.json", "--format", "markdown").stdout == told
    assert "were fulfilled" not in (tmp_path / "z.json").read_text(encoding="utf-8")
    german = run("assess", "--answers", ZIPCAR, "--lang", "de", "--format", "markdown").stdout
    assert "| Wie viele Ihrer Bestellungen wurden wie zugesagt erfüllt? |" in german


def test_a_questionnaire_that_none_for_buyers_mirrors_says_what_to_ask_about(run: Run) -> None:
    told = run("assess", "--answers", ZIPCAR.with_stem("mozilla_portfolio"), "--format", "markdown").stdout
    assert "| What have you seen of “Champion for members”? (You were asked: Who in your company" in told


def test_a_later_day_makes_evidence_stale(run: Run) -> None:
    tivo = ZIPCAR.with_stem("southwest")
    today = json.loads(run("assess", "--answers", tivo, "--format", "json").stdout)
    later = json.loads(run("assess", "--answers", tivo, "--format", "json", "--date", "2020-01-01").stdout)
    assert (today["level"], later["level"]) == (3, 2)


def test_answers_come_through_a_pipe(run: Run) -> None:
    result = run("assess", "--answers", "-", "--format", "json", stdin=ANSWERS + "  promise_kept: '?'\n")
    assert json.loads(result.stdout)["company"] == "Acme"


def test_several_files_are_several_respondents(run: Run, tmp_path: Path) -> None:
    for name, choice in (("a", "price_only"), ("b", "outcome"), ("c", "outcome")):
        (tmp_path / f"{name}.yaml").write_text(f"{ANSWERS}  buyers_talk_price: {choice}\n")
    files = [part for name in "abc" for part in ("--answers", str(tmp_path / f"{name}.yaml"))]
    room = json.loads(run("assess", *files, "--format", "json").stdout)["room"]
    assert room["respondents"] == 3
    votes = next(c for c in room["criteria"] if c["id"] == "buyers_talk_price")
    assert (votes["rounds"][-1]["frequencies"], votes["answer"]) == ([1, 0, 0, 0, 2], "outcome")
    assert "3 respondents" in run("assess", *files).stdout


BOMB = "a: &a [x]\n" + "".join(f"{n}: &{n} [{', '.join(['*a'] * 10)}]\n" for n in "bcdefgh")
BAD_FILES = {
    "unknown key": (ANSWERS.replace("company", "compani"), "CVP111", ":4:1:"),
    "duplicate key": (ANSWERS + "  awards: none\n  awards: jury\n", "CVP105", ":8:3:"),
    "alias bomb": (
        "a: &a [x]\n" + "".join(f"{n}: &{n} [{', '.join(['*a'] * 10)}]\n" for n in "bcdefgh"),
        "CVP106",
        ":1:4:",
    ),
    "deep nesting": ("[" * 10_000, "CVP104", ":1:33:"),
    "NUL": (ANSWERS + "  awards: no\0ne\n", "CVP103", ":7:13:"),
    "latin-1": (ANSWERS.replace("Acme", "Caf\xe9"), "CVP102", ":4:13:"),
    "unknown choice": (ANSWERS + "  awards: id: no\n", "CVP101", ":7:13:"),
    "choice no": (ANSWERS + "  awards: no\n", "CVP504", ":7:11:"),
    "bare question mark": (ANSWERS + "  awards: ?\n", "CVP101", ":7:11:"),
    "other questionnaire": (ANSWERS.replace("level4", "nobodys") + "  awards: none\n", "CVP501", ":2:16:"),
    "empty file": ("", "CVP1", ":1:1:"),
}


@pytest.mark.parametrize(("text", "code", "place"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_gets_a_message_with_a_place(tmp_path: Path, text: str, code: str, place: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(text.encode("latin-1"))
    done = shell("assess", "--answers", file)
    said = done.stderr.decode()
    assert done.returncode == 3
    assert done.stdout == b""
    assert f"{file}{place}" in said
    assert code in said
    assert "Traceback" not in said


def test_answers_of_another_questionnaire_than_the_one_named_are_refused(run: Run) -> None:
    result = run("assess", "quick", "--answers", ZIPCAR)
    assert result.exit_code == 3
    assert "are for `level4`, not for `quick`" in result.stderr


def test_an_id_that_yaml_1_1_reads_as_false_is_a_text(run: Run, tmp_path: Path) -> None:
    starter = tmp_path / "q.yaml"
    assert run("new", starter).exit_code == 0
    starter.write_text(
        starter.read_text(encoding="utf-8").replace("id: price_known", "id: no").replace("price_known:", "no:")
    )
    answers = tmp_path / "a.yaml"
    answers.write_text(ANSWERS.replace("level4", "q") + "  no: most\n")
    assert run("assess", starter, "--answers", answers).exit_code == 0


def test_a_hostile_company_is_shown_literally_and_steers_nothing() -> None:
    title = "\x1b]0;owned\x07"
    done = shell("assess", "--answers", ZIPCAR, "--company", HOSTILE + title, PYTHONUTF8="1", COLUMNS="120")
    assert HOSTILE + "\\x1b]0;owned\\x07" in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_a_reader_that_goes_away_is_no_fault() -> None:
    writer = subprocess.Popen(
        [*CVP, "assess", "--answers", str(ZIPCAR)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout
    assert writer.stderr
    writer.stdout.close()
    assert (writer.wait(30), writer.stderr.read()) == (141, b"")


def test_a_full_disk_is_told() -> None:
    needs(Path("/dev/full").exists(), "this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        command = [*CVP, "assess", "--answers", str(ZIPCAR)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"no space left" in done.stderr


@pytest.mark.parametrize(
    ("options", "budget", "without"),
    [
        (["--budget", "10"], 10, ""),
        (["--by", "2013-02-26"], 10, ""),
        (["--by", "2013-03-26", "--budget", "7"], 7, ""),
        (["--by", "2013-02-14", "--budget", "7"], 2, ""),
        (["--exclude", "{first}"], None, "{first}"),
    ],
)
def test_the_path_keeps_to_what_it_must(run: Run, options: list[str], budget: int | None, without: str) -> None:
    free = json.loads(run("assess", "--answers", ZIPCAR, "--date", "2013-02-12", "--format", "json").stdout)
    first = free["path"]["steps"][0]["recommendation"]
    options = [option.format(first=first) for option in options]
    result = run("assess", "--answers", ZIPCAR, "--date", "2013-02-12", "--format", "json", *options)
    path = json.loads(result.stdout)["path"]
    assert path["budget"] == budget
    assert path["effort"] <= (budget or 10_000)
    assert [excluded["recommendation"] for excluded in path["excluded"]] == ([first] if without else [])
    assert (first in [step["recommendation"] for step in path["steps"]]) <= (not without)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (
            ["--exclude", "reviewer_standin"],
            3,
            "--exclude reviewer_standin: `level4` has no such recommendation; did you",
        ),
        (["--exclude", "zzz"], 3, "cvp show level4 names them"),
        (["--by", "soon"], 2, "--by soon: is no day"),
        (["--by", "2013-02-12"], 2, "leaves no working day after the assessment's, 2013-02-12"),
        (["--budget", "-1"], 2, "--budget"),
    ],
)
def test_a_path_that_nothing_can_keep_to_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answered = run("assess", "--answers", ZIPCAR, *options)
    asked = run("assess", "--company", "Acme", "--date", "2013-02-12", "--plain", *options, stdin="1\nq\n")
    for result in (answered, asked):
        assert (result.exit_code, result.stdout) == (code, "")
        assert said in result.stderr
    assert "Question 1" not in asked.stderr
    assert list(tmp_path.iterdir()) == []


def test_nobody_to_ask_is_wrong_usage() -> None:
    done = subprocess.run([*CVP, "assess"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"give --answers FILE" in done.stderr


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    for name in ("yaml", "rich", "pydantic", "typer"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('planted')")
    done = subprocess.run([*CVP, "list"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"planted" in done.stderr) == (0, False)


def test_the_path_never_leads_down_whatever_is_open(run: Run, tmp_path: Path) -> None:
    """A prerequisite lifts an open answer of a gate that holds; it must not bring that gate down."""
    answers = (
        "  buyers_talk_price: outcome\n  promise_kept: nearly_all\n  job_is_named: most\n  peer_contact: all_year\n"
    )
    file = tmp_path / "d.yaml"
    file.write_text(ANSWERS + answers)
    a = json.loads(run("assess", "--answers", file, "--format", "json").stdout)
    assert a["level"] == 2
    assert a["path"]["projected_level"] == 4
    assert a["path"]["supposed"] > 0
    told = " ".join(run("assess", "--answers", file).stdout.split())
    assert "open answers are at the lowest choice; at the highest" in told


def test_answers_about_two_companies_are_not_mixed(run: Run, tmp_path: Path) -> None:
    for name in ("Acme", "Other"):
        (tmp_path / f"{name}.yaml").write_text(ANSWERS.replace("Acme", name) + "  awards: none\n")
    files = ["--answers", tmp_path / "Acme.yaml", "--answers", tmp_path / "Other.yaml"]
    result = run("assess", *files)
    assert result.exit_code == 3
    assert "about Acme and Other" in result.stderr
    assert run("assess", *files, "--company", "Acme Group").exit_code == 0
    assert run("assess", *files[:2], *files[:2]).exit_code == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Most name, unasked, a job that got done", "that is the label of `proven`; write `proven`"),
        ("don't know", 'write "?" for don\'t know'),
        ("provn", "did you mean `proven`?"),
        ("whatever", "the choices are"),
        ("4", "write the value of a choice"),
        ("", "write the value of a choice"),
        ("{not_applicable: true}", "write the reason"),
    ],
)
def test_common_slips_are_told_with_what_to_write_instead(run: Run, tmp_path: Path, answer: str, said: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"{ANSWERS}  job_is_named: {answer}\n")
    result = run("assess", "--answers", file)
    assert result.exit_code == 3
    assert said in result.stderr


def test_an_assessment_given_as_answers_is_told_apart(run: Run, tmp_path: Path) -> None:
    assert run("assess", "--answers", ZIPCAR, "--save", tmp_path / "z.json").exit_code == 0
    result = run("assess", "--answers", tmp_path / "z.json")
    assert result.exit_code == 3
    assert "is an assessment, which holds results" in result.stderr


def test_a_report_says_who_answered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(ANSWERS + "  awards: none\n")
    assert "A claim: these are the company's own answers" in run("assess", "--answers", file).stdout
    assert "A claim: answered by cvp's authors" in run("assess", "--answers", ZIPCAR).stdout
