"""Colours for a projector: two themes whose every text stands out from its ground by WCAG's 4.5 to 1 or more."""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="stage-dark",
    dark=True,
    background="#0b0f14",
    surface="#0b0f14",
    panel="#1d2733",
    foreground="#ffffff",
    primary="#8ecbff",
    accent="#ffd75f",
    success="#7fe0a0",
    warning="#ffd75f",
    error="#ff8a80",
    text_alpha=1,
)
LIGHT: Final = Theme(
    name="stage-light",
    dark=False,
    background="#ffffff",
    surface="#ffffff",
    panel="#e6ebf1",
    foreground="#000000",
    primary="#003f8a",
    accent="#7a3e00",
    success="#00592a",
    warning="#7a3e00",
    error="#a30000",
    text_alpha=1,
)
