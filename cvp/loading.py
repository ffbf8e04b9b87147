"""Files → models that are safe to score with, or Invalid with everything that is wrong."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cvp.answers import Answers
from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.catalogue import shipped
from cvp.document import Document, Fault, Value
from cvp.errors import UnknownQuestionnaire, Unreadable
from cvp.finding import Invalid
from cvp.questionnaire import Questionnaire
from cvp.reading import parse_document, read_bytes, read_document
from cvp.rules import LOADING, check
from cvp.rules.assessed import contradictions
from cvp.rules.shape import did_you_mean
from cvp.rules.sound import sound
from cvp.rules.subject import (
    FindQuestionnaire,
    Subject,
    answers_subject,
    kind_of,
    questionnaire_subject,
    selection_subject,
)


def find_questionnaire(name: str) -> str:
    """The file of a questionnaire, given its path or the id of a shipped one. Raises UnknownQuestionnaire."""
    if name in shipped():
        return str(shipped()[name])
    if name == "-" or Path(name).suffix or _is_file(Path(name)):
        return name
    hint = did_you_mean(name, shipped()) or f"the shipped ones are {', '.join(shipped())}"
    raise UnknownQuestionnaire(f"{name}: is neither a file nor a shipped questionnaire; {hint}")


def load_questionnaire(name: str) -> Questionnaire:
    """The questionnaire at a path or of a shipped id. Raises Invalid, Unreadable or UnknownQuestionnaire."""
    document = read_document(find_questionnaire(name))
    return _sound_questionnaire(document, Finder(document.name, selections=False))


def load_answers(name: str, find: FindQuestionnaire) -> tuple[Answers, Questionnaire]:
    """The answers in a file, and the questionnaire that `find` gives for the id they name.

    Raises Invalid or Unreadable.
    """
    document = read_document(name)
    if isinstance(document.data, dict) and str(document.data.get("cvp")).startswith("assessment/"):
        raise Unreadable(f"{name}: is an assessment, which holds results; give the file of answers that it came from")
    subject = answers_subject(document, find)
    _refuse_errors(subject)
    assert subject.answers
    assert subject.questionnaire
    return subject.answers, subject.questionnaire


def load_assessment(name: str) -> Assessment:
    """The assessment that was saved in a file, or comes on standard input (`-`). Raises Invalid or Unreadable.

    It is as hostile as any file: what contradicts itself is refused too, so that every report can be made of the rest.
    """
    document = read_document(name)
    if _kind(document) == JOINED:
        raise Unreadable(f"{name}: holds the assessments of several questionnaires; give the file of one")
    return _sound_assessment(document)


def load_assessments(name: str) -> tuple[Assessment, ...]:
    """The assessment in a file, or all that were joined in it. Raises Invalid or Unreadable."""
    document = read_document(name)
    if _kind(document) == JOINED:
        return sound(Joined, document, _contradictions_in_any).assessments
    return (_sound_assessment(document),)


def _sound_assessment(document: Document) -> Assessment:
    if isinstance(document.data, dict) and (kind := _kind(document)) != ASSESSMENT:
        if isinstance(kind, str) and kind.startswith("assessment/"):
            raise Unreadable(f"{document.name}: is of another version than {ASSESSMENT}, the one that this cvp reads")
        how = f"`cvp assess --answers FILE --save {document.name}` would keep one"
        raise Unreadable(f"{document.name}: is no assessment; {how}")
    return sound(Assessment, document, contradictions)


def _contradictions_in_any(joined: Joined) -> Iterator[Fault]:
    for position, assessment in enumerate(joined.assessments):
        for fault in contradictions(assessment):
            yield replace(fault, route=("assessments", position, *fault.route))


def _kind(document: Document) -> Value:
    """What the file says that it is."""
    return document.data.get("cvp") if isinstance(document.data, dict) else None


ASSESSMENT: Final = "assessment/1"
JOINED: Final = "joined/1"


def _sound_questionnaire(document: Document, find: FindQuestionnaire) -> Questionnaire:
    match kind_of(document):
        case "selection":
            subject = selection_subject(document, find)
        case "questionnaire":
            subject = questionnaire_subject(document)
        case "answers":
            raise Unreadable(f"{document.name}: is a file of answers; give it with --answers")
        case "unknown":
            subject = Subject(document, "unknown")
    _refuse_errors(subject)
    assert subject.questionnaire
    return subject.questionnaire


def _refuse_errors(subject: Subject) -> None:
    if findings := check(subject, LOADING):
        raise Invalid(findings)


@dataclass(frozen=True)
class Finder:
    """Finds questionnaires by path or id beside the file that names them, or one folder up, else among the shipped.

    `looked` remembers which files it looked for, with the digest of what was in them, or nothing where there was none:
    what was found holds as long as those are the same.
    """

    beside: str
    selections: bool = True
    looked: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> Questionnaire | None:
        """The questionnaire without errors; None where there is none, or where it is a selection and must not be."""
        for path in candidates(self.beside, name):
            data = _bytes_of(path)
            self.looked[str(path)] = digest(data) if data is not None else ""
            if data is not None:
                return self._load(str(path), data)
        return None

    def _load(self, file: str, data: bytes) -> Questionnaire | None:
        key = (file, digest(data))
        if key not in _LOADED:
            _LOADED[key] = (None, {})  # for one that picks from itself
            _LOADED[key] = _load_sound(file, data)
        found, origins = _LOADED[key]
        self.looked.update(origins)
        return None if origins and not self.selections else found


_LOADED: dict[tuple[str, str], tuple[Questionnaire | None, dict[str, str]]] = {}
"""What was loaded in this run, with the files that a selection's origin was looked for in."""


def _load_sound(file: str, data: bytes) -> tuple[Questionnaire | None, dict[str, str]]:
    find = Finder(file, selections=False)
    try:
        return _sound_questionnaire(parse_document(file, data), find), find.looked
    except (Invalid, Unreadable):
        return None, find.looked


def candidates(beside: str, name: str) -> list[Path]:
    """Where a questionnaire may lie that a file beside names."""
    folder = Path(beside).parent
    paths = [folder / name, folder / f"{name}.yaml", folder.parent / f"{name}.yaml"]
    return [*paths, shipped()[name]] if name in shipped() else paths


def digest(data: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """The digest of a file's bytes; empty where there is no such file."""
    data = _bytes_of(path)
    return "" if data is None else digest(data)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_bytes(str(path)) if _is_file(path) else None
    except Unreadable:
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False
