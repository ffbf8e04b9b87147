"""CVP5xx: answers that do not fit their questionnaire."""

from collections.abc import Iterator

from cvp.answers import Answer
from cvp.document import Fault, Route
from cvp.rules.shape import did_you_mean
from cvp.rules.subject import Subject


def unknown_questionnaire(subject: Subject) -> Iterator[Fault]:
    """Answers to a questionnaire that cannot be found.

    `questionnaire` is the id of one that ships with cvp or of one that lies beside the answers; otherwise name its
    file on the command line.
    """
    if subject.answers and not subject.questionnaire:
        help_ = "`cvp list` shows those that ship; for one of your own: cvp assess FILE --answers ANSWERS"
        yield Fault(
            f"there is no sound questionnaire `{subject.answers.questionnaire}`", ("questionnaire",), help=help_
        )


def other_questionnaire(subject: Subject) -> Iterator[Fault]:
    """Answers to another questionnaire than the one asked for.

    Ids may be alike and mean something else, so cvp does not guess. Name the questionnaire that the answers are for.
    """
    if (
        subject.answers
        and (questionnaire := subject.questionnaire)
        and subject.answers.questionnaire != questionnaire.id
    ):
        message = f"these answers are for `{subject.answers.questionnaire}`, not for `{questionnaire.id}`"
        yield Fault(message, ("questionnaire",), help="name the questionnaire that they are for")


def unknown_question(subject: Subject) -> Iterator[Fault]:
    """An answer to something that is not asked.

    A misspelt id, or one of another version of the questionnaire. The answer would be left out silently.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire):
        for route, key, _ in _given(subject):
            if key not in questionnaire.questions:
                help_ = did_you_mean(key, questionnaire.questions)
                yield Fault(
                    f"`{key}` is no criterion or safeguard of `{questionnaire.id}`", route, on_key=True, help=help_
                )


def unknown_choice(subject: Subject) -> Iterator[Fault]:
    """An answer that is none of the choices.

    Answers name a choice by its value. `cvp show QUESTIONNAIRE` lists them.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire):
        for route, key, answer in _given(subject):
            question = questionnaire.questions.get(key)
            known = [choice.value for choice in questionnaire.choices_of(question)] if question else []
            if question and answer.chosen and answer.chosen not in known:
                at = (*route, "choice") if isinstance(subject.document.at(route), dict) else route
                help_ = did_you_mean(answer.chosen, known) or f"the choices are {', '.join(known)}"
                yield Fault(f"`{answer.chosen}` is no choice of `{key}`", at, help=help_)


def _fits(subject: Subject) -> bool:
    return bool(subject.answers and subject.questionnaire and subject.answers.questionnaire == subject.questionnaire.id)


def _given(subject: Subject) -> Iterator[tuple[Route, str, Answer]]:
    """Every answer with its route in the file, of one respondent or of several."""
    if subject.answers:
        for key, answer in (subject.answers.answers or {}).items():
            yield ("answers", key), key, answer
        for index, ballot in enumerate(subject.answers.ballots or ()):
            for key, answer in ballot.answers.items():
                yield ("ballots", index, "answers", key), key, answer
