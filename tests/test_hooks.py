"""`cvp check` as others run it: by pre-commit and as a GitHub Action, each from a copy of this repository."""

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from real import needs

ROOT: Final = Path(__file__).parent.parent
PROGRAMS: Final = Path(sys.executable).parent
EXAMPLE: Final = (ROOT / "cvp/rules/examples/example.yaml").read_text(encoding="utf-8")
BROKEN: Final = EXAMPLE.replace("\nperspective: company\n", "\nperspectiv: company\n")
UNKNOWN_KEY: Final = "unknown key `perspectiv`"
AT: Final = BROKEN[: BROKEN.index("perspectiv:")].count("\n") + 1

ACTION: Final[Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
INSTALL, CHECK = (step for step in ACTION["runs"]["steps"] if "run" in step)


@functools.cache
def packages_can_be_had() -> bool:
    """Whether pip reaches an index, from which it takes what builds and runs cvp."""
    options = ["--quiet", "--dry-run", "--ignore-installed", "--no-deps"]
    command = [sys.executable, "-m", "pip", "install", *options, "hatchling"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment without what another git, pre-commit or CI put there; pip keeps its cache, which saves time."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "GITHUB_"))
    }
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        git |= {f"GIT_{who}_NAME": "cvp", f"GIT_{who}_EMAIL": "cvp@example.com"}
    hooks = {"PRE_COMMIT_HOME": str(home / "pre-commit"), "PRE_COMMIT_COLOR": "never", "PIP_NO_COMPILE": "1"}
    return {**inherited, **git, **hooks, **more}


def git(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=folder, env=surroundings(folder), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is in this one, committed or not."""
    needs(bool(shutil.which("git")), "git is not installed")
    folder = tmp_path_factory.mktemp("source") / "cvp"
    shutil.copytree(ROOT / "cvp", folder / "cvp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "questionnaires", folder / "questionnaires")
    for name in ("pyproject.toml", "README.md", "LICENSE", "action.yml", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "all of it")
    return folder


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A user's repository with a sound questionnaire."""
    folder = tmp_path / "user's repository"
    (folder / "questionnaires").mkdir(parents=True)
    (folder / "questionnaires/example.yaml").write_text(EXAMPLE, encoding="utf-8")
    return folder


# --- pre-commit


def pre_commit(user: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    program = PROGRAMS / "pre-commit"
    needs(program.exists(), "pre-commit is not installed")
    git(user, "init", "--quiet")
    git(user, "add", "--all")
    env = surroundings(user.parent)
    return subprocess.run([program, *arguments], cwd=user, env=env, capture_output=True, text=True, check=False)


def test_the_manifest_of_hooks_is_valid(user: Path) -> None:
    done = pre_commit(user, "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "checked"),
    [
        ("questionnaires/a.yaml", True),
        ("questionnaires/cases/a b.yml", True),
        ("questionnaires/a.json", True),
        ("questionnaires/README.md", False),
        ("old/questionnaires/a.yaml", False),
        ("questionnaires.yaml", False),
    ],
)
def test_files_of_cvp_are_checked_by_default(name: str, checked: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) == checked


def test_pre_commit_tries_the_hook(source: Path, user: Path) -> None:
    needs(packages_can_be_had(), "pip reaches no package index")
    (user / "questionnaires/broken.yaml").write_text(BROKEN, encoding="utf-8")
    (user / "other.yaml").write_text("cvp: nothing that is to be checked\n", encoding="utf-8")
    done = pre_commit(user, "try-repo", source, HOOK["id"], "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "- exit code: 1" in done.stdout
    assert f"questionnaires/broken.yaml:{AT}:1: error CVP111 {UNKNOWN_KEY}" in done.stdout
    assert "in 1 of 2 files" in done.stdout


def test_pre_commit_runs_the_hook_as_configured(source: Path, user: Path) -> None:
    needs(packages_can_be_had(), "pip reaches no package index")
    (user / "surveys").mkdir()
    (user / "surveys/mine.yaml").write_text(EXAMPLE, encoding="utf-8")
    (user / "surveys/README.md").write_text("not for cvp\n", encoding="utf-8")
    hook = {"id": HOOK["id"], "files": "^surveys/", "args": ["--statistics"], "verbose": True}
    configured = {"repos": [{"repo": str(source), "rev": "HEAD", "hooks": [hook]}]}
    (user / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configured), encoding="utf-8")
    done = pre_commit(user, "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing found in 1 file." in done.stdout
    (user / "surveys/mine.yaml").write_text(BROKEN, encoding="utf-8")
    done = pre_commit(user, "run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"surveys/mine.yaml:{AT}:1: error CVP111 {UNKNOWN_KEY}" in done.stdout


# --- the action


@dataclass(frozen=True)
class Runner:
    """Runs a step's script as GitHub's runner does, with the action's defaults for inputs that are not given."""

    source: Path
    workspace: Path

    def run(self, step: Any, outputs: Mapping[str, str], **inputs: str) -> "subprocess.CompletedProcess[str]":
        needs(bool(shutil.which("bash")), "bash is not installed")
        defaults = {name: str(about["default"]) for name, about in ACTION["inputs"].items()}
        known = {f"inputs.{name}": value for name, value in {**defaults, **inputs}.items()} | {**outputs}
        given = {name: filled(value, known) for name, value in step["env"].items()}
        script = self._temp / "script.sh"
        script.write_text(filled(step["run"], {}), encoding="utf-8")
        files = {"RUNNER_TEMP": str(self._temp), "GITHUB_OUTPUT": str(self.output)}
        env = surroundings(self._temp, GITHUB_ACTION_PATH=str(self.source), **files, **given)
        bash: list[str | Path] = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script]
        return subprocess.run(bash, cwd=self.workspace, env=env, capture_output=True, text=True, check=False)

    def check(self, **inputs: str) -> "subprocess.CompletedProcess[str]":
        """The last step, with the cvp of this environment."""
        return self.run(CHECK, {"steps.install.outputs.cvp": str(PROGRAMS / "cvp")}, **inputs)

    @property
    def output(self) -> Path:
        return self._temp / "output"

    @property
    def _temp(self) -> Path:
        temp = self.workspace.parent / "runner's temp"
        temp.mkdir(exist_ok=True)
        return temp


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its expressions evaluated; a KeyError for one that is not to be there."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda expression: values[expression[1]], text)


@pytest.fixture
def runner(user: Path) -> Runner:
    return Runner(ROOT, user)


def test_the_action_is_one_by_githubs_schema() -> None:
    program = PROGRAMS / "check-jsonschema"
    needs(program.exists(), "check-jsonschema is not installed")
    arguments: list[str | Path] = [program, "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_action_writes_no_expression_into_a_script() -> None:
    """There it would be run as code."""
    assert not any("${{" in step["run"] for step in (INSTALL, CHECK))
    used = {name for step in ACTION["runs"]["steps"] for name in re.findall(r"inputs\.([\w-]+)", str(step))}
    assert used == ACTION["inputs"].keys()


def test_the_action_installs_itself_and_checks(source: Path, user: Path) -> None:
    needs(packages_can_be_had(), "pip reaches no package index")
    runner = Runner(source, user)
    done = runner.run(INSTALL, {"steps.python.outputs.python-path": sys.executable})
    assert done.returncode == 0, done.stderr
    name, _, cvp = runner.output.read_text(encoding="utf-8").strip().partition("=")
    outputs = {f"steps.install.outputs.{name}": cvp}
    done = runner.run(CHECK, outputs)
    assert (done.returncode, done.stdout) == (0, "Nothing found in 1 file.\n")
    (user / "questionnaires/broken.yaml").write_text(BROKEN, encoding="utf-8")
    done = runner.run(CHECK, outputs)
    assert done.returncode == 1
    assert f"file=questionnaires/broken.yaml,line={AT},endLine={AT},col=1,endColumn=10::" in done.stdout
    assert UNKNOWN_KEY in done.stdout


def test_the_action_takes_paths_by_the_line_and_options_by_the_word(runner: Runner) -> None:
    for name in ("a b/mine.yaml", "-o.yaml", "$(touch pwned)`touch pwned`;touch pwned.yaml"):
        (runner.workspace / name).parent.mkdir(exist_ok=True)
        (runner.workspace / name).write_text(EXAMPLE, encoding="utf-8")
    paths = "a b\n\n-o.yaml\n$(touch pwned)`touch pwned`;touch pwned.yaml\n"
    done = runner.check(paths=paths, args=" --fail-on\n warning  --statistics")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing found in 3 files.\n", "")
    assert not (runner.workspace / "pwned").exists()


@pytest.mark.parametrize("args", ["*", "$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "--no-such-option"])
def test_the_action_runs_no_option_as_code(args: str, runner: Runner) -> None:
    assert runner.check(args=args).returncode in (2, 3)
    assert not (runner.workspace / "pwned").exists()


def test_the_action_says_that_a_path_is_not_there(runner: Runner) -> None:
    done = runner.check(paths="questionaires")
    assert done.returncode == 3
    assert "questionaires: there is no such file or folder" in done.stderr
    assert runner.check(paths="").returncode == 2
