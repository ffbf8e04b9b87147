"""Several assessments of one company, each by a questionnaire of its own, for one report."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from cvp.assessment import Assessment
from cvp.errors import DifferentCompanies, WrongUsage
from cvp.level import Level
from cvp.model import Saved
from cvp.text import one_line


class Joined(Saved):
    """The assessments; the first leads, the others add to it."""

    cvp: Literal["joined/1"] = "joined/1"
    assessments: Annotated[tuple[Assessment, ...], Field(min_length=2)]

    @property
    def lead(self) -> Assessment:
        return self.assessments[0]

    @property
    def level(self) -> Level:
        """That of the leading one."""
        return self.lead.level

    @property
    def language(self) -> str:
        """That of the leading one."""
        return self.lead.language

    @property
    def others(self) -> tuple[Assessment, ...]:
        return self.assessments[1:]


def leading(assessments: Sequence[Assessment]) -> Assessment:
    """The one that most of the others inform, else the first."""
    return max(assessments, key=lambda a: sum(a.questionnaire.id in b.questionnaire.informs for b in assessments))


def join(assessments: Sequence[Assessment], company: str | None = None) -> Joined:
    """Led by the one that most of the others inform, else by the first; the others in the order given.

    `company` is whom all of them are about, whatever they call it. Raises WrongUsage for two by one questionnaire,
    DifferentCompanies.
    """
    asked = [a.questionnaire.id for a in assessments]
    if twice := [key for position, key in enumerate(asked) if key in asked[:position]]:
        raise WrongUsage(f"two assessments are by `{twice[0]}`; `cvp compare` holds these side by side")
    first = assessments[0].company
    others = [a.company for a in assessments if one_line(a.company) != one_line(first)]
    if others and not company:
        names = f"{one_line(first)} and {one_line(others[0])}"
        raise DifferentCompanies(
            f"the assessments are about {names}; report them apart, or say with --company who it is"
        )
    lead = leading(assessments)
    ordered = (lead, *(a for a in assessments if a is not lead))
    named = one_line(company or first)
    return Joined(assessments=tuple(a.model_copy(update={"company": named}) for a in ordered))
