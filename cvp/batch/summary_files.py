"""The summary for other programs: JSON, and CSV with a row a group."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Final

from cvp.level import LEVELS
from cvp.proportions import Interval
from cvp.questionnaire import Criterion
from cvp.reports.spreadsheet import guarded
from cvp.segments import Flow, Group, Segment, Summary, Trend
from cvp.segments.judging import through_lens, weakest_of
from cvp.text import one_line

FORMAT: Final = "batch/1"

Value = str | int | float | bool | None


def as_json(summary: Summary) -> str:
    """Versioned, the same text for the same rows."""
    q = summary.questionnaire
    shown = summary.total.counts.n >= summary.min_group
    said = {
        "cvp": FORMAT,
        "questionnaire": {"id": q.id, "version": q.version, "sha256": q.sha256, "perspective": q.perspective},
        "date": summary.date,
        "self_selected": summary.self_selected,
        "min_group": summary.min_group,
        "rows": _flow(summary.flow),
        "all": _group(summary, summary.total) if shown else None,
        "segments": [
            {"column": s.column, "withheld": s.withheld, "groups": [_group(summary, g) for g in s.groups]}
            for s in (summary.segments if shown else ())
        ],
        "trend": _trend(summary, summary.trend) if summary.trend and shown else None,
        **(_by_item(summary) if shown else {}),
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def as_csv(summary: Summary) -> str:
    """A row a group; the first is of all rows."""
    out = io.StringIO()
    rows = list(_rows(summary))
    writer = csv.DictWriter(out, list(_columns()), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _columns() -> Iterator[str]:
    yield from (
        "segment",
        "group",
        "merged",
        "n",
        *(f"level_{level}" for level in LEVELS),
        "not_secured",
        "capped",
        "perceived_level",
        "uncapped_perceived_level",
    )
    for level in LEVELS[1:]:
        yield from (
            f"share_{level}",
            f"share_{level}_low",
            f"share_{level}_high",
            f"verdict_{level}",
            f"needed_{level}",
        )
    for level in LEVELS:
        yield from (f"score_{level}", f"score_{level}_low", f"score_{level}_high")
    yield from ("weakest", "self_selected")


def _rows(summary: Summary) -> Iterator[dict[str, Value]]:
    if summary.total.counts.n < summary.min_group:
        return
    yield _row(summary, "", summary.total)
    parts: list[Segment | Trend] = [*summary.segments, *([summary.trend] if summary.trend else [])]
    for part in parts:
        for group in part.groups:
            yield _row(summary, part.column, group)


def _row(summary: Summary, column: str, group: Group) -> dict[str, Value]:
    counts = group.counts
    found: dict[str, Value] = {
        "segment": guarded(one_line(column)),
        "group": guarded(one_line(group.name)),
        "merged": guarded(", ".join(map(one_line, group.merged))),
        "n": counts.n,
        **{f"level_{level}": counts.levels.get(level, 0) for level in LEVELS},
        "not_secured": counts.not_secured,
        "capped": counts.capped,
        "weakest": _weakest(summary, group),
        "self_selected": "yes" if summary.self_selected else "no",
    }
    if summary.questionnaire.perspective == "buyer":
        found["perceived_level"] = group.perceived.level
        found["uncapped_perceived_level"] = group.uncapped.level
    for level in LEVELS[1:]:
        at = group.perceived.at_least(level)
        found |= {
            f"share_{level}": at.share,
            f"share_{level}_low": at.interval.low,
            f"share_{level}_high": at.interval.high,
        }
        if summary.questionnaire.perspective == "buyer":
            found |= {f"verdict_{level}": at.verdict, f"needed_{level}": at.needed}
    for level in LEVELS:
        sums = counts.scores[level - 1]
        within = sums.interval
        found |= {f"score_{level}": sums.mean}
        found |= {f"score_{level}_low": within.low, f"score_{level}_high": within.high} if within else {}
    return found


def _flow(flow: Flow) -> dict[str, object]:
    left = dict(sorted(flow.left_out.items()))
    return {"in": flow.rows_in, "scored": flow.scored, "rejected": flow.rejected, "left_out": left}


def _group(summary: Summary, group: Group) -> dict[str, object]:
    counts = group.counts
    buyers = summary.questionnaire.perspective == "buyer"
    return {
        "group": group.name,
        "merged": list(group.merged),
        "n": counts.n,
        "levels": {str(level): counts.levels.get(level, 0) for level in LEVELS},
        "not_secured": counts.not_secured,
        "capped": counts.capped,
        "uncapped_levels": {str(level): group.uncapped.buyers.get(level, 0) for level in LEVELS},
        "settled": counts.settled,
        "perceived_level": group.perceived.level if buyers else None,
        "uncapped_perceived_level": group.uncapped.level if buyers else None,
        "at_or_above": {
            str(level): {
                "share": at.share,
                **_ends(at.interval),
                **({"verdict": at.verdict, "buyers_needed": at.needed} if buyers else {}),
            }
            for level in LEVELS[1:]
            for at in [group.perceived.at_least(level)]
        },
        "scores": {
            str(level): {"mean": sums.mean, **_ends(sums.interval), "n": sums.n}
            for level, sums in zip(LEVELS, counts.scores, strict=True)
        },
        "weakest": [
            {"id": name, "mean": counts.answers[name].mean, "n": counts.answers[name].n}
            for name in weakest_of(summary.questionnaire, group)
        ],
    }


def _trend(summary: Summary, trend: Trend) -> dict[str, object]:
    groups = [_group(summary, group) for group in trend.groups]
    return {"column": trend.column, "withheld": trend.withheld, "undated": trend.undated, "groups": groups}


def _by_item(summary: Summary) -> dict[str, object]:
    """What `cvp compare` holds beside a claim; safeguards have no level."""
    q, counts = summary.questionnaire, summary.total.counts
    return {
        "mirrors_of": q.mirrors_of,
        "items": [
            {
                "id": question.id,
                "label": summary.say(question.label),
                "short": summary.short(question.id),
                "level": question.level if isinstance(question, Criterion) else None,
                "mirrors": list(question.mirrors),
                **_told(found.mean, found.n),
            }
            for question in q.questions.values()
            if (found := counts.answers.get(question.id)) is not None
        ],
        "lenses": [
            {
                "id": name,
                "label": summary.say(lens.label),
                "values": [
                    {"id": value, "label": summary.say(label), **_told(*through_lens(q, counts, name, value))}
                    for value, label in lens.values.items()
                ],
            }
            for name, lens in q.lenses.items()
        ],
    }


def _told(mean: float | None, n: int) -> dict[str, float | None]:
    return {"mean": mean, "n": n}


def _ends(interval: Interval | None) -> dict[str, float | None]:
    return {"low": interval.low if interval else None, "high": interval.high if interval else None}


def _weakest(summary: Summary, group: Group) -> str:
    return next(iter(weakest_of(summary.questionnaire, group)), "")
