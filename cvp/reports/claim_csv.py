"""A claim beside its measure as rows of a table: a row a level, a score, a lens value, a question and a group."""

from collections.abc import Iterator
from typing import Final

from cvp.comparing.claim import ClaimComparison, Gap, Seen

HEADERS: Final = (
    *("kind", "id", "name", "level", "claim", "buyers", "buyers_low", "buyers_high", "n"),
    *("gap", "gap_low", "gap_high", "flag", "more_buyers", "self_selected"),
)

Row = dict[str, str | float | bool | None]


def rows_of(c: ClaimComparison) -> Iterator[Row]:
    """`level` and `group` have shares of buyers at a level or above, with their intervals; the others mean scores."""
    for row in _rows(c):
        yield {**row, "self_selected": c.measure.self_selected}


def _rows(c: ClaimComparison) -> Iterator[Row]:
    for level in c.levels:
        if level.seen:
            named: Row = {"kind": "level", "id": str(level.level), "name": level.name, "level": level.level}
            yield {**named, "claim": level.claimed, **_seen(level.seen)}
    for level in c.levels:
        yield {"kind": "score", "level": level.level, **_gap(level.score)}
    for lens in c.lenses or ():
        for value in lens.values:
            yield {"kind": "lens", **_gap(value), "id": f"{lens.id}={value.id}"}
    for item in c.items or ():
        yield {"kind": "item", "level": item.level, **_gap(item.gap), "name": item.short}
    for segment in c.segments:
        for group in segment.groups:
            named = {"kind": "group", "id": segment.column, "name": group.group, "level": c.in_question}
            yield {**named, "claim": c.claim.level >= c.in_question, **_seen(group.seen)}


def _seen(seen: Seen) -> Row:
    share: Row = {"buyers": seen.share, "buyers_low": seen.low, "buyers_high": seen.high}
    return {**share, "n": seen.n, "flag": seen.flag, "more_buyers": seen.more}


def _gap(gap: Gap) -> Row:
    ends: Row = {"gap": gap.difference, "gap_low": gap.low, "gap_high": gap.high}
    return {
        "id": gap.id,
        "name": gap.label,
        "claim": gap.claim,
        "buyers": gap.buyers,
        "n": gap.n,
        **ends,
        "flag": gap.flag,
    }
