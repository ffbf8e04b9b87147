"""The questionnaires that ship with cvp: id → file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

DEFAULT: Final = "level4"
"""The id of the one that is meant where none is named."""
BUYERS: Final = "buyers"
"""The id of the one whose questions, to buyers, mirror those to a company."""


def folder() -> Path:
    """Inside the package when installed from a wheel, beside it in a checkout or an editable install."""
    package = Path(__file__).parent
    inside = package / "questionnaires"
    return inside if inside.is_dir() else package.parent / "questionnaires"


@cache
def shipped() -> Mapping[str, Path]:
    """The shipped questionnaires by id, in the order of the ids. A file is named for its id."""
    return {path.stem: path for path in sorted(folder().glob("*.yaml"))}
