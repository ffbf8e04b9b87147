"""Earlier answers under a later questionnaire: which question and which choice of it they are answers to."""

from collections.abc import Mapping

from cvp.assessment import AnswerResult, Assessment
from cvp.comparing.replay import Question, choice_of, questions_by_id


def former_ids(before: Assessment, after: Assessment) -> dict[str, str]:
    """Id of each question that both ask → its id before. What lost its id and kept its label was renamed."""
    old, new = questions_by_id(before), questions_by_id(after)
    gone: dict[tuple[type[Question], str], list[str]] = {}
    for key, question in old.items():
        if key not in new:
            gone.setdefault((type(question), question.label), []).append(key)
    found = {}
    for key, question in new.items():
        likely = gone.get((type(question), question.label), [])
        if key in old and type(old[key]) is type(question):
            found[key] = key
        elif likely:
            found[key] = likely.pop(0)
    return found


def former_choices(old: Question, new: Question) -> dict[str, str]:
    """Value of each choice that both offer → its value before; one renamed keeps its label and its score."""
    values = {choice.value for choice in new.choices}
    gone = {(choice.label, choice.score): choice.value for choice in old.choices if choice.value not in values}
    found = {}
    for choice in new.choices:
        if choice_of(old, choice.value):
            found[choice.value] = choice.value
        elif former := gone.pop((choice.label, choice.score), None):
            found[choice.value] = former
    return found


def refitted(before: Assessment, after: Assessment) -> Mapping[str, AnswerResult]:
    """The earlier answers by the ids and choices of the later questionnaire.

    What is newly asked has no answer, and an answer whose choice is gone leaves its question open.
    """
    old, new = questions_by_id(before), questions_by_id(after)
    return {key: _refitted(old[former], new[key]) for key, former in former_ids(before, after).items()}


def _refitted(old: Question, new: Question) -> AnswerResult:
    later = {former: value for value, former in former_choices(old, new).items()}
    chosen = old.answer.choice
    return old.answer.model_copy(update={"choice": None if chosen is None else later.get(chosen)})
