"""A room that votes: the call and its turns, what stays hidden, rounds, hands, overrides, the agenda."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED, ROOM, at, begun, play

from cvp.interview.keys import reduce
from cvp.interview.keys.seating import MOST_PEOPLE, people_of
from cvp.interview.showing import screen
from cvp.interview.state import Interview, start, unsaved
from cvp.interview.view import view
from questionnaires import sheet


def states(interview: Interview) -> list[str]:
    return [seat.state for seat in screen(interview).seats]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("2", ("Person 1", "Person 2")),
        (" Ann ,  Bob  Jr ", ("Ann", "Bob Jr")),
        ("Ann", ("Ann",)),
        ("A\x1bnn, 2", ("A\\x1bnn", "2")),
    ],
)
def test_people_are_seated_by_number_or_name(text: str, people: tuple[str, ...]) -> None:
    assert people_of(text) == people


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "1 to 99"),
        (str(MOST_PEOPLE + 1), "1 to 99"),
        ("9" * 5000, "1 to 99"),
        ("-1", "1 to 99"),
        ("+3", "1 to 99"),
        ("2.5", "1 to 99"),
        ("Ann,,Bob", "missing between"),
        ("Ann, ann", "tell them apart"),
        ("x" * 61, "60 characters"),
        (",".join(map(str, range(100, 200))), "at most 99"),
    ],
)
def test_what_seats_nobody_is_told(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        people_of(text)
    refused = reduce(begun(), f"room {text}")
    assert not refused.record.people
    assert "as in: room 7" in refused.message[0]


def test_a_seat_that_has_voted_is_not_taken_away() -> None:
    voted = play(begun(), *ROOM)
    refused = reduce(voted, "room 2")
    assert refused.record == voted.record
    assert refused.message[0].startswith(
        "3 people keep their seats, as there was a vote; in a vote, s passes over who has left."
    )


@pytest.mark.parametrize("votes", [("v", "1"), ("v", "1", "3", "v"), ("v", "1", "3", "v", "v"), ("v", "s", "3", "n")])
@pytest.mark.parametrize("names", ["Bob, Ann", "Zoe, Ann, Bob", "Ann", "Ann, Zoe, Bob", "Ann, Robert", "Zoe"])
def test_once_anybody_has_voted_no_seat_changes_hands(votes: tuple[str, ...], names: str) -> None:
    voted = play(begun(), "room Ann, Bob", *votes, "stop")
    refused = reduce(voted, f"room {names}")
    assert refused.record == voted.record
    assert refused.message[0].startswith(
        "Ann and Bob keep their seats, as there was a vote: type them first, new names behind."
    )


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ann, Bob, Zoe", ("Ann", "Bob", "Zoe")),
        ("ann, BOB", ("Ann", "Bob")),
        ("4", ("Ann", "Bob", "Person 3", "Person 4")),
        ("2", ("Ann", "Bob")),
        ("Ann, Bob, ３", ("Ann", "Bob", "３")),
    ],
)
def test_newcomers_sit_behind_who_has_a_seat(text: str, people: tuple[str, ...]) -> None:
    assert play(begun(), "room Ann, Bob", "v", "1", "stop", f"room {text}").record.people == people


def test_seats_are_free_until_somebody_votes() -> None:
    assert play(begun(), "room Ann, Bob", "v", "stop", "room Bob").record.people == ("Bob",)
    assert play(begun(), "room Ann, Bob", "c 1 0 1", "room Bob, Ann").record.people == ("Bob", "Ann")


def test_a_number_is_no_second_name() -> None:
    voted = play(begun(), "room Person 3, Bob", "v", "1", "stop")
    assert reduce(voted, "room 3").message[0].startswith("Person 3 is there already")


def test_each_person_has_a_turn() -> None:
    interview = play(begun(), "room Ann, Bob", "v")
    assert screen(interview).secret
    assert screen(interview).prompt == "Ann, 1 of 2: number, ? or x REASON, hidden> "
    assert states(interview) == ["next", "waiting"]
    interview = reduce(interview, "1")
    assert screen(interview).prompt.startswith("Bob, 2 of 2: ")
    assert states(interview) == ["voted", "next"]
    interview = reduce(interview, "x ask others")
    assert not screen(interview).secret
    assert screen(interview).prompt == "> "
    assert states(interview) == ["voted", "voted"]
    assert screen(play(begun(), "room 7", "v", "1", "1")).prompt.startswith("Person 3 of 7: ")


def test_the_decisive_order_says_how_many_are_left() -> None:
    """A don't-know is done with, though it is no answer that counts."""
    assert screen(start(ASKED, asks="decisive")).place.endswith(" of 5 (5 left)")
    assert screen(play(start(ASKED, asks="decisive"), "1", "?")).place.endswith(" of 5 (3 left)")
    assert screen(play(begun(), "1")).place == "Question 2 of 5"


def test_who_is_passed_over_can_vote_later() -> None:
    interview = play(begun(), "room 3", "v", "s", "2", "s")
    assert interview.message == ("Everybody here has voted; v! reveals, v calls people 1 and 3.",)
    assert states(interview) == ["waiting", "voted", "waiting"]
    interview = play(interview, "v", "3", "3")
    assert interview.message == ("All 3 have voted. v reveals the vote.",)


def test_a_vote_that_everybody_is_passed_over_in_has_nobody() -> None:
    assert play(begun(), "room 2", "v", "s", "s").message == ("Nobody has voted yet; v calls all again.",)


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        (("room 5", "v", "2"), "Only 1 of 5 has voted, and everybody would see how."),
        (("room 2", "v", "s", "2"), "Only 1 of 2 has voted, and everybody would see how."),
        (
            ("room 5", "v", *"11133", "v", "v", "3", "s", "3"),
            "Only 2 of 5 voted again, and their votes would count alone.",
        ),
        (("room 3", "c 1 1 1", "v", "3"), "Only 1 of 3 voted again, and that vote would count alone."),
    ],
)
def test_revealing_few_votes_is_asked_about_once(lines: tuple[str, ...], doubt: str) -> None:
    hidden = play(begun(), *lines)
    asked = reduce(hidden, "v!")
    assert asked.record == hidden.record
    assert asked.message == (f"{doubt} v! once more does it; v goes on.",)
    assert reduce(asked, "v!").message[0] == "The vote is revealed."
    assert reduce(asked, "v").turn, "v goes on"
    assert play(asked, "l", "v!").message == asked.message, "asked again, as something else came between"


@pytest.mark.parametrize("lines", [("room 5", "v", "2", "3"), ("room 1", "v", "2"), (*ROOM, "v", "v", *"123")])
def test_enough_votes_are_revealed_at_once(lines: tuple[str, ...]) -> None:
    assert play(begun(), *lines, "v!").message[0] == "The vote is revealed."


def test_leaving_a_vote_is_asked_about_once() -> None:
    voting = play(begun(), "room 3", "v", "1")
    asked = reduce(voting, "q")
    assert asked.message == ("A vote is under way. q again leaves and keeps it hidden; b stops it.",)
    assert (asked.ending, asked.turn) == ("", 2)
    assert reduce(asked, "q").ending == "quit"
    assert not play(asked, "3", "q").ending, "another vote came between"
    assert reduce(voting, "q!").ending == "quit"


def test_who_leaves_or_comes_back_hears_of_hidden_votes() -> None:
    one = "Question 1 has a hidden vote under way: 1 of 3 (g 1, then v)."
    voting = play(begun(), "room 3", "v", "1", "stop", "g 4")
    assert reduce(voting, "q").message == (one,)
    assert start(ASKED, course=voting.course).message[1:] == (one,)
    two = play(voting, "v", "1", "stop", "g end")
    both = "Hidden votes are under way on questions 1 and 4 (g and the number, then v)."
    assert reduce(two, "q").message == (both,)
    assert start(ASKED, course=two.course).message[1:] == (both,)
    assert play(begun(), *ROOM, "v", "q").message == ()


def test_nothing_is_revealed_before_a_vote() -> None:
    assert "Nobody has voted yet" in play(begun(), "room 2", "v", "v!").message[0]
    assert "No hidden vote is under way" in play(begun(), "v!").message[0]


def test_the_last_vote_is_taken_back_but_nothing_else() -> None:
    interview = play(begun(), "room 3", "v", "1", "3")
    back = reduce(interview, "u")
    assert (back.turn, back.message) == (2, ("The vote of person 2 is taken back.",))
    back = reduce(back, "u")
    assert (back.turn, back.message) == (1, ("The vote of person 1 is taken back.",))
    off = reduce(back, "u")
    assert (off.turn, off.message, off.round) == (0, ("The vote is called off.",), None)
    elsewhere = play(interview, "b", "m", "v", "u")
    assert elsewhere.message == ("There is no vote to take back here; b leaves the vote.",)
    assert elsewhere.record.marked == {"a"}


def test_a_vote_of_a_second_round_is_called_off_to_the_first() -> None:
    interview = play(begun(), *ROOM, "v", "v", "u")
    assert interview.turn == 0
    assert len(screen(interview).vote) == 3
    assert interview.sheet == sheet(a="c1")


def test_a_finished_vote_from_ballots_is_revealed_at_once() -> None:
    course = play(begun(), *ROOM).course
    interview = reduce(start(ASKED, course=course), "v")
    assert interview.sheet == sheet(a="c1")


def test_a_killed_vote_goes_on_where_it_was() -> None:
    course = play(begun(), "room 3", "v", "1", "3").course
    resumed = start(ASKED, course=course)
    assert at(resumed) == "a"
    assert not screen(resumed).secret
    assert "Hidden votes: 2 of 3; v goes on." in screen(resumed).vote
    assert reduce(resumed, "v").turn == 3
    assert reduce(resumed, "v").message == ("The vote goes on with person 3; v! reveals it without them.",)


@pytest.mark.parametrize("line", ["1", "?", "x none", "o 1 we asked", "c 1 1 1"])
def test_a_hidden_vote_is_not_answered_over(line: str) -> None:
    hidden = play(begun(), *ROOM)
    refused = reduce(hidden, line)
    assert refused.record == hidden.record
    assert refused.message[0].startswith("A hidden vote is under way here.")


def test_the_answer_before_counts_until_the_vote_is_revealed() -> None:
    hidden = play(begun(), "1", "g 1", "room 2", "v", "3", "3")
    assert hidden.sheet == sheet(a="c0")
    shown = reduce(hidden, "v")
    assert shown.sheet == sheet(a="c2")
    assert shown.message[1] == "The answer that stood here gives way to the vote."


def test_a_revealed_vote_is_told_in_full() -> None:
    shown = screen(play(begun(), "room 5", "v", "1", "3", "3", "?", "x none", "v"))
    assert [choice.votes for choice in shown.choices] == [1, 0, 2]
    assert [choice.chosen for choice in shown.choices] == [False, False, True]
    assert shown.vote == (
        "3 votes, 1 don't know, 1 not applicable.",
        "1 sees it lower than the rest: please say why.",
        "The room's answer is the lower median of the votes.",
    )
    assert shown.answer == "The room's answer: 3 choice 2"
    assert [seat.state for seat in shown.seats] == ["lowest", "highest", "highest", "voted", "voted"]


def test_four_votes_have_an_agreement_and_rounds_are_both_told() -> None:
    shown = screen(play(begun(), "room 4", "v", "1", "3", "3", "1", "v", "v", "3", "3", "3", "2", "v"))
    assert shown.vote == (
        "Round 1, which counts no more: 2 0 2; agreement -1.00, two camps.",
        "Round 2: 4 votes; agreement 0.75, agrees.",
        "4 sees it lower than the rest: please say why.",
        "The room's answer is the lower median of the votes.",
    )


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ("11113", "5 sees it higher than the rest: please say why."),
        ("11132", "4 sees it higher than the rest: please say why."),
        ("33122", "The ends speak: 3 for the lowest, 1 and 2 for the highest."),
        ("33131", "3 and 5 see it lower than the rest: please say why."),
        ("1133", "The ends speak: 1 and 2 for the lowest, 3 and 4 for the highest."),
        ("3331??", "4 sees it lower than the rest: please say why."),
    ],
)
def test_where_one_end_is_the_most_of_the_room_the_other_alone_speaks(votes: str, said: str) -> None:
    assert said in screen(play(begun(), f"room {len(votes)}", "v", *votes, "v")).vote


def test_the_answer_of_the_round_before_is_not_called_the_voters_own() -> None:
    second = play(begun(), *ROOM, "v", "v")
    assert screen(second).answer == "The room's answer in round 1: 2 choice 1"
    assert screen(play(second, "stop")).answer == "The room's answer in round 1: 2 choice 1"
    assert screen(play(begun(), *ROOM, "v", "o 1 we asked", "b", "v")).answer == "The room's answer: 1 choice 0"
    assert screen(play(begun(), "2", "b", "room 2", "v")).answer == "Your answer: 2 choice 1"


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        (("?", "?", "1"), "More don't know than answer, so the question stays open."),
        (("x no", "x no", "1"), "The room says that this is not applicable."),
    ],
)
def test_a_vote_without_an_answer_says_why(votes: tuple[str, ...], said: str) -> None:
    assert screen(play(begun(), "room 3", "v", *votes, "v")).vote[-1] == said


def test_an_override_keeps_the_votes_and_says_why() -> None:
    shown = screen(play(begun(), *ROOM, "v", "o 1 we asked two buyers", "b"))
    assert shown.vote[-1] == "Answered against the vote: we asked two buyers"
    assert [choice.votes for choice in shown.choices] == [1, 1, 1]
    assert [choice.chosen for choice in shown.choices] == [True, False, False]
    said = play(begun(), "room 3", "v", "1", "3", "?", "v", "o 1 we asked").message
    assert said[1] == "The votes stay on record: 1 0 1 in order, and 1 don't know."


def test_the_agenda_counts_what_was_decided_against_the_vote() -> None:
    against = play(begun(), *ROOM, "v", "o 1 we asked")
    assert reduce(against, "a").message[0].startswith("Questions voted on: 1 (1 was decided against the vote). ")
    assert "(2 were decided against the vote)" in play(against, "v", "1", "1", "1", "v", "o 3 so", "a").message[0]


@pytest.mark.parametrize(
    ("line", "answer"), [("o ? nobody knows", "?"), ("o x not ours", {"not_applicable": "not ours"})]
)
def test_an_override_may_be_any_answer(line: str, answer: Any) -> None:
    assert play(begun(), *ROOM, "v", line).sheet == sheet(a=answer)


@pytest.mark.parametrize("line", ["o", "o one why", "o 9 why", "o 1", "o ?", "o x"])
def test_an_override_that_is_none_changes_nothing(line: str) -> None:
    voted = play(begun(), *ROOM, "v")
    assert reduce(voted, line).record == voted.record


def test_hands_are_a_round_in_the_open() -> None:
    shown = screen(play(begun(), "c 2 0 5 ?1"))
    assert [choice.votes for choice in shown.choices] == [2, 0, 5]
    assert shown.vote[0] == "7 votes, 1 don't know; agreement -0.14, two camps."
    assert not any("ends speak" in line for line in shown.vote)
    assert "8 hands counted, with 9 people in the room." in play(begun(), "room 9", "c 2 0 5 ?1").message


def test_more_hands_than_people_are_counted_again() -> None:
    refused = play(begun(), "room 5", "c 2 0 6 ?1")
    assert refused.message == ("9 hands, but 5 people: count again, or type room 9.",)
    assert not refused.record.rounds
    assert play(refused, "room 9", "c 2 0 6 ?1").record.voting().respondents == 9
    assert play(begun(), "room 1", "c 60 0 60").message == ("120 hands, but 1 person: count again.",)
    assert "5 hands counted" in play(begun(), "room 5", "c 2 0 3").message[0]


@pytest.mark.parametrize(
    "line", ["c", "c 1 2", "c 1 2 3 4", "c 1 2 x", "c 0 0 0", "c 1001 0 0", "c 1 -2 3", "c 1 1 1 ?x"]
)
def test_hands_that_do_not_fit_are_explained(line: str) -> None:
    interview = reduce(begun(), line)
    assert not interview.record.rounds
    assert "as in: c 2 0 1" in interview.message[0] or "at least one hand" in interview.message[0]


def test_hands_count_as_respondents() -> None:
    assert play(begun(), "c 2 0 5").record.voting().respondents == 7


@pytest.mark.parametrize(("named", "who"), [(False, "1 for the lowest, 2 for"), (True, "Ann for the lowest, Bob for")])
def test_names_are_told_beside_votes_only_where_named(named: bool, who: str) -> None:
    interview = play(start(ASKED, named=named), "room Ann, Bob", "v", "1", "3", "v")
    shown = screen(interview)
    assert f"The ends speak: {who} the highest." in shown.vote
    assert [seat.name for seat in shown.seats] == (["Ann", "Bob"] if named else ["Person 1", "Person 2"])
    if not named:
        assert "Ann" not in "\n".join((*view(interview, 80), *reduce(interview, "a").message))


def test_without_names_the_room_is_numbers_as_soon_as_a_vote_is_called() -> None:
    def names(*lines: str, named: bool = False) -> list[str]:
        return [seat.name for seat in screen(play(start(ASKED, named=named), *lines)).seats]

    assert names("room Ann, Bob") == ["Ann", "Bob"]
    for lines in (("v",), ("v", "1", "stop", "n"), ("v", "1", "3", "v"), ("v", "1", "3", "v", "g end")):
        assert names("room Ann, Bob", *lines) == ["Person 1", "Person 2"]
        assert names("room Ann, Bob", *lines, named=True) == ["Ann", "Bob"]


def test_the_agenda_says_what_needs_talk_and_who_decides() -> None:
    lines = "room 4; v 3 3 3 1 v; n v 1 1 3 3 v; n v ? ? ? 3 v; n v 1 1 1 1 v".replace("; ", " ").split()
    lines[:2] = ["room 4"]
    assert play(begun(), *lines, "a").message == (
        "Questions voted on: 4. Questions that need talk: 3.",
        "2 about b: it decides between Level 1 and Level 2; two camps, agreement -1.00.",
        "1 about a: spread, agreement 0.00.",
        "3 about c: 3 don't know, 1 answer.",
        "Without person 1 or person 2 the level would be another.",
    )


def test_the_agenda_says_that_votes_are_hidden() -> None:
    hidden = play(begun(), "room 3", "v", "1", "3", "2")
    assert reduce(hidden, "a").message == ("Question 1 has a hidden vote under way: 3 of 3 (g 1, then v).",)
    elsewhere = play(hidden, "v", "g 2", "v", "1", "b", "a")
    assert elsewhere.message[0].startswith("Questions voted on: 1.")
    assert "Question 2 has a hidden vote under way: 1 of 3 (g 2, then v)." in elsewhere.message
    nothing = "Nothing was voted yet. Type v at a question to call a vote, or c to count hands."
    assert play(begun(), "room 3", "a").message == (nothing,)


def test_the_agenda_says_how_few_votes_disagree() -> None:
    said = play(begun(), "3", "b", "n", "room 2", "v", "3", "3", "v", "g 3", "v", "1", "3", "v", "a").message
    assert said[:2] == (
        "Questions voted on: 2. Questions that need talk: 1.",
        "3 about c: it decides between Level 2 and Level 3; agreement -1.00 of 2 votes.",
    )


def test_hands_leave_open_who_decides() -> None:
    assert play(begun(), "room 4", "c 2 0 2", "a").message[-1] == "1 about a: two camps, agreement -1.00."


def test_the_end_tells_what_is_hidden_and_what_needs_talk() -> None:
    interview = play(begun(), "room 4", "v", "1", "1", "3", "3", "v", "g 2", "v", "1", "b", "m", "g end")
    assert screen(interview).end == (
        "4 questions are left: 2, 3, 4 and 5.",
        "Marked for review: 2. Type g m to go there.",
        "Votes still hidden, which do not count yet: 2. Type g and the number, then v.",
        "To be talked about: 1. Type a to see why.",
        "No single person decides the level.",
        "Type q for the report.",
    )


votes = st.sampled_from(["1", "2", "3", "?", "x of mine", "zz", "9", "s", "u", "2 of mine"])
looks = st.sampled_from(["", "help", "v", "stop", "l", "a", "w 2", "e", "g end", "b", "n", "m", "e noted"])


@given(st.lists(st.tuples(votes, votes), min_size=1, max_size=6), st.lists(looks, max_size=4))
def test_a_hidden_vote_shows_nothing_of_what_was_voted(pairs: list[tuple[str, str]], after: list[str]) -> None:
    """Two rooms that vote unlike each other, but for the same turns, see the same."""
    valid = {"1", "2", "3", "?", "x of mine"}
    interviews = [play(begun(), "3", "3", "g 1", "room 9", "v")] * 2
    for pair in pairs:
        if not interviews[0].turn or (pair[0] != pair[1] and not set(pair) <= valid):
            continue  # the vote is over; or one of the two is no vote, and told so
        interviews = [reduce(each, line) for each, line in zip(interviews, pair, strict=True)]
        assert screen(interviews[0]) == screen(interviews[1])
    for line in after:
        interviews = [reduce(each, line) for each in interviews]
        if interviews[0].round and interviews[0].round.revealed:
            return
        assert screen(interviews[0]) == screen(interviews[1])
        assert "of mine" not in "".join(view(interviews[0], 80))


@pytest.mark.parametrize("line", ["7", "zz 3", "2 because of Eve", "x", "g 2", "e 2", "? 2", "s 2"])
def test_a_slip_in_a_hidden_vote_is_not_shown_again(line: str) -> None:
    interview = play(begun(), "room 2", "v", line)
    assert interview.turn == 1
    assert not interview.round or not interview.round.votes
    said = "".join(interview.message)
    assert line not in said or line in ("x",)
    assert "Eve" not in said


def test_a_vote_that_is_not_saved_can_be_kept_elsewhere_at_once() -> None:
    interview = unsaved(play(begun(), "room 2", "v", "1"), "the disk is full")
    assert "q! to leave without them" in reduce(interview, "q").message[0]
    elsewhere = reduce(interview, "f there")
    assert (elsewhere.file, elsewhere.turn) == ("there", 2)
