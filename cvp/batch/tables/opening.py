"""Inputs that are tables: read, matched, and the columns chosen that are kept of them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from cvp.batch.scored import OWN
from cvp.batch.wishes import Wishes
from cvp.errors import UnknownName
from cvp.matching.cells import texts_of
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.looking import NONE_LATER, Later
from cvp.tables.answering.mapping import Map
from cvp.tables.answering.matched import Matched, match
from cvp.tables.answering.scanning import Way
from cvp.tables.table import Table
from cvp.text import one_line


@dataclass(frozen=True)
class Opened:
    """One input: its matched columns, those to count by, the one with the day of the response, and all that are kept.

    Positions count from 0.
    """

    matched: Matched
    map: Map
    by: tuple[int, ...]
    date: int | None
    kept: tuple[int, ...]
    later: Later = field(default_factory=dict)

    def knowing(self, later: Later, questionnaire: Questionnaire) -> "Opened":
        """The same, matched with more cells that the first rows do not show. Raises Unmatched."""
        known = {key: [*self.later.get(key, ()), *later.get(key, ())] for key in {**self.later, **later}}
        return replace(self, matched=match(self.matched.table, questionnaire, self.map, known), later=known)

    def ways(self, questionnaire: Questionnaire) -> Sequence[Way]:
        """Ways of reading it, the surest last: where first cells did not tell of later ones, no other will do."""
        return [self.matched.way] if self.later else self.matched.ways(questionnaire, self.kept)

    @cached_property
    def names(self) -> Mapping[str, int]:
        """The kept columns by name: their headers, each made unlike all others and unlike the outputs."""
        taken = {*OWN}
        names: dict[str, int] = {}
        for position in self.kept:
            name = one_line(self.matched.table.headers[position]) or f"#{position + 1}"
            while name.casefold() in taken:
                name = f"{name} (#{position + 1})"
            taken.add(name.casefold())
            names[name] = position
        return names


def open_read(
    table: Table, map_: Map, wishes: Wishes, questionnaire: Questionnaire, later: Later = NONE_LATER
) -> Opened:
    """A table that has been read, with cells that its first rows do not show. Raises Unmatched and UnknownName."""
    matched = match(table, questionnaire, map_, later)
    by = [_position(table, questionnaire, "--by", column) for column in wishes.by] or matched.segments
    date = table.layout.date
    if wishes.date_column:
        date = _position(table, questionnaire, "--date-column", wishes.date_column)
    keys = matched.keys
    if not keys:  # nothing tells respondents apart: keep all that answers nothing
        used = {column.position for column in matched.way.columns}
        keys = tuple(position for position in range(len(table.headers)) if position not in used)
    kept = sorted({*keys, *by, *([] if date is None else [date])})
    return Opened(matched, map_, tuple(by), date, tuple(kept), later)


def _position(table: Table, questionnaire: Questionnaire, option: str, column: str) -> int:
    """The column that someone calls by its header, its number, or the id of a question about the respondent."""
    try:
        return table.position(column)
    except UnknownName as error:
        about = next((asked for asked in questionnaire.about if asked.id == column.strip()), None)
        for label in texts_of(about.label) if about else ():
            with suppress(UnknownName):
                return table.position(label)
        raise UnknownName(f"{option} {one_line(column)}: {error}") from None
