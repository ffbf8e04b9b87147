"""The house keeps its own rules."""

import subprocess
import sys
from pathlib import Path

import pytest

from cvp.reports import FORMATS, report

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cvp"
VAGUE = {"utils", "helpers", "common", "core", "base", "manager"}


def test_imports_go_down() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_names_say_what_is_inside() -> None:
    names = {path.stem for path in PACKAGE.rglob("*.py")}
    assert not names & VAGUE
    shadowing = {path.stem for path in PACKAGE.glob("*.py")} & sys.stdlib_module_names
    assert not shadowing - {"__main__"}


def test_no_room_has_grown_large() -> None:
    rooms = {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    sizes = {str(name): len(text.splitlines()) for name, text in rooms.items()}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_format_renders(name: str) -> None:
    assert callable(report(name).render)


def test_every_test_file_belongs_to_something() -> None:
    empty = [
        path.name for path in Path(__file__).parent.glob("test_*.py") if "def test_" not in path.read_text("utf-8")
    ]
    assert empty == []
