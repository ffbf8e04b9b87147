"""`cvp report`: saved assessments rendered again, and files that are none."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pexpect
import pytest
from assessments import REPORTED, hostile, room
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from cvp.catalogue import folder
from cvp.commands.facing import facing_buyers
from cvp.errors import CvpError, MissingExtra, Unreadable
from cvp.finding import Invalid
from cvp.loading import load_assessment
from cvp.reports import FORMATS, TERMINAL, Format, Look, report

Run = Callable[..., Result]

ZIPCAR = folder() / "cases" / "zipcar.yaml"
TEXTS: Final = [name for name in FORMATS if name != "pptx"]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "zipcar.json"
    file.write_text(REPORTED["zipcar"]().to_json(), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_bytes_as_assess(run: Run, saved: Path, tmp_path: Path, name: str) -> None:
    for command, file in (("assess", "--answers"), ("report", "")):
        given = [command, file, ZIPCAR] if file else [command, saved]
        result = run(*given, "--format", name, "--output", tmp_path / command)
        assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / "assess").read_bytes() == (tmp_path / "report").read_bytes()


def test_the_same_bytes_whatever_the_seed_of_hashes(saved: Path) -> None:
    """In every text format, in processes whose sets come in different orders."""
    code = (
        "import sys; from cvp.loading import load_assessment; from cvp.reports import Look, report\n"
        "for name in sys.argv[2:]: sys.stdout.write(report(name).render(load_assessment(sys.argv[1]), Look()))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code, saved, *TEXTS],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 200_000


@pytest.mark.parametrize("name", ["room", "hostile"])
@pytest.mark.parametrize(("format_", "ending"), [("terminal", "txt"), ("json", "json")])
def test_the_file_is_what_it_was(name: str, format_: str, ending: str) -> None:
    """Zipcar's are among those of assess, the other formats' among their own tests."""
    made = report(format_).render(REPORTED[name](), Look())
    assert isinstance(made, str)
    assert_golden(f"report_{name}.{ending}", made)


def test_a_missing_extra_says_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "pptx", Format("nobodys_library", (".pptx",), extra="slides"))
    with pytest.raises(MissingExtra, match=r"needs nobodys_library, .* run: pip install 'cvp-assess\[slides\]'"):
        report("pptx")


BYTES = """
import sys, types
from cvp.commands.failing import as_command
from cvp.commands.screen import put
from cvp.reports import FORMATS, Format, Look
sys.modules["slides"] = types.ModuleType("slides")
sys.modules["slides"].render = lambda subject, look: bytes(range(256))
FORMATS["pptx"] = Format("slides", (".pptx",))
as_command(lambda: put(None, "pptx", Look(), "-"))()
"""


def test_bytes_go_into_a_pipe_and_not_onto_a_terminal() -> None:
    piped = subprocess.run([sys.executable, "-c", BYTES], capture_output=True, check=True)
    assert piped.stdout == bytes(range(256))
    with pexpect.spawn(sys.executable, ["-c", BYTES], encoding="utf-8", timeout=30) as terminal:
        terminal.expect(pexpect.EOF)
        assert "is no text for a terminal; add --output FILE" in terminal.before


def test_standard_input_and_the_ending_of_the_output(run: Run, saved: Path, tmp_path: Path) -> None:
    result = run("report", "-", "--output", tmp_path / "z.md", stdin=saved.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert (tmp_path / "z.md").read_text(encoding="utf-8").startswith("# Zipcar\n")


def test_a_file_is_in_utf_8_whatever_the_screen_is(saved: Path) -> None:
    """Only the terminal's report fits itself to the encoding of standard output."""
    code = "from cvp.commands.report import report; report(__import__('sys').argv[1:], 'html')"
    done = subprocess.run(
        [sys.executable, "-c", code, saved],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout == saved_html(saved)


def saved_html(saved: Path) -> bytes:
    made = report("html").render(facing_buyers(load_assessment(str(saved))), Look())
    assert isinstance(made, str)
    return made.encode()


def test_a_brand_on_the_command_line(run: Run, saved: Path, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    options = ("--title", "Ours", "--client", "Them", "--accent", "#7A1F5C", "--logo", tmp_path / "logo.png")
    result = run("report", saved, "--output", tmp_path / "z.html", *options)
    assert result.exit_code == 0
    text = (tmp_path / "z.html").read_text(encoding="utf-8")
    for part in ("Ours", "prepared for Them", "#7a1f5c", "data:image/png;base64,iVBOR"):
        assert part in text


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--accent", "red"], 2, "is no colour; write it as #1b5e85"),
        (["--format", "docx"], 2, "there is no such format"),
        (["--output", "x.docx"], 2, "its ending means no format"),
        (["--logo", "nothing.png"], 3, "there is no such file"),
        (["--logo", "saved.svg"], 3, "neither PNG nor JPEG"),
        (["--logo", "large.png"], 3, "larger than 2 MiB"),
        (["--template", "nowhere"], 3, "is no folder"),
        (["--template", ".", "--format", "html"], 3, "has no report.html.jinja"),
    ],
)
def test_options_that_cannot_be(
    run: Run, saved: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(saved.parent)
    Path("saved.svg").write_text("<svg onload='alert(1)'/>")
    Path("large.png").write_bytes(PNG + b"\0" * (2 << 20))
    result = run("report", saved, *options)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


BAD: Final[dict[str, tuple[str, str]]] = {
    "nothing": ("", "where a mapping is wanted"),
    "no JSON": ("{", "CVP101"),
    "answers": ("cvp: 1\nanswers: {a: b}\n", "is no assessment; `cvp assess"),
    "a later version": ('{"cvp": "assessment/2"}', "of another version than assessment/1"),
    "half of it": ('{"cvp": "assessment/1", "level": 2}', "`company` is missing"),
    "a number past all bounds": ('{"cvp": "assessment/1", "level": 1e999}', "CVP110"),
    "two companies": ('{"cvp": "assessment/1", "company": "A", "company": "B"}', "CVP105"),
    "too deep": ('{"cvp": "assessment/1", "levels": ' + "[" * 99 + "]" * 99 + "}", "CVP104"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_file_that_is_none_is_told(run: Run, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    result = run("report", file)
    assert result.exit_code == 3
    assert said in result.stderr
    assert str(file) in result.stderr


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is no such file"):
        load_assessment(str(tmp_path / "none.json"))
    (tmp_path / "large.json").write_bytes(b" " * ((4 << 20) + 1))
    with pytest.raises(Unreadable, match="larger than 4 MiB"):
        load_assessment(str(tmp_path / "large.json"))


SPOILED: Final[dict[str, tuple[tuple[str | int, ...], object, str]]] = {
    "infinite": (("criteria", 0, "weight"), float("inf"), "a number is wanted"),
    "weightless": (("criteria", 0, "weight"), 0, "must be more than 0"),
    "above 1": (("levels", 0, "score"), 1.5, "must be at most 1"),
    "an unknown key": (("extra",), 1, "unknown key `extra`"),
    "three levels": (("levels",), [], "must be the four levels"),
    "out of order": (("out_of_order",), [4], "is not what the gates say"),
    "a sum": (("path", "effort"), 1, "is not the sum"),
    "a day": (("date",), "tomorrow", "is no day"),
    "a language": (("language",), '"><script>', "is no language code"),
    "votes": (("room", "criteria", 0, "rounds", 0, "frequencies", 0), 10**17, "the votes are not those"),
    "a voter": (("room", "criteria", 0, "lowest"), [9], "there is no such respondent"),
    "an agenda": (("room", "agenda"), ["x"], "that was not voted on"),
    "questions": (("basis", "questions"), 0, "is not the number of questions"),
    "a gap": (("gaps", 0, "id"), "x", "there is no such criterion"),
}


@pytest.mark.parametrize(("route", "value", "said"), SPOILED.values(), ids=SPOILED)
def test_what_contradicts_itself_is_refused_at_its_place(
    run: Run, tmp_path: Path, route: tuple[str | int, ...], value: object, said: str
) -> None:
    file = tmp_path / "spoiled.json"
    file.write_text(json.dumps(with_value(json.loads(room().to_json()), route, value), indent=1), encoding="utf-8")
    result = run("report", file)
    assert result.exit_code == 3
    assert said in result.stderr
    assert f"{file}:" in result.stderr
    assert "unexpected fault" not in result.stderr


def with_value(data: Any, route: tuple[str | int, ...], value: object) -> Any:
    part = data
    for step in route[:-1]:
        part = part[step]
    part[route[-1]] = value
    return data


def routes(data: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if route:
        yield route
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in items:
        yield from routes(part, (*route, step))


SOUND: Final = [room().to_json(), hostile().to_json()]  # one with votes, one with a path
ROUTES: Final = [sorted(routes(json.loads(text)), key=str) for text in SOUND]
NASTY: Final[st.SearchStrategy[object]] = st.sampled_from(
    [None, True, -1, 0, 1, 5, 10**17, -0.5, 1e-300, 0.3, "", "x", "=1", "<b>", "\u202e", "😀" * 50, [], {}, [1], ["a"]]
)


@given(st.integers(0, 1), st.data())
def test_any_file_is_refused_or_reported_whole(
    tmp_path_factory: pytest.TempPathFactory, which: int, drawn: st.DataObject
) -> None:
    """Whatever stands in a saved assessment: a message of cvp's, or every report."""
    data = json.loads(SOUND[which])
    spoils = st.lists(st.tuples(st.sampled_from(ROUTES[which]), NASTY), min_size=1, max_size=3)
    for route, value in drawn.draw(spoils):
        try:
            with_value(data, route, value)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier one took away where this one would go
    file = tmp_path_factory.mktemp("spoiled") / "a.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    try:
        assessment = load_assessment(str(file))
    except CvpError as error:
        assert isinstance(error, Unreadable) or (isinstance(error, Invalid) and error.findings)
        return
    for name in TEXTS:
        assert report(name).render(assessment, Look(width=30 if name == TERMINAL else 80))
