"""Questionnaires whose recommendations overlap, cross gates and depend on each other, with answers of all kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from cvp.gates import Evaluation, evaluate, scale_of
from cvp.path.options import options_of
from cvp.questionnaire import Questionnaire
from questionnaires import Part, criterion, questionnaire, recommendation, safeguard

SCORES = (0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.5, 0.6, 0.7, 0.75, 0.9, 1)
EFFORTS = (1, 2, 2, 3, 5, 8, 13)
MOST = 12


@dataclass(frozen=True)
class Thicket:
    """A questionnaire, and where a company stands by it."""

    questionnaire: Questionnaire
    now: Evaluation


@st.composite
def thickets(draw: st.DrawFn) -> Thicket:
    """With 3 to 12 recommendations: some can take the company to Level 4, some not even secure Level 1."""
    return thicket(draw(st.randoms(use_true_random=False)))


def thicket(random: Random) -> Thicket:
    kind = random.random() < 0.5  # in every other one most things can be mended
    parts = [_criterion(random, n, kind) for n in range(random.randint(4, 9))]
    guards = [_safeguard(random, n) for n in range(random.randint(0, 3))]
    moves = _recommendations(random, [part["id"] for part in (*parts, *guards)], kind)
    passes = [random.choice((0.3, 0.5, 0.5, 0.6) if kind else (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 1)) for _ in range(4)]
    asked = questionnaire(parts, guards, moves, passes)
    scale = scale_of(asked)
    points = {item.id: _answer(random, item.points) for item in scale.items.values() if random.random() < 0.92}
    return Thicket(asked, evaluate(scale, points))


def _criterion(random: Random, number: int, kind: bool) -> Part:
    """The first four are on a level each."""
    level = number + 1 if number < 4 else random.randint(1, 4)
    more: dict[str, Any] = {"must": random.choice(SCORES)} if random.random() < 0.25 else {}
    weight = random.choice((1, 1, 1, 0.1, 0.3, 2.5))
    return criterion(f"q{number}", level, *_scores(random, kind), weight=weight, **more)


def _safeguard(random: Random, number: int) -> Part:
    scores = _scores(random, random.random() < 0.5)
    return safeguard(f"s{number}", random.randint(1, 4), *scores, below=random.choice(SCORES))


def _scores(random: Random, to_the_top: bool) -> list[float]:
    """Now and then all low or all high, so that even the best answer fails a gate, or the worst passes it."""
    band = random.choice((SCORES, SCORES, SCORES[:5], SCORES[6:]))
    scores = sorted(random.sample(band, random.randint(2, 4)))
    return [*scores[:-1], 1] if to_the_top and random.random() < 0.8 else scores


def _recommendations(random: Random, questions: Sequence[str], kind: bool) -> list[Part]:
    """In any order; each after up to two of those that were drawn before it."""
    found = []
    for number in range(random.randint(8 if kind else 3, MOST)):
        lifted = random.sample(list(questions), random.randint(1, min(4, len(questions))))
        lifts = {name: random.choice(SCORES[6:] if kind and name[0] == "q" else SCORES) for name in lifted}
        earlier = [f"r{n}" for n in range(number)]
        after = random.sample(earlier, min(number, random.randint(1, 2))) if random.random() < 0.3 else []
        found.append(recommendation(f"r{number}", lifts, random.choice(EFFORTS), after))
    random.shuffle(found)
    return found


def _answer(random: Random, points: Sequence[int]) -> int | None:
    return None if random.random() < 0.28 else random.choice(points)


def forest(random: Random, criteria: int = 60, recommendations: int = 30) -> Thicket:
    """A large one in which all recommendations together lead to Level 4: most of them serve several gates."""
    while True:
        asked = questionnaire(
            [_tree(random, n, 1 + 4 * n // criteria) for n in range(criteria)],
            [safeguard(f"s{n}", random.randint(1, 3), 0, 0.25, 0.5, 0.75, 1) for n in range(4)],
            [_felling(random, n, criteria) for n in range(recommendations)],
            [random.choice((0.4, 0.5, 0.6)) for _ in range(4)],
        )
        scale = scale_of(asked)
        lowest = {item.id: random.choice(item.points[:4]) for item in scale.items.values()}
        some_open = {name: None if random.random() < 0.1 else value for name, value in lowest.items()}
        now = evaluate(scale, some_open)
        options = options_of(asked, now)
        if now.standing.level == 1 and evaluate(scale, options.after(options.every)).standing.level == 4:
            return Thicket(asked, now)


def _tree(random: Random, number: int, level: int) -> Part:
    more = {"must": 0.5} if random.random() < 0.05 else {}
    return criterion(f"q{number}", level, 0, 0.25, 0.5, 0.75, 1, weight=random.choice((1, 1, 1, 2, 0.5)), **more)


def _felling(random: Random, number: int, criteria: int) -> Part:
    """Lifts some criteria near each other, and some anywhere."""
    first = random.randrange(criteria)
    near = [min(criteria - 1, max(0, first + random.randint(-5, 5))) for _ in range(random.randint(1, 3))]
    far = [random.randrange(criteria) for _ in range(random.randint(0, 2))]
    lifts = {f"q{n}": random.choice((0.5, 0.75, 1, 1)) for n in (first, *near, *far)}
    if random.random() < 0.2:
        lifts[f"s{random.randrange(4)}"] = random.choice((0.5, 1))
    after = [f"r{random.randrange(number)}"] if number and random.random() < 0.25 else []
    return recommendation(f"r{number}", lifts, random.choice((1, 2, 3, 5, 8, 13, 20, 30)), after)
