"""The analysis of the questions for other programs: JSON, and CSV with a row a question and a level."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from cvp.items import Item, ItemAnalysis, Scale
from cvp.items.guttman import Errors
from cvp.reports.spreadsheet import guarded
from cvp.reports.story.items import words_for
from cvp.text import one_line

FORMAT: Final = "items/1"
DIGITS: Final = 12
"""Decimals that every machine's logarithms agree on."""

COLUMNS: Final = (
    *("kind", "id", "level", "question", "rows", "n", "dont_know", "not_applicable", "unanswered", "mean"),
    *("item_rest", "h", "out_of_order", "out_of_order_by_chance", "pairs", "out_of_place"),
    *("alpha", "alpha_low", "alpha_high", "omega", "verdict", "words"),
)

Value: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Value]


def as_json(analysis: ItemAnalysis) -> str:
    """Versioned, the same text for the same rows."""
    q = analysis.questionnaire
    shown = analysis.is_shown
    said = {
        "cvp": FORMAT,
        "questionnaire": {"id": q.id, "version": q.version, "sha256": q.sha256, "perspective": q.perspective},
        "date": analysis.date,
        "min_group": analysis.min_group,
        "rows": analysis.rows,
        "items": [_item(item) for item in analysis.items] if shown else [],
        "levels": [_scale(scale) for scale in analysis.scales] if shown else [],
        "all": _scale(analysis.whole) if shown else None,
        "ladder": {**_errors(analysis.ladder), "h": _even(analysis.ladder.h)} if shown else None,
        "steps": [
            {"lower": lower, "higher": higher, **_errors(errors), "h": _even(errors.h), "turned": errors.is_turned}
            for (lower, higher), errors in (analysis.steps.items() if shown else ())
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def as_csv(analysis: ItemAnalysis) -> str:
    """Questions first, then levels and all of them together."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    if analysis.is_shown:
        writer.writerows(_rows(analysis))
    return out.getvalue()


def _rows(analysis: ItemAnalysis) -> Iterator[dict[str, object]]:
    for item in analysis.items:
        said = {"words": words_for(item), "question": guarded(one_line(analysis.short(item.id)))}
        yield {"kind": "question", **_item(item), **said}
    for scale in (*analysis.scales, analysis.whole):
        errors = {} if scale.level else _errors(analysis.ladder)
        yield {"kind": "level" if scale.level else "all", **_scale(scale), **errors, "verdict": scale.strength}


def _item(item: Item) -> Row:
    answers = item.answers
    return {
        "id": item.id,
        "level": item.level,
        "rows": answers.rows,
        "n": answers.n,
        "dont_know": answers.dont_know,
        "not_applicable": answers.not_applicable,
        "unanswered": answers.unanswered,
        "mean": _even(item.mean),
        "item_rest": _even(item.item_rest),
        "h": _even(item.h),
        **_errors(item.ladder),
        "out_of_place": item.out_of_place,
        "verdict": item.verdict,
    }


def _errors(errors: Errors) -> Row:
    expected = _even(errors.expected)
    return {"out_of_order": int(errors.made), "out_of_order_by_chance": expected, "pairs": errors.pairs}


def _scale(scale: Scale) -> dict[str, Value | list[str]]:
    interval = scale.interval
    return {
        "level": scale.level,
        "items": list(scale.items),
        "n": scale.n,
        "h": _even(scale.h),
        "strength": scale.strength,
        "alpha": _even(scale.alpha),
        "alpha_low": _even(interval.low) if interval else None,
        "alpha_high": _even(interval.high) if interval else None,
        "omega": _even(scale.omega),
    }


def _even(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
