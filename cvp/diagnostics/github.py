"""Workflow commands: GitHub's runner turns each line into an annotation beside the line of the file.

Escaped as npm's @actions/core does it. The runner drops all columns of an annotation over several lines, and those
that end before they begin (its ActionCommandManager), so that none such are written.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from cvp.diagnostics import Show
from cvp.diagnostics.names import name_here
from cvp.diagnostics.summary import statistics, summary
from cvp.diagnostics.text import where_of
from cvp.finding import Finding, Run, Severity
from cvp.text import printable

MOST: Final = 10
"""So many annotations of a kind does GitHub show a step; the others it drops and does not say so."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_IN_PROPERTY: Final = {**_IN_DATA, ord(":"): "%3A", ord(","): "%2C"}


def render(run: Run, show: Show) -> str:
    """The worst first, then the summary as a plain line of the log: a run without findings annotates nothing."""
    lines = [line for severity in sorted(Severity, reverse=True) for line in _lines(run, severity)]
    if show.statistics:
        lines += statistics(run)
    return "\n".join([*lines, summary(run)]) + "\n"


def _lines(run: Run, severity: Severity) -> Iterator[str]:
    if severity == Severity.INFO:
        yield from _what_is_hidden(run)  # before the notices, which may themselves be more than are shown
    yield from (_annotation(finding) for finding in run.findings if finding.severity == severity)


def _what_is_hidden(run: Run) -> Iterator[str]:
    if max(Counter(finding.severity for finding in run.findings).values(), default=0) > MOST:
        shown = f"GitHub shows {MOST} annotations of a kind; the log of this step has all: {summary(run)}"
        yield command("notice", {"title": "cvp check"}, shown)


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = {
        "title": f"{finding.code} {finding.name}",
        "file": printable(name_here(finding.file)),
        "line": str(place.line),
        "endLine": str(place.end_line),
    }
    if place.line == place.end_line:
        # endColumn defaults to col there, so that it names the last character, not the one after it.
        properties |= {"col": str(place.column), "endColumn": str(max(place.column, place.end_column - 1))}
    advice = f"\nhelp: {printable(finding.help)}" if finding.help else ""
    message = f"{where_of(finding)}: {printable(finding.message)}{advice}"
    return command(_COMMANDS[finding.severity], properties, message)


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """`::error file=a.yaml,line=3::message`, escaped; properties without a value are left out."""
    said = ",".join(f"{key}={value.translate(_IN_PROPERTY)}" for key, value in properties.items() if value)
    return f"::{name} {said}::{message.translate(_IN_DATA)}"
