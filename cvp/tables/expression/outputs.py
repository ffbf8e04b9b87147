"""The columns that scoring adds to a frame: their names, and the expression of each."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

import narwhals as nw

from cvp.level import LEVELS, Level
from cvp.questionnaire import Questionnaire
from cvp.tables.compiling import OPEN
from cvp.tables.expression import naming
from cvp.tables.expression.row import Row

Output: TypeAlias = Callable[[Row], nw.Expr]

USUAL: Final = (
    *("is_bad", "level", "low", "high", "settled", "secured", "uncapped_level"),
    *("scores", "coverage", "safeguards"),
)
"""What a row is told where nothing else is asked for."""

OF_BAD_ROWS: Final = ("is_bad", "bad_cells")
"""What can be said of a row with a bad cell."""

_ALONE: Final[Mapping[str, Output]] = {
    "is_bad": naming.is_bad,
    "bad_cells": naming.bad_cells,
    "level": lambda row: row.level(),
    "low": lambda row: row.bound("lowest"),
    "high": lambda row: row.bound("highest"),
    "settled": lambda row: row.bound("lowest") == row.bound("highest"),
    "secured": lambda row: row.secured(),
    "uncapped_level": lambda row: row.level(capped=False),
    "level_if_not_applicable_counts": lambda row: row.level(strict=True),
    "coverage": lambda row: row.coverage(),
    "safeguards": naming.safeguards,
    "weakest": naming.weakest,
    "recommendation": naming.recommendation,
}


def output_groups(questionnaire: Questionnaire) -> dict[str, dict[str, Output]]:
    """Every output that there is for the questionnaire: group → column → expression. Most are groups of one."""
    lenses = {
        f"lens_{lens}_{value}": _lens(lens, value)
        for lens, values in questionnaire.lenses.items()
        for value in values.values
    }
    if len(lenses) < sum(len(lens.values) for lens in questionnaire.lenses.values()):
        raise ValueError("two values of lenses would have one column: a lens's id and a value's make the same name")
    return {
        **{name: {name: output} for name, output in _ALONE.items()},
        "scores": {f"score_{level}": _score(level) for level in LEVELS},
        "gates": {f"gate_{level}": _gate(level) for level in LEVELS},
        "lenses": lenses,
        "ranks": {f"rank_{question}": _rank(question) for question in questionnaire.questions},
    }


def spelled_out(questionnaire: Questionnaire, names: Iterable[str]) -> dict[str, Output]:
    """Outputs by column, given columns and groups. Raises ValueError where there is no such output."""
    groups = output_groups(questionnaire)
    columns = {column: {column: output} for group in groups.values() for column, output in group.items()}
    found: dict[str, Output] = {}
    for name in names:
        if name not in groups and name not in columns:
            raise ValueError(f"there is no output {name}; there are {', '.join(groups)}")
        found |= groups[name] if name in groups else columns[name]
    return found


def _score(level: Level) -> Output:
    return lambda row: row.mean(row.plan.scale.criteria[level])


def _gate(level: Level) -> Output:
    return lambda row: row.gate(level)


def _rank(question: str) -> Output:
    return lambda row: row.ranks.get(question, nw.lit(OPEN, nw.Int8))


def _lens(lens: str, value: str) -> Output:
    def mean(row: Row) -> nw.Expr:
        carriers = [c.id for c in row.plan.questionnaire.criteria if c.lenses.get(lens) == value]
        return row.mean([row.plan.scale.items[question] for question in carriers])

    return mean
