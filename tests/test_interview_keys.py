"""Every key of the interview without a terminal, and laws that hold for any script of keys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED, LINES, SCRIPTS, Script, assert_outcome, at, begun, play
from pydantic import TypeAdapter

from cvp.answers import last_day
from cvp.interview.changes import Change
from cvp.interview.keys import AT_END, AT_QUESTION, IN_VOTE, Keys, reduce
from cvp.interview.keys.answering import LONGEST
from cvp.interview.state import Interview, saved, start, to_ask, unsaved
from cvp.questionnaire import Questionnaire
from questionnaires import (
    DAY,
    Case,
    assess,
    cases,
    criterion,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)

scripts = st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=25)


def after(asked: Questionnaire, *lines: str) -> Interview:
    return play(start(asked), *lines)


def without_message(interview: Interview) -> Interview:
    return replace(interview, message=())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_do_what_they_promise(script: Script) -> None:
    assert_outcome(script, play(begun(), *script.lines))


@pytest.mark.parametrize("keys", [AT_QUESTION, AT_END, IN_VOTE])
def test_keys_are_distinct(keys: Keys) -> None:
    names = [name for key in keys.keys for name in {key.key, key.word}]
    assert len(names) == len(set(names))
    assert all(name == name.casefold() for name in names)


def test_criteria_are_asked_from_the_lowest_level_up_and_safeguards_last() -> None:
    mixed = questionnaire(
        [criterion("c", 4), criterion("a", 1), criterion("b", 2), criterion("a2", 1)], [safeguard("s", 2)]
    )
    assert start(mixed).order == ("a", "a2", "b", "c", "s")


def test_starts_at_the_first_open_question() -> None:
    interview = begun(answers=sheet(a="c1", b="?"))
    assert at(interview) == "c"
    assert interview.message == ("A small one: 5 questions; 3 are left.",)
    assert begun(answers=sheet(a="c1", b="?", c="c0", d="c2", paid="c1")).at_end


def test_a_number_is_said_again_with_the_bounds() -> None:
    assert after(ASKED, "2").message == (
        "You said: 2 choice 1",
        "so far: Level 1; the level is settled; 4 questions are left and matter only for the plan",
    )
    assert after(ASKED, "3").message[-1] == "so far: Level 1, between 1 and 4"
    assert after(ASKED, "3", "3").message[-1] == "so far: Level 2, between 2 and 4"


def test_one_question_left_is_told_in_the_singular_and_none_without_a_number() -> None:
    message = after(ASKED, "1", "1", "1", "1").message[-1]
    assert message == "so far: Level 1; the level is settled; 1 question is left and matters only for the plan"
    assert after(ASKED, "1", "1", "1", "1", "1").message[-1] == "so far: Level 1; the level is settled"


def test_a_level_that_is_settled_at_1_may_still_be_unsecured() -> None:
    asked = one_for_each_level()
    settled = after(asked, "s", "1")
    assert settled.message[-1] == "so far: Level 1; the level is settled, but not yet whether it is secured"
    assert "the level is settled; 2" in after(asked, "s", "1", "g 1", "3").message[-1]


@pytest.mark.parametrize(
    "line", ["x We sell to consumers  only", "X  We sell to\tconsumers only\n", "na We sell to consumers only"]
)
def test_not_applicable_keeps_its_reason(line: str) -> None:
    assert after(ASKED, line).sheet == sheet(a={"not_applicable": "We sell to consumers only"})


def test_a_reason_holds_no_control_characters() -> None:
    assert after(ASKED, "x up \x1b[A\udcff").sheet["a"].not_applicable == "up \\x1b[A\\udcff"


@pytest.mark.parametrize("line", ["x {}", "o 1 {}", "o x {}", "e {}", "e a | {}"])
def test_reasons_and_notes_have_a_length(line: str) -> None:
    voted = play(begun(), "room 2", "v", "1", "1", "v")
    too_long = reduce(voted if line.startswith("o") else begun(), line.format("y" * (LONGEST + 1)))
    assert "too long" in too_long.message[0]
    assert too_long.record == (voted if line.startswith("o") else begun()).record
    fits = reduce(voted if line.startswith("o") else begun(), line.format("y" * LONGEST))
    assert "too long" not in fits.message[0]


def test_notes_at_a_question_become_full() -> None:
    interview = play(begun(), *["e " + "y" * LONGEST] * 5)
    assert interview.message == ("The note is full.",)
    assert len(interview.record.remarks["a"].note or "") < 10_000


@pytest.mark.parametrize("line", ["", "  ", "\n", "\r\n"])
def test_an_empty_line_answers_nothing(line: str) -> None:
    interview = after(ASKED, line)
    assert without_message(interview) == without_message(start(ASKED))
    assert interview.message == (
        "Nothing was typed, so nothing is answered. Type 1 to 3, ? for don't know, or help for all keys.",
    )


@pytest.mark.parametrize(
    "line", ["foo", "12345", "1 2", "-1", "1.0", "２", "??", "? 1", "b 2", "n n", "g7", "v now", "\x1b[A", "x" * 999]
)
def test_what_is_no_key_changes_nothing_but_the_message(line: str) -> None:
    interview = after(ASKED, "1", line)
    assert without_message(interview) == without_message(after(ASKED, "1"))
    assert interview.message
    assert len(interview.message[0]) < 150


@pytest.mark.parametrize("line", ["0", "4", "9999"])
def test_a_number_without_a_choice_is_told_the_range(line: str) -> None:
    interview = after(ASKED, line)
    assert not interview.sheet
    assert interview.message == ("This question has 3 choices: type 1 to 3.",)


@pytest.mark.parametrize("line", ["g", "g 0", "g 6", "g x", "g 99999999", "g 1 2", "g ２"])
def test_go_to_nowhere_asks_where(line: str) -> None:
    interview = after(ASKED, "1", line)
    assert at(interview) == "b"
    assert interview.message[0].startswith("Which question? Type g and a number from 1 to 5, m for the next marked one")


def test_an_answer_goes_on_to_the_next_open_question() -> None:
    assert at(after(ASKED, "1", "1", "1", "g 1", "2")) == "d"


def test_the_same_answer_again_is_no_change() -> None:
    interview = after(ASKED, "1", "b", "1")
    assert at(interview) == "b"
    assert len(interview.changes) == 1


def test_undo_goes_back_through_everything_and_redo_forth_again() -> None:
    interview = after(ASKED, "1", "?", "b", "b", "2", "e seen", "m")
    undone = [play(interview, *["u"] * count) for count in range(6)]
    assert [each.message[0] for each in undone[1:]] == [
        "Undone: the mark on question 3.",
        "Undone: what was noted at question 3.",
        "Undone: the answer to question 1, which has an answer again.",
        "Undone: the answer to question 2, which is open again.",
        "Undone: the answer to question 1, which is open again.",
    ]
    assert [at(each) for each in undone[1:]] == ["c", "c", "a", "b", "a"]
    for count, each in enumerate(undone):
        assert play(each, *["r"] * count).record == interview.record


def test_undo_reaches_back_into_an_earlier_run() -> None:
    before = after(ASKED, "1", "2")
    resumed = start(ASKED, course=before.course)
    assert play(resumed, "u").sheet == sheet(a="c0")
    assert len(play(resumed, "u").changes) == 1


def test_a_note_may_make_an_answer_stale() -> None:
    asked = questionnaire([criterion("a", 1, fresh_for=12), criterion("b", 2)])
    interview = play(start(asked, day=last_day(DAY)), "3", "b", "e seen | CRM | 2001")
    assert interview.message[1:] == (
        "The newest evidence here is too old, so the answer counts as open.",
        "so far: Level 1, between 1 and 2",
    )
    assert interview.evaluation.points["a"] is None
    assert play(interview, "e again | CRM | 2013-01").evaluation.points["a"] is not None


def test_why_says_weight_guidance_and_source() -> None:
    asked = questionnaire([criterion("a", 1, weight=2.5, must=0.5, fresh_for=6, guidance="Ask on.\n\nThen ask again.")])
    assert after(asked, "h").message == (
        "Counts for Level 1 with weight 2.5; the level needs at least 0.50 of 1 here.",
        "Evidence older than 6 months leaves it open.",
        "Ask on.",
        "Then ask again.",
        "Source: Bill Lee, Level 4",
    )


def test_why_of_a_safeguard_says_what_it_limits() -> None:
    assert after(ASKED, "g 5", "why").message == (
        "A safeguard: a low answer limits the level to 2. Bought praise is none.",
        "Source: Bill Lee, Level 4",
    )


def test_ladder_says_each_gate_and_what_limits() -> None:
    assert after(ASKED, "3", "2", "x none", "g 5", "1", "l").message == (
        "Level 4 level 4: still open. 0 of 1 answered.",
        "Level 3 level 3: does not hold. 0 of 1 answered.",
        "Level 2 level 2: does not hold. 1 of 1 answered, score 0.50, needs 0.70.",
        "Level 1 level 1: holds. 1 of 1 answered, score 1.00, needs 0.70.",
        "Limits: Level 2 by about paid",
        "so far: Level 1; the level is settled; 1 question is left and matters only for the plan",
    )


def test_a_score_just_under_the_threshold_does_not_read_as_reached() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.6999, 1)])
    assert "does not hold. 1 of 1 answered, score 0.69, needs 0.70." in after(asked, "2", "l").message[3]


def test_what_if_says_level_bounds_and_way_and_gives_no_answer() -> None:
    interview = after(ASKED, "3", "g 1", "w 1")
    assert interview.sheet == sheet(a="c2")
    assert interview.message[0] == "If it were 1 choice 0: Level 1, settled."
    assert interview.message[1].startswith(
        "From there to Level 4: 2 moves, 8 days in all: label of talk; label of meet"
    )
    assert interview.message[2] == "As it is: Level 1, between 1 and 4."
    assert reduce(interview, "w ?").message[0] == "If it were don't know: Level 1, between 1 and 4."
    assert reduce(interview, "w x").message[0] == "If it were not applicable: Level 1, settled."


def test_what_if_without_moves_says_so() -> None:
    bare = one_for_each_level()
    assert after(bare, "w 1").message[1] == "No move leads further from there."
    assert after(bare, "3", "3", "3", "w 3").message[1] == "There is nothing to add there."


def test_help_names_every_key_that_is_of_use() -> None:
    message = "\n".join(after(ASKED, "help").message)
    assert message.startswith("What can be typed:\n1 to 3: choose\n")
    unused = {"u", "r", "v", "v!", "o", "a", "q!"}
    for key in AT_QUESTION.keys:
        assert (f" or {key.word}: {key.help}" in message) == (key.key not in unused)


def test_what_is_of_use_changes_with_the_moment() -> None:
    def offered(interview: Interview) -> set[str]:
        keys = AT_END if interview.at_end else IN_VOTE if interview.turn else AT_QUESTION
        return {key.key for key in keys.offered(interview)}

    assert {"choices", "?", "x"} <= offered(begun())
    assert not {"u", "r", "v", "v!", "o", "a", "q!"} & offered(begun())
    assert {"u", "v"} <= offered(play(begun(), "room 2"))
    assert {"r"} <= offered(play(begun(), "1", "u"))
    voted = play(begun(), "room 2", "v", "1", "1", "v")
    assert {"v", "o", "a"} <= offered(voted)
    assert not {"choices", "?", "x"} & offered(voted)
    assert {"choices", "?", "x", "s", "u", "b", "v!"} <= offered(play(begun(), "room 2", "v"))
    assert "q!" in offered(unsaved(begun(), "the disk is full"))
    assert "h" not in offered(play(begun(), "g end"))


def test_a_number_at_the_end_is_no_answer() -> None:
    assert after(ASKED, "g end", "3").message == ("There is no question here; g 3 goes to question 3.",)


def test_from_the_end_next_goes_to_what_is_open_or_marked() -> None:
    assert at(after(ASKED, "1", "s", "1", "1", "1", "n")) == "b"
    assert at(after(ASKED, "m", "1", "s", "g end", "n")) == "a"
    done = after(ASKED, "1", "1", "1", "1", "1", "n")
    assert done.message == ("No question is left, and none is marked.",)


def test_from_the_end_back_goes_to_the_last() -> None:
    assert at(after(ASKED, "g end", "b")) == "paid"


@pytest.mark.parametrize(
    ("lines", "ending"),
    [
        (("q",), "quit"),
        (("1", "quit"), "quit"),
        (("g end", "q"), "finished"),
        (("1", "1", "1", "1", "1", "b", "q"), "finished"),
    ],
)
def test_quit_finishes_only_at_the_end(lines: tuple[str, ...], ending: str) -> None:
    interview = after(ASKED, *lines)
    assert interview.ending == ending
    assert reduce(interview, "1") == interview


def test_what_is_not_saved_is_not_left_behind_by_mistake() -> None:
    interview = unsaved(after(ASKED, "1"), "the disk is full")
    stays = reduce(interview, "q")
    assert not stays.ending
    assert "q! to leave without them" in stays.message[0]
    assert reduce(stays, "q!").ending == "quit"
    assert reduce(saved(stays), "q").ending == "quit"


@pytest.mark.parametrize("line", ["f", "f a\x1bb", "f \u202eb"])
def test_a_path_that_cannot_be_shown_is_none(line: str) -> None:
    assert not after(ASKED, line).file


def test_other_languages_are_spoken() -> None:
    asked = questionnaire([criterion("a", 1, label={"en": "How?", "de": "Wie?"})], title={"en": "Small", "de": "Klein"})
    assert start(asked, language="de").message == ("Klein: 1 question.",)
    assert start(asked, language="fr").message == ("Small: 1 question.",)


@pytest.mark.parametrize("move", [-1, 6])
def test_there_is_no_position_outside(move: int) -> None:
    with pytest.raises(ValueError, match="no position"):
        start(ASKED).moved(move)


DECISIVE = questionnaire(
    [*(criterion(f"low{n}", 1) for n in range(3)), criterion("up", 2, must=0.5), criterion("top", 4)],
    [safeguard("paid", 1, 0, 1)],
)


def test_the_decisive_order_asks_what_narrows_the_bounds_most() -> None:
    interview = begun(DECISIVE, asks="decisive")
    assert interview.order == ("low0", "low1", "low2", "up", "top", "paid")
    asked = []
    while not interview.at_end:
        assert interview.position == to_ask(interview)
        asked.append(at(interview))
        interview = reduce(interview, "2")
    assert sorted(asked) == sorted(interview.order)
    assert asked != list(interview.order)


def test_in_the_decisive_order_back_and_next_follow_the_way_taken() -> None:
    interview = begun(DECISIVE, asks="decisive")
    first = at(interview)
    second = at(reduce(interview, "2"))
    third = play(interview, "2", "2")
    assert at(play(third, "b")) == second
    assert at(play(third, "b", "b")) == first
    assert play(third, "b", "b", "b").message == ("This is the first question.",)
    assert at(play(third, "b", "b", "n")) == second
    assert at(play(third, "b", "b", "n", "n")) == at(third)


def test_what_is_skipped_in_the_decisive_order_comes_again_at_the_end_alone() -> None:
    interview = begun(DECISIVE, asks="decisive")
    first = at(interview)
    seen = []
    while not interview.at_end:
        seen.append(at(interview))
        interview = reduce(interview, "s")
    assert seen[0] == first
    assert sorted(seen) == sorted(interview.order)
    assert at(reduce(interview, "n")) == "low0"


@given(cases(recommended=True), scripts, st.sampled_from(["ladder", "decisive"]))
def test_no_line_ever_raises_and_the_same_lines_give_the_same_state(case: Case, script: list[str], asks: str) -> None:
    first, second = (
        play(begun(case.questionnaire, case.sheet, "ladder" if asks == "ladder" else "decisive"), *script)
        for _ in range(2)
    )
    assert first == second
    assert 0 <= first.position <= len(first.order)
    assert first.turn == 0 or first.turn <= len(first.record.people)


@given(cases(), scripts)
def test_undoing_everything_gives_the_beginning_and_redoing_it_the_end(case: Case, script: list[str]) -> None:
    begin = begun(case.questionnaire, case.sheet)
    end = replace(play(begin, *script), turn=0, ending="", unsaved="")
    count = len(end.course.past)
    undone = play(end, *["u"] * count)
    assert undone.record == begin.record
    assert undone.sheet == case.sheet
    assert play(undone, *["r"] * count).record == end.record


@given(cases(), scripts)
def test_replaying_the_changes_gives_the_same_course(case: Case, script: list[str]) -> None:
    begin = begun(case.questionnaire, case.sheet)
    end = play(begin, *script)
    replayed, change_of = begin.course, TypeAdapter[Change](Change)
    for change in end.changes:
        kept = change_of.validate_json(change_of.dump_json(change, exclude_defaults=False))
        assert kept == change
        replayed = replayed.after(kept, case.questionnaire)
    assert replayed == end.course


@given(cases(), scripts, st.sampled_from(LINES))
def test_undo_takes_back_whatever_a_key_has_changed(case: Case, script: list[str], line: str) -> None:
    before = play(begun(case.questionnaire, case.sheet), *script)
    now = reduce(before, line)
    if len(now.course.past) > len(before.course.past):
        assert reduce(now, "u").record == before.record
    elif line not in ("u", "r"):
        assert now.course == before.course


@given(cases(), scripts)
def test_the_standing_is_the_scorers(case: Case, script: list[str]) -> None:
    interview = play(start(case.questionnaire, day=last_day(DAY)), *script)
    standing, found = interview.evaluation.standing, assess(case.questionnaire, interview.sheet)
    assert (standing.level, standing.low, standing.high) == (found.level, found.low, found.high)
    assert standing.secured == found.secured
