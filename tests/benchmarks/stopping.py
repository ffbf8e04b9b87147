"""How many questions settle the level, in which order they are asked: python tests/benchmarks/stopping.py [COMPANIES]

Companies are simulated, and the shipped cases added. All answers settle a level or not, whatever their order, so the
questions are counted over the companies whose level they settle, at each level apart: a high one takes more questions,
and settles less often, as every safeguard must be known. `early` is the share that settles before the last question.
"""

import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

from cvp.catalogue import folder
from cvp.gates import Evaluation, Item, Points, Scale, evaluate, scale_of
from cvp.interview.order import next_question
from cvp.level import LEVELS, Level
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.scoring.case import Case

DONT_KNOW: Final = 0.1
"""How often a company does not know."""

Kind: TypeAlias = Callable[[random.Random, Scale], Points]
"""Draws what a company says to every question, None where it does not know."""

Order: TypeAlias = Callable[[Evaluation, Sequence[str]], str | None]
"""Picks the next of the open questions, which it is given in ladder order."""


def true_level(rng: random.Random, scale: Scale) -> Points:
    """Up to its level, and on safeguards, one of the two best choices, above it the two worst; 1 in 8 at random."""
    level = rng.choice(LEVELS)

    def said(item: Item) -> int:
        choices = sorted(item.points)
        fit = choices[-2:] if item.level is None or item.level <= level else choices[:2]
        return rng.choice(choices if rng.random() < 1 / 8 else fit)

    return _saying(rng, scale, said)


def slope(rng: random.Random, scale: Scale) -> Points:
    """Scores fall by a quarter a level, through 0.7 at the company's own (0.5 to 4.5); they scatter by 0.25."""
    level = rng.uniform(0.5, 4.5)

    def said(item: Item) -> int:
        mean = 0.85 if item.level is None else min(1, max(0, 0.7 + (level - item.level) / 4))
        score = rng.gauss(mean, 0.25)
        return min(item.points, key=lambda points: abs(scale.score(points) - score))

    return _saying(rng, scale, said)


def at_random(rng: random.Random, scale: Scale) -> Points:
    """Any choice, each as likely."""
    return _saying(rng, scale, lambda item: rng.choice(item.points))


def _saying(rng: random.Random, scale: Scale, said: Callable[[Item], int]) -> Points:
    return {item.id: None if rng.random() < DONT_KNOW else said(item) for item in scale.items.values()}


KINDS: Final[Mapping[str, Kind]] = {"a true level": true_level, "a slope": slope, "at random": at_random}


def simulated(kind: Kind, scale: Scale, count: int) -> list[Points]:
    """The same companies every time."""
    return [kind(random.Random(number), scale) for number in range(count)]


def shipped_cases(asked: Questionnaire, scale: Scale) -> Iterator[Points]:
    """What the cases say to the questions of this questionnaire."""
    for file in sorted((folder() / "cases").glob("*.yaml")):
        answers, _ = load_answers(str(file), Finder(str(file)))
        day = datetime.date.fromisoformat(answers.date or "")
        yield Case(asked, answers.answers or {}, day, asked.default_language, scale).points


def ladder(_: Evaluation, open_questions: Sequence[str]) -> str | None:
    return next(iter(open_questions), None)


def shuffled(rng: random.Random, _: Evaluation, open_questions: Sequence[str]) -> str | None:
    return rng.choice(open_questions) if open_questions else None


ORDERS: Final[Mapping[str, Order]] = {
    "ladder": ladder,
    "decisive": next_question,
    "random": partial(shuffled, random.Random(0)),
}


def in_ladder_order(scale: Scale) -> list[str]:
    climbing = [item.id for level in LEVELS for item in scale.criteria[level]]
    return [*climbing, *(item.id for item in scale.safeguards)]


def interview(scale: Scale, company: Points, order: Order) -> Iterator[tuple[str, Evaluation]]:
    """Each question that is asked, and where the answers put the company then."""
    points: dict[str, int | None] = dict.fromkeys(scale.items)
    evaluation = evaluate(scale, points)
    left = in_ladder_order(scale)
    while question := order(evaluation, left):
        left.remove(question)
        del points[question]
        if question in company:  # else not applicable
            points[question] = company[question]
        evaluation = evaluate(scale, points)
        yield question, evaluation


def questions_until_settled(scale: Scale, company: Points, order: Order) -> int | None:
    """None where all the answers do not settle the level."""
    asked = enumerate(interview(scale, company, order), start=1)
    return next((count for count, (_, evaluation) in asked if evaluation.standing.settled), None)


def settling(scale: Scale, companies: Sequence[Points]) -> dict[Level, list[Points]]:
    """By level, the companies that all their answers settle at it."""
    standings = [(evaluate(scale, company).standing, company) for company in companies]
    return {at: [company for s, company in standings if s.settled and s.level == at] for at in LEVELS}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for name in ("level4", "quick"):
        asked = load_questionnaire(name)
        scale = scale_of(asked)
        print(
            f"\n{name}, {len(scale.items)} questions; {_milliseconds(scale):.1f} ms to choose the first, decisive one"
        )
        print((" " * 35 + "".join(f"{order:<26}" for order in ORDERS)).rstrip())
        print(f"{'answers':<15}{'settled at':<12}" + "   median  mean 90 % early" * len(ORDERS))
        for kind, draw in KINDS.items():
            _print_kind(kind, scale, simulated(draw, scale, count))
        _print_kind("shipped cases", scale, list(shipped_cases(asked, scale)))


def _milliseconds(scale: Scale) -> float:
    evaluation, left = evaluate(scale, dict.fromkeys(scale.items)), in_ladder_order(scale)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        next_question(evaluation, left)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _print_kind(kind: str, scale: Scale, companies: Sequence[Points]) -> None:
    settled = settling(scale, companies)
    counts = {at: [_counts(scale, found, order) for order in ORDERS.values()] for at, found in settled.items() if found}
    for at, of_orders in counts.items():
        _print_row(kind, f"{at}: {len(settled[at])}", of_orders, scale)
        kind = ""
    every = [[*chain.from_iterable(of_order)] for of_order in zip(*counts.values(), strict=True)]
    _print_row("", f"{sum(map(len, settled.values()))} of {len(companies)}", every, scale)


def _counts(scale: Scale, companies: Sequence[Points], order: Order) -> list[int]:
    found = (questions_until_settled(scale, company, order) for company in companies)
    return [count for count in found if count]


def _print_row(kind: str, settled: str, counts: Sequence[Sequence[int]], scale: Scale) -> None:
    print(f"{kind:<15}{settled:<12}" + "".join(f"   {_figures(of_order, len(scale.items))}" for of_order in counts))


def _figures(counts: Sequence[int], most: int) -> str:
    rank = -(-len(counts) * 9 // 10)  # the least count that 90 % do not exceed
    early = sum(count < most for count in counts) / len(counts)
    return f"{statistics.median(counts):6g}{statistics.mean(counts):6.1f}{sorted(counts)[rank - 1]:5}{early:6.0%}"


if __name__ == "__main__":
    main()
