"""The answers as a table: one row a criterion and a safeguard, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from cvp.answers import Evidence
from cvp.assessment import AnswerResult, Assessment
from cvp.assessment.joined import Joined
from cvp.comparing.claim import ClaimComparison
from cvp.comparing.comparison import Comparison
from cvp.reports import Look, assessment_of, claim_csv, comparison_csv
from cvp.reports.spreadsheet import guarded
from cvp.text import printable

Value: TypeAlias = str | int | float | bool | None

HEADERS: Final = (
    *("id", "kind", "level", "question", "short", "weight", "must", "below", "cap", "caps"),
    *("state", "choice", "answer", "score", "assumed", "note", "evidence", "source"),
)

GRID: Final = ("grid_row", "grid_column")
"""Where two lenses cross: with them a spreadsheet's pivot table makes the grid."""


def render(subject: object, look: Look) -> str:  # noqa: ARG001 - a table looks the same everywhere
    """UTF-8 without a byte order mark, separated by commas; a score is there where it counts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headers, rows = _table(subject)
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_cell(row.get(header)) for header in headers])
    return out.getvalue()


def _table(subject: object) -> tuple[Sequence[str], Iterator[dict[str, Value]]]:
    if isinstance(subject, Comparison):
        return comparison_csv.HEADERS, comparison_csv.rows_of(subject)
    if isinstance(subject, ClaimComparison):
        return claim_csv.HEADERS, claim_csv.rows_of(subject)
    if isinstance(subject, Joined):
        crossed = any(a.grid for a in subject.assessments)
        return ("questionnaire", *_headers(crossed)), _joined_rows(subject)
    assessment = assessment_of(subject, "csv")
    return _headers(assessment.grid is not None), _rows(assessment)


def _headers(crossed: bool) -> tuple[str, ...]:
    return (*HEADERS, *GRID) if crossed else HEADERS


def _joined_rows(joined: Joined) -> Iterator[dict[str, Value]]:
    """Those of each assessment, with its questionnaire."""
    return ({"questionnaire": a.questionnaire.id, **row} for a in joined.assessments for row in _rows(a))


def _rows(a: Assessment) -> Iterator[dict[str, Value]]:
    for c in a.criteria:
        own: dict[str, Value] = {"kind": "criterion", "level": c.level, "weight": c.weight, "must": c.must}
        if a.grid:
            own |= {"grid_row": c.lenses.get(a.grid.rows), "grid_column": c.lenses.get(a.grid.columns)}
        yield {"id": c.id, "question": c.label, "short": c.short, "source": c.source, **own, **_answer(c.answer)}
    for s in a.safeguards:
        own = {"kind": "safeguard", "below": s.below, "cap": s.cap, "caps": s.hit}
        yield {"id": s.id, "question": s.label, "short": s.short, "source": s.source, **own, **_answer(s.answer)}


def _answer(answer: AnswerResult) -> dict[str, Value]:
    return {
        "state": answer.state,
        "choice": answer.choice,
        "answer": answer.label,
        "score": answer.score if answer.state == "answered" else None,
        "assumed": answer.assumed,
        "note": answer.note,
        "evidence": " / ".join(_evidence(evidence) for evidence in answer.evidence),
    }


def _evidence(evidence: Evidence) -> str:
    origin = ", ".join(part for part in (evidence.source, evidence.date) if part)
    return f"{evidence.text} ({origin})" if origin else evidence.text


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded(printable(value)) if isinstance(value, str) else value
