"""Columns as a map calls them."""

from cvp.errors import UnknownName
from cvp.tables.answering.mapping import Map
from cvp.tables.table import Table


def called(table: Table, map_: Map, header: str, *route: str | int) -> int:
    """The position of the column; `route` leads to where the map names it. Raises UnknownName."""
    try:
        return table.position(header)
    except UnknownName as error:
        raise UnknownName(f"{map_.at(*route)}: {error}") from None
