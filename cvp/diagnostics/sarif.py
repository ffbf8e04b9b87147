"""SARIF 2.1.0, which code scanning servers and editors read; places of the specification in brackets."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from cvp import __version__
from cvp.diagnostics import Show
from cvp.diagnostics.ascii_json import Json, written
from cvp.diagnostics.fingerprint import fingerprints
from cvp.diagnostics.names import name_here
from cvp.finding import Finding, Run, Severity
from cvp.rules import BY_CODE
from cvp.text import printable

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_TEXT: Final = str.maketrans({"[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})


def render(run: Run, show: Show) -> str:  # noqa: ARG001 - one log, whoever reads it
    suppressed = [passed for file in run.files for passed in file.suppressed]
    findings = [*run.findings, *(passed.finding for passed in suppressed)]
    reasons = [None] * len(run.findings) + [passed.reason for passed in suppressed]
    codes = sorted({finding.code for finding in findings})
    results = [
        _result(finding, codes.index(finding.code), mark, reason)
        for finding, mark, reason in zip(findings, fingerprints(findings), reasons, strict=True)
    ]
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(_rules(findings, codes), results)]})


def _run(rules: Sequence[Json], results: Sequence[Json]) -> dict[str, Json]:
    return {
        "tool": {"driver": {"name": "cvp", "semanticVersion": __version__, "rules": rules}},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The directory in which cvp was run."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _rules(findings: Sequence[Finding], codes: Sequence[str]) -> list[Json]:
    """The rules that found something: what is wrong, why it matters, how to mend it."""
    first = {finding.code: finding for finding in reversed(findings)}
    return [_rule(first[code]) for code in codes]


def _rule(finding: Finding) -> dict[str, Json]:
    rule = BY_CODE.get(finding.code)
    title, text, severity = (rule.title, rule.text, rule.severity) if rule else ("", "", finding.severity)
    described: dict[str, Json] = {
        "shortDescription": {"text": _plain(title)},
        "fullDescription": {"text": _plain(" ".join(text.split()))},
        "help": {"text": _plain(text), "markdown": text},
    }
    return {
        "id": finding.code,
        "name": finding.name,
        **(described if text else {}),
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _result(finding: Finding, index: int, fingerprint: str, reason: str | None) -> dict[str, Json]:
    """Every result says whether it is suppressed: all of a run or none do [3.27.23]."""
    kept: list[Json] = []
    if reason is not None:
        kept = [{"kind": "inSource", "status": "accepted", "justification": printable(reason)}]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(_sentence(part) for part in (finding.message, finding.help) if part.strip())},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding.file), "region": _region(finding)}}],
        "partialFingerprints": {"cvpFinding/v1": fingerprint},
        "suppressions": kept,
    }


def _artifact(file: str) -> dict[str, Json]:
    """Relative to where cvp ran; a file that lies elsewhere keeps its whole path."""
    name = name_here(file)
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return {"uri": Path(os.path.abspath(name)).as_uri()}
    return {"uri": quote(name, safe="/"), "uriBaseId": _ROOT}


def _region(finding: Finding) -> dict[str, Json]:
    place = finding.place
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _sentence(text: str) -> str:
    """With a full stop: viewers that have little room show the first sentence alone."""
    shown = _plain(text.strip())
    return shown if shown.endswith((".", "!", "?")) else shown + "."


def _plain(text: str) -> str:
    """Brackets would be links [3.11.6] and braces placeholders [3.11.5]: foreign texts have neither."""
    return printable(text).translate(_TEXT)
