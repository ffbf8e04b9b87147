"""Two commands in turn, A B A B …, and the ratio of each pair: what the machine's moods do to both leaves the ratio."""

import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

Command = Sequence[str | Path]


def seconds(command: Command) -> float:
    """How long the whole process takes; its output is thrown away. CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def compare(name: str, command: Command, baseline: Command, rounds: int = 15) -> float:
    """Prints and gives the median ratio of the command to its baseline."""
    seconds(command), seconds(baseline)  # warm the file cache
    pairs = [(seconds(command), seconds(baseline)) for _ in range(rounds)]
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    median = statistics.median(ratios)
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    spread = f"({ratios[0]:.2f}–{ratios[-1]:.2f})"
    print(f"{name:<44}{ours * 1000:8.0f} ms {theirs * 1000:8.0f} ms   ratio {median:5.2f}  {spread}")
    return median
