"""The language of a deck's texts: PowerPoint checks their spelling in it, and screen readers speak it."""

from itertools import chain
from typing import Final

from pptx.opc.package import XmlPart
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck

_PLACES: Final = {"de": "de-DE", "en": "en-US", "es": "es-ES", "fr": "fr-FR"}
"""PowerPoint has dictionaries for a language of a place, not for a language alone."""

_TEXTS: Final = tuple(map(qn, ("a:r", "a:fld", "a:br")))
_PROPERTIES: Final = tuple(map(qn, ("a:rPr", "a:endParaRPr", "a:defRPr")))


def spell(deck: Deck, language: str) -> None:
    """Every text of the deck is in the language: on slides, in charts and notes, and what is typed into it later."""
    tag = _PLACES.get(language, language)
    for part in deck.part.package.iter_parts():
        if not isinstance(part, XmlPart):
            continue
        texts = part._element.iter(*_TEXTS)
        made = (text.get_or_add_rPr() for text in texts if hasattr(text, "get_or_add_rPr"))
        for properties in chain(made, part._element.iter(*_PROPERTIES)):
            properties.set("lang", tag)
