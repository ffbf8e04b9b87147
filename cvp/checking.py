"""Paths → what check has to say of each file below them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cvp.errors import Unreadable
from cvp.finding import Checked, Run
from cvp.loading import finder_beside
from cvp.reading import read_document
from cvp.rules import check
from cvp.rules.subject import subject_of

ENDINGS = (".yaml", ".yml", ".json")


def check_paths(paths: Sequence[str]) -> Run:
    """Every file below the paths, in the order of the paths and then of names. Raises Unreadable."""
    return Run(tuple(check_file(name) for name in files_below(paths)))


def check_file(name: str) -> Checked:
    """One file. Raises Unreadable."""
    document = read_document(name)
    return Checked(document.name, tuple(check(subject_of(document, finder_beside(name)))))


def files_below(paths: Sequence[str]) -> Iterator[str]:
    """Files as they are; folders walked for YAML and JSON, hidden ones left out. Raises Unreadable for no such path."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.suffix in ENDINGS and p.is_file())
            yield from (str(p) for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts))
        elif name == "-" or path.exists():
            yield name
        else:
            raise Unreadable(f"{name}: there is no such file or folder; check the spelling")
