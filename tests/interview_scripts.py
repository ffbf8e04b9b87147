"""What people type in an interview, and what is then true: for any front end that can run it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cvp.answers import AnswerSheet
from cvp.interview.keys import reduce
from cvp.interview.record import Course, Record
from cvp.interview.state import Asks, Interview, start
from cvp.questionnaire import Questionnaire
from questionnaires import one_for_each_level, recommendation, safeguard, sheet

ASKED: Final = one_for_each_level(
    safeguard("paid", 2, 0, 1, why="Bought praise is none."),
    recommendations=[recommendation("talk", {"a": 1, "b": 1}, 3), recommendation("meet", {"c": 1, "d": 1}, 5)],
)
"""The criteria a, b, c, d on the levels 1 to 4, with three choices each, and the safeguard `paid` with two."""

END: Final = "the end"


@dataclass(frozen=True)
class Script:
    """Lines typed one after the other; then the question is `at`, these answers count, and the last message has `said`.

    `also` is anything else that is then true.
    """

    name: str
    lines: Sequence[str]
    at: str
    sheet: AnswerSheet
    said: str = ""
    also: Callable[[Interview], bool] = lambda _: True


def begun(asked: Questionnaire = ASKED, answers: AnswerSheet | None = None, asks: Asks = "ladder") -> Interview:
    """An interview with these answers given before."""
    return start(asked, company="Acme", course=Course(Record(given=answers or {})), asks=asks)


def play(interview: Interview, *lines: str) -> Interview:
    """After these lines."""
    for line in lines:
        interview = reduce(interview, line)
    return interview


def at(interview: Interview) -> str:
    """The id of the question."""
    return interview.here or END


def assert_outcome(script: Script, interview: Interview) -> None:
    """That what the script promises is true."""
    assert at(interview) == script.at
    assert interview.sheet == script.sheet
    assert script.said in "\n".join(interview.message)
    assert script.also(interview)


def _voters(interview: Interview) -> frozenset[int]:
    return interview.round.voters if interview.round else frozenset()


ROOM: Final = ("room 3", "v", "1", "3", "2")
"""A room of three, and its votes on the first question, hidden."""

SCRIPTS: Final = (
    Script("a number chooses", ["2"], "b", sheet(a="c1"), "You said: 2 choice 1"),
    Script("don't know", ["?"], "b", sheet(a="?"), "You said: don't know"),
    Script("don't know, the word", ["Unknown"], "b", sheet(a="?")),
    Script("not applicable", ["x no  price"], "b", sheet(a={"not_applicable": "no price"}), "not applicable, no price"),
    Script("not applicable, no reason", ["x"], "a", sheet(), "needs its reason"),
    Script("skip", ["s"], "b", sheet(), "Question 1 stays open."),
    Script("skip to the next open one", ["1", "1", "g 1", "s"], "c", sheet(a="c0", b="c0")),
    Script("next", ["n", "next"], "c", sheet()),
    Script("back", ["1", "1", "b"], "b", sheet(a="c0", b="c0")),
    Script("back at the first", ["b"], "a", sheet(), "This is the first question."),
    Script("go", ["g 4"], "d", sheet()),
    Script("go to the end", ["g end"], END, sheet()),
    Script("go nowhere", ["g 9"], "a", sheet(), "Which question?"),
    Script("go to what is marked", ["m", "g 3", "m", "g 4", "g m"], "a", sheet(), "Marked for review"),
    Script("mark and unmark", ["m", "m"], "a", sheet(), "No longer marked.", lambda i: not i.record.marked),
    Script("nothing is marked", ["g m"], "a", sheet(), "No question is marked."),
    Script("undo", ["1", "2", "u"], "b", sheet(a="c0"), "Undone: the answer to question 2"),
    Script("undo and redo", ["1", "u", "r"], "a", sheet(a="c0"), "Redone: the answer to question 1"),
    Script("a change ends redo", ["1", "u", "2", "r"], "b", sheet(a="c1"), "There is nothing to redo."),
    Script("undo nothing", ["u"], "a", sheet(), "There is nothing to undo."),
    Script("a note", ["e as we heard"], "a", sheet(), "Noted: as we heard"),
    Script(
        "a note stays",
        ["e as we heard", "1", "b", "2"],
        "b",
        sheet(a={"choice": "c1", "note": "as we heard"}),
        "What was noted at the question stays.",
    ),
    Script("two notes", ["e one", "e two", "1"], "b", sheet(a={"choice": "c0", "note": "one / two"})),
    Script(
        "evidence",
        ["e ten came back | CRM | 2012-11", "1"],
        "b",
        sheet(a={"choice": "c0", "evidence": ({"text": "ten came back", "source": "CRM", "date": "2012-11"},)}),
    ),
    Script(
        "evidence of no day", ["e ten | CRM | soon"], "a", sheet(), '"soon" is no date; write 2012-11 or 2012-11-30'
    ),
    Script("notes are shown", ["e one", "e"], "a", sheet(), "Note: one"),
    Script("notes are taken away", ["e one", "e -"], "a", sheet(), "Taken away", lambda i: not i.record.remarks),
    Script("undo a note", ["1", "b", "e one", "n", "u"], "a", sheet(a="c0"), "Undone: what was noted at question 1."),
    Script("why", ["h"], "a", sheet(), "Source: Bill Lee, Level 4"),
    Script("ladder", ["l"], "a", sheet(), "Level 4 level 4: still open. 0 of 1 answered."),
    Script("what if", ["w 3"], "a", sheet(), "If it were 3 choice 2: Level 1, between 1 and 4."),
    Script("what if not", ["w"], "a", sheet(), "What if? Type w and an answer"),
    Script("another file", ["f there.jsonl"], "a", sheet(), "there.jsonl", lambda i: i.file == "there.jsonl"),
    Script("help", ["help"], "a", sheet(), "s or skip: leave it open and go on"),
    Script("nothing typed", [""], "a", sheet(), "Nothing was typed"),
    Script("nonsense", ["frob"], "a", sheet(), '"frob" is not something to type here.'),
    Script("leave early", ["1", "q"], "b", sheet(a="c0"), "", lambda i: i.ending == "quit"),
    Script(
        "a whole interview",
        ["1", "2", "?", "x none", "2", "q"],
        END,
        sheet(a="c0", b="c1", c="?", d={"not_applicable": "none"}, paid="c1"),
        "",
        lambda i: i.ending == "finished",
    ),
    Script("the end goes to what is left", ["g end", "n"], "a", sheet()),
    Script("the end has no question", ["g end", "h"], END, sheet(), "There is no question here"),
    Script("seats", ["room Ann, Bob"], "a", sheet(), "1 Ann, 2 Bob", lambda i: i.record.people == ("Ann", "Bob")),
    Script("nobody votes in an empty room", ["v"], "a", sheet(), "Who is in the room?"),
    Script("a vote is hidden", ROOM, "a", sheet(), "All 3 have voted. v reveals", lambda i: len(_voters(i)) == 3),
    Script("a vote is revealed", [*ROOM, "v"], "a", sheet(a="c1"), "The vote is revealed."),
    Script("a vote taken back", ["room 3", "v", "1", "3", "u"], "a", sheet(), "person 2", lambda i: i.turn == 2),
    Script("a vote left", ["room 3", "v", "1", "stop"], "a", sheet(), "1 of 3 have voted", lambda i: i.turn == 0),
    Script("a vote gone on with", ["room 3", "v", "1", "b", "v"], "a", sheet(), "goes on", lambda i: i.turn == 2),
    Script("a vote without one", ["room 3", "v", "s", "3", "3", "v!"], "a", sheet(a="c2"), "The vote is revealed."),
    Script("a second round", [*ROOM, "v", "v", "3", "3", "3", "v"], "a", sheet(a="c2"), "The vote is revealed."),
    Script("a number against the vote", [*ROOM, "v", "1"], "a", sheet(a="c1"), "type o, the answer and why"),
    Script("an override", [*ROOM, "v", "o 1 we asked"], "b", sheet(a="c0"), "against the vote: we asked"),
    Script("an override, no reason", [*ROOM, "v", "o 1"], "a", sheet(a="c1"), "needs its reason"),
    Script("an override of nothing", ["o 1 we asked"], "a", sheet(), "Nothing was voted here"),
    Script("hands", ["c 0 1 4 ?2"], "a", sheet(a="c2"), "7 hands counted"),
    Script("hands, wrongly", ["c 1 2"], "a", sheet(), "Type c and 3 numbers"),
    Script("the reveal undone", [*ROOM, "v", "u"], "a", sheet(), "Undone: the reveal of the vote on question 1."),
    Script(
        "agenda",
        ["g 2", "3", "g 1", *ROOM, "v", "a"],
        "a",
        sheet(a="c1", b="c2"),
        "1 about a: it decides between Level 1 and Level 2; agreement 0.00 of 3 votes.",
    ),
    Script("nothing to talk about", ["a"], "a", sheet(), "Nothing was voted yet."),
)

LINES: Final = (
    *(
        "",
        "1",
        "2",
        "3",
        "4",
        "0",
        "?",
        "x",
        "x not ours",
        "s",
        "n",
        "b",
        "u",
        "r",
        "h",
        "m",
        "l",
        "a",
        "help",
        "q",
        "q!",
    ),
    *(
        "g 1",
        "g 5",
        "g 99",
        "g m",
        "g end",
        "g",
        "B",
        "b 2",
        "e",
        "e seen",
        "e -",
        "e seen | CRM | 2001",
        "e a | b | c",
    ),
    *(
        "w",
        "w 1",
        "w ?",
        "w x",
        "o 1",
        "o 2 because",
        "o ? why",
        "o x why",
        "room 2",
        "room Ann, Bob",
        "room",
        "room 0",
    ),
    *("v", "v", "v", "v!", "stop", "c 1 2", "c 0 1 0 ?1", "c 1 0", "f there", "f"),
)
"""One of everything, and votes more often."""
