"""What a rule looks at: a document, what kind of file it is, and its model as far as it is sound."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Literal, TypeVar

from cvp.answers import Answers
from cvp.document import Document, Fault, Place, Route
from cvp.level import LEVELS, Level
from cvp.questionnaire import Questionnaire, Selection
from cvp.rules.comments import Suppression
from cvp.rules.shape import validated

Result = TypeVar("Result")
Kind = Literal["questionnaire", "selection", "answers", "unknown"]
FindQuestionnaire = Callable[[str], Questionnaire | None]
"""The sound questionnaire of an id or path as the subject names it; None where there is none."""


@dataclass(frozen=True)
class Subject:
    """A document with its models. `questionnaire` is the document's own, the one its selection makes, or the one that
    its answers are for; `origin` is what a selection picks from, `mirrored` what the questionnaire mirrors;
    `uninformed` are the questionnaires that it informs and that cannot be found.

    `before` is what the questionnaire was at an earlier revision, where one is asked for; where there is nothing to
    compare with, `uncompared` says why. `known_codes` are the ids of all rules; `comments` let findings pass, and
    `used` is where those of them stand that did.
    """

    document: Document
    kind: Kind
    shape_faults: tuple[Fault, ...] = ()
    questionnaire: Questionnaire | None = None
    selection: Selection | None = None
    origin: Questionnaire | None = None
    mirrored: Questionnaire | None = None
    uninformed: tuple[str, ...] = ()
    answers: Answers | None = None
    before: Questionnaire | None = None
    uncompared: str = ""
    known_codes: frozenset[str] = frozenset()
    comments: tuple[Suppression, ...] = ()
    used: frozenset[Place] = frozenset()

    def faults(self, kind: str) -> Iterator[Fault]:
        """What the reader and the models found of this kind."""
        for fault in (*self.document.faults, *self.shape_faults):
            if fault.kind == kind:
                yield fault

    @cached_property
    def own(self) -> Questionnaire | None:
        """The questionnaire that this very file defines."""
        return self.questionnaire if self.kind == "questionnaire" else None

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Where the criteria, safeguards and recommendations stand, by id; the first where there are two."""
        found: dict[str, Route] = {}
        for part in ("criteria", "safeguards", "recommendations", "about"):
            items = self.document.at((part,))
            for index, item in enumerate(items if isinstance(items, tuple) else ()):
                if isinstance(item, dict) and isinstance(key := item.get("id"), str):
                    found.setdefault(key, (part, index))
        return found

    @cached_property
    def lost_levels(self) -> frozenset[Level]:
        """Levels of which a criterion dropped out as faulty; what is reckoned over such a level would be misleading."""
        items = self.document.at(("criteria",))
        sound = {criterion.id for criterion in self.own.criteria} if self.own else set()
        lost: set[Level] = set()
        for item in items if isinstance(items, tuple) else ():
            if not isinstance(item, dict) or str(item.get("id")) not in sound:
                level = item.get("level") if isinstance(item, dict) else None
                lost.update(known for known in LEVELS if level == known or level not in LEVELS)
        return frozenset(lost)


def once(function: Callable[[Subject], Result]) -> Callable[[Subject], Result]:
    """The function, worked out once a subject and kept with it, for what several rules need."""
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(subject: Subject) -> Result:
        if key not in subject.__dict__:
            subject.__dict__[key] = function(subject)
        result: Result = subject.__dict__[key]
        return result

    return kept


def kind_of(document: Document) -> Kind:
    """What kind of file the document's keys make it."""
    if not isinstance(document.data, dict):
        return "unknown"
    keys = document.data.keys()
    if "picks" in keys:
        return "selection"
    if keys & {"criteria", "levels", "recommendations", "perspective"}:
        return "questionnaire"
    return "answers" if keys & {"answers", "ballots", "questionnaire", "company"} else "unknown"


def questionnaire_subject(document: Document, find: FindQuestionnaire | None = None) -> Subject:
    """A file that is read as a questionnaire; without `find`, what it mirrors and informs is not looked for."""
    model, faults = validated(Questionnaire, document)
    mirrored = find(model.mirrors_of) if find and model and model.mirrors_of else None
    uninformed = tuple(key for key in model.informs if not find(key)) if find and model else ()
    return Subject(
        document, "questionnaire", tuple(faults), questionnaire=model, mirrored=mirrored, uninformed=uninformed
    )


def selection_subject(document: Document, find: FindQuestionnaire) -> Subject:
    """A file that is read as a selection from another questionnaire."""
    selection, faults = validated(Selection, document)
    origin = find(selection.picks.origin) if selection else None
    made = selection.of(origin) if selection and origin else None
    return Subject(document, "selection", tuple(faults), made, selection, origin)


def answers_subject(document: Document, find: FindQuestionnaire) -> Subject:
    """A file that is read as answers."""
    answers, faults = validated(Answers, document)
    questionnaire = find(answers.questionnaire) if answers else None
    return Subject(document, "answers", tuple(faults), questionnaire, answers=answers)


def subject_of(document: Document, find: FindQuestionnaire) -> Subject:
    """The document as whatever kind of file it is."""
    match kind_of(document):
        case "questionnaire":
            return questionnaire_subject(document, find)
        case "selection":
            return selection_subject(document, find)
        case "answers":
            return answers_subject(document, find)
    return Subject(document, "unknown")
