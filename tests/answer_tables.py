"""Tables of answers to questionnaires drawn at random, and what the scorer says of every row of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeAlias

from cvp.answers import AnswerSheet
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from questionnaires import (
    NOT_APPLICABLE,
    Part,
    assess,
    criterion,
    evidence,
    questionnaire,
    recommendation,
    safeguard,
    sheet,
)

Row: TypeAlias = Mapping[str, str | None]
Said: TypeAlias = dict[str, object]

ROWS: Final = int(os.environ.get("CVP_ROWS", "1200"))
"""How many rows are compared with the scorer in all; many more with `CVP_ROWS=100000`."""
ALL: Final = (
    *("level", "low", "high", "settled", "secured", "uncapped_level", "level_if_not_applicable_counts", "coverage"),
    *("safeguards", "weakest", "recommendation", "scores", "gates", "lenses"),
)
_SCORES: Final = (0, 0.1, 0.2, 0.3, 0.35, 0.5, 0.6, 0.7, 0.9, 1)
_WEIGHTS: Final = (1, 1, 0.1, 0.2, 0.3, 2.5, 1e6)
_DAYS: Final = (None, "", "2001-05-31", "2012-02-11", "2012-02-12", "2012-02", "2012-01", "2012", "2011", " 2013-01 ")


def drawn(random: Random, weights: Sequence[float] = _WEIGHTS) -> Questionnaire:
    """A questionnaire with every feature; now and then a level has no criterion."""
    criteria = []
    for level in (1, 2, 3, 4):
        for index in range(random.choice((0, 1, 2, 2, 3, 3, 4))):
            part = criterion(f"q{level}{index}", level, *_some_scores(random), weight=random.choice(weights))
            part |= {"must": random.choice(_SCORES)} if random.random() < 0.3 else {}
            part |= {"fresh_for": random.choice((1, 12))} if random.random() < 0.5 else {}
            part |= {"lenses": {"area": random.choice(("brand", "product"))}} if random.random() < 0.6 else {}
            criteria.append(part)
    criteria = criteria or [criterion("q10", 1)]
    random.shuffle(criteria)
    guards = [
        safeguard(f"s{index}", random.randint(1, 4), *_some_scores(random), below=random.choice(_SCORES))
        for index in range(random.randint(0, 4))
    ]
    ids = [part["id"] for part in (*criteria, *guards)]
    return questionnaire(
        criteria,
        guards,
        [_recommendation(random, index, ids) for index in range(random.randint(0, 6))],
        passes=[random.choice((0, 0.3, 0.5, 0.6, 0.7)) for _ in range(4)],
        lenses={"area": {"label": "Area", "values": {"brand": "Brand", "product": "Product"}}},
    )


def _some_scores(random: Random) -> list[float]:
    return sorted(random.sample(_SCORES, random.randint(1, 5)))


def _recommendation(random: Random, index: int, ids: Sequence[str]) -> Part:
    lifted = random.sample(ids, min(len(ids), random.randint(1, 3)))
    return recommendation(f"r{index}", {name: random.choice(_SCORES) for name in lifted}, random.randint(1, 9))


def rows_of(asked: Questionnaire, count: int, random: Random) -> list[Row]:
    """Answers as cells: the value of a choice, ? or - or none; and for each question the day of its evidence."""
    rows: list[Row] = []
    for _ in range(count):
        row: dict[str, str | None] = {}
        good = random.random()
        for question in asked.questions.values():
            values = [choice.value for choice in asked.choices_of(question)]
            chosen = values[-1] if random.random() < good else random.choice(values)
            row[question.id] = random.choice([chosen] * 8 + [None, "?", "-"])
            row[f"day_{question.id}"] = random.choice(_DAYS)
        rows.append(row)
    return rows


def columns_of(asked: Questionnaire, names: Sequence[str]) -> list[Column]:
    """The columns of such a table, whose names are these."""
    columns = []
    for question in asked.questions.values():
        values = [*(choice.value for choice in asked.choices_of(question)), "?", "-"]
        at, dates = names.index(question.id), names.index(f"day_{question.id}")
        columns.append(Column(question.id, at, {value: value for value in values}, dates=dates))
    return columns


def sheet_of(asked: Questionnaire, row: Row) -> AnswerSheet:
    given: dict[str, str | Part] = {}
    for question in asked.questions:
        cell, day = row[question], (row.get(f"day_{question}") or "").strip()
        dated = {"evidence": evidence(day)} if day else {}
        if cell is not None:
            given[question] = {**NOT_APPLICABLE, **dated} if cell == "-" else {"choice": cell, **dated}
    return sheet(**given)


def said_of(asked: Questionnaire, answers: AnswerSheet) -> Said:
    """Every output, from the assessment of one sheet of answers."""
    found = assess(asked, answers)
    shut = next((level.level for level in found.levels if not level.holds), None)
    gap = next((gap.id for gap in found.gaps[:1] if gap.level == shut), None)
    applicable = found.basis.questions - found.basis.not_applicable
    same = ("level", "low", "high", "settled", "secured", "uncapped_level", "level_if_not_applicable_counts")
    return {
        **{name: getattr(found, name) for name in same},
        "coverage": found.basis.answered / applicable if applicable else None,
        "safeguards": " ".join(guard.id for guard in found.safeguards if guard.hit),
        "weakest": gap,
        "recommendation": found.recommendations[0].recommendation if found.recommendations else None,
        **{f"score_{level.level}": level.score for level in found.levels},
        **{f"gate_{level.level}": level.holds for level in found.levels},
        **{f"lens_{lens.id}_{value.id}": value.score for lens in found.lenses for value in lens.values},
    }


@dataclass(frozen=True)
class Table:
    """A questionnaire, rows of answers to it, and what the scorer says of each."""

    asked: Questionnaire
    rows: list[Row]
    said: list[Said]

    @property
    def cells(self) -> dict[str, list[str | None]]:
        return {name: [row[name] for row in self.rows] for name in self.rows[0]}

    @property
    def columns(self) -> list[Column]:
        return columns_of(self.asked, list(self.rows[0]))


def table(seed: int, count: int, weights: Sequence[float] = _WEIGHTS) -> Table:
    random = Random(seed)
    asked = drawn(random, weights)
    rows = rows_of(asked, count, random)
    return Table(asked, rows, [said_of(asked, sheet_of(asked, row)) for row in rows])
