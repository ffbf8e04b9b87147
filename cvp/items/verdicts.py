"""Plain verdicts on questions and levels, and the rules of thumb that they rest on."""

from dataclasses import dataclass
from typing import Final, Literal

from cvp.items.tallies import Answers
from cvp.speaking import N_

ENOUGH: Final = 30
"""Rows from which on a verdict is given."""

UNKNOWN: Final = 0.5
OFTEN_UNKNOWN: Final = 0.2
SAME: Final = 0.95
NEARLY_SAME: Final = 0.8
"""Share of one choice that explains why a question has little in common with others."""
ITEM_REST: Final = 0.3
WEAK, MEDIUM, STRONG = 0.3, 0.4, 0.5
RELIABLE: Final = 0.7

ItemVerdict = Literal[
    "too_few",
    "mostly_unknown",
    "all_the_same",
    "against_the_others",
    "tells_no_levels_apart",
    "wrong_level",
    "apart_from_its_level",
    "often_unknown",
    "works",
]

Strength = Literal["none", "weak", "medium", "strong"]
"""Of a scale, by Loevinger's H (Mokken 1971)."""


@dataclass(frozen=True)
class Rule:
    """A statistic: what it says, the rule of thumb, and who made it."""

    name: str
    meaning: str
    thumb: str
    source: str


RULES: Final = (
    Rule(
        N_("n"),
        N_("rows that chose an answer"),
        N_("no verdict under {enough}"),
        N_("ours"),
    ),
    Rule(
        N_("Don't know"),
        N_("share of those to whom the question applies who say that they don't know"),
        N_("over 20 % ask otherwise, over 50 % drop it or ask somebody else"),
        N_("ours"),
    ),
    Rule(
        N_("Mean"),
        N_("the mean score from 0 to 1: how easy it is to agree to"),
        N_("over 80 % in one choice tells few apart, 95 % nobody"),
        "Streiner and Norman 2008",
    ),
    Rule(
        N_("Item-rest r"),
        N_("how the question goes with the others of its level together"),
        N_("at least .30; under 0 it runs against them"),
        "Nunnally and Bernstein 1994",
    ),
    Rule(
        N_("H"),
        N_("how well the order of the answers tells respondents apart, against chance: 1 perfect, 0 chance"),
        N_(".30 weak, .40 medium, .50 strong; under .30 no scale"),
        "Loevinger 1948; Mokken 1971; Molenaar 1991",
    ),
    Rule(
        N_("Out of order"),
        N_(
            "pairs of answers that pass the question of a higher level and fail that of a lower one, "
            "and how many of those that chance would make"
        ),
        N_("at most 70 % of chance, an H of .30; a question is out of place where more pass a higher level than it"),
        "Guttman 1944; Mokken 1971; McNemar 1947",
    ),
    Rule(
        N_("Alpha"),
        N_(
            "how far the questions of a level repeat one another; it grows with their number and says nothing of "
            "whether they measure what they should"
        ),
        N_("at least .70 to compare groups"),
        N_("Cronbach 1951; Nunnally 1978; interval: Bonett 2002"),
    ),
    Rule(
        N_("Omega"),
        N_("the same without the assumption that all of them say equally much"),
        N_("at least .70 to compare groups"),
        "McDonald 1999",
    ),
)


def item_verdict(answers: Answers, r: float | None, h: float | None, is_out_of_place: bool = False) -> ItemVerdict:
    """The first that holds: what makes all else meaningless comes first.

    `r` is the item-rest correlation, `h` the item's H among all criteria; of a safeguard, which belongs to no level,
    there are none.
    """
    asked = answers.n + answers.dont_know
    if asked >= ENOUGH and answers.dont_know > UNKNOWN * asked:
        return "mostly_unknown"
    if answers.n < ENOUGH:
        return "too_few"
    same = max(answers.choices) / answers.n
    if same >= SAME or (same >= NEARLY_SAME and r is not None and 0 <= r < ITEM_REST):
        return "all_the_same"
    return _of_scale(r, h, is_out_of_place) or (
        "often_unknown" if answers.dont_know > OFTEN_UNKNOWN * asked else "works"
    )


def _of_scale(r: float | None, h: float | None, is_out_of_place: bool) -> ItemVerdict | None:
    if r is not None and r < 0:
        return "against_the_others"
    if h is not None and h < WEAK:
        return "tells_no_levels_apart"
    if is_out_of_place:
        return "wrong_level"
    return "apart_from_its_level" if r is not None and r < ITEM_REST else None


def strength(h: float) -> Strength:
    return "strong" if h >= STRONG else "medium" if h >= MEDIUM else "weak" if h >= WEAK else "none"
