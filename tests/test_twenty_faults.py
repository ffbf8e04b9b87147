"""Twenty planted faults of every family: all found in one run, each where a person would point."""

import re
from pathlib import Path

from texts import coded

from cvp.loading import Finder
from cvp.reading import read_document
from cvp.rules import BY_CODE, check
from cvp.rules.subject import subject_of

TWENTY = Path(__file__).parent / "examples/bad/twenty.yaml"

PLANTED = [
    ("CVP113", 3, 10),
    ("CVP213", 9, 3),
    ("CVP306", 19, 57),
    ("CVP111", 24, 40),
    ("CVP214", 32, 7),
    ("CVP401", 36, 12),
    ("CVP403", 43, 11),
    ("CVP407", 46, 5),
    ("CVP203", 55, 14),
    ("CVP305", 63, 11),
    ("CVP105", 71, 5),
    ("CVP114", 78, 16),
    ("CVP402", 82, 12),
    ("CVP406", 93, 30),
    ("CVP204", 101, 13),
    ("CVP405", 122, 30),
    ("CVP312", 125, 10),
    ("CVP206", 137, 32),
    ("CVP207", 145, 13),
    ("CVP112", 148, 5),
]


def test_all_twenty_are_found_in_one_run_at_line_and_column() -> None:
    found = check(subject_of(read_document(TWENTY), Finder(str(TWENTY))))
    assert coded(tuple(found)) == PLANTED


def test_they_stand_where_the_file_says_that_they_were_planted() -> None:
    lines = TWENTY.read_text(encoding="utf-8").splitlines()
    marked = [(match[1], n) for n, line in enumerate(lines, 1) if (match := re.search("# FAULT (CVP[0-9]{3})$", line))]
    assert marked == [(code, line) for code, line, _ in PLANTED]


def test_there_are_twenty_of_every_family_that_looks_at_a_questionnaire() -> None:
    assert len({code for code, _, _ in PLANTED}) == 20
    assert {BY_CODE[code].family for code, _, _ in PLANTED} == set("1234")
