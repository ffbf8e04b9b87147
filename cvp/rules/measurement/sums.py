"""Which totals some answers add up to: subset sums in whole numbers, exact or not at all."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

Summand: TypeAlias = tuple[int, ...]
"""What one criterion can add to a total, in rising order."""

MOST_SUMS: Final = 200_000
"""How many sums are made for a level before cvp gives up on it, so that no file takes long."""


class Sums:
    """The totals of all summands but one."""

    def __init__(self, summands: Sequence[Summand]) -> None:
        self._summands = summands
        self._left = MOST_SUMS
        self._known: dict[tuple[Summand, int, int], bool | None] = {}

    @cached_property
    def _ends(self) -> tuple[int, int]:
        return sum(s[0] for s in self._summands), sum(s[-1] for s in self._summands)

    @cached_property
    def _steps(self) -> list[int]:
        """The widest step between two neighbours in each summand."""
        return [max((high - low for low, high in pairwise(s)), default=0) for s in self._summands]

    def reach_between(self, left_out: Summand, first: int, end: int) -> bool | None:
        """Whether all summands but `left_out` have a total from `first` to under `end`; None where nobody can tell."""
        least, most = self._ends[0] - left_out[0], self._ends[1] - left_out[-1]
        if least >= end or most < first or first >= end:
            return False
        if least >= first or most < end:
            return True
        # From below to above, one step at a time: only a step wider than the gap can leap over it.
        if max(self._steps) <= end - first:
            return True
        key = (left_out, first, end)
        if key not in self._known:
            self._known[key] = self._search(left_out, first, end)
        return self._known[key]

    def _search(self, left_out: Summand, first: int, end: int) -> bool | None:
        """All totals of the summands with wide steps; the others fill any gap between their own ends."""
        least, most = self._ends[0] - left_out[0], self._ends[1] - left_out[-1]
        wide = [s for s, step in zip(self._summands, self._steps, strict=True) if step > end - first]
        if left_out in wide:
            wide.remove(left_out)
        totals = [0]
        for summand in sorted(wide, key=lambda s: s[0] - s[-1]):
            least, most = least - summand[0], most - summand[-1]
            self._left -= len(totals) * len(summand)
            if self._left < 0:
                return None
            sums = {total + points for total in totals for points in summand}
            if any(first <= total + rest < end for total in sums for rest in (least, most)):
                return True
            totals = [total for total in sums if total + least < end and total + most >= first]
        return bool(totals)
