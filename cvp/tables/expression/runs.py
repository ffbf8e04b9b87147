"""Whole numbers that run alongside their ranks, as 1, 2, 3 for the first three choices: one comparison tells a run."""

from collections.abc import Iterator, Mapping
from itertools import groupby

import narwhals as nw


def in_runs(
    cell: nw.Expr, ranks: Mapping[float, int], dtype: type[nw.Int8 | nw.Int16], *, whole: bool
) -> Iterator[tuple[nw.Expr, nw.Expr]]:
    """Conditions on a number, and the rank for each; `whole` says of the cells that all are whole numbers."""
    for low, high, above in _runs({int(number): rank for number, rank in ranks.items() if number.is_integer()}):
        if low == high:
            yield cell == low, nw.lit(low - above, dtype)
        else:
            within = (cell >= low) & (cell <= high)
            is_whole = within if whole else within & (cell == cell.cast(nw.Int64))
            yield is_whole, (cell - above if above else cell).cast(dtype)
    if not whole:
        yield from ((cell == n, nw.lit(rank, dtype)) for n, rank in ranks.items() if not n.is_integer())


def _runs(ranks: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Lowest and highest number of each run, and by how much its numbers are above their ranks."""
    numbered = enumerate(sorted(ranks))
    for (_, above), run in groupby(numbered, key=lambda at: (at[1] - at[0], at[1] - ranks[at[1]])):
        numbers = [number for _, number in run]
        yield numbers[0], numbers[-1], above
