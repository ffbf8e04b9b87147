"""Files → models that are safe to score with, or Invalid with everything that is wrong."""

from functools import partial
from pathlib import Path

from cvp.answers import Answers
from cvp.catalogue import shipped
from cvp.document import Document
from cvp.errors import UnknownQuestionnaire, Unreadable
from cvp.finding import Invalid
from cvp.questionnaire import Questionnaire
from cvp.reading import read_document
from cvp.rules import LOADING, check
from cvp.rules.shape import did_you_mean
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


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def load_questionnaire(name: str) -> Questionnaire:
    """The questionnaire at a path or of a shipped id. Raises Invalid, Unreadable or UnknownQuestionnaire."""
    document = read_document(find_questionnaire(name))
    subject = questionnaire_file_subject(document)
    _refuse_errors(subject)
    assert subject.questionnaire
    return subject.questionnaire


def questionnaire_file_subject(document: Document) -> Subject:
    """A file that must be a questionnaire or a selection from one."""
    match kind_of(document):
        case "selection":
            return selection_subject(document, partial(_sound, document.name, selections=False))
        case "questionnaire":
            return questionnaire_subject(document)
        case "answers":
            raise Unreadable(f"{document.name}: is a file of answers; give it with --answers")
    return Subject(document, "unknown")


def load_answers(name: str, find: FindQuestionnaire) -> tuple[Answers, Questionnaire]:
    """The answers in a file, and the questionnaire that `find` gives for the id they name.

    Raises Invalid or Unreadable.
    """
    subject = answers_subject(read_document(name), find)
    _refuse_errors(subject)
    assert subject.answers
    assert subject.questionnaire
    return subject.answers, subject.questionnaire


def _refuse_errors(subject: Subject) -> None:
    if findings := check(subject, LOADING):
        raise Invalid(findings)


def finder_beside(name: str) -> FindQuestionnaire:
    """Finds questionnaires by path or id beside the file that names them, or one folder up, else among the shipped."""
    return partial(_sound, name)


def _sound(beside: str, name: str, selections: bool = True) -> Questionnaire | None:
    """A questionnaire without errors; None where there is none, or where it is a selection and must not be one."""
    folder = Path(beside).parent
    candidates = (folder / name, folder / f"{name}.yaml", folder.parent / f"{name}.yaml", shipped().get(name))
    path = next((path for path in candidates if path and _is_file(path)), None)
    if path is None:
        return None
    document = read_document(path)
    if kind_of(document) == "selection" and not selections:
        return None
    try:
        subject = questionnaire_file_subject(document)
        _refuse_errors(subject)
    except (Invalid, Unreadable):
        return None
    return subject.questionnaire
