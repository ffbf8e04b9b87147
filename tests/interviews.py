"""Interviews led with any keys, for whoever keeps, carries or counts what they come to."""

from typing import Final

from hypothesis import strategies as st
from interview_scripts import begun

from cvp.interview.keys import reduce
from cvp.interview.state import Interview

ALONE: Final = (
    "1",
    "2",
    "3",
    "?",
    "x none",
    "s",
    "b",
    "n",
    "g 1",
    "g 4",
    "u",
    "u",
    "r",
    "m",
    "e so",
    "e so | CRM | 2012",
)
IN_ROOM: Final = ("room 2", "room Ann, Bob, Eve", "v", "v", "v!", "stop", "c 1 0 2 ?1", "o 1 because", "o ? so", "e -")


def led(*lines: str) -> Interview:
    """An interview with ASKED in which these lines were typed."""
    interview = begun()
    for line in lines:
        interview = reduce(interview, line)
    return interview


def interviews() -> st.SearchStrategy[Interview]:
    """Interviews of one person or of a room, with votes, notes, marks, undo and redo."""
    return st.lists(st.sampled_from([*ALONE, *IN_ROOM]), max_size=25).map(lambda lines: led(*lines))
