"""What a map might say of cells that nothing understands: offered, never taken."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

from cvp.answers import DONT_KNOW
from cvp.matching import NOT_APPLICABLE, WORDS, Cell, Cells, choice_near, folded, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import ALL
from cvp.text import one_line

WHICH: Final = "#N"
"""Stands for the place of a choice that somebody must look up; a map that still says it is refused."""

Offers: TypeAlias = Mapping[str, Mapping[str, str]]
"""By question, or `*` for several: cell → what it might mean."""

_CODE: Final = re.compile(r"((?:[A-Za-z]{1,3}[-_. ]?)?0?)([0-9]{1,2})( ?/ ?([0-9]{1,2}))?")
_LONGEST_SCALE: Final = 10
_MANY: Final = 5
_LONGEST: Final = 500
_UNFIT: Final = frozenset(
    ("-", "na", "n.a.", "n. a.", "n/a.", "does not apply", "doesn't apply", "nicht anwendbar", "ne s'applique pas")
)
"""Beside those of the WORDS. `NA` is what some programs write for a cell that is missing, so a map must say."""


def offers(
    questionnaire: Questionnaire, seen: Mapping[str, Cells], cells: Collection[Cell] = ()
) -> dict[str, dict[str, str]]:
    """What cells might mean.

    Codes such as A1 … A5, and numbers of a scale that is longer than the choices, are there as a whole; of the others
    that are unknown those of `cells`.
    """
    said: dict[tuple[str, str], list[str]] = {}
    for key, column in seen.items():
        count = choices(questionnaire, key)
        scale = _longest_scale(questionnaire, seen, count) if longer_scale(column, count) else ()
        places = _codes(column.unknown, count) | dict.fromkeys(map(str, scale), WHICH)
        others = [cell for cell in column.unknown if cell in cells and number_in(cell) not in scale]
        meant = {shown(cell): _meant(questionnaire, key, cell, column) for cell in others}
        for pair in {**meant, **places}.items():
            said.setdefault(pair, []).append(key)
    found: dict[str, dict[str, str]] = {}
    for (cell, meaning), keys in said.items():
        for key in [ALL] if keys[1:] and _is_for_all(questionnaire, meaning) else keys:
            found.setdefault(key, {})[cell] = meaning
    return found


def longer_scale(column: Cells, count: int) -> list[int]:
    """The numbers of the longer scale on which a question was asked that has `count` choices, at most eleven.

    There is none where nothing is beyond the choices but what may be a code for missing, as 99, or a slip.
    """
    read = [number_in(cell) for cell in (*column.numbers, *column.unknown)]
    numbers = {int(number) for number in read if number is not None and number.is_integer() and number >= 0}
    beyond = {number for number in numbers if number > count}
    near = {number for number in beyond if number <= _LONGEST_SCALE}
    if not near and len(beyond) < _MANY:
        return []
    first = 0 if 0 in numbers else 1
    highest = max(near) if len(beyond - near) < _MANY else _LONGEST_SCALE + first
    return list(range(first, highest + 1))


def _longest_scale(questionnaire: Questionnaire, seen: Mapping[str, Cells], count: int) -> Sequence[int]:
    """The longest scale in any of the columns: that of all, though not all of its numbers are in each."""
    alike = (column for key, column in seen.items() if choices(questionnaire, key) == count)
    return max((longer_scale(column, count) for column in alike), key=len)


def say_scale(questionnaire: Questionnaire, key: str, seen: Mapping[str, Cells]) -> str:
    """What to do where a question was asked on a scale that is longer than its choices."""
    count = choices(questionnaire, key)
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
    return value if value[:1].isalpha() else quoted(value)


def quoted(text: str) -> str:
    """A text as YAML and JSON both write it, on one line."""
    return json.dumps(one_line(text)[:_LONGEST], ensure_ascii=False)


def choices(questionnaire: Questionnaire, key: str) -> int:
    """How many choices a question has."""
    return len(questionnaire.choices_of(questionnaire.questions[key]))


def shown(cell: Cell) -> str:
    """The cell as a map would name it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


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
    """Where no cell of the column is understood, its texts are answers; beside answers, they may as well be none."""
    text = folded(str(cell))
    for words in WORDS.values():
        if text in words:
            return words[text]
    if text in _UNFIT:
        return NOT_APPLICABLE
    otherwise = DONT_KNOW if column.understood else WHICH
    return choice_near(questionnaire, questionnaire.questions[key], str(cell)) or otherwise


def _is_for_all(questionnaire: Questionnaire, meaning: str) -> bool:
    """Whether a map may say it of all questions."""
    alike = len({choices(questionnaire, key) for key in questionnaire.questions}) == 1
    return meaning in (DONT_KNOW, NOT_APPLICABLE) or (meaning.startswith("#") and alike)
