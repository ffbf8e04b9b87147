"""The report on the questions: the same in every format, plain in words, and silent about few."""

import csv
import io
import json
import re
from collections.abc import Sequence
from html import unescape

import pytest
from golden_files import assert_golden
from simulated_buyers import simulate
from test_items import SHARES, Buyer, analysed, item_of, tallied

from cvp.answers import DONT_KNOW
from cvp.batch.item_files import as_csv, as_json
from cvp.items import ItemAnalysis, analysis_of
from cvp.items.verdicts import RULES
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.reports import Look, report
from cvp.reports.story.items import NO_VALIDITY, in_short, words_for
from questionnaires import criterion, questionnaire, safeguard


@pytest.fixture(scope="module")
def buyers() -> Questionnaire:
    return load_questionnaire("buyers")


@pytest.fixture(scope="module")
def analysis(buyers: Questionnaire) -> ItemAnalysis:
    """200 buyers, two thirds of whom do not know whether they would miss the company, and one upside-down question."""
    values = [choice.value for choice in buyers.choices_of(buyers.questions["own_steps"])]
    turned = dict(zip(values, reversed(values), strict=True))
    rows = simulate(buyers, 200, 21, SHARES)
    for number, row in enumerate(rows):
        row["if_closed"] = DONT_KNOW if number % 3 else row["if_closed"]
        row["own_steps"] = turned.get(row["own_steps"], row["own_steps"])
    return of(buyers, rows)


def of(asked: Questionnaire, rows: Sequence[Buyer], min_group: int = 5) -> ItemAnalysis:
    return analysis_of(asked, tallied(asked, rows), source="wave.csv", date="2026-11-22", min_group=min_group)


def rendered(analysis: ItemAnalysis, name: str, look: Look = Look()) -> str:  # noqa: B008 - frozen
    text = report(name).render(analysis, look)
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_terminal_shows_it(analysis: ItemAnalysis, width: int) -> None:
    shown = rendered(analysis, "terminal", Look(width=width))
    assert max(map(len, shown.splitlines())) <= width
    assert_golden(f"item_analysis_{width}.txt", shown)


def test_a_narrow_screen_and_one_of_ascii_show_it_too(analysis: ItemAnalysis) -> None:
    shown = rendered(analysis, "terminal", Look(width=36, ascii_only=True))
    assert max(map(len, shown.splitlines())) <= 36
    assert "most don't know" in " ".join(shown.split())


def test_files_say_the_same(analysis: ItemAnalysis) -> None:
    assert_golden("item_analysis.json", as_json(analysis))
    assert_golden("item_analysis.csv", as_csv(analysis))
    assert_golden("item_analysis.md", rendered(analysis, "markdown"))


def test_html_says_it_all(analysis: ItemAnalysis) -> None:
    page = rendered(analysis, "html")
    for rule in RULES:
        assert rule.source in page
    assert NO_VALIDITY in page
    assert "most don’t know (70%)" in unescape(page).replace("'", "’")
    assert page.count("<table") >= 7


def test_figures_are_the_same_everywhere(analysis: ItemAnalysis) -> None:
    said = json.loads(as_json(analysis))
    rows = list(csv.DictReader(io.StringIO(as_csv(analysis))))
    assert [row["kind"] for row in rows] == ["question"] * 18 + ["level"] * 4 + ["all"]
    for item, row in zip(said["items"], rows[:18], strict=True):
        for name in ("id", "n", "dont_know", "mean", "item_rest", "h", "out_of_order", "verdict"):
            assert row[name] == ("" if item[name] is None else str(item[name]))
    for scale, row in zip(said["levels"], rows[18:22], strict=True):
        assert float(row["alpha"]) == scale["alpha"]
        assert float(row["alpha_low"]) < scale["alpha"] < float(row["alpha_high"])
    assert said["cvp"] == "items/1"
    assert said["rows"] == 200


def test_the_verdicts_in_words(analysis: ItemAnalysis) -> None:
    assert words_for(item_of(analysis, "if_closed")).startswith("most don't know (70%)")
    assert words_for(item_of(analysis, "own_steps")).startswith("runs against the others of its level")
    assert in_short(analysis) == "16 of 18 questions work, by 200 rows; 2 do not"
    shown = rendered(analysis, "terminal")
    assert shown.index("Questions to look at") < shown.index("Level 1:")


def test_few_rows_are_not_shown(buyers: Questionnaire) -> None:
    rows = simulate(buyers, 7, 1, SHARES)
    few = of(buyers, rows, min_group=8)
    assert in_short(few) == "Only 7 rows count, fewer than 8: nothing is shown of them"
    for shown in (rendered(few, name) for name in ("terminal", "markdown", "html")):
        assert "Would miss it" not in shown
    assert json.loads(as_json(few))["items"] == []
    assert as_csv(few).count("\n") == 1
    enough = of(buyers, rows, min_group=7)
    assert in_short(enough) == "0 of 18 questions work, by 7 rows; of 18 there are too few answers"
    assert "too few (7) to say" in rendered(enough, "terminal")


def test_the_mean_of_a_few_answers_is_not_shown(buyers: Questionnaire) -> None:
    rows = simulate(buyers, 60, 2, SHARES, dont_know=0, not_applicable=0)
    for row in rows[4:]:
        row["if_closed"] = ""
    item = item_of(of(buyers, rows), "if_closed")
    assert (item.answers.n, item.mean) == (4, None)


def test_foreign_texts_are_shown_and_not_obeyed() -> None:
    asked = questionnaire(
        [
            criterion(name, level, label=label)
            for name, level, label in (
                ("a", 1, "<script>alert(1)</script>"),
                ("b", 1, "=2+3"),
                ("c", 2, "[/] [red]x"),
                ("d", 2, "| *d* |"),
            )
        ],
        [safeguard("s", 2)],
    )
    rows = [dict.fromkeys("abcds", f"c{number % 3}") for number in range(60)]
    found = analysed(asked, rows)
    page = rendered(found, "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "[/] [red]x" in rendered(found, "terminal")
    assert r"\| \*d\* \|" in rendered(found, "markdown")
    assert "'=2+3" in as_csv(found)


def test_a_figure_is_not_rounded_up_to_a_threshold() -> None:
    """Alpha 0.697 is not 0.70: it is not enough."""
    asked = questionnaire([criterion(name, 1, 0, 1) for name in "ab"])
    counts = ((1, 1, 53), (0, 0, 53), (0, 1, 16), (1, 0, 16))
    found = analysed(asked, [{"a": f"c{x}", "b": f"c{y}"} for x, y, count in counts for _ in range(count)])
    alpha = found.scales[0].alpha
    assert alpha is not None
    assert 0.695 < alpha < 0.7
    said = next(line for line in rendered(found, "terminal", Look(width=120)).splitlines() if "Alpha 0.69 (" in line)
    assert "): not enough to compare groups. H 0.54: a strong scale." in said


def test_a_mean_is_rounded_as_in_batch_and_compare() -> None:
    """0.4958 is 0.50: the marks of a strong scale are none of a mean's."""
    asked = questionnaire([criterion(name, 1, 0, 1) for name in "ab"])
    found = analysed(asked, [{"a": f"c{int(n < 119)}", "b": f"c{n % 2}"} for n in range(240)])
    mean = item_of(found, "a").mean
    assert mean == pytest.approx(119 / 240)
    shown = re.sub(r"\s+", " ", rendered(found, "terminal", Look(width=120)))
    assert " 240 0.50 " in shown
    assert " 240 0.49 " not in shown
