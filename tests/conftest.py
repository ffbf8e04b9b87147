"""What all tests share. The laws are tried on few examples, on many with `HYPOTHESIS_PROFILE=thorough`."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from texts import QUESTIONNAIRE

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sound questionnaire in it."""
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    return tmp_path
