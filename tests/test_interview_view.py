"""Screens of the interview: as wide as asked, in characters that can be written, and whole ones as golden text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cvp.answers import AnswerSheet
from cvp.interview.keys import reduce
from cvp.interview.state import Interview, start
from cvp.interview.view import view
from questionnaires import Case, cases, criterion, one_for_each_level, questionnaire, safeguard, sheet

GOLDEN = Path(__file__).parent / "golden"

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


def at(given_before: AnswerSheet, *lines: str) -> Interview:
    interview = start(PRAISE, given_before)
    for line in lines:
        interview = reduce(interview, line)
    return interview


SCREENS = {
    "question": at({}, "3"),
    "revisited": at(
        sheet(price="c2", outcome="some", bond="?", peers={"not_applicable": "We sell to one buyer"}), "g 2", "h"
    ),
    "end": at(sheet(price="c2", outcome="some"), "?", "n", "1", "l"),
}


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", SCREENS)
def test_screens_are_as_kept(name: str, width: int) -> None:
    golden = (GOLDEN / f"interview_{name}_{width}.txt").read_text(encoding="utf-8")
    assert "\n".join(view(SCREENS[name], width)) + "\n" == golden


def test_screens_in_ascii_are_as_kept() -> None:
    golden = (GOLDEN / "interview_question_60_ascii.txt").read_text(encoding="ascii")
    assert "\n".join(view(SCREENS["question"], 60, "ascii")) + "\n" == golden


def test_the_present_answer_is_named() -> None:
    answered = sheet(a="c1", b="?", c={"not_applicable": "none here"})
    interview = start(one_for_each_level(), answered)
    assert "  2  choice 1 (your answer)" in view(reduce(interview, "g 1"), 80)
    assert "Your answer: don't know" in view(reduce(interview, "g 2"), 80)
    assert "Your answer: not applicable, none here" in view(reduce(interview, "g 3"), 80)
    assert not any("our answer" in line for line in view(interview, 80))


def test_the_end_names_at_most_twenty_open_questions() -> None:
    many = questionnaire([criterion(f"q{number}", 1) for number in range(25)])
    page = " ".join(view(start(many).moved(25), 120))
    assert "25 questions are open: 1, 2, 3," in page
    assert "19, 20 and 5 more." in page


def test_the_end_of_a_whole_interview_has_nothing_open() -> None:
    assert "Every question has an answer." in view(
        at(sheet(price="c1", outcome="some", bond="?", peers="?", paid_advocacy="?")), 80
    )


def test_numbers_stand_in_line_from_ten_choices_on() -> None:
    page = view(start(questionnaire([criterion("a", 1, *(n / 10 for n in range(11)))])), 80)
    assert "   9  choice 8" in page
    assert "  10  choice 9" in page


def test_nothing_is_asked_after_the_end() -> None:
    assert view(reduce(start(PRAISE), "q"), 80) == []


@pytest.mark.parametrize(("width", "taken"), [(-1, 40), (0, 40), (39, 40), (121, 120), (9999, 120)])
def test_widths_out_of_range_are_brought_into_it(width: int, taken: int) -> None:
    assert view(SCREENS["question"], width) == view(SCREENS["question"], taken)


@given(
    cases(),
    st.lists(st.sampled_from(["1", "2", "?", "x ours", "n", "b", "u", "h", "l", "help", "", "foo"]), max_size=12),
    st.integers(40, 120),
)
def test_no_line_is_wider_than_the_page(case: Case, script: list[str], width: int) -> None:
    interview = start(case.questionnaire, case.sheet)
    for line in script:
        interview = reduce(interview, line)
        assert all(cell_len(shown) <= width for shown in view(interview, width))


@given(foreign, foreign, typed, st.integers(40, 120), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_hostile_texts_fit_and_do_not_steer(label: str, choice: str, reason: str, width: int, encoding: str) -> None:
    part = criterion("a", 1, label=label, hint=label, choices=({"value": "c0", "label": choice, "score": 0},))
    interview = reduce(start(questionnaire([part])), f"x {reason}")
    for state in (interview, reduce(interview, "b"), reduce(interview, reason)):
        for line in view(state, width, encoding):
            assert cell_len(line) <= width
            line.encode(encoding)
            assert not set(line) & set("\x1b\x9b\u202e\n\r\t")
