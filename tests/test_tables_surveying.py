"""A file's structure is the same, in however many sections it is looked at."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cvp.tables.files import surveying
from cvp.tables.files.structure import Look, Structure
from cvp.tables.files.surveying import joined, sections_of, survey

PIECES = [b"a", b",", b",,", b"\n", b"\r\n", b'"', b'""', b'"a,b"', b'"\n"', "ä".encode(), b"\xc3", b"\xff", b"\n\n"]


def alone(path: Path, width: int, start: int = 0) -> Structure:
    sections, blank_tail = sections_of(path, ",", width, start, 1)
    return joined(sections, lambda _: None).structure(blank_tail)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(b"".join),
    st.integers(1, 3),
    st.integers(2, 9),
    st.sets(st.integers(0, 8)),
)
@example(b"a,b\n" * 9, 2, 4, set())
@example(b'a,"b\n"\n' * 9, 2, 4, set())
def test_sections_are_joined_as_if_they_were_one(
    tmp_path_factory: pytest.TempPathFactory, text: bytes, width: int, count: int, killed: set[int]
) -> None:
    path = tmp_path_factory.getbasetemp() / "survey.csv"
    path.write_bytes(text)
    sections, blank_tail = sections_of(path, ",", width, 0, count)
    look = joined(sections, lambda number: None if number in killed else Look(sections[number + 1]))
    found, whole = look.structure(blank_tail), alone(path, width)
    if whole.regular or whole.bad_byte is not None:
        assert found == whole
    else:
        assert (found.regular, found.bad_byte) == (False, None)


@pytest.mark.parametrize("last", ["", "\n\n", '"open\n', "one,more\n"])
def test_processes_look_as_one_does(last: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "survey.csv"
    path.write_text("".join(f'{row},"yes, often","ä ""b"" \n"\n' for row in range(3000)) + last)
    monkeypatch.setattr(surveying, "SHARED", 1 << 14)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert survey(path, ",", 3, 0) == alone(path, 3)
