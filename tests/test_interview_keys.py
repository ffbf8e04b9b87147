"""Every key of the interview without a terminal, and laws that hold for any script of keys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import Answer, last_day
from cvp.interview.keys import KEYS, LONGEST_REASON, offered, reduce
from cvp.interview.state import Interview, start
from cvp.questionnaire import Questionnaire
from questionnaires import (
    DAY,
    Case,
    assess,
    cases,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)

SMALL = one_for_each_level(safeguard("paid", 2, 0, 1, why="Bought praise is none."))

typed = st.sampled_from(
    [
        "",
        "1",
        "2",
        "3",
        "4",
        "0",
        "?",
        "x",
        "x not ours",
        "n",
        "b",
        "u",
        "u",
        "h",
        "l",
        "help",
        "g 1",
        "g 5",
        "g 99",
        "g",
        "B",
        "b 2",
    ]
) | st.text(max_size=20)
scripts = st.lists(typed, max_size=25)


def after(asked: Questionnaire, *lines: str) -> Interview:
    return play(start(asked), *lines)


def play(interview: Interview, *lines: str) -> Interview:
    for line in lines:
        interview = reduce(interview, line)
    return interview


def asked_now(interview: Interview) -> str:
    return interview.question.id if interview.question else "the end"


def without_message(interview: Interview) -> Interview:
    return replace(interview, message=())


def test_criteria_are_asked_from_the_lowest_level_up_and_safeguards_last() -> None:
    mixed = questionnaire(
        [criterion("c", 4), criterion("a", 1), criterion("b", 2), criterion("a2", 1)], [safeguard("s", 2)]
    )
    assert start(mixed).order == ("a", "a2", "b", "c", "s")


def test_starts_at_the_first_open_question() -> None:
    interview = start(SMALL, sheet(a="c1", b="?"))
    assert asked_now(interview) == "c"
    assert interview.message == ("A small one: 5 questions; 2 have an answer already.",)


def test_starts_at_the_end_when_all_is_answered() -> None:
    assert start(SMALL, sheet(a="c1", b="?", c="c0", d="c2", paid="c1")).at_end


def test_does_not_hold_on_to_the_callers_sheet() -> None:
    given = sheet(a="c1")
    interview = start(SMALL, given)
    given.clear()
    assert interview.sheet == sheet(a="c1")


def test_a_number_chooses_and_goes_on() -> None:
    interview = after(SMALL, "2")
    assert interview.sheet == sheet(a="c1")
    assert asked_now(interview) == "b"
    assert interview.message == (
        "You said: 2 choice 1",
        "so far: Level 1; the level is settled; 4 questions are left and matter only for the plan",
    )


def test_bounds_are_told_while_they_are_apart() -> None:
    assert after(SMALL, "3").message[-1] == "so far: Level 1, between 1 and 4"
    assert after(SMALL, "3", "3").message[-1] == "so far: Level 2, between 2 and 4"


def test_one_question_left_is_told_in_the_singular() -> None:
    message = after(SMALL, "1", "1", "1", "1").message[-1]
    assert message == "so far: Level 1; the level is settled; 1 question is left and matters only for the plan"


def test_nothing_left_is_told_without_a_number() -> None:
    assert after(SMALL, "1", "1", "1", "1", "1").message[-1] == "so far: Level 1; the level is settled"


@pytest.mark.parametrize("line", ["?", " ?  \r\n"])
def test_dont_know_is_an_answer(line: str) -> None:
    interview = after(SMALL, line)
    assert interview.sheet == sheet(a="?")
    assert asked_now(interview) == "b"
    assert interview.message[0] == "You said: don't know"


@pytest.mark.parametrize(
    "line", ["x We sell to consumers  only", "X  We sell to\tconsumers only\n", "na We sell to consumers only"]
)
def test_not_applicable_keeps_its_reason(line: str) -> None:
    assert after(SMALL, line).sheet == sheet(a={"not_applicable": "We sell to consumers only"})


def test_not_applicable_demands_a_reason() -> None:
    interview = after(SMALL, "x")
    assert not interview.sheet
    assert interview.message == ("Not applicable needs its reason; as in: x We sell to consumers only",)


def test_a_reason_holds_no_control_characters() -> None:
    assert after(SMALL, "x up \x1b[A\udcff").sheet["a"].not_applicable == "up \\x1b[A\\udcff"


def test_a_reason_has_a_length() -> None:
    assert not after(SMALL, "x " + "y" * (LONGEST_REASON + 1)).sheet


@pytest.mark.parametrize("line", ["", "  ", "\n", "\r\n"])
def test_an_empty_line_answers_nothing(line: str) -> None:
    interview = after(SMALL, line)
    assert without_message(interview) == without_message(start(SMALL))
    assert interview.message == (
        "Nothing was typed, so nothing is answered. Type 1 to 3, ? for don't know, or help for all keys.",
    )


@pytest.mark.parametrize(
    "line", ["foo", "12345", "1 2", "-1", "1.0", "２", "??", "? 1", "b 2", "n n", "g7", "\x1b[A", "x" * 999]
)
def test_what_is_no_key_changes_nothing_but_the_message(line: str) -> None:
    interview = after(SMALL, "1", line)
    assert without_message(interview) == without_message(after(SMALL, "1"))
    assert interview.message
    assert len(interview.message[0]) < 150


@pytest.mark.parametrize("line", ["0", "4", "9999"])
def test_a_number_without_a_choice_is_told_the_range(line: str) -> None:
    interview = after(SMALL, line)
    assert not interview.sheet
    assert interview.message == ("This question has 3 choices: type 1 to 3.",)


def test_next_leaves_the_question_open() -> None:
    interview = after(SMALL, "n")
    assert not interview.sheet
    assert asked_now(interview) == "b"


def test_back_goes_back_and_stops_at_the_first() -> None:
    assert asked_now(after(SMALL, "1", "1", "b")) == "b"
    assert after(SMALL, "b").message == ("This is the first question.",)


def test_an_answer_goes_on_to_the_next_open_question() -> None:
    assert asked_now(after(SMALL, "1", "1", "1", "g 1", "2")) == "d"


@pytest.mark.parametrize("line", ["g 4", "G 4", "go 4", "g   4 "])
def test_go_goes_to_a_question(line: str) -> None:
    assert asked_now(after(SMALL, line)) == "d"


@pytest.mark.parametrize("line", ["g", "g 0", "g 6", "g x", "g 99999999", "g 1 2"])
def test_go_to_nowhere_asks_where(line: str) -> None:
    interview = after(SMALL, "1", line)
    assert asked_now(interview) == "b"
    assert interview.message == ("Which question? Type g and a number from 1 to 5; as in: g 5",)


def test_undo_is_a_stack() -> None:
    interview = after(SMALL, "1", "?", "b", "b", "2", "u")
    assert interview.sheet == sheet(a="c0", b="?")
    assert interview.message[0] == "Undone: question 1 has its earlier answer again."
    interview = play(interview, "u")
    assert asked_now(interview) == "b"
    assert interview.message[0] == "Undone: question 2 is open again."
    interview = play(interview, "u")
    assert not interview.sheet
    assert play(interview, "u").message == ("There is nothing to undo.",)


def test_undo_does_not_touch_answers_from_before() -> None:
    given = sheet(a="c1")
    assert play(start(SMALL, given), "u").sheet == given


def test_another_choice_loses_note_and_evidence_and_says_so() -> None:
    given = sheet(a={"choice": "c1", "note": "Assumed: yes", "evidence": evidence("2012")})
    changed = play(start(SMALL, given), "g 1", "1")
    assert changed.sheet == sheet(a="c0")
    assert changed.message[1] == "The note and evidence of the earlier answer went with it; u brings them back."
    assert play(changed, "u").sheet == given


@pytest.mark.parametrize(("before", "line"), [("c1", "2"), ("?", "?")])
def test_the_same_answer_again_keeps_note_and_evidence(before: str, line: str) -> None:
    given = sheet(a={"choice": before, "note": "as said"})
    again = play(start(SMALL, given), "g 1", line)
    assert again.sheet == given
    assert asked_now(again) == "b"


def test_why_says_weight_guidance_and_source() -> None:
    asked = questionnaire([criterion("a", 1, weight=2.5, must=0.5, guidance="Ask on.\n\nThen ask again.")])
    assert after(asked, "h").message == (
        "Counts for Level 1 with weight 2.5; the level needs at least 0.5 of 1 here.",
        "Ask on.",
        "Then ask again.",
        "Source: Bill Lee, Level 4",
    )


def test_why_of_a_safeguard_says_what_it_limits() -> None:
    assert after(SMALL, "g 5", "why").message == (
        "A safeguard: a low answer limits the level to 2. Bought praise is none.",
        "Source: Bill Lee, Level 4",
    )


def test_ladder_says_each_gate_and_what_limits() -> None:
    assert after(SMALL, "3", "2", "x none", "g 5", "1", "l").message == (
        "Level 4 level 4: still open. 0 of 1 answered.",
        "Level 3 level 3: does not hold. 0 of 1 answered.",
        "Level 2 level 2: does not hold. 1 of 1 answered, 50 of 100 points, needs 70.",
        "Level 1 level 1: holds. 1 of 1 answered, 100 of 100 points, needs 70.",
        "Limits: Level 2 by about paid",
        "so far: Level 1; the level is settled; 1 question is left and matters only for the plan",
    )


def test_points_just_under_the_threshold_do_not_read_as_reached() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.6999, 1)])
    assert "does not hold. 1 of 1 answered, 69 of 100 points, needs 70." in after(asked, "2", "l").message[3]


def test_help_names_every_key() -> None:
    message = after(SMALL, "help").message
    assert message == ("What can be typed:", *offered(start(SMALL)))
    assert message[1] == "1 to 3 choose"
    for key in KEYS:
        assert any(line.startswith(f"{key.key} ") and line.endswith(key.does) for line in message)


def test_the_end_says_what_helps_there() -> None:
    assert list(offered(after(SMALL, "g 5", "n"))) == [
        "n first open question",
        "b back",
        "g 7 go to a question",
        "u undo",
        "l ladder so far",
        "help all keys",
        "q done",
    ]


@pytest.mark.parametrize("line", ["?", "x none", "h"])
def test_the_end_has_no_question(line: str) -> None:
    end = after(SMALL, "g 5", "n", line)
    assert end.at_end
    assert not end.sheet
    assert end.message[0].startswith("There is no question here")


def test_a_number_at_the_end_is_no_answer() -> None:
    assert after(SMALL, "g 5", "n", "3").message == ("There is no question here; g 3 goes to question 3.",)


def test_from_the_end_next_goes_to_the_first_open_question() -> None:
    assert asked_now(after(SMALL, "1", "n", "1", "1", "1", "n")) == "b"
    assert after(SMALL, "1", "1", "1", "1", "1", "n").message == ("Every question has an answer.",)


def test_from_the_end_back_goes_to_the_last() -> None:
    assert asked_now(after(SMALL, "g 5", "n", "b")) == "paid"


@pytest.mark.parametrize(
    ("lines", "ending"),
    [
        (("q",), "quit"),
        (("1", "quit"), "quit"),
        (("g 5", "n", "q"), "finished"),
        (("1", "1", "1", "1", "1", "b", "q"), "finished"),
    ],
)
def test_quit_finishes_only_at_the_end(lines: tuple[str, ...], ending: str) -> None:
    interview = after(SMALL, *lines)
    assert interview.ending == ending
    assert reduce(interview, "1") == interview


def test_keys_are_distinct() -> None:
    names = [name for key in KEYS for name in {key.key, key.word}]
    assert len(names) == len(set(names))


def test_other_languages_are_spoken() -> None:
    asked = questionnaire([criterion("a", 1, label={"en": "How?", "de": "Wie?"})], title={"en": "Small", "de": "Klein"})
    assert start(asked, language="de").message == ("Klein: 1 question.",)
    assert start(asked, language="fr").message == ("Small: 1 question.",)


@pytest.mark.parametrize("move", [-1, 6])
def test_there_is_no_position_outside(move: int) -> None:
    with pytest.raises(ValueError, match="no position"):
        start(SMALL).moved(move)


def test_the_end_takes_no_answer_and_the_start_no_undo() -> None:
    with pytest.raises(ValueError, match="no question"):
        start(SMALL).moved(5).answered(Answer(choice="?"))
    with pytest.raises(ValueError, match="nothing to undo"):
        start(SMALL).undone()


@given(cases(), scripts)
def test_the_same_script_gives_the_same_state(case: Case, script: list[str]) -> None:
    first = play(start(case.questionnaire, case.sheet), *script)
    assert first == play(start(case.questionnaire, case.sheet), *script)
    assert 0 <= first.position <= len(first.order)


@given(cases(), scripts, typed)
def test_undo_takes_back_any_answering_key(case: Case, script: list[str], line: str) -> None:
    before = play(start(case.questionnaire, case.sheet), *script)
    now = reduce(before, line)
    if len(now.history) > len(before.history):
        assert without_message(reduce(now, "u")) == without_message(before)
    elif len(now.history) == len(before.history):
        assert now.sheet == before.sheet


@given(cases(), scripts)
def test_undoing_everything_gives_the_first_answers(case: Case, script: list[str]) -> None:
    interview = play(start(case.questionnaire, case.sheet), *script)
    assert play(interview, *["u"] * len(interview.history)).sheet == case.sheet


@given(cases(), scripts)
def test_the_standing_is_the_scorers(case: Case, script: list[str]) -> None:
    interview = play(start(case.questionnaire, case.sheet, day=last_day(DAY)), *script)
    standing, found = interview.evaluation.standing, assess(case.questionnaire, interview.sheet)
    assert (standing.level, standing.low, standing.high) == (found.level, found.low, found.high)
    assert standing.secured == found.secured
