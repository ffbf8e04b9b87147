"""What cannot be settled about the cells of questions' columns, in sentences that end with what to write into a map."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from cvp.matching import NUMERIC, TEXTUAL, Cell, Cells, Reading, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import ALL
from cvp.tables.answering.offering import in_a_map, offers, say_scale
from cvp.tables.answering.quoting import SHORT, few_cells, in_ticks, quoted, shown
from cvp.tables.answering.scales import choices
from cvp.text import and_list, counted

Columns: TypeAlias = Mapping[str, Cells]
"""By question, what its column's cells showed."""


def problems_of(questionnaire: Questionnaire, looked: Columns, sure: Sequence[Reading]) -> dict[str, str]:
    """A sentence for each column that is not clear, or for several of one kind; `sure` are the readings of numbers."""
    scaled = {key: cells for key, cells in looked.items() if _is_scaled(cells)}
    strange = {key: cells for key, cells in looked.items() if key not in scaled and _is_strange(cells)}
    meant = offers(questionnaire, strange).get(ALL, {})
    coded = {key: cells for key, cells in strange.items() if all(shown(cell) in meant for cell in cells.unknown)}
    said = {
        **_at_once(questionnaire, scaled, _scaled),
        **_at_once(questionnaire, coded, _strange),
        **{key: _strange(questionnaire, {key: cells}) for key, cells in strange.items() if key not in coded},
    }
    for key, cells in looked.items():
        if key not in scaled and not cells.are_told and (found := next(_of_one(questionnaire, key, cells, sure), "")):
            said[key] = found
    return {key: said[key] for key in looked if key in said}


def one_alone(keys: Sequence[str]) -> dict[str, str]:
    """One problem for all columns of numbers that hold 1 alone: what is said of one of them tells the others."""
    others = f" (so {_more(keys)})" if keys[1:] else ""
    what = f"holds 1 alone{others}, which may be the first choice or a score of 1"
    return {key: f"{what}; {_say_reads(key, NUMERIC)}" for key in keys[:1]}


def _of_one(questionnaire: Questionnaire, key: str, cells: Cells, sure: Sequence[Reading]) -> Iterator[str]:
    """What is not clear about a column, the gravest first."""
    if cells.texts and cells.numbers and not (Reading.NUMBERS in cells.numeric and tuple(sure) == (Reading.NUMBERS,)):
        few = f"{in_ticks(cells.texts[0])} and {in_ticks(cells.numbers[0])}"
        yield f"holds both texts and numbers that may be answers, as {few}; {_say_reads(key, list(Reading))}"
    elif cells.numbers and not cells.numeric:
        yield _neither(key, cells, choices(questionnaire, key))
    if len(cells.textual) > 1:
        yield f"holds texts that are the value of one choice and the label of another; {_say_reads(key, TEXTUAL)}"
    if cells.numeric and len(sure) > 1:
        kinds = ["numbers of choices", "scores"]
        this, other = kinds if cells.numeric[0] == Reading.NUMBERS else reversed(kinds)
        yield f"holds {this}, and other columns {other}; {_say_reads(key, NUMERIC)}"


def _neither(key: str, cells: Cells, count: int) -> str:
    """The numbers are not all those of choices, nor all scores."""
    if not cells.unknown and all(number_in(cell) in range(count) for cell in cells.numbers):
        few = f"{few_cells(cells.numbers)}, which are no numbers from 1 to {count}"
        return f'holds {few}; where 0 is the first choice, say so in the map, as in\n  reads: {{"*": numbers_from_0}}'
    which = f"neither all numbers from 1 to {count} nor all scores"
    return f"holds {few_cells(cells.numbers)}, which are {which}; {_say_cells(key, cells.numbers[0])}"


def _at_once(
    questionnaire: Questionnaire, columns: Columns, say: Callable[[Questionnaire, Columns], str]
) -> dict[str, str]:
    """One problem for all columns of cells whose meaning a map can say of all questions at once, else one for each."""
    alike = len({choices(questionnaire, key) for key in columns}) == 1
    if alike and offers(questionnaire, columns).keys() <= {ALL}:
        return {next(iter(columns)): say(questionnaire, columns)}
    return {key: say(questionnaire, {key: cells}) for key, cells in columns.items()}


def _is_scaled(cells: Cells) -> bool:
    """Whether the numbers can only be those of a scale that is longer than the choices."""
    return bool(cells.scale) and not cells.texts and not cells.said and (not cells.numeric or cells.scale.start == 0)


def _scaled(questionnaire: Questionnaire, columns: Columns) -> str:
    """The first of the columns, and with it the others, holds numbers of a longer scale."""
    key, cells = next(iter(columns.items()))
    also = f" (so {_more(columns)})" if len(columns) > 1 else ""
    held = f"holds numbers beyond the choices, {few_cells((*cells.numbers, *cells.unknown))}{also}"
    return f"{held}. {say_scale(questionnaire, key, columns)}"


def _is_strange(cells: Cells) -> bool:
    return bool(cells.unknown) and not cells.understood


def _strange(questionnaire: Questionnaire, columns: Columns) -> str:
    """No cell of the first of the columns, and with it of the others, is an answer."""
    key, cells = next(iter(columns.items()))
    also = f" (nor in {counted(len(columns) - 1, 'more column')})" if len(columns) > 1 else ""
    none = f"holds {few_cells(cells.unknown)}, none of which is an answer to it{also}"
    if not (meant := offers(questionnaire, columns)):
        return f"{none}; {_say_cells(key, cells.unknown[0])}"
    places = 'by its place ("#1" is the first)'
    return f"{none}; say in the map which choice each means, {places}, as in\n  cells: {in_a_map(meant)}"


def _more(keys: Collection[str]) -> str:
    return f"{'does' if len(keys) == 2 else 'do'} {counted(len(keys) - 1, 'more column')}"


def _say_reads(key: str, readings: Sequence[Reading]) -> str:
    others = and_list([reading.value for reading in readings[1:]], "or")
    return f"say which in the map, as in\n  reads: {{{key}: {readings[0].value}}}  # or {others}"


def _say_cells(key: str, cell: Cell) -> str:
    return f"say what they mean in the map, as in\n  cells: {{{key}: {{{quoted(shown(cell), SHORT)}: VALUE}}}}"
