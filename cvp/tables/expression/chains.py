"""Expressions that every engine reckons alike: choosing by comparison, and putting together."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import add, or_
from typing import Final

import narwhals as nw

from cvp.tables.compiling import BAD

_LONG: Final = 64
"""Cases in a chain; each nests one deeper in the expression, which engines walk by recursion."""


def chain(cases: Sequence[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr | None = None) -> nw.Expr:
    """The value of the first case whose condition is true, else `otherwise`, else null. No value is null."""
    if not cases:
        return nw.lit(None) if otherwise is None else otherwise
    if len(cases) > _LONG:
        parts = [chain(cases[start : start + _LONG]) for start in range(0, len(cases), _LONG)]
        return nw.coalesce(*parts) if otherwise is None else nw.coalesce(*parts, otherwise)
    (first, value), *others = cases
    chained = reduce(lambda then, case: then.when(case[0]).then(case[1]), others, nw.when(first).then(value))
    return chained if otherwise is None else chained.otherwise(otherwise)


def chosen(rank: nw.Expr, amounts: Mapping[int, int], dtype: type[nw.Int16 | nw.Int64] = nw.Int64) -> nw.Expr:
    """The integer for a rank; the most frequent one stands for all other ranks."""
    values = list(amounts.values())
    rest = max(values, key=values.count)
    cases = [(rank == key, nw.lit(amount, dtype)) for key, amount in amounts.items() if amount != rest]
    return chain(cases, nw.lit(rest, dtype))


def summed(ranks: Mapping[str, nw.Expr], amounts: Mapping[str, Mapping[int, int]]) -> nw.Expr:
    """What `chosen` gives for each question's rank, added up as a 64-bit integer.

    Most amounts lie on a straight line over the ranks. So, of questions that are alike, the ranks are added up, and
    counted where they are off the line: a few small numbers a row, which cost less than a large one for every cell.
    """
    alike: dict[tuple[tuple[int, int], ...], list[nw.Expr]] = {}
    for question, each in amounts.items():
        alike.setdefault(tuple(sorted(each.items())), []).append(ranks[question])
    constant = 0
    terms = []
    for pairs, group in alike.items():
        start, slope = line(pairs)
        constant += start * len(group)
        # No sum of ranks leaves the bytes that it is made in, not even where all cells are bad.
        small = nw.Int8 if len(group) * max(-BAD, pairs[-1][0]) < 1 << 7 else nw.Int32
        if slope:
            terms.append(total([rank.cast(small) for rank in group]).cast(nw.Int64) * slope)
        for key, amount in pairs:
            if off := amount - (start + slope * key):
                ones = [chain([(rank == key, nw.lit(1, small))], nw.lit(0, small)) for rank in group]
                terms.append(total(ones).cast(nw.Int64) * off)
    return total([*terms, whole(constant)])


def line(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Start and slope of the line on which most pairs of rank and amount lie; of equals a level one."""
    lines = [(amount, 0) for _, amount in pairs]
    lines += [(low - (high - low) * key, high - low) for (key, low), (_, high) in pairwise(pairs) if key >= 0]
    return max(lines, key=lambda line: sum(amount == line[0] + line[1] * key for key, amount in pairs))


def named(key: nw.Expr, names: Mapping[int, str]) -> nw.Expr:
    """The name for a key; null for all other keys."""
    return chain([(key == one, nw.lit(name)) for one, name in names.items()])


def whole(number: int) -> nw.Expr:
    return nw.lit(number, nw.Int64)


def total(terms: Sequence[nw.Expr]) -> nw.Expr:
    return _paired(add, terms) if terms else whole(0)


def quotient(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """The nearest float to part / whole; null where `whole` is not above 0."""
    return part / divisor(part, whole)


def divisor(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """`whole`, by which `part` is to be divided; null where it is not above 0.

    Polars multiplies by the reciprocal where the divisor is the same in all rows that it works on, which is off in the
    last bit: nought that it does not know to be nought makes it divide.
    """
    return nw.when(whole > 0).then(whole + (part - part))


def any_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return _paired(or_, conditions) if conditions else nw.lit(False)


def largest(terms: Sequence[nw.Expr]) -> nw.Expr:
    """PySpark asks for two at least."""
    return nw.max_horizontal(*terms) if len(terms) > 1 else terms[0]


def _paired(put: Callable[[nw.Expr, nw.Expr], nw.Expr], terms: Sequence[nw.Expr]) -> nw.Expr:
    """Two by two: a thousand terms make an expression ten deep."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return put(_paired(put, terms[:half]), _paired(put, terms[half:]))
