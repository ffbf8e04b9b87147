"""A claim beside its measure: flagged only where chance is not enough, the same way in both directions."""

import pytest
from claims import DAY, claim, company, group, said, summary
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cvp.comparing.claim import ClaimComparison, Gap, Seen
from cvp.comparing.claiming import compare_claim, gap_of, seen_of
from cvp.comparing.measure import Mean, Measure
from cvp.proportions import Proportion, difference, wilson
from cvp.reports.sentences import on_claim
from cvp.scoring import score
from questionnaires import criterion, questionnaire, safeguard, sheet

SCORES = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
SIZES = st.integers(1, 2000)
SHARES = st.integers(1, 300).flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))
MIRRORED = {"blind spot": "hidden strength", "hidden strength": "blind spot"}


def measured(**more: object) -> Measure:
    return Measure.model_validate(summary((0, 40, 20, 0), **more), strict=False)


def compared(**more: object) -> ClaimComparison:
    return compare_claim(claim(), measured(**more))


def gap(own: float | None, mean: float | None, n: int) -> Gap:
    return gap_of("it", "It", own, Mean(n=n, mean=mean))


@given(SCORES, SCORES, SIZES)
def test_a_gap_is_flagged_exactly_where_its_interval_excludes_0(own: float, mean: float, n: int) -> None:
    found = gap(own, mean, n)
    assert found.low is not None
    assert found.high is not None
    assert found.difference is not None
    assert found.low <= found.difference + 1e-12
    assert found.difference <= found.high + 1e-12
    if found.flag == "cannot tell at this size":
        assert found.low <= 0 <= found.high
    else:
        assert (found.flag == "blind spot") == (found.low > 0)
        assert (found.flag == "hidden strength") == (found.high < 0)


@given(SCORES, SCORES, SIZES)
def test_blind_spots_and_hidden_strengths_are_mirror_images(own: float, mean: float, n: int) -> None:
    found, other = gap(own, mean, n), gap(1 - own, 1 - mean, n)
    assume(min(abs(found.low or 0), abs(found.high or 0)) > 1e-9)  # at the very edge floats decide
    assert other.flag == MIRRORED.get(found.flag, found.flag)
    assert other.low == pytest.approx(-(found.high or 0), abs=1e-9)


@given(SCORES, SCORES, SIZES)
@example(0.75, 0.858333, 58)
def test_an_interval_that_excludes_0_never_seems_to_touch_it(own: float, mean: float, n: int) -> None:
    found = gap(own, mean, n)
    shown = on_claim.gap(compared(), found).partition(", ")[2].split(" to ")
    ends = [float(end.replace("−", "-")) for end in shown]
    assert ends == pytest.approx([found.low, found.high], abs=0.005)
    if found.flag != "cannot tell at this size":
        assert min(ends) > 0 if found.flag == "blind spot" else max(ends) < 0


@given(st.integers(0, 1), SHARES)
def test_a_known_claim_is_the_limit_of_newcombe(own: int, buyers: Proportion) -> None:
    """A company asked a million million times would have an interval of no width."""
    many = 10**12
    limit = difference(Proportion(own * many, many), buyers)
    found = gap(own, buyers.share, buyers.total)
    assert found.low == pytest.approx(limit.low, abs=1e-6)
    assert found.high == pytest.approx(limit.high, abs=1e-6)


@given(st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1]), min_size=1, max_size=40))
def test_scores_scatter_no_more_than_yes_and_no(answers: list[float]) -> None:
    """What makes Wilson's interval the safe one for means: it is that of a share with a larger scatter."""
    n, mean = len(answers), sum(answers) / len(answers)
    assert sum((one - mean) ** 2 for one in answers) / n <= mean * (1 - mean) + 1e-12
    assert wilson(mean, n).low <= mean <= wilson(mean, n).high


@given(SHARES, st.booleans())
def test_a_level_is_flagged_only_where_one_half_is_out_of_the_interval(found: Proportion, claimed: bool) -> None:
    seen = seen_of(found, claimed)
    told = seen.low > 0.5 or seen.high < 0.5
    assert (seen.flag == "cannot tell at this size") == (not told)
    if told:
        assert seen.flag == (
            "agreed" if (seen.low > 0.5) == claimed else "hidden strength" if seen.low > 0.5 else "blind spot"
        )


@given(SHARES, st.booleans())
def test_levels_have_mirror_images_too(found: Proportion, claimed: bool) -> None:
    seen, other = seen_of(found, claimed), seen_of(Proportion(found.total - found.count, found.total), not claimed)
    assert other.flag == MIRRORED.get(seen.flag, seen.flag)
    assert other.more == seen.more


@given(SHARES)
def test_so_many_more_buyers_settle_it(found: Proportion) -> None:
    seen = seen_of(found, True)
    if seen.more is None:
        assert 2 * found.count == found.total
    else:
        n = found.total + seen.more
        larger = max(found.count, found.total - found.count)
        assert seen_of(Proportion(larger * n // found.total, n), True).more == 0


def test_the_result_is_what_buyers_see_whatever_is_claimed() -> None:
    found = compared()
    assert (found.measure.level, found.claim.level) == (2, 3)
    seen = {level.level: level.seen for level in found.levels}
    assert seen[1] is None
    assert [flag_of(seen[level]) for level in (2, 3, 4)] == ["agreed", "blind spot", "agreed"]
    assert found.measure.settled


def flag_of(seen: Seen | None) -> str:
    assert seen
    return seen.flag


def test_a_room_claims_what_it_agreed_on() -> None:
    room = score(company(), [said(), said(missed="none"), said()], company="Café Zwölf", date=DAY)
    found = compare_claim(room, measured())
    assert (found.claim.people, found.claim.level) == (3, 3)
    assert [gap.low for gap in (level.score for level in found.levels)] == [
        gap.low for gap in (level.score for level in compared().levels)
    ]


def test_more_than_is_claimed_is_a_hidden_strength() -> None:
    found = compare_claim(claim(said(missed="none", own_cup="none")), measured(all=group((0, 2, 10, 48))))
    assert [flag_of(level.seen) for level in found.levels[1:]] == ["agreed", "hidden strength", "hidden strength"]


def test_few_buyers_tell_nothing() -> None:
    found = compared(all=group((1, 2, 3, 0)))
    assert found.measure.level == 1
    assert not found.measure.settled
    assert flag_of(found.levels[1].seen) == "cannot tell at this size"


def test_an_item_stands_beside_the_weighted_mean_of_what_it_mirrors() -> None:
    found = {item.id: item for item in compared().items or ()}
    assert found["got_done"].gap.claim == (0.75 + 1) / 2
    assert found["got_done"].mirrors == ("Work gets done", "A steady line")
    assert found["own_say"].gap.claim is None
    assert found["own_say"].gap.flag == "not compared"


def test_one_safeguard_that_falls_short_is_not_averaged_away() -> None:
    guards = [{**safeguard(name, 2), "label": name} for name in ("paid", "gifts")]
    asked = questionnaire([criterion("price", 1)], guards, id="cafe")
    own = score(asked, [sheet(price="c2", paid="c0", gifts="c2")], company="Café Zwölf", date=DAY)
    item = {"id": "offered", "label": "Offered", "short": "Offered", "level": None, "mirrors": ["paid", "gifts"]}
    (found,) = compare_claim(own, measured(items=[{**item, "mean": 0.0, "n": 60}])).items or ()
    assert (found.gap.claim, found.gap.flag) == (0, "cannot tell at this size")


def test_what_safeguards_hold_down_is_told_on_both_sides() -> None:
    capped = group((0, 60, 0, 0), capped=58, uncapped_levels={"1": 0, "2": 2, "3": 0, "4": 58})
    own = claim(said(paid="c0"))
    found = compare_claim(own, measured(all=capped))
    assert (found.claim.level, found.claim.uncapped_level) == (2, 3)
    assert (found.measure.level, found.measure.capped, found.measure.uncapped_level) == (2, 58, 4)
    told = " ".join(on_claim.why(found))
    assert "Safeguards lower the level of 58 of 60 buyers; without them buyers would confirm Level 4." in told
    assert "Safeguards hold your own claim at Level 2; without them it would be Level 3." in told


def test_a_summary_that_says_nothing_of_safeguards_is_not_taken_to_have_none() -> None:
    assert (compared().measure.capped, compared().measure.uncapped_level) == (None, None)
    assert "afeguards" not in " ".join(on_claim.why(compared()))


def test_safeguards_that_change_nothing_in_all_are_told_so() -> None:
    few = group((0, 40, 20, 0), capped=1, uncapped_levels={"1": 0, "2": 39, "3": 21, "4": 0})
    told = " ".join(on_claim.why(compared(all=few)))
    assert "Safeguards lower the level of 1 of 60 buyers; buyers would confirm no more without them." in told


def test_a_lens_is_compared_where_both_know_it() -> None:
    lenses = compared().lenses
    assert lenses
    assert [(value.id, value.claim, value.buyers) for value in lenses[0].values] == [("status", 0.5, 0.25)]
    other = [{"id": "area", "label": "Area", "values": [{"id": "status", "label": "Status", "mean": 0.2, "n": 7}]}]
    assert compared(lenses=other).lenses == ()


def test_segments_are_asked_about_the_level_that_is_claimed() -> None:
    cut = [{"column": "quarter", "withheld": 3, "groups": [group((0, 0, 30, 0), "Hafen"), group((0, 27, 0, 0), "Alt")]}]
    found = compared(segments=cut)
    assert found.in_question == 3
    assert [(one.group, one.seen.flag) for one in found.segments[0].groups] == [
        ("Hafen", "agreed"),
        ("Alt", "blind spot"),
    ]


def test_a_summary_without_questions_still_tells_the_levels() -> None:
    found = compared(items=None, lenses=None)
    assert (found.items, found.lenses) == (None, None)
    assert found.levels == compared().levels


def test_no_move_is_proposed_for_a_level_that_buyers_are_far_from() -> None:
    found = compare_claim(claim(), Measure.model_validate(summary((0, 2, 58, 0)), strict=False))
    assert found.next_move
    assert found.next_move.level == 4
    assert compared().next_move is None  # buyers are at Level 2, and by its own answers the company is at 3


def test_no_move_is_proposed_for_what_buyers_see_already() -> None:
    """Guests are on Level 4, or see on Level 4 all that the plan's move is to bring."""
    low = claim(said(price="none", promise="none"))
    assert low.path.steps[0].level == 1
    assert compare_claim(low, Measure.model_validate(summary((0, 0, 2, 58)), strict=False)).next_move is None
    seen = [{**item, "mean": 1} for item in summary((0, 2, 58, 0))["items"]]
    assert (
        compare_claim(claim(), Measure.model_validate(summary((0, 2, 58, 0), items=seen), strict=False)).next_move
        is None
    )


def test_where_most_do_not_see_level_1_secured_that_comes_first() -> None:
    low = claim(said(price="none", promise="none"))
    bare = Measure.model_validate(summary((58, 2, 0, 0), all=group((58, 2, 0, 0), not_secured=50)), strict=False)
    found = compare_claim(low, bare).next_move
    assert found
    assert found.level == 1


def test_a_measure_that_shows_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="shows nobody"):
        compared(all=None)
