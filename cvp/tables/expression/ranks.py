"""From cells to ranks: a column a question, each cell of which is the position of a choice, or OPEN, OUT or BAD.

Nearly all cells are spelled as they are meant to be. So they are first compared as they stand; only what that leaves
over is trimmed, folded and read as a number, which takes many times as long.

A comparison with null is null, and engines differ on what follows from it: each chain asks for null first.
"""

import struct
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from cvp.matching import number_in
from cvp.tables.columns import SPACES
from cvp.tables.compiling import BAD, OPEN, Cells
from cvp.tables.expression.chains import chain
from cvp.tables.expression.runs import in_runs
from cvp.tables.expression.steps import Stage, Steps

Case: TypeAlias = tuple[nw.Expr, int]

_UNREAD: Final = -4
_NUMBER: Final = r"^[+-]?[0-9]+(?:[.,][0-9]+)?$"
_YEAR: Final = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_LEAP: Final = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DAYS: Final = (
    f"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?",
    f"{_YEAR}-(?:0[13-9]|1[0-2])-(?:29|30)",
    f"{_YEAR}-(?:0[13578]|1[02])-31",
    f"{_LEAP}-02-29",
)
_DAY: Final = f"^(?:{'|'.join(_DAYS)})$"
"""A year, a month or a day of the calendar. One pattern is one look at a cell; engines' own dates differ."""
_DAY_LENGTH: Final = 10
_ALIKE: Final = (("\u0307", ""), ("ς", "σ"), ("ß", "ss"), ("’", "'"))


def rank(cells: Cells, schema: Mapping[str, DType], steps: Steps) -> nw.Expr:
    """The column of a question's ranks, made in the steps."""
    names = list(schema)
    name = names[cells.position]
    dtype = schema[name]
    if dtype.is_numeric() or dtype.is_boolean():
        found = steps.keep(
            Stage.LOOK, f"look{cells.position}", lambda: _of_number(nw.col(name), dtype, cells, steps.by_row)
        )
    else:
        found = _of_text(_as_text(name, dtype), cells, steps)
    if cells.dates is None:
        return found
    date = _as_text(names[cells.dates], schema[names[cells.dates]])
    day = steps.keep(Stage.LOOK, f"day{cells.dates}", lambda: date.str.strip_chars(SPACES).str.slice(0, _DAY_LENGTH))
    return steps.keep(Stage.DATE, f"fresh{cells.position}", lambda: _if_fresh(found, day, cells))


def _as_text(name: str, dtype: DType) -> nw.Expr:
    return nw.col(name) if dtype == nw.String else nw.col(name).cast(nw.String)


def _of_number(cell: nw.Expr, dtype: DType, cells: Cells, by_row: bool) -> nw.Expr:
    if dtype.is_boolean():
        cell = cell.cast(nw.Int16)
    if dtype.is_boolean() or dtype.is_integer():
        if by_row or dtype == _dtype(cells):
            runs = in_runs(cell, cells.all_numbers, _dtype(cells), whole=True)
            return chain([(cell.is_null(), _lit(OPEN, cells)), *runs], _lit(BAD, cells))
        # Compared with a float, every cell would be made one.
        whole = {int(number): rank for number, rank in cells.all_numbers.items() if number.is_integer()}
        return _first([(cell.is_null(), OPEN), *_equal(cell, whole)], BAD, cells)
    narrow = dtype == nw.Float32
    numbers = {_narrowed(number) if narrow else number: rank for number, rank in cells.all_numbers.items()}
    cell = cell.cast(nw.Float64)
    nan = [(cell.is_nan(), OPEN)] if cells.nans else []
    if by_row:
        runs = in_runs(cell, numbers, _dtype(cells), whole=False)
        empty = [(condition, _lit(rank, cells)) for condition, rank in nan]  # a row with NaN is rare
        return chain([(cell.is_null(), _lit(OPEN, cells)), *runs, *empty], _lit(BAD, cells))
    return _first([(cell.is_null(), OPEN), *nan, *_equal(cell, numbers)], BAD, cells)


def _of_text(cell: nw.Expr, cells: Cells, steps: Steps) -> nw.Expr:
    """First the cells as they stand; then, in `rest`, those that this has left over."""
    as_it_stands = _first([(cell.is_null(), OPEN), *_equal(cell, _spelled(cells))], _UNREAD, cells)
    look = steps.keep(Stage.LOOK, f"look{cells.position}", lambda: as_it_stands)
    rest = steps.keep(Stage.FOLD, f"rest{cells.position}", lambda: _folded(nw.when(look == _UNREAD).then(cell)))
    folded = {_folded_text(text): rank for text, rank in cells.texts.items()}
    cases = [(rest == "", OPEN), *_equal(rest, folded)]
    if cells.numbers:
        point = rest.str.replace_all(",", ".", literal=True).str.replace_all("+", "", literal=True)
        number = nw.when(rest.str.contains(_NUMBER)).then(point).cast(nw.Float64)
        read = steps.keep(Stage.READ, f"number{cells.position}", lambda: number)
        cases += [(read.is_null(), BAD), *_equal(read, cells.numbers)]
    return steps.keep(
        Stage.RANK, f"rank{cells.position}", lambda: chain([(look != _UNREAD, look)], _first(cases, BAD, cells))
    )


def _folded(cell: nw.Expr) -> nw.Expr:
    """Trimmed and without case. Engines lower İ and a last Σ in two ways, and some know that SS may be ß."""
    lowered = cell.str.strip_chars(SPACES).str.to_lowercase()
    return reduce(lambda text, pair: text.str.replace_all(*pair, literal=True), _ALIKE, lowered)


def _folded_text(text: str) -> str:
    """A text as `_folded` makes it of a cell."""
    return reduce(lambda text, pair: text.replace(*pair), _ALIKE, text.strip(SPACES).lower())


def _if_fresh(found: nw.Expr, day: nw.Expr, cells: Cells) -> nw.Expr:
    """Of a month or a year, the last day counts: it is fresh where `fresh_from` lies in it."""
    first = cells.fresh_from
    is_stale = (found >= 0) & (day < first) & (day != first[:4]) & (day != first[:7])
    no_day = ~day.str.contains(_DAY)
    is_undated = [(day.is_null(), found), (day == "", found)]
    return chain([*is_undated, (no_day, _lit(BAD, cells)), (is_stale, _lit(OPEN, cells))], found)


def _equal(cell: nw.Expr, ranks: Mapping[str, int] | Mapping[float, int] | Mapping[int, int]) -> Iterable[Case]:
    return ((cell == key, rank) for key, rank in ranks.items())


def _first(cases: Iterable[Case], otherwise: int, cells: Cells) -> nw.Expr:
    return chain([(condition, _lit(rank, cells)) for condition, rank in cases], _lit(otherwise, cells))


def _lit(rank: int, cells: Cells) -> nw.Expr:
    return nw.lit(rank, _dtype(cells))


def _dtype(cells: Cells) -> type[nw.Int8 | nw.Int16]:
    """The fewest bytes that hold all ranks of the question."""
    return nw.Int8 if max(cells.ranks) < 1 << 7 else nw.Int16


def _spelled(cells: Cells) -> dict[str, int]:
    """Texts as the cells are known to be, else as numbers mostly are: 3 and 3.0."""
    known = {number_in(spelling) for spelling in cells.spelled}
    numbers = {number: rank for number, rank in cells.numbers.items() if number not in known}
    short = {repr(int(number)): rank for number, rank in numbers.items() if number.is_integer()}
    return {**{repr(number): rank for number, rank in numbers.items()}, **short, **cells.spelled}


def _narrowed(number: float) -> float:
    """What is left of the number in 32 bits."""
    narrowed: float = struct.unpack("f", struct.pack("f", number))[0]
    return narrowed
