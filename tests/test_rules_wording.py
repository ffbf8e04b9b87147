"""CVP4xx: wording, in each language that has a list; what is meant otherwise is let be."""

import time
from pathlib import Path
from typing import Final

import pytest
from texts import Found, coded, edited, place_in

from cvp.catalogue import shipped
from cvp.loading import Finder
from cvp.reading import parse_document, read_document
from cvp.rules import RULES, check
from cvp.rules.subject import Subject, questionnaire_subject, subject_of
from cvp.rules.wording import cells
from cvp.rules.words.phrases import languages, words_of

ROOT: Final = Path(__file__).parent.parent
GOOD: Final = (ROOT / "cvp/rules/examples/example.yaml").read_text(encoding="utf-8")
WORDING: Final = tuple(rule for rule in RULES if rule.family == "4")
QUESTION: Final = "How many buyers met a peer through you?"
HINT: Final = "One they still talk to."
ANCHORS: Final = "{value: money, label: Money, score: 0}\n      - {value: gifts, label: Gifts, score: 0.3}"


def read(text: str) -> Subject:
    return questionnaire_subject(parse_document("file.yaml", text.encode()))


def found_in(text: str) -> Found:
    return coded(tuple(check(read(text), WORDING)))


def asking(question: str, language: str = "en", old: str = QUESTION) -> str:
    """The good questionnaire in this language with this question, or other text, in it."""
    quoted = '"' + question.replace('"', '\\"') + '"'
    return edited(GOOD, old, quoted).replace("languages: {en: English}", f"default_language: {language}")


def codes_of(question: str, language: str = "en", old: str = QUESTION) -> set[str]:
    """What is found in this text alone; the rest of the file is not in this language."""
    bad = asking(question, language, old)
    line = place_in(bad, question.replace('"', '\\"'))[0]
    return {code for code, at, _ in found_in(bad) if at == line}


TWO_QUESTIONS = [
    ("en", "How often do buyers praise and recommend you?"),
    ("en", "Are you satisfied with our price and quality?"),
    ("en", "Is our service fast and friendly?"),
    ("en", "How would you rate our price and quality?"),
    ("en", "How fast and friendly is our support?"),
    ("en", "What do buyers say, and who heard it?"),
    ("en", "Where do they go? And why?"),
    ("en", "Do you know the price and/or the date?"),
    ("en", "Do buyers know you and do they trust you?"),
    ("en", "How many buyers read and understand the offer?"),
    ("en", "Do your buyers like and use it?"),
    ("en", "Why or why not?"),
    ("de", "Wie oft loben und empfehlen Kunden Sie?"),
    ("de", "Wie zufrieden sind Sie mit Preis und Qualität?"),
    ("de", "Ist unser Service schnell und freundlich?"),
    ("de-CH", "Was sagen Kunden, und warum?"),
    ("fr", "Êtes-vous satisfait du prix et de la qualité ?"),
    ("fr", "Notre service est-il rapide et aimable ?"),
    ("fr", "Que disent-ils, et pourquoi ?"),
    ("es", "¿Está satisfecho con el precio y la calidad?"),
    ("es", "¿Con qué frecuencia alaban y recomiendan los clientes?"),
    ("es", "¿Qué dicen y por qué?"),
    ("ja", "何を買いますか？なぜですか？"),
]
ONE_QUESTION = [
    ("en", "How many buyers know the terms and conditions?"),
    ("en", "How satisfied are you with the terms and conditions?"),
    ("en", "How much do you spend on research and development?"),
    ("en", "What do buyers get between order and delivery?"),
    ("en", "How many buyers call, write, and visit you?"),
    ("en", "How many buyers of products and services come back?"),
    ("en", "What happens when a buyer calls and nobody answers?"),
    ("en", "When buyers compare you with others, what do they talk about?"),
    ("en", 'What do you do when a buyer asks "Why?" first?'),
    ("en", "What do buyers say of awards, prizes, badges or the like?"),
    ("de", "Was kostet Forschung und Entwicklung?"),
    ("de", "Welche Vor- und Nachteile nennen Kunden?"),
    ("fr", "Combien d'acheteurs connaissent le prix ?"),
    ("es", "¿Cuántos conocen los términos y condiciones?"),
    ("it", "Quanti clienti lodano e raccomandano, e perché?"),
]
LEADING = [
    ("en", "Surely buyers name you first?"),
    ("en", "How many buyers love our world-class support?"),
    ("en", "Don’t you agree that our support is good?"),
    ("en", "What great things do buyers say?"),
    ("en", "The price is fair, isn't it?"),
    ("en", "The price is fair, right?"),
    ("en", "Would you not agree that price matters?"),
    ("en", "How much do you love our service?"),
    ("en", "How many buyers think of you as the best product?"),
    ("de", "Wie gefällt Ihnen unser großartiger Service?"),
    ("de", "Finden Sie nicht auch, dass wir schnell sind?"),
    ("de", "Sie kennen den Preis, nicht wahr?"),
    ("fr", "Ne pensez-vous pas que le prix est juste ?"),
    ("fr", "Aimez-vous notre excellent service ?"),
    ("es", "¿No cree usted que el precio es justo?"),
    ("es", "Es justo, ¿verdad?"),
]
NEUTRAL = [
    ("en", "How great is the share of buyers who stay?"),
    ("en", "How many outstanding invoices are there?"),
    ("en", "Which of these fits your buyers best?"),
    ("en", "How many buyers call you the best supplier?"),
    ("en", "Is the price right?"),
    ("en", "A great many of them count."),
    ("de", "Wie viele natürliche Personen kaufen?"),
    ("fr", "Combien de clients restent ?"),
    ("es", "¿Cuántos clientes quedan?"),
    ("it", "Ovviamente il nostro fantastico servizio?"),
]
DENIES_TWICE = [
    ("en", "How many buyers would not stay without a discount?"),
    ("en", "Do you not disagree with the price?"),
    ("en", "How many buyers never say nothing?"),
    ("en", "How many are not unhappy?"),
    ("en", "Isn't it impossible to reach you?"),
    ("en", "How many buyers don't buy if there isn't a discount?"),
    ("de", "Wie viele Kunden sind nicht unzufrieden?"),
    ("de", "Wie viele würden nicht ohne Rabatt bleiben?"),
    ("fr", "Combien de clients ne sont pas mécontents ?"),
    ("fr", "Combien ne restent pas sans remise ?"),
    ("es", "¿Cuántos clientes no están descontentos?"),
    ("es", "¿Cuántos no se quedan sin descuento?"),
]
DENIES_ONCE = [
    ("en", "How many buyers do not know the price?"),
    ("en", "Is it not only cheap but not slow?"),
    ("en", "No, not yet"),
    ("en", "They cannot: they have our word, no more than that"),
    ("en", "Not at all"),
    ("de", "Wie viele kaufen nicht nur einmal?"),
    ("de", "Gar nichts"),
    ("fr", "Combien ne savent rien du prix ?"),
    ("fr", "N'est-ce pas que vous ne savez pas ?"),
    ("es", "¿Cuántos no compran nunca?"),
]
ROWS = [
    *[("CVP401", language, text, True) for language, text in TWO_QUESTIONS],
    *[("CVP401", language, text, False) for language, text in ONE_QUESTION],
    *[("CVP403", language, text, True) for language, text in LEADING],
    *[("CVP403", language, text, False) for language, text in NEUTRAL],
    *[("CVP402", language, text, True) for language, text in DENIES_TWICE],
    *[("CVP402", language, text, False) for language, text in DENIES_ONCE],
]


@pytest.mark.parametrize(("code", "language", "text", "is_found"), ROWS)
def test_a_question_is_found_by_its_words_or_let_be(code: str, language: str, text: str, is_found: bool) -> None:
    assert (code in codes_of(text, language)) is is_found


def test_leading_words_are_found_in_hints_too_and_in_no_answer() -> None:
    assert codes_of("Of course, fees count.", old=HINT) == {"CVP403"}
    assert codes_of("Great thanks", old="Thanks") == set()


def test_a_double_negation_is_found_in_answers_too() -> None:
    assert codes_of("Not without a gift", old="About half") == {"CVP402"}


def test_a_fault_of_a_translation_stands_in_the_translation() -> None:
    both = "{en: How many buyers met a peer?, de: Wie oft loben und empfehlen Kunden Sie?}"
    bad = edited(edited(GOOD, QUESTION, both), "{en: English}", "{en: English, de: Deutsch}")
    assert [found for found in found_in(bad) if found[0] == "CVP401"] == [("CVP401", *place_in(bad, "Wie oft"))]


ANCHOR_ROWS = [
    ("CVP405", "Gifts", "Money", True),
    ("CVP405", "Gifts", " money. ", True),
    ("CVP405", "Gifts", "Money and gifts", False),
    ("CVP406", "Gifts", "Very much money", True),
    ("CVP406", "Gifts", "A little money", True),
    ("CVP406", "Gifts", "More than money", False),
    ("CVP406", "Gifts", "At least money", False),
    ("CVP406", "Gifts", "Very", False),
]


@pytest.mark.parametrize(("code", "old", "new", "is_found"), ANCHOR_ROWS)
def test_answers_that_repeat_or_differ_by_degree(code: str, old: str, new: str, is_found: bool) -> None:
    bad = edited(GOOD, f"label: {old}, score", f'label: "{new}", score')
    assert found_in(bad) == ([(code, *place_in(bad, f'"{new}"'))] if is_found else [])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "They agree", "They strongly agree"),
        ("en", "Satisfied", "Rather satisfied"),
        ("de", "Zufrieden", "Sehr zufrieden"),
        ("de", "Sie stimmen zu", "Sie stimmen voll und ganz zu"),
        ("fr", "Satisfaits", "Tout à fait satisfaits"),
        ("es", "Satisfechos", "Muy satisfechos"),
    ],
)
def test_degree_in_each_language(language: str, one: str, other: str) -> None:
    text = GOOD.replace("label: Money,", f"label: {one},").replace("label: Gifts,", f"label: {other},")
    text = text.replace("languages: {en: English}", f"default_language: {language}")
    assert ("CVP406", *place_in(text, f"{other}, score")) in found_in(text)


def test_answers_are_compared_language_by_language() -> None:
    text = edited(GOOD, "{en: English}", "{en: English, de: Deutsch}")
    text = edited(text, "label: Money,", "label: {en: Money, de: Geld},")
    same = edited(text, "label: Gifts,", "label: {en: Gifts, de: Geld},")
    swapped = edited(text, "label: Gifts,", "label: {en: Geld, de: Money},")
    assert [f for f in found_in(same) if f[0] == "CVP405"] == [("CVP405", *place_in(same, "Geld}, score: 0.3"))]
    assert "CVP405" not in {code for code, _, _ in found_in(swapped)}


def test_a_list_used_by_many_questions_is_told_once() -> None:
    bad = edited(GOOD, "label: About half", "label: None that we know of")
    assert [code for code, _, _ in found_in(bad)] == ["CVP405"]


@pytest.mark.parametrize(("count", "is_found"), [(25, False), (26, True)])
def test_twenty_five_words_can_be_read_aloud(count: int, is_found: bool) -> None:
    assert codes_of("it – " + "is " * (count - 1)) == ({"CVP404"} if is_found else set())


def test_a_question_is_too_long_or_too_wide_and_never_both() -> None:
    assert codes_of("extraordinarily " * 26) == {"CVP404"}
    assert codes_of("extraordinarily " * 6) == {"CVP409"}


@pytest.mark.parametrize(
    ("text", "is_found"), [("x" * 80, False), ("x" * 81, True), ("漢" * 40, False), ("漢" * 41, True)]
)
def test_a_question_fits_on_a_line_of_eighty_columns(text: str, is_found: bool) -> None:
    assert codes_of(text) == ({"CVP409"} if is_found else set())


@pytest.mark.parametrize(("length", "is_found"), [(75, False), (76, True)])
def test_an_answer_leaves_room_for_its_number(length: int, is_found: bool) -> None:
    assert codes_of("x" * length, old="About half") == ({"CVP409"} if is_found else set())


@pytest.mark.parametrize(("length", "is_found"), [(30, False), (31, True)])
def test_a_short_name_fits_into_a_table(length: int, is_found: bool) -> None:
    bad = edited(GOOD, QUESTION, f"{QUESTION}\n    short: {'x' * length}")
    assert found_in(bad) == ([("CVP410", *place_in(bad, "x" * length))] if is_found else [])


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("a \n b", 3), ("ｱ", 1), ("Ｗ", 2)]
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_missing_hint_is_told_at_the_question() -> None:
    bad = edited(edited(GOOD, f"    hint: {HINT}\n", ""), "    hint: Gifts count.\n", "")
    assert found_in(bad) == [("CVP407", *place_in(bad, f"id: {key}")) for key in ("peers", "paid\n    label")]


def translated() -> str:
    """The good questionnaire with two languages, and its title in both."""
    text = edited(GOOD, "{en: English}", "{en: English, de: Deutsch}")
    return edited(text, "title: What our buyers make of us", "title: {en: What our buyers make of us, de: Kunden}")


def test_each_text_without_a_translation_is_told() -> None:
    found = found_in(translated())
    assert {code for code, _, _ in found} == {"CVP408"}
    assert len(found) == 4 + 3 + 4 + 13 * 2 + 3 + 5 * 3
    assert ("CVP408", *place_in(translated(), "Affiliation}")) in found


def test_a_half_translated_text_is_told_at_its_key() -> None:
    text = edited(translated(), "languages: {en: English, ", "languages: {en: English, fr: Français, ")
    assert ("CVP408", *place_in(text, "title: {en: What")) not in found_in(translated())
    found = check(read(text), WORDING)
    at = place_in(text, "fr: Français")
    assert [f.message for f in found if (f.place.line, f.place.column) == at] == [
        "no text is in fr, which is declared here"
    ]
    text = edited(text, "name: Commodity", "name: {en: Commodity, fr: Produit}")
    said = {(f.place.line, f.place.column): f.message for f in check(read(text), WORDING)}
    assert said[place_in(text, "title: {en: What")] == "this text is missing in fr"
    assert said[place_in(text, "name: {en: Comm")] == "this text is missing in de"
    assert said[place_in(text, "Gets the job done")] == "this text is missing in fr and de"


def test_numbers_and_languages_that_are_not_declared_need_no_translation() -> None:
    assert found_in(edited(GOOD, "label: Gifts,", 'label: "100 – 200",').replace("{en: English}", "{}")) == []
    text = edited(GOOD, "title: What our buyers make of us", "title: {en: What our buyers make of us, de: Kunden}")
    assert found_in(text) == []


@pytest.mark.parametrize("name", [*sorted(shipped()), "starter"])
def test_what_ships_has_no_warnings(name: str) -> None:
    path = ROOT / "cvp/starter.yaml" if name == "starter" else shipped()[name]
    subject = subject_of(read_document(path), Finder(str(path)))
    assert check(subject) == []


def test_the_languages_with_a_list() -> None:
    assert languages() == {"en", "de", "fr", "es"}
    assert words_of("de-CH") is words_of("de")
    assert words_of("../en") is words_of("xx") is None


SIGNS: Final = {"*": "filler", "**": "filler", "^": "", "$": ""}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_phrase_of_a_list_is_found_in_itself(language: str) -> None:
    words = words_of(language)
    assert words
    for phrases in (words.two_questions, words.leading, words.double_negation):
        for phrase in phrases.phrases:
            example = " ".join(SIGNS.get(element, element.split("|")[-1].replace("*", "x")) for element in phrase)
            assert phrases.first_in(example), phrase
    for word in words.leading.words | words.degree.words | words.negation.words:
        assert word == word.lower()


def test_a_list_says_nothing_twice() -> None:
    for file in (ROOT / "cvp/rules/words").glob("*.txt"):
        for heading, *lines in (part.splitlines() for part in file.read_text(encoding="utf-8").split("\n[")):
            said = [line for line in lines if line and not line.startswith("#")]
            assert sorted(set(said)) == sorted(said), (file.name, heading)


@pytest.mark.parametrize(
    "text", ["?a" * 4900, "?" * 9900, "a " * 4900, "not " * 2400, "and how " * 1200, "do a b and " * 800]
)
def test_long_texts_are_looked_through_in_a_moment(text: str) -> None:
    subject = read(asking(text))
    started = time.perf_counter()
    check(subject, WORDING)
    assert time.perf_counter() - started < 0.5
