"""Several tables as inputs of one batch: their columns by name, and numbers that mean the same in all of them."""

from collections.abc import Iterator, Sequence

from cvp.batch.tables.opening import Opened, open_read
from cvp.batch.wishes import Wishes
from cvp.errors import Unmatched
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.looking import Later
from cvp.tables.answering.mapping import Map
from cvp.tables.likeness import OtherHeaders
from cvp.tables.reading import read_table
from cvp.tables.table import Table


def read_tables(name: str, dialect: str | None) -> Iterator[Table]:
    """The table of that name; where columns of a pattern's files stand in other orders, each file as one."""
    try:
        yield read_table(name, dialect)
    except OtherHeaders as error:
        if not error.are_columns_alike:
            raise
        yield from (read_table(file, dialect) for file in error.files)


def opened_alike(tables: Sequence[Table], map_: Map, wishes: Wishes, questionnaire: Questionnaire) -> list[Opened]:
    """The tables, in which numbers are read alike: each by those of all. Raises Unmatched and UnknownName."""
    found: dict[int, Opened] = {}
    refused: dict[int, Unmatched] = {}
    for number, table in enumerate(tables):
        try:
            found[number] = open_read(table, map_, wishes, questionnaire)
        except Unmatched as error:
            refused[number] = error
    for number, why in refused.items():  # 1 alone may be the first choice or a score, which others may tell
        try:
            found[number] = open_read(tables[number], map_, wishes, questionnaire, _numbers_of([*found.values()]))
        except Unmatched:
            raise why from None
    return [_knowing_others(found[number], [*found.values()], questionnaire) for number in range(len(tables))]


def _numbers_of(opened: Sequence[Opened]) -> Later:
    keys = dict.fromkeys(key for one in opened for key in one.matched.numbers)
    return {key: [cell for one in opened for cell in one.matched.numbers.get(key, ())] for key in keys}


def _knowing_others(one: Opened, opened: Sequence[Opened], questionnaire: Questionnaire) -> Opened:
    known = one.matched.numbers
    numbers = _numbers_of(opened)
    more = {key: [cell for cell in numbers[key] if cell not in known[key]] for key in known}
    again = one.knowing(more, questionnaire) if any(more.values()) else one
    return one if again.matched.means_as(one.matched) else again
