"""Files that a pattern names are read as one table: whether they are laid out alike, and if not, how they differ."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cvp.errors import Unreadable
from cvp.text import and_list, counted, one_line

if TYPE_CHECKING:
    from cvp.tables.files.opening import Opened

_NAMED: Final = 3


class OtherHeaders(Unreadable):
    """Files of a pattern whose headers differ; where their columns are alike, they stand in other orders."""

    def __init__(self, message: str, files: Sequence[str], are_columns_alike: bool) -> None:
        super().__init__(message)
        self.files = files
        self.are_columns_alike = are_columns_alike


def refuse_other_headers(files: Sequence["Opened"], header_rows: int) -> None:
    """Files that are read as one table have the same header rows. Raises OtherHeaders."""
    first, *others = [_columns(file, header_rows) for file in files]
    for file, columns in zip(files[1:], others, strict=True):
        if columns != first:
            said = _what_differs(files[0].source.name, first, columns)
            raise OtherHeaders(
                f"{file.source.name}: {said}; give them apart, without quotation marks, and each is read by its own "
                "headers",
                files=tuple(str(file.source.path) for file in files),
                are_columns_alike=all(sorted(other) == sorted(first) for other in others),
            )


def _columns(file: "Opened", header_rows: int) -> list[tuple[str, ...]]:
    """What stands above each column."""
    rows = [file.head.row(index) for index in range(header_rows)]
    return list(zip_longest(*rows, fillvalue=""))


def _what_differs(name: str, first: Sequence[tuple[str, ...]], columns: Sequence[tuple[str, ...]]) -> str:
    here, there = ([column[0] for column in several] for several in (columns, first))
    lacking = _few([header for header in there if header not in here])
    more = _few([header for header in here if header not in there])
    if lacking or more:
        said = [f"lacks {lacking}"] * bool(lacking) + [f"has {more}"] * bool(more)
        return f"{' and '.join(said)}, unlike {name}"
    if len(here) != len(there):
        return f"has {counted(len(here), 'column')}, {name} {len(there)}"
    position = next(index for index, column in enumerate(columns) if column != first[index])
    own, other = next(pair for pair in zip(columns[position], first[position], strict=True) if pair[0] != pair[1])
    return f"its column #{position + 1} is `{one_line(own)[:60]}`, in {name} `{one_line(other)[:60]}`"


def _few(headers: Sequence[str]) -> str:
    named = [f"`{one_line(header)[:60]}`" for header in headers[:_NAMED]]
    more = len(headers) - len(named)
    return and_list([*named, *([counted(more, "more column")] if more > 0 else [])])
