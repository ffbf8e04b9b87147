"""`cvp assess` around a session, its interview led through a pipe: begun, gone on with, offered, scored."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interview_scripts import ASKED
from typer.testing import Result

from cvp.answers import Answer
from cvp.interview.changes import Answered, Change
from cvp.sessions import course_of, create, head_of, read_journal

Run = Callable[..., Result]

HOSTILE = "\x1b]0;owned\x07 [red]Ltd[/] \u202e"


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files() -> list[str]:
    return sorted(os.listdir())


def answers_in(file: str) -> dict[str, str | None]:
    """What a session holds, question by question."""
    journal, torn = read_journal(file)
    assert not torn
    return {key: answer.choice for key, answer in course_of(file, journal).record.given.items()}


def told(text: str) -> str:
    """What was said, without the screen's line ends."""
    return " ".join(text.split())


def talk(run: Run, *options: str, typed: str) -> Result:
    """An interview with the 15 questions of `quick`, or with the session that the options name."""
    named = {"--session", "--resume"} & {*options}
    return run("assess", *(() if named else ("quick", "--company", "Acme Ltd")), "--plain", *options, stdin=typed)


def test_an_interview_is_kept_reported_and_gone_on_with(run: Run) -> None:
    result = talk(run, "--date", "2026-01-31", typed="5\n?\nq\n")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Acme Ltd")
    assert "Answers are kept in acme-ltd-2026-01-31.cvp.jsonl as they come." in result.stderr
    end = "answers kept in acme-ltd-2026-01-31.cvp.jsonl; to go on: cvp assess --session acme-ltd-2026-01-31.cvp.jsonl"
    assert result.stderr.splitlines()[-1].endswith(end)
    assert answers_in("acme-ltd-2026-01-31.cvp.jsonl") == {"buyers_talk_price": "outcome", "offer_clear": "?"}

    result = talk(run, "--session", "acme-ltd-2026-01-31.cvp.jsonl", "--format", "json", typed="u\n4\nq\n")
    assert "13 are left." in told(result.stderr)
    assert "Question 3 of 15" in result.stderr
    assessment = json.loads(result.stdout)
    assert (assessment["company"], assessment["date"]) == ("Acme Ltd", "2026-01-31")
    assert assessment["questionnaire"]["id"] == "quick"
    assert len(answers_in("acme-ltd-2026-01-31.cvp.jsonl")) == 2


def test_the_same_command_line_begins_and_goes_on(run: Run) -> None:
    for typed, count in (("1\nq\n", 1), ("1\nq\n", 2), ("", 2)):
        assert (
            run("assess", "quick", "--company", "Acme", "--session", "a.jsonl", "--plain", stdin=typed).exit_code == 0
        )
        assert len(answers_in("a.jsonl")) == count
    assert files() == ["a.jsonl"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--company", "Other"], "--company Other: the session in a.jsonl is about Acme Ltd"),
        (["level4"], "level4: the session in a.jsonl is for `quick`"),
        (["--room", "0"], "--room: A room holds 1 to"),
        (["--room", "Ann,,Bob"], "--room: A name is missing"),
        (["--date", "soon"], "--date soon"),
    ],
)
def test_options_that_do_not_fit_the_session_are_told_and_it_stays_free(
    run: Run, options: list[str], said: str
) -> None:
    talk(run, typed="1\nf a.jsonl\nq\n")
    before = Path("a.jsonl").read_bytes()
    for no_input in ((), ("--no-input",)) if options[0] != "--room" else ((),):
        result = run("assess", *options, "--session", "a.jsonl", "--plain", *no_input, stdin="1\nq\n")
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert Path("a.jsonl").read_bytes() == before
    assert talk(run, "--session", "a.jsonl", typed="q\n").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--answers", "x", "--session", "y"],
        ["--answers", "x", "--resume"],
        ["--answers", "x", "--ballot", "y"],
        ["--session", "x", "--resume"],
        ["--ballot", "x", "--room", "7"],
        ["--map", "x"],
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(run: Run, options: list[str]) -> None:
    result = run("assess", *options)
    assert result.exit_code == 2
    assert "do not go together" in result.stderr or "--map: is about" in result.stderr


def test_nobody_to_ask_leaves_nothing_behind(run: Run) -> None:
    for options in ([], ["--plain"], ["--no-input"], ["--plain", "--no-input"]):
        result = run("assess", "quick", "--company", "Acme", *options, stdin="")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "give --answers FILE" in result.stderr
    assert files() == []


def test_leaving_without_an_answer_leaves_no_file(run: Run) -> None:
    assert talk(run, typed="h\nn\nq\n").exit_code in (0, 2)
    assert files() == []


def test_a_session_is_scored_without_asking_and_stays_as_it_is(run: Run) -> None:
    talk(run, "--date", "2026-01-31", typed="5\n1\nq\n")
    (file,) = files()
    before = Path(file).read_bytes()
    result = run("assess", "--no-input", "--session", file, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["basis"]["answered"] == 2
    interviewed = talk(run, "--session", file, "--format", "json", typed="q\n")
    assert interviewed.stdout == result.stdout
    assert Path(file).read_bytes() == before


def test_a_torn_session_is_told_and_goes_on(run: Run) -> None:
    talk(run, typed="5\n1\nf a.jsonl\nq\n")
    whole = Path("a.jsonl").read_bytes()
    Path("a.jsonl").write_bytes(whole[:-9])
    result = run("assess", "--no-input", "--session", "a.jsonl", "--format", "json")
    assert result.exit_code == 0
    assert "The last line of a.jsonl was torn" in result.stderr
    assert json.loads(result.stdout)["basis"]["answered"] == 1
    assert Path("a.jsonl").read_bytes() == whole[:-9]
    result = talk(run, "--session", "a.jsonl", typed="1\nq\n")
    assert "The last line of a.jsonl was torn" in result.stderr
    assert Path("a.jsonl").read_bytes() == whole


def test_a_damaged_session_is_refused_with_its_line(run: Run) -> None:
    talk(run, typed="5\n1\nf a.jsonl\nq\n")
    Path("a.jsonl").write_bytes(Path("a.jsonl").read_bytes().replace(b"outcome", b"price_o", 2))
    for options in ([], ["--no-input"]):
        result = talk(run, "--session", "a.jsonl", *options, typed="1\nq\n")
        assert (result.exit_code, result.stdout) == (3, "")
        assert re.search(r"a\.jsonl:\d: ", result.stderr)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("cvp: 1\n"), "goes with --answers"),
        (lambda path: path.mkdir(), "a.jsonl: "),
        (lambda path: path.symlink_to("b.jsonl"), "a.jsonl: "),
        (lambda path: path.write_bytes(b'{"cvp":"session/1",'), "delete it"),
        (lambda path: path.write_bytes(b""), "delete it"),
    ],
    ids=["answers", "folder", "link", "torn head", "empty"],
)
def test_what_is_no_session_is_refused(run: Run, tmp_path: Path, make: Callable[[Path], Any], said: str) -> None:
    make(tmp_path / "a.jsonl")
    for options in ([], ["--no-input"]):
        result = talk(run, "--session", "a.jsonl", *options, typed="1\nq\n")
        assert (result.exit_code, result.stdout, said in result.stderr) == (3, "", True), result.stderr
    assert not (tmp_path / "b.jsonl").exists()


def test_a_session_that_is_not_there_is_not_scored(run: Run) -> None:
    result = run("assess", "--no-input", "--session", "a.jsonl")
    assert result.exit_code == 3
    assert "there is no such file" in result.stderr
    assert files() == []


def test_where_answers_could_not_be_kept_nothing_is_asked(run: Run) -> None:
    result = run("assess", "quick", "--company", "Acme", "--plain", "--session", "no/such/a.jsonl", stdin="1\nq\n")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no such file or directory; name another file or folder with --session" in result.stderr
    assert "Question 1" not in result.stderr


def test_a_hostile_company_steers_nothing(run: Run) -> None:
    result = run("assess", "quick", "--company", HOSTILE, "--plain", "--date", "2026-01-31", stdin="1\nq\n")
    assert result.exit_code == 0
    (file,) = files()
    assert re.fullmatch(r"[a-z0-9-]+\.cvp\.jsonl", file)
    listed = run("assess", "--resume")
    scored = run("assess", "--no-input", "--session", file)
    for text in (result.stderr, result.stdout, listed.stderr, scored.stdout):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert all("\\x1b]0;owned\\x07 [red]Ltd[/]" in told(text) for text in (result.stdout, listed.stderr, scored.stdout))


@pytest.mark.parametrize("company", ["x" * 201, "é" * 5000])
def test_a_name_that_nobody_has_is_told(run: Run, company: str) -> None:
    result = run("assess", "quick", "--company", company, "--plain", stdin="1\nq\n")
    assert (result.exit_code, files()) == (2, [])
    assert "at most 200 characters" in result.stderr


# ------------------------------------------------------------------------------------------- options of the interview


def test_the_room_sits_down_before_the_first_question(run: Run) -> None:
    result = talk(run, "--room", "Ann, Bob, Eve", "--named", "--format", "json", typed="v\n1\n2\n5\nv\nf a.jsonl\nq\n")
    room = json.loads(result.stdout)["room"]
    assert (room["respondents"], room["people"]) == (3, ["Ann", "Bob", "Eve"])
    assert room["criteria"][0]["rounds"][0]["frequencies"] == [1, 1, 0, 0, 1]
    journal, _ = read_journal("a.jsonl")
    assert [change.do for change in journal.changes] == ["seat", "call", "cast", "cast", "cast", "reveal"]
    unnamed = run("assess", "--no-input", "--session", "a.jsonl", "--format", "json")
    assert json.loads(unnamed.stdout)["room"]["people"] == []
    again = talk(run, "--session", "a.jsonl", "--room", "Ann, Bob, Eve", typed="q\n")
    assert again.exit_code == 0
    assert read_journal("a.jsonl")[0].changes == journal.changes


def test_whoever_has_voted_keeps_the_seat_when_the_session_goes_on(run: Run) -> None:
    talk(run, "--room", "Ann, Bob", typed="v\n1\n5\nv\nf a.jsonl\nq\n")
    moved = talk(run, "--session", "a.jsonl", "--room", "Zoe, Ann, Bob", typed="q\n")
    assert moved.exit_code == 2
    assert "Ann and Bob keep their seats" in moved.stderr
    assert talk(run, "--session", "a.jsonl", "--room", "Ann, Bob, Zoe", typed="q\n").exit_code == 0


def test_the_order_is_kept_with_the_session(run: Run) -> None:
    talk(run, "--order", "decisive", typed="1\nf a.jsonl\nq\n")
    assert read_journal("a.jsonl")[0].head.asks == "decisive"
    assert run("assess", "--order", "whichever").exit_code == 2


# ------------------------------------------------------------------------------------------------------- --resume


def test_one_session_alone_is_taken_with_a_note(run: Run) -> None:
    talk(run, "--date", "2026-01-31", typed="5\nq\n")
    result = talk(run, "--resume", typed="1\nq\n")
    assert result.exit_code == 0
    assert re.search(
        r"^going on with Acme Ltd, 2026-01-31: 14 of 15 questions left, last change \d{4}-\d\d-\d\d \d\d:\d\d, "
        r"acme-ltd-2026-01-31\.cvp\.jsonl$",
        result.stderr,
        re.M,
    )
    assert len(answers_in("acme-ltd-2026-01-31.cvp.jsonl")) == 2


def test_a_session_is_gone_on_with_in_its_language(run: Run) -> None:
    talk(run, "--date", "2026-01-31", "--lang", "de", typed="5\nq\n")
    assert re.search("^weiter mit Acme Ltd, 2026-01-31: ", talk(run, "--resume", typed="q\n").stderr, re.M)
    assert "going on with Acme Ltd" in talk(run, "--resume", "--lang", "en", typed="q\n").stderr
    talk(run, "--date", "2026-02-01", typed="5\nq\n")
    os.utime("acme-ltd-2026-02-01.cvp.jsonl", (60, 60))
    assert "Welche? 1 bis 2, Eingabetaste für 1: " in talk(run, "--resume", typed="1\nq\n").stderr


def test_several_sessions_are_offered_the_latest_first(run: Run) -> None:
    for number, company in enumerate(("One", "Two", "Three")):
        run("assess", "quick", "--company", company, "--date", "2026-01-31", "--plain", stdin="1\nq\n")
        os.utime(f"{company.lower()}-2026-01-31.cvp.jsonl", (number * 60, number * 60))
    Path("broken.cvp.jsonl").write_text("what?\n")
    result = talk(run, "--resume", typed="0\nfour\n2\n3\nq\n")
    assert "  1  Three, 2026-01-31: 14 of 15 questions left" in result.stderr
    assert "  3  One, 2026-01-31: 14 of 15 questions left" in result.stderr
    assert result.stderr.count("Which one? 1 to 3, Enter for 1: ") == 3
    assert "cvp: broken.cvp.jsonl: is no session of cvp" in result.stderr
    assert len(answers_in("two-2026-01-31.cvp.jsonl")) == 2
    os.utime("two-2026-01-31.cvp.jsonl", (60, 60))
    talk(run, "--resume", typed="\n3\nq\n")
    assert len(answers_in("three-2026-01-31.cvp.jsonl")) == 2
    assert talk(run, "--resume", typed="").exit_code == 2


def test_with_nobody_to_choose_the_sessions_are_listed(run: Run) -> None:
    talk(run, "--date", "2026-01-31", typed="5\nq\n")
    for options in ([], ["--no-input"]):
        result = run("assess", "--resume", *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "  1  Acme Ltd, 2026-01-31: 14 of 15 questions left" in result.stderr
        assert "--session FILE" in result.stderr


def test_beginning_again_tells_of_what_was_left_unfinished(run: Run) -> None:
    file = "acme-ltd-2026-01-31.cvp.jsonl"
    talk(run, "--date", "2026-01-31", typed="5\nq\n")
    again = talk(run, "--date", "2026-01-31", typed="1\nq\n")
    assert "cvp: not finished yet: Acme Ltd, 2026-01-31: 14 of 15 questions left, last change " in again.stderr
    assert f"a new session begins; to go on with that one: cvp assess --session {file}\n" in again.stderr
    assert again.stderr.index("not finished yet") < again.stderr.index("Question 1 of 15")
    assert (again.exit_code, again.stdout.startswith("Acme Ltd")) == (0, True)
    assert answers_in(file) == {"buyers_talk_price": "outcome"}


@pytest.mark.parametrize(
    "other",
    [
        ["level4", "--company", "Acme Ltd"],
        ["quick", "--company", "Acme"],
        ["quick", "--company", "Acme Ltd", "--date", "2026-03-31"],
    ],
)
def test_beginning_something_else_tells_of_nothing(run: Run, other: list[str]) -> None:
    talk(run, "--date", "2026-01-31", typed="5\nq\n")
    result = run("assess", *other, "--plain", stdin="1\nq\n")
    assert (result.exit_code, "not finished yet" in result.stderr) == (0, False)


def test_beginning_after_the_last_answer_tells_of_nothing(run: Run) -> None:
    talk(run, typed="1\n" * 15 + "q\n")
    assert "not finished yet" not in talk(run, typed="1\nq\n").stderr


def test_no_session_to_go_on_with_is_told(run: Run) -> None:
    result = talk(run, "--resume", typed="1\n")
    assert result.exit_code == 3
    assert "there is no session (*.cvp.jsonl) in this folder" in result.stderr


def test_only_as_many_sessions_as_can_be_read_are_offered(run: Run) -> None:
    head = head_of(ASKED, company="Acme", date="2026-01-31")
    change: Change = Answered(question="a", answer=Answer(choice="c1"))
    for number in range(23):
        session = create(f"{number}.cvp.jsonl", head)
        session.append([change])
        session.close()
    result = talk(run, "--resume", typed="")
    assert "and 3 older ones" in result.stderr
    assert "Which one? 1 to 20" in result.stderr


# ------------------------------------------------------------------- a questionnaire that changed under its session


@pytest.fixture
def begun(run: Run, folder: Path) -> str:
    """A session with the questionnaire base.yaml in this folder, all of it answered; its file."""
    assert folder == Path.cwd()
    typed = "1\ne heard so\n2\n1\n?\n1\nf a.jsonl\nq\n"
    assert run("assess", "base.yaml", "--company", "Acme", "--plain", stdin=typed).exit_code == 0
    assert read_journal("a.jsonl")[0].head.questionnaire.file == str((folder / "base.yaml").resolve())
    return "a.jsonl"


def change(before: str, after: str) -> None:
    text = Path("base.yaml").read_text()
    assert before in text
    Path("base.yaml").write_text(text.replace(before, after))


def test_an_unchanged_questionnaire_is_found_again(run: Run, begun: str, tmp_path: Path) -> None:
    result = talk(run, "--session", begun, typed="q\n")
    assert (result.exit_code, "changed" in result.stderr) == (0, False)
    folder = tmp_path / "moved"
    folder.mkdir()
    for name in (begun, "base.yaml"):
        Path(name).rename(folder / name)
    assert talk(run, "--session", str(folder / begun), typed="q\n").exit_code == 0
    (folder / "base.yaml").unlink()
    lost = talk(run, "--session", str(folder / begun), typed="q\n")
    assert lost.exit_code == 3
    assert "its questionnaire `base` is not in" in lost.stderr
    assert "say where it is: cvp assess QUESTIONNAIRE --session" in lost.stderr


def test_a_changed_questionnaire_carries_over_what_fits(run: Run, begun: str) -> None:
    before = answers_in(begun)
    change('version: "1.0.0"', 'version: "1.1.0"')
    change("weight: 2", "weight: 3")
    whole = Path(begun).read_bytes()
    scored = run("assess", "--no-input", "--session", begun)
    left = talk(run, "--session", begun, typed="q\n")
    assert Path(begun).read_bytes() == whole, "only the first change makes it final"
    for result in (scored, left, talk(run, "--session", begun, typed="g 1\nm\nm\nq\n")):
        assert result.exit_code == 0, result.stderr
        assert "The questionnaire has changed since this session was last open" in told(result.stderr)
        assert f"{len(before)} answers fit and stand." in told(result.stderr)
    assert answers_in(begun) == before
    journal, _ = read_journal(begun)
    assert journal.head.questionnaire.version == "1.1.0"
    assert b'"version":"1.0.0"' in journal.data, "what was before it is still there"
    again = talk(run, "--session", begun, typed="u\nu\nu\nq\n")
    assert "has changed" not in again.stderr
    assert "There is nothing to undo." in again.stderr
    assert answers_in(begun) == before


def test_what_does_not_fit_a_changed_questionnaire_is_listed(run: Run, begun: str) -> None:
    before = answers_in(begun)
    first = next(iter(before))
    change(f"value: {before[first]},", "value: something_else,")
    result = talk(run, "--session", begun, typed="g 1\nm\nq\n")
    assert result.exit_code == 0, result.stderr
    assert f"there is no choice `{before[first]}` any more" in told(result.stderr)
    assert first not in answers_in(begun)


def test_an_unsound_questionnaire_is_told_and_the_session_stays(run: Run, begun: str) -> None:
    before = Path(begun).read_bytes()
    change("weight: 2", "wieght: 2")
    for options in ([], ["--no-input"]):
        result = talk(run, "--session", begun, *options, typed="1\nq\n")
        assert result.exit_code == 3
        assert "base.yaml:27:5" in result.stderr
    assert Path(begun).read_bytes() == before


def test_the_questionnaire_of_a_session_can_be_named(run: Run, begun: str) -> None:
    Path("base.yaml").rename("other.yaml")
    assert run("assess", "other.yaml", "--session", begun, "--plain", stdin="q\n").exit_code == 0
