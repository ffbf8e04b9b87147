"""Whole outputs as files: `CVP_UPDATE_GOLDEN=1 pytest` writes them anew, and the diff is then read by a person."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """That `text` is what the golden file says, byte for byte."""
    file = GOLDEN / name
    if os.environ.get("CVP_UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode(), f"{name} differs; see tests/golden_files.py"
