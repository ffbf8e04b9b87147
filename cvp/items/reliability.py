"""How far a sum of items repeats itself: Cronbach's alpha, with its interval, and McDonald's omega.

Libraries that have both bring scipy and scikit-learn, some 150 MB, for what is a dozen lines each; hence our own,
compared with published figures in the tests.
"""

from math import exp, isfinite, log, sqrt
from typing import Final

from cvp.items.moments import Matrix
from cvp.proportions import Interval, Z

_ROUNDS: Final = 10_000
_CLOSE: Final = 1e-12


def alpha(covariances: Matrix) -> float | None:
    """Cronbach 1951: k / (k - 1) · (1 - Σ variances / variance of the sum); None for fewer than two items.

    None, too, where covariances of different rows contradict one another so far that it would be over 1.
    """
    k, total = len(covariances), _total(covariances)
    if k < 2 or total <= 0:
        return None
    found = k / (k - 1) * (1 - sum(covariances[i][i] for i in range(k)) / total)
    return found if found <= 1 + _CLOSE else None


def alpha_interval(value: float, items: int, n: int) -> Interval | None:
    """Bonett's 95 % interval of alpha (2002; with the correction for bias of Bonett and Wright 2015).

    None for an alpha of 1, or of fewer than three rows.
    """
    if value >= 1 or n < 3:
        return None
    middle = log(1 - value) - log(n / (n - 1))
    half = Z * sqrt(2 * items / ((items - 1) * (n - 2)))
    return Interval(1 - exp(middle + half), 1 - exp(middle - half))


def item_rest(covariances: Matrix, item: int) -> float | None:
    """Pearson's correlation of an item with the sum of the others; None where one of them never varies."""
    others = [other for other in range(len(covariances)) if other != item]
    rest = sum(covariances[i][j] for i in others for j in others)
    own = covariances[item][item]
    if not others or own <= _CLOSE or rest <= _CLOSE:
        return None
    return sum(covariances[item][j] for j in others) / sqrt(own * rest)


def omega(covariances: Matrix) -> float | None:
    """McDonald 1999, for one factor: (Σ λ)² / ((Σ λ)² + Σ θ); None where one factor cannot be fitted.

    That is so of fewer than three items, where the fit leaves an item no error of its own (a Heywood case), and where
    an item runs against the others.
    """
    loadings = one_factor(covariances)
    if loadings is None or min(loadings) < 0 < max(loadings):
        return None
    errors = [covariances[i][i] - loading**2 for i, loading in enumerate(loadings)]
    if min(errors) < 0:
        return None
    common = sum(loadings) ** 2
    return common / (common + sum(errors))


def one_factor(covariances: Matrix) -> list[float] | None:
    """Loadings of one factor by least squares off the diagonal (minres: Harman and Jones 1966), an item at a time.

    None for fewer than three items, or where the fit does not settle.
    """
    k = len(covariances)
    if k < 3:
        return None
    loadings = [sqrt(max(covariances[i][i], 0.0)) for i in range(k)]
    largest = max(loadings)
    for _ in range(_ROUNDS):
        moved = 0.0
        for i in range(k):
            others = [j for j in range(k) if j != i]
            squares = sum(loadings[j] ** 2 for j in others)
            if squares <= _CLOSE * largest**2:
                return None
            better = sum(covariances[i][j] * loadings[j] for j in others) / squares
            moved = max(moved, abs(better - loadings[i]))
            loadings[i] = better
        if not isfinite(moved):
            return None
        if moved <= _CLOSE * largest:
            return loadings
    return None


def _total(covariances: Matrix) -> float:
    return sum(map(sum, covariances))
