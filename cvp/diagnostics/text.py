"""Findings for a person: where, what, the line itself with the place underlined, and what to do instead."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from cvp.document import Document
from cvp.finding import Finding
from cvp.text import counted, printable

MOST: Final = 50
FRAME_WIDTH: Final = 100


def frames(document: Document, findings: Sequence[Finding]) -> str:
    """All findings of one file, at most 50, each with its frame; ends with a line feed."""
    lines = document.text.splitlines()
    blocks = ["\n".join(_block(lines, finding)) for finding in islice(findings, MOST)]
    if len(findings) > MOST:
        blocks.append(f"and {counted(len(findings) - MOST, 'more finding')}")
    return "\n\n".join(blocks) + "\n"


def headline(finding: Finding) -> str:
    """`file:line:col: error CVP111 unknown key …`, on one line and safe to print."""
    where = f"{finding.file}:{finding.place.line}:{finding.place.column}"
    return printable(f"{where}: {finding.severity.label} {finding.code} {finding.message}".replace("\n", " "))


def _block(lines: Sequence[str], finding: Finding) -> Iterable[str]:
    yield headline(finding)
    yield from _frame(lines, finding)
    if finding.help:
        yield f"  help: {printable(finding.help)}"


def _frame(lines: Sequence[str], finding: Finding) -> Iterator[str]:
    """The line of the place, cut to a window around it, with carets under it."""
    place = finding.place
    if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
        return
    line = printable(lines[place.line - 1]).replace("\t", " ")
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    cut = max(0, start - FRAME_WIDTH // 2)
    shown = line[cut : cut + FRAME_WIDTH].rstrip()
    number = str(place.line)
    yield f"  {number} | {'…' if cut else ''}{shown}{'…' if len(line) > cut + FRAME_WIDTH else ''}"
    indent = _cells(shown[: start - cut]) + (1 if cut else 0)
    marked = max(1, _cells(shown[start - cut : max(end - cut, start - cut + 1)]))
    yield f"  {' ' * len(number)} | {' ' * indent}{'^' * marked}"


def _cells(text: str) -> int:
    from rich.cells import cell_len  # only a file with errors pays for it

    return cell_len(text)
