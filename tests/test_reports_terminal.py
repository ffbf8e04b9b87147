"""The terminal's report at every width and in every language: no word is cut while there is room, no space too many."""

import re

import pytest
from assessments import answered, room
from batch_picture import summary
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cvp.assessment import Assessment
from cvp.catalogue import folder
from cvp.comparing.retelling import retold
from cvp.loading import load_questionnaire
from cvp.reports import Look, report
from cvp.reports.terminal.columns import Gaps, fitted
from cvp.speaking import TRANSLATED
from questionnaires import assess, one_for_each_level, sheet

GAPS = Gaps(3, 2, 1)
words = st.text(st.sampled_from("ab é"), max_size=9)


def tivo(language: str) -> Assessment:
    asked, _, made = answered(folder() / "cases" / "tivo.yaml")
    told = retold(made, asked, language)
    assert told
    return told


def shown(subject: object, look: Look) -> list[str]:
    made = report("terminal").render(subject, look)
    assert isinstance(made, str)
    return made.splitlines()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("width", [45, 60, 71, 80, 120])
def test_no_word_is_cut(language: str, width: int) -> None:
    lines = shown(tivo(language), Look(width))
    assert [line for line in lines if "…" in line or cell_len(line) > width] == []


@pytest.mark.parametrize("width", range(60, 121, 3))
def test_french_signs_stay_with_their_words(width: int) -> None:
    lines = shown(tivo("fr"), Look(width))
    assert any("\u202f" in line or "\u00a0" in line for line in lines)
    assert [line for line in lines if re.match(r"\s*[;:?!»%]|.*(«|[\u00a0\u202f])$", line)] == []


def test_months_and_numbers_stay_whole_where_columns_are_many() -> None:
    lines = shown(summary(), Look(60))
    assert sum(bool(re.match(r"  Switzerland +\d\.\d\d +\d\.\d\d", line)) for line in lines) == 1


def test_what_is_too_narrow_for_its_words_is_a_list() -> None:
    lines = shown(tivo("es"), Look(45))
    assert "  • 1; Nivel: Proveedor intercambiable;" in lines


@pytest.mark.parametrize(("ending", "name"), [("txt", "terminal"), ("md", "markdown")])
def test_a_whole_report_in_german(ending: str, name: str) -> None:
    made = report(name).render(retold(room(), load_questionnaire("quick"), "de"), Look(80))
    assert isinstance(made, str)
    assert_golden(f"report_room_de.{ending}", made)


# --------------------------------------------------------------------------------------------- the widths of columns


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=6), st.integers(1, 60), st.data())
def test_columns_fit_and_hold_their_words(columns: list[list[str]], width: int, data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.integers(0, len(columns) - 1)))
    found = fitted(columns, numbers, width, GAPS)
    longest = [max(len(word) for text in texts for word in text.split() or [""]) for texts in columns]
    if found is None:
        assert sum(longest) + len(columns) - 1 > width
        return
    assert sum(found.widths) + found.gap * (len(columns) - 1) <= width
    assert all(has >= needs for has, needs in zip(found.widths, longest, strict=True))


@pytest.mark.parametrize(
    ("width", "widths", "gap"),
    [
        (25, (10, 11), 3),
        (24, (10, 11), 3),
        (23, (10, 11), 2),
        (22, (10, 7), 2),
        (16, (7, 7), 2),
        (13, (5, 7), 1),
        (11, (5, 5), 1),
        (10, None, 1),
    ],
)
def test_blanks_go_first_then_headers_of_numbers_then_texts(
    width: int, widths: tuple[int, ...] | None, gap: int
) -> None:
    found = fitted([["Level", "four words"], ["Moves score", "±0 0.12"]], {1}, width, GAPS)
    assert (found and (found.widths, found.gap)) == (widths and (widths, gap))


def test_every_move_of_the_first_screen_is_told_with_its_first_step() -> None:
    """`pc_makers` has two moves for the next gate and more for the others."""
    made = answered(folder() / "cases" / "pc_makers.yaml")[2]
    assert sum(move.level == made.path.steps[0].level for move in made.path.steps) == 2
    said = " ".join(" ".join(shown(made, Look(120))).split())
    assert [move.first_step in said for move in made.path.steps[:4]] == [True, True, True, False]
    assert "What to do first in the others stands in the whole report: --output report.html" in said


def test_nothing_is_pointed_to_where_every_move_is_told() -> None:
    made = answered(folder() / "cases" / "invented_paid_fans.yaml")[2]
    assert "in the others" not in " ".join(shown(made, Look(120)))


def test_a_lens_value_that_nothing_is_asked_about_has_no_line() -> None:
    asked = one_for_each_level(lenses={"side": {"label": "Side", "values": {"one": "The one", "none": "The none"}}})
    criteria = tuple(c.model_copy(update={"lenses": {"side": "one"}}) for c in asked.criteria)
    lines = shown(assess(asked.model_copy(update={"criteria": criteria}), sheet(a="c2")), Look(80))
    assert any("The one" in line for line in lines)
    assert not any("The none" in line for line in lines)
