"""`cvp check` as people and CI call it: what it finds, where, in which order, with which exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from cvp.checking.explaining import EXAMPLES
from cvp.diagnostics import FORMATS

Run = Callable[..., Result]

SOUND = (EXAMPLES / "example.yaml").read_text(encoding="utf-8")

ANSWERS = """cvp: 1
questionnaire: example
version: "1.0.0"
company: Acme
date: "2026-01-31"
answers:
  price: "?"
"""
WARNED = SOUND.replace("sources:\n", "sources:\n  nobody: {author: A, title: Unused}\n", 1)
BROKEN = SOUND.replace("perspective: company", "perspective: nobody")


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a folder and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CVP_CACHE_DIR", str(tmp_path / ".cache"))


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


@pytest.mark.parametrize("output_format", FORMATS)
def test_exit_codes_are_the_same_in_every_format(run: Run, output_format: str) -> None:
    sound, warned, broken = write("s.yaml", SOUND), write("w.yaml", WARNED), write("b.yaml", BROKEN)
    form = ["--output-format", output_format]
    assert run("check", sound, *form).exit_code == 0
    assert run("check", warned, *form).exit_code == 1
    assert run("check", warned, *form, "--fail-on", "error").exit_code == 0
    assert run("check", broken, *form, "--fail-on", "error").exit_code == 1
    assert run("check", broken, *form, "--exit-zero").exit_code == 0
    assert run("check", "nothing-here", *form).exit_code == 3


@pytest.mark.parametrize(
    "arguments", [["--output-format", "html"], ["--fail-on", "never"], ["--jobs", "0"], ["--nonsense"]]
)
def test_a_wrong_command_line(run: Run, arguments: list[str]) -> None:
    assert run("check", write("s.yaml", SOUND), *arguments).exit_code == 2


def test_the_findings_go_to_a_file(run: Run) -> None:
    result = run("check", write("b.yaml", BROKEN), "--output", "found.json", "--output-format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(Path("found.json").read_text())["findings"][0]["file"] == "b.yaml"


def test_a_folder_is_walked_and_what_is_none_of_ours_is_passed_over(run: Run) -> None:
    write("q/b.yaml", BROKEN)
    write("q/a/w.yml", WARNED)
    write("q/.hidden/b.yaml", BROKEN)
    write("q/compose.yaml", "services: {web: {image: nginx}}\n")
    write("q/mkdocs.yml", "theme: !!python/name:material\n")
    write("q/report.json", '{"cvp": "assessment/1", "level": 2}')
    write("q/notes.txt", "cvp: broken: here\n")
    result = run("check", "q", "--output-format", "concise")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()[:2]] == ["q/a/w.yml", "q/b.yaml"]
    assert "compose" not in result.stdout
    assert run("check", "q/compose.yaml").exit_code == 1, "a file that is named is checked"


def test_a_device_is_a_finding(run: Run) -> None:
    result = run("check", "/dev/zero")
    assert result.exit_code == 1
    assert "CVP117" in result.stdout
    assert "regular file" in result.stdout


def test_statistics_count_each_rule(run: Run) -> None:
    result = run("check", write("w.yaml", WARNED), write("b.yaml", BROKEN), "--statistics")
    assert "1 CVP114 wrong-value" in result.stdout


def test_a_case_that_fails_is_a_finding_at_what_it_expects(run: Run) -> None:
    write("example.yaml", SOUND)
    write("case.yaml", 'cvp: 1\nquestionnaire: example\nversion: "1.0.0"\ncompany: Acme\ndate: "2026-01-31"\n'
          "expect: {level: 4, low: 1, high: 4}\nanswers:\n  price: '?'\n")  # fmt: skip
    result = run("check", "case.yaml", "--output-format", "concise", "--fail-on", "error")
    assert result.exit_code == 1
    assert "case.yaml:6:17:" in result.stdout
    report = run("check", "case.yaml", "--output-format", "junit").stdout
    assert 'name="cases"' in report
    assert "<failure" in report


def test_a_thousand_files_come_in_order_with_one_core_and_with_two(run: Run) -> None:
    for number in range(200):
        write(f"q/{number:03}.yaml", WARNED if number % 7 else SOUND)
    one = run("check", "q", "--jobs", "1", "--no-cache", "--output-format", "concise")
    two = run("check", "q", "--jobs", "2", "--no-cache", "--output-format", "concise")
    assert one.stdout == two.stdout
    assert one.exit_code == two.exit_code == 1
    names = [line.partition(":")[0] for line in one.stdout.splitlines() if line.startswith("q/")]
    assert names == sorted(names)


def test_what_is_remembered_is_what_would_be_found(run: Run) -> None:
    for number in range(20):
        write(f"q/{number}.yaml", WARNED)
    arguments = ["check", "q", "--output-format", "json"]
    cold, warm = run(*arguments), run(*arguments)
    assert cold.stdout == warm.stdout == run(*arguments, "--no-cache").stdout
    assert list(Path(".cache").glob("*.sqlite"))
    write("q/7.yaml", BROKEN)
    assert set(codes(run(*arguments))) == {*codes(cold), "CVP114"}


def test_a_memory_never_outlives_what_a_result_depends_on(run: Run) -> None:
    write("q/example.yaml", SOUND)
    for number in range(20):
        write(f"q/cases/{number}.yaml", ANSWERS)
    arguments = ["check", "q", "--output-format", "json", "--fail-on", "error"]
    assert run(*arguments).exit_code == run(*arguments).exit_code == 0
    write("q/example.yaml", SOUND.replace("price", "cost"))
    assert codes(run(*arguments)).count("CVP503") == 20
    write("q/example.yaml", SOUND)
    assert run(*arguments).exit_code == 0
    write("q/cases/example.yaml", BROKEN)  # a nearer one, which is now what the answers mean
    assert codes(run(*arguments)).count("CVP501") == 20
    Path("pyproject.toml").write_text('[tool.cvp]\nignore = ["CVP501", "CVP114"]\n')
    # A process of its own: settings are read once.
    done = subprocess.run([sys.executable, "-m", "cvp", *arguments], capture_output=True, check=False)
    assert b"CVP501" not in done.stdout


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_memory_is_forgotten(run: Run, damage: bytes) -> None:
    for number in range(20):
        write(f"q/{number}.yaml", WARNED)
    arguments = ["check", "q", "--output-format", "json"]
    cold = run(*arguments)
    (cache,) = Path(".cache").glob("*.sqlite")
    cache.write_bytes(damage)
    assert run(*arguments).stdout == cold.stdout
    assert run(*arguments).stdout == cold.stdout


def test_a_memory_that_cannot_be_kept_is_done_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        write(f"q/{number}.yaml", SOUND)
    monkeypatch.setenv("CVP_CACHE_DIR", "/dev/null/nowhere")
    assert run("check", "q").exit_code == 0


def suppressed(reason: str, code: str = "CVP213") -> str:
    return WARNED.replace("title: Unused}", f"title: Unused}} # cvp: ignore[{code}] {reason}")


def test_a_comment_with_a_reason_lets_a_finding_pass(run: Run) -> None:
    result = run("check", write("w.yaml", WARNED), "--output-format", "json")
    (code,) = codes(result)
    sound = run("check", write("s.yaml", suppressed("kept for next year", code)), "--output-format", "json")
    assert sound.exit_code == 0
    assert codes(sound) == []
    above = WARNED.replace("  nobody:", f"  # cvp: ignore[{code}] kept for next year\n  nobody:")
    assert run("check", write("a.yaml", above)).exit_code == 0


def test_a_comment_without_a_reason_or_of_no_use_is_itself_a_finding(run: Run) -> None:
    (code,) = codes(run("check", write("w.yaml", WARNED), "--output-format", "json"))
    for text, expected in (
        (suppressed("", code), [code, "CVP701"]),
        (suppressed("a reason", "CVP999"), [code, "CVP702"]),
        (suppressed("a reason", ""), [code, "CVP702"]),
        (suppressed("a reason", "CVP301"), [code, "CVP703"]),
    ):
        found = codes(run("check", write("x.yaml", text), "--output-format", "json"))
        assert sorted(found) == sorted(expected)


def test_what_looks_like_a_comment_inside_a_text_is_none(run: Run) -> None:
    text = SOUND.replace("title: ", 'summary: "see # cvp: ignore[CVP301] what"\ntitle: ', 1)
    assert run("check", write("s.yaml", text)).exit_code == 0


def test_settings_come_from_the_nearest_pyproject(run: Run) -> None:
    write("w.yaml", WARNED)
    (code,) = codes(run("check", "w.yaml", "--output-format", "json"))
    for settings, exit_code in (
        (f'ignore = ["{code}"]', 0),
        ('select = ["CVP1", "CVP3"]', 0),
        (f'severity = {{{code} = "info"}}', 0),
        ('fail-on = "error"', 0),
        ('severity = {CVP2 = "error"}\nfail-on = "error"', 1),
        (f'per-file-ignores = {{"w.yaml" = ["{code}"]}}', 0),
        (f'per-file-ignores = {{"other/*" = ["{code}"]}}', 1),
    ):
        write("pyproject.toml", f"[tool.cvp]\n{settings}\n")
        done = subprocess.run([sys.executable, "-m", "cvp", "check", "w.yaml"], capture_output=True, check=False)
        assert done.returncode == exit_code, settings


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("selekt = []", "has no key `selekt`; there are select, ignore"),
        ('ignore = ["E501"]', "write CVP301, or CVP3"),
        ('fail-on = "never"', "fail-on"),
        ("ignore = [", "cannot be read"),
    ],
)
def test_wrong_settings_are_told(run: Run, settings: str, said: str) -> None:
    write("w.yaml", WARNED)
    write("pyproject.toml", f"[tool.cvp]\n{settings}\n")
    result = run("check", "w.yaml")
    assert result.exit_code == 3
    assert said in result.stderr


MENDABLE = (
    SOUND.replace("title: What", "title: 2026 # What", 1)
    .replace("label: Money,", "label: 1.10,")
    .replace("lee: {author: Bill Lee", "lee: {author: Bill\x07 Lee")
)


def test_fix_mends_by_splicing_so_that_comments_and_layout_survive(run: Run) -> None:
    file = write("m.yaml", "\ufeff" + MENDABLE.replace("\n", "\r\n"))
    before = file.read_bytes()
    shown = run("check", file, "--diff")
    assert shown.exit_code == 1
    assert '+title: "2026" # What our buyers make of us' in shown.stdout
    assert file.read_bytes() == before
    run("check", file, "--fix")
    after = file.read_bytes()
    assert after == before.replace(b"label: 1.10,", b'label: "1.10",').replace(b"2026 #", b'"2026" #').replace(
        b"\x07", b""
    )
    assert run("check", file, "--diff").exit_code == 0


def test_fix_takes_out_a_comment_of_no_use_and_quotes_a_bare_question_mark(run: Run) -> None:
    write("example.yaml", SOUND + "# cvp: ignore[CVP301] once needed\n")
    file = write("a.yaml", ANSWERS.replace('"?"', "?"))
    assert run("check", "example.yaml", "a.yaml", "--fix", "--fail-on", "error").exit_code == 0
    assert Path("example.yaml").read_text(encoding="utf-8").rstrip() == SOUND.rstrip()
    assert file.read_text().endswith('  price: "?"\n')


def test_fix_leaves_alone_what_it_cannot_read_or_has_nothing_for(run: Run) -> None:
    Path("latin.yaml").write_bytes(BROKEN.replace("company", "caf\xe9").encode("latin-1"))
    before = Path("latin.yaml").read_bytes(), Path("latin.yaml").stat().st_mtime_ns
    assert run("check", "latin.yaml", "--fix").exit_code == 1
    assert (Path("latin.yaml").read_bytes(), Path("latin.yaml").stat().st_mtime_ns) == before


def test_a_folder_that_holds_nothing_of_ours_is_told(run: Run) -> None:
    Path("empty").mkdir()
    write("other/compose.yaml", "services: {}\n")
    for folder in ("empty", "other"):
        result = run("check", folder)
        assert result.exit_code == 3
        assert "holds no questionnaire and no file of answers" in result.stderr


def test_a_setting_that_names_no_rule_is_told() -> None:
    write("w.yaml", WARNED)
    write("pyproject.toml", '[tool.cvp]\nignore = ["CVP999"]\n')
    done = subprocess.run([sys.executable, "-m", "cvp", "check", "w.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "names CVP999, and no rule begins so" in done.stderr


def test_a_comment_goes_with_the_space_around_it(run: Run) -> None:
    file = write("m.yaml", SOUND + "# cvp: ignore[CVP308] once needed\t \n")
    run("check", file, "--fix")
    assert file.read_text(encoding="utf-8") == SOUND
