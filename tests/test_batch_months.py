"""The months of a column of days: whatever is plain is read, and what may be something else is told, not guessed."""

import datetime
from collections.abc import Callable, Sequence
from typing import Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.batch.months import doubts_in, months_in

Cell = str | int | float | None
Write = Callable[[datetime.date], Cell]

days = st.lists(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)), min_size=1, max_size=20)
START: Final = datetime.date(1899, 12, 30)

NAMES: Final = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "short en": "Jan Feb Mar Apr May Jun Jul Aug Sept. Oct Nov Dec",
    "short de": "Jän. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
    "short fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "short es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
}


def read(cells: Sequence[Cell]) -> tuple[list[str], list[str]]:
    """The month of each cell, and what is said of those without one."""
    frame = pl.DataFrame({"k0": cells}, strict=False)

    def first_rows(what: pl.Expr) -> pl.Series:
        return frame.select(what.alias("value"))["value"]

    return frame.select(months_in("k0", first_rows)).to_series().to_list(), [*doubts_in("k0", "when", first_rows)]


def months(several: Sequence[datetime.date]) -> list[str]:
    return [f"{day:%Y-%m}" for day in several]


@pytest.mark.parametrize(
    "write",
    [
        lambda day: f"{day:%Y%m%d}",
        lambda day: int(f"{day:%Y%m%d}"),
        lambda day: float(f"{day:%Y%m%d}"),
        lambda day: f"{day:%Y%m%d} 09:30:11",
        lambda day: f"{day:%Y%m%d}T093011Z",
        lambda day: f"{day:%Y-%m}",
        lambda day: f"{day:%Y/%m}",
        lambda day: f"{day:%Y.%m}",
        lambda day: f"{day:%m/%Y}",
        lambda day: f"{day:%m-%Y}",
        lambda day: f"{day:%m.%Y}",
        lambda day: f" {day:%m/%Y} ",
    ],
)
@given(days=days)
def test_days_and_months_without_names_are_read(write: Write, days: list[datetime.date]) -> None:
    assert read([*map(write, days), None]) == ([*months(days), ""], [])


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("form", ["{} {}", "{} de {}", "{}, {}", "{}-{}", "{}/{}", "{} del {}"])
@given(days=days)
def test_a_month_s_name_and_a_year_are_enough(names: str, form: str, days: list[datetime.date]) -> None:
    known = names.split()
    cells = [form.format(known[day.month - 1], day.year) for day in days]
    assert read([*cells, *map(str.upper, cells)]) == (months(days) * 2, [])
    assert read([f"{day.year} {known[day.month - 1]}" for day in days]) == (months(days), [])


@given(days=days, other=st.integers(100_000, 9_999_999) | st.integers(100_000_000, 9_999_999_999))
def test_a_number_that_is_no_day_makes_none_of_the_others_one(days: list[datetime.date], other: int) -> None:
    found, said = read([*(int(f"{day:%Y%m%d}") for day in days), other])
    told = f"`{other}` in `when` is no day, so that others like it are not guessed; write days as 2026-05-03."
    assert (found, said) == ([""] * (len(days) + 1), [told])


@given(days=days)
def test_days_as_spreadsheets_count_them_may_stand_beside_those_of_eight_digits(days: list[datetime.date]) -> None:
    days = [day.replace(year=min(day.year, 2063), day=1) for day in days]
    cells = [*((day - START).days for day in days), *(int(f"{day:%Y%m%d}") for day in days)]
    assert read(cells) == (months(days) * 2, [])


@given(days=days)
def test_a_day_before_its_month_in_eight_digits_is_told_by_the_others(days: list[datetime.date]) -> None:
    found, said = read([f"{day:%d%m%Y}" for day in days])
    if any(day.day > 12 for day in days):
        assert (found, said) == (months(days), [])
    else:
        assert found == [""] * len(days)
        assert "which may be read in two ways" in said[0]


@pytest.mark.parametrize("write", [lambda day: f"{day.month}/{day.year}", lambda day: f"{day.year}-{day.month}"])
@given(days=days)
def test_a_month_that_may_be_a_quarter_is_not_guessed(write: Write, days: list[datetime.date]) -> None:
    cells = [*map(write, days)]
    told = (
        f"No trend from months such as `{cells[0]}` in `when`, which may be read in two ways; write months as 2026-05."
    )
    are_plain = any(day.month > 4 for day in days)
    assert read(cells) == ((months(days), []) if are_plain else ([""] * len(days), [told]))


@pytest.mark.parametrize("form", ["{week:02}/2026", "2026-{week:02}", "{week:02}.2026", "2026.{week:02}"])
@given(weeks=st.lists(st.integers(1, 52), min_size=1).filter(lambda weeks: max(weeks) > 12))
def test_weeks_are_no_months(form: str, weeks: list[int]) -> None:
    found, (said,) = read([form.format(week=week) for week in weeks])
    week = next(week for week in weeks if week > 12)
    told = f"`{form.format(week=week)}` in `when` is no month, so that others like it are not guessed"
    assert (found, said) == ([""] * len(weeks), f"{told}; write months as 2026-05.")


@pytest.mark.parametrize("cell", ["20260503A", "20260503-001", "2026050309", "2026.1", "May 26", "Summer 2026", "2026"])
def test_what_only_looks_like_a_day_is_told(cell: str) -> None:
    found, said = read([cell])
    assert found == [""]
    assert len(said) == 1
    assert f"`{cell}` in `when` is no " in said[0]


@pytest.mark.parametrize("year", ["%Y", "%y"])
@given(several=st.lists(st.dates(datetime.date(2010, 1, 1), datetime.date(2059, 12, 31)), min_size=1, max_size=20))
def test_days_say_themselves_where_their_month_stands(year: str, several: list[datetime.date]) -> None:
    usual, other = f"%d.%m.{year}", f"%m.%d.{year}"
    assert read([*(f"{day:{usual}}" for day in several), "99.99.2026"])[0] == [*months(several), ""]
    plain = [datetime.date(2026, 1, 13)] * 3
    cells = [f"{day:{other}}" for day in (*plain, *several)]
    assert read(cells) == (months([*plain, *several]), [])
    found, (said,) = read([*cells, f"{plain[0]:{usual}}"])
    assert (found, "which follow no one order of day, month and year" in said) == ([""] * len(found), True)


# One cell that is typed wrong


def typed_wrong(cells: Sequence[str], typo: str) -> None:
    """Such a cell is told, and the others are read as they are without it."""
    found, said = read([*cells, typo])
    assert found == [*read(cells)[0], ""]
    assert said == [f"`{typo}` in `when` is no day that can be read; write days as 2026-05-03."]


@pytest.mark.parametrize("typo", ["2026-13-01", "2026-31-12", "2026-02-30", "2026-00-01", "2025-02-29"])
@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M"])
@given(days=days)
def test_days_that_begin_with_their_year_go_on_with_the_month(typo: str, form: str, days: list[datetime.date]) -> None:
    cells = [f"{day:{form}}" for day in days]
    assert read(cells) == (months(days), [])
    typed_wrong(cells, typo)


ALL_YEAR: Final = [datetime.date(2026, 1, 1) + datetime.timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize(
    ("form", "typos"),
    [
        ("%d/%m/%Y", ["05/13/2026", "31/31/2026", "30/02/2026"]),
        ("%m/%d/%Y", ["13/05/2026", "31/31/2026", "02/30/2026"]),
        ("%d.%m.%Y", ["05.13.2026", "31.31.2026", "31.4.2026"]),
        ("%m.%d.%Y", ["13.05.2026", "31.31.2026", "02.30.2026"]),
        ("%d-%m-%y", ["05-13-26", "32-13-26"]),
        ("%Y%m%d", ["20261301", "20260231", "00000000"]),
        ("%d%m%Y", ["05132026", "30022026"]),
    ],
)
def test_a_cell_typed_wrong_among_many_leaves_the_others_as_they_are(form: str, typos: list[str]) -> None:
    for typo in typos:
        typed_wrong([f"{day:{form}}" for day in ALL_YEAR], typo)


@pytest.mark.parametrize(
    ("form", "typo"), [("%d/%m/%Y", "01/13/2026"), ("%d-%m-%y", "01-13-26"), ("%d%m%Y", "01132026")]
)
def test_a_cell_typed_wrong_does_not_settle_what_all_others_leave_open(form: str, typo: str) -> None:
    cells = [f"{day.replace(day=1):{form}}" for day in ALL_YEAR]
    found, (said,) = read([*cells, typo])
    assert (found, "which may be read in two ways" in said) == ([""] * 366, True)


def test_a_few_cells_do_not_turn_days_with_dots_around() -> None:
    cells = [f"{day.replace(day=1):%d.%m.%Y}" for day in ALL_YEAR[::10]]
    found, (said,) = read([*cells, "01.13.2026"])
    assert (found, "which may be read in two ways" in said) == ([""] * 38, True)


def test_days_in_two_orders_are_told_by_one_of_each() -> None:
    cells = ["3/5/2026", "4/13/2026", "13/4/2026", "31/31/2026"]
    told = "No trend from days such as `4/13/2026` and `13/4/2026` in `when`, which follow no one order of day, month"
    found, (said,) = read([*cells * 9, *cells[:3]])
    assert (found, said[: len(told)]) == ([""] * 39, told)
