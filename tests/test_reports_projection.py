"""The ladder before and after the path: like with like, and nothing promised that the path does not show."""

from pathlib import Path

import pytest
from assessments import CASES, answered, zipcar

from cvp.assessment import Assessment
from cvp.catalogue import folder
from cvp.path import Constraints
from cvp.reports import Look, report
from cvp.reports.projection import projections
from cvp.reports.sentences import on_path, on_projection
from cvp.scoring import score
from questionnaires import DAY, assess, criterion, one_for_each_level, questionnaire, recommendation, safeguard, sheet

PROSE = ("terminal", "markdown", "html")


def paid_fans() -> Assessment:
    return answered(folder() / "cases" / "invented_paid_fans.yaml")[2]


def told(assessment: Assessment, name: str) -> str:
    made = report(name).render(assessment, Look(120))
    assert isinstance(made, str)
    return " ".join(made.split())


def capped(**given: str) -> Assessment:
    """Level 2 is capped by one safeguard and Level 3 by another; a move mends each."""
    moves = [recommendation("end", {"paid": 1}), recommendation("stop", {"gifts": 1})]
    asked = one_for_each_level(safeguard("paid", 2), safeguard("gifts", 3), recommendations=moves)
    return assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", **given))


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_no_path_makes_a_level_s_score_worse(case: Path) -> None:
    for one in projections(answered(case)[2]):
        assert one.before is None or (one.after is not None and one.after >= one.before)


def test_an_open_question_that_the_path_lifts_counts_before_and_after_it() -> None:
    criteria = [criterion("a", 1), criterion("b", 2, 0, 0.75, 1, weight=4), criterion("must", 2, must=0.5)]
    asked = questionnaire(criteria, recommendations=[recommendation("find", {"must": 0.5})])
    found = assess(asked, sheet(a="c2", b="c1", must="?"))
    assert found.levels[1].score == 0.75
    second = projections(found)[1]
    assert second.before == pytest.approx(3 / 5)
    assert second.after == pytest.approx(3.5 / 5)
    said = (
        "In a level that does not hold, what is open counts at the lowest choice, today and, unless a move lifts it, "
        "after the path: “about must” in Level 2, by answers alone 0.75 today."
    )
    assert on_projection.notes(found) == [said]


def test_what_is_open_in_a_level_that_holds_is_said_to_be_left_out() -> None:
    said = "Level 1 holds, so what is open in it stays out of its score until it is answered"
    for name in PROSE:
        assert f"{said}, even where the path lifts it: “Faults mended”." in told(zipcar(), name)


def test_the_level_after_the_path_stands_beside_its_bounds() -> None:
    path = zipcar().path
    said = f"By the bounds it is then between {path.projected_low} and {path.projected_high}"
    assert path.projected_low < path.projected_high == path.projected_level
    for name in PROSE:
        assert said in told(zipcar(), name)
    assert "By the bounds" not in on_projection.levels(paid_fans())


def test_a_cap_that_is_lifted_leaves_answers_to_be_measured_again() -> None:
    """Beside the number on the first page, and beside the scores after the path."""
    said = "That does not yet show Level 4: the answers to Levels 3 and 4 were given while "
    for name in PROSE:
        shown = told(paid_fans(), name)
        assert shown.count(f"{said}“Paid recommending” and “Gifts for reviews” fell short.") >= 2
        assert "Level 2 (“Paid recommending”) and Level 3 (“Gifts for reviews”). Cap after the path: none." in shown


def test_only_the_levels_above_a_lifted_cap_are_measured_again() -> None:
    found = capped(paid="c2", gifts="c0")
    assert "the answers to Level 4 were given while “about gifts” fell short" in on_path.summary(found)[-1]
    respected = capped(paid="c2", gifts="c2")
    assert on_projection.measured_again(respected, respected.path) == []


def test_a_cap_that_stays_is_named_and_what_it_caps_is_not_promised() -> None:
    asked = one_for_each_level(
        safeguard("paid", 2), safeguard("gifts", 3), recommendations=[recommendation("end", {"paid": 1})]
    )
    answers = sheet(a="c2", b="c2", c="c2", d="c2", paid="c0", gifts="c0")
    found = score(asked, [answers], company="Acme", date=DAY, constraints=Constraints())
    caps, again = on_projection.notes(found)
    assert caps.endswith("Cap after the path: Level 3 (“about gifts”).")
    assert again.startswith("That does not yet show Level 3: the answers to Level 3 were given while “about paid”")


def test_before_and_after_count_as_the_ladder_and_the_path_do() -> None:
    """All that is open in a gate that does not hold is at its lowest, lifted or not, and is counted once."""
    criteria = [criterion("a", 1), criterion("b", 2, weight=4), criterion("lifted", 2), criterion("left", 2)]
    moves = [recommendation("do", {"b": 1}), recommendation("find", {"lifted": 1}, 2)]
    found = assess(questionnaire(criteria, recommendations=moves), sheet(a="c2", b="c1", lifted="?"))
    second = projections(found)[1]
    assert second.before == pytest.approx(found.levels[1].low)
    assert second.after == pytest.approx(5 / 6)
    assert second.supposed == ("about lifted", "about left")
    assert found.path.supposed == len(second.supposed)
    assert "“about lifted” and “about left” in Level 2, by answers alone 0.50 today" in " ".join(
        on_projection.notes(found)
    )


def test_a_way_that_a_budget_does_not_pay_for_keeps_its_condition() -> None:
    moves = [recommendation("end", {"paid": 1}, 5)]
    asked = one_for_each_level(safeguard("paid", 2), recommendations=moves)
    given = [sheet(a="c2", b="c2", c="c2", d="c2", paid="c0")]
    found = score(asked, given, company="Acme", date=DAY, constraints=Constraints(budget=3))
    assert not found.path.steps
    for name in PROSE:
        shown = told(found, name)
        assert "Level 4 takes 5 days in 1 move" in shown
        assert "That does not yet show Level 4: the answers to Levels 3 and 4 were given while" in shown
