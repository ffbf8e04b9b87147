"""Findings for a person: where, what, the line itself with the place underlined, and what to do instead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from cvp.diagnostics import Show
from cvp.finding import Finding, Run, Severity
from cvp.text import counted, printable

MOST: Final = 50
_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(run: Run, show: Show) -> str:
    """Each finding with its frame, at most 50 a file, then a line that sums up."""
    parts = [block for file in run.files for block in blocks(file.findings, show.colour)]
    if show.statistics:
        parts.append("\n".join(statistics(run)))
    return "\n\n".join([*(part for part in parts if part), summary(run)]) + "\n"


def blocks(findings: Sequence[Finding], colour: bool = False) -> Iterator[str]:
    """The findings of one file, each with its frame."""
    for finding in islice(findings, MOST):
        yield "\n".join(_block(finding, colour))
    if len(findings) > MOST:
        yield f"and {counted(len(findings) - MOST, 'more finding')}"


def headline(finding: Finding, colour: bool = False) -> str:
    """`file:line:col: error CVP111 unknown key …`, on one line and safe to print."""
    where = printable(f"{finding.file}:{finding.place.line}:{finding.place.column}")
    message = printable(finding.message.replace("\n", " "))
    kind = f"{finding.severity.label} {finding.code}"
    if colour:
        where, kind = f"\x1b[1m{where}\x1b[0m", f"\x1b[{_COLOURS[finding.severity]}m{kind}\x1b[0m"
    return f"{where}: {kind} {message}"


def summary(run: Run) -> str:
    """`3 errors and 1 warning in 2 of 5 files`."""
    counts = Counter(finding.severity for finding in run.findings)
    said = " and ".join(counted(counts[s], s.label) for s in sorted(Severity, reverse=True) if counts[s])
    files = counted(len(run.files), "file")
    if not said:
        return f"Nothing found in {files}."
    return f"{said} in {sum(bool(file.findings) for file in run.files)} of {files}."


def statistics(run: Run) -> Iterator[str]:
    """How often each rule found something, the most frequent first."""
    counts = Counter((finding.code, finding.name) for finding in run.findings)
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:6} {code} {name}"


def _block(finding: Finding, colour: bool) -> Iterable[str]:
    yield headline(finding, colour)
    yield from _frame(finding)
    if finding.help:
        yield f"  help: {printable(finding.help)}"


def _frame(finding: Finding) -> Iterator[str]:
    """The line of the place, with carets under it."""
    place, excerpt = finding.place, finding.excerpt
    if not excerpt.text.strip():
        return
    start = place.column - 1 - excerpt.start
    end = place.end_column - 1 - excerpt.start if place.end_line == place.line else len(excerpt.text)
    before, marked = (_shown(part) for part in (excerpt.text[:start], excerpt.text[start : max(end, start + 1)]))
    number, lead = str(place.line), "…" if excerpt.start else ""
    yield f"  {number} | {lead}{_shown(excerpt.text).rstrip()}{'…' if excerpt.is_cut else ''}"
    yield f"  {' ' * len(number)} | {' ' * (len(lead) + _cells(before))}{'^' * max(1, _cells(marked.rstrip()))}"


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _cells(text: str) -> int:
    from rich.cells import cell_len  # only a file with findings pays for it

    return cell_len(text)
