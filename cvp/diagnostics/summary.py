"""A run in a line, and the rules that found something, counted."""

from collections import Counter
from collections.abc import Iterator

from cvp.finding import Run
from cvp.text import and_list, counted


def summary(run: Run) -> str:
    """`3 errors and 1 warning in 2 of 5 files; 1 suppressed; 1 of 4 cases failed.`"""
    parts = [_found(run)]
    if suppressed := sum(len(file.suppressed) for file in run.files):
        parts.append(f"{suppressed} suppressed")
    cases = [file.case for file in run.files if file.case]
    if failed := sum(not case.passed for case in cases):
        parts.append(f"{failed} of {counted(len(cases), 'case')} failed")
    elif cases:
        parts.append(f"{counted(len(cases), 'case')} passed")
    return "; ".join(parts) + "."


def _found(run: Run) -> str:
    counts = Counter(finding.severity for finding in run.findings)
    files = counted(len(run.files), "file")
    if not counts:
        return f"Nothing found in {files}"
    said = and_list([counted(counts[s], s.label) for s in sorted(counts, reverse=True)])
    return f"{said} in {sum(bool(file.findings) for file in run.files)} of {files}"


def tally(run: Run) -> list[tuple[str, str, int]]:
    """Each rule that found something: its id, its name and how often, the most frequent first."""
    counts = Counter((finding.code, finding.name) for finding in run.findings)
    return [(*rule, count) for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def statistics(run: Run) -> Iterator[str]:
    """The tally, in aligned lines."""
    for code, name, count in tally(run):
        yield f"{count:6} {code} {name}"
