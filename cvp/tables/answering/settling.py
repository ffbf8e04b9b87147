"""What the cells of each question's column are, settled by what stands in them and, for numbers, in all columns."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cvp.matching import NUMERIC, TEXTUAL, WORDS, Cell, Cells, Reading, look_at, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import ALL, Map
from cvp.tables.answering.offering import choices, in_a_map, longer_scale, offers, say_scale, shown
from cvp.text import and_list, counted, one_line

_SHOWN: Final = 5
_LONGEST: Final = 60


@dataclass(frozen=True)
class Settled:
    """By question: the distinct cells seen, what they showed, and the readings settled on.

    `numbers` is the reading of numbers in the whole table, if one was needed; `languages` those whose words for "don't
    know" are taken. `problems` are sentences about what could not be settled, each after its question.
    """

    seen: Mapping[str, Sequence[Cell]]
    cells: Mapping[str, Cells]
    readings: Mapping[str, tuple[Reading, ...]]
    languages: tuple[str, ...]
    numbers: Reading | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def settle(
    questionnaire: Questionnaire,
    map_: Map,
    seen: Mapping[str, Sequence[Cell]],
    all_cells: Callable[[Sequence[str]], Mapping[str, Sequence[Cell]]],
) -> Settled:
    """Settles how the columns are read whose first cells were `seen`.

    Numbers are the numbers of choices or scores in all columns alike. Where the first cells do not tell which,
    `all_cells` is asked for those of the whole columns.
    """
    looked = {key: _look(questionnaire, map_, key, cells) for key, cells in seen.items()}
    undecided = [key for key, cells in looked.items() if len(cells.numeric) > 1 and not map_.reading_of(key)]
    if undecided and not _sure(looked, map_):
        seen = {**seen, **all_cells(undecided)}
        looked = {key: _look(questionnaire, map_, key, cells) for key, cells in seen.items()}
    sure = _sure(looked, map_)
    numbers = sure[0] if len(sure) == 1 else None
    readings = {key: _readings(cells, numbers, map_.reading_of(key)) for key, cells in looked.items()}
    problems = {key: _problem(questionnaire, key, cells, sure) for key, cells in looked.items()}
    problems |= _said_once(questionnaire, {key: looked[key] for key, problem in problems.items() if problem})
    open_ = [key for key in undecided if len(looked[key].numeric) > 1 and not problems[key]]
    problems |= {} if sure else _one_alone(open_)
    return Settled(
        seen=seen,
        cells=looked,
        readings=readings,
        languages=_languages(questionnaire, looked),
        numbers=numbers,
        problems={key: problem for key, problem in problems.items() if problem and not map_.reading_of(key)},
    )


def _look(questionnaire: Questionnaire, map_: Map, key: str, cells: Sequence[Cell]) -> Cells:
    return look_at(questionnaire, questionnaire.questions[key], cells, map_.cells_of(questionnaire, key))


def _sure(looked: Mapping[str, Cells], map_: Map) -> tuple[Reading, ...]:
    """The readings of numbers that some column cannot do without; where there are none, those that the map says.

    A score beside texts says nothing: it may be some tool's code.
    """
    open_ = {key: cells for key, cells in looked.items() if not map_.reading_of(key)}
    needed = {
        cells.numeric[0]
        for cells in open_.values()
        if len(cells.numeric) == 1 and not (cells.texts and cells.numeric[0] == Reading.SCORES)
    }
    needed = needed or {said for key in looked if (said := map_.reading_of(key))}
    return tuple(reading for reading in NUMERIC if reading in needed)


def _readings(cells: Cells, numbers: Reading | None, said: Reading | None) -> tuple[Reading, ...]:
    """Texts as what they all are, or as anything that is clear; numbers as all numbers of the table are read."""
    if said:
        return (said,)
    textual = cells.textual or (() if cells.numbers and not cells.texts else TEXTUAL)
    numeric = (numbers,) if numbers and (cells.numbers or not cells.texts) else ()
    return (*textual, *numeric)


def _languages(questionnaire: Questionnaire, looked: Mapping[str, Cells]) -> tuple[str, ...]:
    spoken = {"en", questionnaire.default_language, *questionnaire.languages}
    spoken = {language.partition("-")[0] for language in spoken}
    spoken.update(language for cells in looked.values() for language in cells.languages)
    return tuple(language for language in WORDS if language in spoken)


def _problem(questionnaire: Questionnaire, key: str, cells: Cells, sure: Sequence[Reading]) -> str:
    """What could not be settled about a question's column, and what to write into a map; empty where all could."""
    count = choices(questionnaire, key)
    if cells.texts and cells.numbers and not (Reading.NUMBERS in cells.numeric and tuple(sure) == (Reading.NUMBERS,)):
        few = f"{_few(cells.texts[:1])} and {_few(cells.numbers[:1])}"
        return f"holds both texts and numbers that may be answers, as {few}; {_say_reads(key, list(Reading))}"
    from_zero = not cells.unknown and all(number_in(cell) in range(count) for cell in cells.numbers)
    if cells.numbers and not cells.numeric and from_zero:
        few = f"{_few(cells.numbers)}, which are no numbers from 1 to {count}"
        return f'holds {few}; where 0 is the first choice, say so in the map, as in\n  reads: {{"*": numbers_from_0}}'
    if _is_scaled(questionnaire, key, cells):
        return _scaled(questionnaire, {key: cells})
    if cells.numbers and not cells.numeric:
        which = f"neither all numbers from 1 to {count} nor all scores"
        return f"holds {_few(cells.numbers)}, which are {which}; {_say_cells(key, cells.numbers[0])}"
    if len(cells.textual) > 1:
        return f"holds texts that are the value of one choice and the label of another; {_say_reads(key, TEXTUAL)}"
    if cells.numbers and len(sure) > 1:
        first = cells.numeric[0] == Reading.NUMBERS
        kinds = (
            "numbers of choices, and other columns scores" if first else "scores, and other columns numbers of choices"
        )
        return f"holds {kinds}; {_say_reads(key, NUMERIC)}"
    if _is_strange(cells):
        return _strange(questionnaire, {key: cells})
    return ""


def _is_scaled(questionnaire: Questionnaire, key: str, cells: Cells) -> bool:
    """Whether the numbers can only be those of a scale that is longer than the choices."""
    scale = longer_scale(cells, choices(questionnaire, key))
    return bool(scale) and not cells.texts and (not cells.numeric or scale[0] == 0)


def _scaled(questionnaire: Questionnaire, columns: Mapping[str, Cells]) -> str:
    """The first of the columns, and with it the others, holds numbers of a longer scale."""
    key, cells = next(iter(columns.items()))
    also = f" (so {_more(columns)})" if len(columns) > 1 else ""
    return f"holds numbers beyond the choices, {_few((*cells.numbers, *cells.unknown))}{also}. " + say_scale(
        questionnaire, key, columns
    )


def _is_strange(cells: Cells) -> bool:
    return bool(cells.unknown) and not cells.understood


def _strange(questionnaire: Questionnaire, columns: Mapping[str, Cells]) -> str:
    """No cell of the first of the columns, and with it of the others, is an answer."""
    key, cells = next(iter(columns.items()))
    also = f" (nor in {counted(len(columns) - 1, 'more column')})" if len(columns) > 1 else ""
    none = f"holds {_few(cells.unknown)}, none of which is an answer to it{also}"
    if not (meant := offers(questionnaire, columns)):
        return f"{none}; {_say_cells(key, cells.unknown[0])}"
    places = 'by its place ("#1" is the first)'
    return f"{none}; say in the map which choice each means, {places}, as in\n  cells: {in_a_map(meant)}"


def _said_once(questionnaire: Questionnaire, unsettled: Mapping[str, Cells]) -> dict[str, str]:
    """One problem for all columns of cells whose meaning a map can say of all questions at once."""
    scaled = {key: cells for key, cells in unsettled.items() if _is_scaled(questionnaire, key, cells)}
    strange = {key: cells for key, cells in unsettled.items() if _is_strange(cells) and key not in scaled}
    meant = offers(questionnaire, strange).get(ALL, {})
    coded = {key: cells for key, cells in strange.items() if all(shown(cell) in meant for cell in cells.unknown)}
    said: dict[str, str] = {}
    for columns, say in ((scaled, _scaled), (coded, _strange)):
        if len(columns) > 1 and offers(questionnaire, columns).keys() == {ALL}:
            said |= {**dict.fromkeys(columns, ""), next(iter(columns)): say(questionnaire, columns)}
    return said


def _one_alone(keys: Sequence[str]) -> dict[str, str]:
    """One problem for all columns of numbers that hold 1 alone: what is said of one of them tells the others."""
    others = f" (so {_more(keys)})" if keys[1:] else ""
    what = f"holds 1 alone{others}, which may be the first choice or a score of 1"
    return {key: f"{what}; {_say_reads(key, NUMERIC)}" for key in keys[:1]}


def _more(keys: Collection[str]) -> str:
    return f"{'does' if len(keys) == 2 else 'do'} {counted(len(keys) - 1, 'more column')}"


def _few(cells: Sequence[Cell]) -> str:
    return ", ".join(f"`{one_line(str(cell))[:_LONGEST]}`" for cell in cells[:_SHOWN])


def _say_reads(key: str, readings: Sequence[Reading]) -> str:
    others = and_list([reading.value for reading in readings[1:]], "or")
    return f"say which in the map, as in\n  reads: {{{key}: {readings[0].value}}}  # or {others}"


def _say_cells(key: str, cell: Cell) -> str:
    shown = json.dumps(one_line(str(cell))[:_LONGEST], ensure_ascii=False)
    return f"say what they mean in the map, as in\n  cells: {{{key}: {{{shown}: VALUE}}}}"
