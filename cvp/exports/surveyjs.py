"""SurveyJS: JSON that survey-core runs, in all languages, which reckons scores and level as cvp does.

Its results, one object a line, go into `cvp batch` as they are.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from cvp.exports import Edition
from cvp.exports.entries import Entry, about_of, questions_of, refuse_taken
from cvp.exports.formulas import Grammar, formulas
from cvp.exports.wording import ABOUT_YOU, in_every_language, languages_of
from cvp.model import Words
from cvp.questionnaire import Questionnaire
from cvp.text import printable

PAGE: Final = 6
"""Questions a page."""

GRAMMAR: Final = Grammar(
    value=lambda name: f"{{{name}}}",
    choose="iif",
    divide="/",
    unanswered=lambda name: f"{{{name}}} empty",
    nothing="''",
)

_TAKEN: Final = frozenset((
    *("pageno", "pagecount", "questioncount", "locale"),
    *("correctanswers", "correctedanswers", "correctedanswercount"),
    *("incorrectanswers", "incorrectedanswers", "incorrectedanswercount"),
))  # fmt: skip
"""What SurveyJS answers itself where a formula names it."""

_ENGLISH: Final = "en"
"""The language of a text's `default`, unless the survey's locale says otherwise."""

_BRACES: Final = str.maketrans("{}", "｛｝")

Say = Callable[[Words], str | dict[str, str]]
Part = dict[str, Any]  # JSON of all shapes


def render(questionnaire: Questionnaire, edition: Edition) -> str:
    """Opens in the edition's language. Raises WrongUsage for an id that SurveyJS keeps for itself."""
    entries = list(questions_of(questionnaire))
    refuse_taken(entries, _TAKEN, "surveyjs")
    say = _speaker(questionnaire)
    survey: Part = {
        "title": say(questionnaire.title),
        **({"locale": edition.language} if edition.language != _ENGLISH else {}),
        "showProgressBar": True,
        "pages": list(_pages(entries, list(about_of(questionnaire)), say)),
        "calculatedValues": [
            {"name": formula.name, "expression": formula.expression, "includeIntoResult": formula.result}
            for formula in formulas(questionnaire, GRAMMAR)
        ],
    }
    return json.dumps(survey, ensure_ascii=False, indent=2) + "\n"


def _pages(entries: Sequence[Entry], about: Sequence[Entry], say: Say) -> Iterator[Part]:
    for number, start in enumerate(range(0, len(entries), PAGE), 1):
        some = entries[start : start + PAGE]
        yield {"name": f"_page_{number}", "elements": [_element(entry, say, required=True) for entry in some]}
    if about:
        elements = [_element(entry, say, required=False) for entry in about]
        yield {"name": "_about", "title": say(in_every_language(ABOUT_YOU)), "elements": elements}


def _element(entry: Entry, say: Say, required: bool) -> Part:
    return {
        "type": "radiogroup",
        "name": entry.id,
        "title": say(entry.label),
        **({"description": say(entry.hint)} if entry.hint else {}),
        **({"isRequired": True} if required else {}),
        "choices": [{"value": tick.value, "text": say(tick.label)} for tick in entry.ticks],
    }


def _speaker(questionnaire: Questionnaire) -> Say:
    """Makes a text `{default: …, de: …}`, or one string where all languages say the same."""
    codes = list(languages_of(questionnaire))
    base = _ENGLISH if _ENGLISH in codes else questionnaire.default_language

    def say(words: Words) -> str | dict[str, str]:
        default = _plain(questionnaire.say(words, base))
        others = {code: _plain(questionnaire.say(words, code)) for code in codes if code != base}
        different = {code: text for code, text in others.items() if text != default}
        return {"default": default, **different} if different else default

    return say


def _plain(text: str) -> str:
    """Printable, with wide braces: between others SurveyJS would fill in an answer, and they cannot be escaped."""
    return printable(text).translate(_BRACES)
