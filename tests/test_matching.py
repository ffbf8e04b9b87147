"""Which question a header means, and which choice a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import DONT_KNOW
from cvp.matching import (
    NOT_APPLICABLE,
    NUMERIC,
    TEXTUAL,
    WORDS,
    Reading,
    choice_named,
    choice_near,
    folded,
    headline,
    look_at,
    match_headers,
    meanings_of,
    number_in,
)
from cvp.questionnaire import Questionnaire
from questionnaires import criterion, questionnaire

TALK = "When buyers compare you with others, what do they talk about?"
NAME = {"en": "What do buyers name?", "de": "Was nennen Käufer?"}
ASKED = questionnaire(
    [
        criterion("buyers_talk", 1) | {"label": TALK},
        criterion("name", 2) | {"label": NAME},
        criterion("bond", 3) | {"label": "Would they miss you?"},
        criterion("twin", 4) | {"label": "would  they miss you? *"},
    ],
    languages={"en": "English", "de": "Deutsch"},
)


def found(*names: str, asked: Questionnaire = ASKED) -> dict[str, int]:
    return dict(match_headers([(name,) for name in names], asked, (), {}).found)


@pytest.mark.parametrize(
    "header",
    [
        "buyers_talk",
        " Buyers_Talk ",
        "buyerstalk",
        TALK,
        TALK.upper(),
        f"{TALK} *",
        f"{TALK}:",
        TALK.replace(" ", "\u00a0", 3),
        TALK.replace(" ", "\n", 1).replace(" ", "  ", 2),
        "\ufeff" + TALK,
    ],
    ids=["id", "spaces and case", "no underscore", "label", "capitals", "asterisk", "colon", "NBSP", "line end", "BOM"],
)
def test_a_header_is_the_question_s_id_or_label_but_for_spaces_and_case(header: str) -> None:
    assert found("other", header) == {"buyers_talk": 1}


def test_labels_are_known_in_every_language() -> None:
    assert found("WAS NENNEN KÄUFER?") == {"name": 0}
    assert found("Was nennen Ka\u0308ufer?") == {"name": 0}  # the umlaut as two characters


def test_an_id_comes_before_a_label() -> None:
    headers = match_headers([("name", TALK)], ASKED, (), {})
    assert (dict(headers.found), dict(headers.by)) == ({"name": 0}, {"name": "id"})


@pytest.mark.parametrize("header", ["When buyers compare you with other, what do they talk about?", "buyer_talks"])
def test_what_comes_close_is_named_and_not_taken(header: str) -> None:
    headers = match_headers([("id",), (header,)], ASKED, (), {})
    assert dict(headers.found) == {}
    assert dict(headers.close) == {"buyers_talk": (1,)}


def test_what_is_far_is_not_named() -> None:
    headers = match_headers([("Any comments?",), ("",), ("Country",)], ASKED, (), {})
    assert (dict(headers.found), dict(headers.close)) == ({}, {})


def test_two_columns_of_one_question_are_rivals() -> None:
    headers = match_headers([("buyers_talk",), (TALK,)], ASKED, (), {})
    assert (dict(headers.found), dict(headers.rivals)) == ({}, {"buyers_talk": (0, 1)})


def test_one_column_for_two_questions_is_torn() -> None:
    headers = match_headers([("Would they miss you?",)], ASKED, (), {})
    assert (dict(headers.found), dict(headers.torn)) == ({}, {0: ("bond", "twin")})


def test_what_a_map_gives_is_taken_and_settles_the_rest() -> None:
    names = [("buyers_talk",), (TALK,), ("Would they miss you?",)]
    headers = match_headers(names, ASKED, (), {"buyers_talk": 1, "twin": None})
    assert dict(headers.found) == {"buyers_talk": 1, "bond": 2}
    assert dict(headers.by) == {"buyers_talk": "map", "bond": "label"}


def test_columns_of_the_tool_are_passed_over() -> None:
    assert match_headers([("name",), ("bond",)], ASKED, {0}, {}).found == {"bond": 1}


# ------------------------------------------------------------------------------------------------------ cells

CHOICES = questionnaire(
    [
        {
            **criterion("q", 1),
            "choices": (
                {"value": "price", "label": {"en": "Price; the lowest, always", "de": "Der Preis"}, "score": 0},
                {"value": "nothing", "label": "-5 % or less", "score": 0.25},
                {"value": "facts", "label": "Nothing", "score": 0.5},
                {"value": "stories", "label": "=Stories", "score": 1},
            ),
        },
        criterion("n", 2, 0, 0.1, 1),
    ]
)
Q, N = CHOICES.questions["q"], CHOICES.questions["n"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("3", 3.0), ("3.0", 3.0), ("0,25", 0.25), (" 0.25\u00a0", 0.25), (".5", 0.5), ("'+3", 3.0), ("-99", -99.0),
        (3, 3.0), ("nan", None), ("inf", None), ("３", None), ("1e3", None), ("5 %", None), ("1_000", None), ("", None),
        ("0x1", None), ("1.000,5", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_numbers_in_cells(cell: str | float, number: float | None) -> None:
    assert number_in(cell) == number


def understood(*cells: str | float) -> tuple[Reading, ...]:
    seen = look_at(CHOICES, N, cells)
    assert seen.unknown == ()
    return (*seen.textual, *seen.numeric)


@pytest.mark.parametrize(
    ("cells", "readings"),
    [
        (("1", "2", "3"), (Reading.NUMBERS,)),
        (("3,0", "1.0"), (Reading.NUMBERS,)),
        ((3.0, 1.0), (Reading.NUMBERS,)),
        (("0", "1"), (Reading.SCORES,)),
        (("0,1",), (Reading.SCORES,)),
        (("1",), NUMERIC),
        (("c0", "C2 "), (Reading.VALUES,)),
        (("choice 0", "CHOICE\u00a01"), (Reading.LABELS,)),
        (("c0", "choice 1"), ()),
        (("", "  "), ()),
        (("weiß nicht", "?", "N/A"), ()),
    ],
)
def test_what_a_column_holds_says_how_it_is_read(cells: tuple[str | float, ...], readings: tuple[Reading, ...]) -> None:
    assert understood(*cells) == readings


def test_numbers_that_no_one_reading_fits_are_shown() -> None:
    seen = look_at(CHOICES, N, ["0", "1", "2", "3"])
    assert (seen.numeric, seen.numbers) == ((), ("0", "1", "2", "3"))


def test_a_text_that_is_one_choice_s_value_and_another_s_label_is_ambiguous() -> None:
    assert look_at(CHOICES, Q, ["nothing"]).textual == TEXTUAL
    assert look_at(CHOICES, Q, ["nothing", "stories"]).textual == (Reading.VALUES,)
    assert look_at(CHOICES, Q, ["nothing", "=Stories"]).textual == (Reading.LABELS,)
    assert "nothing" not in map(str, meanings_of(CHOICES, Q, TEXTUAL))
    assert meanings_of(CHOICES, Q, [Reading.VALUES])["nothing"] == "nothing"
    assert meanings_of(CHOICES, Q, [Reading.LABELS])["Nothing"] == "facts"


def test_numbers_that_are_labels_are_labels() -> None:
    choices_ = tuple({"value": f"v{number}", "label": str(number), "score": number / 10} for number in range(11))
    asked = questionnaire([{**criterion("q", 1), "choices": choices_}])
    question = asked.questions["q"]
    for cells in (["0", "10", "1"], [0.0, 10.0, 1.0]):
        assert look_at(asked, question, cells).textual == (Reading.LABELS,)
    assert meanings_of(asked, question, [Reading.LABELS])["10"] == "v10"


def test_what_cannot_be_understood_is_kept_to_be_told() -> None:
    seen = look_at(CHOICES, N, ["1", "99", "choice 7"])
    assert (seen.unknown, seen.understood) == (("99", "choice 7"), 1)
    assert look_at(CHOICES, N, ["1", "99"], {"99": DONT_KNOW}).unknown == ()


@pytest.mark.parametrize("language", WORDS)
def test_words_for_not_knowing_and_not_applying(language: str) -> None:
    assert set(WORDS[language].values()) == {DONT_KNOW, NOT_APPLICABLE}
    seen = look_at(CHOICES, N, [word.upper() for word in WORDS[language]])
    assert (seen.unknown, language in seen.languages) == ((), True)
    meant = meanings_of(CHOICES, N, [Reading.VALUES], languages=[language])
    assert {word: meant[word] for word in WORDS[language]} == WORDS[language]


def test_a_question_s_own_choice_comes_before_a_word_and_the_map_before_both() -> None:
    asked = questionnaire([{**criterion("q", 1), "choices": ({"value": "no", "label": "Don't know", "score": 0},)}])
    question = asked.questions["q"]
    assert meanings_of(asked, question, [Reading.LABELS], languages=["en"])["Don't know"] == "no"
    meant = meanings_of(asked, question, [Reading.LABELS], {"don't know": DONT_KNOW}, languages=["en"])
    assert {folded(str(cell)): value for cell, value in meant.items()}["don't know"] == DONT_KNOW


def test_cells_that_differ_by_more_than_case_are_meant_too() -> None:
    seen = ["Price;\u00a0the lowest, always", "'=Stories", "'-5 % or\nless", "unheard of"]
    meant = meanings_of(CHOICES, Q, [Reading.LABELS], seen=seen)
    assert [meant.get(cell) for cell in seen] == ["price", "stories", "nothing", None]


def test_numbers_spelt_oddly_are_meant_too() -> None:
    meant = meanings_of(CHOICES, N, [Reading.SCORES], seen=[",1", "+1", "0,10", "7"])
    assert (meant[0.1], meant[",1"], meant["+1"], meant["0,10"], "7" in meant) == ("c1", "c1", "c2", "c1", False)


def test_a_tool_s_ending_may_follow_an_answer() -> None:
    meant = meanings_of(CHOICES, Q, [Reading.LABELS], ending=";")
    assert meant["Price; the lowest, always;"] == meant["Price; the lowest, always"] == meant["Der Preis;"] == "price"


def test_the_map_s_cells_are_texts_and_numbers() -> None:
    meant = meanings_of(CHOICES, N, [Reading.NUMBERS], {"1": "c2", "-99": "?", "none": "-"})
    assert (meant["1"], meant[1.0], meant[-99.0], meant["none"], meant[2.0]) == ("c2", "c2", "?", "-", "c1")


@pytest.mark.parametrize(("beside", "is_known"), [("price", True), ("Der Preis", False)])
def test_a_hyphen_is_not_applicable_beside_values_alone(beside: str, is_known: bool) -> None:
    seen = look_at(CHOICES, Q, [beside, "-", "?"])
    assert ("-" not in seen.unknown) == is_known
    assert (meanings_of(CHOICES, Q, seen.textual).get("-") == "-") == is_known


@given(st.sampled_from(list(Reading)), st.sampled_from(["q", "n"]))
def test_every_choice_is_meant_by_each_reading(reading: Reading, key: str) -> None:
    question = CHOICES.questions[key]
    meant = meanings_of(CHOICES, question, [reading])
    besides = {NOT_APPLICABLE} if reading is Reading.VALUES else set()
    assert set(meant.values()) == {choice.value for choice in CHOICES.choices_of(question)} | besides


def test_a_choice_is_named_by_value_label_or_number() -> None:
    named = [choice_named(CHOICES, Q, name) for name in ("STORIES", "der preis", "2", "5", "none")]
    assert named == ["stories", "price", "nothing", None, None]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert headline(headline(text)) == headline(text)


def test_a_cell_is_like_a_choice_whose_label_it_nearly_is() -> None:
    labels = (
        {"value": "first", "label": "In the first talk", "score": 0},
        {"value": "b", "label": "Before", "score": 1},
    )
    asked = questionnaire([{**criterion("price", 1), "choices": labels}])
    price = asked.questions["price"]
    assert choice_near(asked, price, " In the FRIST talk") == "first"
    assert choice_near(asked, price, "In the talk at first") is None
    assert choice_near(asked, price, "") is None


@pytest.mark.parametrize("words", [("dont_know", "not_applicable"), ("Don’t know", "N/A")])
def test_words_of_forms_whose_names_hold_no_space(words: tuple[str, str]) -> None:
    seen = look_at(ASKED, ASKED.questions["bond"], words)
    assert (seen.unknown, seen.languages) == ((), frozenset({"en"}))
