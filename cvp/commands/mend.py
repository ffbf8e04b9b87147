"""What `cvp check --fix` writes and `--diff` shows."""

import difflib
from collections.abc import Iterator, Sequence
from functools import partial

from cvp.checking import Named, Request, check_read, files_below
from cvp.checking.mending import mended
from cvp.commands.failing import say
from cvp.commands.screen import STDOUT, write
from cvp.errors import Unreadable
from cvp.finding import Finding
from cvp.loading import Finder
from cvp.reading import STDIN, read_bytes
from cvp.saving import save
from cvp.text import counted, printable

_BOM = "\ufeff"


def mend(paths: Sequence[str]) -> None:
    """Mends the files; those that cannot be read stay as they are."""
    count = 0
    for file, _, after in _mends(paths):
        save(file.name, after.encode())
        count += 1
    say(f"mended {counted(count, 'file')}")


def show_mends(paths: Sequence[str]) -> bool:
    """Prints what would be mended, as a unified diff; whether there is anything."""
    found = False
    for file, before, after in _mends(paths):
        found = True
        lines = difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), file.name, f"{file.name} (mended)"
        )
        write("".join(f"{printable(line.rstrip())}\n" for line in lines), STDOUT)
    return found


def _mends(paths: Sequence[str]) -> Iterator[tuple[Named, str, str]]:
    """The files that can be mended, with the text before and after."""
    for file in files_below(paths):
        try:
            text = read_bytes(file.name).decode("utf-8") if file.name != STDIN else ""
        except (Unreadable, UnicodeDecodeError):
            continue
        bom = _BOM if text.startswith(_BOM) else ""
        after = bom + mended(text.removeprefix(bom), partial(_findings, file))
        if after != text:
            yield file, text, after


def _findings(file: Named, text: str) -> Sequence[Finding]:
    checked = check_read(file, text.encode(), Request(), Finder(file.name))
    return checked.findings if checked else ()
