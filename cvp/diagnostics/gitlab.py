"""GitLab's Code Quality report, with the keys that ruff writes."""

from typing import Final

from cvp.diagnostics import Show
from cvp.diagnostics.ascii_json import Json, written
from cvp.diagnostics.fingerprint import fingerprints
from cvp.diagnostics.names import name_here
from cvp.finding import Finding, Run, Severity
from cvp.text import printable

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, show: Show) -> str:  # noqa: ARG001 - one report, whoever reads it
    marks = fingerprints(run.findings)
    return written([_issue(finding, mark) for finding, mark in zip(run.findings, marks, strict=True)])


def _issue(finding: Finding, fingerprint: str) -> dict[str, Json]:
    place = finding.place
    return {
        "check_name": finding.code,
        "description": f"{finding.code}: {printable(finding.message)}",
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": name_here(finding.file),
            "positions": {
                "begin": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
    }
