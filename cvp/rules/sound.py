"""A file that cvp wrote, or that says something of a table, as a model: whole, or with everything that is wrong."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from pydantic import BaseModel

from cvp.document import Document, Fault
from cvp.finding import Invalid
from cvp.rules import LOADING, check
from cvp.rules.shape import validated
from cvp.rules.subject import Subject

Model = TypeVar("Model", bound=BaseModel)

_SHAPE: Final = tuple(rule for rule in LOADING if rule.family == "1")


def sound(
    model: type[Model], document: Document, contradictions: Callable[[Model], Iterable[Fault]] | None = None
) -> Model:
    """The document as a model that holds together. Raises Invalid.

    `contradictions` are looked for where the form is right: what the model's parts say against one another.
    """
    found, faults = validated(model, document)
    if found and not faults and contradictions:
        faults = list(contradictions(found))
    if findings := check(Subject(document, "answers", tuple(faults)), _SHAPE):
        raise Invalid(findings)
    assert found
    return found
