"""What a set of recommendations costs: effort first, then how many they are, then their order in the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from cvp.path.options import Option


@dataclass(frozen=True, slots=True)
class Money:
    """All three in one whole number that adds up, so that of two costs the lower one is the better set's.

    Of two sets of one size, that one comes first which has the first place in which they differ: the places, sorted,
    are binary digits, the first one worth most, and are taken off.
    """

    places: tuple[int, ...]

    def of(self, option: Option) -> int:
        return self._least(option.effort) + (1 << len(self.places)) - self._digit(option.place)

    def days(self, cost: int) -> int:
        """The days in a cost; of a lower bound of costs, a lower bound of days."""
        return -(-cost >> len(self.places)) // (len(self.places) + 1)

    def above(self, days: int) -> int:
        """More than the cost of any set of so many days, and less than that of any of more."""
        return self._least(days + 1)

    def places_in(self, cost: int) -> set[int]:
        """The places of the set that costs so much."""
        digits = -cost & ((1 << len(self.places)) - 1)
        return {place for place in self.places if digits & self._digit(place)}

    def _least(self, days: int) -> int:
        return days * (len(self.places) + 1) << len(self.places)

    def _digit(self, place: int) -> int:
        return 1 << (len(self.places) - 1 - self.places.index(place))


def money_for(options: Iterable[Option]) -> Money:
    return Money(tuple(sorted(option.place for option in options)))
