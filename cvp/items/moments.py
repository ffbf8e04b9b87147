"""Means and covariances, from counts. Scores are from 0 to 1."""

from collections.abc import Sequence

from cvp.items.tallies import Crossed

Scores = Sequence[float]
Matrix = Sequence[Sequence[float]]
"""Covariances, variances on the diagonal."""


def mean(counts: Sequence[int], scores: Scores) -> float | None:
    n = sum(counts)
    return _sum(counts, scores) / n if n else None


def variance(counts: Sequence[int], scores: Scores) -> float:
    """Over n - 1; 0 for fewer than two rows."""
    n = sum(counts)
    if n < 2:
        return 0.0
    squares = sum(count * score**2 for count, score in zip(counts, scores, strict=True))
    return max(0.0, squares - _sum(counts, scores) ** 2 / n) / (n - 1)


def covariance(crossed: Crossed, first: Scores, second: Scores) -> float:
    """Over n - 1, of the rows that answered both; 0 for fewer than two."""
    n = size(crossed)
    if n < 2:
        return 0.0
    one, two = margins(crossed)
    return (products(crossed, first, second) - _sum(one, first) * _sum(two, second) / n) / (n - 1)


def size(crossed: Crossed) -> int:
    return sum(map(sum, crossed))


def margins(crossed: Crossed) -> tuple[list[int], list[int]]:
    """How often each choice of the first, and of the second, was made."""
    return [sum(row) for row in crossed], [sum(column) for column in zip(*crossed, strict=True)]


def products(crossed: Crossed, first: Scores, second: Scores) -> float:
    """Σ xy."""
    return sum(
        count * x * y
        for row, x in zip(crossed, first, strict=True)
        for count, y in zip(row, second, strict=True)
        if count
    )


def independent(crossed: Crossed, first: Scores, second: Scores) -> float:
    """Σ xy as it would be if the two had nothing to do with each other, at these margins."""
    one, two = margins(crossed)
    n = size(crossed)
    return _sum(one, first) * _sum(two, second) / n if n else 0.0


def in_step(crossed: Crossed, first: Scores, second: Scores) -> float:
    """Σ xy as large as these margins allow: whoever answers higher to one answers no lower to the other."""
    one, two = (sorted(zip(s, m, strict=True)) for s, m in zip((first, second), margins(crossed), strict=True))
    total, left = 0.0, [count for _, count in two]
    place = 0
    for x, count in one:
        while count:
            while not left[place]:
                place += 1
            taken = min(count, left[place])
            total += taken * x * two[place][0]
            count -= taken
            left[place] -= taken
    return total


def _sum(counts: Sequence[int], scores: Scores) -> float:
    return sum(count * score for count, score in zip(counts, scores, strict=True))
