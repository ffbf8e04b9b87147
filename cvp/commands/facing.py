"""What buyers are asked in place of a company's own questions."""

from typing import TypeVar

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.catalogue import BUYERS, shipped
from cvp.loading import load_questionnaire

Subject = TypeVar("Subject", Assessment, Joined, Assessment | Joined)


def facing_buyers(subject: Subject) -> Subject:
    """With the words of the questionnaire for buyers, where that mirrors what the company was asked."""
    if isinstance(subject, Joined):
        return subject.model_copy(update={"assessments": tuple(map(facing_buyers, subject.assessments))})
    if subject.perspective != "company" or subject.questionnaire.id not in shipped():
        return subject
    asked = load_questionnaire(BUYERS)
    language = asked.language_for(subject.language)
    words = {own: asked.say(question.label, language) for question in asked.criteria for own in question.mirrors}
    own = {criterion.id for criterion in subject.criteria}
    return subject.model_copy(update={"asked_of_buyers": {name: said for name, said in words.items() if name in own}})
