"""A user's own templates, in a sandbox: they see the story and nothing else, and stop at limits.

Jinja's sandbox keeps a template from Python; it does not keep it from looping or growing for ever, so it is filled in a
process of its own, which can be ended.
"""

import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cvp.errors import Unreadable
from cvp.reports.templates import SETTINGS, Finalize, our_loader, prepared
from cvp.speaking import speaking, spoken

SECONDS: Final = 10
MEMORY: Final = 1 << 30
LONGEST: Final = 32 << 20
"""Characters of a report; one of ours has some two hundred thousand."""

LARGEST: Final = 1 << 20
"""Bytes of one template."""

_START: Final = "import sys; sys.path[:] = sys.argv[1:]; from cvp.reports.own_templates import run; run()"
_DONE, _FAULT = b"done\n", b"fault\n"


def fill_own(folder: Path, name: str, given: Mapping[str, object], finalize: Finalize) -> str:
    """The template `name` of the folder, filled. Raises Unreadable with its file and line where it cannot be."""
    if not (folder / name).is_file():
        first = f'{{% extends "cvp/{name}" %}}'
        raise Unreadable(f"{folder}: has no {name}; write one, which may begin with {first}")
    job = pickle.dumps((folder, name, dict(given), finalize, spoken()))
    # -P and our own path: no module that lies in the current folder is run.
    command = [sys.executable, "-P", "-c", _START, *sys.path]
    try:
        done = subprocess.run(command, input=job, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own
    except subprocess.TimeoutExpired:
        raise Unreadable(f"{folder / name}: took longer than {SECONDS} seconds; take a loop out") from None
    kind, _, said = done.stdout.partition(b"\n")
    if kind + b"\n" == _DONE:
        return said.decode()
    reason = said.decode() if kind + b"\n" == _FAULT else f"{folder / name}: needed more than it may; make it smaller"
    raise Unreadable(reason)


def run() -> None:
    """Fills one template, as standard input says, and writes it or its fault to standard output."""
    folder, name, given, finalize, language = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    _limit_memory()
    try:
        with speaking(language):
            out = _DONE + _filled(folder, name, given, finalize).encode()
    except TemplateSyntaxError as error:
        out = _fault(f"{error.filename or folder / name}:{error.lineno}: {error.message}")
    except MemoryError:
        out = _fault(f"{folder / name}: needed more than {MEMORY >> 20} MiB; make it smaller")
    except Exception as error:
        out = _fault(f"{_place(error, folder, name)}: {_reason(error)}")
    sys.stdout.buffer.write(out)


def _fault(message: str) -> bytes:
    return _FAULT + message.encode("utf-8", "backslashreplace")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the time alone is limited
        return
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hardest))


def _filled(folder: Path, name: str, given: Mapping[str, object], finalize: Finalize) -> str:
    loader: BaseLoader = ChoiceLoader([FunctionLoader(_sources_in(folder)), our_loader()])
    environment: Environment = ImmutableSandboxedEnvironment(loader=loader, finalize=finalize, **SETTINGS)
    parts, length = [], 0
    for part in prepared(environment).get_template(name).generate(given):
        length += len(part)
        if length > LONGEST:
            raise ValueError(f"makes a report of more than {LONGEST:,} characters")
        parts.append(part)
    return "".join(parts)


def _sources_in(folder: Path) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """The templates in the folder and below it, and no file outside, not even through a link."""
    top = folder.resolve()

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        try:
            file = (top / name).resolve()
            if not file.is_relative_to(top) or not file.is_file():
                return None
            if file.stat().st_size > LARGEST:
                raise ValueError(f"{name} is larger than {LARGEST >> 20} MiB, which no template is")
            return file.read_text(encoding="utf-8"), str(folder / name), lambda: True
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{name} cannot be read: {error}") from None

    return source


def _place(error: Exception, folder: Path, name: str) -> str:
    """The file and the line of the user's template that the error comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else str(folder / name)


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.message} in this folder; ours are named cvp/…"
    if isinstance(error, RecursionError):
        return "calls itself without end"
    return str(error) or type(error).__name__
