"""Real programs of other people that judge what we write: absent on a desk a test is skipped, in CI it fails."""

import os
from pathlib import Path
from typing import Final

import pytest

NPM: Final = Path(__file__).parent / "npm" / "node_modules"
NPM_MISSING: Final = "the npm packages are not installed; run `npm ci` in tests/npm"


def needs(thing: bool, reason: str) -> None:
    """Skips the test where `thing` is not there; fails it where CI is set, which must never skip."""
    if thing:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI must have all that the tests need: {reason}")
    pytest.skip(reason)
