"""The words that forms add of their own, by language; in other languages than these they are in English."""

from typing import Final

from cvp.model import Words
from cvp.questionnaire import Questionnaire

DONT_KNOW: Final[Words] = {"en": "Don't know", "de": "Weiß nicht", "fr": "Je ne sais pas", "es": "No sé"}
NOT_APPLICABLE: Final[Words] = {
    "en": "Not applicable",
    "de": "Trifft nicht zu",
    "fr": "Sans objet",
    "es": "No corresponde",
}
ABOUT_YOU: Final[Words] = {"en": "About you", "de": "Zu Ihnen", "fr": "Sur vous", "es": "Sobre usted"}
TICK_ONE: Final[Words] = {
    "en": "Please tick one box for each question.",
    "de": "Bitte kreuzen Sie bei jeder Frage ein Kästchen an.",
    "fr": "Merci de cocher une case par question.",
    "es": "Marque una casilla en cada pregunta, por favor.",
}
NAME: Final[Words] = {"en": "Name", "de": "Name", "fr": "Nom", "es": "Nombre"}
DATE: Final[Words] = {"en": "Date", "de": "Datum", "fr": "Date", "es": "Fecha"}
FOR_FACILITATORS: Final[Words] = {
    "en": "For facilitators",
    "de": "Für die Moderation",
    "fr": "Pour l’animation",
    "es": "Para quien modera",
}

_NAMES: Final = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}


def languages_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Code → name of each language that the questionnaire is in, the default one first."""
    codes = dict.fromkeys((questionnaire.default_language, *questionnaire.languages))
    return {code: questionnaire.languages.get(code) or _NAMES.get(code, code) for code in codes}
