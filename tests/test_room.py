"""Several respondents: agreement against the published values, and a room's answers against their definitions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import AnswerSheet
from cvp.questionnaire import Questionnaire
from cvp.room import agreement, count_votes, room_answers, verdict, voting_of
from questionnaires import (
    NOT_APPLICABLE,
    Part,
    assess,
    criterion,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)

PUBLISHED = [
    ((30, 40, 210, 130, 530, 50, 10), 0.6113333),
    ((0, 5, 5, 0), 0.6666667),
    ((1, 0, 0, 9), 0.6),
    ((3, 0, 0, 7), -0.2),
    ((2, 2, 2, 2), 0),
    ((5, 0, 0, 5), -1),
    ((1, 0, 3, 1), 0.2666667),
    ((2, 0, 1, 2), -0.5333333),
    ((2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6), 0.6097236),
    ((1.6, 2.6, 8.2, 21, 29.3, 27, 10.3), 0.4823333),
]


@pytest.mark.parametrize(("frequencies", "value"), PUBLISHED)
def test_agreement_is_the_published_one(frequencies: tuple[float, ...], value: float) -> None:
    assert round(float(agreement(frequencies)), 7) == value


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any))
def test_agreement_lies_between_two_camps_and_one_choice_and_reads_both_ways(frequencies: list[int]) -> None:
    value = agreement(frequencies)
    assert -1 <= value <= 1
    assert agreement(frequencies[::-1]) == value
    assert agreement([3 * count for count in frequencies]) == value
    assert (value == 1) == (sum(count > 0 for count in frequencies) == 1)


def test_agreement_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one vote"):
        agreement((0, 0, 0))


@pytest.mark.parametrize(
    ("votes", "value", "word"),
    [
        (3, Fraction(1), ""),
        (4, Fraction(1), "agrees"),
        (4, Fraction(7, 10), "agrees"),
        (4, Fraction(699, 1000), "neighbours"),
        (4, Fraction(4, 10), "neighbours"),
        (4, Fraction(399, 1000), "spread"),
        (4, Fraction(0), "spread"),
        (4, Fraction(-1, 1000), "two camps"),
        (9, None, ""),
    ],
)
def test_words_for_agreement(votes: int, value: Fraction | None, word: str) -> None:
    assert verdict(votes, value) == word


def room(*votes: str | Part | None) -> tuple[Questionnaire, list[AnswerSheet]]:
    """A room that votes on one criterion of five choices; None says nothing."""
    asked = questionnaire([criterion("a", 1, 0, 0.25, 0.5, 0.75, 1)])
    return asked, [sheet() if vote is None else sheet(a=vote) for vote in votes]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=9))
def test_the_room_answers_with_the_lower_median(votes: list[int]) -> None:
    asked, sheets = room(*(f"c{vote}" for vote in votes))
    expected = next(v for v in sorted(votes) if 2 * sum(other <= v for other in votes) >= len(votes))
    assert room_answers(asked, voting_of(sheets))["a"].choice == f"c{expected}"


@pytest.mark.parametrize(
    ("votes", "answer"),
    [
        (("c1", "c3"), "c1"),
        (("c1", "c3", "?"), "c1"),
        (("c1", "?"), "c1"),
        (("c1", "?", "?"), "?"),
        (("?", "?"), "?"),
        (("c4", None, None), "c4"),
    ],
)
def test_dont_know_is_left_out_and_more_of_it_than_answers_leaves_the_question_open(
    votes: tuple[str | None, ...], answer: str
) -> None:
    asked, sheets = room(*votes)
    assert room_answers(asked, voting_of(sheets))["a"].choice == answer


def test_not_applicable_to_most_is_not_applicable_to_the_room() -> None:
    asked, sheets = room(NOT_APPLICABLE, NOT_APPLICABLE, "c1")
    assert room_answers(asked, voting_of(sheets))["a"].not_applicable == "we sell to nobody"
    asked, sheets = room(NOT_APPLICABLE, "c1")
    assert room_answers(asked, voting_of(sheets))["a"].choice == "c1"


def test_what_nobody_answered_stays_unanswered() -> None:
    asked, sheets = room(None, None)
    assert room_answers(asked, voting_of(sheets)) == {}


def test_long_notes_of_several_respondents_fit_into_the_room() -> None:
    asked, sheets = room(*({"choice": "c1", "note": letter * 6000} for letter in "xy"))
    assert (room_answers(asked, voting_of(sheets))["a"].note or "").startswith("xxx")


def test_long_reasons_of_several_respondents_fit_into_the_room() -> None:
    asked, sheets = room(*({"not_applicable": letter * 6000} for letter in "xy"))
    assert room_answers(asked, voting_of(sheets))["a"].not_applicable is not None


def test_votes_are_counted_by_choice_in_order() -> None:
    asked, sheets = room("c0", "c0", "c4", "?", NOT_APPLICABLE, None)
    votes = count_votes(asked, asked.criteria[0], voting_of(sheets).counting("a"))
    assert (votes.frequencies, votes.dont_know, votes.answered) == ((2, 0, 0, 0, 1), 1, 3)


def test_the_room_of_an_assessment_says_how_far_it_agrees() -> None:
    asked, sheets = room("c0", "c0", "c4", "c4")
    found = assess(asked, *sheets)
    assert found.room
    (question,) = found.room.criteria
    (votes,) = question.rounds
    assert (votes.frequencies, votes.agreement, votes.verdict) == ((2, 0, 0, 0, 2), -1, "two camps")
    assert (question.answer, question.lowest, question.highest) == ("c0", (1, 2), (3, 4))
    assert (found.room.respondents, found.room.agreement, found.room.agenda) == (4, -1, ("a",))


def test_one_respondent_is_no_room() -> None:
    asked, sheets = room("c0")
    assert assess(asked, *sheets).room is None


def agenda_of(asked: Questionnaire, votes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    count = max(len(given) for given in votes.values())
    sheets = [sheet(**{key: given[i] for key, given in votes.items()}) for i in range(count)]
    found = assess(asked, *sheets).room
    assert found
    return found.agenda


def test_what_decides_the_level_comes_first_on_the_agenda() -> None:
    # a decides gate 1; b is more divided, but the level is 1 or 2 whatever it is, for want of c.
    asked = one_for_each_level()
    votes = {"a": ("c2", "c2", "c2", "c1"), "b": ("c2",) * 4, "c": ("c0",) * 4, "d": ("c0", "c0", "c2", "c2")}
    assert agenda_of(asked, {**votes, "a": ("c2", "c2", "c1", "c1")}) == ("a", "d")


def test_the_agenda_goes_on_with_least_agreement_then_most_dont_know_then_weight() -> None:
    # Gate 1 fails, so that nothing here decides the level.
    names = {"two_camps": 1, "spread": 1, "light": 1, "heavy": 3, "unknown": 1, "agreed": 1, "less_unknown": 1}
    asked = questionnaire([criterion("low", 1), *(criterion(n, 4, weight=w) for n, w in names.items())])
    votes = {
        "low": ["c0"] * 6,
        "agreed": ["c1"] * 6,
        "light": ["c0", "c0", "c0", "c0", "c2", "c2"],
        "heavy": ["c0", "c0", "c0", "c0", "c2", "c2"],
        "two_camps": ["c0", "c0", "c0", "c2", "c2", "c2"],
        "spread": ["c0", "c0", "c1", "c1", "c2", "c2"],
        "unknown": ["?"] * 6,
        "less_unknown": ["?"] * 4 + ["c1"] * 2,
    }
    assert agenda_of(asked, votes) == ("two_camps", "heavy", "light", "spread", "unknown", "less_unknown")


def test_two_people_at_the_ends_need_talk_though_there_is_no_verdict_for_so_few() -> None:
    asked = questionnaire([criterion("low", 1), criterion("a", 4, 0, 0.25, 0.5, 0.75, 1), criterion("b", 4)])
    votes = {"low": ("c0", "c0"), "a": ("c0", "c4"), "b": ("c1", "c2")}
    assert agenda_of(asked, votes) == ("a",)


def test_a_safeguard_can_be_on_the_agenda() -> None:
    asked = one_for_each_level(safeguard("paid", 1))
    full = dict.fromkeys("abcd", ("c2",) * 4)
    assert agenda_of(asked, {**full, "paid": ("c0", "c0", "c2", "c2")}) == ("paid",)


_VOTES = st.sampled_from(["c0", "c1", "c2", "?", None])


@given(st.lists(st.tuples(_VOTES, _VOTES, _VOTES, _VOTES, _VOTES), min_size=2, max_size=5))
def test_deciders_are_those_without_whom_the_level_is_another(votes: list[tuple[str | None, ...]]) -> None:
    asked = one_for_each_level(safeguard("paid", 2))
    names = ("a", "b", "c", "d", "paid")
    sheets = [sheet(**{n: v for n, v in zip(names, vote, strict=True) if v}) for vote in votes]
    found = assess(asked, *sheets)
    expected = tuple(
        index + 1
        for index in range(len(sheets))
        if assess(asked, room_answers(asked, voting_of(sheets[:index] + sheets[index + 1 :]))).level != found.level
    )
    assert found.room
    assert found.room.deciders == expected


def test_nobody_decides_alone_where_all_agree() -> None:
    full = sheet(a="c2", b="c2", c="c2", d="c2")
    found = assess(one_for_each_level(), full, full, full)
    assert found.room
    assert (found.level, found.room.deciders, found.room.agenda) == (4, (), ())
