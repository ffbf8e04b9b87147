"""Which keys there are: at a question, at the end, and while a hidden vote is being taken."""

from dataclasses import replace
from typing import Final

from cvp.interview.keys.answering import choose, dont_know, not_applicable, override
from cvp.interview.keys.asking import agenda, ladder_so_far, what_if, why
from cvp.interview.keys.key import Key, Keys, numbers
from cvp.interview.keys.leaving import keep_in, leave, quit_
from cvp.interview.keys.moving import back, go, next_, next_at_end, skip
from cvp.interview.keys.noting import mark, note
from cvp.interview.keys.seating import seat
from cvp.interview.keys.undoing import redo, undo
from cvp.interview.keys.voting import (
    cast,
    cast_dont_know,
    cast_not_applicable,
    hands,
    pass_over,
    reveal,
    stop,
    take_back,
    vote,
)
from cvp.interview.state import Interview
from cvp.speaking import N_, _


def keys_of(interview: Interview) -> Keys:
    """What can be typed now."""
    if interview.turn:
        return IN_VOTE
    return AT_END if interview.at_end else AT_QUESTION


def _has_past(interview: Interview) -> bool:
    return bool(interview.course.past)


def _has_future(interview: Interview) -> bool:
    return bool(interview.course.future)


def _has_people(interview: Interview) -> bool:
    return bool(interview.record.people)


def _no_vote(interview: Interview) -> bool:
    return interview.round is None


def _is_hidden(interview: Interview) -> bool:
    return bool(interview.round and interview.round.votes and not interview.round.revealed)


def _voted(interview: Interview) -> bool:
    return bool(interview.round and interview.round.revealed)


def _any_voted(interview: Interview) -> bool:
    return interview.outcome.voting.voted


def _unsaved(interview: Interview) -> bool:
    return bool(interview.unsaved)


def _help(interview: Interview, _argument: str) -> Interview:
    return interview.saying(_("What can be typed:"), *keys_of(interview).explained(interview))


def _no_question(interview: Interview, number: int) -> Interview:
    return interview.saying(_("There is no question here; g {number} goes to question {number}.").format(number=number))


def _hint_at_question(interview: Interview) -> str:
    hint = _("Type {numbers}, ? for don't know, or {help} for all keys.")
    if interview.round and interview.round.revealed:
        hint = _("Type n to go on, v to vote again, o to answer against the vote, or {help} for all keys.")
    elif interview.round:
        hint = _("Type v to go on with the vote or reveal it, n to leave it for now, or {help} for all keys.")
    return hint.format(numbers=numbers(interview), help=interview.typed(_HELP.key))


def _hint_at_end(interview: Interview) -> str:
    hint = _("Type q for the report, or {help} for all keys.")
    if interview.unanswered or interview.record.marked:
        hint = _("Type q for the report, n for what is left, or {help} for all keys.")
    return hint.format(help=interview.typed(_HELP.key))


def _hint_in_vote(interview: Interview) -> str:
    hint = _("Type {numbers}, ? for don't know, or x and a reason; b leaves the vote.")
    return hint.format(numbers=numbers(interview))


_ROOM: Final = Key("room", "people", "who is here", "seat people who vote: how many, or Ann, Bob, Eve", seat, "7")
_LADDER: Final = Key("l", "ladder", "ladder", "the four levels so far", ladder_so_far, often=True)
_UNDO: Final = Key("u", "undo", "undo", "take back what was done last", undo, often=True, useful=_has_past)
_REDO: Final = Key("r", "redo", "redo", "bring back what was taken back", redo, often=True, useful=_has_future)
_AGENDA: Final = Key("a", "agenda", "agenda", "what the room must talk about, and why", agenda, useful=_any_voted)
_FILE: Final = Key("f", "file", "other file", "keep the session in another file", keep_in, "PATH")
_HELP: Final = Key("help", "keys", "all keys", "this list", _help, often=True)
_QUIT: Final = Key("q", "quit", "save and leave", "save and leave; the report follows", quit_, often=True)
_QUIT_EVEN_SO: Final = Key(
    "q!", "quit!", "leave unsaved", "leave without what is not saved", leave, often=True, useful=_unsaved
)

AT_QUESTION: Final = Keys(
    choose,
    N_("choose"),
    (
        Key("?", "unknown", "don't know", "don't know, which leaves it open", dont_know, often=True, useful=_no_vote),
        Key(
            "x",
            "na",
            "not applicable",
            "not applicable, and why",
            not_applicable,
            "REASON",
            often=True,
            useful=_no_vote,
        ),
        Key("s", "skip", "skip", "leave it open and go on", skip, often=True),
        Key("b", "back", "back", "the question before", back, often=True),
        Key("n", "next", "next", "the question after", next_, often=True),
        Key("g", "go", "go to", "go to a question, g m to the next marked one, g end to the end", go, "7"),
        _UNDO,
        _REDO,
        Key("e", "note", "note", "note something, or evidence as TEXT | SOURCE | 2012-11", note, "TEXT", often=True),
        Key("h", "why", "why", "why this is asked, what to ask next, the source", why, often=True),
        Key("m", "mark", "mark", "mark for review, or no longer", mark),
        _LADDER,
        Key("w", "if", "what if", "the level and the way on with another answer, without giving it", what_if, "3"),
        _ROOM,
        Key("v", "vote", "vote", "call a hidden vote, go on with it, reveal it", vote, often=True, useful=_has_people),
        Key("v!", "reveal", "reveal", "reveal the vote without the rest", reveal, useful=_is_hidden),
        Key("c", "hands", "count hands", "count hands, a number a choice; ?2 for two who don't know", hands, "2 0 1 4"),
        Key("o", "override", "override", "answer against the vote", override, "3 REASON", often=True, useful=_voted),
        _AGENDA,
        _FILE,
        _HELP,
        _QUIT,
        _QUIT_EVEN_SO,
    ),
    _hint_at_question,
    choosing=_no_vote,
)
AT_END: Final = Keys(
    _no_question,
    "",
    (
        Key("n", "next", "what is left", "the first question that is left or marked", next_at_end, often=True),
        Key("b", "back", "back", "the last question", back, often=True),
        Key("g", "go", "go to", "go to a question, g m to the first marked one", go, "7", often=True),
        _UNDO,
        _REDO,
        _LADDER,
        replace(_AGENDA, often=True),
        _ROOM,
        _FILE,
        _HELP,
        replace(_QUIT, does=N_("report"), help=N_("leave for the report")),
        _QUIT_EVEN_SO,
    ),
    _hint_at_end,
    elsewhere=N_('There is no question here for "{typed}".'),
)
IN_VOTE: Final = Keys(
    cast,
    N_("vote"),
    (
        Key("?", "unknown", "don't know", "don't know", cast_dont_know, often=True),
        Key("x", "na", "not applicable", "not applicable, and why", cast_not_applicable, "REASON", often=True),
        Key("s", "skip", "not here", "pass this person over", pass_over, often=True),
        Key("u", "undo", "last vote back", "take the last vote back", take_back, often=True),
        Key("b", "stop", "stop", "leave the vote, which stays hidden and can go on", stop, often=True),
        Key("v!", "reveal", "reveal", "reveal the vote without the rest", reveal),
        _FILE,
        _HELP,
        _QUIT,
        _QUIT_EVEN_SO,
    ),
    _hint_in_vote,
    secret=True,
)
