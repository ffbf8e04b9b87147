"""Assessments of one small café chain to compare: answers moved, time passed, another questionnaire, several."""

from typing import Any, Final

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.questionnaire import Questionnaire
from cvp.scoring import score
from questionnaires import criterion, evidence, questionnaire, recommendation, safeguard, sheet

NAMES: Final = {1: "Commodity", 2: "Gets the job done", 3: "Emotional bond", 4: "Builds social capital"}
ASKED: Final = {
    "price": (1, "Price talk", "What do guests compare us by?"),
    "promise": (1, "Promises kept", "How often does a guest get what was promised?"),
    "work": (2, "Work gets done", "How many guests get their work done at our tables?"),
    "wifi": (2, "A steady line", "How often does the line break?"),
    "missed": (3, "Would miss us", "If we closed tomorrow, what would guests do?"),
    "own_cup": (3, "Own cup", "How many guests keep a cup of their own with us?"),
    "stage": (4, "On our stage", "Who speaks at our evenings?"),
    "council": (4, "Guests' council", "What do guests decide?"),
}
CHOICES: Final = (
    {"value": "none", "label": "Nearly none", "score": 0},
    {"value": "some", "label": "Some, when it suits us", "score": 0.5},
    {"value": "most", "label": "Most, week after week", "score": 0.75},
    {"value": "all", "label": "All of them", "score": 1},
)
HOSTILE: Final = '<script>alert(1)</script>[red]=HYPERLINK("x")'
DAYS: Final = ("2024-03-01", "2025-03-01", "2026-03-01")


def cafe(**more: Any) -> Questionnaire:
    """Two criteria a level, a safeguard, and a recommendation for each criterion."""
    criteria = [_question(key) for key in ASKED]
    guard = {**safeguard("paid", 2), "label": "What do guests get for praising us?", "short": "Paid praise"}
    moves = [
        {**recommendation(f"to_{key}", {key: 1}, 5 + number), "label": f"Work on: {short.lower()}"}
        for number, (key, (_, short, _)) in enumerate(ASKED.items())
    ]
    texts = {str(level): {"name": name} for level, name in NAMES.items()}
    parts = {"id": "cafe", "title": "A café and its guests", "levels": texts} | more
    return questionnaire(parts.pop("criteria", criteria), [guard], parts.pop("recommendations", moves), **parts)


def _question(key: str, **more: Any) -> dict[str, Any]:
    level, short, label = ASKED[key]
    fresh = {"fresh_for": 18} if level == 3 else {}
    return {**criterion(key, level), "label": label, "short": short, "choices": CHOICES, **fresh, **more}


def later_cafe() -> Questionnaire:
    """Version 2.0.0: one weight and one choice's score are others, one criterion came and one went."""
    offered = tuple({**choice, "score": 0.6} if choice["value"] == "most" else choice for choice in CHOICES)
    changes: dict[str, dict[str, Any]] = {"work": {"weight": 3}, "own_cup": {"choices": offered}}
    kept = [_question(key, **changes.get(key, {})) for key in ASKED if key != "wifi"]
    new = {**criterion("quiet", 2), "label": "Where is it quiet?", "short": "A quiet corner", "choices": CHOICES}
    criteria = sorted([*kept, new], key=lambda part: int(part["level"]))
    moves = [
        {**recommendation(f"to_{key}", {key: 1}, 5), "label": f"Work on: {ASKED[key][1].lower()}"}
        for key in ASKED
        if key != "wifi"
    ]
    return cafe(criteria=criteria, version="2.0.0", recommendations=tuple(moves))


def said(**changed: Any) -> AnswerSheet:
    """Level 2 is reached, and Level 3 as long as what guests would miss is recent."""
    felt = {"choice": "most", "evidence": evidence("2024-01")}
    answers = {"price": "all", "promise": "most", "work": "most", "wifi": "most", "missed": felt, "own_cup": felt}
    return sheet(**{**answers, "stage": "none", "paid": "c2", **changed})


def assessed(
    answers: AnswerSheet, day: str, asked: Questionnaire | None = None, company: str = "Café Zwölf"
) -> Assessment:
    return score(asked or cafe(), [answers], company=company, date=day, answered_by="its board")


def answers_moved() -> list[Assessment]:
    before = assessed(said(missed="none", council="?"), DAYS[0])
    moved = {"choice": "all", "evidence": evidence("2025-02")}
    return [before, assessed(said(missed=moved, council="most", promise="some"), DAYS[1])]


def time_passed() -> list[Assessment]:
    return [assessed(said(), DAYS[0]), assessed(said(), DAYS[2])]


def questionnaire_changed() -> list[Assessment]:
    answers = said()
    fitting = {key: answer for key, answer in answers.items() if key != "wifi"}
    return [assessed(answers, DAYS[0]), assessed(fitting, DAYS[1], later_cafe())]


def three() -> list[Assessment]:
    felt = {"choice": "all", "evidence": evidence("2026-01")}
    last = said(missed=felt, own_cup=felt, stage="most", council="all")
    return [assessed(said(missed="none"), DAYS[0]), assessed(said(missed="some"), DAYS[1]), assessed(last, DAYS[2])]


def fell_between() -> list[Assessment]:
    """A level that rose and fell again, a move whose answer fell, and one whose answer is only renewed."""
    old, felt, new = ({"choice": "all", "evidence": evidence(month)} for month in ("2021-01", "2025-02", "2026-01"))
    less = {"stage": "some", "council": "some"}
    return [
        assessed(said(**less, missed=old, own_cup="some"), DAYS[0]),
        assessed(said(**less, missed=felt, own_cup=felt), DAYS[1]),
        assessed(said(council="some", missed=new, own_cup="none"), DAYS[2]),
    ]


def hostile() -> list[Assessment]:
    """Every text foreign and hostile, answers moved, and the questionnaire reworded."""
    return [
        assessed(said(missed="none"), DAYS[0], _hostile_cafe(HOSTILE), HOSTILE),
        assessed(said(), DAYS[0], _hostile_cafe(f"{HOSTILE} again"), HOSTILE),
    ]


def _hostile_cafe(text: str) -> Questionnaire:
    offered = tuple({**choice, "label": f"{text} {choice['value']}"} for choice in CHOICES)
    criteria = [_question(key, label=f"{text} {key}", short=f"{text} {key}", choices=offered) for key in ASKED]
    moves = [{**recommendation(f"to_{key}", {key: 1}, 5), "label": text} for key in ASKED]
    levels = {str(level): {"name": text} for level in NAMES}
    return cafe(criteria=criteria, recommendations=tuple(moves), levels=levels, title=text)


PAIRS: Final = {
    "answers": answers_moved,
    "time": time_passed,
    "questionnaire": questionnaire_changed,
    "three": three,
    "fell": fell_between,
}
