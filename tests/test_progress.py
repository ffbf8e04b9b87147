"""The line that tells how far a long run is: seen by people alone, on one line of any width, and gone at the end."""

import os
import re
import sys
from pathlib import Path
from typing import Final

import pexpect
import polars as pl
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_batch import write_questionnaire

from cvp.progress import Progress, line
from questionnaires import one_for_each_level

ROWS: Final = 900_000
SHOWN: Final = re.compile(r"\d of [\d,]+ rows|\d a second|:\d\d left")
LONG: Final = re.compile(r"[\d,]+ of 900,000 rows, [\d,]+ a second, \d+:\d\d left")
SHORT: Final = re.compile(r"[\d,]+ of 900,000 rows, \d+:\d\d left")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A questionnaire and a table that takes some seconds in blocks as small as they are here."""
    write_questionnaire(tmp_path, one_for_each_level())
    n = pl.int_range(ROWS, eager=True)
    cells = {name: [f"c{i}" for i in (n // (place + 3) % 3).to_list()] for place, name in enumerate("abcd")}
    pl.DataFrame({"respondent": n, **cells}).write_csv(tmp_path / "in.csv")
    return tmp_path


def watched(folder: Path, width: int) -> tuple[list[str], list[str]]:
    """A run on a terminal of this width: every line that was ever shown, and those shown at the end."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cvp", "batch", "in.csv", "--questionnaire", "asked.yaml", "--output", "out.csv"],
        cwd=str(folder),
        env={**kept, "TERM": "xterm", "PYTHONUTF8": "1", "CVP_BLOCK": "1000"},
        dimensions=(24, width),
        encoding="utf-8",
        timeout=120,
    )
    screen = pyte.Screen(width, 24)
    stream = pyte.Stream(screen)
    seen: dict[str, None] = {}
    while True:
        try:
            stream.feed(child.read_nonblocking(4096, timeout=120))
        except pexpect.EOF:
            break
        progress = [shown.strip() for shown in screen.display if SHOWN.search(shown)]
        assert len(progress) <= 1, progress
        seen |= dict.fromkeys(progress)
    child.close()
    assert child.exitstatus == 0
    return [*seen], [shown.rstrip() for shown in screen.display if shown.strip()]


@pytest.mark.parametrize(("width", "shape"), [(100, LONG), (40, SHORT)])
def test_a_person_sees_the_rate_and_the_time_left(folder: Path, width: int, shape: re.Pattern[str]) -> None:
    seen, last = watched(folder, width)
    shown = [text for text in seen if shape.fullmatch(text)]
    assert shown, (seen, last)
    assert set(seen) == set(shown)
    assert not any(shape.search(text) for text in last)
    assert "".join(last).endswith("cvp: saved to out.csv")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_nothing_is_counted_or_written_where_nobody_watches(
    is_terminal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def total() -> int:
        asked.append(10)
        return 10

    monkeypatch.setattr("cvp.progress.EVERY", 0.0)
    screen, terminal = os.openpty()
    with open(terminal, "w") as watched, (tmp_path / "err.txt").open("w") as unwatched:
        monkeypatch.setattr(sys, "stderr", watched if is_terminal else unwatched)
        with Progress(total) as progress:
            progress.step(5)
        os.set_blocking(screen, False)
        written = os.read(screen, 1000) if is_terminal else b""
    assert (b"5 of 10 rows" in written, asked) == ((True, [10]) if is_terminal else (False, []))
    assert (tmp_path / "err.txt").read_text() == ""


@given(
    st.integers(0, 10**10),
    st.integers(0, 10**10),
    st.none() | st.integers(1, 10**10),
    st.floats(0, 1e6),
    st.integers(-5, 200),
)
def test_the_line_never_wraps(done: int, fresh: int, total: int | None, seconds: float, width: int) -> None:
    said = line(done, fresh, total, seconds, width)
    assert len(said) <= max(0, width)
    assert line(done, fresh, total, seconds, 200).startswith(f"{done:,}")


def test_the_line_counts_the_rows_of_this_run_for_its_rate() -> None:
    assert line(600, 100, 1_000, 10.0) == "600 of 1,000 rows, 10 a second, 0:40 left"
    assert line(600, 100, None, 10.0) == "600 rows, 10 a second"
    assert line(0, 0, 1_000, 0.0) == "0 of 1,000 rows, 0 a second"
    assert line(600, 100, 1_000, 10.0, unit="files") == "600 of 1,000 files, 10 a second, 0:40 left"
    assert line(3_600, 1, 10**6, 1.0, 30) == "3,600 rows, 276:46:40 left"
