"""CVP3xx: faults of measurement, each one finding where it stands; the exact ones against every way to answer."""

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oracle import decimal, gate_holds, level_of, scores_of
from texts import Found, coded, edited, place_in

from cvp.document import Document
from cvp.questionnaire import Criterion, Questionnaire
from cvp.reading import parse_document
from cvp.rules import RULES, Rule, check
from cvp.rules.measurement.sums import Sums
from cvp.rules.subject import Subject, questionnaire_subject, selection_subject
from questionnaires import Part, criterion, questionnaire, recommendation, safeguard

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "cvp/rules/examples"
GOOD = (EXAMPLES / "example.yaml").read_text()
MEASUREMENT = tuple(rule for rule in RULES if rule.family == "3")
LEVELS = (1, 2, 3, 4)

PLACES = {
    "CVP301": "3: {name: Emotional",
    "CVP302": "0}\n  2: {name: Gets",
    "CVP303": "0.1, source",
    "CVP304": "0.7\n    source",
    "CVP305": "0, source: lee}\n  - {id: result",
    "CVP306": "0.4}\n    - {value: most",
    "CVP307": "0.7}\n    - {value: most",
    "CVP308": "0.1}",
    "CVP309": "9, source",
    "CVP310": "3: {name: Emotional",
    "CVP311": "3, source",
    "CVP312": "4\n    source",
    "CVP313": "0.5\n    cap",
    "CVP314": "3: {name: Emotional",
    "CVP315": "say, level",
    "CVP316": "{praise: 0}",
    "CVP317": "1}\n    effort: M\n    first_step: On Monday, call",
    "CVP318": "TBD",
}


def test_every_rule_has_its_place_here() -> None:
    assert list(PLACES) == [rule.code for rule in MEASUREMENT]


@pytest.mark.parametrize("code", PLACES)
def test_the_example_of_a_rule_is_one_finding_where_it_stands(code: str) -> None:
    text = (EXAMPLES / f"{code}.yaml").read_text()
    assert found_in(text, RULES) == [(code, *place_in(text, PLACES[code]))]


def found_in(text: str, rules: Sequence[Rule] = MEASUREMENT) -> Found:
    return coded(tuple(check(read(text), rules)))


def read(text: str) -> Subject:
    return questionnaire_subject(parse_document("file.yaml", text.encode()))


@pytest.mark.parametrize("name", ["questionnaires/level4.yaml", "cvp/starter.yaml", "cvp/rules/examples/example.yaml"])
def test_what_ships_measures_well(name: str) -> None:
    assert found_in((ROOT / name).read_text()) == []


def test_a_selection_is_not_measured() -> None:
    document = parse_document("quick.yaml", (ROOT / "questionnaires/quick.yaml").read_bytes())
    whole = read((ROOT / "questionnaires/level4.yaml").read_text()).questionnaire
    subject = selection_subject(document, lambda _: whole)
    assert subject.questionnaire
    assert check(subject, MEASUREMENT) == []


GAIN = "What stands in their way is removed."
UNPAID = "lifts: {paid: 1}"
STAGE = "{known: 1, peers: 1, say: 1}"
LISTEN = "{job: 1, result: 1, extras: 1}"
IN_PLACE = "choices: [{value: no, label: x, score: 0}, {value: yes, label: y, score: 0.6}]"
NEVER = "choices: [{value: no, label: x, score: 0}]"
ALWAYS = "choices: [{value: yes, label: x, score: 1}]"
SAME = "choices: [{value: no, label: x, score: 1}, {value: yes, label: y, score: 1}]"
JOB = "choices: share, must: 0.4"

SHAPES = [
    # Other shapes of the faults in the examples: code, and where it stands in the new text.
    ("id: known\n    level: 4", "id: known\n    level: 3", [("CVP310", "4: {name: Builds")]),
    (JOB, "choices: share, must: 0", [("CVP305", "0, source: lee}\n  - {id: result")]),
    (JOB, f"{NEVER}, must: 1", [("CVP301", "2: {name: Gets"), ("CVP304", "1, source"), ("CVP317", "1, result")]),
    (JOB, NEVER, [("CVP301", "2: {name: Gets"), ("CVP317", "1, result")]),
    ("Fees count., choices: share", f"Fees count., {ALWAYS}", [("CVP303", "price, level")]),
    ("Fees count., choices: share", f"Fees count., {SAME}", [("CVP307", "1}], source")]),
    ("below: 0.5", "below: 0", [("CVP312", "0\n    cap")]),
    ("money, label: Money, score: 0", "money, label: Money, score: 0.6", [("CVP306", "0.3}"), ("CVP308", "0.3}")]),
    (
        "that we know of, score: 0}",
        "that we know of, score: 0.5}",
        [("CVP306", "0.4}"), ("CVP308", "0.4}"), ("CVP305", "0.4, source")],
    ),
    # The threshold that no recommendation reaches.
    (UNPAID, "lifts: {paid: 0.3}", [("CVP314", "0.5\n    cap")]),
    (LISTEN, "{job: 0.4, result: 1, extras: 1}", []),
    (STAGE, "{known: 1, peers: 1, say: 0.7}", []),
    (STAGE, "{known: 1, peers: 1}", [("CVP314", "4: {name: Builds")]),
    # One idle lift among others; a misspelt one is told by another rule.
    (UNPAID, "lifts: {paid: 1, price: 0}", [("CVP316", "0}\n    effort: S\n    first_step: On Monday, end")]),
    (STAGE, "{known: 1, peers: 1, sya: 1}", []),
    # Gains.
    (GAIN, "'— '", [("CVP318", "'— '")]),
    (GAIN, "n/a", [("CVP318", "n/a")]),
    (GAIN, "{en: (None.), de: Nichts steht im Weg}", [("CVP318", "(None.)")]),
    (GAIN, "Nothing stands in their way.", []),
    # A weight may be half of all, not more.
    ("fresh_for: 18,", "fresh_for: 18, weight: 2,", []),
    ("fresh_for: 18,", "fresh_for: 18, weight: 2.01,", [("CVP311", "2.01")]),
    # What is faulty otherwise is not reckoned with.
    ("fresh_for: 18,", "fresh_for: 18, weight: -9,", []),
    ("id: praise, level: 3", "id: praise, level: 5", []),
    ("{name: Emotional bond, pass: 0.7}", "{name: Emotional bond, pass: 7}", []),
    ("that we know of, score: 0}", "that we know of, score: -1}", []),
    ("that we know of, score: 0}", "that we know of, skore: 0}", []),
    ("  share:\n", "  shared:\n", []),
    ("id: praise, level: 3", "id: stay, level: 2", []),
    (f"lifts: {STAGE}\n    effort: L", f"lifts: {STAGE}\n    effort: XXL", []),
    (f"lifts: {STAGE}", "lift: {known: 1}", []),
    ("id: stage", "id: {en: stage}", []),
    (f"lifts: {STAGE}", "lifts: {known: 1, peers: 1, say: 2}", []),
    ("  - {id: miss, level: 3", "  - {id: nobody, level: 3", [("CVP314", "3: {name: Emotional")]),
]


@pytest.mark.parametrize(("old", "new", "wanted"), SHAPES, ids=[f"{new[:50]}" for _, new, _ in SHAPES])
def test_a_fault_is_told_where_it_stands_and_nothing_else_is(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    bad = edited(GOOD, old, new)
    assert found_in(bad) == [(code, *place_in(bad, at)) for code, at in wanted]


def test_a_list_turned_round_is_one_fault() -> None:
    lines = GOOD[GOOD.index("    - {value: none,") : GOOD.index("levels:")].splitlines(keepends=True)
    bad = edited(GOOD, "".join(lines), "".join(reversed(lines)))
    assert found_in(bad) == [("CVP306", *place_in(bad, "0.7}\n    - {value: few"))]


def test_a_questionnaire_without_recommendations_is_told_once() -> None:
    bad = GOOD[: GOOD.index("recommendations:")]
    assert found_in(bad) == [("CVP314", *place_in(bad, "example\n"))]
    assert found_in(f"{bad}recommendations: []\n") == [("CVP314", *place_in(f"{bad}recommendations: []", "[]"))]


def test_a_list_too_short_for_a_must_is_told_at_the_must() -> None:
    bad = edited(edited(GOOD, JOB, f"{IN_PLACE}, must: 0.8"), LISTEN, "{job: 0.6, result: 1, extras: 1}")
    assert found_in(bad) == [("CVP304", *place_in(bad, "0.8"))]


def test_a_list_without_a_highest_choice_is_told_at_it() -> None:
    bad = edited(edited(GOOD, JOB, IN_PLACE), LISTEN, "{job: 0.6, result: 1, extras: 1}")
    assert found_in(bad) == [("CVP308", *place_in(bad, "0.6}]"))]


# The exact rules, against every way to answer.

SCORES = (0, 0.1, 0.3, 0.35, 0.5, 0.7, 1)
WEIGHTS = (1, 1, 1, 0.1, 0.3, 2, 5)
some_scores = st.lists(st.sampled_from(SCORES), min_size=1, max_size=3, unique=True).map(sorted)


@st.composite
def small_questionnaires(draw: st.DrawFn) -> Questionnaire:
    """At most four criteria a level, and recommendations for some of them."""
    parts: list[Part] = []
    for level in [*draw(st.lists(st.integers(1, 2), min_size=1, max_size=8)), 3, 4]:
        if sum(part["level"] == level for part in parts) < 4:
            more = {"must": draw(st.sampled_from(SCORES))} if draw(st.integers(0, 4)) == 0 else {}
            scores = draw(some_scores | st.just([0, 0.5, 1]) | st.just([0, 1]))
            part = criterion(f"c{len(parts)}", level, *scores, weight=draw(st.sampled_from(WEIGHTS)), **more)
            parts.append(part)
    guards = []
    if draw(st.booleans()):
        guards.append(
            safeguard("guard", draw(st.integers(1, 4)), *draw(some_scores), below=draw(st.sampled_from(SCORES)))
        )
    lifted = [part["id"] for part in (*parts, *guards) if draw(st.integers(0, 5))]
    moves = [recommendation("all", {key: draw(st.sampled_from((1, 1, *SCORES))) for key in lifted or ["c0"]})]
    if draw(st.booleans()):
        moves.append(recommendation("more", {draw(st.sampled_from(parts))["id"]: draw(st.sampled_from(SCORES))}))
    passes = [draw(st.sampled_from((0, 0.3, 0.5, 0.7, 0.75, 1))) for _ in LEVELS]
    return questionnaire(parts, guards, moves, passes)


def subject_made(asked: Questionnaire) -> Subject:
    return Subject(Document("small.yaml", "", asked.model_dump(by_alias=True)), "questionnaire", questionnaire=asked)


def told(asked: Questionnaire) -> dict[str, list[Any]]:
    """The routes that each rule names; of criteria their ids."""
    subject = subject_made(asked)
    ids = {route: key for key, route in subject.routes.items()}
    return {
        rule.code: [ids.get(fault.route[:2], fault.route[:2]) for fault in rule.faults(subject)] for rule in MEASUREMENT
    }


def criteria_of(asked: Questionnaire, level: int) -> list[Criterion]:
    return [c for c in asked.criteria if c.level == level]


def answers_to(asked: Questionnaire, criteria: list[Criterion]) -> Iterator[dict[str, Fraction]]:
    for scores in product(*(scores_of(asked, c) for c in criteria)):
        yield {c.id: score for c, score in zip(criteria, scores, strict=True)}


def outcomes(asked: Questionnaire, level: int) -> list[bool]:
    return [gate_holds(asked, level, said) for said in answers_to(asked, criteria_of(asked, level))]


def counts(asked: Questionnaire, one: Criterion) -> bool:
    """Whether some answers of the others leave the gate to this criterion."""
    others = [c for c in criteria_of(asked, one.level) if c is not one]
    return any(
        len({gate_holds(asked, one.level, {**said, one.id: score}) for score in scores_of(asked, one)}) == 2
        for said in answers_to(asked, others)
    )


@given(small_questionnaires())
def test_a_level_is_told_to_be_out_of_reach_when_no_answers_reach_it(asked: Questionnaire) -> None:
    found = told(asked)
    for level in LEVELS:
        musts = [c.id in found["CVP304"] for c in criteria_of(asked, level)]
        assert (("levels", str(level)) in found["CVP301"] or any(musts)) == (not any(outcomes(asked, level)))


@given(small_questionnaires())
def test_a_gate_is_told_not_to_fail_when_all_answers_pass_it(asked: Questionnaire) -> None:
    wanted = [("levels", str(level)) for level in LEVELS if criteria_of(asked, level) and all(outcomes(asked, level))]
    assert told(asked)["CVP302"] == wanted


@given(small_questionnaires())
@example(questionnaire([criterion("c0", 1), criterion("c1", 1), criterion("c2", 1, weight=0.1)], passes=[0.8] * 4))
def test_a_criterion_is_told_to_be_idle_when_no_answer_to_it_ever_counts(asked: Questionnaire) -> None:
    wanted = []
    for level in LEVELS:
        counting = [c for c in criteria_of(asked, level) if counts(asked, c)]
        if len(counting) > 1:  # with one alone, that one is told; with none, the gate
            wanted += [c.id for c in criteria_of(asked, level) if c not in counting]
    assert told(asked)["CVP303"] == wanted


@given(small_questionnaires())
@example(questionnaire([criterion("c0", 1, 0, 0.5, 1, weight=5), criterion("c1", 1), criterion("c2", 1)]))
def test_a_criterion_is_told_to_decide_when_its_ends_do_whatever_the_others_say(asked: Questionnaire) -> None:
    assert told(asked)["CVP309"] == [c.id for level in LEVELS for c in criteria_of(asked, level) if decides(asked, c)]


def decides(asked: Questionnaire, one: Criterion) -> bool:
    others = [c for c in criteria_of(asked, one.level) if c is not one]
    if not others:
        return False
    lowest, highest = min(scores_of(asked, one)), max(scores_of(asked, one))
    opens = all(gate_holds(asked, one.level, {**said, one.id: highest}) for said in answers_to(asked, others))
    shuts = not any(gate_holds(asked, one.level, {**said, one.id: lowest}) for said in answers_to(asked, others))
    if shuts and one.must is not None and lowest < decimal(one.must):
        free = asked.model_dump(by_alias=True)
        free["criteria"] = tuple({**c, "must": None} if c["id"] == one.id else c for c in free["criteria"])
        free_asked = Questionnaire.model_validate(free)
        by_score = not any(gate_holds(free_asked, one.level, {**s, one.id: lowest}) for s in answers_to(asked, others))
        return opens and (by_score or not any(counts(asked, c) for c in others))
    return opens and shuts


@given(small_questionnaires())
def test_a_path_is_told_not_to_exist_when_all_recommendations_together_lead_nowhere(asked: Questionnaire) -> None:
    found = told(asked)
    reached = {question.id: min(scores_of(asked, question)) for question in asked.questions.values()}
    for move in asked.recommendations:
        for key, score in move.lifts.items():
            scores = scores_of(asked, asked.questions[key])
            after = min((s for s in scores if s >= decimal(score)), default=max(scores))
            reached[key] = max(reached[key], after)
    # A gate that nobody passes, and a safeguard that caps everybody, are told by other rules.
    closed = any(found[code] for code in ("CVP301", "CVP304", "CVP314")) or bool(found["CVP313"])
    holds = gate_holds(asked, 1, reached) and level_of(asked, reached) == 4
    assert closed == (not holds)


@given(small_questionnaires())
def test_an_unlifted_criterion_is_told_by_one_rule(asked: Questionnaire) -> None:
    found = told(asked)
    lifted = {key for move in asked.recommendations for key in move.lifts}
    assert not {*found["CVP315"]} & ({*found["CVP314"]} | lifted)


@given(small_questionnaires())
def test_weights_and_numbers_of_criteria_are_counted(asked: Questionnaire) -> None:
    found = told(asked)
    for level in LEVELS:
        criteria = criteria_of(asked, level)
        total = sum(decimal(c.weight) for c in criteria)
        heavy = [c.id for c in criteria if decimal(c.weight) * 2 > total and len(criteria) > 1]
        assert [c.id for c in criteria if c.id in (*found["CVP309"], *found["CVP311"])] == sorted(
            {*heavy, *(c.id for c in criteria if c.id in found["CVP309"])}
        )
        assert (("levels", str(level)) in found["CVP310"]) == (0 < len(criteria) < 3)
    assert not {*found["CVP309"]} & {*found["CVP311"]}


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True).map(sorted), min_size=1, max_size=6),
    st.integers(0, 200),
    st.integers(0, 15),
    st.data(),
)
def test_sums_are_those_of_all_but_one(lists: list[list[int]], first: int, width: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(lists) - 1))
    others = [summand for position, summand in enumerate(lists) if position != index]
    wanted = any(first <= sum(chosen) < first + width for chosen in product(*others))
    sums = Sums([tuple(summand) for summand in lists])
    assert sums.reach_between(tuple(lists[index]), first, first + width) == wanted


def test_sums_that_nobody_can_list_are_left_alone_soon() -> None:
    weights = [round(1 + 0.0137 * number**2 + number**5 / 1e9, 9) for number in range(60)]
    parts = [criterion(f"c{index}", 1, 0, weight=weight) for index, weight in enumerate(weights)]
    for part in parts:
        part["choices"] = criterion("x", 1, 0, 0.3141592653589793, 0.5772156649015329, 1)["choices"]
    parts += [criterion(f"d{index}", 1, 0, 1, weight=1e-12 * index) for index in range(1, 200)]
    parts += [criterion("b", 2), criterion("c", 3), criterion("d", 4)]
    asked = questionnaire(parts, passes=[0.7182818284590452, 0.7, 0.7, 0.7])
    start = time.perf_counter()
    told(asked)
    assert time.perf_counter() - start < 2


def test_a_thousand_criteria_are_soon_measured() -> None:
    parts = [criterion(f"c{index}", index % 4 + 1, weight=1 + index / 7919) for index in range(1000)]
    asked = questionnaire(parts)
    start = time.perf_counter()
    assert told(asked)["CVP303"] == []
    assert time.perf_counter() - start < 2
