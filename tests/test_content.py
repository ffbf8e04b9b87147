"""What the shipped questionnaires promise: their make-up, and that every question can be lifted."""

from collections.abc import Sequence

import pytest

from cvp.catalogue import shipped
from cvp.gates import evaluate, scale_of
from cvp.loading import load_questionnaire
from cvp.path.order import way_to
from cvp.questionnaire import Background, Criterion, Option, Questionnaire, Safeguard

MECHANISMS = ["affiliation", "reputation", "say", "status"]


def test_level4_has_eight_criteria_a_level_and_four_a_mechanism() -> None:
    questionnaire = load_questionnaire("level4")
    levels = [criterion.level for criterion in questionnaire.criteria]
    assert [levels.count(level) for level in (1, 2, 3, 4)] == [8, 8, 8, 16]
    mechanisms = sorted(c.lenses["mechanism"] for c in questionnaire.criteria if c.level == 4)
    assert mechanisms == sorted(MECHANISMS * 4)
    assert len(questionnaire.safeguards) == 6
    assert len(questionnaire.recommendations) >= 24


def test_quick_is_a_part_of_level4_that_repeats_no_text() -> None:
    quick, level4 = load_questionnaire("quick"), load_questionnaire("level4")
    assert (len(quick.criteria), len(quick.safeguards)) == (12, 3)
    for key, question in quick.questions.items():
        assert question == level4.questions[key]
    file = shipped()["quick"].read_text(encoding="utf-8")
    assert not any(str(question.label) in file for question in quick.questions.values())


def test_buyers_mirrors_level4_in_four_items_a_level() -> None:
    buyers, level4 = load_questionnaire("buyers"), load_questionnaire("level4")
    assert [sum(c.level == level for c in buyers.criteria) for level in (1, 2, 3, 4)] == [4, 4, 4, 4]
    assert sorted(c.lenses["mechanism"] for c in buyers.criteria if c.level == 4) == MECHANISMS
    assert len(buyers.safeguards) == 2
    for question in buyers.questions.values():
        assert question.mirrors, question.id
        for mirrored in question.mirrors:
            other = level4.questions[mirrored]
            assert getattr(other, "level", None) == getattr(question, "level", None), question.id
            if "mechanism" in question.lenses:
                assert other.lenses["mechanism"] == question.lenses["mechanism"], question.id


def test_a_buyer_reads_all_of_buyers_in_four_minutes() -> None:
    """At 230 words a minute, the mean of Brysbaert (2019) for silent reading of plain texts is 238."""
    buyers = load_questionnaire("buyers")
    asked = [*buyers.questions.values(), *buyers.about]
    texts = [
        buyers.say(text)
        for question in asked
        for text in (question.label, question.hint, *(choice.label for choice in _choices(buyers, question)))
    ]
    assert sum(len(text.split()) for text in texts) <= 4 * 230


def _choices(buyers: Questionnaire, question: Criterion | Safeguard | Background) -> Sequence[Option]:
    return question.choices if isinstance(question, Background) else buyers.choices_of(question)


@pytest.mark.parametrize("name", shipped())
def test_every_question_asks_in_full(name: str) -> None:
    questionnaire = load_questionnaire(name)
    for question in questionnaire.questions.values():
        assert question.hint, question.id
        assert question.guidance, question.id
        assert len(questionnaire.short(question)) <= 28, question.id
        if question in questionnaire.criteria:
            of_all = question.choices == "share_of_communities"  # asked of every community at once
            assert of_all or questionnaire.lenses.keys() - {"mechanism"} <= question.lenses.keys(), question.id
            assert 4 <= len(questionnaire.choices_of(question)) <= 5, question.id


@pytest.mark.parametrize("name", shipped())
def test_every_question_can_be_lifted_and_level_4_be_reached_from_nothing(name: str) -> None:
    questionnaire = load_questionnaire(name)
    lifted = {question for r in questionnaire.recommendations for question in r.lifts}
    assert lifted == questionnaire.questions.keys()
    scale = scale_of(questionnaire)
    lowest = evaluate(scale, {item.id: item.lowest for item in scale.items.values()})
    assert lowest.standing.level == 1
    assert way_to(questionnaire, lowest, 4)[1].level == 4


def test_whoever_uses_bill_lees_ladder_names_him() -> None:
    for name in shipped():
        questionnaire = load_questionnaire(name)
        assert "Bill Lee" in str(questionnaire.sources["lee"])
