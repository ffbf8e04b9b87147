"""What single texts mean in a question's column, said by the expression that all engines have."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import narwhals as nw
import polars as pl

from cvp.tables.compiling import Cells
from cvp.tables.expression.ranks import rank
from cvp.tables.expression.steps import Steps

_CELL: Final = "cell"
Pairs: TypeAlias = tuple[tuple[str, int], ...]


def ranks_of(texts: Sequence[str], cells: Cells) -> Sequence[int]:
    """The rank of each. Questions with the same choices are looked up once."""
    return _ranks(tuple(texts), tuple(cells.spelled.items()), tuple(cells.texts.items()), tuple(cells.numbers.items()))


@lru_cache(maxsize=64)
def _ranks(texts: tuple[str, ...], spelled: Pairs, folded: Pairs, numbers: tuple[tuple[float, int], ...]) -> list[int]:
    cells = Cells("", 0, dict(spelled), dict(folded), dict(numbers))
    frame = nw.from_native(pl.DataFrame({_CELL: pl.Series(texts, dtype=pl.String)}))
    steps = Steps("cvp_")
    found = rank(cells, frame.collect_schema(), steps)
    ranks: list[int] = steps.add_to(frame, ()).select(found.alias(_CELL)).to_native()[_CELL].to_list()
    return ranks
