"""Numbers in columns of which numbers before labels contradict every reading, in sentences that ask for a map."""

from collections.abc import Iterator, Mapping, Sequence

from cvp.matching import Cell, Cells, Numbering, Reading, number_in
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import WHICH
from cvp.tables.answering.offering import in_a_map
from cvp.tables.answering.quoting import few_cells, in_ticks, shown
from cvp.tables.answering.scales import choices
from cvp.text import counted


def uncounted(
    questionnaire: Questionnaire, looked: Mapping[str, Cells], numbering: Mapping[str, Numbering]
) -> dict[str, str]:
    """A sentence for the first of the columns that have the same choices and such numbers."""
    groups: list[list[str]] = []
    for key, cells in looked.items():
        if not cells.are_told or not cells.numbers or cells.numeric:
            continue
        alike = next((keys for keys in groups if numbering[keys[0]] is numbering[key]), None)
        if alike is None:
            groups.append(alike := [])
        alike.append(key)
    told = {keys[0]: _told(questionnaire, {key: looked[key] for key in keys}, numbering[keys[0]]) for keys in groups}
    return told or dict(_open(questionnaire, looked, numbering))


def _open(
    questionnaire: Questionnaire, looked: Mapping[str, Cells], numbering: Mapping[str, Numbering]
) -> Iterator[tuple[str, str]]:
    """Of columns with other choices, those whose numbers may begin at 1 or at 0, where others begin at 0."""
    from_zero = next((one for one in numbering.values() if one.readings == (Reading.FROM_ZERO,)), None)
    for key, cells in looked.items():
        may_be_either = all(number_in(cell) in range(choices(questionnaire, key)) for cell in cells.numbers)
        if from_zero and not cells.are_told and Reading.NUMBERS in cells.numeric and may_be_either:
            what = f"holds {few_cells(_plain(cells.numbers))}, which may begin at 1 or at 0"
            other = f"in other columns {in_ticks(from_zero.example)} does not count from 1"
            reads = f"{{{key}: {Reading.NUMBERS.value}}}  # or {Reading.FROM_ZERO.value}"
            yield key, f"{what}: {other}; say which in the map, as in\n  reads: {reads}"


def _told(questionnaire: Questionnaire, columns: Mapping[str, Cells], numbering: Numbering) -> str:
    """The first of the columns, and with it the others, holds numbers of which no one knows what they mean."""
    first, *others = columns
    also = f" (so {'do' if others[1:] else 'does'} {counted(len(others), 'more column')})" if others else ""
    last = choices(questionnaire, first)
    example = in_ticks(numbering.example)
    why = (
        f"which may be numbers of choices or not, since labels such as {example} are numbers themselves"
        if numbering.of_labels
        else f"whose meaning is open, as {example} does not count the {last} choices from 1 up"
    )
    return (
        f"holds {few_cells(_plain(columns[first].numbers))}{also}, {why}; say in the map which choice each "
        f'number means ("#1" is the first, "#{last}" the last), as in\n'
        f"  cells: {in_a_map(dict.fromkeys(columns, _meant(columns, numbering)))}"
    )


def _meant(columns: Mapping[str, Cells], numbering: Numbering) -> dict[str, str]:
    """Number → what it means, as far as is known, in order."""
    held = [cell for cells in columns.values() for cell in _plain(cells.numbers)]
    known = {**dict.fromkeys(held, WHICH), **{shown(number): value for number, value in numbering.meant.items()}}
    return dict(sorted(known.items(), key=lambda pair: number_in(pair[0]) or 0.0))


def _plain(cells: Sequence[Cell]) -> list[str]:
    """In order; `2` for 2.0 and for `02`."""
    read = sorted(number for cell in cells if (number := number_in(cell)) is not None)
    return [shown(number) for number in read]
