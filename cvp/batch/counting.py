"""Blocks of scored rows → counts by group."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from cvp.batch.scored import REJECTED, SOUND, SOURCE, STATUS, flow_of
from cvp.errors import WrongUsage
from cvp.level import LEVELS
from cvp.segments import SCALE, Counts, Flow, Sums
from cvp.tables.table import PART, ROW

MOST_GROUPS: Final = 10_000
NO_VALUE: Final = "(no value)"

_ISO: Final = r"^\s*(\d{4})[-/.](\d{1,2})"
_GERMAN: Final = r"^\s*\d{1,2}\.(\d{1,2})\.(\d{4})"


class Tally:
    """What the blocks add up to. `by` and `date` are columns of the blocks, with the names that people call them."""

    def __init__(self, by: Mapping[str, str], date: tuple[str, str] | None, counts: bool = True) -> None:
        self._wanted: dict[str, pl.Expr] = {}
        if counts:
            self._wanted = {name: _value(column) for column, name in by.items()}
            if date:
                self._wanted[f"\0{date[1]}"] = _month(date[0])
            self._wanted = self._wanted or {"": pl.lit("")}
        self.flow = Flow()
        self.groups: dict[str, dict[str, Counts]] = {name: {} for name in self._wanted}
        self._rejected: list[pl.DataFrame] = []

    def add(self, block: pl.DataFrame) -> None:
        """Raises WrongUsage where a column has too many values to count by."""
        flow = flow_of(block)
        self.flow += flow
        if flow.rejected:
            self._rejected.append(block.filter(pl.col(STATUS) == REJECTED).select(SOURCE, PART, ROW))
        for name, value in self._wanted.items():
            for key, counts in _counted(block, value).items():
                found = self.groups[name]
                found[key] = found[key] + counts if key in found else counts
            if len(self.groups[name]) > MOST_GROUPS:
                raise WrongUsage(f"--by {name}: has more than {MOST_GROUPS:,} values; name a column with fewer")

    @property
    def rejected(self) -> pl.DataFrame:
        """The rejected rows, by SOURCE, `part` and `row`."""
        empty = pl.DataFrame(schema={SOURCE: pl.UInt32, PART: pl.UInt32, ROW: pl.UInt32})
        return pl.concat(self._rejected) if self._rejected else empty

    @property
    def months(self) -> Mapping[str, Counts] | None:
        return next((found for name, found in self.groups.items() if name.startswith("\0")), None)


def _counted(block: pl.DataFrame, value: pl.Expr) -> dict[str, Counts]:
    sums = [pl.len().alias("n"), pl.col("settled").sum().alias("settled")]
    for level in LEVELS:
        score = pl.col(f"score_{level}")
        sums += [
            score.count().alias(f"n{level}"),
            (score * SCALE).round().cast(pl.Int64).sum().alias(f"t{level}"),
            (score * score * SCALE).round().cast(pl.Int64).sum().alias(f"s{level}"),
        ]
    sound = block.lazy().filter(pl.col(STATUS) == SOUND)
    cube = sound.group_by(value.alias("group"), "level", "secured", "weakest").agg(sums).collect()
    found: dict[str, Counts] = {}
    for row in cube.iter_rows(named=True):
        n = row["n"]
        counts = Counts(
            levels={row["level"]: n},
            not_secured=0 if row["secured"] else n,
            settled=row["settled"],
            scores=tuple(Sums(row[f"n{level}"], row[f"t{level}"], row[f"s{level}"]) for level in LEVELS),
            weakest={row["weakest"]: n} if row["weakest"] else {},
        )
        found[row["group"]] = found[row["group"]] + counts if row["group"] in found else counts
    return found


def _value(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.strip_chars().str.replace(r"^(-?\d+)\.0+$", "${1}")
    return pl.when(text != "").then(text).otherwise(pl.lit(NO_VALUE))


def _month(column: str) -> pl.Expr:
    """The month as 2026-03; empty where there is no date whose month is plain."""
    text = pl.col(column).cast(pl.String)
    year = pl.coalesce(text.str.extract(_ISO, 1), text.str.extract(_GERMAN, 2))
    month = pl.coalesce(text.str.extract(_ISO, 2), text.str.extract(_GERMAN, 1)).str.zfill(2)
    is_month = month.is_between(pl.lit("01"), pl.lit("12"))
    return pl.when(is_month).then(year + "-" + month).otherwise(pl.lit(""))


def columns_of(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Column of the blocks → name, for kept columns."""
    return {f"k{keys.index(name)}": name for name in names}
