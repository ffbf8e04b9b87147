"""The table that tests/benchmarks/scoring_tables.py scores, and the questionnaire of its 40 criteria."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the floor imports polars alone
    from cvp.questionnaire import Questionnaire

CRITERIA: Final = tuple(f"q{index}" for index in range(40))
LEVELS: Final = {level: CRITERIA[10 * level - 10 : 10 * level] for level in (1, 2, 3, 4)}
WEIGHTS: Final = {name: 1 + index % 3 for index, name in enumerate(CRITERIA)}
MUSTS: Final = CRITERIA[::10]
"""One of each level; it must be answered with the third choice at least."""
PASS: Final = 14
"""In twentieths, as all points here: the choices are worth 0, 5, 10, 15 and 20."""
LABELS: Final = (
    *("Not at all, as far as we know", "In a few places, by chance", "In about half of what we do"),
    *("Nearly everywhere", "Everywhere, and measured"),
)
TYPES: Final = ("Float64", "Int64", "Int8")


def questionnaire() -> "Questionnaire":
    from cvp.questionnaire import Questionnaire

    extent = tuple({"value": f"c{i}", "label": label, "score": i / 4} for i, label in enumerate(LABELS))
    criteria = tuple(
        {"id": name, "label": name, "level": level, "choices": "extent", "weight": WEIGHTS[name], "source": "lee"}
        | ({"must": 0.5} if name in MUSTS else {})
        for level, names in LEVELS.items()
        for name in names
    )
    about = {"cvp": 1, "id": "bench", "version": "1.0.0", "title": "Bench", "perspective": "buyer"}
    parts = {"levels": {str(level): {"name": f"level {level}"} for level in LEVELS}, "choices": {"extent": extent}}
    sources = {"lee": {"author": "Bill Lee", "title": "Level 4"}}
    return Questionnaire.model_validate(about | parts | {"sources": sources, "criteria": criteria})


def make(path: Path, rows: int, labels: bool, dtype: str = TYPES[0]) -> None:
    """Companies that are more or less good at all levels, the same ones at every run; 3 % of the cells are empty.

    Cells are labels, or numbers, which in Parquet are of the dtype: Float64, as pandas writes a column in which cells
    are empty; Int64 is how Polars does, Int8 the least. Seven segments.
    """
    import polars as pl

    chances = [(pl.col("row").hash(index) % 100).cast(pl.Int16) for index in range(len(CRITERIA) + 1)]
    cells = []
    for name, chance in zip(CRITERIA, chances[1:], strict=True):
        choice = ((chances[0] * 2 + chance) // 48).clip(0, 4).cast(pl.Int8)
        cell = choice.replace_strict(range(5), LABELS, return_dtype=pl.String) if labels else choice
        cells.append(pl.when(chance >= 3).then(cell).alias(name))
    segment = (pl.col("row") % 7).cast(pl.String).alias("segment")
    table = pl.LazyFrame({"row": range(rows)}).select("row", *cells, segment)
    if path.suffix == ".csv":
        table.sink_csv(path)
    else:
        typed = table if labels else table.with_columns(pl.col(CRITERIA).cast(getattr(pl, dtype)))
        typed.sink_parquet(path, row_group_size=1 << 18)
