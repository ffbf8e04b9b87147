"""The search for the cheapest set, made ready: only the options that matter, and what they bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from operator import add, sub
from typing import TypeAlias

from cvp.path.money import Money, money_for
from cvp.path.needs import Need
from cvp.path.options import Option, highest

Amounts: TypeAlias = tuple[int, ...]
"""One number a need."""

Key: TypeAlias = str | int
"""What may have to be remembered: the value of a question, or whether the option at a place was taken."""


@dataclass(frozen=True, slots=True)
class Item:
    """An option in the search.

    It brings `fixed` whatever else is taken, lifts the `shared` questions, which others lift too, to a value, and never
    brings more than `most` where all of `after` is taken.
    """

    place: int
    cost: int
    after: tuple[int, ...]
    fixed: Amounts
    shared: Mapping[str, int]
    most: Amounts

    @property
    def keys(self) -> set[Key]:
        return {*self.shared, *self.after}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is missing of each need, whether it only ever shrinks, and what a shared question brings at each value."""

    items: tuple[Item, ...]
    missing: Amounts
    rises: tuple[bool, ...]
    brings: Mapping[str, Mapping[int, Amounts]]
    money: Money


@dataclass(frozen=True, slots=True)
class _Lifting:
    """All that lifts one question: value → what it brings, 0 where it is not lifted; place → value."""

    brings: Mapping[int, Amounts]
    values: Mapping[int, int]

    def most(self, place: int, ancestors: set[int], rises: Sequence[bool]) -> Amounts:
        """The most that the option can add here, once its ancestors are taken."""
        value = self.values[place]
        before = max((self.values[other] for other in ancestors if other in self.values), default=0)
        if value <= before:
            return (0,) * len(rises)
        from_before = _less(self.brings[value], self.brings[before])
        from_worst = [max(gains) for gains in zip(*self._gains(value), strict=True)]
        return tuple(one if up else other for one, other, up in zip(from_before, from_worst, rises, strict=True))

    def _gains(self, value: int) -> list[Amounts]:
        lower = [_less(self.brings[value], amounts) for before, amounts in self.brings.items() if before < value]
        return [(0,) * len(self.brings[value]), *lower]


def problem_of(options: Sequence[Option], needs: Sequence[Need], taken: Sequence[Option] = ()) -> Problem:
    """For the cheapest set of options, prerequisites first, that with what is `taken` already meets the needs."""
    done = {option.place for option in taken}
    start = highest(taken)
    useful = _useful([option for option in options if option.place not in done], needs, start)
    lifting = _lifting(useful, needs, start)
    money = money_for(useful)
    rises = tuple(need.rises for need in needs)
    ancestors: dict[int, set[int]] = {}
    items = []
    for option in useful:
        after = tuple(place for place in option.after if place not in done)
        ancestors[option.place] = set(after).union(*(ancestors[place] for place in after))
        mine = {question: of for question, of in lifting.items() if option.place in of.values}
        alone = [of.brings[of.values[option.place]] for of in mine.values() if len(of.values) == 1]
        most = [of.most(option.place, ancestors[option.place], rises) for of in mine.values()]
        shared = {question: of.values[option.place] for question, of in mine.items() if len(of.values) > 1}
        zero = (0,) * len(needs)
        items.append(Item(option.place, money.of(option), after, _total(alone, zero), shared, _total(most, zero)))
    missing = tuple(_missing(need, start) for need in needs)
    shared_brings = {question: of.brings for question, of in lifting.items() if len(of.values) > 1}
    return Problem(tuple(items), missing, rises, shared_brings, money)


def adds(option: Option, need: Need, start: Mapping[str, int]) -> bool:
    """Whether the option can bring the need nearer, questions being lifted to `start` already."""
    return any(
        need.brings[question][value] > min(0, *need.brings[question].values())
        for question, value in option.lifts.items()
        if question in need.brings and value > start.get(question, 0)
    )


def _useful(options: Sequence[Option], needs: Sequence[Need], start: Mapping[str, int]) -> list[Option]:
    """Those that can add to a need, with what must be done before them."""
    by_place = {option.place: option for option in options}
    wanted: set[int] = set()
    waiting = [option for option in options if any(adds(option, need, start) for need in needs)]
    while waiting:
        option = waiting.pop()
        if option.place not in wanted:
            wanted.add(option.place)
            waiting += [by_place[place] for place in option.after if place in by_place]
    return [option for option in options if option.place in wanted]


def _lifting(options: Iterable[Option], needs: Sequence[Need], start: Mapping[str, int]) -> dict[str, _Lifting]:
    values: dict[str, dict[int, int]] = {}
    for option in options:
        for question, value in option.lifts.items():
            if value > start.get(question, 0) and any(question in need.brings for need in needs):
                values.setdefault(question, {})[option.place] = value
    found = {}
    for question, by_place in values.items():
        at = {value: tuple(need.brought(question, value) for need in needs) for value in by_place.values()}
        first = tuple(need.brought(question, start.get(question, 0)) for need in needs)
        brings = {0: (0,) * len(needs)} | {value: _less(amounts, first) for value, amounts in at.items()}
        found[question] = _Lifting(brings, by_place)
    return found


def _missing(need: Need, start: Mapping[str, int]) -> int:
    """What is left to add, rounded up to what can be added: all that is brought is a multiple of something."""
    missing = need.missing - sum(need.brought(question, value) for question, value in start.items())
    step = gcd(*(amount for brings in need.brings.values() for amount in brings.values()))
    return -(-missing // step) * step if step else missing


def _less(amounts: Amounts, others: Amounts) -> Amounts:
    return tuple(map(sub, amounts, others))


def _total(amounts: Iterable[Amounts], start: Amounts) -> Amounts:
    for more in amounts:
        start = tuple(map(add, start, more))
    return start
