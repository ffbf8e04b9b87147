"""Questions whose choices have a column each, to be ticked: where one is, it is the answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from cvp.matching import choice_named, folded, match_headers
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import SPACES
from cvp.tables.layout import FALSE, Heading

_EMPTY: Final = ("", "0.0", "0,0", "n", "no", "unchecked", "nein", "non", *sorted(FALSE))


@dataclass(frozen=True, slots=True)
class Boxes:
    """The columns of a question's choices: position → the value of the choice, and the name that the tool gives it."""

    question: str
    choices: Mapping[int, tuple[str, str]]


def find_boxes(headings: Sequence[Heading], questionnaire: Questionnaire, skip: Collection[int]) -> tuple[Boxes, ...]:
    """The questions of which two choices or more have a column each, in the questionnaire's order."""
    boxes = {at: heading.box for at, heading in enumerate(headings) if heading.box and at not in skip}
    names = list(dict.fromkeys(question for question, _ in boxes.values()))
    meant = match_headers([(name,) for name in names], questionnaire, (), {})
    found = []
    for key, number in meant.found.items():
        columns = {at: choice for at, (question, choice) in boxes.items() if question == names[number]}
        named = {at: choice_named(questionnaire, questionnaire.questions[key], name) for at, name in columns.items()}
        choices = {at: (value, columns[at]) for at, value in named.items() if value}
        if len(choices) > 1 and len({value for value, _ in choices.values()}) == len(choices):
            found.append(Boxes(key, choices))
    return tuple(found)


def ticked(boxes: Boxes) -> pl.Expr:
    """The value of the choice that is ticked; null where none is; where several are, their values with spaces between.

    A box is ticked where something else stands in it than nothing, 0, or a word for no: tools write 1, Y or the choice.
    """
    values = [
        pl.when(~_text(position).is_in([word for word in _EMPTY if word != folded(name)])).then(pl.lit(value))
        for position, (value, name) in boxes.choices.items()
    ]
    joined = pl.concat_str(values, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _text(position: int) -> pl.Expr:
    return pl.col(f"c{position}").cast(pl.String).str.strip_chars(SPACES).str.to_lowercase().fill_null("")
