"""Findings for a person: where, what, the line itself with the place underlined, and what to do instead."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from cvp.diagnostics import Show
from cvp.diagnostics.names import name_in_line
from cvp.diagnostics.summary import statistics, summary
from cvp.finding import Finding, Run, Severity
from cvp.text import counted, printable

MOST: Final = 50

# Yellow and cyan vanish on white, blue on black: red and magenta are read on both, and so is bold in the own colour.
_COLOURS: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;35", Severity.INFO: "1"}


def render(run: Run, show: Show) -> str:
    """Each finding with its frame, at most 50 a file, then a line that sums up."""
    parts = [block for file in run.files for block in blocks(file.findings, show.colour)]
    if show.statistics and run.findings:
        parts.append("\n".join(statistics(run)))
    return "\n\n".join([*parts, summary(run)]) + "\n"


def blocks(findings: Sequence[Finding], colour: bool = False) -> Iterator[str]:
    """The findings of one file, each with its frame."""
    for finding in islice(findings, MOST):
        yield "\n".join(_block(finding, colour))
    if len(findings) > MOST:
        yield f"and {counted(len(findings) - MOST, 'more finding')}"


def headline(finding: Finding, colour: bool = False) -> str:
    """`file:line:col: error CVP111 unknown key …`, on one line and safe to print."""
    where, kind = where_of(finding), f"{finding.severity.label} {finding.code}"
    if colour:
        where, kind = _painted(where, "1"), _painted(kind, _COLOURS[finding.severity])
    return f"{where}: {kind} {message_in_line(finding)}"


def message_in_line(finding: Finding) -> str:
    """The message, on one line and safe to print."""
    return printable(finding.message.replace("\n", " "))


def where_of(finding: Finding) -> str:
    """`file:line:col`, on one line and safe to print."""
    return f"{name_in_line(finding.file)}:{finding.place.line}:{finding.place.column}"


def help_of(finding: Finding) -> str:
    """What to do instead, in lines that belong under a headline; empty where there is nothing to say."""
    said = printable(finding.help.strip())
    return "  help: " + said.replace("\n", "\n        ") if said else ""


def _block(finding: Finding, colour: bool) -> Iterator[str]:
    yield headline(finding, colour)
    yield from _frame(finding, colour)
    if said := help_of(finding):
        yield said


def _frame(finding: Finding, colour: bool) -> Iterator[str]:
    """The line of the place, with carets under it."""
    place, excerpt = finding.place, finding.excerpt
    if not excerpt.text.strip():
        return
    start = max(0, place.column - 1 - excerpt.start)
    end = place.end_column - 1 - excerpt.start if place.end_line == place.line else len(excerpt.text)
    before, marked = (_shown(part) for part in (excerpt.text[:start], excerpt.text[start : max(end, start + 1)]))
    number, lead = str(place.line), "…" if excerpt.start else ""
    carets = "^" * max(1, _cells(marked.rstrip()))
    if colour:
        carets = _painted(carets, _COLOURS[finding.severity])
    yield f"  {number} | {lead}{_shown(excerpt.text).rstrip()}{'…' if excerpt.is_cut else ''}"
    yield f"  {' ' * len(number)} | {' ' * (len(lead) + _cells(before))}{carets}"


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _shown(text: str) -> str:
    return printable(text.replace("\t", " ").replace("\n", " "))


def _cells(text: str) -> int:
    from rich.cells import cell_len  # only a file with findings pays for it

    return cell_len(text)
