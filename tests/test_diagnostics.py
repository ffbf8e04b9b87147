"""Every format of `cvp check`: whole outputs as golden files, and laws for any texts whatever."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from golden_files import assert_golden
from hypothesis import given
from runs import INFO, finding, run_below, runs

from cvp.diagnostics import FORMATS, Show, diagnostics, sarif
from cvp.diagnostics.fingerprint import fingerprints
from cvp.diagnostics.names import name_here, name_in_line
from cvp.finding import Checked, Finding, Run, Severity
from cvp.rules import Rule, file
from cvp.schemas import findings_schema
from cvp.text import UNPRINTABLE, printable

ENDINGS = {"json": "json", "gitlab": "json", "sarif": "sarif", "junit": "xml"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory; and rules of its own for SARIF, so that golden files outlive a better docstring."""

    text = "A key that nothing reads.\n\nIt is [most often] a `slip` of the pen. Mend it.\n"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(file.unknown_key, "__doc__", text)
    monkeypatch.setattr(sarif, "BY_CODE", {"CVP111": Rule("CVP111", Severity.ERROR, "file.unknown_key")})
    monkeypatch.setattr(sarif, "__version__", "0.0.0")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, here: Path) -> None:
    assert_golden(f"diagnostics/{name}.{ENDINGS.get(name, 'txt')}", diagnostics(name).render(run_below(here), Show()))


def test_golden_with_colour_and_statistics(here: Path) -> None:
    shown = diagnostics("text").render(run_below(here), Show(colour=True, statistics=True))
    assert_golden("diagnostics/text_coloured.txt", shown)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found(name: str) -> None:
    assert diagnostics(name).render(Run((Checked("a.yaml"),)), Show(statistics=True)).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
@given(run=runs)
def test_any_text_survives(name: str, run: Run) -> None:
    shown = diagnostics(name).render(run, Show(statistics=True))
    assert shown == diagnostics(name).render(run, Show(statistics=True))
    assert shown.endswith("\n")
    assert not UNPRINTABLE.search(shown)
    assert shown.isascii() or name in ("text", "concise", "github")


@given(run=runs)
def test_every_format_has_the_same_findings_in_the_same_order(run: Run) -> None:
    expected = [(f.place.line, f.place.column, f.code) for f in run.findings]
    assert [(f["line"], f["column"], f["code"]) for f in _json("json", run)["findings"]] == expected
    begin = [(issue["location"]["positions"]["begin"], issue["check_name"]) for issue in _json("gitlab", run)]
    assert [(b["line"], b["column"], code) for b, code in begin] == expected
    results = _json("sarif", run)["runs"][0]["results"]
    regions = [(r["locations"][0]["physicalLocation"]["region"], r) for r in results if not r["suppressions"]]
    assert [(g["startLine"], g["startColumn"], r["ruleId"]) for g, r in regions] == expected
    assert _places_in(_junit_texts(run), run.findings) == expected
    *lines, _ = _lines("concise", run)
    assert len(lines) == len(expected)
    assert _places_in("\n".join(lines), run.findings) == expected


@given(run=runs)
def test_json_is_what_its_schema_says(run: Run) -> None:
    data, schema = _json("json", run), findings_schema()
    jsonschema.Draft7Validator(schema).validate(data)
    assert list(data) == list(schema["properties"])
    for name in ("findings", "suppressed", "cases"):
        keys = list(schema["properties"][name]["items"]["properties"])
        assert all(list(item) == keys for item in data[name])
    assert [f["message"] for f in data["findings"]] == [printable(f.message) for f in run.findings]


@given(run=runs)
def test_fingerprints_are_unique_in_a_run(run: Run) -> None:
    data = _json("json", run)
    marks = [item["fingerprint"] for part in ("findings", "suppressed") for item in data[part]]
    assert len(set(marks)) == len(marks)


def test_a_fingerprint_stays_when_lines_move() -> None:
    before = finding("a.yaml", (3, 1, 3, 2), "CVP201", "the id `a` is taken at 2:1")
    after = finding("a.yaml", (9, 4, 9, 5), "CVP201", "the id `a` is taken at 8:1")
    assert fingerprints([before]) == fingerprints([after])
    assert fingerprints([before]) != fingerprints([finding("b.yaml", (3, 1, 3, 2), "CVP201", before.message)])


@given(run=runs)
def test_github_reads_back_what_was_said(run: Run) -> None:
    commands = [_as_the_runner_reads(line) for line in _lines("github", run) if line.startswith("::")]
    said = [(kind, p.get("file", ""), message) for kind, p, message in commands if p["title"] != "cvp check"]
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    findings = sorted(run.findings, key=lambda f: -f.severity)
    assert [(kind, file) for kind, file, _ in said] == [
        (kinds[f.severity], printable(name_here(f.file))) for f in findings
    ]
    assert all(printable(f.message) in message for f, (_, _, message) in zip(findings, said, strict=True))


@given(run=runs)
def test_github_never_drops_a_column(run: Run) -> None:
    """By the runner's ValidateLinesAndColumns."""
    for line in _lines("github", run):
        if line.startswith("::") and "title=cvp check" not in line:
            _, p, _ = _as_the_runner_reads(line)
            assert ("col" in p) == ("endColumn" in p) == (p["line"] == p["endLine"])
            assert int(p.get("endColumn", 1)) >= int(p.get("col", 1))


@pytest.mark.parametrize(
    ("place", "columns"), [((1, 3, 1, 6), "col=3,endColumn=5"), ((1, 3, 1, 3), "col=3,endColumn=3")]
)
def test_githubs_last_column_is_the_last_character(place: tuple[int, int, int, int], columns: str) -> None:
    run = Run((Checked("a.yaml", (finding("a.yaml", place, "CVP101", "x"),)),))
    assert f"line=1,endLine=1,{columns}::" in diagnostics("github").render(run, Show())


def test_github_says_that_it_hides_some_before_the_notices() -> None:
    many = [finding("a.yaml", (n, 1, n, 2), "CVP101", "x", severity) for n in range(1, 12) for severity in Severity]
    lines = _lines("github", Run((Checked("a.yaml", tuple(many)),)))
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds == ["::error"] * 11 + ["::warning"] * 11 + ["::notice"] * 12 + ["11"]
    assert "GitHub shows 10" in lines[22]


@given(run=runs)
def test_junit_counts_its_tests(run: Run) -> None:
    root = ElementTree.fromstring(diagnostics("junit").render(run, Show()))
    cases = [file.case for file in run.files if file.case]
    assert root.get("tests") == str(len(run.files) + len(cases))
    failed = sum(bool(file.findings) for file in run.files) + sum(not case.passed for case in cases)
    assert root.get("failures") == str(failed) == str(len(root.findall(".//failure")))


def test_junit_fails_what_the_command_fails() -> None:
    run = Run((Checked("a.yaml", (finding("a.yaml", (1, 1, 1, 2), "CVP405", "long", INFO),)),))
    lenient = ElementTree.fromstring(diagnostics("junit").render(run, Show(fail_on=Severity.WARNING)))
    assert lenient.get("failures") == "0"
    assert lenient.findtext(".//system-out") == "a.yaml:1:1: info CVP405 long"


@given(run=runs)
def test_sarif_has_neither_links_nor_placeholders(run: Run) -> None:
    for result in _json("sarif", run)["runs"][0]["results"]:
        text = result["message"]["text"]
        assert not re.search(r"(?<!\\)[\[\]]", text)
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))


def test_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "inside"
    below.mkdir()
    monkeypatch.chdir(below)
    given_and_shown = {
        "a.yaml": "a.yaml",
        "./b//c.yaml": "b/c.yaml",
        str(below / "d.yaml"): "d.yaml",
        "../inside/e.yaml": "e.yaml",
        "../f.yaml": "../f.yaml",
        str(tmp_path / "g.yaml"): (tmp_path / "g.yaml").as_posix(),
        "-": "-",
        "": "",
        "h\udcff.yaml": "h\\udcff.yaml",
    }
    assert {name: name_here(name) for name in given_and_shown} == given_and_shown
    monkeypatch.chdir(tmp_path)
    assert name_here(str(below / "d.yaml")) == "inside/d.yaml"


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert name_here("a.yaml") == "a.yaml"


def test_sarif_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["a b%é😀#?.yaml", "c:d.yaml", "../e.yaml", "/far/f g.yaml"]
    run = Run(tuple(Checked(name, (finding(name, (1, 1, 1, 2), "CVP101", "x"),)) for name in names))
    results = _json("sarif", run)["runs"][0]["results"]
    assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results] == [
        "a%20b%25%C3%A9%F0%9F%98%80%23%3F.yaml",
        "c%3Ad.yaml",
        (tmp_path.parent / "e.yaml").as_uri(),
        "file:///far/f%20g.yaml",
    ]


def test_text_shows_fifty_of_a_file() -> None:
    many = tuple(finding("a.yaml", (n, 1, n, 2), "CVP101", "x") for n in range(1, 61))
    shown = diagnostics("text").render(Run((Checked("a.yaml", many),)), Show())
    assert "a.yaml:50:1" in shown and "a.yaml:51:1" not in shown
    assert shown.endswith("and 10 more findings\n\n60 errors in 1 of 1 file.\n")


def _json(name: str, run: Run) -> Any:
    return json.loads(diagnostics(name).render(run, Show()))


def _lines(name: str, run: Run) -> list[str]:
    return diagnostics(name).render(run, Show()).removesuffix("\n").split("\n")


def _junit_texts(run: Run) -> str:
    root = ElementTree.fromstring(diagnostics("junit").render(run, Show()))
    return "\n".join(text for test in root[0] for text in test.itertext() if text.strip())


def _places_in(text: str, findings: tuple[Finding, ...]) -> list[tuple[int, int, str]]:
    """The findings that the text names, each after the one before."""
    found, position = [], 0
    for f in findings:
        head = f"{name_in_line(f.file)}:{f.place.line}:{f.place.column}: {f.severity.label} {f.code} "
        position = text.find(head, position)
        if position < 0:
            break
        position += len(head)
        found.append((f.place.line, f.place.column, f.code))
    return found


def _as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """As ActionCommand.TryParseV2 of actions/runner does."""
    head, _, message = line[2:].partition("::")
    name, _, said = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in said.split(",") if pair)
    return name, {key: _unescaped(value, ":,") for key, value in properties.items()}, _unescaped(message)


def _unescaped(text: str, more: str = "") -> str:
    for character in f"\r\n{more}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text
