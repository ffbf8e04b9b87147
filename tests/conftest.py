"""What all tests share. The laws are tried on few examples, on many with `HYPOTHESIS_PROFILE=thorough`."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from texts import QUESTIONNAIRE
from typer.testing import CliRunner, Result

from cvp.commands import app

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sound questionnaire in it."""
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs cvp in this process, as a pipe sees it: 80 columns, no colour."""
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run
