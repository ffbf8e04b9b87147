"""The same scores as one would write them by hand for this one questionnaire: level, low, high, four level scores.

None looks for bad cells, which ours does.
"""

from pathlib import Path
from typing import Any

from buyers_table import CRITERIA, LABELS, LEVELS, MUSTS, PASS, WEIGHTS, questionnaire

WHOLE = {level: sum(WEIGHTS[name] for name in names) for level, names in LEVELS.items()}
MUST = {level: next(name for name in names if name in MUSTS) for level, names in LEVELS.items()}


def polars(source: Path, target: Path, labels: bool) -> None:
    import polars as pl

    def code(name: str) -> pl.Expr:
        if not labels:
            return pl.col(name).cast(pl.Int32)
        chain: Any = pl
        for position, label in enumerate(LABELS):
            chain = chain.when(pl.col(name) == label).then(pl.lit(position, pl.Int32))
        coded: pl.Expr = chain.alias(name)
        return coded

    def ladder(gates: list[pl.Expr]) -> pl.Expr:
        second = gates[0] & gates[1]
        third = second & gates[2]
        return pl.when(third & gates[3]).then(4).when(third).then(3).when(second).then(2).otherwise(1)

    table = pl.scan_csv(source) if source.suffix == ".csv" else pl.scan_parquet(source)
    sums: list[pl.Expr] = []
    scores: list[pl.Expr] = []
    answered, lowest, highest = [], [], []
    for level, names in LEVELS.items():
        terms = [(pl.col(name) * (5 * WEIGHTS[name])).fill_null(0) for name in names]
        weights = [pl.col(name).is_not_null().cast(pl.Int32) * WEIGHTS[name] for name in names]
        sums += [pl.sum_horizontal(terms).alias(f"t{level}"), pl.sum_horizontal(weights).alias(f"w{level}")]
        points, weight, must = pl.col(f"t{level}"), pl.col(f"w{level}"), pl.col(MUST[level])
        reached = (must >= 2).fill_null(False)
        answered.append((points >= PASS * weight) & (weight > 0) & reached)
        lowest.append((points >= PASS * WHOLE[level]) & reached)
        missing = 20 * (WHOLE[level] - weight)
        highest.append((points + missing >= PASS * WHOLE[level]) & (must >= 2).fill_null(True))
        scores.append(pl.when(weight > 0).then(points / (20 * weight)).alias(f"score_{level}"))
    views = table.select(code(name) for name in CRITERIA).with_columns(sums)
    bounds = views.with_columns(ladder(answered).alias("level"), low=ladder(lowest), high=ladder(highest))
    level_ = pl.max_horizontal("low", pl.min_horizontal("high", "level")).alias("level")
    bounds.select(level_, "low", "high", *scores).sink_parquet(target)


def duckdb(source: Path, target: Path, labels: bool) -> None:
    import duckdb

    read = f"read_csv('{source}')" if source.suffix == ".csv" else f"'{source}'"
    cases = " ".join(f"WHEN '{label}' THEN {position}" for position, label in enumerate(LABELS))
    codes = ", ".join(
        f"CASE {name} {cases} END AS {name}" if labels else f"{name}::INTEGER AS {name}" for name in CRITERIA
    )
    sums = ", ".join(
        f"{_sql_sum(names, 'coalesce({0} * 5 * {1}, 0)')} AS t{level}, "
        f"{_sql_sum(names, 'CASE WHEN {0} IS NULL THEN 0 ELSE {1} END')} AS w{level}"
        for level, names in LEVELS.items()
    )
    gates: dict[str, list[str]] = {"a": [], "l": [], "h": []}
    for level, whole in WHOLE.items():
        must = f"coalesce({MUST[level]} >= 2, false)"
        gates["a"].append(f"t{level} >= {PASS} * w{level} AND w{level} > 0 AND {must}")
        gates["l"].append(f"t{level} >= {PASS * whole} AND {must}")
        reachable = f"t{level} + 20 * ({whole} - w{level}) >= {PASS * whole}"
        gates["h"].append(f"{reachable} AND coalesce({MUST[level]} >= 2, true)")
    ladders = ", ".join(f"{_sql_ladder(each)} AS {view}" for view, each in gates.items())
    scores = ", ".join(f"t{level} / nullif(20 * w{level}, 0) AS score_{level}" for level in LEVELS)
    duckdb.sql(
        f"COPY (SELECT greatest(l, least(h, a)) AS level, l AS low, h AS high, {scores} FROM"
        f" (SELECT *, {ladders} FROM (SELECT *, {sums} FROM (SELECT {codes} FROM {read})))) TO '{target}'"
    )


def _sql_sum(names: tuple[str, ...], term: str) -> str:
    return " + ".join(term.format(name, WEIGHTS[name]) for name in names)


def _sql_ladder(gates: list[str]) -> str:
    first, second, third, fourth = (f"({gate})" for gate in gates)
    both = f"{first} AND {second}"
    return (
        f"CASE WHEN {both} AND {third} AND {fourth} THEN 4 WHEN {both} AND {third} THEN 3 WHEN {both} THEN 2 ELSE 1 END"
    )


def pandas(source: Path, target: Path, labels: bool) -> None:
    import numpy as np
    import pandas as pd

    table = pd.read_csv(source) if source.suffix == ".csv" else pd.read_parquet(source)
    places = {label: position for position, label in enumerate(LABELS)}
    made: dict[str, Any] = {}
    views: dict[str, list[Any]] = {"answered": [], "low": [], "high": []}
    for level, names in LEVELS.items():
        codes = {name: table[name].map(places) if labels else table[name] for name in names}
        points = sum((codes[name].fillna(0) * (5 * WEIGHTS[name]) for name in names), start=pd.Series(0, table.index))
        weight = sum((codes[name].notna() * WEIGHTS[name] for name in names), start=pd.Series(0, table.index))
        must = codes[MUST[level]]
        views["answered"].append((points >= PASS * weight) & (weight > 0) & (must >= 2))
        views["low"].append((points >= PASS * WHOLE[level]) & (must >= 2))
        missing = 20 * (WHOLE[level] - weight)
        views["high"].append((points + missing >= PASS * WHOLE[level]) & ((must >= 2) | must.isna()))
        made[f"score_{level}"] = points / (20 * weight)
    ladders = {}
    for view, (first, second, third, fourth) in views.items():
        both = first & second
        ladders[view] = np.select([both & third & fourth, both & third, both], [4, 3, 2], 1)
    level_ = np.maximum(ladders["low"], np.minimum(ladders["high"], ladders["answered"]))
    pd.DataFrame({"level": level_, "low": ladders["low"], "high": ladders["high"], **made}).to_parquet(target)


def pydantic(source: Path, rows: int, labels: bool) -> list[int]:
    """The levels of the first rows: a model of answers for each, and the scorer's own arithmetic."""
    import polars as pl
    from pydantic import TypeAdapter

    from cvp.answers import AnswerSheet
    from cvp.gates import evaluate, scale_of

    asked = questionnaire()
    scale = scale_of(asked)
    sheets = TypeAdapter(AnswerSheet)
    table = (pl.scan_csv(source) if source.suffix == ".csv" else pl.scan_parquet(source)).select(CRITERIA).head(rows)
    levels: list[int] = []
    for row in table.collect().iter_rows(named=True):
        given = {name: LABELS.index(cell) if labels else int(cell) for name, cell in row.items() if cell is not None}
        sheet = sheets.validate_python({name: f"c{position}" for name, position in given.items()})
        said = {name: int((sheet[name].chosen or "c0")[1:]) if name in sheet else None for name in CRITERIA}
        points = {name: None if at is None else scale.items[name].points[at] for name, at in said.items()}
        levels.append(evaluate(scale, points).standing.level)
    return levels
