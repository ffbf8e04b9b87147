"""The answers of two assessments side by side as rows of a table: one row a question."""

from collections.abc import Iterator
from typing import Final

from cvp.comparing.comparison import Comparison, Said
from cvp.reports.sentences.on_comparison import direction

HEADERS: Final = (
    *("id", "level", "question", "short", "moved", "causes", "level_without"),
    *(f"{what}_{when}" for when in ("before", "after") for what in ("state", "choice", "answer", "score", "assumed")),
)


def rows_of(comparison: Comparison) -> Iterator[dict[str, str | float | bool | None]]:
    """`moved` and `causes` are empty where the question counts as it did."""
    for change in comparison.answers:
        yield {
            "id": change.id,
            "level": change.level,
            "question": change.label,
            "short": change.short,
            "moved": direction(change) if change.causes else "",
            "causes": " / ".join(change.causes),
            "level_without": change.level_without,
            **_said(change.before, "before"),
            **_said(change.after, "after"),
        }


def _said(said: Said, when: str) -> dict[str, str | float | bool | None]:
    return {
        f"state_{when}": said.state,
        f"choice_{when}": said.choice,
        f"answer_{when}": said.label,
        f"score_{when}": said.score,
        f"assumed_{when}": said.assumed,
    }
