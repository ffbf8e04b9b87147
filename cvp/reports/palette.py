"""The colours of a report, made from one accent so that every text on them stays readable.

Contrast is that of WCAG 2.2: texts have at least 4.5 to 1 against what is behind them, marks at least 3 to 1.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

ACCENT: Final = "#1b5e85"
STEPS: Final = 5
"""How many shades a heat map has, for scores from 0 to 1."""

_TEXT: Final = 4.5
_MARK: Final = 3.0
_STRONGEST: Final = 0.42
_WEAKEST: Final = 0.06


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. `accent` is readable on `paper`, `on_accent` on `accent`, `ink` on every one of `heat`."""

    paper: str
    panel: str
    ink: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    mark: str
    soft: str
    good: str
    bad: str
    heat: tuple[str, ...]


@cache
def palette(accent: str = "", dark: bool = False) -> Palette:
    """The colours for light or dark around an accent, `#rrggbb`; moved towards ink where it would not be readable."""
    paper, panel, ink = ("#14181c", "#1d2329", "#e9ecef") if dark else ("#ffffff", "#f5f6f7", "#1d2126")
    chosen = accent or ACCENT
    text = _readable(chosen, panel, _TEXT)
    mark = _readable(chosen, panel, _MARK)
    return Palette(
        paper=paper,
        panel=panel,
        ink=ink,
        quiet="#a9b2ba" if dark else "#59626b",
        line="#3a434b" if dark else "#d4d9dd",
        accent=text,
        on_accent=max(("#ffffff", "#000000"), key=lambda colour: contrast(colour, text)),
        mark=mark,
        soft=mixed(paper, mark, 0.3),
        good="#7fc99a" if dark else "#1f6b3f",
        bad="#f0a58c" if dark else "#a3361a",
        heat=tuple(_shades(paper, ink, mark)),
    )


def _shades(paper: str, ink: str, mark: str) -> list[str]:
    """From hardly any colour to as much as leaves the ink readable."""
    strongest = next(
        (
            s / 100
            for s in range(int(_STRONGEST * 100), 0, -2)
            if contrast(ink, mixed(paper, mark, s / 100)) >= _TEXT + 1
        ),
        _WEAKEST,
    )
    between = (strongest - _WEAKEST) / (STEPS - 1)
    return [mixed(paper, mark, _WEAKEST + between * step) for step in range(STEPS)]


def step_of(share: float) -> int:
    """Which shade of the heat a score from 0 to 1 has."""
    return min(STEPS - 1, int(share * STEPS))


def _readable(colour: str, behind: str, least: float) -> str:
    """The colour, moved towards black or white until it stands out from what is behind it."""
    towards = max(("#000000", "#ffffff"), key=lambda end: contrast(end, behind))
    return next(
        moved for part in range(0, 101, 2) if contrast(moved := mixed(colour, towards, part / 100), behind) >= least
    )


def mixed(first: str, second: str, part: float) -> str:
    """`first` with a `part` of `second` in it, from 0 to 1."""
    channels = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * part):02x}" for one, other in channels)


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.2, contrast ratio)."""
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue
