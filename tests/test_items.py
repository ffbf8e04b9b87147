"""Statistics of items: the laws that they obey, and what is said of questions that work and of those that do not."""

import json
from collections.abc import Sequence
from itertools import combinations, product
from random import Random
from statistics import correlation, fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_buyers import NOT_APPLICABLE, simulate

from cvp.answers import DONT_KNOW
from cvp.items import Answers, Item, ItemAnalysis, Tallies, analysis_of
from cvp.items import moments as m
from cvp.items.guttman import added, errors_of, ladder_errors
from cvp.items.reliability import alpha, alpha_interval, item_rest, omega
from cvp.items.tallies import Crossed, pairs_of
from cvp.items.verdicts import ENOUGH, strength
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.reports.story.items import words_for
from questionnaires import criterion, questionnaire, safeguard

Buyer = dict[str, str]

counts = st.integers(0, 9)
tables = (
    st.integers(2, 4)
    .flatmap(
        lambda rows: st.integers(2, 4).flatmap(
            lambda columns: st.lists(
                st.lists(counts, min_size=columns, max_size=columns).map(tuple), min_size=rows, max_size=rows
            ).map(tuple)
        )
    )
    .filter(lambda table: m.size(table) > 1)
)
scores = st.lists(st.sampled_from([0, 0.1, 0.25, 0.3, 0.5, 0.75, 1]), min_size=4, max_size=4, unique=True)
loadings = st.lists(st.floats(0.2, 0.9), min_size=3, max_size=8)


def tallied(asked: Questionnaire, buyers: Sequence[Buyer]) -> Tallies:
    """Counted in the plainest way."""
    places = {
        key: {choice.value: place for place, choice in enumerate(asked.choices_of(question))}
        for key, question in asked.questions.items()
    }
    answers = {}
    for key, values in places.items():
        cells = [buyer.get(key, "") for buyer in buyers]
        others = [cells.count(cell) for cell in (DONT_KNOW, NOT_APPLICABLE, "")]
        answers[key] = Answers(tuple(cells.count(value) for value in values), *others)
    pairs = {}
    for one, two in pairs_of(asked, list(answers)):
        table = [[0] * len(places[two]) for _ in places[one]]
        for buyer in buyers:
            first, second = places[one].get(buyer.get(one, "")), places[two].get(buyer.get(two, ""))
            if first is not None and second is not None:
                table[first][second] += 1
        pairs[one, two] = tuple(map(tuple, table))
    return Tallies(len(buyers), answers, pairs)


def analysed(asked: Questionnaire, buyers: Sequence[Buyer]) -> ItemAnalysis:
    return analysis_of(asked, tallied(asked, buyers))


def item_of(analysis: ItemAnalysis, key: str) -> Item:
    return next(item for item in analysis.items if item.id == key)


def spread(table: Crossed, first: Sequence[float], second: Sequence[float]) -> tuple[list[float], list[float]]:
    """A row a person."""
    pairs = [(first[i], second[j]) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [x for x, _ in pairs], [y for _, y in pairs]


@given(tables, scores, scores)
def test_moments_are_those_of_the_rows(table: Crossed, first: list[float], second: list[float]) -> None:
    first, second = first[: len(table)], second[: len(table[0])]
    xs, ys = spread(table, first, second)
    one, two = m.margins(table)
    assert m.mean(one, first) == pytest.approx(fmean(xs))
    assert m.variance(two, second) == pytest.approx(variance(ys), abs=1e-12)
    centred = sum((x - fmean(xs)) * (y - fmean(ys)) for x, y in zip(xs, ys, strict=True))
    assert m.covariance(table, first, second) == pytest.approx(centred / (len(xs) - 1), abs=1e-12)
    assert m.in_step(table, first, second) == pytest.approx(
        sum(x * y for x, y in zip(sorted(xs), sorted(ys), strict=True))
    )


@given(tables)
def test_errors_are_molenaars_steps_out_of_order(table: Crossed) -> None:
    """For choices at equal steps: in the order of how many take them, each step that is taken before an easier one."""
    first, second = (list(range(len(margin))) for margin in m.margins(table))
    found = errors_of(table, first, second)
    made, expected = _by_steps(table)
    assert found.made == pytest.approx(made, abs=1e-9)
    assert found.expected == pytest.approx(expected, abs=1e-9)


def _by_steps(table: Crossed) -> tuple[float, float]:
    one, two = m.margins(table)
    n = m.size(table)
    steps = [(sum(one[x:]), 0, x) for x in range(1, len(one))] + [(sum(two[y:]), 1, y) for y in range(1, len(two))]
    steps.sort(key=lambda step: (-step[0], step[2]))
    made = expected = 0.0
    for a, b in product(range(len(one)), range(len(two))):
        taken = [(a, b)[item] >= at for _, item, at in steps]
        weight = sum(not taken[i] and taken[j] for i, j in combinations(range(len(steps)), 2))
        made += weight * table[a][b]
        expected += weight * one[a] * two[b] / n
    return made, expected


@given(tables, scores, scores)
def test_h_is_one_for_a_perfect_scale_none_for_chance_and_never_more(
    table: Crossed, first: list[float], second: list[float]
) -> None:
    first, second = sorted(first[: len(table)]), sorted(second[: len(table[0])])
    h = errors_of(table, first, second).h
    assert h is None or h <= 1
    one, two = m.margins(table)
    by_chance = tuple(tuple(x * y for y in two) for x in one)
    chance = errors_of(by_chance, first, second).h
    assert chance is None or chance == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(0, 8), min_size=5, max_size=60), st.integers(0, 3), st.integers(0, 3))
def test_a_perfect_scale_has_no_errors(abilities: list[int], easier: int, harder: int) -> None:
    """Everybody passes as many steps as they can, in one order for all."""
    lower, higher = (easier, easier + 2, easier + 4), (harder + 1, harder + 3)
    table = [[0] * 3 for _ in range(4)]
    for ability in abilities:
        table[sum(ability >= step for step in lower)][sum(ability >= step for step in higher)] += 1
    found = errors_of(tuple(map(tuple, table)), (0, 0.2, 0.5, 1), (0, 0.9, 1))
    assert found.made == pytest.approx(0, abs=1e-9)
    assert found.h in (None, pytest.approx(1))


def test_errors_against_the_ladder() -> None:
    """Ten fail the lower question; four of them pass the higher one, where chance would make five."""
    found = ladder_errors(((3, 3, 4), (2, 2, 6)), (False, True), (False, False, True))
    assert (found.made, found.expected, found.pairs) == (4, 5.0, 20)
    assert found.share == 0.2
    assert found.h == pytest.approx(0.2)
    assert (found.turned, found.is_turned) == (4, False)


@pytest.mark.parametrize(
    ("made", "turned", "is_turned"), [(20, 8, True), (19, 9, False), (8, 20, False), (0, 0, False)]
)
def test_an_order_is_turned_round_only_beyond_chance(made: int, turned: int, is_turned: bool) -> None:
    """McNemar's test: (20 - 8)² / 28 is over 3.84, (19 - 9)² / 28 is not. Asked twice over, it proves no more."""
    found = ladder_errors(((30, made), (turned, 30)), (False, True), (False, True))
    assert (found.made, found.turned, found.is_turned) == (made, turned, is_turned)
    assert added([found, found]).is_turned == is_turned


@given(st.integers(2, 12), st.floats(0.01, 0.95))
def test_alpha_of_parallel_items_is_spearman_and_browns(k: int, r: float) -> None:
    same = [[1.0 if i == j else r for j in range(k)] for i in range(k)]
    assert alpha(same) == pytest.approx(k * r / (1 + (k - 1) * r))
    if k > 2:
        assert omega(same) == pytest.approx(k * r / (1 + (k - 1) * r), abs=1e-6)


@given(loadings, st.floats(0.1, 2))
def test_omega_finds_the_one_factor_and_is_no_less_than_alpha(true: list[float], noise: float) -> None:
    matrix = [[a * b + (noise if i == j else 0) for j, b in enumerate(true)] for i, a in enumerate(true)]
    common = sum(true) ** 2
    found = omega(matrix)
    assert found is not None
    assert found == pytest.approx(common / (common + noise * len(true)), abs=1e-5)
    value = alpha(matrix)
    assert value is not None
    assert value <= found + 1e-6


def test_alpha_is_not_said_where_it_cannot_be() -> None:
    assert alpha([[1]]) is None
    assert alpha([[0, 0], [0, 0]]) is None
    assert alpha([[0.1, 0.9], [0.9, 0.1]]) is None, "no rows vary together more than each"


def test_omega_is_not_said_where_one_factor_does_not_fit() -> None:
    assert omega([[1, 0.5], [0.5, 1]]) is None
    assert omega([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]]) is None, "an item with less than no error"
    assert omega([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) is None
    assert omega([[1, 0.5, -0.4], [0.5, 1, -0.4], [-0.4, -0.4, 1]]) is None, "an item against the others"


@given(st.integers(2, 10), st.floats(-0.5, 0.98), st.integers(30, 500))
def test_the_interval_of_alpha_holds_it_and_narrows(items: int, value: float, n: int) -> None:
    found, more = alpha_interval(value, items, n), alpha_interval(value, items, n * 10)
    assert found
    assert more
    assert found.low < value < found.high < 1
    assert more.high - more.low < found.high - found.low


def test_item_rest_is_pearsons_correlation() -> None:
    random = Random(5)
    rows = [[random.randint(0, 3) + shared for _ in range(4)] for shared in (random.randint(0, 2) for _ in range(50))]
    columns = list(zip(*rows, strict=True))
    means = [fmean(column) for column in columns]
    matrix = [[sum((r[i] - means[i]) * (r[j] - means[j]) for r in rows) / 49 for j in range(4)] for i in range(4)]
    for item in range(4):
        rest = [sum(row) - row[item] for row in rows]
        assert item_rest(matrix, item) == pytest.approx(correlation(columns[item], rest))
    assert item_rest([[0, 0], [0, 1]], 0) is None


@pytest.mark.parametrize(("h", "word"), [(0.29999, "none"), (0.3, "weak"), (0.4, "medium"), (0.5, "strong")])
def test_mokkens_words(h: float, word: str) -> None:
    assert strength(h) == word


@pytest.fixture(scope="module")
def buyers() -> Questionnaire:
    return load_questionnaire("buyers")


SHARES = (0.25, 0.3, 0.25, 0.2)


def test_a_questionnaire_that_works(buyers: Questionnaire) -> None:
    found = analysed(buyers, simulate(buyers, 600, 1, SHARES))
    assert {item.verdict for item in found.items} == {"works"}
    assert found.whole.strength == "strong"
    assert found.ladder.h is not None
    assert found.ladder.h > 0.8
    for scale in found.scales[1:]:
        assert scale.strength == "strong"
        assert scale.alpha is not None
        assert scale.omega is not None
        assert scale.interval is not None
        assert scale.interval.low < scale.alpha < scale.interval.high
        assert 0.8 < scale.alpha <= scale.omega + 0.01
    means = [fmean(item.mean or 0 for item in found.items if item.level == level) for level in (1, 2, 3, 4)]
    assert means == sorted(means, reverse=True)


def test_answers_by_chance_tell_no_levels_apart(buyers: Questionnaire) -> None:
    random = Random(2)
    values = [choice.value for choice in buyers.choices_of(buyers.questions["if_closed"])]
    drawn = [{**buyer, "if_closed": random.choice(values)} for buyer in simulate(buyers, 600, 2, SHARES)]
    item = item_of(analysed(buyers, drawn), "if_closed")
    assert item.verdict in ("tells_no_levels_apart", "against_the_others")
    assert item.h is not None
    assert abs(item.h) < 0.15


def test_choices_the_wrong_way_round_run_against_the_others(buyers: Questionnaire) -> None:
    values = [choice.value for choice in buyers.choices_of(buyers.questions["if_closed"])]
    turned = dict(zip(values, reversed(values), strict=True))
    drawn = [
        {**buyer, "if_closed": turned.get(buyer["if_closed"], buyer["if_closed"])}
        for buyer in simulate(buyers, 300, 3, SHARES)
    ]
    assert item_of(analysed(buyers, drawn), "if_closed").verdict == "against_the_others"


def test_a_question_of_the_wrong_level(buyers: Questionnaire) -> None:
    """It tells buyers apart, but fewer pass it than pass questions of a higher level."""
    said = buyers.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    next(part for part in said["criteria"] if part["id"] == "known_for")["level"] = 2
    moved = Questionnaire.model_validate_json(json.dumps(said))
    item = item_of(analysed(moved, simulate(buyers, 600, 4, SHARES)), "known_for")
    assert (item.verdict, item.out_of_place) == ("wrong_level", 3)
    assert words_for(item) == "out of the ladder's order: harder than the questions of Level 3"
    assert item.h is not None
    assert item.h > 0.5


def test_verdicts_on_answers_alone(buyers: Questionnaire) -> None:
    drawn = simulate(buyers, 400, 5, SHARES)
    top = buyers.choices_of(buyers.questions["result_got"])[-1].value
    for number, buyer in enumerate(drawn):
        buyer |= {"if_closed": DONT_KNOW} if number % 10 < 6 else {}
        buyer |= {"own_standing": DONT_KNOW} if number % 10 < 3 else {}
        buyer |= {"result_got": top} if number % 50 else {}  # 98 of 100
        buyer |= {"full_price": ""} if number >= 20 else {}
    found = analysed(buyers, drawn)
    said = {item.id: item.verdict for item in found.items if item.verdict != "works"}
    assert said == {
        "if_closed": "mostly_unknown",
        "own_standing": "often_unknown",
        "result_got": "all_the_same",
        "full_price": "too_few",
    }
    few = item_of(found, "full_price")
    assert (few.item_rest, few.h) == (None, None)
    assert few.answers.unanswered == 380
    assert "full_price" not in found.scales[0].items


def test_no_verdict_from_fewer_than_thirty(buyers: Questionnaire) -> None:
    drawn = simulate(buyers, ENOUGH - 1, 6, SHARES, dont_know=0, not_applicable=0)
    found = analysed(buyers, drawn)
    assert {item.verdict for item in found.items} == {"too_few"}
    assert all((scale.alpha, scale.h, scale.strength) == (None, None, None) for scale in found.scales)
    assert found.ladder.h is None
    enough = analysed(buyers, [*drawn, drawn[0]])
    assert all(item.verdict != "too_few" for item in enough.items)
    assert all(scale.alpha is not None for scale in enough.scales)


def test_what_two_questions_share_is_of_those_who_answered_both() -> None:
    """Two halves that answer half the questions each: there are no pairs between the halves, and no alpha."""
    asked = questionnaire([criterion(name, 1) for name in "abcd"], [safeguard("s", 2)])
    random = Random(7)
    drawn = []
    for number in range(120):
        half = "ab" if number % 2 else "cd"
        level = random.randint(0, 2)
        drawn.append({key: f"c{min(2, max(0, level + random.choice((0, 0, 1))))}" for key in half})
    found = analysed(asked, drawn)
    assert found.scales[0].alpha is None
    assert found.scales[0].h is not None, "of the pairs that there are"
    assert found.scales[0].n == 60
    assert all(item.item_rest is None for item in found.items)
    assert item_of(found, "s").verdict == "too_few"


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_in_parts_as_at_once(seed: int, parts: int) -> None:
    asked = questionnaire([criterion("a", 1), criterion("b", 2), criterion("c", 2)], [safeguard("s", 2)])
    random = Random(seed)
    values = ["c0", "c1", "c2", DONT_KNOW, NOT_APPLICABLE, ""]
    drawn = [{key: random.choice(values) for key in asked.questions} for _ in range(40)]
    total = Tallies()
    for part in range(parts):
        total += tallied(asked, drawn[part::parts])
    assert total == tallied(asked, drawn)
    assert analysis_of(asked, total) == analysed(asked, random.sample(drawn, 40))


def test_tables_that_ask_different_questions_add_up() -> None:
    one = Tallies(2, {"a": Answers((1, 1))}, {("a", "b"): ((1, 0), (0, 1))})
    two = Tallies(3, {"b": Answers((2, 1), dont_know=1)}, {("a", "b"): ((0, 2), (0, 0)), ("b", "c"): ((1,),)})
    both = one + two
    assert both.rows == 5
    assert both.answers == {"a": Answers((1, 1)), "b": Answers((2, 1), dont_know=1)}
    assert both.pairs == {("a", "b"): ((1, 2), (0, 1)), ("b", "c"): ((1,),)}


def test_questions_that_were_never_asked_together_have_nothing_in_common() -> None:
    asked = questionnaire([criterion("a", 1), criterion("b", 1), criterion("c", 2)])
    one = tallied(asked, [{"a": f"c{number % 3}"} for number in range(60)])
    two = tallied(asked, [{"c": f"c{number % 3}"} for number in range(60)])
    apart = Tallies(60, {"a": one.answers["a"]}) + Tallies(60, {"c": two.answers["c"]})
    found = analysis_of(asked, apart)
    assert [(item.id, item.h, item.ladder.pairs) for item in found.items] == [("a", None, 0), ("c", None, 0)]
    assert (found.whole.h, found.whole.n, found.ladder.h) == (None, 0, None)


def test_simulated_buyers_answer_as_they_perceive(buyers: Questionnaire) -> None:
    assert simulate(buyers, 50, 9, SHARES) == simulate(buyers, 50, 9, SHARES)
    high, low = (analysed(buyers, simulate(buyers, 200, 9, share)) for share in ((0, 0, 0, 1), (0, 1, 0, 0)))
    top = [fmean(item.mean or 0 for item in found.items if item.level == 4) for found in (high, low)]
    assert top[0] > 0.8
    assert top[1] < 0.1
    unsure = sum(item.answers.dont_know for item in high.items) / (200 * len(high.items))
    assert unsure == pytest.approx(0.04, abs=0.015)


def test_errors_of_a_whole_are_the_sum_of_its_pairs() -> None:
    parts = [errors_of(((4, 1), (2, 5)), (0, 1), (0, 1)), errors_of(((3, 3), (3, 3)), (0, 1), (0, 1))]
    assert added(parts).made == pytest.approx(sum(part.made for part in parts))
    assert added([]).h is None
    assert added(parts).pairs == 24
