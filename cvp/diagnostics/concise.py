"""One line a finding, for editors, grep and logs; then a line that sums up."""

from cvp.diagnostics import Show
from cvp.diagnostics.summary import statistics, summary
from cvp.diagnostics.text import headline
from cvp.finding import Run


def render(run: Run, show: Show) -> str:
    lines = [headline(finding, show.colour) for finding in run.findings]
    if show.statistics:
        lines += statistics(run)
    return "\n".join([*lines, summary(run)]) + "\n"
