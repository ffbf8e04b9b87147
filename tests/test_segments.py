"""Groups: small ones are merged, and nothing that is withheld can be reckoned from the rest."""

from dataclasses import replace
from statistics import mean, stdev

import pytest
from batch_picture import summary
from hypothesis import given
from hypothesis import strategies as st

from cvp.level import LEVELS
from cvp.reports import Look, report
from cvp.segments import SCALE, Counts, Flow, Group, Sums, added, segment_of, t_of, trend_of


def counts(n: int, level: int = 1) -> Counts:
    return Counts(levels={LEVELS[level - 1]: n})


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 20), max_size=8), st.integers(1, 8))
def test_no_group_is_small_and_no_row_is_lost(sizes: dict[str, int], least: int) -> None:
    segment = segment_of("x", {name: counts(n) for name, n in sizes.items()}, least)
    assert all(group.counts.n >= least for group in segment.groups)
    assert sum(group.counts.n for group in segment.groups) + segment.withheld == sum(sizes.values())
    # What is withheld is all there is: otherwise the total less the others would tell it.
    assert not segment.withheld or not segment.groups
    assert sorted(name for g in segment.groups for name in (g.merged or (g.name,))) == (
        sorted(sizes) if segment.groups else []
    )


def test_a_small_rest_takes_the_smallest_of_the_others_along() -> None:
    segment = segment_of("x", {"a": counts(20), "b": counts(9), "c": counts(2)}, 5)
    assert [(g.name, g.counts.n, g.merged) for g in segment.groups] == [
        ("a", 20, ()),
        ("other (2 groups)", 11, ("b", "c")),
    ]


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_means_and_their_intervals(scores: list[float]) -> None:
    sums = added([Counts(scores=(_sums(score), Sums(), Sums(), Sums())) for score in scores]).scores[0]
    assert sums.mean == pytest.approx(mean(scores), abs=1e-8)
    assert sums.half == pytest.approx(t_of(len(scores) - 1) * stdev(scores) / len(scores) ** 0.5, abs=1e-3)
    assert sums.interval
    assert 0 <= sums.interval.low <= sums.interval.high <= 1


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_the_interval_of_a_mean_is_shown_within_0_and_1(form: str) -> None:
    """Five rows of 1, 1, 0, 0 and 0: Student's interval is -0.28 to 1.08."""
    few = Counts(levels={2: 5}, scores=(Sums(5, 2 * SCALE, 2 * SCALE),) * 4)
    told = report(form).render(replace(summary(), total=Group("", few), segments=()), Look(80))
    assert isinstance(told, str)
    assert ("0.40 0.00–1.00" in told.replace("\u00a0", " "), "±" in told) == (True, False)


def _sums(score: float) -> Sums:
    return Sums(1, round(score * SCALE), round(score * score * SCALE))


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 12.7062), (3, 3.1824), (4, 2.7764), (5, 2.5706), (9, 2.2622), (30, 2.0423), (10**6, 1.96)]
)
def test_students_t(freedom: int, t: float) -> None:
    assert t_of(freedom) == pytest.approx(t, abs=0.01)


def test_long_trends_are_by_quarter_and_small_periods_are_not_shown() -> None:
    months = {f"{year}-{month:02}": counts(5) for year in (2024, 2025) for month in range(1, 13)}
    trend = trend_of("day", {**months, "2026-01": counts(2), "": counts(3)}, 5)
    assert [group.name for group in trend.groups][:5] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"]
    assert {group.counts.n for group in trend.groups} == {15}
    assert (trend.withheld, trend.undated) == (1, 3)


@given(st.lists(st.integers(1, 12), max_size=12), st.integers(0, 9), st.integers(1, 8))
def test_what_a_trend_does_not_show_is_not_told_by_the_total(sizes: list[int], undated: int, least: int) -> None:
    months = {f"2026-{month:02}": counts(n) for month, n in enumerate(sizes, 1)}
    trend = trend_of("day", {**months, "": counts(undated)}, least)
    assert all(group.counts.n >= least for group in trend.groups)
    missing = sum(sizes) + undated - sum(group.counts.n for group in trend.groups)
    assert not trend.groups or missing == 0 or missing >= least
    assert trend.withheld == len(sizes) - len(trend.groups)


def test_rows_that_vanish_are_seen() -> None:
    flow = Flow(3, 1, 1, {"a test": 1})
    assert flow.balances
    assert (flow + flow).balances
    assert not (flow + Flow(1)).balances
