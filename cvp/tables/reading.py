"""Any file of answers → a Table; and polars' complaints about it → messages."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cvp.errors import Unreadable
from cvp.tables.dialects import DIALECTS, dialect_named, recognised, suggestion
from cvp.tables.engine import need_polars
from cvp.tables.files.quoting import rows_with_lines
from cvp.tables.files.sources import STDIN, Kind, sources_of
from cvp.tables.layout import Fit, Layout
from cvp.tables.likeness import refuse_other_headers
from cvp.tables.spool import Spool, room_for
from cvp.tables.table import Part, Table
from cvp.text import counted, one_line

if TYPE_CHECKING:
    from cvp.tables.files.opening import Opened


def read_table(name: str, dialect: str | None = None, fit: Callable[[Layout], int] = lambda _: 0) -> Table:
    """The table in a file, in all files of a pattern, or on standard input (`-`).

    `fit` tells how many questions a table that is laid out so answers: of several sheets the one that fits is read.

    Raises Unreadable with file, line and column where something is wrong with it, WrongUsage for a dialect that does
    not exist, MissingExtra where polars is not installed.
    """
    wanted = dialect_named(dialect) if dialect else ""
    need_polars("reading tables")
    shown = "standard input" if name == STDIN else one_line(name)
    spool = Spool()
    with room_for(shown):
        files = _opened(name, spool.path, lambda head: fit(DIALECTS[wanted or recognised(head)[0]].layout(head)))
    head = files[0].head
    key, reason = (wanted, f"Read as {DIALECTS[wanted].NAME}, as you said.") if wanted else recognised(head)
    layout = DIALECTS[key].layout(head)
    refuse_other_headers(files, layout.header_rows)
    with polars_told(shown), room_for(shown):
        parts = tuple(file.part(layout.header_rows) for file in files)
    hint = suggestion(head) if key == "plain" and not wanted else ""
    remarks = dict.fromkeys(filter(None, (hint, *(remark for file in files for remark in file.remarks))))
    return Table(shown, parts, key, layout, reason, tuple(remarks), spool)


@contextmanager
def polars_told(name: str, parts: Sequence[Part] = ()) -> Iterator[None]:
    """Turns what polars raises while it reads the table into Unreadable, with the place where one can be found."""
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        for part in parts:
            _find_fault(part)
        reason = one_line(str(error).partition("\n")[0])[:200]
        raise Unreadable(f"{name}: cannot be read as a table: {reason}") from None
    except FileNotFoundError:
        raise Unreadable(
            f"{name}: is no longer there, and was not read to its end; put it back and try again"
        ) from None


def _opened(name: str, spool: Path, fit: Fit) -> list["Opened"]:
    from cvp.tables.files.opening import opened

    files = []
    for number, source in enumerate(sources_of(name, spool)):
        folder = spool / str(number)
        folder.mkdir()
        with polars_told(source.name):
            files.append(opened(source, folder, fit))
    return files


def _find_fault(part: Part) -> None:
    """Goes through a CSV's rows for what polars tripped over. Raises Unreadable."""
    if part.kind != Kind.DELIMITED:
        return
    width = len(part.head.headers)
    for line, row in rows_with_lines(part.path, part.source.name, part.delimiter, part.skip):
        if len(row) > width:
            cells = f"has {counted(len(row), 'cell')} where the header has {width}"
            raise Unreadable(
                f"{part.source.name}:{line}: {cells}; put cells with `{part.delimiter}` in quotation marks"
            )
