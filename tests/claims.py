"""What a small café chain says of itself, and what its guests say of it: a claim, and tables to measure it by."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from comparisons import ASKED, CHOICES, cafe

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.questionnaire import Questionnaire
from cvp.scoring import score
from questionnaires import Part, criterion, questionnaire, safeguard, sheet

DAY: Final = "2026-03-01"
SURVEYED: Final = "2026-05-20"
LENSES: Final = {
    "mechanism": {"label": "How guests gain standing", "values": {"status": "Status", "say": "A say", "ties": "Ties"}},
}
CARRIES: Final = {"stage": "status", "council": "say", "on_stage": "status", "own_say": "say"}
GUESTS: Final[dict[str, tuple[int, str, str, tuple[str, ...]]]] = {
    "compared_by": (1, "Compared by", "What do you compare us by?", ("price", "promise")),
    "got_done": (2, "Work done", "How much of your work do you get done here?", ("work", "wifi")),
    "would_miss": (3, "Would miss it", "What would you do if we closed?", ("missed", "own_cup")),
    "on_stage": (4, "On stage", "When were you last on our stage?", ("stage",)),
    "own_say": (4, "Own say", "What became of your last idea?", ("council",)),
}
VALUES: Final = tuple(str(choice["value"]) for choice in CHOICES)


def company(**more: Any) -> Questionnaire:
    """What the chain is asked: two criteria a level, a safeguard, and a lens that its guests know too."""
    criteria = [_asked(key, level, short, label) for key, (level, short, label) in ASKED.items()]
    return cafe(criteria=criteria, lenses=LENSES, **more)


def guests(**more: Any) -> Questionnaire:
    """What its guests are asked; each question mirrors some of the chain's."""
    criteria = [
        {**_asked(key, level, short, label), "mirrors": mirrors}
        for key, (level, short, label, mirrors) in GUESTS.items()
    ]
    guard = {**safeguard("offered", 2), "label": "What do we give you for praise?", "short": "Offered for praise"}
    parts = {
        "id": "guests",
        "title": "What our café does for you",
        "perspective": "buyer",
        "mirrors_of": "cafe",
        "lenses": LENSES,
    }
    return questionnaire(criteria, [{**guard, "mirrors": ("paid",)}], **{**parts, **more})


def _asked(key: str, level: int, short: str, label: str) -> Part:
    carried = {"lenses": {"mechanism": CARRIES[key]}} if key in CARRIES else {}
    return {**criterion(key, level), "label": label, "short": short, "choices": CHOICES, **carried}


def said(**changed: Any) -> AnswerSheet:
    """Level 3 is claimed, and nothing is said of the council."""
    answers = {"price": "most", "promise": "most", "work": "most", "wifi": "all", "missed": "all", "own_cup": "most"}
    return sheet(**{**answers, "stage": "some", "paid": "c2", **changed})


def claim(answers: AnswerSheet | None = None, asked: Questionnaire | None = None, day: str = DAY) -> Assessment:
    return score(asked or company(), [answers or said()], company="Café Zwölf", date=day, answered_by="its board")


def rows(number: int) -> list[list[str]]:
    """So many guests of three quarters: nearly all get their work done, fewer than half would miss the café."""
    found = []
    for at in range(number):
        quarter = ("Altstadt", "Altstadt", "Hafen", "=Neustadt")[at % 4]
        fond = at % 5 in ((0, 1, 2) if quarter == "Altstadt" else (0,))
        found.append(
            [
                quarter,
                *(VALUES[2 + at % 2], VALUES[3 if at % 9 else 1]),
                VALUES[2 if fond else at % 2],
                *(VALUES[1 if at % 3 else 2], "?" if at % 10 == 7 else VALUES[at % 2]),
                "c2" if at % 13 else "",
            ]
        )
    return found


HEADER: Final = ("quarter", *GUESTS, "offered")


def write_table(file: Path, table: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    lines = [",".join(row) for row in (header, *table)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def group(levels: Sequence[int], name: str = "all", **more: Any) -> dict[str, Any]:
    """So many buyers on each level, as a summary says it; the parts that compare reads."""
    n = sum(levels)
    means = {str(level): {"mean": 0.5 if n else None, "n": n} for level in (1, 2, 3, 4)}
    counts = {str(level): count for level, count in enumerate(levels, 1)}
    return {"group": name, "merged": [], "n": n, "levels": counts, "not_secured": 0, "scores": means, **more}


def summary(levels: Sequence[int], **more: Any) -> dict[str, Any]:
    """A summary of so many guests on each level."""
    asked = guests()
    named: Mapping[str, Any] = {"id": asked.id, "version": asked.version, "sha256": asked.sha256}
    items = [
        {"id": key, "label": label, "short": short, "level": level, "mirrors": list(mirrors), "mean": 0.5, "n": 7}
        for key, (level, short, label, mirrors) in GUESTS.items()
    ]
    values = [{"id": "status", "label": "Status", "mean": 0.25, "n": 7}]
    return {
        "cvp": "batch/1",
        "questionnaire": {**named, "perspective": "buyer"},
        "date": SURVEYED,
        "self_selected": False,
        "min_group": 5,
        "rows": {"in": sum(levels), "scored": sum(levels), "rejected": 0, "left_out": {}},
        "all": group(levels),
        "segments": [],
        "trend": None,
        "mirrors_of": "cafe",
        "items": items,
        "lenses": [{"id": "mechanism", "label": "How guests gain standing", "values": values}],
        **more,
    }
