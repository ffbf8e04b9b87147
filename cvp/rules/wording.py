"""CVP4xx: questions that people cannot answer as they are put. What to look for is in `words`, a list a language."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from cvp.document import Fault
from cvp.rules.subject import Subject
from cvp.rules.words.phrases import words_of
from cvp.rules.words.texts import (
    QUESTIONS,
    Said,
    anchors,
    answers,
    default_language,
    hints,
    items,
    labels,
    mapping_at,
    shorts,
    texts,
)
from cvp.text import and_list

LONGEST: Final = 25
"""Words that a listener keeps in mind."""
SCREEN: Final = 80
WIDEST: Final = {"label": SCREEN, "answer": SCREEN - 5, "short": 30}
"""Cells of a question's line, of an answer's after its number, and of a column of a table."""
NAMED: Final = 5
"""How many missing languages are named."""

_TWO_MARKS: Final = re.compile(r"[?？](?![\"'”’»)\]])[^\w?？]*\w[^?？]*[?？]")
_LETTER: Final = re.compile(r"[^\W\d_]")


def two_questions(subject: Subject) -> Iterator[Fault]:
    """Two questions in one.

    Whoever would answer the halves differently cannot answer at all, and nobody can tell which half was answered.
    Ask each in its own criterion, or ask for the one that the level is about. Set phrases such as "terms and
    conditions" and lists of examples are left alone.
    """
    for said in labels(subject):
        words = words_of(said.language)
        if _TWO_MARKS.search(said.text):
            yield _fault(said, "two question marks: this asks two things", "ask each in its own criterion")
        elif words and (found := words.two_questions.first_in(said.text)):
            yield _fault(said, f"this asks two things at once (“{found}”)", "ask each in its own criterion")


def double_negation(subject: Subject) -> Iterator[Fault]:
    """A double negation.

    "How many would not stay without a discount?" has to be turned round in the head, and many turn it round wrongly:
    the answer then counts for its opposite. Say it without a "not".
    """
    for said in labels(subject) + answers(subject):
        if words := words_of(said.language):
            found = words.double_negation.first_in(said.text)
            if found or words.negation.most_in_a_part(said.text) > 1:
                where = f" (“{found}”)" if found else ""
                yield _fault(said, f"this denies twice{where}", "say it without a negation")


def leading_words(subject: Subject) -> Iterator[Fault]:
    """A word that tells people what to answer.

    "Our world-class support", "of course", "don't you agree": people follow such a lead, and the level measures the
    question's wording. Take the word out, and ask for what happens.
    """
    for said in labels(subject) + hints(subject):
        if (words := words_of(said.language)) and (found := words.leading.first_in(said.text)):
            yield _fault(said, f"“{found}” tells people what to answer", "take it out and ask for what happens")


def long_label(subject: Subject) -> Iterator[Fault]:
    """A question or an answer too long to be read aloud.

    Questions are read out in a room. At 150 words a minute 25 words take ten seconds, and by then a listener has lost
    the beginning: in interviews, longer questions are asked back for and answered with the first choice that comes to
    mind. Keep to 25 words; what remains goes into the hint or the guidance.
    """
    for said in labels(subject) + answers(subject):
        if (count := _words_in(said.text)) > LONGEST:
            message = f"{count} words are too many to be read aloud; keep to {LONGEST}"
            yield _fault(said, message, "move what explains it into the hint or the guidance")


def repeated_anchor(subject: Subject) -> Iterator[Fault]:
    """Two choices of one list with the same words.

    Nobody can choose between them, yet they score differently. Say of each what is the case when it holds.
    """
    for choices in anchors(subject):
        seen: set[tuple[str, str]] = set()
        for choice in choices:
            plain = [(said.language, _plain(said.text)) for said in choice]
            if repeated := next((s for s, key in zip(choice, plain, strict=True) if key in seen), None):
                yield _fault(repeated, "another choice of this list says the same", "say what sets this one apart")
            seen.update(plain)


def anchors_by_degree(subject: Subject) -> Iterator[Fault]:
    """Two choices that differ only by a word such as "more" or "very".

    How much "very" is, everybody decides alone: two people who saw the same choose differently. Anchor each choice in
    something that can be seen or counted: "once a month", "in writing", "at least half of them".
    """
    for choices in anchors(subject):
        seen: dict[tuple[str, str], str] = {}
        for choice in choices:
            for said in choice:
                words = words_of(said.language)
                rest = words.degree.taken_out_of(said.text) if words else ""
                other = seen.setdefault((said.language, rest), _plain(said.text)) if rest else _plain(said.text)
                if other != _plain(said.text):
                    message = f"this differs from “{other}” only by degree"
                    yield _fault(said, message, "anchor each choice in something to be seen or counted")
                    break


def missing_hint(subject: Subject) -> Iterator[Fault]:
    """A question without a hint.

    The hint is the one line under the question that everybody sees: what to think of, what counts, which period.
    Without it each respondent decides that alone, and their answers cannot be compared.
    """
    for route, question in items(subject, *QUESTIONS):
        if "hint" not in question:
            yield Fault("there is no hint", route, help="add `hint`: one line on what to think of, or what counts")


def missing_translation(subject: Subject) -> Iterator[Fault]:
    """A text that is missing in one of the declared languages.

    Respondents would meet a sentence in a foreign language, and answer another question than the others or none.
    Translate it, or take the language out of `languages`. A language in which there is no text at all is told once.
    """
    default = default_language(subject)
    found = list(texts(subject))
    there = {language.lower() for _, text in found if isinstance(text, dict) for language in text}
    awaited = [language for language in mapping_at(subject, ("languages",)) if language != default]
    for language in awaited:
        if language.lower() not in there:
            yield Fault(f"no text is in {language}, which is declared here", ("languages", language), on_key=True)
    awaited = [language for language in awaited if language.lower() in there]
    for route, text in found if awaited else ():
        if isinstance(text, dict):
            has = {language.lower() for language in text}
            missing = [language for language in awaited if language.lower() not in has]
        else:
            missing = awaited if _LETTER.search(str(text)) else []
        if missing:
            rest = [f"{len(missing) - NAMED} more"] if len(missing) > NAMED else []
            names = and_list([*missing[:NAMED], *rest])
            yield Fault(f"this text is missing in {names}", route, on_key=isinstance(text, dict))


def wide_label(subject: Subject) -> Iterator[Fault]:
    """A question or an answer that does not fit on a line of 80 columns.

    The interview breaks it between words, so nothing is lost, but what fits on a line is grasped at a glance, and
    answers of one line each are compared at a glance. Chinese and Japanese characters take two columns. A text of
    more than 25 words is told by another rule.
    """
    for widest, lines in ((WIDEST["label"], labels(subject)), (WIDEST["answer"], answers(subject))):
        for said in lines:
            if (width := _over(said.text, widest)) and _words_in(said.text) <= LONGEST:
                yield _fault(said, f"{width} columns do not fit on its line of {widest}", "shorten it")


def wide_short(subject: Subject) -> Iterator[Fault]:
    """A short name that is too long for a table.

    `short` names the question in tables and charts, in a column of 30. Two or three words do: "Price talk".
    """
    for said in shorts(subject):
        if width := _over(said.text, WIDEST["short"]):
            yield _fault(said, f"{width} columns are too many for a table; keep to {WIDEST['short']}", "shorten it")


def cells(text: str) -> int:
    """The columns that a terminal needs for a text on one line."""
    text = " ".join(text.split())
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.category(character) in ("Mn", "Me", "Cf") for character in text)


def _over(text: str, widest: int) -> int:
    """The columns of a text that needs more than the widest; 0 for any other."""
    if len(text) <= widest // 2 or (len(text) <= widest and text.isascii()):
        return 0
    width = cells(text)
    return width if width > widest else 0


def _words_in(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split()) if len(text) > 2 * LONGEST else 0


def _plain(text: str) -> str:
    """A text without what the ear does not hear."""
    return " ".join(text.casefold().split()).strip(" .!")


def _fault(said: Said, message: str, help_: str) -> Fault:
    return Fault(message, said.route, help=help_)
