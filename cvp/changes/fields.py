"""What is compared of each part of a questionnaire, and what a change of it weighs."""

from dataclasses import dataclass
from typing import Final

from cvp.changes.change import CARE, MAJOR, MINOR, PATCH, Effect


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the file: how a sentence calls it, and what a change of it weighs."""

    said: str
    effect: Effect
    is_text: bool = False
    unit: str = ""


def _text(said: str, effect: Effect) -> Field:
    return Field(said, effect, is_text=True)


_QUESTION: Final = {
    "label": _text("label", CARE),
    "short": _text("short name", PATCH),
    "hint": _text("hint", CARE),
    "guidance": _text("guidance", CARE),
    "lenses": Field("lens", MINOR),
    "mirrors": Field("mirror", PATCH),
    "source": Field("source", PATCH),
}
CRITERION: Final = {
    **_QUESTION,
    "level": Field("level", MAJOR),
    "weight": Field("weight", MAJOR),
    "must": Field("least score (`must`)", MAJOR),
    "fresh_for": Field("freshness (`fresh_for`)", MAJOR, unit=" months"),
}
SAFEGUARD: Final = {
    **_QUESTION,
    "below": Field("threshold (`below`)", MAJOR),
    "cap": Field("cap", MAJOR),
    "why": _text("reason (`why`)", PATCH),
}
CHOICE: Final = {"score": Field("score", MAJOR), "label": _text("label", CARE)}
OPTION: Final = {"label": _text("label", MINOR)}
BACKGROUND: Final = {"label": _text("label", MINOR), "hint": _text("hint", PATCH)}
RECOMMENDATION: Final = {
    "label": _text("label", PATCH),
    "lifts": Field("lift", MINOR),
    "effort": Field("effort", MINOR, unit=" days"),
    "after": Field("order (`after`)", MINOR),
    "first_step": _text("first step", PATCH),
    "customer_gain": _text("customer gain", PATCH),
    "company_gain": _text("company gain", PATCH),
    "example": _text("example", PATCH),
    "source": Field("source", PATCH),
}
LEVEL: Final = {
    "passing": Field("threshold (`pass`)", MAJOR),
    "name": _text("name", MINOR),
    "summary": _text("summary", PATCH),
}
LENS: Final = {"label": _text("label", MINOR), "values": _text("value", MINOR)}
WHOLE: Final = {
    "id": Field("id", MAJOR),
    "perspective": Field("perspective", MAJOR),
    "mirrors_of": Field("mirrored questionnaire", PATCH),
    "informs": _text("text on what it adds to", PATCH),
    "grid": Field("grid", PATCH),
    "default_language": Field("default language", MINOR),
    "title": _text("title", PATCH),
    "summary": _text("summary", PATCH),
    "languages": Field("name of the language", MINOR),
    "sources": Field("source", PATCH),
}
