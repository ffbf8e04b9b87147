"""What a report says of the path: in one sentence, what is proved, what is safe, and what could take a move's place."""

import pytest

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.path import Constraints
from cvp.questionnaire import Questionnaire
from cvp.reports import Look, terminal
from cvp.reports.sentences import on_path
from cvp.scoring import score
from questionnaires import DAY, criterion, one_for_each_level, questionnaire, recommendation, sheet

LOW = sheet(a="c2", b="c2", c="c0", d="c0")
MOVES = [
    recommendation("talk", {"c": 1}, 20, after=["listen"]),
    recommendation("listen", {"c": 0.5}, 1),
    recommendation("host", {"d": 1}, 30),
    recommendation("invite", {"d": 1}, 30),
]

BOTH = "Level 3 takes 21 days in 2 moves and Level 4 takes 51 days in 3 moves."


def assess(budget: int | None = None, *excluded: str, answers: AnswerSheet = LOW) -> Assessment:
    return told(one_for_each_level(recommendations=MOVES), answers, Constraints(budget, frozenset(excluded)))


def told(asked: Questionnaire, answers: AnswerSheet, constraints: Constraints) -> Assessment:
    return score(asked, [answers], company="Acme", date=DAY, constraints=constraints)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (assess(), "51 working days in 3 moves to Level 4; 21 days in 2 moves to Level 3."),
        (assess(50), "Within 50 working days: 21 days in 2 moves to Level 3. Level 4 takes 51 days in 3 moves."),
        (
            assess(20),
            "Within 20 working days: 1 day in 1 move for 71% of the points that Level 3 still lacks. " + BOTH,
        ),
        (
            assess(0),
            "Within 0 working days: no move leads further; " + BOTH,
        ),
        (
            assess(None, "host", "invite"),
            "Without “label of host” and “label of invite”: 21 working days in 2 moves to Level 3, no further.",
        ),
        (assess(None, "listen"), "Without “label of listen”: no recommendation leads further from here."),
        (assess(answers=sheet(a="c0", b="c0")), "No recommendation leads further from here."),
        (assess(answers=sheet(a="c2", b="c2", c="c2", d="c2")), "Nothing to add."),
    ],
)
def test_the_path_in_a_sentence_that_a_client_can_repeat(found: Assessment, said: str) -> None:
    assert " ".join(on_path.summary(found)) == said


def test_a_level_1_that_is_not_secured_is_secured_first() -> None:
    asked = one_for_each_level(recommendations=[recommendation("lift", {"a": 1})])
    found = told(asked, sheet(a="c0", b="c0"), Constraints())
    assert on_path.summary(found)[0] == "1 working day in 1 move to secure Level 1, no further."


def test_a_budget_that_secures_level_1_or_comes_nearer_to_that() -> None:
    criteria = [criterion("a", 1), criterion("a2", 1), criterion("b", 2)]
    moves = [recommendation("one", {"a": 1}), recommendation("other", {"a2": 1}), recommendation("next", {"b": 0.5})]
    asked, answers = questionnaire(criteria, recommendations=moves), sheet(a="c0", a2="c0", b="c0")
    said = [on_path.summary(told(asked, answers, Constraints(budget)))[0] for budget in (1, 2, 3)]
    assert said == [
        "Within 1 working day: 1 day in 1 move for 71% of the points that Level 1 still lacks.",
        "Within 2 working days: 2 days in 2 moves to secure Level 1, no further.",
        (
            "Within 3 working days: 3 days in 3 moves to secure Level 1; "
            "that also brings 71% of the points that Level 2 still lacks."
        ),
    ]


def test_a_budget_that_mends_a_part_of_what_is_missing() -> None:
    criteria = [criterion("a", 1), criterion("b", 2, must=1), criterion("b2", 2, must=1), criterion("b3", 2, weight=9)]
    moves = [recommendation("one", {"b": 1}, 2), recommendation("other", {"b2": 1}, 3)]
    asked = questionnaire(criteria, recommendations=moves)
    found = told(asked, sheet(a="c2", b="c1", b2="c1", b3="c2"), Constraints(2))
    assert on_path.summary(found)[0].endswith("2 days in 1 move for a part of what Level 2 cannot do without.")


def test_a_level_that_holds_only_as_answered_is_not_promised() -> None:
    criteria = [criterion("a", 1), criterion("b", 2), criterion("b2", 2)]
    moves = [recommendation("known", {"b": 1}), recommendation("unknown", {"b2": 1}, 9)]
    asked = questionnaire(criteria, recommendations=moves)
    found = told(asked, sheet(a="c2", b="c0", b2="?"), Constraints(1))
    assert (found.path.reached, found.path.towards, found.path.projected_level) == (1, 2, 2)
    said = " ".join(on_path.summary(found))
    assert said.startswith("Within 1 working day: 1 day in 1 move for 71% of the points that Level 2 still lacks.")
    assert "As answered that makes Level 2, unless what is open turns out low." in said
    assert said.endswith("Not sure yet: what is open besides (“about b2”) could still put it between 1 and 2.")


def test_a_way_that_leads_on_at_no_more_effort_is_told_once() -> None:
    asked = one_for_each_level(recommendations=[recommendation("lift", {"c": 1}, 3)])
    found = told(asked, sheet(a="c2", b="c2", c="c0", d="c2"), Constraints())
    assert [(way.target, way.reached, way.projected_level) for way in found.ways] == [(3, 3, 4), (4, 4, 4)]
    assert on_path.summary(found) == ["3 working days in 1 move to Level 4."]


def test_what_is_proved() -> None:
    proved = assess().path
    assert on_path.proof(proved) == "Proved: no set of moves leads as far in fewer days."
    further = assess(None, "host", "invite").path
    assert on_path.proof(further).endswith("as far in fewer days, and none leads further.")
    assert on_path.proof(assess(50).path) == "Proved: nothing that fits into 50 working days leads to a higher level."
    unproved = proved.model_copy(update={"exact": False, "bound": 40})
    assert on_path.proof(unproved).endswith("a cheaper one may exist, but none under 40 days.")
    assert "may lead further" in on_path.proof(proved.model_copy(update={"exact": False}))


def test_which_moves_are_safe_bets() -> None:
    path = assess().path
    assert on_path.safe_bets(path).startswith("All moves are safe bets: they stay in")
    some = path.model_copy(update={"safe_bets": ("listen", "host")})
    assert on_path.safe_bets(some).startswith("Moves 1, 3 are safe bets")
    one = path.model_copy(update={"safe_bets": ("host",)})
    assert on_path.safe_bets(one).startswith("Move 3 is a safe bet: it stays in")
    none = path.model_copy(update={"safe_bets": ()})
    assert on_path.safe_bets(none).startswith("No move is a safe bet: none stays in")
    assert on_path.safe_bets(none.model_copy(update={"budget": 60})) == ""


def test_what_could_take_a_moves_place() -> None:
    said = ["In place of “label of host”, at no more effort: “label of invite”."]
    assert on_path.alternatives(assess().path) == said


def test_what_is_done_by_when() -> None:
    assert (
        on_path.roadmap(assess().path) == "One after the other: moves 1 and 2 by calendar day 30, 3 by calendar day 90."
    )
    assert on_path.roadmap(assess(0).path) == ""


def test_labels_are_shown_literally_on_the_terminal() -> None:
    moves = [{**recommendation("a_", {"a": 1}, 2), "label": "Do [red]it[/]"}, recommendation("b_", {"a": 1}, 2)]
    asked = questionnaire([criterion("a", 1)], recommendations=moves)
    for excluded in ((), ("a_",)):
        found = told(asked, sheet(a="c0"), Constraints(None, frozenset(excluded)))
        assert "Do [red]it[/]" in terminal.render(found, Look(80))
