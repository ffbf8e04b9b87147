"""Small questionnaires and answers to them: made by hand, and drawn at random."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st
from pydantic import TypeAdapter

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.questionnaire import Question, Questionnaire
from cvp.scoring import score

DAY: Final = "2013-02-12"
NOT_APPLICABLE: Final = {"not_applicable": "we sell to nobody"}
_SHEETS: Final[TypeAdapter[AnswerSheet]] = TypeAdapter(AnswerSheet)

Part: TypeAlias = dict[str, Any]


def choices(*scores: float) -> tuple[Part, ...]:
    """Choices with the values c0, c1, … and these scores."""
    return tuple({"value": f"c{i}", "label": f"choice {i}", "score": score} for i, score in enumerate(scores))


def criterion(name: str, level: int, *scores: float, **more: Any) -> Part:
    scores = scores or (0, 0.5, 1)
    return {"id": name, "label": f"about {name}", "level": level, "choices": choices(*scores), "source": "lee", **more}


def safeguard(name: str, cap: int, *scores: float, below: float = 0.5, **more: Any) -> Part:
    part = criterion(name, cap, *scores, below=below, cap=cap, **more)
    del part["level"]
    return part


def recommendation(name: str, lifts: Mapping[str, float], effort: int = 1, after: Sequence[str] = ()) -> Part:
    texts = {key: f"{key} of {name}" for key in ("label", "first_step", "customer_gain")}
    return {"id": name, "lifts": dict(lifts), "effort": effort, "after": tuple(after), **texts}


def questionnaire(
    criteria: Iterable[Part],
    safeguards: Iterable[Part] = (),
    recommendations: Iterable[Part] = (),
    passes: Sequence[float] = (0.7, 0.7, 0.7, 0.7),
    **more: Any,
) -> Questionnaire:
    parts = {
        "cvp": 1,
        "id": "small",
        "version": "1.0.0",
        "title": "A small one",
        "perspective": "company",
        "sources": {"lee": {"author": "Bill Lee", "title": "Level 4"}},
        "levels": {str(level): {"name": f"level {level}", "pass": passes[level - 1]} for level in (1, 2, 3, 4)},
        "criteria": tuple(criteria),
        "safeguards": tuple(safeguards),
        "recommendations": tuple(recommendations),
    }
    return Questionnaire.model_validate({**parts, **more})


def one_for_each_level(*safeguards: Part, recommendations: Iterable[Part] = (), **more: Any) -> Questionnaire:
    """The criteria a, b, c, d on the levels 1 to 4, each with the scores 0, 0.5 and 1."""
    criteria = [criterion(name, level) for level, name in enumerate("abcd", start=1)]
    return questionnaire(criteria, safeguards, recommendations, **more)


def sheet(**given: str | Part) -> AnswerSheet:
    """Answers as a file says them: a choice, "?", or a mapping."""
    return _SHEETS.validate_python(given)


def evidence(*dates: str) -> tuple[Part, ...]:
    return tuple({"text": "seen", "date": date} for date in dates)


def assess(asked: Questionnaire, *sheets: AnswerSheet, date: str = DAY) -> Assessment:
    return score(asked, sheets, company="Acme", date=date)


@dataclass(frozen=True)
class Case:
    """A questionnaire and one respondent's answers to it."""

    questionnaire: Questionnaire
    sheet: AnswerSheet

    def scores(self, question: str) -> list[float]:
        return [c.score for c in self.questionnaire.choices_of(self.questionnaire.questions[question])]


_SCORES: Final = (0, 0.1, 0.2, 0.3, 0.35, 0.5, 0.6, 0.7, 0.9, 1)
_WEIGHTS: Final = (1, 0.1, 0.2, 0.3, 2.5)
_PASSES: Final = (0.3, 0.5, 0.6, 0.7)
_OLD, _NEW = "2001-05-31", "2013-01"
_scores = st.lists(st.sampled_from(_SCORES), min_size=2, max_size=3, unique=True).map(sorted)


@st.composite
def _criteria(draw: st.DrawFn, name: str, level: int) -> Part:
    part = criterion(name, level, *draw(_scores), weight=draw(st.sampled_from(_WEIGHTS)))
    if draw(st.integers(0, 3)) == 0:
        part["must"] = draw(st.sampled_from(_SCORES))
    if draw(st.booleans()):
        part["fresh_for"] = 12
    if draw(st.booleans()):
        part["lenses"] = {"area": draw(st.sampled_from(["brand", "product"]))}
    return part


@st.composite
def _safeguards(draw: st.DrawFn, name: str) -> Part:
    return safeguard(name, draw(st.integers(1, 4)), *draw(_scores), below=draw(st.sampled_from(_SCORES)))


@st.composite
def _answers(draw: st.DrawFn, part: Part) -> str | Part | None:
    """Mostly a choice, more often a high one; now and then stale, unknown, not applicable or none."""
    last = len(part["choices"]) - 1
    choice = f"c{draw(st.sampled_from([last, *range(last + 1)]))}"
    drawn: list[str | Part | None] = [
        *[choice] * 4,
        {"choice": choice, "evidence": evidence(_OLD)},
        {"choice": choice, "evidence": evidence(_OLD, _NEW)},
        "?",
        None,
        {**NOT_APPLICABLE, "evidence": evidence(_OLD)},
    ]
    return draw(st.sampled_from(drawn))


@st.composite
def _recommendations(draw: st.DrawFn, parts: Sequence[Part]) -> list[Part]:
    """One for each question that lifts it as far as it goes, and two that lift something; none after a later one."""
    efforts = st.integers(1, 9)
    lifts = [{part["id"]: 1.0} for part in parts]
    ids = [part["id"] for part in parts]
    for _ in range(2):
        some = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
        lifts.append({name: draw(st.sampled_from(_SCORES)) for name in some})
    earlier: list[str] = []
    found = []
    for index, lift in enumerate(draw(st.permutations(lifts))):
        after = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        found.append(recommendation(f"r{index}", lift, draw(efforts), after))
        earlier.append(f"r{index}")
    return found


@st.composite
def cases(draw: st.DrawFn, recommended: bool = False) -> Case:
    """At most seven questions of two or three choices, few enough to try every way to answer them."""
    levels = [1, 2, 3, 4, *draw(st.lists(st.integers(1, 4), max_size=2))]
    if draw(st.integers(0, 5)) == 0:
        levels.remove(draw(st.integers(1, 4)))
    criteria = [draw(_criteria(f"q{index}", level)) for index, level in enumerate(levels)]
    guards = [draw(_safeguards(f"s{index}")) for index in range(draw(st.integers(0, 7 - len(levels))) % 3)]
    parts = [*criteria, *guards]
    asked = questionnaire(
        criteria,
        guards,
        draw(_recommendations(parts)) if recommended else (),
        passes=[draw(st.sampled_from(_PASSES)) for _ in range(4)],
        lenses={"area": {"label": "Area", "values": {"brand": "Brand", "product": "Product"}}},
    )
    given = {part["id"]: draw(_answers(part)) for part in parts}
    return Case(asked, sheet(**{name: answer for name, answer in given.items() if answer is not None}))


def values_of(asked: Questionnaire, question: Question) -> list[str]:
    return [choice.value for choice in asked.choices_of(question)]
