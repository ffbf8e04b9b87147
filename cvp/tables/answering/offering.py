"""What a map might say of cells that nothing understands: offered, never taken."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

from cvp.answers import DONT_KNOW
from cvp.matching import NOT_APPLICABLE, WORDS, Cell, Cells, Reading, choice_near, folded, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import ALL, WHICH
from cvp.tables.answering.quoting import quoted, shown
from cvp.tables.answering.scales import choices, is_too_long

Offers: TypeAlias = Mapping[str, Mapping[str, str]]
"""By question, or `*` for several: cell → what it might mean."""

_CODE: Final = re.compile(r"((?:[A-Za-z]{1,3}[-_. ]?)?0?)([0-9]{1,2})( ?/ ?([0-9]{1,2}))?")
_NO_TEXTS: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""What YAML reads as something else, where no quotation marks are around it."""
_UNFIT: Final = frozenset(
    ("-", "na", "n.a.", "n. a.", "n/a.", "does not apply", "doesn't apply", "nicht anwendbar", "ne s'applique pas")
)
"""Beside those of the WORDS. `NA` is what some programs write for a cell that is missing, so a map must say."""


def offers(
    questionnaire: Questionnaire, seen: Mapping[str, Cells], cells: Collection[Cell] = ()
) -> dict[str, dict[str, str]]:
    """What cells might mean.

    Codes such as A1 … A5, and numbers of a scale that is longer than the choices (but not too long), are there as a
    whole, less what a map says; of the others that are unknown those of `cells`.
    """
    said: dict[tuple[str, str], list[str]] = {}
    for key, column in seen.items():
        count = choices(questionnaire, key)
        numbers = () if is_too_long(column.scale) else column.scale
        places = _codes(column.unknown, count) | dict.fromkeys(map(str, numbers), WHICH)
        places = {cell: place for cell, place in places.items() if folded(cell) not in column.given}
        others = [cell for cell in column.unknown if cell in cells and number_in(cell) not in column.scale]
        meant = {shown(cell): _meant(questionnaire, key, cell, column) for cell in others if shown(cell) not in places}
        for pair in {**places, **meant}.items():
            said.setdefault(pair, []).append(key)
    found: dict[str, dict[str, str]] = {}
    for (cell, meaning), keys in said.items():
        for key in [ALL] if keys[1:] and _is_for_all(questionnaire, meaning) else keys:
            found.setdefault(key, {})[cell] = meaning
    return found


def say_scale(questionnaire: Questionnaire, key: str, seen: Mapping[str, Cells]) -> str:
    """What to do where a question was asked on a scale that is longer than its choices."""
    count = choices(questionnaire, key)
    scale = seen[key].scale
    if is_too_long(scale):
        return (
            f"`{key}` has {count} choices, and its column numbers up to {scale[-1]:,}, too many to say of each which "
            f"choice it means; recode them to 1…{count} in the table"
        )
    meant = offers(questionnaire, seen)
    of = ALL if WHICH in meant.get(ALL, {}).values() else key
    numbers = {cell: value for cell, value in meant[of].items() if value == WHICH}
    return (
        f"`{key}` has {count} choices: where it was asked on a longer scale, its lower numbers mean other choices than "
        "they seem to. Say in a map (--map FILE) which choice each number means "
        f'("#1" is the first, "#{count}" the last, "?" don\'t know), as in\n  cells: {in_a_map({of: numbers})}'
    )


def in_a_map(meant: Offers) -> str:
    """What offers give, as a map says it on one line."""
    said = {
        key: ", ".join(f"{quoted(cell)}: {written(value)}" for cell, value in of.items()) for key, of in meant.items()
    }
    return f"{{{', '.join(f'{quoted(key) if key == ALL else key}: {{{of}}}' for key, of in said.items())}}}"


def written(value: str) -> str:
    """A meaning as a map writes it: a choice's value as it is, all else in quotes."""
    return value if value[:1].isalpha() and value.lower() not in _NO_TEXTS else quoted(value)


def _codes(unknown: Sequence[Cell], count: int) -> dict[str, str]:
    """The places of choices by their codes, where several cells are such: A1, A2, … or 1/5, 2/5, …"""
    found: dict[tuple[str, str], set[int]] = {}
    for cell in unknown:
        code = _CODE.fullmatch(str(cell).strip())
        if code and (code[1].strip("0") or code[4]) and code[4] in (None, str(count)):
            found.setdefault((code[1], code[3] or ""), set()).add(int(code[2]))
    everything = range(1, count + 1)
    return {
        f"{before}{number}{after}": f"#{number}"
        for (before, after), numbers in found.items()
        if len(numbers) > 1 and numbers <= {*everything}
        for number in everything
    }


def _meant(questionnaire: Questionnaire, key: str, cell: Cell, column: Cells) -> str:
    """Where no cell of the column is understood, its texts are answers; beside answers, they may as well be none.

    A number between those that are understood is an answer.
    """
    text = folded(str(cell))
    for words in WORDS.values():
        if text in words:
            return words[text]
    if text in _UNFIT:
        return NOT_APPLICABLE
    is_answer = not column.understood or _is_between(questionnaire, key, cell, column)
    otherwise = WHICH if is_answer else DONT_KNOW
    return choice_near(questionnaire, questionnaire.questions[key], str(cell)) or otherwise


def _is_between(questionnaire: Questionnaire, key: str, cell: Cell, column: Cells) -> bool:
    """Whether it is a number between those of choices, or between scores, as which the column is read."""
    number = number_in(cell)
    scores = [choice.score for choice in questionnaire.choices_of(questionnaire.questions[key])]
    ends = {Reading.NUMBERS: (1, len(scores)), Reading.SCORES: (min(scores), max(scores))}
    return number is not None and any(ends[reading][0] < number < ends[reading][1] for reading in column.numeric)


def _is_for_all(questionnaire: Questionnaire, meaning: str) -> bool:
    """Whether a map may say it of all questions."""
    alike = len({choices(questionnaire, key) for key in questionnaire.questions}) == 1
    return meaning in (DONT_KNOW, NOT_APPLICABLE) or (meaning.startswith("#") and alike)
