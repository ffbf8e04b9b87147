"""Many small sums in few columns of 64-bit integers.

Adding up one column costs a look at every cell, whatever is added. So sums over the same questions lie side by side in
the bits of one integer, a *word*, and are added up together; a sum that is too large for a word is cut into digits.
Words stay under 2**52, because Spark divides whole numbers as floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

import narwhals as nw

from cvp.tables.expression.chains import summed, total
from cvp.tables.expression.steps import Stage, Steps
from cvp.tables.expression.sums import Sum

BITS: Final = 52
DIGIT: Final = 40
"""Bits of one digit of a large sum: what a thousand questions add to it fits into a word."""

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sum, less its least value, lies: `bits` from `shift` on in a word."""

    word: str
    shift: int
    bits: int


@dataclass
class _Word:
    name: str
    questions: tuple[str, ...]
    used: int = 0
    adds: dict[str, dict[int, int]] = field(default_factory=dict)

    def put(self, sum_: Sum, bits: int) -> _Place:
        place = _Place(self.name, self.used, bits)
        for question, ranks in sum_.parts.items():
            least = min(ranks.values())
            adds = self.adds.setdefault(question, dict.fromkeys(ranks, 0))
            for rank, added in ranks.items():
                adds[rank] += (added - least) << place.shift
        self.used += bits
        return place


class Words:
    """Places for sums, and expressions that read them out of the words' columns."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._words: list[_Word] = []
        self._places: dict[Key, _Place] = {}

    def fill(self, ranks: Mapping[str, nw.Expr]) -> None:
        """Makes the words' columns from the ranks of the questions, once every sum that is wanted has its place."""
        for word in self._words:
            self._steps.keep(Stage.WORD, word.name, partial(summed, ranks, word.adds))

    def number(self, sum_: Sum) -> nw.Expr:
        """The sum as a 64-bit integer. It must fit a word."""
        return self._less_least(sum_) + sum_.least

    def real(self, sum_: Sum) -> nw.Expr:
        """The sum as a 64-bit float, exact up to 2**53."""
        if _bits(sum_) <= BITS:
            return self.number(sum_).cast(nw.Float64)
        digits = [
            self._less_least(digit).cast(nw.Float64) * float(1 << DIGIT * i) for i, digit in enumerate(_digits(sum_))
        ]
        return total(digits) + float(sum_.least)

    def reaches(self, sum_: Sum, threshold: int) -> nw.Expr:
        """Whether the sum is at least the threshold, exactly, however large it is."""
        wanted = min(max(threshold - sum_.least, 0), sum_.most - sum_.least + 1)
        if _bits(sum_) <= BITS:
            place = self._place(sum_)
            # What lies in higher bits is cut off; what lies in lower bits is less than one here.
            return self._up_to(place) >= wanted << place.shift
        digits = _digits(sum_)
        carry = nw.lit(0, nw.Int64)
        for digit in digits[:-1]:
            left = self._less_least(digit) + carry - (wanted & _ONE - 1)
            carry = (left + (_ONE << 1)) // _ONE - 2  # engines differ on the floor of a negative quotient
            wanted >>= DIGIT
        return self._less_least(digits[-1]) + carry >= wanted

    def _less_least(self, sum_: Sum) -> nw.Expr:
        place = self._place(sum_)
        return self._up_to(place) // (1 << place.shift) if place.shift else self._up_to(place)

    def _up_to(self, place: _Place) -> nw.Expr:
        return self._steps.column(place.word) % (1 << place.shift + place.bits)

    def _place(self, sum_: Sum) -> _Place:
        """The place of an equal sum that has one, else a new one in the first word that has room."""
        key = tuple((question, *ranks.items()) for question, ranks in sum_.parts.items())
        if key not in self._places:
            bits = _bits(sum_)
            self._places[key] = self._word_with_room(tuple(sum_.parts), bits).put(sum_, bits)
        return self._places[key]

    def _word_with_room(self, questions: tuple[str, ...], bits: int) -> _Word:
        for word in self._words:
            if word.questions == questions and word.used + bits <= BITS:
                return word
        self._words.append(_Word(f"word{len(self._words)}", questions))
        return self._words[-1]


_ONE: Final = 1 << DIGIT


def _bits(sum_: Sum) -> int:
    return max(1, (sum_.most - sum_.least).bit_length())


def _digits(sum_: Sum) -> list[Sum]:
    """Sums of the digits, lowest first, of what each rank adds above the least."""
    raised = {
        question: {rank: added - min(ranks.values()) for rank, added in ranks.items()}
        for question, ranks in sum_.parts.items()
    }
    count = -(-max(added for ranks in raised.values() for added in ranks.values()).bit_length() // DIGIT)
    return [
        Sum(
            {
                question: {rank: added >> DIGIT * i & _ONE - 1 for rank, added in ranks.items()}
                for question, ranks in raised.items()
            }
        )
        for i in range(count)
    ]
