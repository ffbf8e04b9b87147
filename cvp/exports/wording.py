"""The words that forms add of their own, from cvp's catalogues, since many forms hold all languages at once."""

from typing import Final

from cvp.model import Words
from cvp.questionnaire import Questionnaire
from cvp.speaking import ENGLISH, N_, TRANSLATED, _, speaking

DONT_KNOW: Final = N_("Don't know")
NOT_APPLICABLE: Final = N_("Not applicable")
ABOUT_YOU: Final = N_("About you")
TICK_ONE: Final = N_("Please tick one box for each question.")
NAME: Final = N_("Name")
DATE: Final = N_("Date")
FOR_FACILITATORS: Final = N_("For facilitators")

_NAMES: Final = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}


def in_every_language(message: str) -> Words:
    """One of these messages in each language that cvp speaks, by its code."""
    return {language: _said(message, language) for language in (ENGLISH, *TRANSLATED)}


def _said(message: str, language: str) -> str:
    with speaking(language):
        return _(message)


def languages_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Code → name of each language that the questionnaire is in, the default one first."""
    codes = dict.fromkeys((questionnaire.default_language, *questionnaire.languages))
    return {code: questionnaire.languages.get(code) or _NAMES.get(code, code) for code in codes}
