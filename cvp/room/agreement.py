"""How far a room agrees on one question: van der Eijk's A (2001), and a word for it."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final, Literal

from cvp.speaking import N_

Verdict = Literal["agrees", "neighbours", "spread", "two camps", ""]

MIN_FOR_VERDICT: Final = 4
"""With fewer votes only the dots are shown, which say more."""

NEIGHBOURS: Final = Fraction(4, 10)
"""Votes that agree less than this need talk, however few they are."""


def agreement(frequencies: Sequence[float]) -> Fraction:
    """Van der Eijk's A (2001), from -1 (two equal camps at the ends) to 1 (all on one choice).

    The frequencies are peeled into layers of equal height; a layer's agreement counts by the share of votes in it.
    Raises ValueError where there are no votes.
    """
    left = [Fraction(str(count)) for count in frequencies]
    total = sum(left)
    if total <= 0:
        raise ValueError("agreement needs at least one vote")
    result = Fraction(0)
    while any(left):
        pattern = tuple(count > 0 for count in left)
        height = min(count for count in left if count > 0)
        result += height * sum(pattern) / total * _layer_agreement(pattern)
        left = [max(count - height, Fraction(0)) for count in left]
    return result


@cache
def _layer_agreement(pattern: tuple[bool, ...]) -> Fraction:
    """U · (1 - (S-1)/(K-1)) of one layer of S non-empty choices out of K."""
    size, used = len(pattern), sum(pattern)
    if used == 1:
        return Fraction(1)
    if size == 2:
        return Fraction(0)
    unimodal = bimodal = 0
    for i in range(size):
        for j in range(i + 1, size):
            for k in range(j + 1, size):
                triple = (pattern[i], pattern[j], pattern[k])
                unimodal += triple in ((True, True, False), (False, True, True))
                bimodal += triple == (True, False, True)
    if unimodal + bimodal == 0:
        return Fraction(0)
    u = Fraction((size - 2) * unimodal - (size - 1) * bimodal, (size - 2) * (unimodal + bimodal))
    return u * (1 - Fraction(used - 1, size - 1))


def verdict(votes: int, value: Fraction | None) -> Verdict:
    """The word for an agreement; none for fewer than MIN_FOR_VERDICT votes."""
    if votes < MIN_FOR_VERDICT or value is None:
        return ""
    if value >= Fraction(7, 10):
        return N_("agrees")
    if value >= NEIGHBOURS:
        return N_("neighbours")
    return N_("spread") if value >= 0 else N_("two camps")
