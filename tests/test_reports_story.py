"""What a report says, before any format."""

import itertools
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from assessments import CASES, REPORTED, answered, room, zipcar
from hypothesis import given, settings

from cvp.answers import Answer, Remark
from cvp.assessment import Assessment
from cvp.reports import FORMATS, Look, report, sentences, terminal
from cvp.reports.buyers import ENOUGH, buyer_questions
from cvp.reports.projection import projections
from cvp.reports.questions import questions_of
from cvp.reports.sentences import on_path
from cvp.reports.story import story_of
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Table, runs
from cvp.reports.story.chart_tables import table_of
from cvp.reports.story.charts import Chart, Dots, Dumbbells, HeatMap, Ladder, Pair, Timeline, Trend
from cvp.reports.terminal.first_screen import bar as bar_of
from cvp.reports.terminal.layout import Page
from cvp.room import Voting
from cvp.scoring import score
from questionnaires import (
    DAY,
    Case,
    assess,
    cases,
    criterion,
    evidence,
    one_for_each_level,
    questionnaire,
    safeguard,
    sheet,
)


def section(assessment: Assessment, key: str) -> Section:
    return next(part for part in story_of(assessment).sections if part.key == key)


def charts(assessment: Assessment) -> list[Chart]:
    blocks = [block for part in story_of(assessment).sections for block in part.blocks]
    return [block.chart for block in blocks if isinstance(block, Figure)]


def texts(part: object) -> str:
    """Every text of a block or a section."""
    return str(asdict(part)) if not isinstance(part, str) else part  # type: ignore[call-overload]


def test_the_sections_come_in_the_order_of_a_report() -> None:
    keys = [part.key for part in story_of(zipcar()).sections]
    order = ["summary", "coverage", "ladder", "criteria", "lenses", "path", "sure", "after", "buyers", "evidence"]
    assert keys == [*order, "versions"]
    keys = [part.key for part in story_of(room()).sections]
    assert keys.index("room") == keys.index("lenses") + 1
    assert "after" not in keys  # all gates hold, there is no path


def test_the_first_page_says_what_an_executive_must_know() -> None:
    story, page = story_of(zipcar()), section(zipcar(), "summary")
    assert story.headline == "Level 2: Gets the job done"
    assert story.basis.startswith("A claim: ")
    said = texts(page)
    for sentence in (
        sentences.why_not_higher(zipcar()),
        sentences.bounds_sentence(zipcar()),
        "One wrong answer is enough to make this Level 1.",
        *on_path.summary(zipcar()),
    ):
        assert sentence in said
    titled = {block.title: block for block in page.blocks if isinstance(block, Bullets)}
    assert list(titled) == ["First moves", "Strengths", "Gaps"]
    assert len(titled["First moves"].entries) == 3


def test_every_chart_says_the_same_as_a_table() -> None:
    trend = Trend("It rose.", "Level", (("2024", 1.0), ("2025", 2.0)))
    claims = Dumbbells("Apart.", "Claim", "Buyers", (Pair("Brand", 0.5, None, "cannot tell"),))
    drawn = [*charts(zipcar()), *charts(room()), trend, claims]
    kinds = {type(chart) for chart in drawn}
    assert len(kinds) == 7, kinds
    for chart in drawn:
        table = table_of(chart)
        assert table.caption == chart.alt
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.headers)}
    assert [cell.text for cell in table_of(claims).rows[0]] == ["Brand", "0.50", "–", "cannot tell"]


def test_the_ladder_shows_bounds_and_threshold() -> None:
    ladder = next(chart for chart in charts(zipcar()) if isinstance(chart, Ladder))
    assert [rung.here for rung in ladder.rungs] == [False, True, False, False]
    for rung, level in zip(ladder.rungs, zipcar().levels, strict=True):
        assert (rung.score, rung.low, rung.high, rung.passing) == (level.score, level.low, level.high, level.passing)


def test_the_heat_map_holds_every_criterion_once() -> None:
    heat = next(chart for chart in charts(zipcar()) if isinstance(chart, HeatMap))
    assert [tile.label for _, tiles in heat.groups for tile in tiles] == [c.short for c in zipcar().criteria]
    tiles = {tile.label: tile for _, tiles in heat.groups for tile in tiles}
    assert (tiles["On the shortlist"].share, tiles["On the shortlist"].mark) == (0.75, "*")
    assert (tiles["Full price known"].share, tiles["Full price known"].words) == (None, "don't know")


def test_the_timeline_is_the_path_day_by_day() -> None:
    line = next(chart for chart in charts(zipcar()) if isinstance(chart, Timeline))
    path = zipcar().path
    assert line.spans[-1].end == path.effort
    assert [span.end - span.start for span in line.spans] == [move.effort for move in path.steps]
    assert all(one.end == other.start for one, other in zip(line.spans, line.spans[1:], strict=False))
    names = [f"day {day} of the calendar" for day in (30, 60, 90)]
    assert line.marks == tuple(zip((21, 42, 63), names, strict=True))


def test_a_room_shows_rounds_overrides_ends_and_what_to_talk_about() -> None:
    part = section(room(), "room")
    dots = next(chart for chart in charts(room()) if isinstance(chart, Dots))
    assert room().room
    agenda = room().room.agenda  # type: ignore[union-attr]
    assert len(dots.polls) == len(agenda) + 1  # and what was decided
    assert [poll.earlier for poll in dots.polls if poll.earlier] == [(2, 3, 0, 0, 0)]
    said = texts(part)
    assert "“What you sell” was decided as “Most name the industry we are in”, not by the votes" in said
    assert "the CFO showed the figures" in said
    assert "Job named: lowest: respondents 4 and 5; highest: respondents 1 and 2" in said
    assert "two camps, agreement −0.57" in said
    assert "round 1: 2 · 3 · 0 · 0 · 0" in said


def test_the_terminal_says_it_too() -> None:
    made = report("terminal").render(room(), Look(120))
    assert isinstance(made, str)
    said = " ".join(made.split())
    assert "was decided as “Most name the industry we are in”, not by the votes: the CFO showed the figures" in said
    assert "Price talk: •• ••• · · ·, then • · · • •••" in said
    for question in buyer_questions(room()):
        assert question.question in said
    assert sentences.buyers_needed() in said


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_the_scores_after_the_path_are_the_scorer_s(case: Path) -> None:
    """The answers with every lift in them, scored again; what is open in a gate that holds stays open.

    In one that does not, what no move lifts counts at its lowest choice.
    """
    asked, given, now = answered(case)
    lifted = {lift.question: lift.after for move in now.path.steps for lift in move.lifts}
    held = {level.level for level in now.levels if level.holds}
    level_of = {c.id: c.level for c in asked.criteria}
    after = dict(given)
    for key, points in lifted.items():
        state = next(q.answer.state for q in questions_of(now) if q.id == key)
        if state == "answered" or level_of.get(key) not in held:
            choices = asked.choices_of(asked.questions[key])
            after[key] = Answer(choice=next(c.value for c in choices if c.score == points))
    again = score(asked, [after], company="x", date=now.date)
    for one, projected in zip(projections(now), again.levels, strict=True):
        assert one.after == pytest.approx(projected.score if one.level.holds else projected.low)


def test_answers_that_are_too_old_are_not_called_unanswered() -> None:
    asked = questionnaire(
        [criterion("a", 1), criterion("b", 2), criterion("c", 3, fresh_for=12), criterion("d", 3, fresh_for=12)]
    )
    old = {"choice": "c2", "evidence": evidence("2001-01")}
    found = assess(asked, sheet(a="c2", b="c2", c=old, d=old))
    all_old = "All 2 answers to Level 3 rest on evidence that is too old to count, so its gate does not hold."
    assert sentences.why_not_higher(found) == all_old
    assert [sentences.gate_state(found, level) for level in found.levels] == [
        "holds",
        "holds",
        "too old",
        "not answered",
    ]
    some = sentences.why_not_higher(assess(asked, sheet(a="c2", b="c2", c=old)))
    assert some.startswith("The one answer to Level 3 rests on evidence that is too old to count, and the rest is open")
    assert sentences.why_not_higher(assess(asked, sheet(a="c2", b="c2"))).startswith("Nothing of Level 3 is answered")


def test_a_safeguard_that_caps_the_level_is_the_first_gap() -> None:
    asked = one_for_each_level(safeguard("gifts", 3), safeguard("paid", 2))
    capped = assess(asked, sheet(a="c2", b="c2", c="c0", d="c2", gifts="c0", paid="c0"))
    gaps = ["about paid (caps at Level 2; 0.00)", "about gifts (caps at Level 3; 0.00)", "about c (Level 3, 0.00)"]
    assert f"{tuple(gaps)}" in texts(section(capped, "summary"))
    shown = report("terminal").render(capped, Look(120))
    assert isinstance(shown, str)
    assert all(gap in shown for gap in gaps)
    whole = assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", gifts="c2", paid="c2"))
    assert "none among the answers" in texts(section(whole, "summary"))


def test_no_answer_is_said_to_carry_a_gate_that_fails() -> None:
    criteria = [criterion(name, 1) for name in "abcd"]
    why = [q.why for q in buyer_questions(assess(questionnaire(criteria), sheet(a="c1", b="c1", c="c0", d="c0")))]
    assert why == ["without evidence; it counts for the gate of Level 1, which does not hold"] * 2
    held = questionnaire([*(criterion(name, 1) for name in "abcdef"), criterion("g", 2)])
    everything = sheet(**dict.fromkeys("abcdef", "c2"), g="c0")
    assert "it helps to carry the gate of Level 1" in [q.why for q in buyer_questions(assess(held, everything))][1]


def test_single_answers_that_change_the_level_come_smallest_step_first() -> None:
    """Though one of them changes it by its largest step too."""
    asked = questionnaire([criterion("a", 1), criterion("far", 2, 0, 0.5, 0.6, 1), criterion("near", 3, 0, 0.9, 1)])
    found = assess(asked, sheet(a="c2", far="c3", near="c2"))
    (table,) = (block for block in section(found, "sure").blocks if isinstance(block, Table))
    steps = [int(row[-1].text) for row in table.rows]
    assert steps == sorted(steps)
    assert len(set(steps)) > 1


def test_a_note_at_a_question_without_an_answer_is_in_the_report() -> None:
    asked = one_for_each_level()
    voting = Voting(respondents=1, settled=sheet(a="c2"), remarks={"b": Remark(note="ask Eve")})
    found = score(asked, voting, company="Acme", date=DAY)
    assert (found.criteria[1].answer.state, found.basis.answered) == ("unanswered", 1)
    for name in ("markdown", "html"):
        assert "ask Eve" in str(report(name).render(found, Look(80)))


def test_buyers_are_asked_first_what_decides_the_level_without_evidence() -> None:
    asked = one_for_each_level()
    told = sheet(a="c2", b={"choice": "c2", "evidence": evidence("2013-01")}, c={"choice": "c1", "note": "Assumed: x"})
    questions = buyer_questions(assess(asked, told))
    assert [question.question for question in questions] == [
        f"What have you seen of “about {name}”? (You were asked: about {name})" for name in "acb"
    ]
    assert questions[0].why == "without evidence; “choice 1” would make it Level 1"
    assert questions[1].why == "assumed; “choice 2” would make it Level 3"
    assert questions[2].why.startswith("on evidence; ")
    assert buyer_questions(assess(asked, sheet())) == ()


def test_buyers_are_asked_in_their_own_words_where_a_questionnaire_has_them() -> None:
    """One question of theirs may mirror several of the company's."""
    found = assess(one_for_each_level(), sheet(a="c2", b="c2", c="c1"))
    mirrored = found.model_copy(update={"asked_of_buyers": {"b": "Why do you buy?", "c": "Why do you buy?"}})
    questions = [question.question for question in buyer_questions(mirrored)]
    assert questions == ["Why do you buy?", "What have you seen of “about a”? (You were asked: about a)"]
    of_a_buyer = found.model_copy(update={"perspective": "buyer"})
    assert "about a" in [question.question for question in buyer_questions(of_a_buyer)]


def test_never_more_than_five_questions_for_buyers() -> None:
    assert len(buyer_questions(room())) == 5


def test_how_many_buyers_it_takes_is_what_wilson_says() -> None:
    """The fewest at this share whose 95 % interval lies above one half; written anew from the formula."""
    for share, buyers in ENOUGH:
        assert low_end(share, buyers) > 0.5
        fewer = [n for n in range(1, buyers) if (share * n).is_integer() and low_end(share, n) > 0.5]
        assert fewer == []
    assert sentences.buyers_needed().endswith("10 if 9 in 10 do, 15 if 4 in 5, 30 if 7 in 10, 100 if 3 in 5.")
    assert "ask 4 drawn at random, not chosen by you, if all of them do" in sentences.buyers_needed()


def low_end(p: float, n: int) -> float:
    z = 1.959964
    root: float = (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return (p + z * z / (2 * n) - z * root) / (1 + z * z / n)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"a": "c2", "b": "c2", "c": "c2"}, "One wrong answer is enough to make this Level 2 or lower."),
        ({"a": "c2", "b": "c0"}, "One wrong answer is enough to make this Level 2 or higher."),
        ({"a": "c2", "b": "c2", "c": "c0"}, "to make this Level 1, or Level 3 or higher."),
        ({"a": "c2", "b": "c2", "c": "c2", "d": "c0"}, "to make this Level 2 or lower, or Level 4."),
    ],
)
def test_the_margin_names_the_level_that_would_follow(given: dict[str, str], said: str) -> None:
    assert said in " ".join(sentences.how_sure(assess(one_for_each_level(), sheet(**given))))


def guarded(*caps: int, **given: str) -> Assessment:
    asked = one_for_each_level(*(safeguard(f"s{cap}", cap) for cap in caps))
    return assess(asked, sheet(**{"a": "c2", "b": "c2", "c": "c2", **given}))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (guarded(), []),
        (guarded(1, s1="c2"), []),
        (guarded(2, s2="c0"), ["Capped at Level 2 whatever else improves: “about s2”."]),
        (
            guarded(2, 1, s2="c0", s1="c0"),
            ["Capped at Level 1 whatever else improves: “about s1”; at Level 2: “about s2”."],
        ),
        (guarded(1, 2), ["None of the 2 safeguards is answered; each could cap this level."]),
        (guarded(1), ["The one safeguard is open; it could cap this level."]),
        (guarded(3), ["The one safeguard is open; it could cap the level higher up."]),
        (guarded(1, 2, 3, s1="c2"), ["2 of 3 safeguards are open; 1 could cap this level."]),
    ],
)
def test_what_caps_the_level_or_could_stands_on_the_first_page(found: Assessment, said: list[str]) -> None:
    assert sentences.safeguards(found) == said
    shown = " ".join(terminal.render(found, Look(80)).split("Strengths")[0].split())
    assert all(sentence in texts(section(found, "summary")) and sentence in shown for sentence in said)


def test_one_buyer_is_no_measure() -> None:
    asked = one_for_each_level(perspective="buyer")
    answers = sheet(a={"choice": "c2", "note": "Assumed: from the press"}, b="c2")
    told = score(asked, [answers], company="Acme", date=DAY, answered_by="a buyer of theirs")
    assert sentences.basis(told) == (
        "One buyer's answers (answered by a buyer of theirs, 1 of 2 assumed), "
        "not yet a measure of how buyers see the company."
    )
    assert sentences.basis(assess(asked, sheet(a="c2"))).startswith("One buyer's answers, not yet a measure")
    several = sentences.basis(assess(asked, sheet(a="c2"), sheet(a="c1")))
    assert several == "The answers of 2 buyers, not yet a measure of how buyers see the company."


@pytest.mark.parametrize("cells", range(1, 41))
def test_a_bar_touches_the_mark_only_where_the_threshold_is_reached(cells: int) -> None:
    """For the sure part as for the open one, however narrow the bar and however near the score."""
    page, level = Page(Look()), zipcar().levels[0]
    for low, high in itertools.combinations_with_replacement((0.0, 0.3, 0.69, 0.6999, 0.7, 0.71, 1.0), 2):
        bar = bar_of(level.model_copy(update={"low": low, "high": high, "passing": 0.7}), cells, "", page).plain
        before, _, _ = bar.partition(page.glyphs.needed)
        assert len(bar) == cells
        if before:
            assert (before[-1] == page.glyphs.sure) == (low >= 0.7)
            assert (before[-1] != page.glyphs.none) == (high >= 0.7)


def test_runs_keep_every_block_in_order() -> None:
    blocks: tuple[Block, ...] = (Card("a"), Card("b"), Paragraph("c"), Card("d"), Table(("x",), ()))
    found = runs(blocks)
    assert [kind for kind, _ in found] == ["card", "paragraph", "card", "table"]
    assert tuple(block for _, run in found for block in run) == blocks


def test_what_nobody_tells_is_refused() -> None:
    with pytest.raises(TypeError, match="nothing tells the story of a dict"):
        story_of({})


def test_answers_without_evidence_have_a_line_each_and_the_others_a_card() -> None:
    answers = sheet(a="c2", b={"choice": "c1", "note": "as told"}, c={"choice": "c0", "evidence": evidence("2013-01")})
    found = section(assess(one_for_each_level(), answers), "evidence")
    cards, tables = ([b for b in found.blocks if isinstance(b, kind)] for kind in (Card, Table))
    assert [block.title for block in cards if isinstance(block, Card)] == ["about b", "about c"]
    rows = [tuple(cell.text for cell in row) for block in tables if isinstance(block, Table) for row in block.rows]
    assert rows == [("Level 1", "about a", "choice 2", "1.00")]
    assert not any(isinstance(block, Paragraph) for block in found.blocks)
    bare = section(assess(one_for_each_level(), sheet(a="c2", b={"not_applicable": "no jobs"})), "evidence")
    assert Paragraph("No answer has evidence or a note: nothing stands behind them yet.") in bare.blocks


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_a_safeguard_that_does_not_apply_says_why(name: str) -> None:
    found = assess(one_for_each_level(safeguard("paid", 2)), sheet(a="c2", paid={"not_applicable": "nobody is paid"}))
    made = str(report(name).render(found, Look(120)))
    caption = "Safeguards\n" if name == "terminal" else "Safeguards: what limits the level"
    assert "nobody is paid" in made.rsplit(caption, maxsplit=1)[-1][:900]


def test_levels_out_of_order_are_told_and_the_bond_alone_where_it_is_missing() -> None:
    asked = one_for_each_level()
    said = " ".join(sentences.how_sure(assess(asked, sheet(a="c2", b="c0", c="c2", d="c2"))))
    assert "The gates of Levels 3 and 4 hold, but Level 2's does not; levels count from the bottom." in said
    assert "build the bond" not in said
    said = " ".join(sentences.how_sure(assess(asked, sheet(a="c2", b="c2", c="c0", d="c2"))))
    assert said.endswith("What builds social capital is itself a way to build the bond.")


def test_safeguards_that_hold_at_one_level_are_told_together() -> None:
    asked = one_for_each_level(safeguard("x", 2), safeguard("y", 3), safeguard("z", 3))
    said = sentences.why_not_higher(assess(asked, sheet(a="c2", b="c2", c="c2", d="c2", x="c0", y="c0", z="c0")))
    assert "; “about y” and “about z” would hold it at Level 3; " in said


@pytest.mark.parametrize("name", REPORTED)
def test_notes_carry_the_evidence(name: str) -> None:
    a = REPORTED[name]()
    notes = section(a, "criteria").notes
    shown = [c for c in a.criteria if c.answer.state == "answered"]
    assert len(notes) == sum(bool(c.answer.note) + len(c.answer.evidence) for c in shown)


def test_an_assessment_without_anything_is_told() -> None:
    """Nothing answered, no safeguards, no recommendations, no sources of its own."""
    a = assess(one_for_each_level(), sheet())
    for name in ("html", "markdown", "csv", "svg", "terminal"):
        assert report(name).render(a, Look())
    assert replace(story_of(a), sections=()).subject == "Acme"


@settings(max_examples=40)
@given(cases(recommended=True))
def test_any_assessment_can_be_reported(case: Case) -> None:
    """In every text format, and the same twice."""
    a = assess(case.questionnaire, case.sheet)
    for name in FORMATS:
        if name != "pptx":
            made = report(name).render(a, Look())
            assert isinstance(made, str)
            assert made.endswith("\n")
            assert made == report(name).render(a, Look())
