"""The formats of `cvp check`, judged by the programs of those who read them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from real import NPM, NPM_MISSING, needs
from runs import HOSTILE, finding, run_below, runs

from cvp.diagnostics import Show, diagnostics
from cvp.diagnostics.github import command
from cvp.diagnostics.names import name_here, name_in_line
from cvp.finding import Checked, Run, Severity
from cvp.rules import RULES
from cvp.text import printable

XSD = xmlschema.XMLSchema(Path(__file__).parent / "third_party" / "junit-10.xsd")
RUFF = Path(sys.executable).with_name("ruff")
AS_ACTIONS_CORE = """
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
for (const [kind, message, properties] of JSON.parse(readFileSync(0, 'utf8'))) core[kind](message, properties);
"""

Annotation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def sarif_schema() -> Any:
    file = NPM / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    needs(file.exists(), NPM_MISSING)
    return json.loads(file.read_text("utf-8"))


@pytest.fixture
def actions_core() -> Callable[[list[Annotation]], list[str]]:
    """The lines that npm's @actions/core prints for annotations."""
    needs(bool(shutil.which("node")), "node is not installed")
    needs((NPM / "@actions/core").exists(), NPM_MISSING)

    def printed(annotations: list[Annotation]) -> list[str]:
        arguments = ["node", "--input-type=module", "--eval", AS_ACTIONS_CORE]
        said = json.dumps(annotations).encode()
        done = subprocess.run(arguments, input=said, capture_output=True, cwd=NPM.parent, check=True)
        return done.stdout.decode().removesuffix("\n").split("\n")

    return printed


def all_rules() -> Run:
    """A run in which every rule found something, one of its findings suppressed."""
    found = tuple(finding("a.yaml", (n, 1, n, 2), rule.code, rule.title) for n, rule in enumerate(RULES, 1))
    return Run((Checked("a.yaml", found),))


def test_nobody_skips_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    needs(True, "there it is")
    with pytest.raises(pytest.fail.Exception, match="npm ci"):
        needs(False, NPM_MISSING)
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="npm ci"):
        needs(False, NPM_MISSING)


@pytest.mark.parametrize("which", ["hostile", "rules", "empty"])
def test_sarif_multitool_finds_nothing_wrong(which: str, tmp_path: Path) -> None:
    """It exits 0 whatever it finds; what it finds it prints. SARIF2005 misses a web site, of which there is none."""
    multitool = NPM / ".bin" / "sarif-multitool"
    needs(multitool.exists(), NPM_MISSING)
    file = tmp_path / "check.sarif"
    run = {"hostile": run_below(tmp_path), "rules": all_rules(), "empty": Run(())}[which]
    file.write_text(diagnostics("sarif").render(run, Show()), encoding="utf-8")
    arguments = [str(multitool), "validate", str(file), "--level", '"Error;Warning"']  # it hands them to a shell
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert "Analysis completed successfully." in done.stdout
    said = [line for line in done.stdout.splitlines() if ": error " in line or ": warning " in line]
    assert [line for line in said if "SARIF2005" not in line] == []


def test_sarif_multitool_would_find_a_fault(tmp_path: Path) -> None:
    multitool = NPM / ".bin" / "sarif-multitool"
    needs(multitool.exists(), NPM_MISSING)
    log = json.loads(diagnostics("sarif").render(all_rules(), Show()))
    log["runs"][0]["results"][0]["surprise"] = 1
    file = tmp_path / "bad.sarif"
    file.write_text(json.dumps(log))
    done = subprocess.run([multitool, "validate", file], capture_output=True, text=True, check=True)
    assert ": error JSON1005" in done.stdout


def test_sarif_is_valid_by_its_schema(sarif_schema: Any, tmp_path: Path) -> None:
    for run in (run_below(tmp_path), all_rules(), Run(())):
        jsonschema.validate(json.loads(diagnostics("sarif").render(run, Show())), sarif_schema)


@pytest.mark.parametrize("fail_on", Severity)
@given(run=runs)
def test_junit_is_valid_by_the_schema_of_jenkins(fail_on: Severity, run: Run) -> None:
    XSD.validate(diagnostics("junit").render(run, Show(fail_on=fail_on)))


def test_github_escapes_as_actions_core_does(actions_core: Callable[[list[Annotation]], list[str]]) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in (*HOSTILE, "a,b:c%2C=d", "%", "", "plain\r\n")]
    pairs = [(message, title) for message in texts for title in texts]
    lines = actions_core([("error", message, {"title": title, "startLine": 7}) for message, title in pairs])
    ours = [command("error", {"title": title, "line": "7"}, message) for message, title in pairs]
    assert "\n".join(lines) == "\n".join(ours)


def test_github_annotates_as_actions_core_does(
    actions_core: Callable[[list[Annotation]], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = run_below(tmp_path)
    annotations: list[Annotation] = []
    for f in sorted(run.findings, key=lambda f: -f.severity):
        where = f"{name_in_line(f.file)}:{f.place.line}:{f.place.column}"
        advice = f"\nhelp: {printable(f.help)}" if f.help else ""
        properties = {
            "title": f"{f.code} {f.name}",
            "file": printable(name_here(f.file)),
            "startLine": f.place.line,
            "endLine": f.place.end_line,
        }
        if f.place.line == f.place.end_line:
            properties["startColumn"] = f.place.column
            properties["endColumn"] = max(f.place.column, f.place.end_column - 1)
        kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}[f.severity]
        annotations.append((kind, f"{where}: {printable(f.message)}{advice}", properties))
    ours = diagnostics("github").render(run, Show()).split("\n")
    assert [line for line in ours if line.startswith("::") and "title=cvp check" not in line] == actions_core(
        annotations
    )


def test_gitlab_has_the_keys_that_ruff_writes(tmp_path: Path) -> None:
    needs(RUFF.exists(), "ruff is not installed")
    (tmp_path / "faulty.py").write_text("import os\nprint(y)\n")
    arguments = [str(RUFF), "check", "--isolated", "--no-cache", "--output-format", "gitlab", "."]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    theirs, ours = json.loads(done.stdout), json.loads(diagnostics("gitlab").render(run_below(tmp_path), Show()))
    assert len(theirs) > 1
    assert {json.dumps(_shape(issue)) for issue in ours} == {json.dumps(_shape(issue)) for issue in theirs}
    assert {issue["severity"] for issue in ours} <= {"info", "minor", "major", "critical", "blocker"}


def _shape(value: Any) -> Any:
    """Keys and types, without the values."""
    if isinstance(value, dict):
        return {key: _shape(value[key]) for key in sorted(value)}
    return type(value).__name__
