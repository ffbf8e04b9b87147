"""A journal as an interview's course."""

from collections.abc import Iterable
from dataclasses import replace

from cvp.interview.changes import Change
from cvp.interview.record import Course
from cvp.questionnaire import Choice, Criterion, LevelText, Questionnaire, Source
from cvp.sessions.head import Head
from cvp.sessions.journal import Journal, damaged_at


def course_of(name: str, journal: Journal, questionnaire: Questionnaire | None = None) -> Course:
    """Where the journal's interview was, with the way back to its head; Damaged where a change cannot have been made.

    The questionnaire must be the one that the head is bound to; without it, one that has the same choices will do.
    """
    questionnaire = questionnaire or skeleton(journal.head)
    try:
        course = brought(journal.head.brought, questionnaire)
    except ValueError as error:
        raise damaged_at(name, journal, -1, f"cannot be: {error}") from None
    for number, change in enumerate(journal.changes):
        try:
            course = course.after(change, questionnaire)
        except ValueError as error:
            raise damaged_at(name, journal, number, f"cannot be: {error}") from None
    return course


def brought(changes: Iterable[Change], questionnaire: Questionnaire) -> Course:
    """The course after these changes, with no way back. ValueError where one does not fit."""
    course = Course()
    for change in changes:
        course = course.after(change, questionnaire)
    return replace(course, past=(), future=())


def skeleton(head: Head) -> Questionnaire:
    """A questionnaire with the questions and choices of the head's and nothing else of it: enough to replay changes."""
    criteria = tuple(
        Criterion(
            id=key,
            label=key,
            level=1,
            source="session",
            choices=tuple(Choice(value=value, label=value, score=0) for value in question.choices),
        )
        for key, question in head.questions.items()
    )
    return Questionnaire.model_construct(
        cvp=1,
        id=head.questionnaire.id,
        version=head.questionnaire.version,
        title=head.questionnaire.id,
        perspective="company",
        default_language=head.language,
        sources={"session": Source(author="cvp", title="session")},
        levels={number: LevelText(name=number) for number in ("1", "2", "3", "4")},
        criteria=criteria,
    )
