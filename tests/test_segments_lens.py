"""What many buyers say through a lens: their answers to the criteria that carry a value, by weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.level import LEVELS
from cvp.segments import SCALE, Answered, Counts
from cvp.segments.judging import through_lens
from questionnaires import assess, criterion, questionnaire, sheet

LENSES = {"area": {"label": "Area", "values": {"brand": "Brand", "product": "Product", "none": "None"}}}
CARRIERS = {"a": ("brand", 1), "b": ("brand", 3), "c": ("product", 1), "d": ("product", 2)}
ASKED = questionnaire(
    [
        criterion(name, level, lenses={"area": value}, weight=weight)
        for level, (name, (value, weight)) in zip(LEVELS, CARRIERS.items(), strict=True)
    ],
    lenses=LENSES,
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(CARRIERS, st.sampled_from("012"))), min_size=1, max_size=9))
def test_where_all_answer_it_is_the_mean_of_each_ones_lens(answered: list[dict[str, str]]) -> None:
    made = [assess(ASKED, sheet(**{name: f"c{choice}" for name, choice in one.items()})) for one in answered]
    totals = {name: Answered(len(answered), sum(int(one[name]) * SCALE // 2 for one in answered)) for name in CARRIERS}
    for at, value in enumerate(("brand", "product")):
        scores = [one.lenses[0].values[at].score or 0 for one in made]
        mean, n = through_lens(ASKED, Counts(answers=totals), "area", value)
        assert mean == pytest.approx(sum(scores) / len(scores))
        assert n == len(answered)


def test_a_value_that_nobody_speaks_of_has_no_mean() -> None:
    assert through_lens(ASKED, Counts(), "area", "brand") == (None, 0)
    assert through_lens(ASKED, Counts(), "area", "none") == (None, 0)


def test_what_some_leave_open_weighs_as_often_as_it_is_answered() -> None:
    counts = Counts(answers={"a": Answered(4, 4 * SCALE), "b": Answered(1, 0)})
    assert through_lens(ASKED, counts, "area", "brand") == (4 / 7, 4)
