"""The month of a response, out of a day as survey tools and spreadsheets write it."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import polars as pl

from cvp.text import one_line

FirstRows: TypeAlias = Callable[[pl.Expr], pl.Series]
"""What an expression gives for the first rows of each input."""

_NAMES: Final = (
    ("january", "januar", "jänner", "janvier", "enero", "janv", "jan", "jän", "ene"),
    ("february", "februar", "février", "fevrier", "febrero", "févr", "fevr", "feb", "fév", "fev"),
    ("march", "märz", "maerz", "marzo", "mars", "mär", "mrz", "mar"),
    ("april", "avril", "abril", "apr", "avr", "abr"),
    ("mayo", "may", "mai"),
    ("june", "juni", "juin", "junio", "jun"),
    ("july", "juli", "juillet", "julio", "juil", "jul"),
    ("august", "août", "aout", "agosto", "aug", "ago"),
    ("september", "septembre", "septiembre", "setiembre", "sept", "sep"),
    ("october", "oktober", "octobre", "octubre", "oct", "okt"),
    ("november", "novembre", "noviembre", "nov"),
    ("december", "dezember", "décembre", "decembre", "diciembre", "dec", "dez", "déc", "dic"),
)
"""Of the months, in English, German, French and Spanish."""
_NUMBER_OF: Final = {name: f"{number:02}" for number, names in enumerate(_NAMES, 1) for name in names}

_PIECES: Final = {
    "<d>": r"(0?[1-9]|[12]\d|3[01])",
    "<m>": r"(0?[1-9]|1[0-2])",
    "<dd>": r"(0[1-9]|[12]\d|3[01])",
    "<mm>": r"(0[1-9]|1[0-2])",  # a year that comes first is a machine's, which fills up with noughts
    "<name>": r"(\p{L}{3,10})",
    "<Y>": r"(\d{4})",
    "<y>": r"([1-6]\d)",  # a year below 10 may be a day as well
    "<Yy>": r"(\d{4}|[1-6]\d)",
    "<YYYY>": r"(199\d|20\d\d|2100)",  # where little else tells that a number is a year
    "<q>": r"([1-4])",  # a quarter
}
_LOOSE: Final = {
    **_PIECES,
    "<d>": r"(\d{1,2})",
    "<m>": r"(\d{1,2})",
    "<y>": r"(\d{2})",
    "<Yy>": r"(\d{4}|\d{2})",
    "<YYYY>": r"(\d{4})",
    "<mm>": r"(\d{1,2})",
    "<dd>": r"(\d{1,4})",  # with a year and a month before it, any number of six to ten digits
}
_WEEKDAY: Final = r"(?:\p{L}+\.?,?\s+)??"  # not the month of "mayo del 2026"
_TH: Final = r"(?:st|nd|rd|th|er|º)?"
_OF: Final = r"(?:(?i:del?)\s+)?"
_END: Final = r"(?:\.0+)?(?:[T\s].*)?$"
"""Of a number that is a day: as a decimal, or with a time."""

SHAPES: Final[Mapping[str, Sequence[str]]] = {
    "2026-05-03": ["<Y>[-/.]<m>[-/.]<d>"],
    "3.5.2026": [r"<d>\.\s?<m>\.\s?<Yy>", r"<m>\.\s?<d>\.\s?<Yy>"],
    "3/5/2026": ["<d>[-/]<m>[-/]<Y>", "<m>[-/]<d>[-/]<Y>"],
    "3/5/26": ["<d>[-/]<m>[-/]<y>", "<m>[-/]<d>[-/]<y>", "<y>[-/]<mm>[-/]<dd>"],
    "3 May 2026": [rf"{_WEEKDAY}<d>{_TH}[.\s-]*{_OF}<name>\.?[,\s-]*{_OF}<Yy>"],
    "May 3, 2026": [rf"{_WEEKDAY}<name>\.?(?:\s+<d>{_TH},?\s+|[,\s/-]*{_OF})<Y>"],
    "2026 May 3": [r"<Y>[\s/-]+<name>\.?(?:[\s-]+<d>|\s*$)"],
    "20260503": [rf"{one}{_END}" for one in ("<YYYY><mm><dd>", "<dd><mm><YYYY>", "<mm><dd><YYYY>")],
    "2026-05": ["<YYYY>[-/]<m>", "<YYYY>[-/]<q>"],
    "2026.05": [r"<YYYY>\.<mm>"],  # 2026.1 may be what a number left of 2026.10
    "5/2026": ["<m>[-/.]<YYYY>", "<q>[-/.]<YYYY>"],
}
"""Ways of writing days and months, each with its readings: what stands where. A month's name needs no day."""
_USUAL: Final = "3.5.2026"
"""Standards say what stands where: the first reading holds, unless one in ten cells is a day by the second alone."""
_TYPOS: Final = 100
"""One cell in so many may be a day by another order alone, which is then taken for a typing error."""
_FAULTS: Final = {**dict.fromkeys(SHAPES, 10), "20260503": _TYPOS}
"""One cell in so many may be a day by no order, and others like it are days still; eight digits may be any number."""
_SERIAL: Final = r"^\s*([2-5]\d{4})(?:[.,]\d+)?\s*$"
"""A day as spreadsheets count it: from 1954 to 2064."""
_SERIAL_START: Final = datetime.date(1899, 12, 30)

_WRITE: Final = {"day": "write days as 2026-05-03", "month": "write months as 2026-05"}


def months_in(column: str, first_rows: FirstRows) -> pl.Expr:
    """The month as 2026-03; empty where there is no date whose month is plain.

    Whether 5/6/26 is in May or in June, 1/2026 a month or a quarter, and 20260503 a day at all, is told by other cells
    of the column, in its `first_rows`: where a number is above 12, it is no month. Where these leave two readings, or
    none, it stays open; a few that are typed wrong among many decide nothing.
    """
    return _months(_text(column), _readings(_text(column), first_rows))


def doubts_in(column: str, called: str, first_rows: FirstRows) -> Iterator[str]:
    """Why cells of the column have no month, in sentences with an example."""
    text = _text(column)
    readings = _readings(text, first_rows)
    is_other = (_months(text, readings) == "") & (text.str.strip_chars() != "")
    for name, few in readings.items():
        if len(few) != 1:
            is_other &= ~_is_such(text, name)
            yield _doubt(name, bool(few), text, called, first_rows)
    if cell := _first(text, is_other, first_rows):
        yield f"`{cell}` in `{called}` is no day that can be read; {_WRITE['day']}."


def _doubt(name: str, has_several: bool, text: pl.Expr, called: str, first_rows: FirstRows) -> str:
    """Why cells of a shape are not guessed, which has several readings or none."""
    kind = "day" if _has_days(name) else "month"
    is_such = _is_such(text, name)
    told = [cell for is_told in _against(text, name) if (cell := _first(text, is_told, first_rows))]
    if has_several:
        told = [_first(text, is_such, first_rows)]
    elif len(told) < len(SHAPES[name]):
        cell = _first(text, is_such & ~_is_one(text, name), first_rows)
        return f"`{cell}` in `{called}` is no {kind}, so that others like it are not guessed; {_WRITE[kind]}."
    why = "may be read in two ways" if has_several else "follow no one order of day, month and year"
    cells = " and ".join(f"`{cell}`" for cell in [*dict.fromkeys(told)][:2])
    return f"No trend from {kind}s such as {cells} in `{called}`, which {why}; {_WRITE[kind]}."


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _pattern(reading: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        reading = reading.replace(name, piece)
    return rf"^\s*{reading}(?:[^\d/.-]|$)"


def _is_such(text: pl.Expr, name: str) -> pl.Expr:
    return text.str.contains(_pattern(SHAPES[name][0], _LOOSE))


def _is_one(text: pl.Expr, name: str) -> pl.Expr:
    return pl.any_horizontal(_fits(text, name))


def _fits(text: pl.Expr, name: str) -> list[pl.Expr]:
    return [text.str.contains(_pattern(reading, _PIECES)) for reading in SHAPES[name]]


def _against(text: pl.Expr, name: str) -> list[pl.Expr]:
    """For each reading, which cells are days by others alone."""
    return [_is_one(text, name) & ~fits for fits in _fits(text, name)]


def _has_days(name: str) -> bool:
    return "<d" in SHAPES[name][0]


def _is_plain(readings: Sequence[str]) -> bool:
    """There is one reading, of a day set apart or a month's name: no other cell is needed to believe it."""
    return not readings[1:] and ("<d>" in readings[0] or "<name>" in readings[0])


def _readings(text: pl.Expr, first_rows: FirstRows) -> dict[str, list[str]]:
    """The shapes that are there, each with the readings that too few cells contradict; a plain one is it anyway."""
    asked = {name: _is_such(text, name) for name in SHAPES}
    for name, readings in SHAPES.items():
        if not _is_plain(readings):
            asked |= dict(zip(readings, _against(text, name), strict=True))
            asked[f"no {name}"] = asked[name] & ~_is_one(text, name)
    counts = [is_such.sum().alias(name) for name, is_such in asked.items()]
    found = first_rows(pl.struct(counts)).struct.unnest().sum().row(0, named=True)
    return {name: _readings_of(name, found) for name in SHAPES if found[name]}


def _readings_of(name: str, found: Mapping[str, int]) -> list[str]:
    """Where a month may be a week or a quarter, every cell counts."""
    readings = [*SHAPES[name]]
    if _is_plain(readings):
        return readings
    typos, faults = (found[name] // share if _has_days(name) else 0 for share in (_TYPOS, _FAULTS[name]))
    held = [one for one in readings if found[one] <= typos]
    if name == _USUAL:
        is_rare = held == readings[1:] and found[readings[0]] * 10 < found[name]
        return readings if is_rare else held[:1]
    return held if found[f"no {name}"] <= faults else []


def _months(text: pl.Expr, readings: Mapping[str, Sequence[str]]) -> pl.Expr:
    plain = [_month(text, few[0]) for few in readings.values() if len(few) == 1]
    return pl.coalesce(*plain, _month_of_serial(text), pl.lit(""))


def _month(text: pl.Expr, reading: str) -> pl.Expr:
    """Null where the cell is no such day."""
    pieces = re.findall("<[a-zA-Z]+>", reading)
    found = {
        piece.lower()[1:2]: text.str.extract(_pattern(reading, _PIECES), pieces.index(piece) + 1) for piece in pieces
    }
    year = found["y"]
    if {"<y>", "<Yy>"} & {*pieces}:
        year = pl.when(year.str.len_bytes() == 2).then("20" + year).otherwise(year)
    if "n" in found:
        month = found["n"].str.to_lowercase().replace_strict(_NUMBER_OF, default=None, return_dtype=pl.String)
    else:
        month = found["m"].str.zfill(2)
    if "d" not in found:
        return year + "-" + month
    day = found["d"].str.zfill(2)
    is_day = (year + "-" + month + "-" + day).str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return pl.when(day.is_null() | is_day).then(year + "-" + month)  # a month's name may stand without a day


def _month_of_serial(text: pl.Expr) -> pl.Expr:
    days = text.str.extract(_SERIAL, 1).cast(pl.Int64)
    return (pl.lit(_SERIAL_START) + pl.duration(days=days)).dt.strftime("%Y-%m")


def _first(text: pl.Expr, which: pl.Expr, first_rows: FirstRows) -> str:
    found = first_rows(text.filter(which).first()).drop_nulls()
    return one_line(found[0])[:40] if len(found) else ""
