"""Findings as JSON for programs: versioned; `cvp schema findings` describes it."""

from typing import Final

from cvp.diagnostics import Show
from cvp.diagnostics.ascii_json import Json, written
from cvp.diagnostics.fingerprint import fingerprints
from cvp.diagnostics.names import name_here
from cvp.diagnostics.summary import tally
from cvp.finding import Checked, Finding, Run, Severity
from cvp.text import printable

VERSION: Final = "findings/1"


def render(run: Run, show: Show) -> str:  # noqa: ARG001 - JSON looks the same everywhere
    suppressed = [passed for file in run.files for passed in file.suppressed]
    marks = fingerprints([*run.findings, *(passed.finding for passed in suppressed)])
    found, let_pass = marks[: len(run.findings)], marks[len(run.findings) :]
    return written(
        {
            "cvp": VERSION,
            "summary": _summary(run),
            "findings": [_record(finding, mark) for finding, mark in zip(run.findings, found, strict=True)],
            "suppressed": [
                {**_record(passed.finding, mark), "reason": printable(passed.reason)}
                for passed, mark in zip(suppressed, let_pass, strict=True)
            ],
            "cases": [case for file in run.files for case in _case(file)],
            "rules": [{"code": code, "name": name, "count": count} for code, name, count in tally(run)],
            "files": [name_here(file.file) for file in run.files],
        }
    )


def _summary(run: Run) -> dict[str, Json]:
    cases = [file.case for file in run.files if file.case]
    return {
        "files": len(run.files),
        "files_with_findings": sum(bool(file.findings) for file in run.files),
        **{f"{s.label}s": sum(f.severity == s for f in run.findings) for s in sorted(Severity, reverse=True)},
        "suppressed": sum(len(file.suppressed) for file in run.files),
        "cases": len(cases),
        "cases_failed": sum(not case.passed for case in cases),
    }


def _record(finding: Finding, fingerprint: str) -> dict[str, Json]:
    place = finding.place
    return {
        "file": name_here(finding.file),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": printable(finding.message),
        "help": printable(finding.help),
        "fingerprint": fingerprint,
    }


def _case(file: Checked) -> list[Json]:
    if not file.case:
        return []
    case = file.case
    return [
        {
            "file": name_here(file.file),
            "name": printable(case.name),
            "passed": case.passed,
            "message": printable(case.message),
        }
    ]
