"""How well a table's header fits a questionnaire, told before anything is matched."""

from cvp.matching import folded, questions_named
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.boxes import find_boxes
from cvp.tables.answering.mapping import Map
from cvp.tables.layout import Layout, number_of


def questions_fitting(layout: Layout, questionnaire: Questionnaire, map_: Map) -> int:
    """How many questions have a column by the header of a table that is laid out so, or by the map."""
    boxes = find_boxes(layout.headings, questionnaire, layout.own)
    ticks = {position for one in boxes for position in one.choices}
    names = [heading.names for heading in layout.headings]
    found = questions_named(names, questionnaire, layout.own | ticks)
    mapped = {key for key, header in map_.said.columns.items() if header and _is_there(header, layout)}
    return len({*found, *mapped, *(one.question for one in boxes)})


def _is_there(header: str, layout: Layout) -> bool:
    number = number_of(header)
    if number is not None:
        return 1 <= number <= len(layout.headings)
    return any(folded(header) == folded(name) for heading in layout.headings for name in heading.names)
