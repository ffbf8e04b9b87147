"""What a set of recommendations costs: effort first, then how many they are, then their order in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cvp.path.options import Option


@dataclass(frozen=True, slots=True)
class Money:
    """All three in one whole number that adds up, so that of two costs the lower one is the better set's.

    Of two sets of one size, that one comes first which has the first place in which they differ. So `digits`, place →
    binary digit, give the first place the one that is worth most, and are taken off.
    """

    digits: Mapping[int, int]

    def of(self, option: Option) -> int:
        return self._least(option.effort) + (1 << len(self.digits)) - self.digits[option.place]

    def days(self, cost: int) -> int:
        """The days in a cost; of a lower bound of costs, a lower bound of days."""
        return -(-cost >> len(self.digits)) // (len(self.digits) + 1)

    def above(self, days: int) -> int:
        """More than the cost of any set of so many days, and less than that of any of more."""
        return self._least(days + 1)

    def bought(self, cost: int, options: Iterable[Option]) -> tuple[Option, ...]:
        """The options that cost so much."""
        places = {place for place, digit in self.digits.items() if -cost & digit}
        return tuple(option for option in options if option.place in places)

    def _least(self, days: int) -> int:
        return days * (len(self.digits) + 1) << len(self.digits)


def money_for(options: Iterable[Option]) -> Money:
    places = sorted((option.place for option in options), reverse=True)
    return Money({place: 1 << n for n, place in enumerate(places)})
