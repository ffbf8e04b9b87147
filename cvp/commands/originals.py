"""The questionnaire that a saved file is by, whose texts are needed to tell it in another language."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cvp.errors import WrongUsage
from cvp.text import one_line

if TYPE_CHECKING:
    from cvp.assessment import Assessment
    from cvp.questionnaire import Questionnaire

_HEAD: Final = 65_536
"""How many bytes of a file may stand before the questionnaire's id."""


def original(file: str, name: str, sha256: str, given: Sequence["Questionnaire"] = ()) -> "Questionnaire | None":
    """The questionnaire of that id and content: among those given, in the file's folder or this one, or shipped."""
    from cvp.loading import Finder

    if same := next((one for one in given if one.sha256 == sha256), None):
        return same
    for folder in dict.fromkeys((Path(file).parent, Path())):
        find = Finder(str(folder / "beside"))
        for called in (name, *_named_otherwise(folder, name)):
            found = find(called)
            if found and found.sha256 == sha256:
                return found
    return None


def _named_otherwise(folder: Path, name: str) -> Iterator[str]:
    """Files of the folder that say early on that this is their id."""
    says_so = re.compile(rb"\bid[\"']?\s*:\s*[\"']?%b\b" % re.escape(name).encode())
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix in (".yaml", ".yml") and path.is_file() and says_so.search(_head_of(path)):
                yield path.name
    except OSError:
        return


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def originals_given(names: Sequence[str], loaded: Sequence[tuple[str, "Assessment"]]) -> list["Questionnaire"]:
    """Those that are named by path or id. Raises WrongUsage for one that no assessment is by, Invalid or Unreadable."""
    from cvp.loading import load_questionnaire

    found = [load_questionnaire(name) for name in names]
    for name, one in zip(names, found, strict=True):
        if one.sha256 not in {a.questionnaire.sha256 for _, a in loaded}:
            raise WrongUsage(f"--questionnaire {name}: {_difference(one, loaded)}")
    return found


def _difference(given: "Questionnaire", loaded: Sequence[tuple[str, "Assessment"]]) -> str:
    """What it is, and what would have been needed."""
    file, a = next(
        (pair for pair in loaded if pair[1].questionnaire.id == given.id),
        loaded[0],
    )
    by = a.questionnaire
    if by.id != given.id:
        return f"is `{given.id}`, but {file} is by `{one_line(by.id)}`; give that one"
    if by.version != given.version:
        return (
            f"is {given.version} of `{given.id}`, but {file} is by {one_line(by.version)}; "
            "give that version, else its texts may say something else"
        )
    return (
        f"was changed since {file}: `{given.id}` {given.version} has the content {given.sha256[:12]}, "
        f"not {one_line(by.sha256)[:12]}; give it as it was"
    )
