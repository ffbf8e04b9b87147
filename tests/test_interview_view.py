"""Screens of the interview: as wide as asked, in characters that can be written, and whole ones as golden text."""

import re

import pytest
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import LINES, begun, play
from rich.cells import cell_len

from cvp.answers import AnswerSheet
from cvp.interview.keys import reduce
from cvp.interview.showing import screen
from cvp.interview.state import Interview, start, unsaved
from cvp.interview.view import spelled, view
from questionnaires import Case, cases, criterion, one_for_each_level, questionnaire, safeguard, sheet

PRAISE = questionnaire(
    [
        criterion(
            "outcome",
            2,
            label="Which job do buyers hire you for, in their own words, and would two of them say it alike?",
            hint="Think of the last three – not of the best one.",
            guidance="Ask for the buyer’s words.\n\nNotes of lost sales count as evidence.",
            choices=(
                {"value": "none", "label": "They name no job", "score": 0},
                {
                    "value": "some",
                    "label": "Some name one, each another one, and we would not know which is meant",
                    "score": 0.4,
                },
                {
                    "value": "same",
                    "label": "お客様は同じ仕事の名前を挙げ、その理由も自分の言葉で説明してくれます",
                    "score": 1,
                },
            ),
        ),
        criterion("price", 1),
        criterion("bond", 3),
        criterion("peers", 4),
    ],
    [safeguard("paid_advocacy", 2, 0, 1, label="Is anybody paid for praise?")],
    title="What buyers see",
)

typed = st.text(st.characters() | st.sampled_from("\x1b\x9b\u202e字é́👩‍👩‍👧️ \t\n"), min_size=1, max_size=200).filter(
    str.strip
)

foreign = typed.filter(lambda text: not re.search("[\ud800-\udfff]", text))  # which the models refuse


def shown_at(given_before: AnswerSheet, *lines: str) -> Interview:
    return play(begun(PRAISE, given_before), *lines)


VOTED = ("room Ann, Bob, Eve, Zoe", "g 2", "v", "1", "3", "3", "?", "v")
SCREENS = {
    "question": shown_at({}, "3"),
    "revisited": shown_at(
        sheet(price="c2", outcome="some", bond="?", peers={"not_applicable": "We sell to one buyer"}),
        "g 2",
        "m",
        "e Two of three said so – as noted | sales | 2012-11",
        "h",
    ),
    "help": shown_at({}, "3", "help"),
    "what_if": shown_at({}, "3", "w 3"),
    "in_vote": shown_at({}, *VOTED[:5]),
    "revealed": shown_at({}, *VOTED, "v", "3", "2", "3", "3", "v"),
    "agenda": shown_at({}, *VOTED, "n", "v", "1", "1", "3", "3", "v", "a"),
    "unsaved": unsaved(shown_at({}, "3"), "acme.cvp.jsonl: no space is left on the device"),
    "end": shown_at(sheet(price="c2", outcome="some"), "?", "m", "n", "room 3", "v", "1", "b", "g end", "l"),
}


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", SCREENS)
def test_screens_are_as_kept(name: str, width: int) -> None:
    assert_golden(f"interview_{name}_{width}.txt", "\n".join(view(SCREENS[name], width)) + "\n")


@pytest.mark.parametrize("name", ["question", "revealed"])
def test_screens_in_ascii_are_as_kept(name: str) -> None:
    assert_golden(f"interview_{name}_60_ascii.txt", "\n".join(view(SCREENS[name], 60, "ascii")) + "\n")


def test_the_present_answer_is_named() -> None:
    answered = sheet(a="c1", b="?", c={"not_applicable": "none here"})
    interview = begun(one_for_each_level(), answered)
    assert "  2  choice 1 (your answer)" in view(reduce(interview, "g 1"), 80)
    assert "Your answer: don't know" in view(reduce(interview, "g 2"), 80)
    assert "Your answer: not applicable, none here" in view(reduce(interview, "g 3"), 80)
    assert not any("our answer" in line for line in view(interview, 80))


def test_the_end_names_at_most_twenty_open_questions() -> None:
    many = questionnaire([criterion(f"q{number}", 1) for number in range(25)])
    page = " ".join(view(start(many).moved(25), 120))
    assert "25 questions are left: 1, 2, 3," in page
    assert "19, 20 and 5 more." in page


def test_the_end_of_a_whole_interview_has_nothing_open() -> None:
    end = shown_at(sheet(price="c1", outcome="some", bond="?", peers="?", paid_advocacy="?"))
    assert "No question is left." in view(end, 80)


def test_numbers_stand_in_line_from_ten_choices_on() -> None:
    page = view(start(questionnaire([criterion("a", 1, *(n / 10 for n in range(11)))])), 80)
    assert "   9  choice 8" in page
    assert "  10  choice 9" in page


def test_a_crowd_of_hands_is_not_drawn_one_by_one() -> None:
    page = view(shown_at({}, "g 1", "c 999 1 0"), 120)
    assert f"  1  choice 0 (999 votes {'•' * 20}…, the answer)" in page
    assert "  2  choice 1 (1 vote •)" in page


def test_nothing_is_asked_after_the_end() -> None:
    assert view(reduce(start(PRAISE), "q"), 80) == []


@pytest.mark.parametrize(("width", "taken"), [(-1, 40), (0, 40), (39, 40), (121, 120), (9999, 120)])
def test_widths_out_of_range_are_brought_into_it(width: int, taken: int) -> None:
    assert view(SCREENS["question"], width) == view(SCREENS["question"], taken)


@given(
    cases(),
    st.lists(st.sampled_from(LINES), max_size=12),
    st.integers(40, 120),
)
def test_no_line_is_wider_than_the_page(case: Case, script: list[str], width: int) -> None:
    interview = begun(case.questionnaire, case.sheet)
    for line in script:
        interview = reduce(interview, line)
        assert all(cell_len(shown) <= width for shown in view(interview, width))


@given(foreign, foreign, typed, st.integers(40, 120), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_hostile_texts_fit_and_do_not_steer(label: str, choice: str, reason: str, width: int, encoding: str) -> None:
    part = criterion("a", 1, label=label, hint=label, choices=({"value": "c0", "label": choice, "score": 0},))
    first = start(questionnaire([part]), company=label)
    interview = reduce(first, f"x {reason}")
    noted = reduce(first, f"e {reason} | {reason}")
    seated = reduce(reduce(first, f"room {reason[:50]}, 2"), "v")
    states = (interview, reduce(interview, "b"), reduce(interview, reason), noted, seated, unsaved(first, reason))
    assert not set(spelled(screen(seated).prompt, encoding)) & set("\x1b\x9b\u202e\n\r\t")
    for state in states:
        for line in view(state, width, encoding):
            assert cell_len(line) <= width
            line.encode(encoding)
            assert not set(line) & set("\x1b\x9b\u202e\n\r\t")
