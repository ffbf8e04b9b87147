"""Several tables as inputs of one batch: their columns by name, and numbers that mean the same in all of them."""

from collections.abc import Callable, Iterator, Sequence

from cvp.batch.copies import copies_in
from cvp.batch.tables.opening import Opened, open_read
from cvp.batch.wishes import Wishes
from cvp.errors import Unmatched, WrongUsage
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.looking import Later
from cvp.tables.answering.mapping import Map
from cvp.tables.files.sources import Source
from cvp.tables.layout import Layout
from cvp.tables.likeness import OtherHeaders
from cvp.tables.reading import read_table
from cvp.tables.table import Table


def read_tables(name: str, dialect: str | None, fit: Callable[[Layout], int]) -> Iterator[Table]:
    """The table of that name; where columns of a pattern's files stand in other orders, each file as one."""
    try:
        yield read_table(name, dialect, fit)
    except OtherHeaders as error:
        if not error.are_columns_alike:
            raise
        yield from (read_table(file, dialect, fit) for file in error.files)


def refuse_same_files(tables: Sequence[Table]) -> None:
    """A file whose rows would count twice. Raises WrongUsage."""
    seen: dict[tuple[int, int], Source] = {}
    for source in _sources(tables):
        status = source.path.stat()
        first = seen.setdefault((status.st_dev, status.st_ino), source)
        if first is not source:
            twice = "is given twice" if source.name == first.name else f"is the same file as {first.name}"
            raise WrongUsage(f"{source.name}: {twice}, and its rows would count twice; give it once")


def copies_among(tables: Sequence[Table]) -> Iterator[str]:
    """A sentence for each file that holds the same bytes as one before it."""
    sources = _sources(tables)
    for copy, first in copies_in([source.path for source in sources]):
        one, other = sources[copy].name, sources[first].name
        yield f"{one} is a copy of {other}: each row counts twice; leave one of them out."


def _sources(tables: Sequence[Table]) -> list[Source]:
    return [part.source for table in tables for part in table.parts]


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
        known = [*found.values()]
        later = _together([_numbers_of(known), _numbered_in(known)])
        try:
            found[number] = open_read(tables[number], map_, wishes, questionnaire, later)
        except Unmatched:
            raise why from None
    return [_knowing_others(found[number], [*found.values()], questionnaire) for number in range(len(tables))]


def _numbers_of(opened: Sequence[Opened]) -> Later:
    return _together([one.matched.numbers for one in opened])


def _numbered_in(opened: Sequence[Opened]) -> Later:
    return _together([one.matched.numbered for one in opened])


def _together(several: Sequence[Later]) -> Later:
    keys = dict.fromkeys(key for cells in several for key in cells)
    return {key: [cell for cells in several for cell in cells.get(key, ())] for key in keys}


def _knowing_others(one: Opened, opened: Sequence[Opened], questionnaire: Questionnaire) -> Opened:
    """Texts with numbers before them tell of the numbers in every column, numbers of the same column."""
    known = one.matched.numbers
    numbers = _numbers_of(opened)
    numbered = _numbered_in([other for other in opened if other is not one]) if known else {}
    more = _together([{key: [cell for cell in numbers[key] if cell not in known[key]] for key in known}, numbered])
    again = one.knowing(more, questionnaire) if any(more.values()) else one
    return one if again.matched.means_as(one.matched) else again
