"""Columns as a map calls them."""

from cvp.errors import UnknownName, Unmatched
from cvp.tables.answering.mapping import Map
from cvp.tables.table import Table


def called(table: Table, map_: Map, header: str, *route: str | int) -> int:
    """The position of the column; `route` leads to where the map names it. Raises UnknownName."""
    try:
        return table.position(header)
    except UnknownName as error:
        raise UnknownName(f"{map_.at(*route)}: {error}") from None


def given_columns(table: Table, map_: Map) -> dict[str, int | None]:
    """The position of the column that the map gives to each question, None where it says that there is none.

    Raises UnknownName, and Unmatched where two questions are given the same column.
    """
    given: dict[str, int | None] = {}
    first: dict[int, str] = {}
    for key, header in map_.said.columns.items():
        given[key] = position = None if header is None else called(table, map_, header, "columns", key)
        if position is not None and (other := first.setdefault(position, key)) != key:
            raise Unmatched(
                f"{map_.at('columns', key)}: `{other}` and `{key}` are both given column {table.called(position)}; a "
                "column answers one question: give the other its own, or null where it has none"
            )
    return given
