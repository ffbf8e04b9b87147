"""What questionnaires were at an earlier revision, as git has kept them. Nothing in the checkout is touched."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cvp.catalogue import shipped
from cvp.document import Document
from cvp.errors import CvpError
from cvp.loading import candidates, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.reading import MAX_BYTES, STDIN, parse_document
from cvp.rules import LOADING, check
from cvp.rules.subject import Subject, kind_of, questionnaire_subject, selection_subject
from cvp.text import counted, one_line

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SECONDS: Final = 60
_BESIDE: Final = 3
"""How many of the candidates are files beside the one that names them; the last one ships with cvp."""
_OF_ONE_REPOSITORY: Final = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
"""What git sets for its hooks; with the folder of another file it would lead to the wrong repository, or to none."""


class NoGit(CvpError):
    """The git command is not there."""


class NoRepository(CvpError):
    """A file that git does not keep."""


class UnknownRevision(CvpError):
    """Nothing that git knows under this name."""


class GitRefused(CvpError):
    """Git gave up, in its own words."""


class NothingBefore(CvpError):
    """There is no sound questionnaire at the revision; nothing is wrong with the one that is there now."""


class NewSince(NothingBefore):
    """A file that was not there yet."""


class UnsoundBefore(NothingBefore):
    """A file that was no questionnaire yet, or one with errors."""


class _Kept(NamedTuple):
    """Where git has a folder: its repository's commit at the revision, and the path of the folder in it."""

    commit: str
    prefix: str


@dataclass(frozen=True)
class Revision:
    """The files as they were at a revision: a branch, a tag, a commit, HEAD~3.

    It is looked up once for every folder, so that one run of check compares with one commit.
    """

    ref: str
    _kept: dict[Path, _Kept] = field(default_factory=dict, repr=False, compare=False)

    def questionnaire(self, name: str) -> Questionnaire:
        """The questionnaire that was in this file, or in the one that it was renamed from.

        Raises NoGit, NoRepository, UnknownRevision, GitRefused; NewSince and UnsoundBefore where there was none.
        """
        if name == STDIN:
            raise NewSince("standard input has no earlier version; give the file that is in git")
        file = Path(name).resolve()
        kept = self._of(file.parent, name)
        path = kept.prefix + file.name
        blob = _blob(file.parent, kept.commit, path)
        if blob is None and (path := _renamed_from(file.parent, kept.commit, path)):
            blob = _blob(file.parent, kept.commit, path)
        if blob is None:
            raise NewSince(f"this file is new since {self._said}: there is nothing to compare it with")
        return self._loaded(_File(file.parent, kept.commit, path), blob)

    @property
    def _said(self) -> str:
        return f"`{one_line(self.ref)}`"

    def _of(self, folder: Path, name: str) -> _Kept:
        if folder not in self._kept:
            prefix = _prefix(folder, name)
            self._kept[folder] = _Kept(self._commit(folder), prefix)
        return self._kept[folder]

    def _commit(self, folder: Path) -> str:
        arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.ref}^{{commit}}")
        if "\0" not in self.ref and (done := _git(folder, *arguments)).returncode == 0:
            return done.stdout.decode("ascii").strip()
        hint = "look it up with `git log` or `git branch --all`, or fetch it first (a clone in CI may be shallow)"
        raise UnknownRevision(f"git knows no revision {self._said}; {hint}")

    def _loaded(self, file: _File, blob: _Blob) -> Questionnaire:
        document = self._document(file, blob)
        match kind_of(document):
            case "questionnaire":
                subject = questionnaire_subject(document)
            case "selection":
                subject = selection_subject(document, lambda name: self._origin(file, name))
            case _:
                raise UnsoundBefore(f"at {self._said} this file was no questionnaire: there is nothing to compare with")
        if faults := check(subject, LOADING):
            number = counted(len(faults), "error")
            raise UnsoundBefore(f"at {self._said} this file had {number}: there is nothing sound to compare with")
        assert subject.questionnaire
        return subject.questionnaire

    def _document(self, file: _File, blob: _Blob) -> Document:
        if blob.size > MAX_BYTES:
            raise UnsoundBefore(f"at {self._said} this file was larger than 4 MiB: it is not compared")
        return parse_document(f"{self.ref}:{file.path}", _output(_git(file.folder, "cat-file", "blob", blob.id)))

    def _origin(self, file: _File, name: str) -> Questionnaire | None:
        """What a selection picked from then: a file beside it or one folder up at the same revision, else shipped."""
        for path in file.beside(name):
            if blob := _blob(file.folder, file.commit, path):
                document = self._document(file, blob)
                if kind_of(document) != "questionnaire" or check(subject := questionnaire_subject(document), LOADING):
                    return None
                return subject.questionnaire
        return load_questionnaire(name) if name in shipped() else None


@dataclass(frozen=True)
class _File:
    """A file of a commit; `folder` is one of the checkout, to run git in."""

    folder: Path
    commit: str
    path: str

    def beside(self, name: str) -> Iterator[str]:
        """The paths that `name` may stand for in this file."""
        here = posixpath.dirname(self.path)
        for path in (name, f"{name}.yaml", f"../{name}.yaml"):
            found = posixpath.normpath(posixpath.join(here, path))
            if not found.startswith(("../", "/")) and "\0" not in found:
                yield found


class _Blob(NamedTuple):
    id: str
    size: int


@cache
def revision(ref: str) -> Revision:
    """One revision a run, whatever is committed meanwhile."""
    return Revision(ref)


def compared(subject: Subject, revision: Revision) -> Subject:
    """The subject with what its questionnaire was at the revision, or with why there is nothing to compare with.

    Answers get the earlier version of the questionnaire that they are scored with. Raises NoGit, NoRepository,
    UnknownRevision, GitRefused.
    """
    if subject.kind == "unknown" or subject.questionnaire is None:
        return subject
    name = subject.document.name
    if subject.kind == "answers":
        return _with_answers(subject, revision)
    try:
        return replace(subject, before=revision.questionnaire(name))
    except NothingBefore as nothing:
        return replace(subject, uncompared=str(nothing))


def _with_answers(subject: Subject, revision: Revision) -> Subject:
    """A questionnaire that ships with cvp is no file of the checkout: nothing moved."""
    assert subject.answers
    beside = candidates(subject.document.name, subject.answers.questionnaire)[:_BESIDE]
    file = next((path for path in beside if path.is_file()), None)
    try:
        return replace(subject, before=revision.questionnaire(str(file))) if file else subject
    except NothingBefore:
        return subject  # said where the questionnaire itself is checked


def _prefix(folder: Path, name: str) -> str:
    """The folder's path in its repository, ending with a slash unless empty."""
    done = _git(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    if b"not a git repository" not in done.stderr:
        inside, _, prefix = os.fsdecode(_output(done)).partition("\n")
        if inside == "true":
            return prefix.removesuffix("\n")
    raise NoRepository(f"{name}: is in no git repository, so it has no earlier version; compare files that git keeps")


def _blob(folder: Path, commit: str, path: str) -> _Blob | None:
    """The file of a commit; None where there is none."""
    # ls-tree says whether it is there, of what kind and how large, before a byte of it is read.
    entry = _output(
        _git(folder, "--literal-pathspecs", "ls-tree", "-l", "-z", "--full-tree", commit, "--", path)
    ).partition(b"\t")[0]
    match entry.decode("ascii").split():
        case [_, "blob", id_, size]:
            return _Blob(id_, int(size))
    return None


def _renamed_from(folder: Path, commit: str, path: str) -> str:
    """The path that the file had in the commit; empty where it is new, or where git has not been told of it yet."""
    options = ("--cached", "--no-relative", "--find-renames", "--diff-filter=R", "--name-status", "-z")
    words = os.fsdecode(_output(_git(folder, "diff-index", *options, commit, "--"))).split("\0")
    triples = zip(words[::3], words[1::3], words[2::3], strict=False)  # R100, the old path, the new one
    return next((old for _, old, new in triples if new == path), "")


def _git(folder: Path, *arguments: str) -> CompletedProcess[bytes]:
    """Runs git in the folder, without a shell and without a question to anybody."""
    import shutil  # no check without --against pays for these
    import subprocess

    git = shutil.which("git")
    if not git:
        raise NoGit("git is not installed, or not on the PATH: install it, or leave --against out")
    environment = {key: value for key, value in os.environ.items() if key not in _OF_ONE_REPOSITORY}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603 - no shell; what the user gave comes after --end-of-options or --
            [git, "-c", "core.fsmonitor=false", *arguments],  # there a repository may name any program
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitRefused(f"git gave no answer within {_SECONDS} seconds; try `git status` in {folder}") from None
    except (OSError, ValueError) as error:
        raise GitRefused(f"git could not be run in {folder}: {one_line(str(error))}") from None


def _output(done: CompletedProcess[bytes]) -> bytes:
    if done.returncode:
        said = one_line(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
        raise GitRefused(f"git could not read the earlier version; it says: {said or f'exit {done.returncode}'}")
    return done.stdout
