"""Which front end an interview gets: the stage on a large terminal, plain lines everywhere else."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import TextIOWrapper
from typing import TextIO

import pytest
from real import needs

from cvp.commands.asking.staging import has_stage

termios = pytest.importorskip("termios", reason="pseudo-terminals need a POSIX system")


@contextmanager
def terminal(columns: int, lines: int) -> Iterator[TextIO]:
    """A stream of a real pseudo-terminal of this size."""
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (lines, columns))
    with os.fdopen(follower, "r+b", buffering=0) as raw, open(raw.fileno(), "w", closefd=False) as stream:
        yield stream
    os.close(leader)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CVP_PLAIN", raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("size", "plain", "environment", "staged"),
    [
        ((80, 20), False, {}, True),
        ((200, 60), False, {"CVP_PLAIN": "0"}, True),
        ((200, 60), False, {"CVP_PLAIN": ""}, True),
        ((79, 20), False, {}, False),
        ((80, 19), False, {}, False),
        ((0, 0), False, {}, False),
        ((200, 60), True, {}, False),
        ((200, 60), False, {"CVP_PLAIN": "1"}, False),
        ((200, 60), False, {"CVP_PLAIN": "yes"}, False),
        ((200, 60), False, {"TERM": "dumb"}, False),
    ],
)
def test_the_stage_needs_a_large_terminal_and_nobody_who_says_no(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], plain: bool, environment: dict[str, str], staged: bool
) -> None:
    needs(not staged or find_spec("textual") is not None, "the extra `stage` is not installed")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with terminal(*size) as stream:
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, stream)
        assert has_stage(plain) == staged


@pytest.mark.parametrize("piped", ["stdin", "stdout", "stderr"])
def test_a_pipe_on_any_side_gets_plain_lines(monkeypatch: pytest.MonkeyPatch, piped: str) -> None:
    with terminal(200, 60) as stream, open(os.devnull, "r+", encoding="utf-8") as pipe:
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, pipe if name == piped else stream)
        assert not has_stage(False)


def test_without_the_extra_there_are_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cvp.commands.asking.staging.find_spec", lambda name: (name != "textual" and find_spec(name)) or None
    )
    with terminal(200, 60) as stream:
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, stream)
        assert not has_stage(False)


def test_the_stage_needs_a_terminal_that_takes_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    needs(find_spec("textual") is not None, "the extra `stage` is not installed")
    with terminal(100, 30) as stream:
        assert isinstance(stream, TextIOWrapper)
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, stream)
        assert has_stage(False)
        stream.reconfigure(encoding="latin-1")
        assert not has_stage(False)
