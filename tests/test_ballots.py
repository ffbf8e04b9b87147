"""Votes given beforehand: files of answers and tables from forms, scored at once or revealed in the interview."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED
from typer.testing import Result

from cvp.answers import AnswerSheet, Ballot
from cvp.ballots import ballots_of, is_table, votes_of
from cvp.errors import WrongUsage
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.sessions import brought, read_journal
from questionnaires import sheet, values_of

Run = Callable[..., Result]

QUICK = load_questionnaire("quick")
TALK, CLEAR = QUICK.criteria[:2]
TALK_LABEL, CLEAR_LABEL = (QUICK.say(asked.label) for asked in (TALK, CLEAR))
ANSWERS = 'cvp: 1\nquestionnaire: quick\nversion: "1.0.0"\ncompany: Acme\ndate: "2026-01-31"\n'


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def ballot_file(name: str, talk: str, clear: str = "", more: str = "") -> str:
    answers = f"  {TALK.id}: {talk}\n" + (f"  {CLEAR.id}: {clear}\n" if clear else "")
    return written(name, f"{ANSWERS}{more}answers:\n{answers}")


def three(run: Run, *options: str, typed: str | None = None) -> Result:
    """`cvp assess` with three people's files."""
    files = [
        ballot_file("ann.yaml", "price_only", "use", "by: Ann of Sales\n"),
        ballot_file("bob.yaml", "outcome", "use"),
        ballot_file("eve.yaml", "outcome", "'?'"),
    ]
    named = [part for file in files for part in ("--ballot", file)]
    return run("assess", *named, *options, stdin=typed)


def frequencies(result: Result, question: str) -> list[int]:
    """How the latest votes on a question lie."""
    room = json.loads(result.stdout)["room"]
    (rounds,) = (found["rounds"] for found in room["criteria"] if found["id"] == question)
    return list(rounds[-1]["frequencies"])


def test_ballots_are_scored_as_answers_are(run: Run) -> None:
    result = three(run, "--no-input", "--format", "json")
    assert result.exit_code == 0, result.stderr
    as_answers = [part for name in ("ann", "bob", "eve") for part in ("--answers", f"{name}.yaml")]
    assert run("assess", *as_answers, "--format", "json").stdout == result.stdout
    assert frequencies(result, TALK.id) == [1, 0, 0, 0, 2]


def test_ballots_wait_hidden_until_they_are_revealed(run: Run) -> None:
    result = three(run, "--plain", "--named", "--format", "json", "--session", "a.jsonl", typed="v\ng 2\nq\n")
    assert result.exit_code == 0, result.stderr
    assert "The vote is revealed." in result.stderr
    assessment = json.loads(result.stdout)
    assert (assessment["company"], assessment["date"]) == ("Acme", "2026-01-31")
    assert assessment["room"]["people"] == ["Ann of Sales", "bob", "eve"]
    assert [found["id"] for found in assessment["room"]["criteria"]] == [TALK.id]
    assert frequencies(result, TALK.id) == [1, 0, 0, 0, 2]
    journal, _ = read_journal("a.jsonl")
    assert [change.do for change in journal.changes] == ["reveal"]
    assert not any(change.do == "undo" for change in journal.head.brought)

    result = run("assess", "--session", "a.jsonl", "--plain", "--format", "json", stdin="g 2\nv\nu\nu\nu\ng 2\nv\nq\n")
    assert "There is nothing to undo." in result.stderr
    assert [found["id"] for found in json.loads(result.stdout)["room"]["criteria"]] == [CLEAR.id]


def test_ballots_reach_a_session_that_one_person_began(run: Run) -> None:
    run("assess", "quick", "--company", "Acme", "--plain", "--session", "a.jsonl", stdin="g 3\n4\nq\n")
    result = three(run, "--session", "a.jsonl", "--plain", "--format", "json", typed="g 1\nv\nq\n")
    assert result.exit_code == 0, result.stderr
    assert frequencies(result, TALK.id) == [1, 0, 0, 0, 2]
    assert json.loads(result.stdout)["basis"]["answered"] == 2
    before = Path("a.jsonl").read_bytes()
    again = three(run, "--session", "a.jsonl", "--plain", typed="q\n")
    assert (again.exit_code, Path("a.jsonl").read_bytes()) == (2, before)
    assert "--ballot: a.jsonl has people in its room already" in again.stderr


def test_a_file_of_ballots_holds_several(run: Run) -> None:
    text = f"ballots:\n  - {{who: CFO, answers: {{{TALK.id}: outcome}}}}\n  - {{who: CMO, answers: {{}}}}\n"
    file = written("all.yaml", ANSWERS + text)
    result = run("assess", "--ballot", file, "--plain", "--named", "--format", "json", stdin="v\nx mine\nv\nq\n")
    assert json.loads(result.stdout)["room"]["people"] == ["CFO", "CMO"]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (f"who,{TALK.id},{CLEAR.id}\nAnn,outcome,use\nBob,price_only,?\n\nEve,outcome,\n", "t.csv"),
        (f"Name;{TALK_LABEL};{CLEAR_LABEL}\nAnn;{{5}};{{5}}\nBob;{{1}};Don't know\nEve;{{5}};\n", "t.csv"),
        (f"\ufeffTimestamp\tName\t{TALK_LABEL} \n1\tAnn\t{{5}}\n2\tBob\t{{1}}\n3\tEve\t{{5}}\n", "t.tsv"),
    ],
    ids=["ids and values", "labels", "a form's"],
)
def test_a_table_from_a_form_holds_a_ballot_a_row(run: Run, table: str, name: str) -> None:
    labels = [QUICK.say(choice.label) for choice in QUICK.choices_of(TALK)]
    if "{5}" in table:
        table = table.replace("{5};{5}", "{5};4").replace("{1}", f'"{labels[0]}"').replace("{5}", f'"{labels[4]}"')
    result = run("assess", "quick", "--ballot", written(name, table), "--no-input", "--named", "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert frequencies(result, TALK.id) == [1, 0, 0, 0, 2]
    led = run(
        "assess",
        "quick",
        "--ballot",
        name,
        "--company",
        "Acme",
        "--named",
        "--plain",
        "--format",
        "json",
        stdin="v\nq\n",
    )
    assert led.exit_code == 0, led.stderr
    assert json.loads(led.stdout)["room"]["people"] == ["Ann", "Bob", "Eve"]
    assert frequencies(led, TALK.id) == [1, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (f"who,{TALK.id}\nAnn,outcome\nBob,whatever\n", "whatever"),
        (f"who,{TALK.id}\nAnn,outcome\nBob,outcome,outcome\n", "t.csv:3"),
        ("who,unknown\nAnn,outcome\n", "t.csv"),
        ("", "t.csv"),
    ],
    ids=["no such choice", "too many cells", "no question", "empty"],
)
def test_a_table_that_is_not_clear_is_refused_before_anything_is_asked(run: Run, table: str, said: str) -> None:
    written("t.csv", table)
    for options in (["--no-input"], ["--plain", "--company", "Acme"]):
        result = run("assess", "quick", "--ballot", "t.csv", *options, stdin="v\nq\n")
        assert (result.exit_code, result.stdout) == (3, "")
        assert said in result.stderr
    assert os.listdir() == ["t.csv"]


def test_a_map_says_what_a_table_does_not(run: Run) -> None:
    table = written("t.csv", "who,talk\nAnn,good\nBob,bad\n")
    unclear = run("assess", "quick", "--ballot", table, "--no-input")
    assert unclear.exit_code == 3
    assert "map" in unclear.stderr
    cells = f"{{{TALK.id}: {{good: outcome, bad: price_only}}}}"
    map_ = written("map.yaml", f"columns: {{{TALK.id}: talk}}\ncells: {cells}\n")
    result = run("assess", "quick", "--ballot", table, "--map", map_, "--no-input", "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert frequencies(result, TALK.id) == [1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("files", "options", "code", "said"),
    [
        (["a.yaml", "a.yaml"], [], 2, "--ballot a.yaml: is given twice"),
        (["a.yaml", "other.yaml"], [], 3, "about Acme and Other"),
        (["a.yaml", "missing.yaml"], [], 3, "there is no such file"),
        (["a.yaml"], ["level4"], 3, "are for `quick`, not for `level4`"),
    ],
)
def test_files_that_do_not_go_together_are_told(
    run: Run, files: list[str], options: list[str], code: int, said: str
) -> None:
    ballot_file("a.yaml", "outcome")
    written("other.yaml", Path("a.yaml").read_text().replace("Acme", "Other"))
    named = [part for file in files for part in ("--ballot", file)]
    for how in (["--no-input"], ["--plain"]):
        result = run("assess", *options, *named, *how, stdin="q\n")
        assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_ballots_with_nobody_to_reveal_them_are_wrong_usage(run: Run) -> None:
    result = three(run)
    assert result.exit_code == 2
    assert "--no-input with --session or --ballot" in result.stderr
    assert three(run, "--no-input", "--session", "a.jsonl").exit_code == 2


def _sheets() -> st.SearchStrategy[AnswerSheet]:
    answers: dict[str, st.SearchStrategy[Any]] = {
        key: st.sampled_from([*values_of(ASKED, question), "?", {"not_applicable": "none"}])
        for key, question in ASKED.questions.items()
    }
    return st.fixed_dictionaries({}, optional=answers).map(lambda given: sheet(**given))


@given(st.lists(_sheets(), min_size=1, max_size=4))
def test_each_vote_is_hidden_and_somebodys(sheets: list[AnswerSheet]) -> None:
    ballots = [Ballot(who=f"Person {number}", answers=answers) for number, answers in enumerate(sheets, 1)]
    record = brought(votes_of(ASKED, ballots), ASKED).record
    assert len(record.people) == len(sheets)
    assert not record.voting().polls
    for question in ASKED.questions:
        latest = record.round(question)
        votes = {vote.voter: vote.answer for vote in latest.votes} if latest else {}
        assert votes == {number: answers[question] for number, answers in enumerate(sheets, 1) if question in answers}


def test_people_of_one_name_are_told_apart() -> None:
    ballots = [Ballot(who=who, answers={}) for who in ("Ann", "ann", "Ann 2", "Ann", "x" * 80, "x" * 81, "a\x1bb")]
    people = brought(votes_of(ASKED, ballots), ASKED).record.people
    assert people == ("Ann", "ann 2", "Ann 2 2", "Ann 3", "x" * 60, f"{'x' * 60} 2", "a\\x1bb")


def test_more_people_than_a_room_holds_are_refused() -> None:
    with pytest.raises(WrongUsage, match="more than the 99"):
        votes_of(ASKED, [Ballot(who="Ann", answers={})] * 100)


def test_one_persons_file_is_a_ballot_of_who_it_says() -> None:
    for more, who in (("", "ann-b"), ("by: The  CFO\n", "The CFO")):
        file = ballot_file("ann-b.quick.yaml", "outcome", more=more)
        answers, _ = load_answers(file, Finder(file))
        assert [ballot.who for ballot in ballots_of(file, answers)] == [who]


def test_tables_are_told_by_their_endings() -> None:
    assert [is_table(name) for name in ("a.CSV", "a.xlsx", "a.yaml", "a.json", "-")] == [
        True,
        True,
        False,
        False,
        False,
    ]
