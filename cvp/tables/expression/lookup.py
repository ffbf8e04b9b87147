"""What single texts mean in a question's column, said by the expression that all engines have."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import narwhals as nw
import polars as pl

from cvp.tables.compiling import Cells
from cvp.tables.expression.ranks import rank
from cvp.tables.expression.steps import Steps

_CELL: Final = "cell"


def ranks_of(texts: Sequence[str], cells: Cells) -> list[int]:
    """The rank of each."""
    frame = nw.from_native(pl.DataFrame({_CELL: pl.Series(texts, dtype=pl.String)}))
    steps = Steps("cvp_")
    found = rank(replace(cells, position=0, dates=None), frame.collect_schema(), steps)
    for step in steps:
        frame = frame.with_columns(*step)
    ranks: list[int] = frame.select(found.alias(_CELL)).to_native()[_CELL].to_list()
    return ranks
